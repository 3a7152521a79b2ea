"""What a hub can be asked to do. Times and ids come from outside; the rules decide."""

from dataclasses import dataclass
from typing import Any


class Command:
    """Something a device, a clerk or the hub itself wants done."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TurnDay(Command):
    """Open today where the journal still stands at an earlier day."""


@dataclass(frozen=True, slots=True)
class Begin(Command):
    """Begin a journal, or take a changed hall file: the content, its SHA-256 in hex, and who wants it."""

    hall: str
    simulated: bool
    content: dict[str, Any]
    digest: str
    author: str


@dataclass(frozen=True, slots=True)
class PairDevice(Command):
    """Let a device command the hub in a role; `digest` is the SHA-256 of its token in hex."""

    device: str
    role: str
    digest: str


@dataclass(frozen=True, slots=True)
class RevokeDevice(Command):
    """Take a device's right away."""

    device: str
    by: str


@dataclass(frozen=True, slots=True)
class Issue(Command):
    """Give a number; with a kiosk it is printed there."""

    service: str
    ticket_class: str
    kiosk: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """Give a number back; a visitor's device may until its printing starts, staff later too."""

    number: str
    by: str
    staff: bool


@dataclass(frozen=True, slots=True)
class SignIn(Command):
    """Sign a clerk in at a counter."""

    counter: int
    clerk: str


@dataclass(frozen=True, slots=True)
class CounterCommand(Command):
    """A deed of the clerk at a counter."""

    counter: int


@dataclass(frozen=True, slots=True)
class Open(CounterCommand):
    """Open a counter, or end its pause."""


@dataclass(frozen=True, slots=True)
class Pause(CounterCommand):
    """Pause a counter."""

    reason: str


@dataclass(frozen=True, slots=True)
class Close(CounterCommand):
    """Close a counter."""


@dataclass(frozen=True, slots=True)
class CallNext(CounterCommand):
    """Call the ticket with the most waiting points."""


@dataclass(frozen=True, slots=True)
class Recall(CounterCommand):
    """Call the counter's ticket once more."""


@dataclass(frozen=True, slots=True)
class Start(CounterCommand):
    """Start serving the ticket that was called."""


@dataclass(frozen=True, slots=True)
class Finish(CounterCommand):
    """Finish the ticket that is served."""


@dataclass(frozen=True, slots=True)
class Miss(CounterCommand):
    """Give a ticket up that nobody came for."""


@dataclass(frozen=True, slots=True)
class ReportJob(Command):
    """What an agent tells of a print job."""

    job: str
    state: str
    proof: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReportPrinter(Command):
    """What an agent tells of its printer."""

    printer: str
    status: str
