"""Where a waiting ticket stands now: how many will be called before it, and when its own call comes."""

from bisect import bisect_left

from config.hall import Hall
from hub.rules.calling import points_of, seconds, with_points
from hub.rules.forecast import GAP_MINUTES, desks_of, minutes_of, span
from hub.rules.state import Moment, Place, State, Ticket


def people_ahead(state: State, hall: Hall, service: str, ticket: Ticket, now: Moment) -> int:
    """Return how many waiting tickets of a service would be called before a waiting ticket, as points stand now.

    Among those of its own line its place counts; of others whoever has at least its points.
    """
    own = points_of(hall, ticket.service, ticket.ticket_class, seconds(ticket.clock_ms, now.ms), ticket.extra_minutes)
    place = Place(ticket.clock_ms, ticket.issue, ticket.number)
    key = (ticket.service, ticket.ticket_class, ticket.extra_minutes)
    return sum(
        bisect_left(line, place)
        if (service, ticket_class, extra) == key
        else with_points(hall, service, ticket_class, extra, line, own, now.ms)
        for ticket_class, extra, line in state.lines_of(service)
    )


def call_expected(state: State, hall: Hall, ticket: Ticket, now: Moment) -> tuple[int, int] | None:
    """Return the earliest and latest hall time in ms at which a waiting ticket will be called.

    None where no counter of its service is open and the hall is. Of a service that other open counters serve too, only
    the share of this service's counters counts, as in the forecast for a new ticket.
    """
    desks = desks_of(state, hall, ticket.service, now)
    if not desks:
        return None
    people = work = 0.0
    for other in dict.fromkeys(service for number in desks for service in hall.counter_by_number[number].services):
        serving = [c.number for c in hall.counters_of[other] if state.counter(c.number).state == "open"]
        share = len(set(desks) & set(serving)) / len(serving) if serving else 1.0
        ahead = share * people_ahead(state, hall, other, ticket, now)
        people += ahead
        work += ahead * (minutes_of(state, hall, other) + GAP_MINUTES)
    return span(state, hall, ticket.service, desks, (people, work), now)
