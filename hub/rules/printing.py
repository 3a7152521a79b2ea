"""What agents tell of papers and printers."""

from collections.abc import Callable

from hub.rules import events as ev
from hub.rules.commands import ReportJob, ReportPrinter
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Job, Moment, State

FOLLOWS = {
    "queued": ("sending", "failed"),
    "sending": ("waiting", "done", "assumed", "uncertain", "failed"),
    "waiting": ("done", "uncertain", "failed"),
}
"""Which state of a job may follow which; the others are final here."""


def report_job(state: State, command: ReportJob, _: Moment) -> list[ev.Event]:
    """Record what became of a print job; a state that cannot follow is refused with the one that stands."""
    job = state.jobs.get(command.job)
    if job is None:
        raise Refused("job_not_found", job=command.job)
    if command.state not in FOLLOWS.get(job.state, ()):
        raise Refused("job_state", job=job.job, state=job.state)
    if command.state == "done" and not command.proof:
        raise Refused("proof_missing", job=job.job)
    return [MOVES[command.state](job, command)]


MOVES: dict[str, Callable[[Job, ReportJob], ev.Event]] = {
    "sending": lambda job, _: ev.PrintSending(job.job, job.attempt + 1),
    "waiting": lambda job, told: ev.PrintWaiting(job.job, told.reason),
    "done": lambda job, told: ev.PrintDone(job.job, str(told.proof)),
    "assumed": lambda job, _: ev.PrintAssumed(job.job),
    "uncertain": lambda job, told: ev.PrintUncertain(job.job, told.reason),
    "failed": lambda job, told: ev.PrintFailed(job.job, told.reason),
}


def report_printer(state: State, command: ReportPrinter, _: Moment) -> list[ev.Event]:
    """Record a printer's state where it is another than before."""
    if command.printer not in hall_of(state).printer_by_id:
        raise Refused("printer_not_found", printer=command.printer)
    if state.printers.get(command.printer) == command.status:
        return []
    return [ev.PrinterChanged(command.printer, command.status)]
