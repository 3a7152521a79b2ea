"""The overview of all counters: columns that never move, each counter's number and agency, its call or its state."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.overview import CounterFace
from ui.fonts import Fitted
from ui.look import CENTRE, LEFT, RIGHT, Look, colour, paint_text
from ui.parts import Part
from ui.theme import LIGHT, mixed

HEADING, COUNTER, AGENCY, WIDE_AGENCY, NUMBER, STATE, REST = 40, 76, 44, 60, 84, 52, 36
TOP, LEAST_ROW, MOST_ROW, LEAST_COLUMN = 72, 104, 176, 900
WIDE = 700
GLOW = 0.62
SIZES = {"called": (NUMBER, 56), "serving": (NUMBER, 56)}


class CounterGrid(Part):
    """The overview; `painted` tells the seqs of the calls whose frame is on the screen."""

    painted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, name="grid")
        self.headings: tuple[str, ...] = ("", "", "")
        self.faces: tuple[CounterFace, ...] = ()
        self.total, self.marked, self.strength, self.current = 0, False, 0.0, 0

    @property
    def size_of_page(self) -> int:
        """How many counters there is room for."""
        columns, rows = self._room()
        return columns * rows

    def set_headings(self, headings: tuple[str, ...]) -> None:
        """Name the columns otherwise."""
        if headings != self.headings:
            self.headings = headings
            self.update()

    def set_faces(self, faces: tuple[CounterFace, ...], total: int, *, marked: bool, current: int) -> None:
        """Show a page of so many counters in all.

        `marked` where each must name its zone; `current` is the seq of the call that pulses.
        """
        if (faces, total, marked, current) != (self.faces, self.total, self.marked, self.current):
            self.faces, self.total, self.marked, self.current = faces, total, marked, current
            self.set_text("\n".join(said(face) for face in faces))
            self.update()

    def set_strength(self, strength: float) -> None:
        """Show a step of the pulse, 0 to 1."""
        if strength != self.strength:
            self.strength = strength
            for at, face in enumerate(self.faces):
                if face.seq and face.seq == self.current:
                    self.update(self._cell(at).toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and tell which calls' frame is done."""
        super().paintEvent(event)
        seqs = [face.seq for face in self.faces if face.seq]
        if seqs:
            self.painted.emit(seqs)

    def draw(self, painter: QPainter) -> None:
        """Paint the headings and every counter."""
        theme = self.look.theme
        painter.fillRect(self.rect(), colour(theme.surface))
        for column in range(self._used()[0]):
            boxes = self._parts(self._heading_box(column))
            for box, text, align in zip(boxes, self._headings(boxes), (LEFT, LEFT, RIGHT), strict=True):
                paint_text(painter, box, text, theme.quiet, align)
        for at, face in enumerate(self.faces):
            self._draw_counter(painter, at, face)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return all(text.fits for text in self._all_texts()) and len(self.faces) <= self.size_of_page

    def _all_texts(self) -> Iterator[Fitted]:
        yield from self._headings(self._parts(self._heading_box(0)))
        for at, face in enumerate(self.faces):
            boxes = self._parts(self._cell(at))
            yield from (self._counter(face, boxes[0]), self._agency(face, boxes[1]), *self._said(face, boxes[2]))

    def _room(self) -> tuple[int, int]:
        """Return how many columns and rows there is room for."""
        columns = int(self.width() / self.look.px(LEAST_COLUMN))
        return max(1, columns), max(1, int((self.height() - self.look.px(TOP)) / self.look.px(LEAST_ROW)))

    def _used(self) -> tuple[int, int]:
        """Return how many columns and rows are used: few counters stand in one column, and larger."""
        columns, rows = self._room()
        columns = max(1, min(columns, -(-self.total // rows)))
        return columns, max(1, min(rows, -(-self.total // columns)))

    def _heading_box(self, column: int) -> QRectF:
        wide = self.width() / self._used()[0]
        return QRectF(column * wide, 0, wide, self.look.px(TOP))

    def _cell(self, at: int) -> QRectF:
        """Return where a counter stands: down the first column, then down the next."""
        columns, rows = self._used()
        column, row = divmod(at, rows)
        top, wide = self.look.px(TOP), self.width() / columns
        high = min((self.height() - top) / rows, self.look.px(MOST_ROW))
        first, last = round(top + row * high), round(top + (row + 1) * high)
        return QRectF(round(column * wide), first, round(wide), last - first)

    def _parts(self, cell: QRectF) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of counter, agency and state in a cell."""
        px = self.look.px
        left = cell.left() + px(88 if self.marked else 48)
        state_wide = max(px(352), cell.width() * 0.38)
        counter = QRectF(left, cell.top(), px(124), cell.height())
        state = QRectF(cell.right() - px(48) - state_wide, cell.top(), state_wide, cell.height())
        wide = state.left() - counter.right() - px(24)
        return counter, QRectF(counter.right() + px(16), cell.top(), wide, cell.height()), state

    def _draw_counter(self, painter: QPainter, at: int, face: CounterFace) -> None:
        theme, cell = self.look.theme, self._cell(at)
        ground = theme.raised if at % self._used()[1] % 2 == 0 else theme.surface
        glow = GLOW * self.strength if face.seq and face.seq == self.current else 0.0
        painter.fillRect(cell, colour(mixed(LIGHT.primary, ground, glow)))
        self._draw_stripe(painter, cell, face)
        counter, agency, state = self._parts(cell)
        ink = theme.off_ink if face.state == "closed" else theme.ink
        paint_text(painter, counter, self._counter(face, counter), ink, LEFT)
        paint_text(painter, agency, self._agency(face, agency), ink, LEFT)
        self._draw_state(painter, state, face)

    def _draw_state(self, painter: QPainter, box: QRectF, face: CounterFace) -> None:
        theme = self.look.theme
        inks = {"called": theme.call, "serving": theme.ink, "free": theme.good}
        told, rest = self._said(face, box)
        high = told.height + (rest.height if rest.text else 0)
        top = box.top() + (box.height() - high) / 2
        line = QRectF(box.left(), top, box.width(), told.height)
        paint_text(painter, line, told, inks.get(face.state, theme.quiet), RIGHT)
        if rest.text:
            paint_text(painter, QRectF(box.left(), line.bottom(), box.width(), rest.height), rest, theme.quiet, RIGHT)

    def _draw_stripe(self, painter: QPainter, cell: QRectF, face: CounterFace) -> None:
        theme, px = self.look.theme, self.look.px
        tone = colour(theme.zone(face.zone.place))
        if not self.marked:
            painter.fillRect(QRectF(cell.left(), cell.top(), px(16), cell.height()), tone)
            return
        field = QRectF(cell.left(), cell.top(), px(64), cell.height() - px(3))
        painter.fillRect(field, tone)
        paint_text(painter, field, self.look.fit(face.zone.mark, field, 52, weight=800), theme.ground, CENTRE)

    def _headings(self, boxes: tuple[QRectF, ...]) -> list[Fitted]:
        pairs = zip(self.headings, boxes, strict=True)
        return [self.look.fit(text, box, HEADING, floor=30, weight=600) for text, box in pairs]

    def _counter(self, face: CounterFace, box: QRectF) -> Fitted:
        return self.look.fit(str(face.counter), box, COUNTER, floor=60, weight=800)

    def _agency(self, face: CounterFace, box: QRectF) -> Fitted:
        size = WIDE_AGENCY if box.width() > self.look.px(WIDE) else AGENCY
        return self.look.fit(face.agency, box, size, floor=36, weight=600, lines=2)

    def _said(self, face: CounterFace, box: QRectF) -> tuple[Fitted, Fitted]:
        """Return the number or state and the rest, the large one smaller where both share the cell's height."""
        size, floor = SIZES.get(face.state, (STATE, 32))
        first = QRectF(box.left(), box.top(), box.width(), box.height() * (0.66 if face.rest else 1))
        second = QRectF(box.left(), box.top(), box.width(), box.height() * 0.34)
        told = self.look.fit(face.told, first, size, floor=floor, weight=800 if face.state in SIZES else 600)
        return told, self.look.fit(face.rest, second, REST, floor=28, weight=500)


def said(face: CounterFace) -> str:
    """Return what a counter says in one line."""
    return " ".join(text for text in (str(face.counter), face.agency, face.told, face.rest) if text)
