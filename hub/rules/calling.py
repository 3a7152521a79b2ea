"""Which ticket is called next: waiting points.

`points = 600 * head start minutes + 10 * weight * seconds waited`, plus 600 for each bonus minute of the service and
each minute of a chained ticket's own head start, less 600 for each minute that a second service stands behind at a
counter. Most points first; on a tie the older clock, then the earlier issue. Accumulating priority as Kleinrock (1964)
described it, in whole numbers. "fifo" and "strict" are settings of the same rule.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from config.hall import ClassRule, Counter, Hall
from hub.rules.state import Line, Milliseconds, Place, State, Ticket

MINUTE_POINTS = 600
RULE = "points/1"
DAY_MINUTES = 1440
STRICT = {"priority": 2 * DAY_MINUTES, "booked": DAY_MINUTES}
"""Head starts longer than the day: one class goes before the next, whatever the wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting ticket as one counter sees it: its place in its line, and its points now."""

    place: Place
    service: str
    ticket_class: str
    points: int
    waited_s: int
    weight: float
    starved: bool

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """What is compared: the largest is called. Of those who starve the one who has waited longest."""
        points = self.waited_s if self.starved else self.points
        return (self.starved, points, -self.place.clock_ms, -self.place.issue)


def rule_of(hall: Hall, ticket_class: str) -> ClassRule:
    """Return the weight and head start of a class under the hall's discipline."""
    if hall.policy.discipline == "points":
        return hall.class_rule(ticket_class)
    minutes = STRICT.get(ticket_class, 0) if hall.policy.discipline == "strict" else 0
    return ClassRule(weight=1, head_start_minutes=minutes)


def points_of(hall: Hall, service: str, ticket_class: str, waited_s: int, extra_minutes: int = 0) -> int:
    """Return the points of a ticket that has waited so many seconds, at a counter whose own work it is."""
    rule = rule_of(hall, ticket_class)
    minutes = rule.head_start_minutes + hall.services[service].bonus_minutes + extra_minutes
    return MINUTE_POINTS * minutes + round(rule.weight * 10) * waited_s


def seconds(since_ms: Milliseconds, now_ms: Milliseconds) -> int:
    """Return whole seconds between two moments, never negative."""
    return max(0, now_ms // 1000 - since_ms // 1000)


def heads(
    state: State, hall: Hall, counter: Counter, now_ms: Milliseconds, without: Collection[str]
) -> Iterator[Waiting]:
    """Yield who competes at a counter: the first of each line, whose order never changes, and who is kept for it."""
    yielded = set()
    for service in (*counter.services, *counter.second_services):
        for _, _, line in state.lines_of(service):
            place = first_callable(state, line, counter.number, now_ms, without)
            if place:
                yielded.add(place.number)
                yield waiting_of(hall, counter, state.tickets[place.number], now_ms)
    for number in state.reserved:
        ticket = state.tickets[number]
        if number in yielded or number in without or not counter.serves(ticket.service):
            continue
        if awaited(ticket, counter.number, now_ms) and ticket.may_be_called(counter.number, now_ms):
            yield waiting_of(hall, counter, ticket, now_ms)


def waiting_of(hall: Hall, counter: Counter, ticket: Ticket, now_ms: Milliseconds) -> Waiting:
    """Return a waiting ticket as a counter sees it."""
    waited_s = seconds(ticket.clock_ms, now_ms)
    points = points_of(hall, ticket.service, ticket.ticket_class, waited_s, ticket.extra_minutes)
    behind = 0 if ticket.service in counter.services else counter.second_services[ticket.service]
    strict = hall.policy.discipline == "strict"
    return Waiting(
        Place(ticket.clock_ms, ticket.issue, ticket.number),
        ticket.service,
        ticket.ticket_class,
        points - MINUTE_POINTS * behind,
        waited_s,
        rule_of(hall, ticket.ticket_class).weight,
        strict and waited_s >= hall.policy.starvation_limit_minutes * 60,
    )


def first_callable(
    state: State, line: Line, counter: int, now_ms: Milliseconds, without: Collection[str]
) -> Place | None:
    """Return the first ticket of a line that nothing keeps from this counter."""
    for place in line:
        if place.number not in without and callable_at(state, state.tickets[place.number], counter, now_ms):
            return place
    return None


def callable_at(state: State, ticket: Ticket, counter: int, now_ms: Milliseconds) -> bool:
    """Tell whether nothing keeps a waiting ticket from a counter: one kept for a closed counter is kept no longer."""
    if ticket.may_be_called(counter, now_ms):
        return True
    closed = ticket.for_counter is not None and state.counter(ticket.for_counter).state == "closed"
    return closed and now_ms >= ticket.not_before_ms


def next_in_line(
    state: State, hall: Hall, counter: Counter, now_ms: Milliseconds, without: Collection[str] = ()
) -> list[Waiting]:
    """Return the heads that compete at a counter, the one to call first; empty where nobody waits.

    Tickets in `without` are passed over. Who came back to the counter that held them goes first; then, at a counter
    marked `priority`, priority tickets.
    """
    found = sorted(heads(state, hall, counter, now_ms, without), key=lambda waiting: waiting.rank, reverse=True)
    if counter.priority:
        found.sort(key=lambda waiting: waiting.ticket_class != "priority")
    found.sort(key=lambda waiting: not awaited(state.tickets[waiting.place.number], counter.number, now_ms))
    return found


def awaited(ticket: Ticket, counter: int, now_ms: Milliseconds) -> bool:
    """Tell whether a ticket is kept for this counter at this moment."""
    return ticket.for_counter == counter and (ticket.for_until_ms is None or now_ms < ticket.for_until_ms)


def reason_of(found: list[Waiting], counter: Counter) -> dict[str, Any]:
    """Return the figures that explain a call: the winner's, and those of the head that came closest."""
    winner = found[0]
    reason = {"rule": RULE, **figures(winner)}
    if counter.priority and winner.ticket_class == "priority":
        reason["priority_first"] = True
    if len(found) > 1:
        reason["next"] = {"number": found[1].place.number, **figures(found[1])}
    return reason


def figures(waiting: Waiting) -> dict[str, Any]:
    """Return what a ticket's points are made of."""
    return {
        "points": waiting.points,
        "class": waiting.ticket_class,
        "waited_s": waiting.waited_s,
        "weight": waiting.weight,
    }


def ahead_of(state: State, hall: Hall, service: str, ticket_class: str, now_ms: Milliseconds) -> int:
    """Return how many waiting tickets of a service have at least the points of a new one of a class."""
    own = points_of(hall, service, ticket_class, 0)
    return sum(
        with_points(hall, service, other, extra, line, own, now_ms) for other, extra, line in state.lines_of(service)
    )


def with_points(
    hall: Hall, service: str, ticket_class: str, extra: int, line: Line, own: int, now_ms: Milliseconds
) -> int:
    """Return how many tickets of a line have at least so many points: the first ones, since order is by wait."""

    def falls_short(place: Place) -> bool:
        waited_s = seconds(place.clock_ms, now_ms)
        return points_of(hall, service, ticket_class, waited_s, extra) < own

    return bisect_left(line, True, key=falls_short)  # noqa: FBT003  False sorts before True


def passed_over(state: State, hall: Hall, counter: Counter, ticket: Ticket, now_ms: Milliseconds) -> int:
    """Return how many tickets this counter could call have more points than one that is called out of order."""
    own = points_of(hall, ticket.service, ticket.ticket_class, seconds(ticket.clock_ms, now_ms), ticket.extra_minutes)
    count = 0
    for service in counter.services:
        for ticket_class, extra, line in state.lines_of(service):
            count += with_points(hall, service, ticket_class, extra, line, own + 1, now_ms)
    return count
