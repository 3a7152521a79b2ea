"""What happens to papers and printers."""

from dataclasses import dataclass
from typing import Any

from hub.rules.event import Event, kind


@kind("print.queued")
@dataclass(frozen=True, slots=True)
class PrintQueued(Event):
    """A paper is to be printed; its content is frozen here.

    `copy` counts the papers of this number that may be out already: 0 is the original, more bear SALINAN. `why` is
    "issue", "auto" (the hub's own second try), or the reason of the one who asked (`by`).
    """

    job: str
    number: str
    copy: int
    printer: str
    content: dict[str, Any]
    why: str
    by: str


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
    """The printer said that the paper is out; `proof` tells how, `mm` how long it is.

    `reason` is what stopped it on its way, "" where nothing did: then it may have come out in two parts.
    """

    job: str
    proof: str
    reason: str
    mm: int


@kind("print.assumed")
@dataclass(frozen=True, slots=True)
class PrintAssumed(Event):
    """All bytes were sent to a printer that cannot say more; `mm` is how long the paper is."""

    job: str
    mm: int


@kind("print.uncertain")
@dataclass(frozen=True, slots=True)
class PrintUncertain(Event):
    """Nobody knows whether the paper came out; `mm` is how long it would be."""

    job: str
    reason: str
    mm: int


@kind("print.failed")
@dataclass(frozen=True, slots=True)
class PrintFailed(Event):
    """Nothing was printed."""

    job: str
    reason: str


@kind("print.cancelled")
@dataclass(frozen=True, slots=True)
class PrintCancelled(Event):
    """The paper is not needed any more: "cancelled" with its number, "noted", "moved" or "proved".

    The last two are of a paper that was asked for elsewhere, and of a copy whose first paper is out after all.
    """

    job: str
    why: str


@kind("paper.noted")
@dataclass(frozen=True, slots=True)
class PaperNoted(Event):
    """The visitor has noted the number and waits for no paper, though one may still come."""

    number: str
    by: str


@kind("print.expired")
@dataclass(frozen=True, slots=True)
class PrintExpired(Event):
    """The paper waited so long for its printer that its visitor has gone on without it."""

    job: str


@kind("print.resolved")
@dataclass(frozen=True, slots=True)
class PrintResolved(Event):
    """A person has looked: the paper of which nobody knew is out, or it is not."""

    job: str
    is_out: bool
    by: str


@kind("printer.changed")
@dataclass(frozen=True, slots=True)
class PrinterChanged(Event):
    """A printer's state is another than before."""

    printer: str
    status: str


@kind("roll.changed")
@dataclass(frozen=True, slots=True)
class RollChanged(Event):
    """Somebody says that a new roll of paper is in the printer."""

    printer: str
    by: str
