"""Everything is legible: the contrast of every pair of colours, and of every hall's own colours once corrected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.hall import Hall
from ui.theme import (
    HIGH_CONTRAST,
    INK,
    LARGE,
    LIGHT,
    NIGHT,
    TEXT,
    THEMES,
    WHITE,
    Pair,
    contrast,
    legible_on,
    mixed,
    zone_accent,
)

PAIRS = [pytest.param(pair, id=f"{theme.name}: {pair.name}") for theme in THEMES for pair in theme.pairs()]
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
GROUNDS = sorted({getattr(theme, part) for theme in THEMES for part in ("ground", "surface", "raised")})


@pytest.mark.parametrize("pair", PAIRS)
def test_two_colours_that_meet_are_told_apart(pair: Pair) -> None:
    assert contrast(pair.front, pair.back) >= pair.least


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0B5CAD", "#FFFFFF") == contrast("#FFFFFF", "#0B5CAD") == pytest.approx(6.7, abs=0.05)


@given(colour=COLOURS, ground=st.sampled_from(GROUNDS))
def test_any_colour_of_a_hall_becomes_legible(colour: str, ground: str) -> None:
    assert contrast(zone_accent(colour, ground), ground) >= TEXT


@given(colour=COLOURS)
def test_ink_or_white_can_be_read_on_any_colour(colour: str) -> None:
    assert contrast(legible_on(colour), colour) >= LARGE


def test_a_colour_that_is_legible_stays_as_the_hall_chose_it() -> None:
    assert zone_accent("#1565C0", WHITE) == "#1565C0"


@pytest.mark.parametrize("theme", [LIGHT, NIGHT])
def test_the_badges_of_the_example_halls_are_legible(theme, muara_enim: Hall, oku_timur: Hall) -> None:
    for zone in (*muara_enim.zones, *oku_timur.zones):
        accent = theme.accent(zone.color)

        assert contrast(accent, theme.surface) >= TEXT
        assert contrast(legible_on(accent), accent) >= TEXT


def test_a_pressed_card_keeps_its_text_legible() -> None:
    for zone in LIGHT.zones:
        assert contrast(INK, mixed(zone, WHITE, 0.16)) >= TEXT


def test_high_contrast_knows_black_white_and_yellow_only() -> None:
    colours = {value for pair in HIGH_CONTRAST.pairs() for value in (pair.front, pair.back)}

    assert colours == {"#000000", "#FFFFFF", "#FFE500"}
    assert HIGH_CONTRAST.border == 4


def test_high_contrast_mixes_no_colours() -> None:
    assert (HIGH_CONTRAST.tints, LIGHT.tints, NIGHT.tints) == (False, True, True)
    assert HIGH_CONTRAST.tint("#1565C0", 0.16) == HIGH_CONTRAST.surface
    assert HIGH_CONTRAST.on(HIGH_CONTRAST.primary) == "#000000"
