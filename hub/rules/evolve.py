"""How each event changes what the hub knows. Pure, and fed by events alone."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from config.load import hall_from
from hub.rules import events as ev
from hub.rules.state import CALLS_KEPT, Call, Device, Happened, Job, Place, State, Ticket


def evolve(state: State, happened: Happened) -> State:
    """Return what the hub knows after an event."""
    change = EVOLVE[type(happened.event)](state, happened.event, happened)
    return replace(state, seq=happened.seq, hall_ms=happened.hall_ms, **change)


def evolve_all(state: State, happenings: Iterable[Happened]) -> State:
    """Return what the hub knows after events in their order."""
    for happened in happenings:
        state = evolve(state, happened)
    return state


Change = dict[str, Any]


def epoch_opened(_: State, event: ev.EpochOpened, __: Happened) -> Change:
    """The journal belongs to a hall, and says whether its time is simulated."""
    return {"hall_id": event.hall, "simulated": event.simulated}


def config_applied(_: State, event: ev.ConfigApplied, __: Happened) -> Change:
    """The hall is what the content says."""
    return {"hall": hall_from(event.content, "journal"), "config": event.content, "config_digest": event.digest}


def day_opened(_: State, event: ev.DayOpened, __: Happened) -> Change:
    """All of yesterday is gone but the hall file, the devices and what the printers last said."""
    fresh = State()
    parts = ("issued", "series", "given", "tickets", "lines", "counters", "jobs", "calls")
    return {"date": event.date, **{part: getattr(fresh, part) for part in parts}}


def day_closed(_: State, __: ev.DayClosed, ___: Happened) -> Change:
    """Nothing: the next day's opening clears the state."""
    return {}


def ticket_issued(state: State, event: ev.TicketIssued, at: Happened) -> Change:
    """A ticket waits at the end of its line."""
    ticket = Ticket(
        event.number, event.issue, event.service, event.ticket_class, "waiting", at.hall_ms, at.hall_ms,
        event.kiosk, event.language, event.ahead,
    )  # fmt: skip
    given = state.given.get(event.service) or 0
    return {
        "issued": event.issue,
        "series": state.series.insert(event.series, event.running),
        "given": state.given.insert(event.service, given + 1),
        "tickets": state.tickets.insert(event.number, ticket),
        "lines": joined(state, ticket),
    }


def ticket_cancelled(state: State, event: ev.TicketCancelled, at: Happened) -> Change:
    """The ticket waits no more, and its place in the quota is free again."""
    ticket = state.tickets[event.number]
    given = state.given[ticket.service] - 1
    return {
        "given": state.given.insert(ticket.service, given),
        "lines": left(state, ticket),
        "tickets": put(state, replace(ticket, state="cancelled", ended_ms=at.hall_ms)),
    }


def ticket_called(state: State, event: ev.TicketCalled, at: Happened) -> Change:
    """The ticket is awaited at the counter."""
    ticket = state.tickets[event.number]
    counter = replace(state.counter(event.counter), ticket=event.number)
    called = replace(ticket, state="called", counter=event.counter, attempt=event.attempt, called_ms=at.hall_ms)
    call = Call(at.seq, event.number, event.counter, event.attempt, at.hall_ms)
    return {
        "tickets": put(state, called),
        "lines": left(state, ticket) if ticket.state == "waiting" else state.lines,
        "counters": state.counters.insert(event.counter, counter),
        "calls": (*state.calls, call)[-CALLS_KEPT:],
    }


def service_started(state: State, event: ev.ServiceStarted, at: Happened) -> Change:
    """The ticket is served."""
    ticket = replace(state.tickets[event.number], state="serving", started_ms=at.hall_ms)
    return {"tickets": put(state, ticket)}


def ticket_ended(state: State, number: str, counter: int, outcome: str, at: Happened) -> Change:
    """The counter is free and the ticket has ended."""
    ticket = replace(state.tickets[number], state=outcome, ended_ms=at.hall_ms)
    free = replace(state.counter(counter), ticket=None)
    return {"tickets": put(state, ticket), "counters": state.counters.insert(counter, free)}


def service_finished(state: State, event: ev.ServiceFinished, at: Happened) -> Change:
    """The ticket was served."""
    return ticket_ended(state, event.number, event.counter, "served", at)


def ticket_missed(state: State, event: ev.TicketMissed, at: Happened) -> Change:
    """The ticket was called in vain."""
    return ticket_ended(state, event.number, event.counter, "missed", at)


def ticket_unserved(state: State, event: ev.TicketUnserved, at: Happened) -> Change:
    """The ticket could not be served today."""
    ticket = state.tickets[event.number]
    counters = state.counters
    if ticket.counter is not None and state.counter(ticket.counter).ticket == ticket.number:
        counters = counters.insert(ticket.counter, replace(state.counter(ticket.counter), ticket=None))
    ended = replace(ticket, state="unserved", ended_ms=at.hall_ms)
    return {"tickets": put(state, ended), "lines": left(state, ticket), "counters": counters}


def clerk_signed_in(state: State, event: ev.ClerkSignedIn, _: Happened) -> Change:
    """The clerk works at the counter."""
    return set_counter(state, event.counter, clerk=event.clerk)


def counter_opened(state: State, event: ev.CounterOpened, _: Happened) -> Change:
    """The counter may call."""
    return set_counter(state, event.counter, state="open", clerk=event.clerk, reason=None)


def counter_paused(state: State, event: ev.CounterPaused, _: Happened) -> Change:
    """The counter rests."""
    return set_counter(state, event.counter, state="paused", reason=event.reason)


def counter_closed(state: State, event: ev.CounterClosed, _: Happened) -> Change:
    """The counter is closed and its clerk gone."""
    return set_counter(state, event.counter, state="closed", clerk=None, reason=None)


def print_queued(state: State, event: ev.PrintQueued, at: Happened) -> Change:
    """A paper waits for its printer."""
    job = Job(event.job, event.number, event.copy, event.printer, event.content, at.hall_ms)
    ticket = replace(state.tickets[event.number], job=event.job)
    return {"jobs": state.jobs.insert(job.job, job), "tickets": put(state, ticket)}


def print_sending(state: State, event: ev.PrintSending, _: Happened) -> Change:
    """Bytes are about to leave for the printer."""
    return set_job(state, event.job, state="sending", attempt=event.attempt)


def print_moved(to: str) -> Callable[[State, Any, Happened], Change]:
    """Return the change that only moves a job to another state."""
    return lambda state, event, _: set_job(state, event.job, state=to)


def printer_changed(state: State, event: ev.PrinterChanged, _: Happened) -> Change:
    """The printer is in another state."""
    return {"printers": state.printers.insert(event.printer, event.status)}


def device_paired(state: State, event: ev.DevicePaired, _: Happened) -> Change:
    """The device's newest token is the one that counts."""
    return {"devices": state.devices.insert(event.device, Device(event.device, event.role, event.digest))}


def device_revoked(state: State, event: ev.DeviceRevoked, _: Happened) -> Change:
    """The device is unknown from now on."""
    return {"devices": state.devices.discard(event.device)}


def put(state: State, ticket: Ticket) -> Any:
    """Return the tickets with this one changed."""
    return state.tickets.insert(ticket.number, ticket)


def place_of(ticket: Ticket) -> Place:
    """Return the place of a ticket in its line."""
    return Place(ticket.clock_ms, ticket.issue, ticket.number)


def joined(state: State, ticket: Ticket) -> Any:
    """Return the lines with this ticket at its place."""
    line, place = state.line(ticket.service, ticket.ticket_class), place_of(ticket)
    at = len(line) if not line or line[-1] < place else bisect_left(line, place)
    return state.lines.insert((ticket.service, ticket.ticket_class), (*line[:at], place, *line[at:]))


def left(state: State, ticket: Ticket) -> Any:
    """Return the lines without this ticket."""
    line, place = state.line(ticket.service, ticket.ticket_class), place_of(ticket)
    at = bisect_left(line, place)
    if at == len(line) or line[at] != place:
        return state.lines
    return state.lines.insert((ticket.service, ticket.ticket_class), line[:at] + line[at + 1 :])


def set_counter(before: State, number: int, **change: Any) -> Change:
    """Return the change of one counter."""
    return {"counters": before.counters.insert(number, replace(before.counter(number), **change))}


def set_job(before: State, job: str, **change: Any) -> Change:
    """Return the change of one print job."""
    return {"jobs": before.jobs.insert(job, replace(before.jobs[job], **change))}


EVOLVE: dict[type[ev.Event], Callable[[State, Any, Happened], Change]] = {
    ev.EpochOpened: epoch_opened,
    ev.ConfigApplied: config_applied,
    ev.DayOpened: day_opened,
    ev.DayClosed: day_closed,
    ev.TicketIssued: ticket_issued,
    ev.TicketCancelled: ticket_cancelled,
    ev.TicketCalled: ticket_called,
    ev.ServiceStarted: service_started,
    ev.ServiceFinished: service_finished,
    ev.TicketMissed: ticket_missed,
    ev.TicketUnserved: ticket_unserved,
    ev.ClerkSignedIn: clerk_signed_in,
    ev.CounterOpened: counter_opened,
    ev.CounterPaused: counter_paused,
    ev.CounterClosed: counter_closed,
    ev.PrintQueued: print_queued,
    ev.PrintSending: print_sending,
    ev.PrintWaiting: print_moved("waiting"),
    ev.PrintDone: print_moved("done"),
    ev.PrintAssumed: print_moved("assumed"),
    ev.PrintUncertain: print_moved("uncertain"),
    ev.PrintFailed: print_moved("failed"),
    ev.PrintCancelled: print_moved("cancelled"),
    ev.PrinterChanged: printer_changed,
    ev.DevicePaired: device_paired,
    ev.DeviceRevoked: device_revoked,
}
