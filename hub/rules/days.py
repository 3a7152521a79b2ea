"""The frame of the journal: its beginning, the hall file, the days, the head's word, devices and clerks."""

from datetime import datetime

from config.hall import Hall
from config.load import Content, hall_from
from config.mistakes import HallFileError
from config.wording import Words
from hub.rules import commands as cmd
from hub.rules import events as ev
from hub.rules.evolve_today import content_today
from hub.rules.forecast import learned_overnight
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Milliseconds, Moment, State, moment
from hub.rules.tickets import OPEN

LOCKED_MS = 5 * 60_000
LEAST_REASON = 3
MODES = ("open", "closed", "hours")


def begin(state: State, command: cmd.Begin) -> list[ev.Event]:
    """Open the first epoch of a new journal, and take a hall file that is another than the one in force.

    At once, unless people wait today for what it no longer has: then with the next day.
    """
    events: list[ev.Event] = []
    if state.seq == 0:
        events.append(ev.EpochOpened(command.hall, 1, command.simulated, "new", 0))
    if state.config_digest == command.digest:
        # Going back to the file in force drops what was planned for tomorrow.
        return [ev.ConfigApplied(command.content, command.digest, command.author)] if state.planned else events
    if state.planned and state.planned.digest == command.digest:
        return events
    waits = strands(state, hall_from(command.content)) or not bears_today(state, command.content)
    taken = ev.ConfigPlanned if waits else ev.ConfigApplied
    return [*events, taken(command.content, command.digest, command.author)]


def open_epoch(state: State, command: cmd.OpenEpoch) -> list[ev.Event]:
    """Open an epoch later than this journal's and the region's newest; no line and no number changes."""
    if len(command.reason.strip()) < LEAST_REASON:
        raise Refused("reason_needed")
    if not 0 <= command.common <= state.seq:
        raise Refused("epoch_common", seq=state.seq)
    epoch = max(state.epoch, command.after) + 1
    return [ev.EpochOpened(state.hall_id, epoch, state.simulated, command.reason.strip(), command.common)]


def bears_today(state: State, content: Content) -> bool:
    """Tell whether a hall file is one that what is different today can be laid over."""
    try:
        hall_from(content_today(content, state.quotas, state.assigned))
    except HallFileError:
        return False
    return True


def strands(state: State, hall: Hall) -> bool:
    """Tell whether a hall file would take something away that an open ticket or a counter at work needs."""
    if state.hall is None:
        return False
    for ticket in state.tickets.values():
        if ticket.state in OPEN and not still_fits(state.hall, hall, ticket.service):
            return True
    at_work = [number for number, counter in state.counters.items() if counter.state != "closed"]
    return any(number not in hall.counter_by_number for number in at_work)


def still_fits(old: Hall, new: Hall, service: str) -> bool:
    """Tell whether a service is still there, under the same series."""
    return service in new.services and new.agency_of[service].letter == old.agency_of[service].letter


def turn_of_day(state: State, now: Moment) -> list[ev.Event]:
    """Return the events that end an earlier day and open today; none where today is open."""
    today = now.date.isoformat()
    if state.date >= today:
        return []
    planned = state.planned
    applied = [ev.ConfigApplied(planned.content, planned.digest, planned.author)] if planned else []
    return [
        *end_of_day(state),
        *applied,
        ev.DayOpened(today, learned_overnight(state), dict(sorted(state.printers.items())), rolls_overnight(state)),
    ]


def rolls_overnight(state: State) -> dict[str, list[int]]:
    """Return what the new day must know of each printer's paper."""
    rolls = sorted(state.rolls.items())
    return {printer: [roll.used_mm, roll.papers, int(roll.near_end)] for printer, roll in rolls}


def end_of_day(state: State) -> list[ev.Event]:
    """Close the open day: who still waits could not be served, who was being served has been, no paper waits on."""
    if not state.date:
        return []
    events: list[ev.Event] = [ev.PrintExpired(job) for job in sorted(state.queued)]
    for ticket in sorted(state.tickets.values(), key=lambda ticket: ticket.issue):
        if ticket.state == "serving" and ticket.counter is not None:
            clerk = state.counter(ticket.counter).clerk or ""
            events.append(ev.ServiceFinished(ticket.number, ticket.counter, clerk, "day_ended"))
        elif ticket.state in OPEN:
            events.append(ev.TicketUnserved(ticket.number))
    return [*events, ev.DayClosed(state.date)]


def note_interruption(_: State, command: cmd.NoteInterruption, __: Moment) -> list[ev.Event]:
    """Record that the hall stood still."""
    return [ev.InterruptionNoted(command.from_ms, command.until_ms)]


def note_step(_: State, command: cmd.NoteStep, __: Moment) -> list[ev.Event]:
    """Record that the machine's clock jumped."""
    return [ev.ClockStepped(command.wall_by_ms, command.hall_by_ms)]


def force(state: State, command: cmd.Force, now: Moment) -> list[ev.Event]:
    """Open or close the hall, an agency or a service against its hours, with a reason; or let the hours rule again."""
    if command.mode != "hours":
        check_reason(command.reason)
        check_until(state, command.until_ms, now)
    kind, _, name = command.scope.partition(":")
    hall = hall_of(state)
    known = {"hall": {""}, "agency": {a.id for a in hall.agencies}, "service": set(hall.services)}
    if name not in known.get(kind, set()) or command.mode not in MODES:
        raise Refused("scope_not_found", scope=command.scope)
    before = state.forces.get(command.scope)
    was = before.mode if before else "hours"
    return [ev.HallForced(command.scope, command.mode, command.reason, command.until_ms, command.by, was)]


def check_reason(reason: str) -> None:
    """Refuse a deed without a reason."""
    if len(reason.strip()) < LEAST_REASON:
        raise Refused("reason_needed")


def until_of(hall: Hall, text: str, now_ms: Milliseconds) -> Milliseconds | None:
    """Return the hall time of "14:30" or "14.30" of today; None where none is given, Refused where it is none."""
    if not text:
        return None
    try:
        at = datetime.strptime(text.strip().replace(".", ":"), "%H:%M").time()  # noqa: DTZ007  no date yet
    except ValueError as error:
        raise Refused("time_unclear", time=text[:20]) from error
    return round(datetime.combine(moment(hall, now_ms).date, at, hall.timezone).timestamp() * 1000)


def check_until(state: State, until_ms: Milliseconds | None, now: Moment) -> None:
    """Refuse an end that has passed already: the deed would change nothing, and be answered as if it had."""
    if until_ms is not None and until_ms <= now.ms:
        minute = moment(hall_of(state), until_ms).minute
        raise Refused("time_past", time=Words("id").minute(minute), time_en=Words("en").minute(minute))


def pause_service(state: State, command: cmd.PauseService, now: Moment) -> list[ev.Event]:
    """Pause a service, with a reason that visitors read."""
    if command.service not in hall_of(state).services:
        raise Refused("service_not_found", service=command.service)
    check_reason(command.reason)
    check_until(state, command.until_ms, now)
    before = state.paused.get(command.service)
    was = before.reason if before and (before.until_ms is None or now.ms < before.until_ms) else ""
    return [ev.ServicePaused(command.service, command.reason.strip(), command.until_ms, command.by, was)]


def resume_service(state: State, command: cmd.ResumeService, _: Moment) -> list[ev.Event]:
    """End the pause of a service."""
    pause = state.paused.get(command.service)
    if pause is None:
        raise Refused("service_not_paused", service=command.service)
    return [ev.ServiceResumed(command.service, command.by, pause.reason)]


def set_trial(state: State, command: cmd.SetTrial, _: Moment) -> list[ev.Event]:
    """Start or end trial mode."""
    if state.trial == command.on:
        return []
    return [ev.TrialStarted(command.by) if command.on else ev.TrialEnded(command.by)]


def pair_device(state: State, command: cmd.PairDevice) -> list[ev.Event]:
    """Let a device command the hub; its older token is good for nothing from now on."""
    before = state.devices.get(command.device)
    was = before.role if before else ""
    return [ev.DevicePaired(command.device, command.role, command.digest, command.by, was)]


def revoke_device(state: State, command: cmd.RevokeDevice) -> list[ev.Event]:
    """Take a device's right away."""
    device = state.devices.get(command.device)
    if device is None:
        raise Refused("device_not_found", device=command.device)
    return [ev.DeviceRevoked(command.device, command.by, device.role)]


def add_clerk(state: State, command: cmd.AddClerk) -> list[ev.Event]:
    """Let a clerk sign in with a PIN, or change it."""
    if (command.role == "supervisor") != (command.agency in hall_of(state).agency_by_id):
        raise Refused("supervisor_agency")
    before = state.clerks.get(command.clerk)
    was = (before.role, before.agency) if before else ()
    return [ev.ClerkAdded(command.clerk, command.pin, command.by, command.role, command.agency, *was)]


def remove_clerk(state: State, command: cmd.RemoveClerk) -> list[ev.Event]:
    """Let a clerk sign in no more."""
    clerk = state.clerks.get(command.clerk)
    if clerk is None:
        raise Refused("clerk_unknown", clerk=command.clerk)
    return [ev.ClerkRemoved(command.clerk, command.by, clerk.role, clerk.agency)]


def lock_clerk(state: State, command: cmd.LockClerk, now: Moment) -> list[ev.Event]:
    """Lock a clerk out for five minutes of hall time."""
    if command.clerk not in state.clerks:
        raise Refused("clerk_unknown", clerk=command.clerk)
    return [ev.ClerkLocked(command.clerk, now.ms + LOCKED_MS)]
