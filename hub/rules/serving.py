"""The clerk's deeds with a visitor: calling, recalling, serving, putting aside, giving up, taking back."""

from config.hall import Counter
from hub.rules import events as ev
from hub.rules.calling import next_in_line, passed_over, reason_of
from hub.rules.commands import CallNext, CallNumber, Finish, Hold, Miss, Recall, Start, Withdraw
from hub.rules.counters import at_work, clerk, counter_of, free
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import CHAIN_HEAD_START_MINUTES, CounterState, Moment, State, Ticket
from hub.rules.tickets import check_target, freed, ticket_of

WITHDRAW_S = 5
LEAST_REASON = 3


def open_and_free(state: State, number: int) -> tuple[Counter, CounterState]:
    """Return a counter that may call; Refused otherwise."""
    counter, at = free(state, number)
    if at.state != "open":
        raise Refused("counter_not_open", counter=number)
    return counter, at


def call_next(state: State, command: CallNext, now: Moment) -> list[ev.Event]:
    """Call the waiting ticket that the rule puts first.

    A visitor who is at another counter just now is not called in vain: the ticket is held and comes by itself, and the
    next one is called.
    """
    counter, at = open_and_free(state, command.counter)
    events: list[ev.Event] = []
    elsewhere: list[str] = []
    while found := next_in_line(state, hall_of(state), counter, now.ms, elsewhere):
        number = found[0].place.number
        other = state.elsewhere(state.tickets[number])
        if other is None:
            return [*events, ev.TicketCalled(number, command.counter, clerk(at), 1, reason_of(found, counter))]
        events.append(ev.TicketHeld(number, command.counter, clerk(at), "visit", other))
        elsewhere.append(number)
    if not events:
        raise Refused("nobody_waiting")
    return events


def call_number(state: State, command: CallNumber, now: Moment) -> list[ev.Event]:
    """Call a certain ticket out of its order; the reason and how many it passes over are kept."""
    counter, at = open_and_free(state, command.counter)
    ticket = ticket_of(state, command.number)
    if ticket.state not in ("waiting", "held"):
        raise Refused("ticket_not_waiting", number=ticket.number)
    if len(command.reason.strip()) < LEAST_REASON:
        raise Refused("reason_needed")
    check_target(state, ticket.service, None)
    other = state.elsewhere(ticket)
    if other:
        raise Refused("visitor_elsewhere", number=ticket.number, other=other)
    count = passed_over(state, hall_of(state), counter, ticket, now.ms)
    reason = {"rule": "number", "why": command.reason.strip(), "passed_over": count}
    return [ev.TicketCalled(ticket.number, command.counter, clerk(at), 1, reason)]


def recall(state: State, command: Recall, now: Moment) -> list[ev.Event]:
    """Call the same ticket again, not too often and not too soon."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    if ticket.attempt >= hall_of(state).policy.recall_max:
        raise Refused("recall_limit", count=ticket.attempt)
    not_too_soon(state, ticket, now, "recall_too_soon")
    return [ev.TicketCalled(ticket.number, command.counter, clerk(at), ticket.attempt + 1, None)]


def not_too_soon(state: State, ticket: Ticket, now: Moment, code: str) -> None:
    """Refuse where the visitor has not had the hall's seconds to come since the last call."""
    left_ms = hall_of(state).policy.recall_min_seconds * 1000 - (now.ms - (ticket.called_ms or 0))
    if left_ms > 0:
        raise Refused(code, seconds=-(-left_ms // 1000))


def withdraw(state: State, command: Withdraw, now: Moment) -> list[ev.Event]:
    """Take back the first call, or the finish, of at most five seconds ago."""
    at = counter_of(state, command.counter)[1]
    if at.ticket is not None:
        ticket = state.tickets[at.ticket]
        if ticket.state == "called" and ticket.attempt == 1 and within(ticket.called_ms, now):
            return [ev.CallWithdrawn(ticket.number, command.counter, clerk(at)), *freed(state, ticket, now)]
    elif at.finished is not None and at.state == "open":
        ticket = state.tickets[at.finished]
        own = ticket.state == "served" and ticket.counter == command.counter and within(ticket.ended_ms, now)
        if own and state.elsewhere(ticket) is None and ticket.service in hall_of(state).services:
            return [ev.FinishWithdrawn(ticket.number, command.counter, clerk(at))]
    raise Refused("nothing_to_withdraw", seconds=WITHDRAW_S)


def within(since_ms: int | None, now: Moment) -> bool:
    """Tell whether something was at most the seconds of taking back ago."""
    return since_ms is not None and now.ms - since_ms <= WITHDRAW_S * 1000


def start(state: State, command: Start, _: Moment) -> list[ev.Event]:
    """Start serving the visitor who came."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    return [ev.ServiceStarted(ticket.number, command.counter, clerk(at))]


def finish(state: State, command: Finish, now: Moment) -> list[ev.Event]:
    """Finish the visitor who is served; with a next service the same number waits there, with some head start."""
    at, ticket = at_work(state, command.counter, "serving", "nothing_serving")
    follow = freed(state, ticket, now)
    if command.next_service is None:
        return [ev.ServiceFinished(ticket.number, command.counter, clerk(at), command.outcome), *follow]
    check_target(state, command.next_service, None)
    sent = ev.TicketTransferred(
        ticket.number, command.next_service, None, now.ms, CHAIN_HEAD_START_MINUTES, "chain", command.counter,
        clerk(at), was=ticket.service,
    )  # fmt: skip
    return [ev.ServiceFinished(ticket.number, command.counter, clerk(at), "sent_on"), sent, *follow]


def miss(state: State, command: Miss, now: Moment) -> list[ev.Event]:
    """Give up a ticket after the hall's number of calls, each with its time to come."""
    at, ticket = at_work(state, command.counter, "called", "nothing_called")
    limit = hall_of(state).policy.recall_max
    if ticket.attempt < limit:
        raise Refused("miss_too_early", count=limit)
    not_too_soon(state, ticket, now, "miss_too_soon")
    return [ev.TicketMissed(ticket.number, command.counter, clerk(at)), *freed(state, ticket, now)]


def hold(state: State, command: Hold, now: Moment) -> list[ev.Event]:
    """Put the served ticket aside, once, while its visitor fetches a paper."""
    at, ticket = at_work(state, command.counter, "serving", "nothing_serving")
    if ticket.holds:
        raise Refused("hold_once", number=ticket.number)
    held = ev.TicketHeld(ticket.number, command.counter, clerk(at), "papers", None)
    return [held, *freed(state, ticket, now)]
