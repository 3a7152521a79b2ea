"""The top of a screen: the hall's name and zone, the date and the time; below it the thin red and white stripe."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.fonts import Fitted
from ui.look import LEFT, RIGHT, colour, paint_text
from ui.parts import Part
from ui.theme import INK, LIGHT, WHITE, mixed

GROUND = mixed(LIGHT.primary, INK, 0.62)
QUIET = mixed(WHITE, GROUND, 0.86)
NAME, SMALL, CLOCK = 52, 36, 96


@dataclass(frozen=True, slots=True)
class HeaderFace:
    """What the top of a screen says."""

    name: str = ""
    zone: str = ""
    day: str = ""
    clock: str = ""


class Header(Part):
    """The top of a screen."""

    face = HeaderFace()

    def set_face(self, face: HeaderFace) -> None:
        """Say something else."""
        if face != self.face:
            self.face = face
            self.set_text("\n".join((face.name, face.zone, face.day, face.clock)))
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the name and the zone at the left, the clock and the date at the right."""
        painter.fillRect(self.rect(), colour(GROUND))
        boxes = self._boxes()
        for at, (text, ink) in enumerate(zip(self._texts(boxes), (WHITE, QUIET, QUIET, WHITE), strict=True)):
            paint_text(painter, boxes[at], text, ink, RIGHT if at > 1 else LEFT)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return all(text.fits for text in self._texts(self._boxes()))

    def _texts(self, boxes: tuple[QRectF, ...]) -> tuple[Fitted, Fitted, Fitted, Fitted]:
        face, fit = self.face, self.look.fit
        return (
            fit(face.name, boxes[0], NAME, floor=36, weight=800, lines=2 if self._tall() else 1),
            fit(face.zone, boxes[1], SMALL, floor=26, weight=500, lines=2 if self._tall() else 1),
            fit(self._day(), boxes[2], SMALL, floor=26, weight=600, lines=2),
            fit(face.clock, boxes[3], CLOCK, floor=72, weight=800),
        )

    def _day(self) -> str:
        """Return the date, in one line where the clock stands above it."""
        return self.face.day.replace("\n", ", ") if self._tall() else self.face.day

    def _tall(self) -> bool:
        return self.width() < 9 * self.height()

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Return the boxes of name, zone, date and clock."""
        px, wide, high = self.look.px, self.width(), self.height()
        pad = px(48)
        if self._tall():
            right = wide - pad - px(420)
            name = QRectF(pad, px(8), right - pad - px(24), high * 0.53)
            zone = QRectF(pad, name.bottom(), name.width(), high - name.bottom() - px(8))
            return name, zone, QRectF(right, px(136), px(420), px(48)), QRectF(right, px(20), px(420), px(112))
        clock = QRectF(wide - pad - px(280), 0, px(280), high)
        day = QRectF(clock.left() - px(24) - px(320), 0, px(320), high)
        name = QRectF(pad, px(16), day.left() - pad - px(32), px(62))
        return name, QRectF(pad, name.bottom(), name.width(), px(44)), day, clock


class Stripe(Part):
    """The flag's red and white, thin, below the header."""

    def draw(self, painter: QPainter) -> None:
        """Paint red above white."""
        half = self.height() // 2
        painter.fillRect(0, 0, self.width(), half, colour(LIGHT.alarm))
        painter.fillRect(0, half, self.width(), self.height() - half, colour(WHITE))
