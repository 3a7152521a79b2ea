"""How a ticket's way changes what the hub knows."""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hub.rules import events as ev
from hub.rules.state import CALLS_KEPT, Call, CounterState, Happened, Place, State, Ticket

Change = dict[str, Any]
KEPT = 0.98
"""What is kept of older services' times at each new one: a memory of some fifty visitors."""


def ticket_issued(state: State, event: ev.TicketIssued, at: Happened) -> Change:
    """A ticket waits at the end of its line; a trial's takes no place in the quota."""
    ticket = Ticket(
        event.number, event.issue, event.service, event.ticket_class, "waiting", at.hall_ms, at.hall_ms,
        event.kiosk, event.language, event.ahead, event.visit, event.trial,
        event.promise[1] if event.promise else None, source=event.source,
    )  # fmt: skip
    series = max(event.running, state.series.get(event.series) or 0)
    return {
        "issued": event.issue,
        "series": state.series if event.source == "block" else state.series.insert(event.series, series),
        "given": given(state, ticket, 1),
        **put(state, ticket),
        "visits": state.visits.insert(event.visit, (*(state.visits.get(event.visit) or ()), event.number)),
        "lines": joined(state, ticket),
    }


def given(state: State, ticket: Ticket, more: int) -> Any:
    """Return the count of numbers given of each service, with some more of a ticket's."""
    if ticket.trial:
        return state.given
    return state.given.insert(ticket.service, (state.given.get(ticket.service) or 0) + more)


def ticket_cancelled(state: State, event: ev.TicketCancelled, at: Happened) -> Change:
    """The ticket waits no more, and its place in the quota is free again."""
    ticket = state.tickets[event.number]
    return {
        "given": given(state, ticket, -1),
        "lines": left(state, ticket),
        **put(state, replace(ticket, state="cancelled", ended_ms=at.hall_ms)),
    }


def ticket_called(state: State, event: ev.TicketCalled, at: Happened) -> Change:
    """The ticket is awaited at the counter."""
    ticket = state.tickets[event.number]
    called = replace(
        ticket, state="called", counter=event.counter, attempt=event.attempt, called_ms=at.hall_ms, held_why=None
    )
    assert state.hall
    zone = state.hall.counter_by_number[event.counter].zone
    call = Call(at.seq, event.number, event.counter, zone, event.attempt, at.hall_ms)
    return {
        **put(state, called),
        "lines": left(state, ticket),
        "counters": at_counter(state, event.counter, ticket=event.number),
        "calls": (*state.calls, call)[-CALLS_KEPT:],
    }


def call_withdrawn(state: State, event: ev.CallWithdrawn, _: Happened) -> Change:
    """The ticket waits again where it stood."""
    ticket = replace(state.tickets[event.number], state="waiting", counter=None, attempt=0, called_ms=None)
    return {
        **put(state, ticket),
        "lines": joined(state, ticket),
        "counters": at_counter(state, event.counter, ticket=None),
        "calls": tuple(call for call in state.calls if call.number != event.number),
    }


def service_started(state: State, event: ev.ServiceStarted, at: Happened) -> Change:
    """The ticket is served."""
    ticket = replace(state.tickets[event.number], state="serving", started_ms=at.hall_ms)
    return put(state, ticket)


def service_finished(state: State, event: ev.ServiceFinished, at: Happened) -> Change:
    """The ticket was served, and how long that took is learned."""
    ticket = replace(state.tickets[event.number], state="served", ended_ms=at.hall_ms)
    learned = state.learned
    if event.outcome != "day_ended" and not ticket.trial:
        count, minutes = state.learned.get(ticket.service) or (0.0, 0.0)
        took = (at.hall_ms - (ticket.called_ms or at.hall_ms)) / 60_000
        learned = learned.insert(ticket.service, (round(KEPT * count + 1, 4), round(KEPT * minutes + took, 4)))
    return {
        **put(state, ticket),
        "counters": at_counter(state, event.counter, ticket=None, finished=event.number),
        "learned": learned,
    }


def finish_withdrawn(state: State, event: ev.FinishWithdrawn, _: Happened) -> Change:
    """The ticket is still served, and what its end had taught is forgotten."""
    before = state.tickets[event.number]
    learned = state.learned
    if before.service in learned and not before.trial:
        count, minutes = learned[before.service]
        took = ((before.ended_ms or 0) - (before.called_ms or before.ended_ms or 0)) / 60_000
        unlearned = (round(max(0.0, (count - 1) / KEPT), 4), round(max(0.0, (minutes - took) / KEPT), 4))
        learned = learned.insert(before.service, unlearned)
    return {
        **put(state, replace(before, state="serving", counter=event.counter, ended_ms=None)),
        "counters": at_counter(state, event.counter, ticket=event.number, finished=None),
        "learned": learned,
    }


def ticket_missed(state: State, event: ev.TicketMissed, at: Happened) -> Change:
    """The ticket was called in vain."""
    ticket = replace(state.tickets[event.number], state="missed", ended_ms=at.hall_ms)
    return {**put(state, ticket), "counters": at_counter(state, event.counter, ticket=None)}


def ticket_returned(state: State, event: ev.TicketReturned, _: Happened) -> Change:
    """The missed ticket waits again."""
    before = state.tickets[event.number]
    ticket = replace(
        waiting_again(before, event.clock_ms), not_before_ms=event.not_before_ms, returns=before.returns + 1
    )
    return {**put(state, ticket), "lines": joined(state, ticket)}


def ticket_held(state: State, event: ev.TicketHeld, at: Happened) -> Change:
    """The ticket is put aside; a visitor who fetches a paper leaves the counter free."""
    before = state.tickets[event.number]
    ticket = replace(
        before,
        state="held",
        counter=event.counter,
        held_ms=at.hall_ms,
        held_why=event.why,
        holds=before.holds + (event.why == "papers"),
    )
    counters = free_of(state, before)
    return {**put(state, ticket), "lines": left(state, before), "counters": counters}


def ticket_resumed(state: State, event: ev.TicketResumed, _: Happened) -> Change:
    """The held ticket waits again, first for the counter that held it."""
    ticket = replace(
        waiting_again(state.tickets[event.number], event.clock_ms),
        for_counter=event.for_counter,
        for_until_ms=event.for_until_ms,
    )
    return {**put(state, ticket), "lines": joined(state, ticket)}


def ticket_transferred(state: State, event: ev.TicketTransferred, _: Happened) -> Change:
    """The ticket waits for another service or counter; its place in the quota goes with it."""
    before = state.tickets[event.number]
    after = replace(
        waiting_again(before, event.clock_ms),
        service=event.service,
        for_counter=event.for_counter,
        for_until_ms=None,
        extra_minutes=event.extra_minutes,
    )
    gone = replace(state, lines=left(state, before), counters=free_of(state, before), given=given(state, before, -1))
    return {
        **put(state, after),
        "lines": joined(gone, after),
        "counters": gone.counters,
        "given": given(gone, after, 1),
    }


def ticket_remarked(state: State, event: ev.TicketRemarked, _: Happened) -> Change:
    """The ticket bears a remark."""
    return put(state, replace(state.tickets[event.number], remark=event.sealed))


def ticket_unserved(state: State, event: ev.TicketUnserved, at: Happened) -> Change:
    """The ticket could not be served today."""
    ticket = state.tickets[event.number]
    ended = replace(ticket, state="unserved", ended_ms=at.hall_ms)
    return {**put(state, ended), "lines": left(state, ticket), "counters": free_of(state, ticket)}


def waiting_again(ticket: Ticket, clock_ms: int) -> Ticket:
    """Return a ticket that waits with this clock and is nobody's."""
    return replace(
        ticket, state="waiting", clock_ms=clock_ms, counter=None, attempt=0, called_ms=None, started_ms=None,
        ended_ms=None, held_ms=None, held_why=None, not_before_ms=0, for_counter=None, for_until_ms=None,
    )  # fmt: skip


def put(state: State, ticket: Ticket) -> Change:
    """Return the tickets with this one changed, and which of the waiting ones are kept for a counter."""
    kept = ticket.state == "waiting" and ticket.for_counter is not None
    reserved = state.reserved
    if kept or ticket.number in reserved:
        reserved = reserved.insert(ticket.number, kept) if kept else reserved.discard(ticket.number)
    return {"tickets": state.tickets.insert(ticket.number, ticket), "reserved": reserved}


def at_counter(state: State, number: int, **change: Any) -> Any:
    """Return the counters with one changed."""
    counter: CounterState = replace(state.counter(number), **change)
    return state.counters.insert(number, counter)


def free_of(state: State, ticket: Ticket) -> Any:
    """Return the counters with the one free that called or served a ticket."""
    if ticket.counter is None or state.counter(ticket.counter).ticket != ticket.number:
        return state.counters
    return at_counter(state, ticket.counter, ticket=None)


def key_of(ticket: Ticket) -> tuple[str, str, int]:
    """Return the line of a ticket."""
    return ticket.service, ticket.ticket_class, ticket.extra_minutes


def place_of(ticket: Ticket) -> Place:
    """Return the place of a ticket in its line."""
    return Place(ticket.clock_ms, ticket.issue, ticket.number)


def joined(state: State, ticket: Ticket) -> Any:
    """Return the lines with this ticket at its place."""
    line, place = state.line(*key_of(ticket)), place_of(ticket)
    at = len(line) if not line or line[-1] < place else bisect_left(line, place)
    return state.lines.insert(key_of(ticket), (*line[:at], place, *line[at:]))


def left(state: State, ticket: Ticket) -> Any:
    """Return the lines without this ticket."""
    line, place = state.line(*key_of(ticket)), place_of(ticket)
    at = bisect_left(line, place)
    if at == len(line) or line[at] != place:
        return state.lines
    return state.lines.insert(key_of(ticket), line[:at] + line[at + 1 :])


EVOLVE: dict[type[ev.Event], Callable[[State, Any, Happened], Change]] = {
    ev.TicketIssued: ticket_issued,
    ev.TicketCancelled: ticket_cancelled,
    ev.TicketCalled: ticket_called,
    ev.CallWithdrawn: call_withdrawn,
    ev.ServiceStarted: service_started,
    ev.ServiceFinished: service_finished,
    ev.FinishWithdrawn: finish_withdrawn,
    ev.TicketMissed: ticket_missed,
    ev.TicketReturned: ticket_returned,
    ev.TicketHeld: ticket_held,
    ev.TicketResumed: ticket_resumed,
    ev.TicketTransferred: ticket_transferred,
    ev.TicketRemarked: ticket_remarked,
    ev.TicketUnserved: ticket_unserved,
}
