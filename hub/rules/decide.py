"""What follows from a command: events, or a refusal. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from hub.rules import commands as cmd
from hub.rules import counters, days, printing, tickets
from hub.rules.events import Event
from hub.rules.evolve import evolve_all
from hub.rules.issuing import hall_of
from hub.rules.state import Happened, Milliseconds, Moment, State, moment


def decide(state: State, command: cmd.Command, hall_ms: Milliseconds) -> list[Event]:
    """Return the events of a command at a hall time; Refused where the rules say no.

    A command on a new day opens that day first.
    """
    frame = FRAME.get(type(command))
    if frame:
        return frame(state, command)
    now = moment(hall_of(state), hall_ms)
    turned = days.turn_of_day(state, now)
    if isinstance(command, cmd.TurnDay):
        return turned
    today = evolve_all(state, happenings(state, turned, hall_ms))
    return [*turned, *RULES[type(command)](today, command, now)]


def happenings(state: State, events: Sequence[Event], hall_ms: Milliseconds) -> list[Happened]:
    """Return events with the places they will have in the journal."""
    return [Happened(state.seq + place, hall_ms, event) for place, event in enumerate(events, 1)]


FRAME: dict[type[cmd.Command], Callable[[State, Any], list[Event]]] = {
    cmd.Begin: days.begin,
    cmd.PairDevice: days.pair_device,
    cmd.RevokeDevice: days.revoke_device,
}
"""What outlasts a day, and so opens none."""

RULES: dict[type[cmd.Command], Callable[[State, Any, Moment], list[Event]]] = {
    cmd.Issue: tickets.issue,
    cmd.Cancel: tickets.cancel,
    cmd.SignIn: counters.sign_in,
    cmd.Open: counters.open_counter,
    cmd.Pause: counters.pause,
    cmd.Close: counters.close,
    cmd.CallNext: counters.call_next,
    cmd.Recall: counters.recall,
    cmd.Start: counters.start,
    cmd.Finish: counters.finish,
    cmd.Miss: counters.miss,
    cmd.ReportJob: printing.report_job,
    cmd.ReportPrinter: printing.report_printer,
}
