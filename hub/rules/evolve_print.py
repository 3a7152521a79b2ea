"""How papers, printers and devices change what the hub knows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hub.rules import events as ev
from hub.rules.state import Clerk, Device, Happened, Job, Roll, State

Change = dict[str, Any]


def print_queued(state: State, event: ev.PrintQueued, at: Happened) -> Change:
    """A paper waits for its printer."""
    job = Job(event.job, event.number, event.copy, event.printer, event.content, at.hall_ms, event.by)
    ticket = replace(state.tickets[event.number], job=event.job)
    return {
        "jobs": state.jobs.insert(job.job, job),
        "queued": state.queued.insert(job.job, True),
        "tickets": state.tickets.insert(ticket.number, ticket),
    }


def set_job(before: State, job: str, **change: Any) -> Change:
    """Return the change of one print job, which waits no more."""
    jobs = before.jobs.insert(job, replace(before.jobs[job], **change))
    return {"jobs": jobs, "queued": before.queued.discard(job)}


def print_sending(state: State, event: ev.PrintSending, _: Happened) -> Change:
    """Bytes are about to leave for the printer."""
    return set_job(state, event.job, state="sending", attempt=event.attempt)


def moved(to: str) -> Callable[[State, Any, Happened], Change]:
    """Return the change that only moves a job to another state."""
    return lambda state, event, _: set_job(state, event.job, state=to)


def paper_used(to: str) -> Callable[[State, Any, Happened], Change]:
    """Return the change that ends a job whose paper, whole or not, has left the roll."""

    def change(state: State, event: ev.PrintDone | ev.PrintAssumed | ev.PrintUncertain, _: Happened) -> Change:
        printer = state.jobs[event.job].printer
        roll = state.rolls.get(printer) or Roll()
        if event.mm:
            roll = replace(roll, used_mm=roll.used_mm + event.mm, papers=roll.papers + 1)
        return {**set_job(state, event.job, state=to), "rolls": state.rolls.insert(printer, roll)}

    return change


def paper_noted(state: State, event: ev.PaperNoted, _: Happened) -> Change:
    """Nobody waits for this paper any more."""
    return {"tickets": state.tickets.insert(event.number, replace(state.tickets[event.number], noted=True))}


def print_resolved(state: State, event: ev.PrintResolved, _: Happened) -> Change:
    """A person has seen the paper, or that there is none."""
    return set_job(state, event.job, state="confirmed" if event.is_out else "failed")


def printer_changed(state: State, event: ev.PrinterChanged, _: Happened) -> Change:
    """The printer is in another state; one that was near the end of its paper and is well again has a new roll."""
    roll = state.rolls.get(event.printer) or Roll()
    if event.status in ("PAPER_LOW", "PAPER_OUT"):
        roll = replace(roll, near_end=True)
    elif event.status == "ONLINE" and roll.near_end:
        roll = Roll()
    return {
        "printers": state.printers.insert(event.printer, event.status),
        "rolls": state.rolls.insert(event.printer, roll),
    }


def roll_changed(state: State, event: ev.RollChanged, _: Happened) -> Change:
    """The paper is counted anew."""
    return {"rolls": state.rolls.insert(event.printer, Roll())}


def device_paired(state: State, event: ev.DevicePaired, at: Happened) -> Change:
    """The device's newest token is the one that counts."""
    device = Device(event.device, event.role, event.digest, event.agency, at.hall_ms)
    return {"devices": state.devices.insert(event.device, device)}


def device_revoked(state: State, event: ev.DeviceRevoked, _: Happened) -> Change:
    """The device is unknown from now on."""
    return {"devices": state.devices.discard(event.device)}


def clerk_added(state: State, event: ev.ClerkAdded, _: Happened) -> Change:
    """The clerk may sign in with this PIN; an older lock is gone."""
    return {"clerks": state.clerks.insert(event.clerk, Clerk(event.clerk, event.pin, 0, event.role, event.agency))}


def clerk_removed(state: State, event: ev.ClerkRemoved, _: Happened) -> Change:
    """The clerk may sign in no more."""
    return {"clerks": state.clerks.discard(event.clerk)}


def clerk_locked(state: State, event: ev.ClerkLocked, _: Happened) -> Change:
    """The clerk may not sign in for a while."""
    clerk = replace(state.clerks[event.clerk], locked_ms=event.until_ms)
    return {"clerks": state.clerks.insert(event.clerk, clerk)}


EVOLVE: dict[type[ev.Event], Callable[[State, Any, Happened], Change]] = {
    ev.PrintQueued: print_queued,
    ev.PrintSending: print_sending,
    ev.PrintWaiting: moved("waiting"),
    ev.PrintDone: paper_used("done"),
    ev.PrintAssumed: paper_used("assumed"),
    ev.PrintUncertain: paper_used("uncertain"),
    ev.PrintResolved: print_resolved,
    ev.PaperNoted: paper_noted,
    ev.PrintFailed: moved("failed"),
    ev.PrintCancelled: moved("cancelled"),
    ev.PrintExpired: moved("expired"),
    ev.PrinterChanged: printer_changed,
    ev.RollChanged: roll_changed,
    ev.DevicePaired: device_paired,
    ev.DeviceRevoked: device_revoked,
    ev.ClerkAdded: clerk_added,
    ev.ClerkRemoved: clerk_removed,
    ev.ClerkLocked: clerk_locked,
}
