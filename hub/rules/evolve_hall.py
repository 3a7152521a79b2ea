"""How the hall's file, days, forces and clocks, and the counters, change what the hub knows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rpds import HashTrieMap

from hub.rules import events as ev
from hub.rules.evolve_today import changed
from hub.rules.state import Force, Happened, Help, Roll, State, Ticket

Change = dict[str, Any]
ENDED = ("served", "missed", "cancelled", "unserved")


def epoch_opened(_: State, event: ev.EpochOpened, __: Happened) -> Change:
    """The journal belongs to a hall, and says whether its time is simulated."""
    return {"hall_id": event.hall, "simulated": event.simulated, "epoch": event.epoch}


def config_applied(state: State, event: ev.ConfigApplied, __: Happened) -> Change:
    """The hall is what the content says, and nothing waits any more."""
    applied = {"config": event.content, "config_digest": event.digest, "planned": None}
    return applied | changed(replace(state, config=event.content))


def config_planned(_: State, event: ev.ConfigPlanned, __: Happened) -> Change:
    """The content waits for the next day."""
    return {"planned": event}


def day_opened(state: State, event: ev.DayOpened, at: Happened) -> Change:
    """All of yesterday is gone but hall file, devices, clerks, printers, what was learned, words that still hold."""
    fresh = State()
    parts = (
        "issued", "series", "given", "tickets", "reserved", "visits", "lines", "counters", "came", "paused",
        "jobs", "queued", "helps", "calls", "trial", "interrupted",
    )  # fmt: skip
    learned = {service: (float(count), float(minutes)) for service, (count, minutes) in event.learned.items()}
    forces = {scope: force for scope, force in state.forces.items() if (force.until_ms or 0) > at.hall_ms}
    kept = {
        "learned": HashTrieMap(learned),
        "printers": HashTrieMap(event.printers),
        "rolls": HashTrieMap({p: Roll(used, papers, bool(low)) for p, (used, papers, low) in event.rolls.items()}),
        "forces": HashTrieMap(forces),
    }
    today = (
        changed(state, quotas=fresh.quotas, assigned=fresh.assigned) if len(state.quotas) + len(state.assigned) else {}
    )
    return {"date": event.date, **kept, **today, **{part: getattr(fresh, part) for part in parts}}


def day_closed(_: State, __: ev.DayClosed, ___: Happened) -> Change:
    """Nothing: the next day's opening clears the state."""
    return {}


def hall_forced(state: State, event: ev.HallForced, _: Happened) -> Change:
    """The head's word holds, or the hours rule again."""
    if event.mode == "hours":
        return {"forces": state.forces.discard(event.scope)}
    return {"forces": state.forces.insert(event.scope, Force(event.mode, event.reason, event.until_ms, event.by))}


def service_paused(state: State, event: ev.ServicePaused, _: Happened) -> Change:
    """The service gives no numbers."""
    return {"paused": state.paused.insert(event.service, Force("paused", event.reason, event.until_ms, event.by))}


def service_resumed(state: State, event: ev.ServiceResumed, _: Happened) -> Change:
    """The service gives numbers again."""
    return {"paused": state.paused.discard(event.service)}


def trial(on: str) -> Callable[[State, Any, Happened], Change]:
    """Return the change that starts or ends the trial."""
    return lambda _, __, ___: {"trial": on == "on"}


def interruption_noted(state: State, event: ev.InterruptionNoted, _: Happened) -> Change:
    """Nobody's no-show clock and promise ran meanwhile."""
    lost = event.until_ms - event.from_ms
    tickets = state.tickets
    for ticket in state.tickets.values():
        if ticket.state not in ENDED:
            tickets = tickets.insert(ticket.number, shifted(ticket, lost))
    return {"tickets": tickets, "interrupted": True}


def shifted(ticket: Ticket, by_ms: int) -> Ticket:
    """Return a ticket whose times of patience and promise are later, as if the time between had not been."""
    return replace(
        ticket,
        promise_ms=None if ticket.promise_ms is None else ticket.promise_ms + by_ms,
        called_ms=ticket.called_ms + by_ms if ticket.state == "called" and ticket.called_ms else ticket.called_ms,
        held_ms=None if ticket.held_ms is None else ticket.held_ms + by_ms,
        for_until_ms=None if ticket.for_until_ms is None else ticket.for_until_ms + by_ms,
    )


def clock_stepped(_: State, __: ev.ClockStepped, ___: Happened) -> Change:
    """Nothing: hall time is in every line."""
    return {}


def set_counter(before: State, number: int, **change: Any) -> Change:
    """Return the change of one counter."""
    return {"counters": before.counters.insert(number, replace(before.counter(number), **change))}


def clerk_signed_in(state: State, event: ev.ClerkSignedIn, _: Happened) -> Change:
    """The clerk works at the counter."""
    return set_counter(state, event.counter, clerk=event.clerk)


def clerk_signed_out(state: State, event: ev.ClerkSignedOut, _: Happened) -> Change:
    """Nobody works at the counter."""
    return set_counter(state, event.counter, clerk=None)


def counter_opened(state: State, event: ev.CounterOpened, _: Happened) -> Change:
    """The counter may call, and its agency has come today."""
    assert state.hall
    change = set_counter(state, event.counter, state="open", clerk=event.clerk, reason=None, until_ms=None)
    agency = state.hall.counter_by_number[event.counter].agency
    return {**change, "came": state.came.insert(agency, True)}


def counter_paused(state: State, event: ev.CounterPaused, _: Happened) -> Change:
    """The counter rests."""
    return set_counter(state, event.counter, state="paused", reason=event.reason, until_ms=event.until_ms)


def counter_closed(state: State, event: ev.CounterClosed, _: Happened) -> Change:
    """The counter is closed and its clerk gone."""
    return set_counter(state, event.counter, state="closed", clerk=None, reason=None, until_ms=None)


def help_asked(state: State, event: ev.HelpAsked, at: Happened) -> Change:
    """Panels ring."""
    asked = Help(event.help, event.purpose, event.place, at.hall_ms)
    return {"helps": state.helps.insert(event.help, asked)}


def help_answered(state: State, event: ev.HelpAnswered, _: Happened) -> Change:
    """Panels are quiet again."""
    return {"helps": state.helps.insert(event.help, replace(state.helps[event.help], answered_by=event.by))}


def ballot_counted(_: State, __: ev.Event, ___: Happened) -> Change:
    """Nothing: what visitors say of the service changes no rule."""
    return {}


EVOLVE: dict[type[ev.Event], Callable[[State, Any, Happened], Change]] = {
    ev.EpochOpened: epoch_opened,
    ev.ConfigApplied: config_applied,
    ev.ConfigPlanned: config_planned,
    ev.DayOpened: day_opened,
    ev.DayClosed: day_closed,
    ev.HallForced: hall_forced,
    ev.ServicePaused: service_paused,
    ev.ServiceResumed: service_resumed,
    ev.TrialStarted: trial("on"),
    ev.TrialEnded: trial("off"),
    ev.InterruptionNoted: interruption_noted,
    ev.ClockStepped: clock_stepped,
    ev.HelpAsked: help_asked,
    ev.HelpAnswered: help_answered,
    ev.ClerkSignedIn: clerk_signed_in,
    ev.ClerkSignedOut: clerk_signed_out,
    ev.CounterOpened: counter_opened,
    ev.CounterPaused: counter_paused,
    ev.CounterClosed: counter_closed,
    ev.SurveyAnswered: ballot_counted,
    ev.RatingGiven: ballot_counted,
}
