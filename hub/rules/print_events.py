"""What happens to papers and printers."""

from dataclasses import dataclass
from typing import Any

from hub.rules.event import Event, kind


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
