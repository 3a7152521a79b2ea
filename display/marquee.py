"""The line that runs along the bottom: one picture of all sentences, moved over the screen."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.fonts import font, width_of
from ui.look import Look, colour
from ui.parts import Part
from ui.theme import LIGHT

SIZE, WEIGHT, SPEED, GAP = 48, 600, 140, 56
LONGEST_PX = 30_000
"""No picture of Qt's raster engine may be wider than 32,767 pixels."""


class Marquee(Part):
    """A running line at 140 design pixels a second."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, name="marquee")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.sentences: tuple[str, ...] = ()
        self.offset = 0
        self._picture: QPixmap | None = None

    def set_sentences(self, sentences: tuple[str, ...]) -> None:
        """Run other sentences."""
        if sentences != self.sentences:
            self.sentences, self._picture = sentences, None
            self.set_text(" ".join(sentences))
            self.update()

    def set_look(self, look: Look) -> None:
        """Show the part in another theme or scale."""
        self._picture = None
        super().set_look(look)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the picture anew for another height."""
        self._picture = None

    def run(self, now_s: float) -> None:
        """Move to where the line is at a time."""
        if self.look.reduced_motion:
            return
        offset = round(now_s * SPEED * self.look.scale)
        if offset != self.offset:
            self.offset = offset
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the picture as often as it is needed to fill the width."""
        picture = self._picture = self._picture or self._painted()
        painter.fillRect(self.rect(), colour(LIGHT.ground))
        if not self.sentences:
            return
        left = -(self.offset % picture.width())
        while left < self.width():
            painter.drawPixmap(left, 0, picture)
            left += picture.width()

    def _painted(self) -> QPixmap:
        """Return the picture: every sentence with a dot behind it."""
        px, gap = self.look.px(SIZE), self.look.px(GAP)
        widths = [round(width_of(sentence, px, WEIGHT)) for sentence in self.sentences]
        picture = QPixmap(max(1, min(LONGEST_PX, sum(widths) + 2 * gap * len(widths))), max(1, self.height()))
        picture.fill(colour(LIGHT.ground))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(px, WEIGHT))
        left, middle = 0, self.height() / 2
        for sentence, wide in zip(self.sentences, widths, strict=True):
            painter.setPen(colour(LIGHT.ink))
            painter.drawText(QPointF(left, middle + px * 0.36), sentence)
            left += wide + gap
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(LIGHT.primary))
            painter.drawEllipse(QPointF(left, middle), px / 7, px / 7)
            left += gap
        painter.end()
        return picture
