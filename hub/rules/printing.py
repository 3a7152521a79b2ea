"""What becomes of papers: what agents tell of them and of printers, second papers, and papers that come too late."""

from collections.abc import Callable
from typing import Any

from hub.client.views import OUT, READY
from hub.rules import events as ev
from hub.rules.commands import ChangeRoll, ReportJob, ReportPrinter, Reprint, SettlePaper
from hub.rules.content import content_of
from hub.rules.days import check_reason
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Job, Milliseconds, Moment, State, Ticket
from hub.rules.tickets import OPEN, ticket_of

FOLLOWS = {
    "queued": ("sending", "failed"),
    "sending": ("waiting", "done", "assumed", "uncertain", "failed"),
    "waiting": ("done", "uncertain", "failed"),
    "uncertain": ("done",),
}
"""Which state of a job may follow which; the others are final here."""
ON_ITS_WAY = ("sending", "waiting")
HUB = "hub"
"""Who asks for the copy that nobody else asked for."""
AUTOMATIC_MS = 60_000
"""Within so long of the press the hub itself tries once more: the visitor still stands there."""
VISITORS_TRIES = 3
"""So many papers of one number may be asked for at kiosks; beyond that the staff decides."""


def report_job(state: State, command: ReportJob, now: Moment) -> list[ev.Event]:
    """Record what became of a print job; a state that cannot follow is refused with the one that stands.

    Where it is doubtful that one whole paper is out, and the visitor still stands there, a marked copy is queued. A
    paper that stopped on its way is in two parts: without a copy it stays doubtful.
    """
    job = job_of(state, command.job)
    if command.state not in FOLLOWS.get(job.state, ()):
        raise Refused("job_state", job=job.job, state=job.state)
    if command.state == "done" and not command.proof:
        raise Refused("proof_missing", job=job.job)
    if command.state == "sending" and is_stale(state, job, now.ms):
        raise Refused("job_stale", job=job.job)
    if job.state == "uncertain":
        return proved_late(state, job, command)
    stopped = command.state == "done" and command.reason
    copies = automatic(state, job, now) if stopped or command.state == "uncertain" else []
    told = MOVES["uncertain" if stopped and not copies else command.state](job, command)
    return [told, *copies]


MOVES: dict[str, Callable[[Job, ReportJob], ev.Event]] = {
    "sending": lambda job, _: ev.PrintSending(job.job, job.attempt + 1),
    "waiting": lambda job, told: ev.PrintWaiting(job.job, told.reason),
    "done": lambda job, told: ev.PrintDone(job.job, str(told.proof), told.reason, told.mm),
    "assumed": lambda job, told: ev.PrintAssumed(job.job, told.mm),
    "uncertain": lambda job, told: ev.PrintUncertain(job.job, told.reason, told.mm),
    "failed": lambda job, told: ev.PrintFailed(job.job, told.reason),
}


def proved_late(state: State, job: Job, command: ReportJob) -> list[ev.Event]:
    """Record the proof of a paper that was given up too early; a copy that has not begun is dropped."""
    queued = [later for later in state.jobs_of(job.number) if later.by == HUB and later.state == "queued"]
    return [MOVES["done"](job, command), *(ev.PrintCancelled(later.job, "proved") for later in queued)]


def lost_papers(state: State, printer: str) -> list[str]:
    """Return the jobs that a printer's agent has begun and not ended."""
    return sorted(job.job for job in state.jobs.values() if job.printer == printer and job.state in ON_ITS_WAY)


def job_of(state: State, name: str) -> Job:
    """Return a print job of today; Refused where there is none."""
    job = state.jobs.get(name)
    if job is None:
        raise Refused("job_not_found", job=name)
    return job


def automatic(state: State, job: Job, now: Moment) -> list[ev.Event]:
    """Return the one copy that the hub asks for itself: of a ticket just taken, and at most once."""
    ticket = state.tickets[job.number]
    tried = any(earlier.by == HUB for earlier in state.jobs_of(job.number))
    if tried or ticket.noted or ticket.state not in OPEN or now.ms - ticket.issued_ms > AUTOMATIC_MS:
        return []
    return [once_more(state, job.number, job.content, job.printer, "auto", HUB)]


def once_more(state: State, number: str, content: dict[str, Any], printer: str, why: str, by: str) -> ev.PrintQueued:
    """Return the next print job of a ticket, marked as a copy where an earlier one may have given paper."""
    jobs = state.jobs_of(number)
    copy = sum(job.attempt > 0 for job in jobs)
    return ev.PrintQueued(f"{number}-{len(jobs)}", number, copy, printer, content, why, by)


def reprint(state: State, command: Reprint, _: Moment) -> list[ev.Event]:
    """Queue one more paper of a ticket; a job that still waits elsewhere is taken from there and stays unmarked."""
    ticket = ticket_of(state, command.number)
    if ticket.state not in (*OPEN, "missed"):
        raise Refused("ticket_ended", number=ticket.number)
    newest = state.jobs.get(ticket.job or "")
    if newest and newest.state in ON_ITS_WAY:
        raise Refused("paper_on_its_way", number=ticket.number)
    if command.staff:
        check_reason(command.reason)
    else:
        check_visitor(state, ticket, newest)
    content = newest.content if newest else content_of(hall_of(state), ticket, ticket.issued_ms, None)
    printer = printer_for(state, command.printer, newest.printer if newest else None)
    queued = once_more(state, ticket.number, content, printer, command.reason.strip() or "kiosk", command.by)
    moved = [ev.PrintCancelled(newest.job, "moved")] if newest and newest.state == "queued" else []
    return [*moved, queued]


def check_visitor(state: State, ticket: Ticket, newest: Job | None) -> None:
    """Refuse a visitor's wish for a paper that is out, and the wish of one who asks again and again."""
    if newest is not None and newest.state in OUT:
        raise Refused("paper_is_out", number=ticket.number)
    if len(state.jobs_of(ticket.number)) >= VISITORS_TRIES:
        raise Refused("paper_ask_staff", number=ticket.number)


def printer_for(state: State, wanted: str | None, usual: str | None) -> str:
    """Return the printer for a paper: the one that is wanted, else the usual one or the first that is ready."""
    known = hall_of(state).printer_by_id
    if wanted is not None:
        if wanted not in known:
            raise Refused("printer_not_found", printer=wanted)
        return wanted
    for printer in (usual, *known):
        if printer is not None and printer in known and state.printers.get(printer) in READY:
            return printer
    raise Refused("no_printer_ready")


def settle_paper(state: State, command: SettlePaper, _: Moment) -> list[ev.Event]:
    """Record what a visitor or a clerk says of a paper that the printer has not proved."""
    ticket = ticket_of(state, command.number)
    job = state.jobs.get(ticket.job or "")
    if command.word == "noted":
        return noted(ticket, job, command.by)
    if job is None or job.state != "uncertain":
        raise Refused("paper_known", number=ticket.number)
    return [ev.PrintResolved(job.job, command.word == "out", command.by)]


def noted(ticket: Ticket, job: Job | None, by: str) -> list[ev.Event]:
    """Return the end of a job that has not begun; for one that has, that nobody waits for it."""
    if job is not None and job.state == "queued":
        return [ev.PrintCancelled(job.job, "noted")]
    known = ticket.noted or (job is not None and job.state in OUT)
    return [] if known else [ev.PaperNoted(ticket.number, by)]


def is_stale(state: State, job: Job, now_ms: Milliseconds) -> bool:
    """Tell whether a job has waited so long that its visitor has gone on without the paper."""
    return now_ms - job.queued_ms > hall_of(state).policy.paper_expires_seconds * 1000


def stale_papers(state: State, now: Moment) -> list[ev.Event]:
    """Return the end of all print jobs that nobody waits for any more: after a new roll they must not burst out."""
    jobs = (state.jobs[name] for name in state.queued)
    stale = sorted((job for job in jobs if is_stale(state, job, now.ms)), key=lambda job: (job.queued_ms, job.job))
    return [ev.PrintExpired(job.job) for job in stale]


def report_printer(state: State, command: ReportPrinter, _: Moment) -> list[ev.Event]:
    """Record a printer's state where it is another than before."""
    known_printer(state, command.printer)
    if state.printers.get(command.printer) == command.status:
        return []
    return [ev.PrinterChanged(command.printer, command.status)]


def change_roll(state: State, command: ChangeRoll, _: Moment) -> list[ev.Event]:
    """Count a printer's paper anew."""
    known_printer(state, command.printer)
    return [ev.RollChanged(command.printer, command.by)]


def known_printer(state: State, printer: str) -> None:
    """Refuse a printer that the hall does not have."""
    if printer not in hall_of(state).printer_by_id:
        raise Refused("printer_not_found", printer=printer)


def tickets_left(state: State, printer: str) -> int | None:
    """Return about how many tickets the roll in a printer is good for, in tens; None where none came of it yet."""
    roll = state.rolls.get(printer)
    if roll is None or not roll.papers:
        return None
    left_mm = hall_of(state).printer_by_id[printer].roll_m * 1000 - roll.used_mm
    return max(0, left_mm * roll.papers // roll.used_mm // 10 * 10)
