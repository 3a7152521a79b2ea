"""What stands on every screen of the kiosk: the band with hall, clock and title, and the bar of keys."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from config.hall import Hall
from config.wording import Words
from kiosk.band import Band
from kiosk.faces import Heading
from kiosk.layout import BAR_GAP, Box, Frame, row
from kiosk.pane import Pane
from ui.keys import Tap
from ui.look import LEFT, RIGHT, Look
from ui.parts import Clock, Label, Part, StatusStrip
from ui.theme import HIGH_CONTRAST, KIOSK, NIGHT

LARGER = (1.5, 1.4, 1.3, 1.2, 1.1)


@dataclass(frozen=True, slots=True)
class Sight(Look):
    """A look, and whether its visitor wants all texts as large as their boxes allow."""

    large: bool = False

    def looks(self) -> tuple[Look, ...]:
        """Return the looks to try, the largest first."""
        scales = (*(self.scale * times for times in LARGER if self.large), self.scale)
        return tuple(Look(self.theme, scale, self.reduced_motion) for scale in scales)


def lay(part: Part | Tap, box: Box, look: Look) -> None:
    """Place a part without a text, its box given in design pixels of its parent."""
    part.set_look(look)
    part.setGeometry(look.rect(*box).toRect())


def put(part: Part | Tap, box: Box, look: Sight) -> None:
    """Place a part as `lay` does, its texts as large as its visitor wants them."""
    put_alike([(part, box)], look)


def put_alike(placed: Sequence[tuple[Part | Tap, Box]], look: Sight) -> None:
    """Place parts whose texts are all made larger alike, as far as all of them fit."""
    for inner in look.looks():
        for part, box in placed:
            part.setGeometry(look.rect(*box).toRect())
            part.set_look(inner)
        if all(part.fits() for part, _ in placed):
            return


def height_of(label: Label, look: Sight) -> float:
    """Return the height that a label needs in design pixels of the window."""
    return label.height_needed() * label.look.scale / look.scale


def dark(look: Sight) -> Sight:
    """Return the look of what stands on the band."""
    theme = look.theme if look.theme is HIGH_CONTRAST else NIGHT
    return Sight(theme, look.scale, look.reduced_motion, look.large)


class Header:
    """The band and its texts, as parts of a window."""

    def __init__(self, window: QWidget, look: Sight) -> None:
        night = dark(look)
        self.band = Band(look, window)
        self.hall = Label(night, window, size=KIOSK.small + 4, floor=22, weight=600, lines=2, tone="quiet", name="hall")
        self.clock = Clock(night, window, size=KIOSK.head, align=RIGHT)
        self.date = Label(night, window, size=26, floor=18, weight=500, tone="quiet", align=RIGHT, name="date")
        self.title = Label(night, window, size=KIOSK.hero, floor=40, weight=800, lines=4, name="title")
        self.subtitle = Label(night, window, size=44, floor=30, weight=500, lines=4, tone="call", name="subtitle")
        self.notice = StatusStrip(night, window, size=KIOSK.small + 2, name="notice")

    def say(self, heading: Heading, notice: tuple[str, str]) -> None:
        """Say what this screen is about."""
        self.title.set_text(heading.title)
        self.subtitle.set_text(heading.subtitle)
        sentence, tone = notice
        self.notice.set_state(sentence, tone=tone, icon="circle-check" if tone == "good" else "printer-off")

    def show(self, *, shown: bool) -> None:
        """Show the band and its texts, or none of them."""
        for part in (self.band, self.hall, self.clock, self.date, self.title, self.subtitle):
            part.setVisible(shown)
        self.notice.setVisible(shown and bool(self.notice.text()))

    def name(self, hall: Hall | None, moment: datetime | None, words: Words) -> None:
        """Say whose hall it is, and the time there."""
        self.hall.set_text("" if hall is None else hall.hall.operator or hall.hall.short)
        self.clock.set_moment(moment, words)
        self.date.set_text("" if moment is None else words.day(moment.date()))

    def arrange(self, frame: Frame, look: Sight) -> None:
        """Place all parts; title and subtitle stand together, upon the notice or in its place."""
        night = dark(look)
        lay(self.band, frame.band, look)
        put(self.hall, frame.hall, night)
        put(self.clock, frame.clock, night)
        put(self.date, frame.date, night)
        put(self.notice, frame.notice, night)
        low = frame.band.h < frame.band.w * 1.2
        self.clock.align = RIGHT if low else LEFT
        self.title.size_px = KIOSK.hero if low else SIDE_TITLE
        self._arrange_texts(frame, night, low=low)

    def _arrange_texts(self, frame: Frame, night: Sight, *, low: bool) -> None:
        room = frame.texts
        if not self.notice.text():
            room = Box(room.x, room.y, room.w, frame.notice.bottom - room.y)
        title_h = min(room.h - (SUBTITLE_H if self.subtitle.text() else 0), TITLE_H)
        put(self.title, Box(room.x, room.y, room.w, title_h), night)
        put(self.subtitle, Box(room.x, room.y, room.w, room.h - title_h - GAP), night)
        title, subtitle = height_of(self.title, night), height_of(self.subtitle, night)
        top = room.bottom - title - (subtitle + GAP if subtitle else 0) if low else room.y
        put(self.title, Box(room.x, top, room.w, title), night)
        put(self.subtitle, Box(room.x, top + title + GAP, room.w, subtitle), night)


GAP = 20
SIDE_TITLE = 60
TITLE_H, SUBTITLE_H = 330, 124
"""Most height of a title, and what is kept for the subtitle."""
BAR_ICONS = {
    "back": "arrow-left",
    "search": "search",
    "done": "check",
    "priority": "wheelchair",
    "staff": "bell-ringing",
    "pickup": "armchair",
    "language": "language",
    "large": "text-size",
    "contrast": "contrast",
    "aloud": "volume",
    "lower": "arrow-bar-to-down",
}


class Bar(Pane):
    """The rows of keys at the bottom."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.keys = {name: self.key(look, name, size=28, icon=BAR_ICONS[name], stacked=True) for name in BAR_ICONS}
        self._shown: tuple[str, ...] = ()

    def taps(self) -> list[Tap]:
        """Return the keys in the order in which they stand."""
        return [self.keys[name] for name in self._shown]

    def say(self, texts: Iterable[tuple[str, str]], chosen: Container[str]) -> None:
        """Show these keys with these texts; some are chosen already."""
        said = dict(texts)
        self._shown = tuple(said)
        for name, key in self.keys.items():
            key.setVisible(name in said)
            key.set_texts(said.get(name, ""))
            icons = {**BAR_ICONS, **ICONS_CHOSEN} if name in chosen else BAR_ICONS
            key.set_kind("call" if name in chosen else "plain", icons[name])

    def arrange(self, box: Box, columns: int, look: Sight) -> None:
        """Place the keys that are shown."""
        self.setGeometry(look.rect(*box).toRect())
        inner = Box(0, 0, box.w, box.h)
        places = row(inner, len(self._shown), columns, gap=BAR_GAP)
        put_alike(list(zip(self.taps(), places, strict=True)), look)


ICONS_CHOSEN = {"priority": "check", "lower": "arrow-bar-to-up"}


def places_of(keys: Iterable[Tap], window: QWidget) -> dict[str, list[int]]:
    """Return where the keys that can be tapped are, in window coordinates by object name."""
    places = {}
    for key in keys:
        if key.isEnabled() and key.isVisible():
            corner = key.mapTo(window, QPoint(0, 0))
            places[key.objectName()] = [corner.x(), corner.y(), key.width(), key.height()]
    return places
