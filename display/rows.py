"""The rows of recent calls: columns that never move, the newest at the top, a stripe in the zone's colour."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import ROWS
from display.faces import RowFace
from ui.fonts import Fitted
from ui.look import CENTRE, LEFT, RIGHT, Look, colour, paint_icon, paint_text
from ui.parts import Part
from ui.theme import LIGHT, mixed

HEADING, NUMBER, COUNTER, MARK, AGENCY = 48, 84, 60, 48, 52
TOP, LEAST_ROW = 92, 100
GLOW = 0.62


class Rows(Part):
    """The rows; `painted` tells the seqs of the calls whose frame is on the screen."""

    painted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None, *, marked: bool = False) -> None:
        super().__init__(look, parent, name="rows")
        self.marked, self.heading, self.strength = marked, "", 0.0
        self.faces: tuple[RowFace, ...] = ()

    @property
    def count(self) -> int:
        """How many rows there is room for."""
        return max(1, min(ROWS, int((self.height() - self.look.px(TOP)) / self.look.px(LEAST_ROW))))

    @property
    def shown(self) -> tuple[RowFace, ...]:
        """The rows there is room for."""
        return self.faces[: self.count]

    def set_faces(self, heading: str, faces: tuple[RowFace, ...], *, marked: bool) -> None:
        """Show other rows; `marked` where each must name its zone."""
        if (heading, faces, marked) != (self.heading, self.faces, self.marked):
            self.heading, self.faces, self.marked = heading, faces, marked
            self._say()
            self.update()

    def set_strength(self, strength: float) -> None:
        """Show a step of the pulse of the current call's row, 0 to 1."""
        if strength != self.strength:
            self.strength = strength
            for at, face in enumerate(self.shown):
                if face.current:
                    self.update(self._row(at).toAlignedRect())

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say the rows there is room for now."""
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and tell which calls' frame is done."""
        super().paintEvent(event)
        seqs = [face.seq for face in self.shown if face.seq]
        if seqs:
            self.painted.emit(seqs)

    def draw(self, painter: QPainter) -> None:
        """Paint heading, grounds and rows."""
        theme = self.look.theme
        painter.fillRect(self.rect(), colour(theme.surface))
        heading = self._heading_box()
        paint_text(painter, heading, self._heading(heading), theme.quiet, LEFT)
        for at, face in enumerate(self.shown):
            ground = theme.raised if at % 2 == 0 else theme.surface
            glow = GLOW * self.strength if face.current else 0.0
            painter.fillRect(self._row(at), colour(mixed(LIGHT.primary, ground, glow)))
            self._draw_row(painter, self._row(at), face)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return self._heading(self._heading_box()).fits and all(text.fits for text in self._all_texts())

    def _say(self) -> None:
        self.set_text("\n".join((self.heading, *(f"{face.title} {face.counter}" for face in self.shown))))

    def _all_texts(self) -> Iterator[Fitted]:
        for at, face in enumerate(self.shown):
            title, counter, _ = self._columns(self._row(at), face)
            yield self._title(face, title)
            yield self._counter(face, counter)

    def _heading_box(self) -> QRectF:
        px = self.look.px
        left = self._left()
        return QRectF(left, 0, self.width() - left - px(48), px(TOP))

    def _left(self) -> int:
        """Return where numbers begin: after the stripe."""
        return self.look.px(112 if self.marked else 48)

    def _row(self, at: int) -> QRectF:
        top = self.look.px(TOP)
        high = (self.height() - top) / self.count
        first, last = round(top + at * high), round(top + (at + 1) * high)
        return QRectF(0, first, self.width(), last - first)

    def _columns(self, row: QRectF, face: RowFace) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of number, counter and the mark between them: the same for every call."""
        px = self.look.px
        left = row.left() + self._left()
        counter = QRectF(row.right() - px(40) - px(316), row.top(), px(316), row.height())
        mark = QRectF(counter.left() - px(64), row.top(), px(56), row.height())
        right = mark.left() - px(8) if face.seq else counter.left() + px(24)
        return QRectF(left, row.top(), right - left, row.height()), counter, mark

    def _draw_row(self, painter: QPainter, row: QRectF, face: RowFace) -> None:
        theme = self.look.theme
        self._draw_stripe(painter, row, face)
        title, counter, mark = self._columns(row, face)
        ink = theme.call if face.current else theme.ink
        paint_text(painter, title, self._title(face, title), ink, LEFT)
        paint_text(painter, counter, self._counter(face, counter), ink if face.current else theme.quiet, RIGHT)
        if face.recall:
            side = self.look.px(MARK)
            paint_icon(painter, QRectF(mark.left(), mark.center().y() - side / 2, side, side), "bell-ringing", ink)

    def _draw_stripe(self, painter: QPainter, row: QRectF, face: RowFace) -> None:
        theme, px = self.look.theme, self.look.px
        tone = theme.zone(face.zone.place)
        if not self.marked:
            painter.fillRect(QRectF(row.left(), row.top(), px(16), row.height()), colour(tone))
            return
        field = QRectF(row.left(), row.top(), px(80), row.height() - px(3))
        painter.fillRect(field, colour(tone))
        paint_text(painter, field, self.look.fit(face.zone.mark, field, 60, weight=800), theme.ground, CENTRE)

    def _heading(self, box: QRectF) -> Fitted:
        return self.look.fit(self.heading, box, HEADING, floor=40, weight=600)

    def _title(self, face: RowFace, box: QRectF) -> Fitted:
        if face.seq:
            return self.look.fit(face.title, box, NUMBER, floor=60, weight=800)
        line = self.look.fit(face.title, box, AGENCY, floor=44, weight=700)
        return line if line.fits else self.look.fit(face.title, box, AGENCY, floor=36, weight=700, lines=2)

    def _counter(self, face: RowFace, box: QRectF) -> Fitted:
        return self.look.fit(face.counter, box, COUNTER if face.seq else AGENCY, floor=40, weight=600)
