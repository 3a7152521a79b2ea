"""What follows from a command: events, or a refusal. Pure."""

from collections.abc import Callable, Sequence
from typing import Any

from hub.rules import commands as cmd
from hub.rules import counters, days, printing, remarks, serving, tablets, tickets, today, visitors
from hub.rules import help as help_rules
from hub.rules.events import Event
from hub.rules.evolve import evolve_all
from hub.rules.issuing import hall_of
from hub.rules.state import Happened, Milliseconds, Moment, State, moment
from hub.rules.visitor_commands import CountBallots, GiveBack


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
        return turned or printing.stale_papers(state, now)
    opened = evolve_all(state, happenings(state, turned, hall_ms))
    return [*turned, *RULES[type(command)](opened, command, now)]


def happenings(state: State, events: Sequence[Event], hall_ms: Milliseconds) -> list[Happened]:
    """Return events with the places they will have in the journal."""
    return [Happened(state.seq + place, hall_ms, event) for place, event in enumerate(events, 1)]


FRAME: dict[type[cmd.Command], Callable[[State, Any], list[Event]]] = {
    cmd.Begin: days.begin,
    cmd.OpenEpoch: days.open_epoch,
    cmd.PairDevice: days.pair_device,
    cmd.RevokeDevice: days.revoke_device,
    cmd.AddClerk: days.add_clerk,
    cmd.RemoveClerk: days.remove_clerk,
    CountBallots: visitors.count_ballots,
}
"""What outlasts a day, and so opens none."""

RULES: dict[type[cmd.Command], Callable[[State, Any, Moment], list[Event]]] = {
    cmd.Issue: tickets.issue,
    cmd.EnterBlockNumber: tickets.enter_block_number,
    cmd.Cancel: tickets.cancel,
    GiveBack: visitors.give_back,
    cmd.Return: tickets.return_ticket,
    cmd.Resume: tickets.resume,
    cmd.Transfer: tickets.transfer,
    cmd.Remark: remarks.remark,
    cmd.SignIn: counters.sign_in,
    cmd.SignOut: counters.sign_out,
    cmd.Open: counters.open_counter,
    cmd.Pause: counters.pause,
    cmd.Close: counters.close,
    cmd.CallNext: serving.call_next,
    cmd.CallNumber: serving.call_number,
    cmd.Recall: serving.recall,
    cmd.Withdraw: serving.withdraw,
    cmd.Start: serving.start,
    cmd.Finish: serving.finish,
    cmd.Miss: serving.miss,
    cmd.Hold: serving.hold,
    cmd.ReportJob: printing.report_job,
    cmd.ReportPrinter: printing.report_printer,
    cmd.Reprint: printing.reprint,
    cmd.SettlePaper: printing.settle_paper,
    cmd.ChangeRoll: printing.change_roll,
    cmd.AskHelp: help_rules.ask_help,
    cmd.AnswerHelp: help_rules.answer_help,
    cmd.Force: days.force,
    cmd.PauseService: days.pause_service,
    cmd.ResumeService: days.resume_service,
    cmd.SetTrial: days.set_trial,
    cmd.SetQuota: today.set_quota,
    cmd.AssignCounter: today.assign_counter,
    cmd.NoteInterruption: days.note_interruption,
    cmd.NoteStep: days.note_step,
    cmd.LockClerk: days.lock_clerk,
    cmd.OpenTablet: tablets.open_tablet,
}
