"""Which screen follows which: a visitor's way through the kiosk as pure rules. Times are monotonic seconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from config.hall import Hall
from hub.client.mirror import Mirror
from hub.client.views import JobView, PrinterView, ServiceView

IDLE_S = 30.0
RING_S = 20.0
TICKET_S = 10.0
PAPER_PATIENCE_S = 8.0
READY_PRINTERS = ("ONLINE", "PAPER_LOW")
OUT = ("done", "assumed", "confirmed")
LOST = ("failed", "uncertain", "expired", "cancelled")
"""States in which a job gives no paper any more, as far as anybody knows."""


class Screen(StrEnum):
    """What the kiosk shows."""

    WAIT = "wait"
    AGENCIES = "agencies"
    SERVICES = "services"
    PRIORITY = "priority"
    PRINTING = "printing"
    TICKET = "ticket"
    PAPER = "paper"
    REFUSED = "refused"
    CLOSED = "closed"
    STILL = "still"
    AWAY = "away"


ASKING = (Screen.SERVICES, Screen.PRIORITY, Screen.REFUSED)
"""Screens that ask whether somebody is still there before they start anew."""
OPENING = (Screen.WAIT, Screen.AGENCIES, Screen.CLOSED)
NUMBERED = (Screen.TICKET, Screen.PAPER)


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence shown on the next screen: a key of words and the number it speaks of."""

    key: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where a visitor is, and what was chosen so far.

    `touched` is the last touch, `issued` when the number came, `printed` when its paper did; `words` are a refusal's
    sentences by language; `elsewhere` is another kiosk at which the paper was asked for; `behind` is the screen that
    STILL and PRIORITY return to.
    """

    screen: Screen = Screen.WAIT
    first_language: str = "id"
    language: str = "id"
    priority: bool = False
    lowered: bool = False
    agency: str | None = None
    service: str | None = None
    number: str | None = None
    elsewhere: str | None = None
    ahead: int | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    notice: Notice | None = None
    cancelling: bool = False
    behind: Screen = Screen.AGENCIES
    touched: float = 0.0
    issued: float = 0.0
    printed: float | None = None

    @property
    def ticket_class(self) -> str:
        """The class that a number is asked for."""
        return "priority" if self.priority else "normal"


def opening(mirror: Mirror) -> tuple[Screen, str | None]:
    """Return the first screen and its agency: with a single agency its services, nothing to choose where all refuse."""
    hall = mirror.hall
    if hall is None:
        return Screen.WAIT, None
    if all_refused(mirror.services):
        return Screen.CLOSED, None
    if len(hall.agencies) == 1:
        return Screen.SERVICES, hall.agencies[0].id
    return Screen.AGENCIES, None


def all_refused(services: Mapping[str, ServiceView]) -> bool:
    """Tell whether no service gives a number now."""
    return bool(services) and all(view["refusal"] for view in services.values())


def home(visit: Visit, mirror: Mirror, now: float, notice: Notice | None = None) -> Visit:
    """Start anew for the next visitor."""
    screen, agency = opening(mirror)
    language = visit.first_language
    return Visit(screen=screen, agency=agency, first_language=language, language=language, notice=notice, touched=now)


def back(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Go one step back; language, priority and height stay."""
    if visit.screen is Screen.PRIORITY:
        return replace(visit, screen=visit.behind, touched=now)
    screen, agency = opening(mirror)
    return replace(visit, screen=screen, agency=agency, service=None, words={}, notice=None, touched=now)


def choose_agency(visit: Visit, hall: Hall, agency: str, now: float) -> Visit:
    """Show an agency's services; where it has only one, choose that."""
    services = next(a for a in hall.agencies if a.id == agency).services
    chosen = replace(visit, screen=Screen.SERVICES, agency=agency, notice=None, touched=now)
    return choose_service(chosen, services[0].id, now) if len(services) == 1 else chosen


def choose_service(visit: Visit, service: str, now: float) -> Visit:
    """Ask for a number: the window sends the command when it sees PRINTING."""
    return replace(visit, screen=Screen.PRINTING, service=service, notice=None, touched=now)


def ask_priority(visit: Visit, now: float) -> Visit:
    """Ask gently for priority, or take it back where it was chosen."""
    if visit.priority:
        return replace(visit, priority=False, notice=None, touched=now)
    return replace(visit, screen=Screen.PRIORITY, behind=visit.screen, touched=now)


def answer_priority(visit: Visit, now: float, *, belongs: bool) -> Visit:
    """Go on with or without priority; which group it is stays with the visitor."""
    notice = Notice("kiosk.priority_thanks") if belongs else None
    return replace(visit, screen=visit.behind, priority=belongs, notice=notice, touched=now)


def change_language(visit: Visit, languages: tuple[str, ...], now: float) -> Visit:
    """Speak the next of the hall's languages."""
    place = languages.index(visit.language) if visit.language in languages else -1
    return replace(visit, language=languages[(place + 1) % len(languages)], touched=now)


def change_height(visit: Visit, now: float) -> Visit:
    """Move everything down into reach, or up again."""
    return replace(visit, lowered=not visit.lowered, touched=now)


def issued(visit: Visit, answer: Mapping[str, Any], now: float) -> Visit:
    """Show the number that the hub gave; without a print job it must be written down."""
    ticket = answer["ticket"]
    screen = Screen.TICKET if answer.get("job") else Screen.PAPER
    return replace(
        visit,
        screen=screen,
        service=ticket["service"],
        number=ticket["number"],
        ahead=ticket["ahead"],
        issued=now,
    )


def sent_elsewhere(visit: Visit, kiosk: str, now: float) -> Visit:
    """Show that the paper comes out at another kiosk."""
    return replace(visit, screen=Screen.TICKET, elsewhere=kiosk, words={}, issued=now)


def refused(visit: Visit, words: Mapping[str, str], now: float) -> Visit:
    """Show why there is no number, or on a ticket's screen why it stays."""
    if visit.screen in NUMBERED:
        return replace(visit, words=dict(words), cancelling=False, touched=now)
    return replace(visit, screen=Screen.REFUSED, words=dict(words), touched=now)


def still_here(visit: Visit, now: float) -> Visit:
    """Go on where the visitor was."""
    return replace(visit, screen=visit.behind, touched=now)


def hub_away(visit: Visit) -> Visit:
    """Send people to the staff, but keep a number on the screen, and wait for a number that was asked for."""
    kept = (*NUMBERED, Screen.PRINTING)
    return visit if visit.screen in kept else replace(visit, screen=Screen.AWAY)


def heard(visit: Visit, mirror: Mirror, kiosk: str, now: float) -> Visit:
    """Follow what the hub told: a snapshot after an absence, paper that came or did not, services that opened."""
    if visit.screen is Screen.AWAY or visit.screen in OPENING:
        screen, agency = opening(mirror)
        fresh = visit.screen is Screen.AWAY
        return home(visit, mirror, now) if fresh else replace(visit, screen=screen, agency=agency)
    if visit.screen in NUMBERED:
        return follow_paper(visit, mirror, kiosk, now)
    return visit


def follow_paper(visit: Visit, mirror: Mirror, kiosk: str, now: float) -> Visit:
    """Follow a number's paper; a number that was cancelled is said to be, and the next visitor may start."""
    ticket, job = mirror.tickets.get(visit.number or ""), newest_job(mirror, visit)
    if ticket is not None and ticket["state"] == "cancelled":
        return home(visit, mirror, now, Notice("kiosk.cancelled", visit.number or ""))
    visit = replace(visit, ahead=ticket["ahead"] if ticket else visit.ahead)
    # A snapshot after an absence tells no finished jobs: the ticket's own word counts too.
    came_out = ticket is not None and ticket["paper"] == "printed"
    if came_out or (job is not None and job["state"] in OUT):
        return replace(visit, screen=Screen.TICKET, printed=visit.printed or now)
    if paper_missing(job, printer_of(mirror, visit.elsewhere or kiosk)):
        return replace(visit, screen=Screen.PAPER)
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
    return printer is not None and printer["status"] not in READY_PRINTERS


def paper_missing(job: JobView | None, printer: PrinterView | None) -> bool:
    """Tell whether a job came to nothing, or its printer cannot print it."""
    return (job is not None and job["state"] in LOST) or printer_broken(printer)


def other_printer(visit: Visit, mirror: Mirror, kiosk: str) -> PrinterView | None:
    """Return a printer of another kiosk that could print this number's paper, where none is on its way or out."""
    job = newest_job(mirror, visit)
    if visit.screen is not Screen.PAPER or (job is not None and job["state"] not in ("queued", *LOST)):
        return None
    tried = (kiosk, visit.elsewhere)
    ready = (view for view in mirror.printers.values() if view["status"] in READY_PRINTERS)
    return next((view for view in ready if view["kiosk"] not in tried), None)


def is_doubtful(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether nobody knows if the paper is out: the visitor does."""
    job = newest_job(mirror, visit)
    return visit.screen is Screen.PAPER and job is not None and job["state"] == "uncertain"


def may_cancel(visit: Visit, job: JobView | None) -> bool:
    """Tell whether a visitor may still undo: until printing has begun."""
    if visit.number is None or visit.printed is not None or visit.cancelling:
        return False
    return job is None or job["state"] == "queued"


def ticket_keys(visit: Visit, mirror: Mirror, kiosk: str) -> tuple[str, ...]:
    """Return the names of the keys on a number's screen."""
    if visit.screen is Screen.PAPER:
        seen = ("seen",) * is_doubtful(visit, mirror)
        return (*seen, *("elsewhere",) * (other_printer(visit, mirror, kiosk) is not None), "noted")
    cancel = ("cancel",) * may_cancel(visit, newest_job(mirror, visit))
    return (*cancel, *("done",) * (visit.printed is not None))


def tick(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Let time pass: paper that stays away, a ticket long enough on the screen, a visitor who has left."""
    if visit.screen is Screen.TICKET:
        return tick_ticket(visit, mirror, now)
    quiet = now - visit.touched
    if visit.screen in ASKING and quiet >= IDLE_S and not at_home(visit, mirror):
        return replace(visit, screen=Screen.STILL, behind=visit.screen)
    if quiet >= IDLE_S + RING_S and (visit.screen is Screen.STILL or changed(visit)):
        return home(visit, mirror, now)
    return visit


def tick_ticket(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Leave a printed ticket after a while; call silence of the printer what it is: no paper."""
    if visit.printed is None:
        return replace(visit, screen=Screen.PAPER) if now - visit.issued >= PAPER_PATIENCE_S else visit
    return home(visit, mirror, now) if now - visit.printed >= TICKET_S else visit


def at_home(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether a visit stands on the first screen with nothing chosen."""
    return visit.screen is opening(mirror)[0] and not visit.priority and visit.language == visit.first_language


def changed(visit: Visit) -> bool:
    """Tell whether the first screen looks other than the next visitor should find it."""
    chosen = visit.priority or visit.lowered or visit.notice is not None or visit.language != visit.first_language
    return visit.screen in (Screen.AGENCIES, Screen.SERVICES, Screen.CLOSED) and chosen


def left(visit: Visit, now: float) -> float:
    """Return how much of the time on this screen is left, 1 to 0; 1 where no time runs."""
    if visit.screen is Screen.TICKET and visit.printed is not None:
        return 1 - min(1.0, (now - visit.printed) / TICKET_S)
    if visit.screen is Screen.STILL:
        return 1 - min(1.0, max(0.0, now - visit.touched - IDLE_S) / RING_S)
    return 1.0
