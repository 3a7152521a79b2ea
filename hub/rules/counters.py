"""The clerk's deeds at a counter: signing in, opening, pausing, closing."""

from config.hall import Counter
from hub.rules import events as ev
from hub.rules.commands import Close, Open, Pause, SignIn, SignOut
from hub.rules.days import check_until
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
    counter, at = counter_of(state, number)
    if at.ticket is not None:
        raise Refused("counter_busy", number=at.ticket)
    return counter, at


def at_work(state: State, number: int, ticket_state: str, otherwise: str) -> tuple[CounterState, Ticket]:
    """Return a counter and its ticket in a state; Refused with `otherwise` where it has none."""
    at = counter_of(state, number)[1]
    ticket = state.tickets.get(at.ticket) if at.ticket else None
    if ticket is None or ticket.state != ticket_state:
        raise Refused(otherwise)
    return at, ticket


def clerk(counter: CounterState) -> str:
    """Return who works at a counter."""
    return counter.clerk or ""


def sign_in(state: State, command: SignIn, now: Moment) -> list[ev.Event]:
    """Let a clerk work at a counter; where the hall has clerks, one of them, and none who is locked out."""
    at = free(state, command.counter)[1]
    known = state.clerks.get(command.clerk)
    if known is None and state.asks_for_pins:
        raise Refused("clerk_unknown", clerk=command.clerk)
    if known and now.ms < known.locked_ms:
        raise Refused("clerk_locked", seconds=(known.locked_ms - now.ms) // 1000 + 1)
    if at.clerk == command.clerk:
        return []
    return [ev.ClerkSignedIn(command.counter, command.clerk)]


def sign_out(state: State, command: SignOut, _: Moment) -> list[ev.Event]:
    """Let the clerk of a closed counter go."""
    at = free(state, command.counter)[1]
    if at.state != "closed":
        raise Refused("close_first", counter=command.counter)
    return [ev.ClerkSignedOut(command.counter, clerk(at))] if at.clerk else []


def open_counter(state: State, command: Open, _: Moment) -> list[ev.Event]:
    """Open a counter whose clerk has signed in, or end its pause."""
    at = counter_of(state, command.counter)[1]
    if at.clerk is None:
        raise Refused("not_signed_in", counter=command.counter)
    if at.state == "open":
        raise Refused("already_open", counter=command.counter)
    return [ev.CounterOpened(command.counter, at.clerk, command.by, at.state)]


def pause(state: State, command: Pause, now: Moment) -> list[ev.Event]:
    """Pause an open counter that is free."""
    check_until(state, command.until_ms, now)
    at = free(state, command.counter)[1]
    if at.state != "open":
        raise Refused("counter_not_open", counter=command.counter)
    return [ev.CounterPaused(command.counter, clerk(at), command.reason, command.until_ms, command.by, at.state)]


def close(state: State, command: Close, _: Moment) -> list[ev.Event]:
    """Close a free counter, unless people wait whom no other counter serves: their numbers are promises."""
    counter, at = free(state, command.counter)
    if at.state == "closed":
        raise Refused("counter_not_open", counter=command.counter)
    served = (*counter.services, *counter.second_services)
    stranded = sum(state.waiting(service) for service in served if only_here(state, service, counter.number))
    if stranded and command.consent is None:
        raise Refused("tickets_waiting", count=stranded)
    consent = command.consent if stranded else None
    return [ev.CounterClosed(command.counter, clerk(at), consent, command.by, at.state)]


def only_here(state: State, service: str, number: int) -> bool:
    """Tell whether no other counter at work serves a service."""
    others = [c.number for c in hall_of(state).counters_of[service] if c.number != number]
    return all(state.counter(other).state == "closed" for other in others)
