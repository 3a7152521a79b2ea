"""How papers, printers and devices change what the hub knows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hub.rules import events as ev
from hub.rules.state import Clerk, Device, Happened, Job, State

Change = dict[str, Any]


def print_queued(state: State, event: ev.PrintQueued, at: Happened) -> Change:
    """A paper waits for its printer."""
    job = Job(event.job, event.number, event.copy, event.printer, event.content, at.hall_ms)
    ticket = replace(state.tickets[event.number], job=event.job)
    return {"jobs": state.jobs.insert(job.job, job), "tickets": state.tickets.insert(ticket.number, ticket)}


def set_job(before: State, job: str, **change: Any) -> Change:
    """Return the change of one print job."""
    return {"jobs": before.jobs.insert(job, replace(before.jobs[job], **change))}


def print_sending(state: State, event: ev.PrintSending, _: Happened) -> Change:
    """Bytes are about to leave for the printer."""
    return set_job(state, event.job, state="sending", attempt=event.attempt)


def moved(to: str) -> Callable[[State, Any, Happened], Change]:
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


def clerk_added(state: State, event: ev.ClerkAdded, _: Happened) -> Change:
    """The clerk may sign in with this PIN; an older lock is gone."""
    return {"clerks": state.clerks.insert(event.clerk, Clerk(event.clerk, event.pin))}


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
    ev.PrintDone: moved("done"),
    ev.PrintAssumed: moved("assumed"),
    ev.PrintUncertain: moved("uncertain"),
    ev.PrintFailed: moved("failed"),
    ev.PrintCancelled: moved("cancelled"),
    ev.PrinterChanged: printer_changed,
    ev.DevicePaired: device_paired,
    ev.DeviceRevoked: device_revoked,
    ev.ClerkAdded: clerk_added,
    ev.ClerkRemoved: clerk_removed,
    ev.ClerkLocked: clerk_locked,
}
