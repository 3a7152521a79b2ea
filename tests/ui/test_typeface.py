"""The typeface: its five weights, its figures of one width, and texts that are never cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from ui.fonts import FAMILY, FOLDER, Wish, balanced, fitted, fitted_pair, font, load_fonts, width_of, wrapped

WORDS = st.lists(st.text("abcdefgijklmnoprstu", min_size=1, max_size=14), min_size=1, max_size=8).map(" ".join)


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts()


@pytest.mark.parametrize("weight", [400, 500, 600, 700, 800])
def test_each_weight_is_a_font_of_its_own(weight: int) -> None:
    found = QFontInfo(font(100, weight))

    assert (found.family(), found.weight()) == (FAMILY, weight)


def test_there_are_five_static_fonts_and_two_of_each_other_script_with_their_licence() -> None:
    licence = (FOLDER / "OFL.txt").read_text()

    for family, count in (("PlusJakartaSans", 5), ("NotoSansJavanese", 2), ("NotoSansArabic", 2)):
        assert len(list(FOLDER.glob(f"{family}*.ttf"))) == count
    assert "SIL Open Font License" in licence
    assert licence.startswith("Copyright 2020 The Plus Jakarta Sans Project Authors")
    assert "Noto Sans Arabic and Noto Sans Javanese: Copyright 2015-2020 Google LLC" in licence


def test_all_figures_have_one_width() -> None:
    assert len({QFontMetricsF(font(100, 800)).horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_a_text_is_broken_between_words_only() -> None:
    lines = wrapped("Cetak ulang KTP-el (rusak, hilang)", 200, 30)

    assert " ".join(lines) == "Cetak ulang KTP-el (rusak, hilang)"
    assert len(lines) > 1


def test_a_name_held_together_stays_in_one_line() -> None:
    name = "MPP\N{NO-BREAK SPACE}Muara\N{NO-BREAK SPACE}Enim"

    assert name in wrapped(f"Selamat datang di {name}", width_of(name, 30) + 1, 30)


def test_lines_are_about_as_long_as_each_other() -> None:
    lines = balanced("Silakan ambil karcis Anda di bawah layar", 700, 60)

    assert lines == ("Silakan ambil karcis", "Anda di bawah layar")


def test_a_text_keeps_its_size_where_there_is_room() -> None:
    made = fitted("Polres", 400, 100, 40, floor=28)

    assert (made.px, made.lines, made.fits) == (40, ("Polres",), True)


def test_a_text_too_large_at_its_floor_shrinks_on_and_says_so() -> None:
    made = fitted("Ketenagakerjaan", 60, 40, 40, floor=28)

    assert made.px < 28
    assert made.width <= 60
    assert not made.fits


@given(text=WORDS, width=st.integers(60, 600), height=st.integers(30, 200), lines=st.integers(1, 4))
def test_no_text_is_ever_cut(text: str, width: int, height: int, lines: int) -> None:
    made = fitted(text, width, height, 60, floor=20, lines=lines)

    assert " ".join(made.lines) == text
    if made.px > 4:
        assert made.width <= width
        assert made.height <= height
        assert len(made.lines) <= lines


@given(title=WORDS, detail=WORDS, height=st.integers(60, 300))
def test_a_title_and_its_detail_stand_in_one_height(title: str, detail: str, height: int) -> None:
    over, under = fitted_pair(Wish(title, 400, 40, 26, 700, 3), Wish(detail, 380, 28, 22, 500, 2), height)

    if over.fits and under.fits:
        assert over.height + under.height <= height
        assert over.px >= 26
        assert under.px >= 22
