"""Which ticket is called next: waiting points.

`points = 600 * head start minutes + 10 * weight * seconds waited`, plus 600 for each bonus minute of the service, less
600 for each minute that a second service stands behind at a counter. Most points first; on a tie the older clock, then
the earlier issue. Accumulating priority as Kleinrock (1964) described it, in whole numbers.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from config.hall import CLASSES, Counter, Hall
from hub.rules.state import Milliseconds, Place, State

MINUTE_POINTS = 600
RULE = "points/1"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting ticket as one counter sees it: its place in its line, and its points now."""

    place: Place
    service: str
    ticket_class: str
    points: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """What is compared: the largest is called."""
        return (self.points, -self.place.clock_ms, -self.place.issue)


def points_of(hall: Hall, service: str, ticket_class: str, waited_s: int) -> int:
    """Return the points of a ticket that has waited so many seconds, at a counter whose own work it is."""
    rule = hall.class_rule(ticket_class)
    bonus = hall.services[service].bonus_minutes
    return MINUTE_POINTS * (rule.head_start_minutes + bonus) + round(rule.weight * 10) * waited_s


def seconds(since_ms: Milliseconds, now_ms: Milliseconds) -> int:
    """Return whole seconds between two moments, never negative."""
    return max(0, now_ms // 1000 - since_ms // 1000)


def heads(state: State, hall: Hall, counter: Counter, now_ms: Milliseconds) -> Iterator[Waiting]:
    """Yield the first of each line that a counter may call: within a line the order never changes."""
    behind = dict.fromkeys(counter.services, 0) | dict(counter.second_services)
    for service, minutes in behind.items():
        for ticket_class in CLASSES:
            line = state.line(service, ticket_class)
            if line:
                points = points_of(hall, service, ticket_class, seconds(line[0].clock_ms, now_ms))
                yield Waiting(line[0], service, ticket_class, points - MINUTE_POINTS * minutes)


def next_in_line(state: State, hall: Hall, counter: Counter, now_ms: Milliseconds) -> list[Waiting]:
    """Return the heads that compete at a counter, the one to call first; empty where nobody waits.

    A counter marked `priority` calls waiting priority tickets before all others.
    """
    found = sorted(heads(state, hall, counter, now_ms), key=lambda waiting: waiting.rank, reverse=True)
    if counter.priority:
        found.sort(key=lambda waiting: waiting.ticket_class != "priority")
    return found


def reason_of(found: list[Waiting], counter: Counter, now_ms: Milliseconds) -> dict[str, Any]:
    """Return the figures that explain a call: the winner's, and those of the head that came closest."""
    winner = found[0]
    reason: dict[str, Any] = {
        "rule": RULE,
        "points": winner.points,
        "waited_s": seconds(winner.place.clock_ms, now_ms),
        "priority_first": counter.priority and winner.ticket_class == "priority",
    }
    if len(found) > 1:
        reason["next"] = [found[1].place.number, found[1].points]
    return reason


def ahead_of(state: State, hall: Hall, service: str, ticket_class: str, now_ms: Milliseconds) -> int:
    """Return how many waiting tickets of a service have at least the points of a new one of a class."""
    own = points_of(hall, service, ticket_class, 0)
    return sum(with_points(state, hall, service, other, own, now_ms) for other in CLASSES if state.line(service, other))


def with_points(state: State, hall: Hall, service: str, ticket_class: str, own: int, now_ms: Milliseconds) -> int:
    """Return how many tickets of a line have at least so many points."""
    line = state.line(service, ticket_class)
    return bisect_left(
        line,
        True,  # noqa: FBT003  the first place that no longer reaches the points
        key=lambda place: points_of(hall, service, ticket_class, seconds(place.clock_ms, now_ms)) < own,
    )
