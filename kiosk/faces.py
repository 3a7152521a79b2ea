"""What each screen says: texts and tiles made from a visit and from what the hub told. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from babel.lists import format_list

from config.hall import Agency, Hall, Service, Zone
from config.wording import Words
from hub.client.mirror import Mirror
from hub.client.views import ServiceView
from kiosk.flow import NUMBERED, OPENING, Screen, Visit, newest_job, printer_broken, printer_of
from kiosk.reasons import in_language, why
from ui.agency_icons import agency_icon
from ui.faces import TileFace

PRIORITY_GROUPS = {
    "elderly": "old",
    "disability": "wheelchair",
    "pregnant": "heart",
    "child": "baby-carriage",
}
Tiles = tuple[tuple[str, TileFace], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The texts of the band: what this screen is about; `icon` and `colour` mark an agency."""

    title: str
    subtitle: str = ""
    icon: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class TicketFace:
    """What the screen of a number says; `state` is that of `paper_state`, `told` why it stays."""

    number: str
    agency: str
    service: str
    zone: str
    counters: str
    ahead: str
    colour: str
    priority: str
    state: str
    told: str


def heading(visit: Visit, mirror: Mirror, words: Words) -> Heading:
    """Return the texts of a screen's band."""
    hall = mirror.hall
    if hall is None:
        return Heading(words.say("kiosk.wait"))
    if visit.screen is Screen.SERVICES and visit.agency:
        agency = agency_named(hall, visit.agency)
        zone = hall.zone_by_id[agency.zone]
        return Heading(
            full_name(agency, words) or agency.name,
            words.say("kiosk.choose_service"),
            agency_icon(agency.id),
            zone.color,
        )
    if visit.screen is Screen.AGENCIES:
        welcome = words.say("kiosk.welcome", hall=hall.hall.short.replace(" ", "\N{NO-BREAK SPACE}"))
        return Heading(welcome, words.say("kiosk.choose_agency"))
    if visit.screen in NUMBERED:
        return number_heading(visit, mirror, words)
    title, subtitle = HEADINGS[visit.screen]
    return Heading(words.say(title), words.say(subtitle) if subtitle else "")


HEADINGS = {
    Screen.PRIORITY: ("kiosk.priority_question", "kiosk.priority_hint"),
    Screen.PRINTING: ("kiosk.wait", ""),
    Screen.REFUSED: ("kiosk.sorry", ""),
    Screen.CLOSED: ("kiosk.closed_title", ""),
    Screen.STILL: ("kiosk.still_title", ""),
    Screen.AWAY: ("kiosk.ask_staff", ""),
    Screen.WAIT: ("kiosk.wait", ""),
}


def number_heading(visit: Visit, mirror: Mirror, words: Words) -> Heading:
    """Return the texts above a number: what is known of its paper, and what to do."""
    state = paper_state(visit, mirror)
    told = words.say(f"kiosk.paper_{state}")
    if state == "missing":
        return Heading(words.say("kiosk.note_number"), told)
    if visit.elsewhere is not None:
        return Heading(words.say("kiosk.paper_elsewhere"), place_of(visit.elsewhere, mirror))
    return Heading(told, words.say("kiosk.thanks") if state == "printed" else "")


def place_of(kiosk: str, mirror: Mirror) -> str:
    """Return where a kiosk stands, its id where the hall file does not say."""
    found = mirror.hall.kiosk_by_id.get(kiosk) if mirror.hall is not None else None
    return (found.place if found is not None else "") or kiosk


def tiles(visit: Visit, mirror: Mirror, words: Words, today: date) -> Tiles:
    """Return the tiles of a screen, each with its object name; none where a screen has no tiles."""
    hall = mirror.hall
    if hall is None:
        return ()
    if visit.screen is Screen.AGENCIES:
        return tuple((f"agency:{agency.id}", agency_face(agency, mirror, words, today)) for agency in hall.agencies)
    if visit.screen is Screen.SERVICES and visit.agency:
        agency = agency_named(hall, visit.agency)
        return tuple(service_faces(agency, mirror, words, today))
    if visit.screen is Screen.PRIORITY:
        return tuple(priority_faces(words))
    return ()


def agency_face(agency: Agency, mirror: Mirror, words: Words, today: date) -> TileFace:
    """Return an agency's tile; grey with the reason where none of its services gives a number."""
    hall = mirror.hall
    assert hall is not None
    views = [mirror.services[service.id] for service in agency.services if service.id in mirror.services]
    refusals = [view for view in views if view["refusal"]]
    shut = bool(views) and len(refusals) == len(views)
    waiting = sum(view["waiting"] for view in views)
    reason = why(words, refusals[0], hall, agency, today) if shut else ()
    named = full_name(agency, words) or words.say("kiosk.services", count=len(agency.services))
    return TileFace(
        title=agency.short or agency.name,
        subtitle=reason[1] if len(reason) > 1 else named,
        detail=". ".join(reason) or people(words, waiting),
        brief=reason[0] if reason else "",
        detail_icon="clock" if shut else "users",
        letter=agency.letter,
        icon=agency_icon(agency.id),
        colour=hall.zone_by_id[agency.zone].color,
        open=not shut,
    )


def service_faces(agency: Agency, mirror: Mirror, words: Words, today: date) -> Iterator[tuple[str, TileFace]]:
    """Yield an agency's service tiles."""
    hall = mirror.hall
    assert hall is not None
    for service in agency.services:
        view = mirror.services.get(service.id)
        yield f"service:{service.id}", service_face(service, view, hall, words, today)


def service_face(service: Service, view: ServiceView | None, hall: Hall, words: Words, today: date) -> TileFace:
    """Return a service's tile; grey with the reason where it gives no number."""
    agency = hall.agency_of[service.id]
    shut = view is not None and bool(view["refusal"])
    waiting = view["waiting"] if view is not None else 0
    reason = ". ".join(why(words, view, hall, agency, today)) if view is not None and shut else ""
    return TileFace(
        title=service.name(words.language),
        detail=reason or people(words, waiting),
        detail_icon="clock" if shut else "users",
        mark="ticket" if not shut else "",
        colour=hall.zone_by_id[agency.zone].color,
        open=not shut,
    )


def priority_faces(words: Words) -> Iterator[tuple[str, TileFace]]:
    """Yield the groups that are served first, and the plain queue."""
    for group, icon in PRIORITY_GROUPS.items():
        yield f"priority:{group}", TileFace(words.say(f"kiosk.priority_{group}"), icon=icon)
    yield "priority:none", TileFace(words.say("kiosk.priority_none"), icon="arrow-right", colour="#43556E")


def full_name(agency: Agency, words: Words) -> str:
    """Return an agency's whole name, nothing where it is the short one."""
    whole = (agency.name_en if words.language == "en" else "") or agency.name
    return "" if whole == agency.short else whole


def people(words: Words, waiting: int) -> str:
    """Return how many people wait."""
    return words.say("kiosk.waiting", count=waiting) if waiting else words.say("kiosk.waiting_none")


def agency_named(hall: Hall, agency: str) -> Agency:
    """Return an agency by its id."""
    return next(found for found in hall.agencies if found.id == agency)


def zone_name(zone: Zone, language: str) -> str:
    """Return a zone's name in a language."""
    return (zone.name_en if language == "en" else "") or zone.name_id


def counters_line(words: Words, numbers: list[int]) -> str:
    """Return the counters that a number may be called to: "Loket 1, 2, dan 3"."""
    if not numbers:
        return ""
    named = format_list([str(number) for number in numbers], style="or", locale=words.language)
    return words.say("kiosk.counters_one" if len(numbers) == 1 else "kiosk.counters_many", counters=named)


def ticket_face(visit: Visit, mirror: Mirror, words: Words) -> TicketFace | None:
    """Return what the screen of a number says; None before there is one."""
    hall = mirror.hall
    if hall is None or visit.number is None or visit.service is None:
        return None
    agency, service = hall.agency_of[visit.service], hall.services[visit.service]
    zone = hall.zone_by_id[agency.zone]
    state = paper_state(visit, mirror)
    return TicketFace(
        number=visit.number,
        agency=agency.short or agency.name,
        service=service.name(words.language),
        zone=zone_name(zone, words.language),
        counters=counters_line(words, sorted(counter.number for counter in hall.counters_of[service.id])),
        ahead=words.say("kiosk.ahead", ahead=visit.ahead) if visit.ahead else words.say("kiosk.ahead_none"),
        colour=zone.color,
        priority=words.say("kiosk.priority") if visit.priority else "",
        state=state,
        told=in_language(visit.words, words.language),
    )


def paper_state(visit: Visit, mirror: Mirror) -> str:
    """Return what is known of a number's paper: "printed", "sending", "coming" or "missing"."""
    if visit.screen is Screen.PAPER:
        return "missing"
    if visit.printed is not None:
        return "printed"
    job = newest_job(mirror, visit)
    return "sending" if job is not None and job["state"] in ("sending", "waiting") else "coming"


def notice(visit: Visit, mirror: Mirror, words: Words, kiosk: str) -> tuple[str, str]:
    """Return a sentence for the strip and its tone: what the last step did, or that there is no paper."""
    if visit.notice is not None and visit.screen in (*OPENING, Screen.SERVICES):
        return words.say(visit.notice.key, number=visit.notice.number), "good"
    if visit.screen in (Screen.AGENCIES, Screen.SERVICES) and printer_broken(printer_of(mirror, kiosk)):
        return words.say("kiosk.printer_note"), "call"
    return "", "good"


def message(visit: Visit, mirror: Mirror, words: Words) -> tuple[str, str]:
    """Return icon and sentence of a screen that only speaks."""
    if visit.screen is Screen.REFUSED:
        return "info-circle", in_language(visit.words, words.language) or words.say("kiosk.help")
    if visit.screen is Screen.CLOSED:
        return "lock", closed_words(mirror, words)
    return {
        Screen.PRINTING: ("printer", words.say("kiosk.printing")),
        Screen.STILL: ("hand-finger", words.say("kiosk.still_there")),
        Screen.AWAY: ("user-question", words.say("kiosk.hub_lost")),
    }.get(visit.screen, ("clock", ""))


def closed_words(mirror: Mirror, words: Words) -> str:
    """Return the hub's words where nothing can be had: those that most services give."""
    told = [in_language(view.get("words", {}), words.language) for view in mirror.services.values()]
    told = [sentence for sentence in told if sentence]
    return max(told, key=told.count) if told else words.say("kiosk.why_other")
