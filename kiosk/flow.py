"""Which screen follows which: a visitor's way through the kiosk as pure rules. Times are monotonic seconds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hub.client.mirror import Mirror
from hub.client.views import ServiceView
from kiosk.paper import PAPER_PATIENCE_S, follow_paper
from kiosk.visit import ASKING, CHOOSING, NUMBERED, OPENING, SERVING, Notice, Screen, Visit

IDLE_S = 30.0
RING_S = 20.0
TICKET_S = 10.0
ATTRACT_S = 60.0
LISTENING = 3
"""How much longer a screen stays that is read aloud."""
HELP_S = 60.0
"""How long a screen says that somebody comes."""
SERVICE_S = 120.0
"""How long the technician's screens stay without a touch."""


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


def first_screen(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Go to the first screen in the same visit: what makes it legible, its priority and its numbers stay."""
    screen, agency = opening(mirror)
    kept = replace(visit, screen=screen, agency=agency, touched=now)
    return replace(kept, service=None, number=None, words={}, notice=None, help=None, query="", typed="", behind=())


def back(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Go one step back; language, priority and height stay."""
    if not visit.behind:
        return first_screen(visit, mirror, now)
    *behind, screen = visit.behind
    stepped = replace(visit, screen=screen, behind=tuple(behind), touched=now)
    return replace(stepped, service=None if screen in CHOOSING else visit.service, notice=None, help=None, typed="")


def choose_agency(visit: Visit, mirror: Mirror, agency: str, now: float) -> Visit:
    """Show an agency's services; where it has only one, choose that."""
    assert mirror.hall is not None
    services = mirror.hall.agency_by_id[agency].services
    chosen = replace(visit, agency=agency, notice=None, touched=now)
    if len(services) == 1:
        return choose_service(chosen, mirror, services[0].id, now)
    return chosen.onto(Screen.SERVICES, now)


def choose_service(visit: Visit, mirror: Mirror, service: str, now: float) -> Visit:
    """Say what to bring where there is something; else, or where no number is given, ask for one at once."""
    assert mirror.hall is not None
    agency, view = mirror.hall.agency_of[service], mirror.services.get(service)
    chosen = replace(visit, agency=agency.id, service=service)
    refused = view is not None and view["refusal"]
    if mirror.hall.services[service].requirements and not refused:
        return chosen.onto(Screen.BRING, now)
    return take(chosen, now)


def take(visit: Visit, now: float) -> Visit:
    """Ask for a number: the window sends the command when it sees PRINTING."""
    return replace(visit, screen=Screen.PRINTING, behind=(), notice=None, typed="", touched=now)


def another(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Look for one more service in the same visit, which gets a number and a paper of its own."""
    return replace(first_screen(visit, mirror, now), printed=None, elsewhere=None, ahead=None)


def ask_priority(visit: Visit, now: float) -> Visit:
    """Ask gently for priority, or take it back where it was chosen."""
    if visit.priority:
        return replace(visit, priority=False, notice=None, touched=now)
    return visit.onto(Screen.PRIORITY, now)


def answer_priority(visit: Visit, mirror: Mirror, now: float, *, belongs: bool) -> Visit:
    """Go on with or without priority; which group it is stays with the visitor."""
    notice = Notice("kiosk.priority_thanks") if belongs else None
    return replace(back(visit, mirror, now), priority=belongs, notice=notice)


def change_language(visit: Visit, languages: tuple[str, ...], now: float) -> Visit:
    """Speak the next of the hall's languages."""
    return replace(visit, language=next_language(visit, languages), touched=now)


def next_language(visit: Visit, languages: tuple[str, ...]) -> str:
    """Return the language that follows a visit's, the first one after the last."""
    place = languages.index(visit.language) if visit.language in languages else -1
    return languages[(place + 1) % len(languages)]


def issued(visit: Visit, answer: Mapping[str, Any], now: float) -> Visit:
    """Show the number that the hub gave; without a print job it must be written down."""
    ticket = answer["ticket"]
    screen = Screen.TICKET if answer.get("job") else Screen.PAPER
    return replace(
        visit,
        screen=screen,
        service=ticket["service"],
        number=ticket["number"],
        numbers=(*visit.numbers, ticket["number"]),
        ahead=ticket["ahead"],
        issued=now,
    )


def sent_elsewhere(visit: Visit, kiosk: str, now: float) -> Visit:
    """Show that the paper comes out at another kiosk."""
    return replace(visit, screen=Screen.TICKET, elsewhere=kiosk, words={}, cancelling=False, issued=now)


def refused(visit: Visit, words: Mapping[str, str], now: float) -> Visit:
    """Show why there is no number, or on a ticket's screen why it stays."""
    if visit.screen in NUMBERED:
        return replace(visit, words=dict(words), cancelling=False, touched=now)
    return replace(visit, screen=Screen.REFUSED, words=dict(words), touched=now)


def somebody_comes(visit: Visit, kind: str, now: float) -> Visit:
    """Say that "staff" come to help, or that somebody comes to fetch a visitor ("pickup")."""
    return replace(visit.onto(Screen.HELP, now), help=kind)


def still_here(visit: Visit, now: float) -> Visit:
    """Go on where the visitor was."""
    *behind, screen = visit.behind
    return replace(visit, screen=screen, behind=tuple(behind), touched=now)


def hub_away(visit: Visit) -> Visit:
    """Send people to the staff, but keep a number on the screen, and wait for a number that was asked for."""
    kept = (*NUMBERED, *SERVING, Screen.PRINTING)
    return visit if visit.screen in kept else replace(visit, screen=Screen.AWAY)


def heard(visit: Visit, mirror: Mirror, kiosk: str, now: float) -> Visit:
    """Follow what the hub told: a snapshot after an absence, paper that came or did not, services that opened."""
    if visit.screen is Screen.AWAY:
        # Whoever still stands there with a headset would hear nothing any more.
        return replace(home(visit, mirror, now), aloud=visit.aloud, numbered=visit.numbered)
    if is_outdated(visit, mirror):
        return home(visit, mirror, now)
    if visit.screen in OPENING:
        return reopened(visit, mirror, now)
    if visit.screen in NUMBERED:
        return follow_number(visit, mirror, kiosk, now)
    return visit


def is_outdated(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether a visit is about what is no more: a service of an older hall file, a number of an older day."""
    hall, moment = mirror.hall, mirror.moment()
    if hall is None or moment is None:
        return False
    gone = visit.agency is not None and all(agency.id != visit.agency for agency in hall.agencies)
    gone = gone or (visit.service is not None and visit.service not in hall.services)
    return gone or bool(visit.number and visit.day and visit.day != moment.date().isoformat())


def reopened(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Follow services that open and close while nobody has begun; what attracts goes on doing so."""
    screen, agency = opening(mirror)
    if visit.screen is Screen.ATTRACT and screen is not Screen.CLOSED:
        return visit
    touched = now if visit.screen is Screen.WAIT else visit.touched
    return replace(visit, screen=screen, agency=agency, touched=touched)


def follow_number(visit: Visit, mirror: Mirror, kiosk: str, now: float) -> Visit:
    """Follow a number's paper; a number that was cancelled is said to be, and the next visitor may start."""
    ticket = mirror.tickets.get(visit.number or "")
    if ticket is not None and ticket["state"] == "cancelled":
        return home(visit, mirror, now, Notice("kiosk.cancelled", visit.number or ""))
    return follow_paper(visit, mirror, kiosk, now)


def tick(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Let time pass: paper that stays away, a ticket long enough on the screen, a visitor who has left."""
    if visit.screen is Screen.TICKET:
        return tick_ticket(visit, mirror, now)
    quiet = quiet_s(visit, visit.touched, now)
    if asks(visit) and not at_home(visit, mirror):
        behind = (*visit.behind, visit.screen)
        return replace(visit, screen=Screen.STILL, behind=behind) if quiet >= IDLE_S else visit
    if quiet >= patience(visit):
        return home(visit, mirror, now)
    attracts = visit.screen is opening(mirror)[0] and visit.screen in CHOOSING and not changed(visit)
    return replace(visit, screen=Screen.ATTRACT) if attracts and quiet >= ATTRACT_S else visit


def tick_ticket(visit: Visit, mirror: Mirror, now: float) -> Visit:
    """Leave a printed ticket after a while; call silence of the printer what it is: no paper."""
    if visit.printed is None:
        return replace(visit, screen=Screen.PAPER) if now - visit.issued >= PAPER_PATIENCE_S else visit
    return home(visit, mirror, now) if quiet_s(visit, visit.printed, now) >= TICKET_S else visit


def quiet_s(visit: Visit, since: float, now: float) -> float:
    """Return the seconds since a moment; time runs slower for who must listen to the end."""
    listens = visit.aloud and visit.screen not in SERVING
    return (now - since) / (LISTENING if listens else 1)


def asks(visit: Visit) -> bool:
    """Tell whether a screen asks who is still there; the first one does where a visitor has a number already."""
    return visit.screen in ASKING or (visit.screen is Screen.AGENCIES and bool(visit.numbers))


def patience(visit: Visit) -> float:
    """Return after how many quiet seconds a screen is the next visitor's."""
    if visit.screen is Screen.HELP:
        return HELP_S
    if visit.screen in SERVING:
        return SERVICE_S
    ends = visit.screen is Screen.STILL or changed(visit)
    return IDLE_S + RING_S if ends else float("inf")


def at_home(visit: Visit, mirror: Mirror) -> bool:
    """Tell whether a visit stands on the first screen with nothing chosen."""
    fresh = not (visit.priority or visit.numbers) and visit.language == visit.first_language
    return visit.screen is opening(mirror)[0] and fresh


def changed(visit: Visit) -> bool:
    """Tell whether the first screen looks other than the next visitor should find it."""
    aided = visit.lowered or visit.large or visit.contrast or visit.aloud or visit.numbered
    seen = aided or visit.language != visit.first_language
    chosen = visit.priority or visit.notice is not None or bool(visit.numbers)
    return visit.screen in (Screen.AGENCIES, Screen.SERVICES, Screen.CLOSED) and (seen or chosen)


def left(visit: Visit, now: float) -> float:
    """Return how much of the time on this screen is left, 1 to 0; 1 where no time runs."""
    if visit.screen is Screen.TICKET and visit.printed is not None:
        return 1 - min(1.0, quiet_s(visit, visit.printed, now) / TICKET_S)
    if visit.screen is Screen.STILL:
        return 1 - min(1.0, max(0.0, quiet_s(visit, visit.touched, now) - IDLE_S) / RING_S)
    return 1.0
