"""The hub's state in the shapes that its feed and its answers have (`hub.client.views`)."""

from collections.abc import Iterable, Sequence
from typing import Any

from hub.client.mirror import FEED_VERSION
from hub.client.views import (
    OPEN_JOBS,
    CallView,
    CounterView,
    EventView,
    HelpView,
    JobView,
    Paper,
    PrinterView,
    ServiceView,
    SnapshotMessage,
    TicketView,
)
from hub.codes import Codes
from hub.rules.events import Event
from hub.rules.forecast import forecast
from hub.rules.issuing import hall_of, may_issue
from hub.rules.printing import tickets_left
from hub.rules.state import Call, Help, Job, Milliseconds, State, Ticket, moment

PAPER: dict[str, Paper] = {
    "queued": "queued",
    "sending": "printing",
    "waiting": "printing",
    "done": "printed",
    "assumed": "printed",
    "uncertain": "uncertain",
    "confirmed": "printed",
    "failed": "failed",
    "cancelled": "failed",
    "expired": "failed",
}
OPEN_TICKETS = ("waiting", "called", "serving", "held")
HIDDEN = (
    "config.", "device.", "epoch.", "help.", "ticket.remarked", "clerk.added", "clerk.removed", "clerk.locked",
    "survey.", "rating.",
)  # fmt: skip
"""Kinds that no screen needs, some with secrets: their events stay out of the feed."""
WIDE = ("quota.set", "hall.forced", "service.paused", "service.resumed", "trial.started", "trial.ended")
"""Kinds that may change what any service answers."""


def ticket_view(state: State, ticket: Ticket) -> TicketView:
    """Return one ticket as the feed shows it."""
    job = state.jobs.get(ticket.job) if ticket.job else None
    return {
        "number": ticket.number,
        "service": ticket.service,
        "ticket_class": ticket.ticket_class,
        "state": ticket.state,  # type: ignore[typeddict-item]
        "counter": ticket.counter,
        "attempt": ticket.attempt,
        "issued_ms": ticket.issued_ms,
        "called_ms": ticket.called_ms,
        "started_ms": ticket.started_ms,
        "ended_ms": ticket.ended_ms,
        "kiosk": ticket.kiosk,
        "language": ticket.language,
        "ahead": ticket.ahead,
        "paper": paper_of(ticket, job),
        "visit": ticket.visit,
        "trial": ticket.trial,
        "promise_ms": ticket.promise_ms,
        "held_why": ticket.held_why,
        "elsewhere": state.elsewhere(ticket),
    }


def paper_of(ticket: Ticket, job: Job | None) -> Paper:
    """Return what is known of a ticket's paper; one that nobody waits for counts as missing until it is out."""
    if job is None:
        return "none" if ticket.source in ("block", "head") else "failed"
    paper = PAPER[job.state]
    return "failed" if ticket.noted and paper != "printed" else paper


def counter_view(state: State, number: int) -> CounterView:
    """Return one counter as the feed shows it."""
    counter = state.counter(number)
    return {
        "counter": number,
        "state": counter.state,  # type: ignore[typeddict-item]
        "clerk": counter.clerk,
        "ticket": counter.ticket,
        "reason": counter.reason,
        "until_ms": counter.until_ms,
    }


def service_view(state: State, service: str, now_ms: Milliseconds) -> ServiceView:
    """Return one service as the feed shows it at a moment."""
    hall = hall_of(state)
    lines = [line for _, _, line in state.lines_of(service)]
    now = moment(hall, now_ms)
    refusal = may_issue(state, service, now)
    expected = forecast(state, hall, service, "normal", now) if refusal is None else None
    view: ServiceView = {
        "service": service,
        "waiting": sum(len(line) for line in lines),
        "oldest_ms": min((line[0].clock_ms for line in lines), default=None),
        "issued": state.given.get(service) or 0,
        "open_counters": sum(state.counter(c.number).state == "open" for c in hall.counters_of[service]),
        "expected_ms": [at_ms - now_ms for at_ms in expected] if expected else None,
        "usual": round((state.learned.get(service) or (0.0, 0.0))[0]),
        "refusal": refusal.code if refusal else None,
    }
    if refusal:
        view["words"] = refusal.words
    return view


def printer_view(state: State, printer: str) -> PrinterView:
    """Return one printer as the feed shows it; nobody has answered for it where no agent ever spoke."""
    kiosk = hall_of(state).printer_by_id[printer].kiosk
    status = state.printers.get(printer) or "NO_ANSWER"
    left = tickets_left(state, printer)
    return {"printer": printer, "kiosk": kiosk, "status": status, "tickets_left": left}  # type: ignore[typeddict-item]


def job_view(state: State, job: Job, codes: Codes) -> JobView:
    """Return one print job as its agent needs it, with the ticket's secret code."""
    hall = hall_of(state)
    code = codes.of_ticket(state.date, job.number) if hall.ticket.qr else ""
    page = f"{hall.hall.public_url.rstrip('/')}/t/{code}" if hall.hall.public_url and code else code
    return {
        "job": job.job,
        "number": job.number,
        "copy": job.copy,
        "printer": job.printer,
        "kiosk": state.tickets[job.number].kiosk,
        "state": job.state,  # type: ignore[typeddict-item]
        "attempt": job.attempt,
        "queued_ms": job.queued_ms,
        "content": {**job.content, "code": code, "qr": page},  # type: ignore[typeddict-item]
    }


def help_view(asked: Help) -> HelpView:
    """Return one call for help as the panels show it."""
    return {
        "help": asked.help,
        "kind": asked.kind,  # type: ignore[typeddict-item]
        "place": asked.place,
        "asked_ms": asked.asked_ms,
        "answered_by": asked.answered_by,
    }


def call_view(state: State, call: Call) -> CallView:
    """Return one call as displays show it."""
    ticket = state.tickets[call.number]
    return {
        "seq": call.seq,
        "number": call.number,
        "service": ticket.service,
        "ticket_class": ticket.ticket_class,
        "counter": call.counter,
        "zone": call.zone,
        "attempt": call.attempt,
        "called_ms": call.called_ms,
    }


def event_view(event: Event) -> EventView:
    """Return an event to react on, without the contents of papers."""
    return {"kind": event.kind, "body": {name: value for name, value in event.body().items() if name != "content"}}


def in_hall(state: State) -> list[Ticket]:
    """Return the tickets that screens need: those that have not ended, and those of the recent calls."""
    called = {call.number for call in state.calls}
    return [t for t in state.tickets.values() if t.state in OPEN_TICKETS or t.number in called]


def snapshot(state: State, now_ms: Milliseconds, codes: Codes, tickets: Sequence[Ticket]) -> SnapshotMessage:
    """Return all there is, the first message of a feed, with these tickets of the day."""
    hall = hall_of(state)
    return {
        "type": "snapshot",
        "version": FEED_VERSION,
        "seq": state.seq,
        "now": now_ms,
        "simulated": state.simulated,
        "date": state.date,
        "hall": state.config_today,
        "tickets": [ticket_view(state, ticket) for ticket in tickets],
        "counters": [counter_view(state, counter.number) for counter in hall.counters],
        "services": [service_view(state, service, now_ms) for service in hall.services],
        "printers": [printer_view(state, printer) for printer in hall.printer_by_id],
        "jobs": [job_view(state, job, codes) for job in jobs_in_order(state)],
        "helps": [help_view(asked) for asked in state.helps.values() if asked.answered_by is None],
        "calls": [call_view(state, call) for call in state.calls],
    }


def jobs_in_order(state: State) -> list[Job]:
    """Return the print jobs that are not over, in the order in which they were queued."""
    found = [job for job in state.jobs.values() if job.state in OPEN_JOBS]
    return sorted(found, key=lambda job: (job.queued_ms, state.tickets[job.number].issue, job.copy))


def change(before: State, after: State, events: Sequence[Event], now_ms: Milliseconds, codes: Codes) -> dict[str, Any]:
    """Return the message that tells what a transaction changed."""
    bodies = [event.body() for event in events]
    numbers = named(bodies, "number")
    jobs = {job: after.jobs[job] for job in named(bodies, "job") if job in after.jobs}
    numbers |= {job.number: None for job in jobs.values()}
    numbers |= mates_of(after, numbers)
    counters = named(bodies, "counter")
    old = {call.seq for call in before.calls}
    return {
        "type": "change",
        "after": before.seq,
        "seq": after.seq,
        "now": now_ms,
        "events": [event_view(event) for event in events if not event.kind.startswith(HIDDEN)],
        "tickets": [ticket_view(after, after.tickets[number]) for number in numbers if number in after.tickets],
        "counters": [counter_view(after, number) for number in counters if number in hall_of(after).counter_by_number],
        "services": [service_view(after, service, now_ms) for service in services_of(after, numbers, counters, events)],
        "printers": [
            printer_view(after, p) for p in printers_of(events, jobs.values()) if p in hall_of(after).printer_by_id
        ],
        "jobs": [job_view(after, job, codes) for job in jobs.values()],
        "helps": [help_view(after.helps[name]) for name in named(bodies, "help") if name in after.helps],
        "calls": [call_view(after, call) for call in after.calls if call.seq not in old],
    }


def named(bodies: Iterable[dict[str, Any]], name: str) -> dict[Any, None]:
    """Return the values of one field of the events, each once, in their order."""
    return dict.fromkeys(body[name] for body in bodies if body.get(name) is not None)


def mates_of(state: State, numbers: Iterable[str]) -> dict[str, None]:
    """Return the other numbers of the same visitors: whether they are elsewhere may have changed."""
    visits = {state.tickets[number].visit for number in numbers if number in state.tickets}
    return {number: None for visit in visits for number in state.visits.get(visit) or ()}


def services_of(
    state: State, numbers: Iterable[str], counters: Iterable[int], events: Iterable[Event]
) -> dict[str, None]:
    """Return the services whose view may have changed: of these tickets and of these counters' agencies, or all."""
    hall = hall_of(state)
    if any(event.kind in WIDE for event in events):
        return dict.fromkeys(hall.services)
    found = dict.fromkeys(state.tickets[number].service for number in numbers if number in state.tickets)
    found |= {event.body()["service"]: None for event in events if event.kind == "ticket.transferred"}
    agencies = {hall.counter_by_number[number].agency for number in counters if number in hall.counter_by_number}
    found |= {service: None for service, agency in hall.agency_of.items() if agency.id in agencies}
    for number in counters:
        if number in hall.counter_by_number:
            found |= dict.fromkeys(hall.counter_by_number[number].second_services)
    return {service: None for service in found if service in hall.services}


def printers_of(events: Iterable[Event], jobs: Iterable[Job]) -> dict[str, None]:
    """Return the printers that have changed, or have printed."""
    told = dict.fromkeys(
        event.body()["printer"] for event in events if event.kind in ("printer.changed", "roll.changed")
    )
    return told | dict.fromkeys(job.printer for job in jobs)
