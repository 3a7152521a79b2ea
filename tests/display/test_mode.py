"""How a screen spends its day: bright while anybody is there, dim, black, calm, and never two minutes in one place."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from config.hall import Hall
from config.load import HALLS, load
from display.board import CALM_MS, Board, Call, Told
from display.mode import DIM, WANDER_PX, Mode, brightness, mode_of, shown, swapped, wander

MONDAY = date(2026, 11, 30)
BUSY = Mode(1.0, quiet=False)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load(Path(HALLS / "mpp-muara-enim.toml"))


def at(hall: Hall, clock: str, day: int = 30) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02d}T{clock}:00").replace(tzinfo=hall.timezone)


def told(moment: datetime, *called: str) -> Told:
    return Told(9, round(moment.timestamp() * 1000), MONDAY, (), called)


def called_before(moment: datetime, age_ms: int) -> Board:
    call = Call(9, "A001", "kk", "normal", 1, "z1", 1, round(moment.timestamp() * 1000) - age_ms)
    return Board(MONDAY, 9, call, rows=(call,))


@pytest.mark.parametrize(
    ("clock", "light"),
    [("06:29", 0.0), ("06:30", 1.0), ("14:59", 1.0), ("15:00", DIM), ("15:59", DIM), ("16:00", 0.0), ("23:00", 0.0)],
)
def test_it_wakes_an_hour_before_the_kiosk_dims_at_closing_and_is_black_an_hour_later(
    hall: Hall, clock: str, light: float
) -> None:
    assert brightness(hall, at(hall, clock)) == light


@pytest.mark.parametrize(("clock", "light"), [("06:59", 0.0), ("10:00", DIM), ("17:00", 0.0)])
def test_on_a_closed_day_it_is_dim_in_daylight_and_else_black(hall: Hall, clock: str, light: float) -> None:
    assert brightness(hall, at(hall, clock, day=29)) == light


def test_after_closing_it_stays_bright_until_the_last_visitor_was_called_and_has_come(hall: Hall) -> None:
    late = at(hall, "16:30")

    assert mode_of(hall, late, Board(), told(late), waiting=1) == BUSY
    assert mode_of(hall, late, Board(), told(late, "A001"), waiting=0) == BUSY
    assert mode_of(hall, late, Board(), told(late), waiting=0).brightness == 0


def test_the_screen_is_calm_once_nobody_waits_and_the_last_call_is_twenty_minutes_old(hall: Hall) -> None:
    noon = at(hall, "11:00")

    assert mode_of(hall, noon, called_before(noon, CALM_MS + 1), told(noon), waiting=0).quiet
    assert not mode_of(hall, noon, called_before(noon, CALM_MS), told(noon), waiting=0).quiet
    assert not mode_of(hall, noon, called_before(noon, CALM_MS + 1), told(noon), waiting=1).quiet


def test_a_hall_that_has_just_opened_shows_where_the_counters_are_first(hall: Hall) -> None:
    assert not mode_of(hall, at(hall, "08:15"), Board(), told(at(hall, "08:15")), waiting=0).quiet
    assert mode_of(hall, at(hall, "08:21"), Board(), told(at(hall, "08:21")), waiting=0).quiet


def test_the_scene_wanders_a_pixel_a_minute_within_its_spare_edge_and_comes_everywhere() -> None:
    places = [wander(60.0 * minute) for minute in range(16 * 128)]

    assert wander(59.9) == places[0]
    assert {x for x, _ in places} == {y for _, y in places} == set(range(WANDER_PX + 1))
    assert all(abs(a[0] - b[0]) == 1 and abs(a[1] - b[1]) <= 1 for a, b in pairwise(places))


def test_the_sides_change_every_day() -> None:
    days = [swapped(MONDAY + timedelta(days=day)) for day in range(4)]

    assert all(before != after for before, after in pairwise(days))


@pytest.mark.parametrize("layout", ["calls", "media", "today"])
def test_a_call_in_a_waking_hall_stands_big_or_in_the_rows(layout: str) -> None:
    parts = shown(layout, calling=True, quiet=False)

    assert "rows" in parts
    assert ("big" in parts) == (layout != "today")


def test_without_a_picture_to_show_the_greeting_stands_in_its_place() -> None:
    assert set(shown("media", calling=True, quiet=False, empty=True)) == {"welcome", "big", "rows"}
    assert set(shown("media", calling=False, quiet=True, empty=False)) == {"media", "calm", "rows"}


def test_who_left_without_a_word_does_not_keep_it_bright_once_every_counter_is_closed(hall: Hall) -> None:
    late, noon = at(hall, "16:30"), at(hall, "11:00")

    assert mode_of(hall, late, Board(), told(late), waiting=1, at_work=False).brightness == 0
    assert mode_of(hall, late, Board(), told(late), waiting=1, at_work=True) == BUSY
    assert mode_of(hall, noon, Board(), told(noon), waiting=1, at_work=False) == BUSY
