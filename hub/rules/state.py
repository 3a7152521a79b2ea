"""What the hub knows: one immutable value, made by `evolve` from events alone."""

from __future__ import annotations  # rpds maps cannot be subscripted at run time

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rpds import HashTrieMap

from config.hall import Hall
from hub.rules.events import Event

Milliseconds = int


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with its place in the journal and its hall time in ms."""

    seq: int
    hall_ms: Milliseconds
    event: Event


@dataclass(frozen=True, slots=True)
class Moment:
    """Hall time as the rules read it: ms, and the local date and minute of the day."""

    ms: Milliseconds
    date: date
    minute: int


def moment(hall: Hall, hall_ms: Milliseconds) -> Moment:
    """Return hall time in the hall's time zone."""
    local = datetime.fromtimestamp(hall_ms / 1000, hall.timezone)
    return Moment(hall_ms, local.date(), local.hour * 60 + local.minute)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket of the day. `clock_ms` is when its waiting began to count."""

    number: str
    issue: int
    service: str
    ticket_class: str
    state: str
    clock_ms: Milliseconds
    issued_ms: Milliseconds
    kiosk: str | None
    language: str
    ahead: int
    counter: int | None = None
    attempt: int = 0
    called_ms: Milliseconds | None = None
    started_ms: Milliseconds | None = None
    ended_ms: Milliseconds | None = None
    job: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A waiting ticket's place among those of its service and class: older clock first, then earlier issue."""

    clock_ms: Milliseconds
    issue: int
    number: str


@dataclass(frozen=True, slots=True)
class CounterState:
    """What a counter does now; `ticket` is the number called or served there."""

    counter: int
    state: str = "closed"
    clerk: str | None = None
    ticket: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to print and what became of it."""

    job: str
    number: str
    copy: int
    printer: str
    content: dict[str, Any]
    queued_ms: Milliseconds
    state: str = "queued"
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Device:
    """A program that may command the hub in a role, and the digest of its token."""

    device: str
    role: str
    digest: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as displays show it."""

    seq: int
    number: str
    counter: int
    attempt: int
    called_ms: Milliseconds


CALLS_KEPT = 24

Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Everything the rules need. `lines` holds the waiting tickets of each (service, class) in their order."""

    seq: int = 0
    hall_ms: Milliseconds = 0
    hall_id: str = ""
    simulated: bool = False
    hall: Hall | None = None
    config: dict[str, Any] = field(default_factory=dict)
    config_digest: str = ""
    date: str = ""
    issued: int = 0
    series: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    given: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    tickets: HashTrieMap[str, Ticket] = field(default_factory=HashTrieMap)
    lines: HashTrieMap[tuple[str, str], Line] = field(default_factory=HashTrieMap)
    counters: HashTrieMap[int, CounterState] = field(default_factory=HashTrieMap)
    jobs: HashTrieMap[str, Job] = field(default_factory=HashTrieMap)
    printers: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    devices: HashTrieMap[str, Device] = field(default_factory=HashTrieMap)
    calls: tuple[Call, ...] = ()

    def counter(self, number: int) -> CounterState:
        """Return what a counter does, closed where nothing was heard of it today."""
        return self.counters.get(number) or CounterState(number)

    def line(self, service: str, ticket_class: str) -> Line:
        """Return the waiting tickets of a service and class in their order."""
        return self.lines.get((service, ticket_class)) or ()

    def waiting(self, service: str) -> int:
        """Return how many wait for a service."""
        return sum(len(self.line(service, ticket_class)) for ticket_class in ("normal", "priority", "booked"))
