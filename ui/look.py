"""How a window looks now: its theme and its scale, and the painting that all parts share."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.fonts import Fitted, fitted, width_of
from ui.icons import icon
from ui.theme import LIGHT, Theme

Align = Qt.AlignmentFlag
LEFT, CENTRE, RIGHT = Align.AlignLeft, Align.AlignHCenter, Align.AlignRight


@dataclass(frozen=True, slots=True)
class Look:
    """A theme at a scale: `scale` is window pixels per design pixel."""

    theme: Theme = LIGHT
    scale: float = 1.0
    reduced_motion: bool = False

    def px(self, design: float) -> int:
        """Return design pixels as whole window pixels, at least 1 where there is any."""
        return max(1, round(design * self.scale)) if design > 0 else 0

    def rect(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle of design pixels in window pixels."""
        return QRectF(x * self.scale, y * self.scale, width * self.scale, height * self.scale)

    def fit(
        self, text: str, box: QRectF, size: int, *, floor: int | None = None, weight: int = 500, lines: int = 1
    ) -> Fitted:
        """Return a text fitted to a box of window pixels, its sizes given in design pixels."""
        least = self.px(size if floor is None else floor)
        return fitted(text, box.width(), box.height(), self.px(size), floor=least, weight=weight, lines=lines)


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """Return the Qt colour of "#RRGGBB"."""
    return QColor(name)


def smooth_painter(widget: QWidget) -> QPainter:
    """Begin to paint a widget with smooth edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def clear_pen() -> QPen:
    """Return a pen that paints no outline."""
    return QPen(Qt.PenStyle.NoPen)


def paint_card(painter: QPainter, box: QRectF, fill: str, radius: float, line: str = "", border: float = 0) -> None:
    """Paint a rounded card, its border inside the box."""
    painter.setBrush(colour(fill))
    painter.setPen(QPen(colour(line), border) if line and border else clear_pen())
    inset = border / 2 if line else 0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def paint_icon(painter: QPainter, box: QRectF, name: str, ink: str) -> None:
    """Paint an icon in the middle of a box."""
    px = round(min(box.width(), box.height()))
    corner = QPointF(round(box.center().x() - px / 2), round(box.center().y() - px / 2))
    painter.drawPixmap(corner, icon(name, px, ink))


def paint_text(
    painter: QPainter, box: QRectF, text: Fitted, ink: str, align: Align = LEFT, *, middle: bool = True
) -> QRectF:
    """Paint fitted lines in a box, in its vertical middle or at its top, and return where they stand.

    Lines sit by their capitals, so that a text in the middle looks centred whatever its descenders are.
    """
    painter.setFont(text.font)
    painter.setPen(colour(ink))
    top = box.top() + ((box.height() - text.height) / 2 if middle else 0)
    base = top + text.line_height / 2 + text.px * 0.36
    left = box.left()
    for line in text.lines:
        wide = width_of(line, text.px, text.weight)
        left = {CENTRE: box.center().x() - wide / 2, RIGHT: box.right() - wide}.get(align, box.left())
        painter.drawText(QPointF(left, base), line)
        base += text.line_height
    return QRectF(left, top, text.width, text.height)
