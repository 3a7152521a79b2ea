"""A hall in which nobody is called: a greeting, and a large clock where the hall is empty."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from display.welcome import Greeting
from ui.fonts import Fitted
from ui.look import CENTRE, LEFT, colour, paint_icon, paint_text
from ui.parts import Part

GREETING, SENTENCE, HOURS = 130, 60, 48
CLOCK, DAY, WORD = 300, 60, 60


class Welcome(Part):
    """The greeting of a hall in which nobody is called now."""

    greeting = Greeting("", "")

    def set_greeting(self, greeting: Greeting) -> None:
        """Say something else."""
        if greeting != self.greeting:
            self.greeting = greeting
            self.set_text("\n".join((greeting.title, greeting.rest, *greeting.hours)))
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the greeting in the middle, the hours below it."""
        theme = self.look.theme
        painter.fillRect(self.rect(), colour(theme.ground))
        title, rest, hours = self._texts()
        top = (self.height() - self._height()) / 2
        for text, ink, gap in ((title, theme.ink, 24), (rest, theme.quiet, 48)):
            paint_text(painter, self._line(top, text.height), text, ink, LEFT)
            top += text.height + self.look.px(gap)
        for at, line in enumerate(hours):
            self._draw_hours(painter, self._line(top, self.look.px(72)), line, "clock" if at == 0 else "coffee")
            top += self.look.px(80)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        title, rest, hours = self._texts()
        return all(text.fits for text in (title, rest, *hours)) and self._height() <= self.height()

    def _texts(self) -> tuple[Fitted, Fitted, list[Fitted]]:
        greeting, room = self.greeting, self._line(0, self.height())
        line = room.adjusted(self.look.px(72), 0, 0, 0)
        title = self.look.fit(greeting.title, room, GREETING, floor=108, weight=800)
        if not title.fits:
            title = self.look.fit(greeting.title, room, GREETING, floor=84, weight=800, lines=2)
        lines = max(2, greeting.rest.count("\n") + 1)
        rest = self.look.fit(greeting.rest, room, SENTENCE, floor=44, weight=500, lines=lines)
        return title, rest, [self.look.fit(text, line, HOURS, floor=40, weight=600) for text in greeting.hours]

    def _height(self) -> float:
        title, rest, hours = self._texts()
        return title.height + rest.height + self.look.px(72) + self.look.px(80) * len(hours)

    def _line(self, top: float, height: float) -> QRectF:
        pad = self.look.px(72)
        return QRectF(pad, top, self.width() - 2 * pad, height)

    def _draw_hours(self, painter: QPainter, box: QRectF, text: Fitted, icon: str) -> None:
        side = self.look.px(HOURS)
        theme = self.look.theme
        paint_icon(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), icon, theme.call)
        paint_text(painter, box.adjusted(self.look.px(72), 0, 0, 0), text, theme.ink, LEFT)


@dataclass(frozen=True, slots=True)
class CalmFace:
    """What a quiet screen tells: the time, the day, and a word where the greeting has no place of its own."""

    clock: str = ""
    day: str = ""
    word: str = ""


class Calm(Part):
    """The time of day, as large as its place allows, the day below it, and a word between."""

    face = CalmFace()

    def set_face(self, face: CalmFace) -> None:
        """Say something else."""
        if face != self.face:
            self.face = face
            self.set_text("\n".join(text for text in (face.clock, face.word, face.day) if text))
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the clock and what stands below it in the middle."""
        theme = self.look.theme
        painter.fillRect(self.rect(), colour(theme.surface))
        clock, word, day = self._texts()
        high = clock.height + sum(text.height for text in (word, day) if text.text)
        top = (self.height() - high) / 2
        for text, ink in ((clock, theme.ink), (word, theme.call), (day, theme.quiet)):
            if text.text:
                paint_text(painter, QRectF(0, top, self.width(), text.height), text, ink, CENTRE)
                top += text.height

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return all(text.fits for text in self._texts())

    def _texts(self) -> tuple[Fitted, Fitted, Fitted]:
        face, pad, high = self.face, self.look.px(48), self.height()
        room = QRectF(0, 0, self.width() - 2 * pad, high * (0.45 if face.word else 0.6))
        line = QRectF(0, 0, room.width(), high * 0.2)
        return (
            self.look.fit(face.clock, room, CLOCK, floor=130, weight=800),
            self.look.fit(face.word, line, WORD, floor=44, weight=700, lines=2),
            self.look.fit(face.day, line, DAY, floor=40, weight=600, lines=2),
        )
