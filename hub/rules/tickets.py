"""Giving numbers, taking them back, and what becomes of a number outside a counter."""

from hub.rules import events as ev
from hub.rules.calling import ahead_of
from hub.rules.commands import Cancel, EnterBlockNumber, Issue, Resume, Return, Transfer
from hub.rules.content import content_of
from hub.rules.forecast import forecast
from hub.rules.issuing import hall_of, may_issue
from hub.rules.refusal import Refused
from hub.rules.state import Milliseconds, Moment, State, Ticket

OPEN = ("waiting", "called", "serving", "held")
BLOCK_FROM = 701
BLOCK_TO = 999
"""Numbers of paper blocks: no kiosk of a series gets there."""
TRIAL_SERIES = "UJI"
RETURN_CLOCK_MS = 10 * 60_000
RETURN_PAUSE_MS = 60_000
HOLD_MS = 30 * 60_000
PREFERRED_MS = 5 * 60_000
MINUTE_MS = 60_000


def issue(state: State, command: Issue, now: Moment) -> list[ev.Event]:
    """Give the next number of the service's series, with its paper in the same transaction."""
    refusal = may_issue(state, command.service, now)
    if refusal:
        raise refusal
    hall = hall_of(state)
    if command.language not in hall.hall.languages:
        raise Refused("language_not_spoken", language=command.language)
    if command.kiosk is not None and command.kiosk not in hall.kiosk_by_id:
        raise Refused("kiosk_not_found", kiosk=command.kiosk)
    series, number, running = next_number(state, command.service)
    visit = visit_of(state, command.visit) or number
    promise = forecast(state, hall, command.service, command.ticket_class, now)
    issued = ev.TicketIssued(
        number=number,
        issue=state.issued + 1,
        series=series,
        running=running,
        service=command.service,
        ticket_class=command.ticket_class,
        kiosk=command.kiosk,
        language=command.language,
        ahead=ahead_of(state, hall, command.service, command.ticket_class, now.ms),
        promise=list(promise) if promise else None,
        visit=visit,
        source=command.source,
        trial=state.trial,
        by=command.by,
        reason=command.reason,
    )
    return [issued, *paper(state, issued, now.ms)]


def next_number(state: State, service: str) -> tuple[str, str, int]:
    """Return the series, the number as written and the running number that come next for a service.

    Trial tickets have a series of their own, so that no real number is used up.
    """
    hall = hall_of(state)
    if state.trial:
        running = (state.series.get(TRIAL_SERIES) or 0) + 1
        return TRIAL_SERIES, f"{TRIAL_SERIES}{running:02d}", running
    letter = hall.agency_of[service].letter
    running = (state.series.get(letter) or hall.ticket.first_number - 1) + 1
    while hall.ticket.number(letter, running) in state.tickets:
        running += 1
    return letter, hall.ticket.number(letter, running), running


def visit_of(state: State, number: str | None) -> str | None:
    """Return the visit of an earlier number, for one more of the same visitor; Refused beyond the hall's limit."""
    if number is None:
        return None
    visit = ticket_of(state, number).visit
    open_tickets = [n for n in state.visits.get(visit) or () if state.tickets[n].state in OPEN]
    limit = hall_of(state).policy.max_open_tickets_per_visitor
    if len(open_tickets) >= limit:
        raise Refused("visit_limit", count=limit)
    return visit


def paper(state: State, issued: ev.TicketIssued, now_ms: Milliseconds) -> list[ev.Event]:
    """Return the print job of a ticket taken at a kiosk; none where no printer stands there."""
    hall = hall_of(state)
    printer = hall.printer_of(issued.kiosk) if issued.kiosk else None
    if printer is None:
        return []
    content = content_of(hall, issued, now_ms, issued.promise)
    return [ev.PrintQueued(f"{issued.number}-0", issued.number, 0, printer.id, content, "issue", issued.by)]


def enter_block_number(state: State, command: EnterBlockNumber, now: Moment) -> list[ev.Event]:
    """Take a number that a paper block gave while the hall was dark, in the order in which they are entered."""
    hall = hall_of(state)
    if command.service not in hall.services:
        raise Refused("service_not_found", service=command.service)
    letter = hall.agency_of[command.service].letter
    digits = command.number.removeprefix(letter)
    if not (digits.isascii() and digits.isdigit() and BLOCK_FROM <= int(digits) <= BLOCK_TO):
        raise Refused("not_from_block", first=f"{letter}{BLOCK_FROM}", last=f"{letter}{BLOCK_TO}")
    number = hall.ticket.number(letter, int(digits))
    if number in state.tickets:
        raise Refused("number_used", number=number)
    ahead = ahead_of(state, hall, command.service, command.ticket_class, now.ms)
    return [
        ev.TicketIssued(
            number, state.issued + 1, letter, int(digits), command.service, command.ticket_class, None,
            hall.hall.languages[0], ahead, None, number, "block", False, command.by, "",  # noqa: FBT003
        )
    ]  # fmt: skip


def ticket_of(state: State, number: str) -> Ticket:
    """Return a ticket of today; Refused where there is none."""
    ticket = state.tickets.get(number)
    if ticket is None:
        raise Refused("ticket_not_found", number=number)
    return ticket


def cancel(state: State, command: Cancel, now: Moment) -> list[ev.Event]:
    """Take a waiting number back, and its paper if that has not begun."""
    ticket = ticket_of(state, command.number)
    if ticket.state not in ("waiting", "held"):
        raise Refused("ticket_not_waiting", number=ticket.number)
    job = state.jobs.get(ticket.job) if ticket.job else None
    if not command.staff and any(earlier.attempt for earlier in state.jobs_of(ticket.number)):
        raise Refused("already_printing", number=ticket.number)
    cancelled: list[ev.Event] = [ev.TicketCancelled(ticket.number, command.by)]
    if job is not None and job.state == "queued":
        cancelled.append(ev.PrintCancelled(job.job, "cancelled"))
    return cancelled if state.elsewhere(ticket) else [*cancelled, *mates_resumed(state, ticket, now)]


def return_ticket(state: State, command: Return, now: Moment) -> list[ev.Event]:
    """Let a missed visitor wait again, once: with the old clock but no more than ten minutes of it, not at once.

    Within the hall's minutes of the miss; all day where the hall stood still today, since that is nobody's fault.
    """
    ticket = ticket_of(state, command.number)
    if ticket.state != "missed":
        raise Refused("not_missed", number=ticket.number)
    check_target(state, ticket.service, None)
    minutes = hall_of(state).policy.no_show_return_minutes
    if ticket.returns and not state.interrupted:
        raise Refused("return_once", number=ticket.number)
    if now.ms - (ticket.ended_ms or 0) > minutes * MINUTE_MS and not state.interrupted:
        raise Refused("return_too_late", number=ticket.number, minutes=minutes)
    clock = max(ticket.clock_ms, now.ms - RETURN_CLOCK_MS)
    return [ev.TicketReturned(ticket.number, clock, now.ms + RETURN_PAUSE_MS, command.by)]


def resume(state: State, command: Resume, now: Moment) -> list[ev.Event]:
    """Let a held visitor wait again with the old clock, five minutes for the same counter alone.

    After more than half an hour the clock begins anew: others have waited meanwhile.
    """
    ticket = ticket_of(state, command.number)
    if ticket.state != "held":
        raise Refused("not_held", number=ticket.number)
    in_time = now.ms - (ticket.held_ms or 0) <= HOLD_MS
    clock = ticket.clock_ms if in_time else now.ms
    return [ev.TicketResumed(ticket.number, clock, ticket.counter, now.ms + PREFERRED_MS, command.by)]


def transfer(state: State, command: Transfer, now: Moment) -> list[ev.Event]:
    """Send a ticket to another service, or to one counter, with its number, class and clock."""
    ticket = ticket_of(state, command.number)
    if ticket.state not in OPEN:
        raise Refused("ticket_ended", number=ticket.number)
    service = command.service or ticket.service
    check_target(state, service, command.counter)
    if service == ticket.service and command.counter is None:
        raise Refused("transfer_nowhere", number=ticket.number)
    counter = ticket.counter if ticket.state in ("called", "serving") else None
    clerk = state.counter(counter).clerk or "" if counter is not None else ""
    moved = ev.TicketTransferred(
        ticket.number, service, command.counter, ticket.clock_ms, ticket.extra_minutes, "transfer", counter, clerk,
        command.by, ticket.service,
    )  # fmt: skip
    return [moved, *freed(state, ticket, now)]


def check_target(state: State, service: str, counter: int | None) -> None:
    """Refuse a service that does not exist, and a counter that does not serve it."""
    hall = hall_of(state)
    if service not in hall.services:
        raise Refused("service_not_found", service=service)
    if counter is not None:
        if counter not in hall.counter_by_number:
            raise Refused("counter_not_found", counter=counter)
        if not hall.counter_by_number[counter].serves(service):
            raise Refused("counter_serves_not", counter=counter)


def freed(state: State, ticket: Ticket, now: Moment) -> list[ev.Event]:
    """Return what follows when a visitor leaves a counter: a ticket of theirs that was held for this waits again.

    It comes by itself: a counter that held it and is free calls it at once.
    """
    if ticket.state not in ("called", "serving"):
        return []
    return mates_resumed(state, ticket, now)


def mates_resumed(state: State, ticket: Ticket, now: Moment) -> list[ev.Event]:
    """Return how the first number that was held for this visitor waits again, and is called where it was held."""
    events: list[ev.Event] = []
    for number in state.visits.get(ticket.visit) or ():
        other = state.tickets[number]
        if number != ticket.number and other.state == "held" and other.held_why == "visit" and not events:
            events.append(ev.TicketResumed(number, other.clock_ms, other.counter, now.ms + PREFERRED_MS, "hub"))
            events += called_back(state, other, ticket)
    return events


def called_back(state: State, held: Ticket, leaving: Ticket) -> list[ev.Event]:
    """Return the call of a ticket that was held for its visitor, where its counter is open and has nobody."""
    if held.counter is None or held.counter == leaving.counter:
        return []
    counter = state.counter(held.counter)
    if counter.state != "open" or counter.ticket is not None:
        return []
    reason = {"rule": "visit", "after": leaving.number}
    return [ev.TicketCalled(held.number, held.counter, counter.clerk or "", 1, reason)]
