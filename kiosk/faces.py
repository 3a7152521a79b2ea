"""What each screen says: texts and tiles made from a visit and from what the hub told. No Qt."""

from dataclasses import dataclass

from babel.lists import format_list

from config.hall import Agency, Hall, Zone
from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.paper import newest_job, printer_broken, printer_of
from kiosk.reasons import in_language
from kiosk.tiles import found_services, full_name
from kiosk.visit import CHOOSING, NUMBERED, OPENING, Screen, Visit

TWO = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """The texts of the band: what this screen is about."""

    title: str
    subtitle: str = ""


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
    label: str


def heading(visit: Visit, mirror: Mirror, words: Words) -> Heading:
    """Return the texts of a screen's band."""
    hall = mirror.hall
    if hall is None:
        return Heading(words.say("kiosk.wait"))
    if visit.screen is Screen.SERVICES and visit.agency:
        return agency_heading(hall.agency_by_id[visit.agency], words)
    if visit.screen is Screen.BRING and visit.service:
        return Heading(hall.services[visit.service].name(words.language), words.say("kiosk.requirements"))
    if visit.screen is Screen.AGENCIES:
        return first_heading(visit, hall, words)
    if visit.screen is Screen.SEARCH:
        return search_heading(visit, mirror, words)
    if visit.screen in NUMBERED:
        return number_heading(visit, mirror, words)
    title, subtitle = HEADINGS[visit.screen]
    return Heading(words.say(title), words.say(subtitle) if subtitle else "")


HEADINGS = {
    Screen.ATTRACT: ("kiosk.touch_to_start", ""),
    Screen.PRIORITY: ("kiosk.priority_question", "kiosk.priority_hint"),
    Screen.PRINTING: ("kiosk.wait", ""),
    Screen.REFUSED: ("kiosk.sorry", ""),
    Screen.HELP: ("kiosk.help_title", ""),
    Screen.CLOSED: ("kiosk.closed_title", ""),
    Screen.STILL: ("kiosk.still_title", ""),
    Screen.AWAY: ("kiosk.ask_staff", ""),
    Screen.WAIT: ("kiosk.wait", ""),
    Screen.CODE: ("kiosk.code_title", "kiosk.code_hint"),
    Screen.TECHNICIAN: ("kiosk.technician_title", ""),
}


def first_heading(visit: Visit, hall: Hall, words: Words) -> Heading:
    """Return the texts of the first screen: a welcome, or what else is needed by who has a number already."""
    if visit.numbers:
        return Heading(words.say("kiosk.anything_else"), numbers_line(visit, words))
    welcome = words.say("kiosk.welcome", hall=hall.hall.short.replace(" ", "\N{NO-BREAK SPACE}"))
    return Heading(welcome, words.say("kiosk.choose_agency"))


def agency_heading(agency: Agency, words: Words) -> Heading:
    """Return the texts above an agency's services."""
    return Heading(full_name(agency, words) or agency.name, words.say("kiosk.choose_service"))


def search_heading(visit: Visit, mirror: Mirror, words: Words) -> Heading:
    """Return what is searched for, and what was found."""
    if not visit.query:
        return Heading(words.say("kiosk.search_title"), words.say("kiosk.search"))
    found = found_services(visit, mirror, words)
    told = words.say("kiosk.search_found", count=len(found)) if found else words.say("kiosk.search_none")
    return Heading(visit.query.upper() + CURSOR, told)


CURSOR = "\N{LEFT ONE EIGHTH BLOCK}"


def numbers_line(visit: Visit, words: Words) -> str:
    """Return all numbers of a visit: "Nomor Anda: A001 dan B014"."""
    return words.say("kiosk.your_numbers", numbers=format_list(visit.numbers, locale=words.language))


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


def zone_name(zone: Zone, language: str) -> str:
    """Return a zone's name in a language."""
    return (zone.name_en if language == "en" else "") or zone.name_id


def counters_line(words: Words, numbers: list[int]) -> str:
    """Return the counters that a number may be called to: "Loket 1, 2, atau 3"."""
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
        label=words.say("kiosk.your_number") if len(visit.numbers) < TWO else numbers_line(visit, words),
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
    if visit.notice is not None and visit.screen in (*OPENING, *CHOOSING, Screen.BRING):
        return words.say(visit.notice.key, number=visit.notice.number), "good"
    if visit.screen in (*CHOOSING, Screen.BRING) and printer_broken(printer_of(mirror, kiosk)):
        return words.say("kiosk.printer_note"), "call"
    return "", "good"


def message(visit: Visit, mirror: Mirror, words: Words) -> tuple[str, str]:
    """Return icon and sentence of a screen that only speaks."""
    if visit.screen is Screen.REFUSED:
        return "info-circle", in_language(visit.words, words.language) or words.say("kiosk.help")
    if visit.screen is Screen.CLOSED:
        return "lock", closed_words(mirror, words)
    if visit.screen is Screen.HELP:
        return "user-heart", words.say(f"kiosk.help_{visit.help}")
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
