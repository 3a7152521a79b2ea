"""The bar of keys on each screen, and what the keys of a keyboard mean there: pure rules."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from config.wording import Words
from kiosk.visit import Screen, Visit

SIGHT = ("language", "large", "contrast", "aloud")
HELP = ("staff", "pickup")
BAR_KEYS: Mapping[Screen, tuple[str, ...]] = {
    Screen.AGENCIES: ("search", "priority", *HELP, *SIGHT, "lower"),
    Screen.SERVICES: ("back", "priority", *HELP, *SIGHT, "lower"),
    Screen.SEARCH: ("back", *HELP, *SIGHT, "lower"),
    Screen.BRING: ("back", "priority", *HELP, *SIGHT, "lower"),
    Screen.PRIORITY: ("back", *HELP, *SIGHT, "lower"),
    Screen.CLOSED: SIGHT,
    Screen.AWAY: SIGHT,
    Screen.CODE: ("back",),
    Screen.TECHNICIAN: ("back",),
}
PANE_KEYS = {
    Screen.REFUSED: ("back", "kiosk.back", "arrow-left"),
    Screen.STILL: ("here", "kiosk.still_here", "hand-finger"),
    Screen.HELP: ("back", "kiosk.go_on", "arrow-right"),
}
"""Name, words and icon of the key of a screen that only speaks."""
ESCAPES = ("back", "here", "done")
"""What Escape does, the first of these that can be tapped."""


class Spot(NamedTuple):
    """Where something to touch is on the screen: its middle."""

    x: float
    y: float


def bar_keys(visit: Visit, *, only_agency: bool, speaks: bool = True) -> tuple[str, ...]:
    """Return the names of the keys in the bar; a hall with one agency has nothing to go back to, but a search.

    A kiosk that `speaks` offers to read aloud.
    """
    keys = tuple(name for name in BAR_KEYS.get(visit.screen, ()) if speaks or name != "aloud")
    if visit.screen is Screen.SERVICES and only_agency and not visit.behind:
        keys = ("search", *keys[1:])
    if visit.numbers and keys[:1] == ("search",):
        return ("search", "done", *keys[2:])
    return keys


def bar_texts(visit: Visit, words: Words, next_language: str) -> dict[str, str]:
    """Return what each key of the bar says."""
    return {
        "back": words.say("kiosk.back"),
        "done": words.say("kiosk.done"),
        "search": words.say("kiosk.search_key"),
        "priority": words.say("kiosk.priority_on" if visit.priority else "kiosk.priority"),
        "staff": words.say("kiosk.key_staff"),
        "pickup": words.say("kiosk.key_pickup"),
        "language": Words(next_language).say("kiosk.language_name"),
        "large": words.say("kiosk.normal_text" if visit.large else "kiosk.bigger_text"),
        "contrast": words.say("kiosk.plain_colours" if visit.contrast else "kiosk.contrast"),
        "aloud": words.say("kiosk.stop_reading" if visit.aloud else "kiosk.read_aloud"),
        "lower": words.say("kiosk.raise" if visit.lowered else "kiosk.lower"),
    }


def bar_chosen(visit: Visit) -> frozenset[str]:
    """Return the names of the keys whose wish is fulfilled already."""
    wishes = {
        "priority": visit.priority,
        "large": visit.large,
        "contrast": visit.contrast,
        "aloud": visit.aloud,
        "lower": visit.lowered,
    }
    return frozenset(name for name, wished in wishes.items() if wished)


def next_place(spots: Sequence[Spot], at: int, direction: tuple[int, int]) -> int:
    """Return the place that an arrow leads to, the nearest that way; where it is, if there is none.

    What lies aside counts as further away. `direction` is one of (1, 0), (-1, 0), (0, 1), (0, -1): right,
    left, down, up.
    """
    right, down = direction

    def distance(place: int) -> float:
        across, along = spots[place].x - spots[at].x, spots[place].y - spots[at].y
        ahead, aside = across * right + along * down, abs(across * down) + abs(along * right)
        return ahead + 3 * aside if ahead > 1 else float("inf")

    nearest = min(range(len(spots)), key=distance, default=at)
    return nearest if distance(nearest) < float("inf") else at


def escape(names: Sequence[str]) -> str:
    """Return what Escape taps, "" where nothing leads back."""
    return next((name for name in ESCAPES if name in names), "")
