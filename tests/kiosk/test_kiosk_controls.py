"""The bar of keys on each screen, and where arrows and Escape lead."""

import pytest

from config.wording import Words
from kiosk.controls import BAR_KEYS, Spot, bar_chosen, bar_keys, bar_texts, escape, next_place
from kiosk.visit import Screen, Visit

GRID = [Spot(0, 0), Spot(100, 0), Spot(0, 60), Spot(100, 60), Spot(20, 120)]


def test_help_and_a_screen_that_suits_are_one_tap_away_wherever_something_is_chosen() -> None:
    wanted = {"staff", "pickup", "language", "large", "contrast", "lower"}
    choosing = (Screen.AGENCIES, Screen.SERVICES, Screen.SEARCH, Screen.BRING, Screen.PRIORITY)

    assert all(wanted <= set(BAR_KEYS[screen]) for screen in choosing)


def test_a_hall_with_one_agency_searches_where_others_go_back() -> None:
    visit = Visit(screen=Screen.SERVICES)

    assert bar_keys(visit, only_agency=False)[0] == "back"
    assert bar_keys(visit, only_agency=True)[0] == "search"


def test_who_has_a_number_can_end_the_visit_on_the_first_screen() -> None:
    assert bar_keys(Visit(screen=Screen.AGENCIES, numbers=("A001",)), only_agency=False)[:2] == ("search", "done")


def test_a_key_whose_wish_is_fulfilled_says_how_to_take_it_back() -> None:
    visit = Visit(large=True, contrast=True, lowered=True)

    texts = bar_texts(visit, Words("id"), "en")

    assert bar_chosen(visit) == {"large", "contrast", "lower"}
    assert (texts["large"], texts["contrast"], texts["lower"]) == ("Tulisan biasa", "Warna biasa", "Naikkan layar")
    assert texts["language"] == "English"


@pytest.mark.parametrize(
    ("at", "direction", "expected"),
    [(0, (1, 0), 1), (0, (0, 1), 2), (3, (-1, 0), 2), (3, (0, 1), 4), (4, (0, -1), 2), (0, (-1, 0), 0), (1, (1, 0), 1)],
)
def test_an_arrow_leads_to_what_the_eye_expects(at: int, direction: tuple[int, int], expected: int) -> None:
    assert next_place(GRID, at, direction) == expected


def test_escape_leads_back_or_ends() -> None:
    assert escape(["service:x", "back", "language"]) == "back"
    assert escape(["another", "done"]) == "done"
    assert escape(["noted"]) == ""
