"""What a clerk can choose at each step of a deed, and how it is asked. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from counter.course import (
    BOTH,
    CLASSES,
    MENU,
    NO_REMARK,
    OPEN_END,
    PAUSE_MINUTES,
    REASONS,
    REMARKS,
    Choice,
    Course,
    Scene,
)
from hub.client.views import READY, HelpView


def choices(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return what can be chosen now; nothing where a number is typed."""
    listed = CHOICES.get(course.step or "")
    found = listed(course, scene) if listed else () if course.deed else menu(scene)
    if not course.sought or course.step == "remark":
        return found
    everywhere = everything(scene) if course.step == "agency" else found
    return tuple(choice for choice in everywhere if course.sought in f"{choice.text} {choice.detail}".lower())


def title(course: Course, scene: Scene) -> str:
    """Return what the clerk is asked."""
    say = scene.words.say
    if course.sought and course.step != "remark":
        return say("staff.sought", text=course.sought)
    return say(f"staff.ask_{course.step}") if course.deed else say("staff.more_title")


def menu(scene: Scene) -> tuple[Choice, ...]:
    """Return all deeds, those that are not possible now with the reason."""
    say = scene.words.say
    held_now = any(ticket["state"] == "held" for ticket in scene.mirror.tickets.values())
    why: Mapping[str, str] = {
        "hold": "" if scene.now.stage == "serving" else say("staff.why_nothing_serving"),
        "resume": "" if held_now else say("staff.why_nobody_held"),
        "call_number": "" if scene.now.stage == "idle" else say("staff.why_not_free"),
        "answer": "" if rings(scene) else say("staff.why_nobody_rang"),
    }
    return tuple(Choice(name, say(f"staff.more_{name}"), why_not=why.get(name, "")) for name in MENU)


def rings(scene: Scene) -> list[HelpView]:
    """Return the calls for help that nobody has answered, but for this counter's own: emergencies, then the oldest."""
    waiting = (view for view in scene.mirror.helps.values() if view["answered_by"] is None)
    others = [view for view in waiting if view["place"] != str(scene.counter)]
    return sorted(others, key=lambda view: (view["kind"] != "emergency", view["asked_ms"]))


def helps(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the calls for help that can be answered."""
    return tuple(Choice(view["help"], ring_line(scene, view)) for view in rings(scene))


def ring_line(scene: Scene, asked: HelpView) -> str:
    """Return a call for help as a sentence."""
    return scene.words.say(f"staff.help_{asked['kind']}", place=place_name(scene, asked["place"]))


def place_name(scene: Scene, place: str) -> str:
    """Return a place in words: a counter, or where a kiosk stands."""
    if place.isdigit():
        return scene.words.say("staff.counter", counter=place)
    kiosk = scene.hall.kiosk_by_id.get(place)
    return (kiosk.place if kiosk else "") or place


def everything(scene: Scene) -> tuple[Choice, ...]:
    """Return every service of the hall with its agency: what a search looks through."""
    language = scene.words.language
    return tuple(
        Choice(f"{agency.id}{BOTH}{service.id}", service.name(language), agency.short or agency.name)
        for agency in scene.hall.agencies
        for service in agency.services
    )


def minutes(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return how long a pause may last: until a time that visitors read, or without one."""
    local = datetime.fromtimestamp(scene.now.now_ms / 1000, scene.hall.timezone)
    say, clock = scene.words.say, scene.words.clock
    timed = [
        Choice(
            str(count),
            say("staff.pause_for", count=count),
            say("staff.pause_until", time=clock(local + timedelta(minutes=count))),
        )
        for count in PAUSE_MINUTES
    ]
    return (*timed, Choice(OPEN_END, say("staff.pause_open")))


def agencies(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return all agencies, the counter's own first."""
    mine = scene.agency
    ordered = sorted(scene.hall.agencies, key=lambda agency: mine is None or agency.id != mine.id)
    return tuple(Choice(agency.id, agency.short or agency.name) for agency in ordered)


def services(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the services of the agency that was chosen, else of the counter's own."""
    chosen = course.picked[-1] if course.deed == "transfer" else ""
    agency = scene.hall.agency_by_id.get(chosen, scene.agency)
    return tuple(Choice(s.id, s.name(scene.words.language)) for s in (agency.services if agency else ()))


def classes(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the classes that the staff may give."""
    return tuple(Choice(name, scene.words.say(f"staff.give_{name}")) for name in CLASSES)


def reasons(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the usual reasons for a deed: the text itself is kept in the journal."""
    assert course.deed is not None
    texts = [scene.words.say(f"staff.reason_{course.deed}_{reason}") for reason in REASONS[course.deed]]
    return tuple(Choice(text, text) for text in texts)


def remarks(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return what was written, else the usual remarks and, where the number bears one, to take it away."""
    say = scene.words.say
    if course.sought.strip():
        return (Choice(course.sought.strip(), say("staff.keep_remark")),)
    texts = [say(f"staff.remark_{name}") for name in REMARKS]
    view = scene.mirror.remarks.get(course.picked[0])
    away = (Choice(NO_REMARK, say("staff.no_remark")),) if view and view["text"] else ()
    return (*(Choice(text, text) for text in texts), *away)


def held(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the numbers that are on hold, those of this counter first."""
    found = [ticket for ticket in scene.mirror.tickets.values() if ticket["state"] == "held"]
    found.sort(key=lambda ticket: (ticket["counter"] != scene.counter, ticket["number"]))
    return tuple(Choice(ticket["number"], ticket["number"], service_name(scene, ticket["service"])) for ticket in found)


def printers(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the hall's printers, each with how it is and how many tickets its paper is good for."""
    return tuple(Choice(name, printer_place(scene, name), printer_line(scene, name)) for name in scene.mirror.printers)


def printer_place(scene: Scene, printer: str) -> str:
    """Return where a printer stands: its kiosk's place, else its kiosk."""
    kiosk = scene.mirror.printers[printer]["kiosk"]
    found = scene.hall.kiosk_by_id.get(kiosk)
    return (found.place if found else "") or kiosk


def printer_line(scene: Scene, printer: str) -> str:
    """Return how a printer is, and about how many tickets its paper is good for."""
    view, say = scene.mirror.printers[printer], scene.words.say
    status, left = say(f"printer.status_{view['status']}"), view["tickets_left"]
    if left is None or view["status"] not in READY:
        return status
    return f"{status} · {say('staff.tickets_left', count=left)}"


def service_name(scene: Scene, service: str) -> str:
    """Return a service's name, its id where a later hall file does not know it."""
    found = scene.hall.services.get(service)
    return found.name(scene.words.language) if found else service


def outs(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return what a person can say of a doubtful paper."""
    return tuple(Choice(word, scene.words.say(f"staff.paper_is_{word}")) for word in ("out", "missing"))


def new_roll(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the one thing to say of a printer: that its roll is new. Looking at how it is costs nothing."""
    return (Choice("new", scene.words.say("staff.roll_is_new")),)


CHOICES: Mapping[str, Callable[[Course, Scene], tuple[Choice, ...]]] = {
    "agency": agencies,
    "service": services,
    "class": classes,
    "reason": reasons,
    "minutes": minutes,
    "held": held,
    "remark": remarks,
    "printer": printers,
    "help": helps,
    "out": outs,
    "new": new_roll,
}
