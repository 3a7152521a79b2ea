"""What becomes of a number's paper, and what its visitor can do about it: pure rules."""

from dataclasses import replace

from hub.client.mirror import Mirror
from hub.client.views import OUT, READY, JobView, PrinterView
from kiosk.visit import Screen, Visit

PAPER_PATIENCE_S = 8.0
LOST = ("failed", "uncertain", "expired", "cancelled")
"""States in which a job gives no paper any more, as far as anybody knows."""


def follow_paper(visit: Visit, mirror: Mirror, kiosk: str, now: float) -> Visit:
    """Follow a number's paper as the hub tells it."""
    ticket, job = mirror.tickets.get(visit.number or ""), newest_job(mirror, visit)
    visit = replace(visit, ahead=ticket["ahead"] if ticket else visit.ahead)
    # A snapshot after an absence tells no finished jobs: the ticket's own word counts too.
    came_out = ticket is not None and ticket["paper"] == "printed"
    if came_out or (job is not None and job["state"] in OUT):
        return replace(visit, screen=Screen.TICKET, printed=visit.printed or now)
    if paper_missing(job, printer_of(mirror, visit.elsewhere or kiosk)):
        return replace(visit, screen=Screen.PAPER)
    if visit.elsewhere is not None and now - visit.issued < PAPER_PATIENCE_S:
        # What came first was still of the job that was moved.
        return replace(visit, screen=Screen.TICKET)
    return visit


def newest_job(mirror: Mirror, visit: Visit) -> JobView | None:
    """Return the newest print job of a visit's number: they are counted behind its dash."""
    jobs = (job for job in mirror.jobs.values() if job["number"] == visit.number)
    return max(jobs, key=lambda job: int(job["job"].rpartition("-")[2]), default=None)


def printer_of(mirror: Mirror, kiosk: str) -> PrinterView | None:
    """Return the printer that stands in a kiosk, as the hub knows it."""
    return next((view for view in mirror.printers.values() if view["kiosk"] == kiosk), None)


def printer_broken(printer: PrinterView | None) -> bool:
    """Tell whether a printer has said that it cannot print, or does not answer."""
    return printer is not None and printer["status"] not in READY


def paper_missing(job: JobView | None, printer: PrinterView | None) -> bool:
    """Tell whether a job came to nothing, or its printer cannot print it."""
    return (job is not None and job["state"] in LOST) or printer_broken(printer)


def other_printer(visit: Visit, mirror: Mirror, kiosk: str) -> PrinterView | None:
    """Return a printer of another kiosk that could print this number's paper, where none is on its way or out."""
    job = newest_job(mirror, visit)
    if visit.screen is not Screen.PAPER or (job is not None and job["state"] not in ("queued", *LOST)):
        return None
    tried = (kiosk, visit.elsewhere)
    ready = (view for view in mirror.printers.values() if view["status"] in READY)
    return next((view for view in ready if view["kiosk"] not in tried), None)


def is_doubtful(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether nobody knows if the paper is out: the visitor does."""
    ticket = mirror.tickets.get(visit.number or "")
    return visit.screen is Screen.PAPER and ticket is not None and ticket["paper"] == "uncertain"


def may_cancel(visit: Visit, job: JobView | None) -> bool:
    """Tell whether a visitor may still undo: until the first printing has begun."""
    if visit.number is None or visit.printed is not None or visit.cancelling:
        return False
    return job is None or (job["state"] == "queued" and job["copy"] == 0)


def may_take_another(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether a visitor whose paper is out may take a number for one more service."""
    limit = mirror.hall.policy.max_open_tickets_per_visitor if mirror.hall is not None else 0
    return visit.printed is not None and len(visit.numbers) < limit


def ticket_keys(visit: Visit, mirror: Mirror, kiosk: str) -> tuple[str, ...]:
    """Return the names of the keys on a number's screen."""
    if visit.screen is Screen.PAPER:
        seen = ("seen",) * is_doubtful(visit, mirror)
        return (*seen, *("elsewhere",) * (other_printer(visit, mirror, kiosk) is not None), "noted")
    cancel = ("cancel",) * may_cancel(visit, newest_job(mirror, visit))
    another = ("another",) * may_take_another(visit, mirror)
    return (*cancel, *another, *("done",) * (visit.printed is not None))
