"""What a tap or a key does to a visit, and what means nothing on this screen."""

from dataclasses import replace

import pytest

from hub.client.mirror import Mirror
from kiosk import flow, typed
from kiosk.steps import World, step
from kiosk.visit import Screen, Visit
from tests.kiosk.fakes import MUARA_ENIM, content_of, snapshot

CODE = "2468"
AGENCIES = tuple(f"agency:{number}" for number in range(20))


@pytest.fixture(scope="module")
def world() -> World:
    content = content_of(MUARA_ENIM)
    content["kiosks"][0]["service_code"] = CODE
    mirror = Mirror()
    mirror.apply(snapshot(content))
    return World(mirror, "anjungan-1", here=True, languages=("id", "en"), tiles=(), now=100)


@pytest.fixture
def first(world: World) -> Visit:
    return flow.home(Visit(), world.mirror, 0)


def after(visit: Visit, world: World, *names: str) -> Visit:
    """Return a visit after some taps."""
    for name in names:
        visit = step(visit, name, world)
    return visit


def test_a_tap_wakes_the_screen_that_waits(first: Visit, world: World) -> None:
    woken = step(replace(first, screen=Screen.ATTRACT), "start", world)

    assert (woken.screen, woken.touched) == (Screen.AGENCIES, 100)


@pytest.mark.parametrize(
    "name",
    ["start", "service:dukcapil-kk", "take", "back", "here", "done", "another", "letter:a", "digit:1", "enter", "odd"],
)
def test_what_does_not_stand_on_this_screen_changes_nothing(first: Visit, world: World, name: str) -> None:
    assert step(first, name, world) == first


@pytest.mark.parametrize(("name", "wish"), [("lower", "lowered"), ("large", "large"), ("contrast", "contrast")])
def test_a_wish_is_fulfilled_and_taken_back(first: Visit, world: World, name: str, wish: str) -> None:
    wished = step(first, name, world)

    assert getattr(wished, wish)
    assert not getattr(step(wished, name, world), wish)


def test_a_search_leads_to_a_service_and_back_to_what_was_typed(first: Visit, world: World) -> None:
    searching = after(first, world, "search", "letter:a", "letter:k", "letter:t", "letter:x", "erase")
    bring = step(searching, "service:dukcapil-akta-lahir", world)

    assert (searching.screen, searching.query) == (Screen.SEARCH, "akt")
    assert (bring.screen, bring.agency) == (Screen.BRING, "dukcapil")
    assert step(bring, "back", world).query == "akt"
    assert after(bring, world, "back", "back").screen is Screen.AGENCIES


def test_a_space_stands_only_between_two_words(first: Visit, world: World) -> None:
    searching = after(first, world, "search", "letter: ", "letter:a", "letter: ", "letter: ", "letter:b")

    assert searching.query == "a b"


def test_priority_is_taken_back_by_a_second_tap(first: Visit, world: World) -> None:
    chosen = after(first, world, "priority", "priority:elderly")

    assert (chosen.screen, chosen.ticket_class) == (Screen.AGENCIES, "priority")
    assert step(chosen, "priority", world).ticket_class == "normal"


def test_a_number_chooses_its_tile_at_once_where_no_other_can_follow(first: Visit, world: World) -> None:
    eight = replace(world, tiles=("agency:dukcapil", *AGENCIES[:7]))

    assert step(first, "number:1", eight).agency == "dukcapil"


def test_a_number_of_two_digits_is_waited_for_or_ended_with_enter(first: Visit, world: World) -> None:
    twenty = replace(world, tiles=("agency:dukcapil", *AGENCIES[:10], "agency:bsb", *AGENCIES[:8]))

    waiting = step(first, "number:1", twenty)

    assert (waiting.screen, waiting.typed) == (Screen.AGENCIES, "1")
    assert step(waiting, "number:2", twenty).agency == "bsb"
    assert step(waiting, "number:", twenty).agency == "dukcapil"


@pytest.mark.parametrize("digits", ["0", "9"])
def test_a_number_without_a_tile_is_forgotten(digits: str) -> None:
    assert typed.choose_by_number(digits, AGENCIES[:8]) == ("", "")


def test_five_taps_in_the_corner_within_three_seconds_ask_for_the_code(first: Visit) -> None:
    quick: tuple[float, ...] = ()
    slow: tuple[float, ...] = ()
    for tap in range(5):
        quick, slow = typed.corner_taps(quick, tap * 0.7), typed.corner_taps(slow, tap * 0.8)

    assert typed.open_corner(first, quick, CODE, 3).screen is Screen.CODE
    assert typed.open_corner(first, slow, CODE, 3) == first
    assert typed.open_corner(first, quick, "", 3) == first


@pytest.mark.parametrize("screen", [Screen.TICKET, Screen.PAPER, Screen.PRINTING])
def test_the_corner_does_not_open_upon_somebodys_number(first: Visit, screen: Screen) -> None:
    visit = replace(first, screen=screen)

    assert typed.open_corner(visit, (1, 1.1, 1.2, 1.3, 1.4), CODE, 2) == visit


def test_the_right_code_lets_the_technician_in_and_back_leads_to_the_start(first: Visit, world: World) -> None:
    asked = first.onto(Screen.CODE, 90)
    inside = after(asked, world, *(f"digit:{digit}" for digit in CODE), "enter")

    assert (inside.screen, inside.typed) == (Screen.TECHNICIAN, "")
    assert step(inside, "back", world).screen is Screen.AGENCIES
    assert step(inside, "back", replace(world, here=False)).screen is Screen.AWAY


def test_three_wrong_codes_close_the_corner(first: Visit, world: World) -> None:
    asked = first.onto(Screen.CODE, 90)
    once = after(asked, world, "digit:1", "enter")

    assert (once.screen, once.typed, once.wrong) == (Screen.CODE, "", 1)
    assert after(once, world, "enter", "digit:2", "enter").screen is Screen.AGENCIES


def test_an_empty_code_lets_nobody_in(first: Visit, world: World) -> None:
    nowhere = replace(world, kiosk="anjungan-9")

    assert after(first.onto(Screen.CODE, 90), nowhere, "enter").screen is Screen.CODE


def test_who_has_a_number_ends_the_visit_without_another(first: Visit, world: World) -> None:
    more = replace(first, numbers=("A001",), large=True)

    assert step(more, "done", world) == replace(first, touched=100)
