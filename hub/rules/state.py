"""What the hub knows: one immutable value, made by `evolve` from events alone."""

from __future__ import annotations  # rpds maps cannot be subscripted at run time

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rpds import HashTrieMap

from config.hall import CLASSES, Hall
from hub.rules import events as ev
from hub.rules.event import Event

Milliseconds = int
TABLET = "tablet"
"""The role of a browser in which visitors answer the survey."""
DEVICE_ROLES = ("kiosk", "counter", "display", "printer")
"""The roles of the machines that are paired by code, the head's apart."""
CHAIN_HEAD_START_MINUTES = 5
"""What the next service of the same visit is ahead by: the visitor has waited in this hall before."""


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
    """One ticket of the day.

    `clock_ms` is when its waiting began to count, `extra_minutes` a head start of its own. It is not called before
    `not_before_ms`, and until `for_until_ms` by counter `for_counter` alone (always, where that is None).
    """

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
    visit: str
    trial: bool = False
    promise_ms: Milliseconds | None = None
    extra_minutes: int = 0
    not_before_ms: Milliseconds = 0
    for_counter: int | None = None
    for_until_ms: Milliseconds | None = None
    counter: int | None = None
    attempt: int = 0
    called_ms: Milliseconds | None = None
    started_ms: Milliseconds | None = None
    ended_ms: Milliseconds | None = None
    held_ms: Milliseconds | None = None
    held_why: str | None = None
    holds: int = 0
    returns: int = 0
    job: str | None = None
    source: str = ""
    noted: bool = False
    remark: str = ""

    def may_be_called(self, counter: int, now_ms: Milliseconds) -> bool:
        """Tell whether nothing of its own keeps this waiting ticket from a counter now."""
        if now_ms < self.not_before_ms:
            return False
        reserved = self.for_counter is not None and (self.for_until_ms is None or now_ms < self.for_until_ms)
        return not reserved or self.for_counter == counter


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A waiting ticket's place among those of its service and class: older clock first, then earlier issue."""

    clock_ms: Milliseconds
    issue: int
    number: str


@dataclass(frozen=True, slots=True)
class CounterState:
    """What a counter does now; `ticket` is the number called or served there, `finished` the one finished last."""

    counter: int
    state: str = "closed"
    clerk: str | None = None
    ticket: str | None = None
    reason: str | None = None
    until_ms: Milliseconds | None = None
    finished: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One paper to print and what became of it."""

    job: str
    number: str
    copy: int
    printer: str
    content: dict[str, Any]
    queued_ms: Milliseconds
    by: str = ""
    state: str = "queued"
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Help:
    """Somebody asked for help at a place, and who went there."""

    help: str
    kind: str
    place: str
    asked_ms: Milliseconds
    answered_by: str | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """The paper in a printer: what was used of it, and whether its sensor has seen the end come near."""

    used_mm: int = 0
    papers: int = 0
    near_end: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """A program that may command the hub in a role, the digest of its token, and when it was paired.

    A tablet of the survey may answer at one agency alone, or at each of them where that is "".
    """

    device: str
    role: str
    digest: str
    agency: str = ""
    paired_ms: Milliseconds = 0

    @property
    def is_tablet(self) -> bool:
        """Whether it is a tablet of the survey, which commands nothing."""
        return self.role == TABLET


@dataclass(frozen=True, slots=True)
class Call:
    """One call, as displays show it: with its zone, which a later hall file may not know any more."""

    seq: int
    number: str
    counter: int
    zone: str
    attempt: int
    called_ms: Milliseconds


@dataclass(frozen=True, slots=True)
class Force:
    """What was forced against the hours: "open" or "closed", why, until when (None: all day), and by whom."""

    mode: str
    reason: str
    until_ms: Milliseconds | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who may sign in: a staff code, the argon2 hash of a PIN, and until when wrong PINs have locked it.

    `role` is "clerk", "supervisor" of `agency`, "viewer" or "head".
    """

    clerk: str
    pin: str
    locked_ms: Milliseconds = 0
    role: str = "clerk"
    agency: str = ""


CALLS_KEPT = 24
WAYS = tuple((ticket_class, extra) for ticket_class in CLASSES for extra in (0, CHAIN_HEAD_START_MINUTES))
"""The lines of a service: by class, and by the head start that the next service of a visit gets."""

Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Everything the rules need.

    `hall` is `config_today`: the hall file's content, `config`, with the quotas and assigned counters of today.
    `lines` holds the waiting tickets of each (service, class, extra minutes) in order, `queued` the jobs that wait.
    """

    seq: int = 0
    hall_ms: Milliseconds = 0
    hall_id: str = ""
    epoch: int = 0
    simulated: bool = False
    hall: Hall | None = None
    config: dict[str, Any] = field(default_factory=dict)
    config_today: dict[str, Any] = field(default_factory=dict)
    config_digest: str = ""
    planned: ev.ConfigPlanned | None = None
    date: str = ""
    issued: int = 0
    series: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    given: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    learned: HashTrieMap[str, tuple[float, float]] = field(default_factory=HashTrieMap)
    tickets: HashTrieMap[str, Ticket] = field(default_factory=HashTrieMap)
    reserved: HashTrieMap[str, bool] = field(default_factory=HashTrieMap)
    visits: HashTrieMap[str, tuple[str, ...]] = field(default_factory=HashTrieMap)
    lines: HashTrieMap[tuple[str, str, int], Line] = field(default_factory=HashTrieMap)
    counters: HashTrieMap[int, CounterState] = field(default_factory=HashTrieMap)
    came: HashTrieMap[str, bool] = field(default_factory=HashTrieMap)
    forces: HashTrieMap[str, Force] = field(default_factory=HashTrieMap)
    paused: HashTrieMap[str, Force] = field(default_factory=HashTrieMap)
    quotas: HashTrieMap[str, int] = field(default_factory=HashTrieMap)
    assigned: HashTrieMap[int, tuple[str, ...]] = field(default_factory=HashTrieMap)
    jobs: HashTrieMap[str, Job] = field(default_factory=HashTrieMap)
    queued: HashTrieMap[str, bool] = field(default_factory=HashTrieMap)
    printers: HashTrieMap[str, str] = field(default_factory=HashTrieMap)
    rolls: HashTrieMap[str, Roll] = field(default_factory=HashTrieMap)
    helps: HashTrieMap[str, Help] = field(default_factory=HashTrieMap)
    devices: HashTrieMap[str, Device] = field(default_factory=HashTrieMap)
    clerks: HashTrieMap[str, Clerk] = field(default_factory=HashTrieMap)
    calls: tuple[Call, ...] = ()
    trial: bool = False
    interrupted: bool = False

    @property
    def asks_for_pins(self) -> bool:
        """Tell whether counters are for registered clerks alone: accounts of the hall's page do not make them so."""
        return any(clerk.role == "clerk" for clerk in self.clerks.values())

    def counter(self, number: int) -> CounterState:
        """Return what a counter does, closed where nothing was heard of it today."""
        return self.counters.get(number) or CounterState(number)

    def line(self, service: str, ticket_class: str, extra_minutes: int = 0) -> Line:
        """Return the waiting tickets of a service, class and head start in their order."""
        return self.lines.get((service, ticket_class, extra_minutes)) or ()

    def lines_of(self, service: str) -> list[tuple[str, int, Line]]:
        """Return the lines of a service that are not empty, each with its class and head start."""
        found = ((ticket_class, extra, self.line(service, ticket_class, extra)) for ticket_class, extra in WAYS)
        return [(ticket_class, extra, line) for ticket_class, extra, line in found if line]

    def waiting(self, service: str) -> int:
        """Return how many wait for a service."""
        return sum(len(line) for _, _, line in self.lines_of(service))

    def jobs_of(self, number: str) -> list[Job]:
        """Return all print jobs of a number, oldest first: they are called by it and counted from 0."""
        found: list[Job] = []
        while job := self.jobs.get(f"{number}-{len(found)}"):
            found.append(job)
        return found

    def elsewhere(self, ticket: Ticket) -> str | None:
        """Return the number with which the same visitor is called or served right now, None where there is none."""
        others = (self.tickets[number] for number in self.visits.get(ticket.visit) or () if number != ticket.number)
        return next((other.number for other in others if other.state in ("called", "serving")), None)
