"""The figures of a hall's day, computed from its tickets: what a region's page shows, and the rollups that stay."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from operator import add
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from region.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of tickets and sums of times in milliseconds. A wait goes from issue to first call."""

    issued: int = 0
    called: int = 0
    served: int = 0
    missed: int = 0
    cancelled: int = 0
    unserved: int = 0
    wait_ms: int = 0
    serve_ms: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Waits:
    """Half of those called waited at most the median, nine of ten at most `p90_ms`; None where nobody was called."""

    median_ms: int | None = None
    p90_ms: int | None = None


def figures(tickets: Iterable[Ticket]) -> Figures:
    """Return the figures of tickets; those of a training are left out."""
    real = [ticket for ticket in tickets if not ticket.trial]
    states = Counter(ticket.state for ticket in real)
    called = [wait for ticket in real if (wait := wait_ms(ticket)) is not None]
    return Figures(
        issued=len(real),
        called=len(called),
        served=states["served"],
        missed=states["missed"],
        cancelled=states["cancelled"],
        unserved=states["unserved"],
        wait_ms=sum(called),
        serve_ms=sum(map(serve_ms, real)),
    )


def waits(tickets: Iterable[Ticket]) -> Waits:
    """Return the waits of those who were called, by the nearest rank."""
    found = sorted(wait for ticket in tickets if not ticket.trial and (wait := wait_ms(ticket)) is not None)
    if not found:
        return Waits()
    return Waits(int(statistics.median_low(found)), found[-(-len(found) * 9 // 10) - 1])


def wait_ms(ticket: Ticket) -> int | None:
    """Return how long a ticket waited for its first call, None where it was not called."""
    return None if ticket.called_ms is None else max(ticket.called_ms - ticket.issued_ms, 0)


def serve_ms(ticket: Ticket) -> int:
    """Return how long a served ticket was at the counter, 0 for every other."""
    if ticket.state != "served" or ticket.started_ms is None or ticket.ended_ms is None:
        return 0
    return max(ticket.ended_ms - ticket.started_ms, 0)


def by_hour(tickets: Iterable[Ticket], zone: str) -> dict[tuple[int, str], Figures]:
    """Return the figures by the hour of issue in the hall's zone, and by service."""
    groups: defaultdict[tuple[int, str], list[Ticket]] = defaultdict(list)
    hour = hours_in(zone)
    for ticket in tickets:
        if not ticket.trial:
            groups[datetime.fromtimestamp(ticket.issued_ms / 1000, hour).hour, ticket.service].append(ticket)
    return {key: figures(group) for key, group in groups.items()}


def hours_in(zone: str) -> ZoneInfo:
    """Return a zone by its name, UTC for one that is not known here."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
