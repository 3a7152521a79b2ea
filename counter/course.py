"""What a clerk does beside the round of calling: deeds of a few steps each, as pure rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from config.hall import Agency, Hall
from config.wording import Words
from counter.duty import Situation
from hub.client.http import Answer, HubClient
from hub.client.mirror import Mirror

Step = Literal["number", "agency", "service", "class", "reason", "held", "printer"]
Name = Literal["hold", "resume", "return", "call_number", "transfer", "reprint", "issue", "block", "roll"]
STEPS: Mapping[Name, tuple[Step, ...]] = {
    "hold": (),
    "resume": ("held",),
    "return": ("number",),
    "call_number": ("number", "reason"),
    "transfer": ("number", "agency", "service"),
    "reprint": ("number", "reason"),
    "issue": ("service", "class", "reason"),
    "block": ("service", "number"),
    "roll": ("printer",),
}
REASONS: Mapping[Name, tuple[str, ...]] = {
    "call_number": ("urgent", "agreed", "order"),
    "reprint": ("lost", "unreadable", "missing"),
    "issue": ("kiosk", "helped", "head"),
}
CLASSES = ("normal", "priority")
READY = ("ONLINE", "PAPER_LOW")
LONGEST_NUMBER = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `why_not` says why it cannot be chosen now."""

    value: str
    text: str
    detail: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a clerk is: the deed, what was chosen for its steps, and the number typed so far."""

    deed: Name | None = None
    picked: tuple[str, ...] = ()
    typed: str = ""

    @property
    def step(self) -> Step | None:
        """The step that is next; None where the deed is to be chosen, or everything is."""
        steps = STEPS[self.deed] if self.deed else ()
        return steps[len(self.picked)] if len(self.picked) < len(steps) else None

    @property
    def whole(self) -> bool:
        """Whether everything has been chosen."""
        return self.deed is not None and self.step is None


@dataclass(frozen=True, slots=True)
class Scene:
    """What the choices are made of: the hall as the hub told it last, seen from one counter."""

    hall: Hall
    mirror: Mirror
    now: Situation
    counter: int
    words: Words

    @property
    def agency(self) -> Agency | None:
        """The counter's own agency."""
        counter = self.hall.counter_by_number.get(self.counter)
        return next((agency for agency in self.hall.agencies if counter and agency.id == counter.agency), None)

    @property
    def letter(self) -> str:
        """The series letter with which a number most likely begins."""
        return self.agency.letter if self.agency else ""


def pick(course: Course, value: str, scene: Scene) -> Course:
    """Choose a deed, or what its next step asks for."""
    begun = Course(value) if course.deed is None else course  # type: ignore[arg-type]
    chosen = begun if course.deed is None else replace(course, picked=(*course.picked, value), typed="")
    return replace(chosen, typed=first_guess(chosen, scene)) if chosen.step == "number" else chosen


def back(course: Course) -> Course | None:
    """Go one step back; None closes the drawer."""
    if course.deed is None:
        return None
    return replace(course, picked=course.picked[:-1], typed="") if course.picked else Course()


def first_guess(course: Course, scene: Scene) -> str:
    """Return what stands in the field of a number at first: the one at the counter, else the agency's letter."""
    ticket = scene.now.ticket
    likely = course.deed in ("transfer", "reprint")
    return ticket["number"] if ticket is not None and likely else scene.letter


def type_sign(course: Course, sign: str, scene: Scene) -> Course:
    """Type a digit, go on to the next "letter" of the hall's series, or take the last sign "back"."""
    if sign == "back":
        return replace(course, typed=course.typed[:-1])
    if sign == "letter":
        letters = [agency.letter for agency in scene.hall.agencies]
        mine = course.typed.rstrip("0123456789")
        after = letters[(letters.index(mine) + 1) % len(letters)] if mine in letters else letters[0]
        return replace(course, typed=after + course.typed[len(mine) :])
    return replace(course, typed=(course.typed + sign.upper())[:LONGEST_NUMBER])


def choices(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return what can be chosen now; nothing where a number is typed."""
    if course.deed is None:
        return menu(scene)
    found = {
        "agency": agencies,
        "service": services,
        "class": classes,
        "reason": reasons,
        "held": held,
        "printer": printers,
    }
    return found[course.step](course, scene) if course.step in found else ()


def title(course: Course, scene: Scene) -> str:
    """Return what the clerk is asked."""
    say = scene.words.say
    return say(f"staff.ask_{course.step}") if course.deed else say("staff.more_title")


def menu(scene: Scene) -> tuple[Choice, ...]:
    """Return all deeds, those that are not possible now with the reason."""
    say = scene.words.say
    held_now = any(ticket["state"] == "held" for ticket in scene.mirror.tickets.values())
    why: Mapping[str, str] = {
        "hold": "" if scene.now.stage == "serving" else say("staff.why_nothing_serving"),
        "resume": "" if held_now else say("staff.why_nobody_held"),
        "call_number": "" if scene.now.stage == "idle" else say("staff.why_not_free"),
    }
    return tuple(Choice(name, say(f"staff.more_{name}"), why_not=why.get(name, "")) for name in STEPS)


def agencies(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return all agencies, the counter's own first."""
    mine = scene.agency
    ordered = sorted(scene.hall.agencies, key=lambda agency: mine is None or agency.id != mine.id)
    return tuple(Choice(agency.id, agency.short or agency.name) for agency in ordered)


def services(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the services of the agency that was chosen, else of the counter's own."""
    chosen = course.picked[-1] if course.deed == "transfer" else ""
    agency = next((each for each in scene.hall.agencies if each.id == chosen), scene.agency)
    return tuple(Choice(s.id, s.name(scene.words.language)) for s in (agency.services if agency else ()))


def classes(_: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the classes that the staff may give."""
    return tuple(Choice(name, scene.words.say(f"staff.give_{name}")) for name in CLASSES)


def reasons(course: Course, scene: Scene) -> tuple[Choice, ...]:
    """Return the usual reasons for a deed: the text itself is kept in the journal."""
    assert course.deed is not None
    texts = [scene.words.say(f"staff.reason_{course.deed}_{reason}") for reason in REASONS[course.deed]]
    return tuple(Choice(text, text) for text in texts)


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
    return status if left is None else f"{status} · {say('staff.tickets_left', count=left)}"


def printer_trouble(scene: Scene) -> str:
    """Return what is wrong with the first printer that cannot print; "" where all can."""
    for name, view in scene.mirror.printers.items():
        if view["status"] not in READY:
            return f"{printer_place(scene, name)}: {scene.words.say('printer.status_' + view['status'])}"
    return ""


def service_name(scene: Scene, service: str) -> str:
    """Return a service's name, its id where a later hall file does not know it."""
    found = scene.hall.services.get(service)
    return found.name(scene.words.language) if found else service


def command(course: Course, scene: Scene) -> Callable[[HubClient], Answer]:
    """Return the call that carries a whole course out."""
    assert course.deed is not None
    return COMMANDS[course.deed](scene, *course.picked)


def issue(scene: Scene, service: str, ticket_class: str, reason: str) -> Callable[[HubClient], Answer]:
    """Return the call for a number, printed at the first kiosk whose printer is ready."""
    ready = (view["kiosk"] for view in scene.mirror.printers.values() if view["status"] in READY)
    kiosk = next(ready, None)
    return lambda client: client.issue(service, ticket_class=ticket_class, kiosk=kiosk, reason=reason)


COMMANDS: Mapping[str, Callable[..., Callable[[HubClient], Answer]]] = {
    "hold": lambda scene: lambda client: client.hold(scene.counter),
    "resume": lambda _, number: lambda client: client.resume(number),
    "return": lambda _, number: lambda client: client.return_ticket(number),
    "call_number": lambda scene, number, why: lambda client: client.call_number(scene.counter, number, why),
    "transfer": lambda _, number, __, service: lambda client: client.transfer(number, service=service),
    "reprint": lambda _, number, why: lambda client: client.reprint(number, reason=why),
    "issue": issue,
    "block": lambda _, service, number: lambda client: client.enter_block_number(service, number),
    "roll": lambda _, printer: lambda client: client.change_roll(printer),
}


def done(course: Course, answer: Answer, scene: Scene) -> str:
    """Return what a course has done."""
    number = str((answer.get("ticket") or {}).get("number", ""))
    if course.deed == "issue" and not answer.get("job"):
        return scene.words.say("staff.did_issue_unprinted", number=number)
    return scene.words.say(f"staff.did_{course.deed}", number=number)
