"""The clerk's deeds at a counter."""

from config.hall import Counter
from hub.rules import events as ev
from hub.rules.calling import next_in_line, reason_of, seconds
from hub.rules.commands import CallNext, Close, Finish, Miss, Open, Pause, Recall, SignIn, Start
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import CounterState, Moment, State, Ticket


def counter_of(state: State, number: int) -> tuple[Counter, CounterState]:
    """Return a counter of the hall and what it does; Refused where the hall has none of this number."""
    counter = hall_of(state).counter_by_number.get(number)
    if counter is None:
        raise Refused("counter_not_found", counter=number)
    return counter, state.counter(number)


def free(state: State, number: int) -> tuple[Counter, CounterState]:
    """Return a counter that neither calls nor serves anyone; Refused otherwise."""
    counter, now = counter_of(state, number)
    if now.ticket is not None:
        raise Refused("counter_busy", number=now.ticket)
    return counter, now


def at_work(state: State, number: int, ticket_state: str, otherwise: str) -> tuple[CounterState, Ticket]:
    """Return a counter and its ticket in a state; Refused with `otherwise` where it has none."""
    _, now = counter_of(state, number)
    ticket = state.tickets.get(now.ticket) if now.ticket else None
    if ticket is None or ticket.state != ticket_state:
        raise Refused(otherwise)
    return now, ticket


def sign_in(state: State, command: SignIn, _: Moment) -> list[ev.Event]:
    """Let a clerk work at a counter."""
    free(state, command.counter)
    return [ev.ClerkSignedIn(command.counter, command.clerk)]


def open_counter(state: State, command: Open, _: Moment) -> list[ev.Event]:
    """Open a counter whose clerk has signed in."""
    at = counter_of(state, command.counter)[1]
    if at.clerk is None:
        raise Refused("not_signed_in", counter=command.counter)
    if at.state == "open":
        raise Refused("already_open", counter=command.counter)
    return [ev.CounterOpened(command.counter, at.clerk)]


def pause(state: State, command: Pause, _: Moment) -> list[ev.Event]:
    """Pause an open counter that is free."""
    at = free(state, command.counter)[1]
    if at.state != "open":
        raise Refused("counter_not_open", counter=command.counter)
    return [ev.CounterPaused(command.counter, clerk(at), command.reason)]


def close(state: State, command: Close, _: Moment) -> list[ev.Event]:
    """Close a free counter, unless people wait whom no other counter serves: their numbers are promises."""
    counter, at = free(state, command.counter)
    if at.state == "closed":
        raise Refused("counter_not_open", counter=command.counter)
    stranded = sum(state.waiting(service) for service in counter.services if only_here(state, service, counter.number))
    if stranded:
        raise Refused("tickets_waiting", count=stranded)
    return [ev.CounterClosed(command.counter, clerk(at))]


def only_here(state: State, service: str, number: int) -> bool:
    """Tell whether no other counter at work serves a service."""
    others = [c.number for c in hall_of(state).counters_of[service] if c.number != number]
    return all(state.counter(other).state == "closed" for other in others)


def call_next(state: State, command: CallNext, now: Moment) -> list[ev.Event]:
    """Call the waiting ticket that the rule puts first."""
    counter, at = free(state, command.counter)
    if at.state != "open":
        raise Refused("counter_not_open", counter=command.counter)
    found = next_in_line(state, hall_of(state), counter, now.ms)
    if not found:
        raise Refused("nobody_waiting")
    reason = reason_of(found, counter, now.ms)
    return [ev.TicketCalled(found[0].place.number, command.counter, clerk(at), 1, reason)]


def recall(state: State, command: Recall, now: Moment) -> list[ev.Event]:
    """Call the same ticket again, not too often and not too soon."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    if ticket.attempt >= hall_of(state).policy.recall_max:
        raise Refused("recall_limit", count=ticket.attempt)
    not_too_soon(state, ticket, now, "recall_too_soon")
    return [ev.TicketCalled(ticket.number, command.counter, clerk(at), ticket.attempt + 1, None)]


def not_too_soon(state: State, ticket: Ticket, now: Moment, code: str) -> None:
    """Refuse where the visitor has not had the hall's seconds to come since the last call."""
    left = hall_of(state).policy.recall_min_seconds - seconds(ticket.called_ms or 0, now.ms)
    if left > 0:
        raise Refused(code, seconds=left)


def start(state: State, command: Start, _: Moment) -> list[ev.Event]:
    """Start serving the visitor who came."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    return [ev.ServiceStarted(ticket.number, command.counter, clerk(at))]


def finish(state: State, command: Finish, _: Moment) -> list[ev.Event]:
    """Finish the visitor who is served."""
    at, ticket = at_work(state, command.counter, "serving", "nothing_serving")
    return [ev.ServiceFinished(ticket.number, command.counter, clerk(at), "done")]


def miss(state: State, command: Miss, now: Moment) -> list[ev.Event]:
    """Give up a ticket after the hall's number of calls, each with its time to come."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    limit = hall_of(state).policy.recall_max
    if ticket.attempt < limit:
        raise Refused("miss_too_early", count=limit)
    not_too_soon(state, ticket, now, "miss_too_soon")
    return [ev.TicketMissed(ticket.number, command.counter, clerk(at))]


def clerk(counter: CounterState) -> str:
    """Return who works at a counter."""
    return counter.clerk or ""
