"""Giving numbers and taking them back."""

from hub.rules import events as ev
from hub.rules.calling import ahead_of
from hub.rules.commands import Cancel, Issue
from hub.rules.content import content_of
from hub.rules.issuing import hall_of, may_issue
from hub.rules.refusal import Refused
from hub.rules.state import Milliseconds, Moment, State, Ticket


def issue(state: State, command: Issue, now: Moment) -> list[ev.Event]:
    """Give the next number of the service's series, with its paper in the same transaction."""
    refusal = may_issue(state, command.service, now)
    if refusal:
        raise refusal
    hall = hall_of(state)
    if command.kiosk is not None and command.kiosk not in hall.kiosk_by_id:
        raise Refused("kiosk_not_found", kiosk=command.kiosk)
    letter = hall.agency_of[command.service].letter
    running = (state.series.get(letter) or hall.ticket.first_number - 1) + 1
    issued = ev.TicketIssued(
        number=hall.ticket.number(letter, running),
        issue=state.issued + 1,
        series=letter,
        running=running,
        service=command.service,
        ticket_class=command.ticket_class,
        kiosk=command.kiosk,
        language=command.language,
        ahead=ahead_of(state, hall, command.service, command.ticket_class, now.ms),
    )
    return [issued, *paper(state, issued, now.ms)]


def paper(state: State, issued: ev.TicketIssued, now_ms: Milliseconds) -> list[ev.Event]:
    """Return the print job of a ticket taken at a kiosk; none where no printer stands there."""
    hall = hall_of(state)
    printer = hall.printer_of(issued.kiosk) if issued.kiosk else None
    if printer is None:
        return []
    content = content_of(hall, issued, now_ms)
    return [ev.PrintQueued(f"{issued.number}-0", issued.number, 0, printer.id, content)]


def ticket_of(state: State, number: str) -> Ticket:
    """Return a ticket of today; Refused where there is none."""
    ticket = state.tickets.get(number)
    if ticket is None:
        raise Refused("ticket_not_found", number=number)
    return ticket


def cancel(state: State, command: Cancel, _: Moment) -> list[ev.Event]:
    """Take a waiting number back, and its paper if that has not begun."""
    ticket = ticket_of(state, command.number)
    if ticket.state != "waiting":
        raise Refused("ticket_not_waiting", number=ticket.number)
    job = state.jobs.get(ticket.job) if ticket.job else None
    if job is not None and job.state != "queued" and not command.staff:
        raise Refused("already_printing", number=ticket.number)
    cancelled: list[ev.Event] = [ev.TicketCancelled(ticket.number, command.by)]
    if job is not None and job.state == "queued":
        cancelled.append(ev.PrintCancelled(job.job))
    return cancelled
