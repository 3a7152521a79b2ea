"""What the lines of a hall say about its tickets: a pure fold that no unknown or broken line stops."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import orjson

from journal.line import Line, LineError, decode
from region.rules import LATEST_MS

VERSION = 1
TEXT_LENGTH = 200
MOST_COUNTERS = 1_000_000
STATES = {
    "ticket.called": "called",
    "service.started": "serving",
    "service.finished": "served",
    "ticket.missed": "missed",
    "ticket.cancelled": "cancelled",
    "ticket.unserved": "unserved",
    "call.withdrawn": "waiting",
    "ticket.returned": "waiting",
    "ticket.resumed": "waiting",
    "ticket.transferred": "waiting",
    "ticket.held": "held",
    "finish.withdrawn": "serving",
}
ENDS = frozenset({"served", "missed", "cancelled", "unserved"})
QUIET = frozenset({
    "clerk.added", "clerk.locked", "clerk.removed", "clerk.signed_in", "clerk.signed_out", "clock.stepped",
    "config.planned", "counter.assigned", "counter.closed", "counter.opened", "counter.paused", "day.closed",
    "device.paired", "device.revoked", "epoch.opened", "hall.closed", "hall.forced", "hall.opened", "help.answered",
    "help.asked", "interruption.noted", "paper.noted", "print.assumed", "print.cancelled", "print.done",
    "print.expired", "print.failed", "print.queued", "print.resolved", "print.sending", "print.uncertain",
    "print.waiting", "printer.changed", "quota.set", "rating.given", "roll.changed", "service.paused",
    "service.resumed", "survey.answered", "ticket.remarked", "trial.ended", "trial.started",
})  # fmt: skip
"""Kinds that are known and change no ticket."""


written = json.JSONEncoder(separators=(",", ":")).encode
"""JSON in ASCII: no half of a character, which JSON may name, reaches a database."""


class Ticket(NamedTuple):
    """One ticket of a day; times are hall time in milliseconds, `called_ms` that of the first call."""

    number: str
    service: str
    ticket_class: str
    trial: bool
    state: str
    issued_ms: int
    called_ms: int | None = None
    started_ms: int | None = None
    ended_ms: int | None = None


class Event(NamedTuple):
    """A line as a row: its seq, both its times in ms (`wall_ms` None where it is no time), its kind and version.

    `date` is the hall's open day; what its body names of a ticket, a service and a counter stands beside it.
    """

    seq: int
    wall_ms: int | None
    hall_ms: int
    kind: str
    version: int
    date: str
    number: str | None
    service: str | None
    counter: int | None
    body: str


Tickets = dict[str, Ticket]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the lines so far say about a hall itself: its open date, its name, its zone, its services' names as JSON."""

    date: str = ""
    name: str = ""
    zone: str = "Asia/Jakarta"
    services: str = "{}"


@dataclass(slots=True)
class Fold:
    """The tickets of the days that lines touch. `changed` names tickets by date and number, `dead` lines by seq.

    `days` begins with the tickets of the setting's date; lines of unknown kinds and versions are counted.
    """

    setting: Setting
    days: dict[str, Tickets] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    changed: set[tuple[str, str]] = field(default_factory=set)
    dead: dict[int, str] = field(default_factory=dict)
    unknown: Counter[tuple[str, int]] = field(default_factory=Counter)

    def add(self, first: int, lines: Iterable[bytes]) -> None:
        """Take lines in order from seq `first`; one that cannot be understood is dead, and the next one goes on."""
        for seq, raw in enumerate(lines, first):
            try:
                line = parsed(raw)
                check(line)
                self.events.append(event_of(seq, line, raw, self.setting.date))
                self._take(line)
            except (LineError, RecursionError):
                self.dead[seq] = "line"
            except (KeyError, TypeError) as error:
                self.dead[seq] = f"{type(error).__name__} {error}"[:200]

    def _take(self, line: Line) -> None:
        """Take one line; KeyError or TypeError where it does not say what its kind must say."""
        body, known = line.body, (line.kind, line.version)
        if line.version != VERSION:
            self.unknown[known] += 1
        elif line.kind in STATES:
            ticket = self.days[self.setting.date][text(body["number"])]
            self._put(moved(ticket, line))
        elif line.kind == "ticket.issued":
            self._put(issued(line))
        elif line.kind == "day.opened":
            self.setting = replace(self.setting, date=text(body["date"]))
            self.days.setdefault(self.setting.date, {})
        elif line.kind == "config.applied":
            hall, names = body["content"]["hall"], written(service_names(body["content"]))
            self.setting = replace(self.setting, name=text(hall["name"]), zone=text(hall["timezone"]), services=names)
        elif line.kind not in QUIET:
            self.unknown[known] += 1

    def _put(self, ticket: Ticket) -> None:
        """Keep a ticket's new state."""
        self.days[self.setting.date][ticket.number] = ticket
        self.changed.add((self.setting.date, ticket.number))


def parsed(raw: bytes) -> Line:
    """Return the line that these bytes are, LineError where they are none; `decode` judges what is not quickly read."""
    try:
        seq, wall_ms, hall_ms, kind, version, body = orjson.loads(raw)
    except (ValueError, TypeError):
        return decode(raw)
    whole = type(seq) is type(wall_ms) is type(hall_ms) is type(version) is int
    return (
        Line(seq, wall_ms, hall_ms, kind, version, body)
        if whole and type(kind) is str and type(body) is dict
        else decode(raw)
    )


def body_of(line: Line, raw: bytes) -> str:
    """Return a line's body as JSON: as it came, where it is easily cut out of the line."""
    if raw[-2:] == b"}]" and raw.isascii() and "{" not in line.kind:
        return raw[raw.index(b"{") : -1].decode()
    return written(line.body)


def event_of(seq: int, line: Line, raw: bytes, date: str) -> Event:
    """Return a line as a row."""
    body = line.body
    counter = body.get("counter")
    return Event(
        seq,
        line.wall_ms if 0 <= line.wall_ms < LATEST_MS else None,
        line.hall_ms,
        line.kind,
        line.version,
        date,
        readable(body.get("number")),
        readable(body.get("service")),
        counter if type(counter) is int and 0 <= counter < MOST_COUNTERS else None,
        body_of(line, raw),
    )


def service_names(content: dict[str, Any]) -> dict[str, str]:
    """Return the names of a hall file's services by their ids, as far as they can be read."""
    agencies = [agency for agency in content.get("agencies", []) if isinstance(agency, dict)]
    services = [each for agency in agencies for each in agency.get("services", []) if isinstance(each, dict)]
    named = ((readable(service.get("id")), readable(service.get("name_id"))) for service in services)
    return {key: name for key, name in named if key and name}


def readable(value: object) -> str | None:
    """Return a short readable text, None for anything else."""
    return value if isinstance(value, str) and 0 < len(value) <= TEXT_LENGTH and value.isprintable() else None


def issued(line: Line) -> Ticket:
    """Return the ticket that a line issues."""
    body = line.body
    number, service, ticket_class = (text(body[name]) for name in ("number", "service", "ticket_class"))
    return Ticket(number, service, ticket_class, body["trial"] is True, "waiting", line.hall_ms)


def moved(ticket: Ticket, line: Line) -> Ticket:
    """Return a ticket after a line about it."""
    state, kind, now_ms = STATES[line.kind], line.kind, line.hall_ms
    called_ms = now_ms if state == "called" and ticket.called_ms is None else ticket.called_ms
    return Ticket(
        ticket.number,
        text(line.body["service"]) if kind == "ticket.transferred" else ticket.service,
        ticket.ticket_class,
        ticket.trial,
        state,
        ticket.issued_ms,
        called_ms,
        now_ms if kind == "service.started" else ticket.started_ms,
        now_ms if state in ENDS else None,
    )


def check(line: Line) -> None:
    """Raise TypeError for a kind, a version or a time that no table could hold."""
    text(line.kind)
    if not 0 <= line.hall_ms < LATEST_MS or not 0 <= line.version < LATEST_MS:
        raise TypeError("number")


def text(value: object) -> str:
    """Return a short readable text; TypeError for anything else, since no table could hold it."""
    found = readable(value)
    if found is None:
        raise TypeError("text")
    return found
