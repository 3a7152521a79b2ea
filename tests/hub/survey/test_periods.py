"""Whole months, and that no two figures that may be shown differ by fewer than five answers."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.report.period import Period
from hub.survey.periods import LEAST, counted, months_of, newest_over, offered, over, whole_months
from hub.survey.report import Said, said_by

FIRST, TODAY = date(2026, 1, 5), date(2027, 2, 10)


def lots(*months: tuple[str, int]) -> list[tuple[str, tuple[int, ...]]]:
    return [(month, (n, 10 * n)) for month, n in months]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("2026-m2", "2026-02-01", "2026-02-28"), ("2028-m2", "2028-02-01", "2028-02-29"),
        ("2026-q4", "2026-10-01", "2026-12-31"), ("2026-s1", "2026-01-01", "2026-06-30"),
        ("2026-y", "2026-01-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_part_of_a_year_is_whole_months(name: str, first: str, last: str) -> None:
    assert whole_months(name) == Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "name",
    ["", "2026", "2026-", "2026-m13", "2026-q0", "x-m1", "0-m1", "99999-y", "2026-m1-m2", "+2026-y", "²-y"],
)
def test_for_what_is_no_part_of_a_year_the_last_month_that_is_over_stands_in(name: str) -> None:
    assert months_of(name, TODAY) == ("2027-m1", whole_months("2027-m1"))


def test_a_month_is_told_of_when_it_is_over() -> None:
    year = whole_months("2026-y")

    assert over(year, date(2026, 11, 30)) == Period(date(2026, 1, 1), date(2026, 10, 31))
    assert over(year, date(2026, 1, 31)) is None
    assert over(whole_months("2026-m11"), date(2026, 12, 1)) == whole_months("2026-m11")
    assert newest_over(date(2027, 1, 1)) == "2026-m12"
    assert offered(date(2026, 10, 5), date(2026, 11, 2)) == ["2026-y", "2026-s2", "2026-q4", "2026-m10"]
    assert offered(date(2026, 11, 2), date(2026, 11, 30)) == ["2026-m10"]


def test_few_answers_lie_over_until_five_have_come_together() -> None:
    months = lots(("2026-01", 3), ("2026-02", 1), ("2026-03", 2), ("2026-04", 7), ("2026-05", 4))

    told = {part: counted(months, whole_months(f"2026-{part}")) for part in ("m1", "m3", "q1", "m4", "s1", "y")}

    assert told == {
        "m1": ((), 3), "m3": ((6, 60), 0), "q1": ((6, 60), 0), "m4": ((7, 70), 0), "s1": ((13, 130), 4),
        "y": ((13, 130), 4),
    }  # fmt: skip


answers = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 14)), max_size=40)
"""Each answer's agency, and its month from January 2026."""


@settings(max_examples=60, deadline=None)
@given(answers)
def test_no_two_outputs_ever_shown_differ_by_a_hidden_group(given_: list[tuple[str, int]]) -> None:
    rows = [(who, f"{2026 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}", 1 << at)
            for at, (who, month) in enumerate(given_)]  # fmt: skip
    months: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for who, month, mark in rows:
        months[who, month][0] += 1
        months[who, month][1] += mark
    said = [(who, month, tuple(told)) for (who, month), told in months.items()]

    # Each answer bears a bit of its own, so that the sum of an output tells which answers are in it.
    shown = set()
    for today in [date(2026 + month // 12, month % 12 + 1, 1) for month in range(1, 15)]:
        known = [row for row in said if row[1] <= today.isoformat()[:7]]
        for name in offered(FIRST, today):
            period = over(whole_months(name), today)
            if period is None:
                continue
            each = [said_by(who, known, known, period) for who in "abc"]
            shown |= {told for one in (*each, sum(each, Said())) for told in (one.answers[1:], one.ratings[1:]) if told}

    alike: dict[tuple[bool, ...], int] = defaultdict(int)
    for _, _, mark in rows:
        alike[tuple(bool(output[0] & mark) for output in sorted(shown))] += 1
    assert [count for outputs, count in alike.items() if any(outputs) and count < LEAST] == []
