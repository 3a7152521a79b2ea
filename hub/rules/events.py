"""What can happen in a hall: each event complete in itself, with its kind and version in the journal."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

from config.errors import AntreanError
from journal.line import Line


class UnknownEvent(AntreanError):
    """This journal was written by a newer program."""

    key = "error.unknown_event"


class Event:
    """Something that has happened. Its fields are plain JSON values: together they are a line's body."""

    kind: ClassVar[str]
    version: ClassVar[int]
    __slots__ = ()

    def body(self) -> dict[str, Any]:
        """Return the body of this event's line."""
        return {name: getattr(self, name) for name in FIELDS[type(self)]}


EVENTS: dict[tuple[str, int], type[Event]] = {}
FIELDS: dict[type[Event], tuple[str, ...]] = {}
UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By (kind, old version): lifts a body to the next version. Empty as long as there is only version 1."""

E = TypeVar("E", bound=type[Event])


def kind(name: str, version: int = 1) -> Callable[[E], E]:
    """Register an event class under its kind in the journal."""

    def register(event: E) -> E:
        event.kind, event.version = name, version
        EVENTS[name, version] = event
        FIELDS[event] = tuple(part.name for part in fields(event))  # type: ignore[arg-type]
        return event

    return register


def event_of(line: Line) -> Event:
    """Return the event of a line, lifted to its newest version; UnknownEvent where no program here knows it."""
    version, body = line.version, line.body
    while (line.kind, version) in UPCASTERS:
        body = UPCASTERS[line.kind, version](body)
        version += 1
    try:
        return EVENTS[line.kind, version](**body)
    except (KeyError, TypeError) as error:
        raise UnknownEvent(kind=line.kind, version=line.version, seq=line.seq) from error


@kind("epoch.opened")
@dataclass(frozen=True, slots=True)
class EpochOpened(Event):
    """The journal begins, or goes on after line `common` was the last that two histories share."""

    hall: str
    epoch: int
    simulated: bool
    reason: str
    common: int


@kind("config.applied")
@dataclass(frozen=True, slots=True)
class ConfigApplied(Event):
    """From now on the hall is what this content of a hall file says."""

    content: dict[str, Any]
    digest: str
    author: str


@kind("day.opened")
@dataclass(frozen=True, slots=True)
class DayOpened(Event):
    """A new day begins: numbers start anew. `date` is ISO text in the hall's time zone."""

    date: str


@kind("day.closed")
@dataclass(frozen=True, slots=True)
class DayClosed(Event):
    """The day is over."""

    date: str


@kind("ticket.issued")
@dataclass(frozen=True, slots=True)
class TicketIssued(Event):
    """A number was given. `issue` counts all tickets of the day; `ahead` is how many would be called before it."""

    number: str
    issue: int
    series: str
    running: int
    service: str
    ticket_class: str
    kiosk: str | None
    language: str
    ahead: int


@kind("ticket.cancelled")
@dataclass(frozen=True, slots=True)
class TicketCancelled(Event):
    """A number was given back."""

    number: str
    by: str


@kind("ticket.called")
@dataclass(frozen=True, slots=True)
class TicketCalled(Event):
    """A ticket was called to a counter. `reason` tells the rule's figures for a first call, None for a recall."""

    number: str
    counter: int
    clerk: str
    attempt: int
    reason: dict[str, Any] | None


@kind("service.started")
@dataclass(frozen=True, slots=True)
class ServiceStarted(Event):
    """The visitor came and is served."""

    number: str
    counter: int
    clerk: str


@kind("service.finished")
@dataclass(frozen=True, slots=True)
class ServiceFinished(Event):
    """The visitor was served."""

    number: str
    counter: int
    clerk: str
    outcome: str


@kind("ticket.missed")
@dataclass(frozen=True, slots=True)
class TicketMissed(Event):
    """Nobody came after enough calls."""

    number: str
    counter: int
    clerk: str


@kind("ticket.unserved")
@dataclass(frozen=True, slots=True)
class TicketUnserved(Event):
    """The day ended before this ticket could be served."""

    number: str


@kind("clerk.signed_in")
@dataclass(frozen=True, slots=True)
class ClerkSignedIn(Event):
    """A clerk, by staff code, works at a counter now."""

    counter: int
    clerk: str


@kind("counter.opened")
@dataclass(frozen=True, slots=True)
class CounterOpened(Event):
    """A counter serves, from now or again."""

    counter: int
    clerk: str


@kind("counter.paused")
@dataclass(frozen=True, slots=True)
class CounterPaused(Event):
    """A counter rests."""

    counter: int
    clerk: str
    reason: str


@kind("counter.closed")
@dataclass(frozen=True, slots=True)
class CounterClosed(Event):
    """A counter serves no more today, or until it is opened again."""

    counter: int
    clerk: str


@kind("print.queued")
@dataclass(frozen=True, slots=True)
class PrintQueued(Event):
    """A paper is to be printed; its content is frozen here. `copy` 0 is the original."""

    job: str
    number: str
    copy: int
    printer: str
    content: dict[str, Any]


@kind("print.sending")
@dataclass(frozen=True, slots=True)
class PrintSending(Event):
    """The agent is about to send the first byte."""

    job: str
    attempt: int


@kind("print.waiting")
@dataclass(frozen=True, slots=True)
class PrintWaiting(Event):
    """The printer stopped in the middle and the agent waits for it."""

    job: str
    reason: str


@kind("print.done")
@dataclass(frozen=True, slots=True)
class PrintDone(Event):
    """The printer said that the paper is out; `proof` tells how."""

    job: str
    proof: str


@kind("print.assumed")
@dataclass(frozen=True, slots=True)
class PrintAssumed(Event):
    """All bytes were sent to a printer that cannot say more."""

    job: str


@kind("print.uncertain")
@dataclass(frozen=True, slots=True)
class PrintUncertain(Event):
    """Nobody knows whether the paper came out."""

    job: str
    reason: str


@kind("print.failed")
@dataclass(frozen=True, slots=True)
class PrintFailed(Event):
    """Nothing was printed."""

    job: str
    reason: str


@kind("print.cancelled")
@dataclass(frozen=True, slots=True)
class PrintCancelled(Event):
    """The paper is not needed any more."""

    job: str


@kind("printer.changed")
@dataclass(frozen=True, slots=True)
class PrinterChanged(Event):
    """A printer's state is another than before."""

    printer: str
    status: str


@kind("device.paired")
@dataclass(frozen=True, slots=True)
class DevicePaired(Event):
    """A device may command the hub in a role. `digest` is the SHA-256 of its token in hex, never the token."""

    device: str
    role: str
    digest: str


@kind("device.revoked")
@dataclass(frozen=True, slots=True)
class DeviceRevoked(Event):
    """A device's tokens are good for nothing from now on."""

    device: str
    by: str
