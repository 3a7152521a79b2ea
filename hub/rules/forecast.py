"""When a ticket will be called: a range, from what was learned of each service and the counters that are open.

A first estimator behind the one function `forecast`: the people ahead at the counters of the service, whatever they
came for, times the learned minutes of what they came for, shared by the open counters, with a spread that grows with
the square root of the people ahead. Until a service has taught enough, its hall-file minutes count as `PRIOR` visitors.
"""

from math import sqrt

from config.hall import Hall
from config.hours import hours_of
from hub.rules.calling import ahead_of
from hub.rules.state import Moment, State

PRIOR = 4.0
SPREAD = 0.8
"""The coefficient of variation of service times."""
QUANTILE = 1.28
"""Of the normal distribution: four of five waits fall between low and high."""
GAP_MINUTES = 0.5
"""Between finishing one visitor and calling the next."""
OVERNIGHT = 0.7
"""How much of what was learned is kept to the next day."""


def minutes_of(state: State, hall: Hall, service: str) -> float:
    """Return the mean minutes from call to finish of a service, learned as far as it has taught."""
    count, minutes = state.learned.get(service) or (0.0, 0.0)
    return (PRIOR * hall.services[service].minutes + minutes) / (PRIOR + count)


def forecast(state: State, hall: Hall, service: str, ticket_class: str, now: Moment) -> tuple[int, int] | None:
    """Return the earliest and latest hall time in ms at which a ticket issued now will be called.

    None where no counter of the service is open and the hall is open: nobody knows then.
    """
    desks = desks_of(state, hall, service, now)
    return span(state, hall, service, desks, ahead_at(state, hall, desks, ticket_class, now), now) if desks else None


def desks_of(state: State, hall: Hall, service: str, now: Moment) -> list[int]:
    """Return the counters that a forecast counts on: the open ones, before opening all, none where none is open."""
    counters = [counter.number for counter in hall.counters_of[service]]
    at_work = [number for number in counters if state.counter(number).state == "open"]
    return at_work or (counters if before_open(hall, now) else [])


def before_open(hall: Hall, now: Moment) -> int:
    """Return the minutes until the hall opens today."""
    hours = hours_of(hall, now.date)
    return max(0, hours.open - now.minute) if hours else 0


def span(
    state: State, hall: Hall, service: str, desks: list[int], ahead: tuple[float, float], now: Moment
) -> tuple[int, int]:
    """Return the earliest and latest hall time in ms of a call behind so many people with so many minutes of work."""
    people, work = ahead
    each = (minutes_of(state, hall, service) + GAP_MINUTES) / len(desks)
    point = work / len(desks)
    spread = QUANTILE * SPREAD * max(each, point / people if people else 0.0) * sqrt(people + 1)
    opens, breaks = before_open(hall, now), hours_breaks(hall, now)
    return later(breaks, now, opens + max(0.0, point - spread)), later(breaks, now, opens + point + spread)


def ahead_at(state: State, hall: Hall, desks: list[int], ticket_class: str, now: Moment) -> tuple[float, float]:
    """Return how many people these counters serve before a new ticket of a class, and the minutes of their work.

    Of a service that other open counters serve too, only these counters' share counts.
    """
    people = work = 0.0
    for other in dict.fromkeys(service for number in desks for service in hall.counter_by_number[number].services):
        serving = [c.number for c in hall.counters_of[other] if state.counter(c.number).state == "open"]
        share = len(set(desks) & set(serving)) / len(serving) if serving else 1.0
        ahead = share * ahead_of(state, hall, other, ticket_class, now.ms)
        people += ahead
        work += ahead * (minutes_of(state, hall, other) + GAP_MINUTES)
    return people, work


def hours_breaks(hall: Hall, now: Moment) -> list[tuple[int, int]]:
    """Return the hall's breaks of a day, in minutes after midnight."""
    hours = hours_of(hall, now.date)
    return [(pause.start, pause.end) for pause in hours.breaks] if hours else []


def later(breaks: list[tuple[int, int]], now: Moment, minutes: float) -> int:
    """Return hall time so many minutes of work from now: breaks on the way come on top."""
    end = now.minute + minutes
    for start, until in sorted(breaks):
        if now.minute < until and start <= end:
            end += until - max(start, now.minute)
    return now.ms + round((end - now.minute) * 60_000)


def learned_overnight(state: State) -> dict[str, list[float]]:
    """Return what a new day keeps of what was learned."""
    return {
        service: [round(count * OVERNIGHT, 4), round(minutes * OVERNIGHT, 4)]
        for service, (count, minutes) in sorted(state.learned.items())
    }
