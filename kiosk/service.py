"""The technician's corner: a code, then what this kiosk is connected to, and the only way out."""

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtWidgets import QWidget

from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.bring import Sheet
from kiosk.furniture import Sight, lay, put
from kiosk.layout import Box
from kiosk.pane import Pane
from kiosk.paper import printer_of
from kiosk.rooms import code_boxes, technician_boxes
from ui.keys import Tap
from ui.look import CENTRE, Look
from ui.parts import Label

DIGITS = "123456789"
DOT = "\N{BLACK CIRCLE}"


@dataclass(frozen=True, slots=True)
class Place:
    """What a kiosk knows of itself: its id, its hub's address, and whether that answers."""

    kiosk: str
    hub: str
    here: bool


def state_lines(place: Place, mirror: Mirror, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what a technician asks first, as names and values."""
    printer = printer_of(mirror, place.kiosk)
    status = words.say(f"printer.status_{printer['status']}") if printer else words.say("kiosk.no_printer")
    return (
        (words.say("kiosk.technician_kiosk"), place.kiosk),
        (words.say("kiosk.technician_printer"), f"{printer['printer']}: {status}" if printer else status),
        (words.say("kiosk.technician_hub"), place.hub),
        (words.say("kiosk.technician_state"), words.say("kiosk.hub_here" if place.here else "kiosk.hub_gone")),
        (words.say("kiosk.technician_version"), program_version()),
    )


def program_version() -> str:
    """Return the installed program's version, "–" in a checkout that nobody installed."""
    try:
        return version("antrean")
    except PackageNotFoundError:
        return "–"


class CodePane(Pane):
    """Twelve keys for digits; what was typed shows as dots."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.typed = Label(look, self, size=72, floor=24, weight=700, align=CENTRE, name="typed")
        self.digits = [self.key(look, f"digit:{digit}", size=52) for digit in DIGITS]
        self.erase = self.key(look, "erase", size=32, icon="backspace", stacked=True)
        self.zero = self.key(look, "digit:0", size=52)
        self.enter = self.key(look, "enter", size=32, kind="primary", icon="check", stacked=True)
        for key, digit in zip((*self.digits, self.zero), (*DIGITS, "0"), strict=True):
            key.set_texts(digit)

    def taps(self) -> list[Tap]:
        """Return the keys, row by row."""
        return [*self.digits, self.erase, self.zero, self.enter]

    def say(self, typed: str, words: Words) -> None:
        """Show how many digits were typed."""
        self.typed.set_text(DOT * len(typed))
        self.erase.set_texts(words.say("kiosk.erase"))
        self.enter.set_texts(words.say("kiosk.enter"))

    def arrange(self, box: Box, look: Sight) -> None:
        """Place dots and keys."""
        self.setGeometry(look.rect(*box).toRect())
        dots, *keys = code_boxes(box.w, box.h)
        put(self.typed, dots, look)
        for key, place in zip(self.taps(), keys, strict=True):
            put(key, place, look)


class TechnicianPane(Pane):
    """Lines of names and values, and the key that ends the program."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.sheet = Sheet(look, self, name="sheet")
        self.names = [Label(look, self, size=32, floor=22, tone="quiet", name="name") for _ in range(5)]
        self.values = [Label(look, self, size=38, floor=20, weight=700, lines=2, name="value") for _ in range(5)]
        self.end = self.key(look, "end", size=40, kind="alarm", icon="power")

    def taps(self) -> list[Tap]:
        """Return the key."""
        return [self.end]

    def say(self, lines: tuple[tuple[str, str], ...], words: Words) -> None:
        """Show these names and values."""
        for name, value, (named, said) in zip(self.names, self.values, lines, strict=True):
            name.set_text(named)
            value.set_text(said)
        self.end.set_texts(words.say("kiosk.end_program"))

    def arrange(self, box: Box, look: Sight) -> None:
        """Place the lines and the key."""
        self.setGeometry(look.rect(*box).toRect())
        sheet, lines, key = technician_boxes(box.w, box.h, len(self.names))
        lay(self.sheet, sheet, look)
        for name, value, (left, right) in zip(self.names, self.values, lines, strict=True):
            put(name, left, look)
            put(value, right, look)
        put(self.end, key, look)
