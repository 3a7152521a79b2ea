"""The door of the hall's page: who has logged in, with which right, until when."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from config.errors import AntreanError
from hub.hub import Hub
from hub.rules.state import Clerk, State

COOKIE = "antrean_hall"
SESSION_S = 12 * 3600
"""A log-in holds for a working day."""
MOST_SESSIONS = 500
ROLES = ("head", "supervisor", "viewer")
"""Who may see the page. A supervisor sees and touches one agency, a viewer touches nothing."""


class NotEntered(AntreanError):
    """Nobody has logged in here, or the log-in is over."""

    key = "refusal.not_entered"


class NotYours(AntreanError):
    """The person's role may not do this."""

    key = "refusal.role"


@dataclass(frozen=True, slots=True)
class Person:
    """Who looks at the page: a staff code, a role, and of a supervisor the agency."""

    name: str
    role: str
    agency: str = ""

    def may_touch(self, agency: str | None) -> bool:
        """Tell whether this person may change something of an agency; None stands for the whole hall."""
        return self.role == "head" or (self.role == "supervisor" and agency is not None and agency == self.agency)

    def sees(self, agency: str) -> bool:
        """Tell whether this person sees what belongs to an agency."""
        return self.role != "supervisor" or agency == self.agency


class Sessions:
    """Who has logged in: a digest of each cookie's secret with its person and end. A restart ends all of them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: dict[str, tuple[str, float, str]] = {}

    def begin(self, clerk: Clerk) -> str:
        """Return the secret of a new session, which ends with the clerk's PIN; of too many the oldest ends."""
        now = self._clock()
        self._known = {digest: kept for digest, kept in self._known.items() if kept[1] > now}
        while len(self._known) >= MOST_SESSIONS:
            del self._known[next(iter(self._known))]
        secret = secrets.token_urlsafe(32)
        self._known[digest_of(secret)] = clerk.clerk, now + SESSION_S, clerk.pin
        return secret

    def person(self, secret: str, state: State) -> Person | None:
        """Return whose session it is, with the rights of this moment; None where there is none any more."""
        name, until, pin = self._known.get(digest_of(secret), ("", 0.0, ""))
        clerk = state.clerks.get(name)
        if until <= self._clock() or clerk is None or clerk.pin != pin or clerk.role not in ROLES:
            return None
        return Person(name, clerk.role, clerk.agency)

    def end(self, secret: str) -> None:
        """End a session."""
        self._known.pop(digest_of(secret), None)


def digest_of(secret: str) -> str:
    """Return what is remembered of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def entered(request: Request, *roles: str) -> Person:
    """Return who asks, where one of these roles or the head; NotEntered or NotYours otherwise."""
    hub: Hub = request.app.state.hub
    sessions: Sessions = request.app.state.sessions
    person = sessions.person(request.cookies.get(COOKIE, ""), hub.state)
    if person is None:
        raise NotEntered
    if person.role != "head" and person.role not in roles:
        raise NotYours
    return person
