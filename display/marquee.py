"""The line that runs along the bottom: a train of sentences, each painted once and moved over the screen."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Wagon:
    """One sentence's picture and where it stands on the line, in pixels."""

    left: int
    picture: QPixmap

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.left + self.picture.width()


class Marquee(Part):
    """A running line at 140 design pixels a second; other sentences come in at the right, behind what is shown."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, name="marquee")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.sentences: tuple[str, ...] = ()
        self.offset = 0
        self._train: deque[Wagon] = deque()
        self._pictures: dict[str, QPixmap] = {}
        self._next = 0

    def set_sentences(self, sentences: tuple[str, ...]) -> None:
        """Run other sentences, the first of them next."""
        if sentences != self.sentences:
            self.sentences, self._next = sentences, 0
            self._pictures = {text: picture for text, picture in self._pictures.items() if text in sentences}
            self.set_text(" ".join(sentences))
            self.update()

    def set_look(self, look: Look) -> None:
        """Show the part in another theme or scale."""
        if look != self.look:
            self._begin()
        super().set_look(look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the pictures anew for another height."""
        if event.size().height() != event.oldSize().height():
            self._begin()

    def run(self, now_s: float) -> None:
        """Move to where the line is at a time."""
        if self.look.reduced_motion:
            return
        offset = round(now_s * SPEED * self.look.scale)
        if offset != self.offset:
            self.offset = offset
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the wagons that are on the screen."""
        painter.fillRect(self.rect(), colour(LIGHT.ground))
        for wagon in self._on_screen():
            painter.drawPixmap(wagon.left - self.offset, 0, wagon.picture)

    def _begin(self) -> None:
        self._train.clear()
        self._pictures.clear()
        self._next = 0

    def _on_screen(self) -> Iterator[Wagon]:
        """Yield what is to be seen; what has left the screen is let go, and what comes in is hung on."""
        while self._train and self._train[0].right <= self.offset:
            self._train.popleft()
        while self.sentences and self._end() < self.offset + self.width():
            text = self.sentences[self._next % len(self.sentences)]
            self._next += 1
            self._train.append(Wagon(self._end(), self._picture(text)))
        yield from self._train

    def _end(self) -> int:
        return self._train[-1].right if self._train else self.offset

    def _picture(self, sentence: str) -> QPixmap:
        if sentence not in self._pictures:
            self._pictures[sentence] = self._painted(sentence)
        return self._pictures[sentence]

    def _painted(self, sentence: str) -> QPixmap:
        """Return a sentence's picture, a dot behind it."""
        px, gap = self.look.px(SIZE), self.look.px(GAP)
        wide = min(LONGEST_PX, round(width_of(sentence, px, WEIGHT)))
        picture = QPixmap(wide + 2 * gap, max(1, self.height()))
        picture.fill(colour(LIGHT.ground))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(px, WEIGHT))
        painter.setPen(colour(LIGHT.ink))
        middle = self.height() / 2
        painter.drawText(QPointF(0, middle + px * 0.36), sentence)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(LIGHT.primary))
        painter.drawEllipse(QPointF(wide + gap, middle), px / 7, px / 7)
        painter.end()
        return picture
