"""The figures of the survey against cases worked out by hand, at every boundary."""

from decimal import Decimal
from fractions import Fraction

import pytest

from hub.survey.elements import ASKED, ELEMENTS, half_of
from hub.survey.index import grade_of, half_up, index_of, needed


def sums(*scores: int) -> dict[str, int]:
    return dict(zip(ELEMENTS, scores, strict=True))


def alike(score: int) -> dict[str, int]:
    return sums(*[score] * 9)


def test_a_perfect_score_is_100_and_the_worst_25() -> None:
    best, worst = index_of(1, alike(4)), index_of(1, alike(1))

    assert best
    assert worst
    assert (best.skm, best.ikm, best.grade) == (4, Decimal("100.00"), "A")
    assert (worst.skm, worst.ikm, worst.grade) == (1, Decimal("25.00"), "D")


def test_the_printed_weight_gives_the_99_of_official_spreadsheets() -> None:
    best, worst = index_of(1, alike(4), "0.11"), index_of(1, alike(1), "0.11")

    assert best
    assert worst
    assert (best.ikm, best.grade, best.weight) == (Decimal("99.00"), "A", "0.11")
    assert (worst.ikm, worst.grade) == (Decimal("24.75"), "D")


def test_each_element_has_its_own_mean() -> None:
    # Two answers, 3 3 3 4 3 3 4 2 3 and 4 3 2 4 3 4 4 1 3: sums 7 6 5 8 6 7 8 3 6 = 56, SKM 56/18, IKM 77.777...
    found = index_of(2, sums(7, 6, 5, 8, 6, 7, 8, 3, 6))

    assert found
    assert found.means["U8"] == Fraction(3, 2)
    assert found.means["U9"] == 3
    assert (found.skm, found.ikm, found.grade) == (Fraction(28, 9), Decimal("77.78"), "B")


@pytest.mark.parametrize(
    ("ikm", "grade"),
    [
        ("25.00", "D"), ("64.99", "D"), ("65.00", "C"), ("76.60", "C"), ("76.61", "B"), ("88.30", "B"),
        ("88.31", "A"), ("100.00", "A"),
    ],
)  # fmt: skip
def test_grades_change_where_the_regulation_says(ikm: str, grade: str) -> None:
    assert grade_of(Decimal(ikm)) == grade


@pytest.mark.parametrize(
    ("n", "total", "ikm", "grade"),
    [
        # IKM = 25 * total / 9 / n. 65 = 25 * 2.6: total 23.4 n: 117 of 5 answers is 65 exactly, one less 64.44.
        (5, 117, "65.00", "C"),
        (5, 116, "64.44", "D"),
        # 11697 of 500: 64.983..., 11698: 64.988... is 64.99, 11699: 64.994... stays D, 11700: 65.
        (500, 11698, "64.99", "D"),
        (500, 11699, "64.99", "D"),
        (500, 11700, "65.00", "C"),
        # 64.995 is the half: 25 * 23398.2 / 9000, so 116991 of 5000 is 64.995 exactly and rounds up.
        (5000, 116991, "65.00", "C"),
        (5000, 116990, "64.99", "D"),
        # 76.605: 25 * total / 45000 = 76.605 at 137889 exactly.
        (5000, 137889, "76.61", "B"),
        (5000, 137888, "76.60", "C"),
        # 88.305: 158949 exactly.
        (5000, 158949, "88.31", "A"),
        (5000, 158948, "88.30", "B"),
    ],
)
def test_an_index_is_rounded_half_up_before_it_is_graded(n: int, total: int, ikm: str, grade: str) -> None:
    each, rest = divmod(total, 9)
    found = index_of(n, sums(*[each + (at < rest) for at in range(9)]))

    assert found
    assert (found.ikm, found.grade) == (Decimal(ikm), grade)


def test_no_answers_have_no_index() -> None:
    assert index_of(0, alike(0)) is None


@pytest.mark.parametrize(("value", "rounded"), [("1/200", "0.01"), ("1/201", "0.00"), ("5/2", "2.50"), ("2/3", "0.67")])
def test_halves_go_up(value: str, rounded: str) -> None:
    assert half_up(Fraction(value)) == Decimal(rounded)


@pytest.mark.parametrize(
    ("population", "sample"),
    [
        (0, 0), (1, 1), (10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (5000, 357), (10000, 370),
        (1000000, 384),
    ],
)  # fmt: skip
def test_the_sample_needed_is_the_table_of_krejcie_and_morgan(population: int, sample: int) -> None:
    assert needed(population) == sample


def test_facilities_are_asked_before_complaints_but_keep_their_code() -> None:
    assert ASKED[7:] == ("U9", "U8")
    assert sorted(ASKED) == list(ELEMENTS)


def test_the_hour_is_kept_as_half_a_day() -> None:
    assert [half_of(minute) for minute in (0, 719, 720, 1439)] == ["morning", "morning", "afternoon", "afternoon"]
