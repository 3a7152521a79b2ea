"""What a clerk can do at a counter."""

from dataclasses import dataclass

from hub.rules.command import Command


@dataclass(frozen=True, slots=True)
class CounterCommand(Command):
    """A deed of the clerk at a counter."""

    counter: int


@dataclass(frozen=True, slots=True)
class SignOut(CounterCommand):
    """Sign the clerk of a closed counter out."""


@dataclass(frozen=True, slots=True)
class Open(CounterCommand):
    """Open a counter, or end its pause; `by` is who does it from elsewhere than the counter."""

    by: str = ""


@dataclass(frozen=True, slots=True)
class Pause(CounterCommand):
    """Pause a counter, until a time if the clerk knows it; `by` is who does it from elsewhere than the counter."""

    reason: str
    until_ms: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Close(CounterCommand):
    """Close a counter; with the consent of the head also where people wait whom no other counter serves."""

    consent: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class CallNext(CounterCommand):
    """Call the ticket with the most waiting points."""


@dataclass(frozen=True, slots=True)
class CallNumber(CounterCommand):
    """Call a certain ticket out of its order, for a reason that is kept under the clerk's name."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recall(CounterCommand):
    """Call the counter's ticket once more."""


@dataclass(frozen=True, slots=True)
class Withdraw(CounterCommand):
    """Take back the call or the finish of a moment ago."""


@dataclass(frozen=True, slots=True)
class Start(CounterCommand):
    """Start serving the ticket that was called."""


@dataclass(frozen=True, slots=True)
class Finish(CounterCommand):
    """Finish the ticket that is served; with a `next_service` it waits for that one next."""

    outcome: str = "done"
    next_service: str | None = None


@dataclass(frozen=True, slots=True)
class Miss(CounterCommand):
    """Give a ticket up that nobody came for."""


@dataclass(frozen=True, slots=True)
class Hold(CounterCommand):
    """Put the served ticket aside while its visitor fetches a paper."""
