"""What happens to a ticket between issue and end."""

from dataclasses import dataclass
from typing import Any

from hub.rules.event import Event, kind


@kind("ticket.issued")
@dataclass(frozen=True, slots=True)
class TicketIssued(Event):
    """A number was given.

    `issue` counts all tickets of the day, `running` those of the series; `ahead` is how many would be called before it;
    `promise` the forecast as [earliest, latest] hall time in ms, None where there is none; `visit` the first number of
    the same visitor; `source` "kiosk", "counter", "head" or "block" (a number from a paper block), and `reason` why
    the staff gave it.
    """

    number: str
    issue: int
    series: str
    running: int
    service: str
    ticket_class: str
    kiosk: str | None
    language: str
    ahead: int
    promise: list[int] | None
    visit: str
    source: str
    trial: bool
    by: str
    reason: str


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


@kind("call.withdrawn")
@dataclass(frozen=True, slots=True)
class CallWithdrawn(Event):
    """The clerk took a call back at once: the ticket waits again as if nothing had been."""

    number: str
    counter: int
    clerk: str


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
    """The visitor was served. `outcome` is "done", "incomplete" (papers missing), "sent_on" or "day_ended"."""

    number: str
    counter: int
    clerk: str
    outcome: str


@kind("finish.withdrawn")
@dataclass(frozen=True, slots=True)
class FinishWithdrawn(Event):
    """The clerk took a finish back at once: the visitor is still served."""

    number: str
    counter: int
    clerk: str


@kind("ticket.missed")
@dataclass(frozen=True, slots=True)
class TicketMissed(Event):
    """Nobody came after enough calls."""

    number: str
    counter: int
    clerk: str


@kind("ticket.returned")
@dataclass(frozen=True, slots=True)
class TicketReturned(Event):
    """A missed visitor came back: waiting again, with a clock of at most some minutes, and not called at once."""

    number: str
    clock_ms: int
    not_before_ms: int
    by: str


@kind("ticket.held")
@dataclass(frozen=True, slots=True)
class TicketHeld(Event):
    """A ticket is put aside: "papers" while its visitor fetches a paper, "visit" while its visitor is at `other`."""

    number: str
    counter: int
    clerk: str
    why: str
    other: str | None


@kind("ticket.resumed")
@dataclass(frozen=True, slots=True)
class TicketResumed(Event):
    """A held ticket waits again, first for the counter that held it."""

    number: str
    clock_ms: int
    for_counter: int | None
    for_until_ms: int | None
    by: str


@kind("ticket.transferred")
@dataclass(frozen=True, slots=True)
class TicketTransferred(Event):
    """A ticket waits for another service or counter with its number and class.

    `why` is "transfer" (the old clock is kept) or "chain": the next service of the same visit, whose clock begins when
    the service before ended, with some minutes' head start. `counter` and `clerk` are those it leaves, `by` is who
    moves it, and `was` the service it waited for before.
    """

    number: str
    service: str
    for_counter: int | None
    clock_ms: int
    extra_minutes: int
    why: str
    counter: int | None
    clerk: str
    by: str = ""
    was: str = ""


@kind("ticket.remarked")
@dataclass(frozen=True, slots=True)
class TicketRemarked(Event):
    """A clerk wrote a remark for whoever serves the ticket; `sealed` as `hub.remarks` seals it, "" takes it away."""

    number: str
    sealed: str
    by: str


@kind("ticket.unserved")
@dataclass(frozen=True, slots=True)
class TicketUnserved(Event):
    """The day ended before this ticket could be served."""

    number: str
