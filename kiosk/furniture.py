"""What stands on every screen of the kiosk: the band with hall, clock and title, and the bar of keys."""

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from config.hall import Hall
from config.wording import Words
from kiosk.band import Band
from kiosk.faces import Heading
from kiosk.layout import Box, Frame, row
from ui.keys import Key, Tap
from ui.look import LEFT, RIGHT, Look
from ui.parts import Clock, Label, Part, StatusStrip
from ui.theme import HIGH_CONTRAST, KIOSK, NIGHT


def put(part: Part | Tap, box: Box, look: Look) -> None:
    """Place a part, its box given in design pixels of its parent."""
    part.set_look(look)
    part.setGeometry(look.rect(*box).toRect())


def dark(look: Look) -> Look:
    """Return the look of what stands on the band."""
    theme = look.theme if look.theme is HIGH_CONTRAST else NIGHT
    return Look(theme, look.scale, look.reduced_motion)


class Header:
    """The band and its texts, as parts of a window."""

    def __init__(self, window: QWidget, look: Look) -> None:
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

    def name(self, hall: Hall | None, moment: datetime | None, words: Words) -> None:
        """Say whose hall it is, and the time there."""
        self.hall.set_text("" if hall is None else hall.hall.operator or hall.hall.short)
        self.clock.set_moment(moment, words)
        self.date.set_text("" if moment is None else words.day(moment.date()))

    def arrange(self, frame: Frame, look: Look) -> None:
        """Place all parts; title and subtitle stand together, upon the notice or in its place."""
        night = dark(look)
        put(self.band, frame.band, look)
        put(self.hall, frame.hall, night)
        put(self.clock, frame.clock, night)
        put(self.date, frame.date, night)
        put(self.notice, frame.notice, night)
        low = frame.band.h < frame.band.w * 1.2
        self.clock.align = RIGHT if low else LEFT
        self.title.size_px = KIOSK.hero if low else SIDE_TITLE
        self._arrange_texts(frame, night, low=low)

    def _arrange_texts(self, frame: Frame, night: Look, *, low: bool) -> None:
        room = frame.texts
        if low and not self.notice.text():
            room = Box(room.x, room.y, room.w, frame.notice.bottom - room.y)
        title_h = min(room.h - (SUBTITLE_H if self.subtitle.text() else 0), TITLE_H)
        put(self.title, Box(room.x, room.y, room.w, title_h), night)
        put(self.subtitle, Box(room.x, room.y, room.w, room.h - title_h - GAP), night)
        title, subtitle = self.title.height_needed(), self.subtitle.height_needed()
        top = room.bottom - title - (subtitle + GAP if subtitle else 0) if low else room.y
        put(self.title, Box(room.x, top, room.w, title), night)
        put(self.subtitle, Box(room.x, top + title + GAP, room.w, subtitle), night)


GAP = 20
SIDE_TITLE = 60
TITLE_H, SUBTITLE_H = 330, 124
"""Most height of a title, and what is kept for the subtitle."""
BAR_ICONS = {"back": "arrow-left", "language": "language", "priority": "wheelchair", "lower": "arrow-bar-to-down"}


class Bar(QWidget):
    """The row of keys at the bottom; `chosen(name)` says which was tapped."""

    chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.keys = {name: self._made(name, look) for name in BAR_ICONS}
        self._shown: tuple[str, ...] = ()

    def say(self, texts: Iterable[tuple[str, str]], *, priority: bool, lowered: bool) -> None:
        """Show these keys with these texts."""
        said = dict(texts)
        self._shown = tuple(said)
        for name, key in self.keys.items():
            key.setVisible(name in said)
            key.set_texts(said.get(name, ""))
        self.keys["lower"].set_kind("plain", "arrow-bar-to-up" if lowered else "arrow-bar-to-down")
        self.keys["priority"].set_kind("call" if priority else "plain", "check" if priority else "wheelchair")

    def arrange(self, box: Box, columns: int, look: Look) -> None:
        """Place the keys that are shown."""
        self.setGeometry(look.rect(*box).toRect())
        inner = Box(0, 0, box.w, box.h)
        for name, place in zip(self._shown, row(inner, len(self._shown), columns), strict=True):
            put(self.keys[name], place, look)

    def _made(self, name: str, look: Look) -> Key:
        key = Key(look, self, size=28, icon=BAR_ICONS[name], stacked=True, name=name)
        key.clicked.connect(self._tapped)
        return key

    def _tapped(self) -> None:
        sender = self.sender()
        self.chosen.emit(sender.objectName())


def places_of(keys: Iterable[Tap], window: QWidget) -> dict[str, list[int]]:
    """Return where the keys that can be tapped are, in window coordinates by object name."""
    places = {}
    for key in keys:
        if key.isEnabled() and key.isVisible():
            corner = key.mapTo(window, QPoint(0, 0))
            places[key.objectName()] = [corner.x(), corner.y(), key.width(), key.height()]
    return places
