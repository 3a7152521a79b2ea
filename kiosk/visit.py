"""Where a visitor is at the kiosk and what was chosen so far: frozen, without Qt. Times are monotonic seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Screen(StrEnum):
    """What the kiosk shows."""

    WAIT = "wait"
    ATTRACT = "attract"
    AGENCIES = "agencies"
    SERVICES = "services"
    SEARCH = "search"
    BRING = "bring"
    PRIORITY = "priority"
    PRINTING = "printing"
    TICKET = "ticket"
    PAPER = "paper"
    REFUSED = "refused"
    HELP = "help"
    CLOSED = "closed"
    STILL = "still"
    AWAY = "away"
    CODE = "code"
    TECHNICIAN = "technician"


CHOOSING = (Screen.AGENCIES, Screen.SERVICES, Screen.SEARCH)
"""Screens on which a service is looked for."""
ASKING = (Screen.SERVICES, Screen.SEARCH, Screen.BRING, Screen.PRIORITY, Screen.REFUSED)
"""Screens that ask whether somebody is still there before they start anew."""
OPENING = (Screen.WAIT, Screen.ATTRACT, Screen.AGENCIES, Screen.CLOSED)
NUMBERED = (Screen.TICKET, Screen.PAPER)
SERVING = (Screen.CODE, Screen.TECHNICIAN)
"""Screens of the technician."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence shown on the next screen: a key of words and the number it speaks of."""

    key: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a visitor is, and what was chosen so far.

    `behind` are the screens that led here, the last one first to return to. `touched` is the last touch, `issued`
    when the number came, `day` its date, `printed` when its paper did. `numbers` are all numbers of this visit,
    `number` the newest one. `words` are a refusal's sentences by language; `elsewhere` is another kiosk at which
    the paper was asked for. `help` is who was called: "staff" or "pickup". `query` is what is searched for, `typed`
    a tile's number or the technician's code as far as it was given, `wrong` how often that code was.
    """

    screen: Screen = Screen.WAIT
    first_language: str = "id"
    language: str = "id"
    priority: bool = False
    lowered: bool = False
    large: bool = False
    contrast: bool = False
    aloud: bool = False
    numbered: bool = False
    agency: str | None = None
    service: str | None = None
    number: str | None = None
    numbers: tuple[str, ...] = ()
    elsewhere: str | None = None
    ahead: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    notice: Notice | None = None
    help: str | None = None
    query: str = ""
    typed: str = ""
    wrong: int = 0
    cancelling: bool = False
    behind: tuple[Screen, ...] = ()
    touched: float = 0.0
    issued: float = 0.0
    printed: float | None = None
    day: str = ""

    @property
    def ticket_class(self) -> str:
        """The class that a number is asked for."""
        return "priority" if self.priority else "normal"

    def onto(self, screen: Screen, now: float) -> "Visit":
        """Return the visit on a further screen, from which one step leads back here."""
        behind = (*self.behind, self.screen)
        return replace(self, screen=screen, behind=behind, notice=None, typed="", touched=now)
