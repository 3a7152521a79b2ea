"""The frame of the journal: its beginning, the hall file, the days, the devices."""

from hub.rules import events as ev
from hub.rules.commands import Begin, PairDevice, RevokeDevice
from hub.rules.refusal import Refused
from hub.rules.state import Moment, State

OVER = {"waiting", "called"}


def begin(state: State, command: Begin) -> list[ev.Event]:
    """Open the first epoch of a new journal, and apply a hall file that is another than the one in force."""
    events: list[ev.Event] = []
    if state.seq == 0:
        events.append(ev.EpochOpened(command.hall, 1, command.simulated, "new", 0))
    if state.config_digest != command.digest:
        events.append(ev.ConfigApplied(command.content, command.digest, command.author))
    return events


def turn_of_day(state: State, now: Moment) -> list[ev.Event]:
    """Return the events that end an earlier day and open today; none where today is open."""
    today = now.date.isoformat()
    if state.date >= today:
        return []
    return [*end_of_day(state), ev.DayOpened(today)]


def end_of_day(state: State) -> list[ev.Event]:
    """Close the open day: who still waits could not be served, who was being served has been."""
    if not state.date:
        return []
    events: list[ev.Event] = []
    for ticket in sorted(state.tickets.values(), key=lambda ticket: ticket.issue):
        if ticket.state in OVER:
            events.append(ev.TicketUnserved(ticket.number))
        elif ticket.state == "serving" and ticket.counter is not None:
            clerk = state.counter(ticket.counter).clerk or ""
            events.append(ev.ServiceFinished(ticket.number, ticket.counter, clerk, "day_ended"))
    return [*events, ev.DayClosed(state.date)]


def pair_device(_: State, command: PairDevice) -> list[ev.Event]:
    """Let a device command the hub; its older token is good for nothing from now on."""
    return [ev.DevicePaired(command.device, command.role, command.digest)]


def revoke_device(state: State, command: RevokeDevice) -> list[ev.Event]:
    """Take a device's right away."""
    if command.device not in state.devices:
        raise Refused("device_not_found", device=command.device)
    return [ev.DeviceRevoked(command.device, command.by)]
