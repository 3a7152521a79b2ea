"""What a keyboard means at the kiosk: letters of a search, numbers of tiles, the technician's code. Pure rules."""

from collections.abc import Sequence
from dataclasses import replace

from hub.client.mirror import Mirror
from kiosk.flow import home
from kiosk.search import LONGEST_QUERY, SPACE
from kiosk.visit import NUMBERED, SERVING, Screen, Visit

CORNER_TAPS, CORNER_S, CORNER_PX = 5, 3.0, 220
"""So many taps within so many seconds in so large a corner, in design pixels, ask for the technician's code."""
MOST_WRONG = 3
LONGEST_CODE = 12


def add_letter(visit: Visit, letter: str, now: float) -> Visit:
    """Put a letter at the end of the search; a space only between two words."""
    idle = letter == SPACE and (not visit.query or visit.query.endswith(SPACE))
    query = visit.query if idle else (visit.query + letter)[:LONGEST_QUERY]
    return replace(visit, query=query, touched=now)


def erase(visit: Visit, now: float) -> Visit:
    """Take the last letter or digit away."""
    if visit.screen is Screen.SEARCH:
        return replace(visit, query=visit.query[:-1], touched=now)
    return replace(visit, typed=visit.typed[:-1], touched=now)


def choose_by_number(typed: str, tiles: Sequence[str]) -> tuple[str, str]:
    """Return the tile that a typed number names, and what is still kept of the number.

    Tiles count from 1. A number is waited for while another digit could lead to another tile; one that leads nowhere is
    forgotten.
    """
    number = int(typed or 0)
    if not 1 <= number <= len(tiles):
        return "", ""
    return ("", typed) if number * 10 <= len(tiles) else (tiles[number - 1], "")


def chosen_at_last(typed: str, tiles: Sequence[str]) -> str:
    """Return the tile that a number names once no more digits come, "" where there is none."""
    number = int(typed or 0)
    return tiles[number - 1] if 1 <= number <= len(tiles) else ""


def corner_taps(earlier: Sequence[float], now: float) -> tuple[float, ...]:
    """Return the times of the taps in the corner that still count, with one of now."""
    return (*(at for at in earlier if now - at < CORNER_S), now)


def open_corner(visit: Visit, taps: Sequence[float], code: str, now: float) -> Visit:
    """Ask for the technician's code after enough taps; a kiosk without one has no such corner.

    Nor is there one while a visitor's number is asked for or shown.
    """
    if not code or len(taps) < CORNER_TAPS or visit.screen in (*NUMBERED, *SERVING, Screen.PRINTING):
        return visit
    return replace(visit.onto(Screen.CODE, now), wrong=0)


def add_digit(visit: Visit, digit: str, now: float) -> Visit:
    """Put a digit at the end of the code."""
    return replace(visit, typed=(visit.typed + digit)[:LONGEST_CODE], touched=now)


def enter_code(visit: Visit, mirror: Mirror, code: str, now: float) -> Visit:
    """Let the technician in, or nobody: after some wrong codes the corner closes."""
    if code and visit.typed == code:
        return replace(visit, screen=Screen.TECHNICIAN, typed="", touched=now)
    wrong = visit.wrong + 1
    return home(visit, mirror, now) if wrong >= MOST_WRONG else replace(visit, typed="", wrong=wrong, touched=now)
