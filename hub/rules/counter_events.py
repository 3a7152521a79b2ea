"""What happens at a counter, and to clerks."""

from dataclasses import dataclass

from hub.rules.event import Event, kind


@kind("clerk.signed_in")
@dataclass(frozen=True, slots=True)
class ClerkSignedIn(Event):
    """A clerk, by staff code, works at a counter now."""

    counter: int
    clerk: str


@kind("counter.opened")
@dataclass(frozen=True, slots=True)
class CounterOpened(Event):
    """A counter serves, from now or again; `by` is who opened it from elsewhere than the counter.

    Of this and the next two kinds `was` is what the counter was before: "closed", "open" or "paused".
    """

    counter: int
    clerk: str
    by: str = ""
    was: str = ""


@kind("counter.paused")
@dataclass(frozen=True, slots=True)
class CounterPaused(Event):
    """A counter rests, until a time if the clerk gave one."""

    counter: int
    clerk: str
    reason: str
    until_ms: int | None
    by: str = ""
    was: str = ""


@kind("counter.closed")
@dataclass(frozen=True, slots=True)
class CounterClosed(Event):
    """A counter serves no more today, or until it is opened again. `consent` names who let waiting people be."""

    counter: int
    clerk: str
    consent: str | None
    by: str = ""
    was: str = ""


@kind("clerk.added")
@dataclass(frozen=True, slots=True)
class ClerkAdded(Event):
    """A clerk may sign in. `pin` is an argon2 hash, never the PIN.

    `role` is "clerk" (counters alone), or who may see the hall's page: "supervisor" of `agency`, "viewer" or "head".
    `was` and `was_agency` are what the account was before, "" where it is new.
    """

    clerk: str
    pin: str
    by: str
    role: str = "clerk"
    agency: str = ""
    was: str = ""
    was_agency: str = ""


@kind("clerk.removed")
@dataclass(frozen=True, slots=True)
class ClerkRemoved(Event):
    """A clerk may sign in no more; `was` and `was_agency` are what the account was."""

    clerk: str
    by: str
    was: str = ""
    was_agency: str = ""


@kind("clerk.locked")
@dataclass(frozen=True, slots=True)
class ClerkLocked(Event):
    """Too many wrong PINs: this clerk may not sign in before a hall time."""

    clerk: str
    until_ms: int


@kind("clerk.signed_out")
@dataclass(frozen=True, slots=True)
class ClerkSignedOut(Event):
    """Nobody works at this counter any more."""

    counter: int
    clerk: str


@kind("help.asked")
@dataclass(frozen=True, slots=True)
class HelpAsked(Event):
    """Somebody asks for help at a kiosk or a counter: "staff", "pickup" (a visitor to be fetched) or "emergency"."""

    help: str
    purpose: str
    place: str
    by: str


@kind("help.answered")
@dataclass(frozen=True, slots=True)
class HelpAnswered(Event):
    """Somebody goes there."""

    help: str
    by: str
