"""What a clerk does beside the round of calling: deeds of a few steps each, as pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast

from config.hall import Agency, Hall
from config.wording import Words
from counter.duty import Situation
from hub.client.mirror import Mirror

Step = Literal[
    "number", "agency", "service", "class", "reason", "minutes", "held", "printer", "help", "out", "new", "remark"
]
Name = Literal[
    "hold", "resume", "return", "call_number", "transfer", "reprint", "issue", "block", "roll", "paper", "answer",
    "ask_help", "emergency", "pause", "remark",
]  # fmt: skip
STEPS: Mapping[Name, tuple[Step, ...]] = {
    "hold": (),
    "resume": ("held",),
    "return": ("number",),
    "call_number": ("number", "reason"),
    "transfer": ("number", "agency", "service"),
    "reprint": ("number", "reason"),
    "issue": ("service", "class", "reason"),
    "block": ("service", "number"),
    "roll": ("printer", "new"),
    "paper": ("number", "out"),
    "remark": ("number", "remark"),
    "answer": ("help",),
    "ask_help": (),
    "emergency": (),
    "pause": ("reason", "minutes"),
}
MENU: tuple[Name, ...] = tuple(name for name in STEPS if name != "pause")
"""What the drawer offers; a pause has a key of its own."""
REASONS: Mapping[Name, tuple[str, ...]] = {
    "call_number": ("urgent", "agreed", "order"),
    "reprint": ("lost", "unreadable", "missing"),
    "issue": ("kiosk", "helped", "head"),
    "pause": ("prayer", "meal", "errand", "meeting", "technical"),
}
REMARKS = ("signature", "papers", "continue")
PAUSE_MINUTES = (5, 10, 15, 30, 60)
OPEN_END = "0"
CLASSES = ("normal", "priority")
LONGEST_NUMBER = 6
LONGEST_REMARK = 60
NO_REMARK = " "
"""What stands for a remark that is taken away."""
BOTH = "\n"
"""Stands between an agency and its service where a search finds both at once."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `why_not` says why it cannot be chosen now."""

    value: str
    text: str
    detail: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a clerk is: the deed, what was chosen for its steps, the number typed, what is searched or written."""

    deed: Name | None = None
    picked: tuple[str, ...] = ()
    typed: str = ""
    sought: str = ""

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
        return self.hall.agency_by_id.get(counter.agency) if counter else None

    @property
    def letter(self) -> str:
        """The series letter with which a number most likely begins."""
        return self.agency.letter if self.agency else ""


def pick(course: Course, value: str, scene: Scene) -> Course:
    """Choose a deed, or what its next step asks for."""
    if course.deed is None:
        chosen = Course(cast("Name", value))
    else:
        chosen = replace(course, picked=(*course.picked, *value.split(BOTH)), typed="", sought="")
    return replace(chosen, typed=first_guess(chosen, scene)) if chosen.step == "number" else chosen


def back(course: Course) -> Course | None:
    """Go one step back; None closes the drawer."""
    if course.deed is None:
        return None
    if course.sought:
        return replace(course, sought="")
    if course.deed == "pause" and not course.picked:
        return None
    return replace(course, picked=course.picked[:-1], typed="") if course.picked else Course()


def seek(course: Course, sign: str) -> Course:
    """Search on, or write on: a letter more, or with "back" one less."""
    if sign == "back":
        return replace(course, sought=course.sought[:-1])
    if course.step == "remark":
        return replace(course, sought=(course.sought + sign)[:LONGEST_REMARK])
    return replace(course, sought=course.sought + sign.lower())


def first_guess(course: Course, scene: Scene) -> str:
    """Return what stands in the field of a number at first: the one at the counter, else the agency's letter."""
    ticket = scene.now.ticket
    likely = course.deed in ("transfer", "remark", "reprint", "paper")
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
