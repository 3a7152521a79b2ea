"""The painted parts of a clerk's panel that only show: its top, the number in the middle, the queue at the bottom."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from counter.faces import CardFace, HeadFace
from ui.fonts import Fitted, width_of
from ui.look import CENTRE, LEFT, colour, paint_card, paint_icon, paint_text
from ui.parts import Part
from ui.theme import mixed

SMALL, BODY, TITLE, NUMBER, REMARK = 16, 20, 28, 120, 36


class Head(Part):
    """The counter, its agency, and a pill with its state."""

    face = HeadFace("")

    def set_face(self, face: HeadFace) -> None:
        """Say something else."""
        if face != self.face:
            self.face = face
            self.set_text(" ".join(part for part in (face.counter, face.agency, face.state) if part))
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the counter's name and agency at the left, the pill at the right."""
        theme, face = self.look.theme, self.face
        painter.fillRect(self.rect(), colour(theme.ink))
        pill, counter, agency = self._boxes()
        paint_text(painter, counter, self._counter(counter), theme.surface, LEFT)
        paint_text(painter, agency, self._agency(agency), mixed(theme.surface, theme.ink, 0.8), LEFT)
        if face.state:
            ink = theme.off_ink if face.tone == "off" else str(getattr(theme, f"on_{face.tone}"))
            paint_card(painter, pill, str(getattr(theme, face.tone)), pill.height() / 2)
            paint_text(painter, pill, self.look.fit(face.state, pill, SMALL, floor=13, weight=700), ink, CENTRE)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        _, counter, agency = self._boxes()
        return self._counter(counter).fits and self._agency(agency).fits

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of the state, the counter and the agency."""
        px, pad = self.look.px, self.look.px(16)
        wide = width_of(self.face.state, px(SMALL), 700) + px(28) if self.face.state else 0
        pill = QRectF(self.width() - pad - wide, (self.height() - px(32)) / 2, wide, px(32))
        room = QRectF(pad, px(6), pill.left() - 2 * pad, self.height() - px(12))
        counter = QRectF(room.left(), room.top(), room.width(), room.height() * 0.6)
        return pill, counter, QRectF(room.left(), counter.bottom(), room.width(), room.bottom() - counter.bottom())

    def _counter(self, box: QRectF) -> Fitted:
        return self.look.fit(self.face.counter, box, TITLE, floor=20, weight=800)

    def _agency(self, box: QRectF) -> Fitted:
        return self.look.fit(self.face.agency, box, SMALL, floor=13, weight=500)


class Card(Part):
    """The number at the counter with its class, service and time, or a title while nobody is there."""

    face = CardFace()

    def set_face(self, face: CardFace) -> None:
        """Show something else."""
        if face != self.face:
            self.face = face
            said = (face.group, face.paper, face.number, face.title, face.first, face.second, face.remark)
            self.set_text(" ".join(part for part in said if part))
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the card with a number, or with an icon and a title."""
        theme = self.look.theme
        paint_card(
            painter,
            self.box(),
            theme.surface,
            self.look.px(theme.panel_radius),
            mixed(theme.line, theme.surface, 0.5),
            1,
        )
        top, first, second = self._boxes()
        if self.face.number:
            paint_text(painter, top, self._number(top), theme.ink, CENTRE)
            self._draw_marks(painter)
        else:
            self._draw_title(painter, top)
        paint_text(painter, first, self._first(first), theme.ink if self.face.number else theme.quiet, CENTRE)
        paint_text(painter, second, self._second(second), theme.quiet, CENTRE)
        if self.face.remark:
            remark = self._remark_box()
            paint_card(painter, remark, mixed(theme.call, theme.surface, 0.2), self.look.px(theme.panel_radius) / 2)
            paint_text(painter, remark, self._remark(remark), theme.ink, CENTRE)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        top, first, second = self._boxes()
        head = self._number(top) if self.face.number else self._title(self._title_box(top))
        lines = [self._first(first)] if self.face.first else []
        lines += [self._second(second)] if self.face.second else []
        lines += [self._remark(self._remark_box())] if self.face.remark else []
        return head.fits and all(line.fits for line in lines)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of the number or title, of the service, and of the time."""
        px, box = self.look.px, self.box()
        room = box.adjusted(px(16), px(10), -px(16), -px(10))
        low = px(24) if self.face.second else 0
        room.setBottom(room.bottom() - (px(REMARK + 6) if self.face.remark else 0))
        second = QRectF(room.left(), room.bottom() - low, room.width(), low)
        high = px(26 if self.face.remark else 48)
        first = QRectF(room.left(), second.top() - high, room.width(), high)
        top = room.top() + (px(30) if self.face.group or self.face.paper else 0)
        return QRectF(room.left(), top, room.width(), first.top() - top), first, second

    def _remark_box(self) -> QRectF:
        """Return the box of a clerk's remark: at the bottom."""
        px, box = self.look.px, self.box()
        return QRectF(box.left() + px(12), box.bottom() - px(8 + REMARK), box.width() - px(24), px(REMARK))

    def _draw_marks(self, painter: QPainter) -> None:
        """Paint the class at the left and the missing paper at the right of the card's top."""
        theme, px, left = self.look.theme, self.look.px, self.look.px(12)
        if self.face.group:
            self._draw_mark(painter, left, self.face.group, self.face.group_icon, theme.primary, theme.on_primary)
        if self.face.paper:
            wide = self._mark_width(self.face.paper)
            self._draw_mark(
                painter, self.width() - px(12) - wide, self.face.paper, "printer-off", theme.alarm, theme.on_alarm
            )

    def _mark_width(self, text: str) -> float:
        return width_of(text, self.look.px(SMALL), 700) + self.look.px(46)

    def _draw_mark(self, painter: QPainter, left: float, text: str, icon: str, fill: str, ink: str) -> None:
        px = self.look.px
        box = QRectF(left, px(10), self._mark_width(text), px(28))
        paint_card(painter, box, fill, box.height() / 2)
        paint_icon(painter, QRectF(box.left() + px(10), box.top() + px(5), px(18), px(18)), icon, ink)
        inner = box.adjusted(px(33), 0, -px(8), 0)
        paint_text(painter, inner, self.look.fit(text, inner, SMALL, floor=12, weight=700), ink, LEFT)

    def _draw_title(self, painter: QPainter, top: QRectF) -> None:
        theme, side, box = self.look.theme, self.look.px(64), self._title_box(top)
        icon = QRectF(top.center().x() - side / 2, box.top() - side - self.look.px(8), side, side)
        if self.face.icon:
            paint_icon(painter, icon, self.face.icon, theme.primary)
        paint_text(painter, box, self._title(box), theme.ink, CENTRE)

    def _title_box(self, top: QRectF) -> QRectF:
        return QRectF(top.left(), top.bottom() - self.look.px(44), top.width(), self.look.px(40))

    def _number(self, box: QRectF) -> Fitted:
        """Return the number fitted by its capitals: the line may be higher than its box."""
        room = box.adjusted(0, -box.height() * 0.24, 0, box.height() * 0.24)
        return self.look.fit(self.face.number, room, NUMBER, floor=48 if self.face.remark else 72, weight=800)

    def _title(self, box: QRectF) -> Fitted:
        return self.look.fit(self.face.title, box, TITLE, floor=20, weight=800)

    def _remark(self, box: QRectF) -> Fitted:
        room = box.adjusted(self.look.px(8), 0, -self.look.px(8), 0)
        return self.look.fit(self.face.remark, room, SMALL, floor=12, weight=600, lines=2)

    def _first(self, box: QRectF) -> Fitted:
        weight = 600 if self.face.number else 500
        if self.face.remark:
            return self.look.fit(self.face.first, box, BODY, floor=12, weight=weight)
        return self.look.fit(self.face.first, box, BODY, floor=16, weight=weight, lines=2)

    def _second(self, box: QRectF) -> Fitted:
        return self.look.fit(self.face.second, box, SMALL, floor=14, weight=500)


class Message(Part):
    """What the last press did, or why nothing could be done; `tone` is "good", "primary", "call" or "alarm"."""

    tone, icon = "primary", ""

    def set_state(self, text: str, *, tone: str, icon: str) -> None:
        """Say something else."""
        self.tone, self.icon = tone, icon
        self.set_text(text)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the sentence: quietly tinted where all is well, strong where it must be seen."""
        if not self.text():
            return
        theme, px = self.look.theme, self.look.px
        tone = str(getattr(theme, self.tone))
        loud = self.tone in ("alarm", "call")
        ink = str(getattr(theme, f"on_{self.tone}")) if loud else theme.ink
        paint_card(painter, self.box(), tone if loud else mixed(tone, theme.surface, 0.13), px(theme.panel_radius))
        side, box = px(22), self._text_box()
        icon = QRectF(px(12), (self.height() - side) / 2, side, side)
        paint_icon(painter, icon, self.icon, ink if loud else tone)
        paint_text(painter, box, self._fit(box), ink, LEFT)

    def fits(self) -> bool:
        """Tell whether the sentence stands in its box no smaller than its floor."""
        return not self.text() or self._fit(self._text_box()).fits

    def _text_box(self) -> QRectF:
        px = self.look.px
        return self.box().adjusted(px(44), px(2), -px(10), -px(2))

    def _fit(self, box: QRectF) -> Fitted:
        return self.look.fit(self.text(), box, SMALL, floor=13, weight=600, lines=2)


class Queue(Part):
    """At the bottom: how many wait, and how long the longest of them."""

    count, longest = "", ""

    def set_queue(self, count: str, longest: str) -> None:
        """Say something else."""
        if (count, longest) != (self.count, self.longest):
            self.count, self.longest = count, longest
            self.set_text(f"{count} {longest}".strip())
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the count, and the longest wait below it."""
        count, longest = self._boxes()
        paint_text(painter, count, self._count(count), self.look.theme.ink, LEFT)
        if self.longest:
            paint_text(painter, longest, self._longest(longest), self.look.theme.quiet, LEFT)

    def fits(self) -> bool:
        """Tell whether both texts stand in their boxes."""
        count, longest = self._boxes()
        return self._count(count).fits and (not self.longest or self._longest(longest).fits)

    def _boxes(self) -> tuple[QRectF, QRectF]:
        pad, box = self.look.px(4), self.box()
        room = box.adjusted(pad, 0, -pad, 0)
        if not self.longest:
            return room, QRectF()
        edge = room.top() + room.height() * 0.55
        return QRectF(room.topLeft(), QPointF(room.right(), edge)), QRectF(
            QPointF(room.left(), edge), room.bottomRight()
        )

    def _count(self, box: QRectF) -> Fitted:
        return self.look.fit(self.count, box, BODY, floor=15, weight=800)

    def _longest(self, box: QRectF) -> Fitted:
        return self.look.fit(self.longest, box, SMALL, floor=12, weight=500)
