"""The large part of a screen: the number that is called now, and the smaller form of it beside pictures."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from display.faces import BigFace
from ui.fonts import Fitted, width_of
from ui.look import CENTRE, LEFT, Look, colour, paint_card, paint_icon, paint_text
from ui.parts import Part
from ui.theme import LIGHT, mixed

AGENCY = 60
GLOW = 0.62
"""How much blue the ground takes at the height of a pulse: the number stays legible from far away."""


@dataclass(frozen=True, slots=True)
class Form:
    """The sizes of a big call in design pixels, each with the floor below it, the heights of its lines, its margins."""

    caption: int = 48
    number: int = 300
    number_floor: int = 180
    plate: int = 130
    plate_floor: int = 84
    chip_high: int = 76
    plate_high: int = 176
    side: int = 48
    edge: int = 36


FULL = Form()
SMALL = Form(36, 200, 110, 84, 60, 60, 112, 32, 24)


class Chip:
    """A word with an icon in a rounded field, centred in a row with others; `size` is that of its letters."""

    def __init__(self, look: Look, text: str, icon: str, fill: str, ink: str, size: int) -> None:
        self.look, self.text, self.icon, self.fill, self.ink, self.size = look, text, icon, fill, ink, size

    @property
    def width(self) -> float:
        """How wide the chip is in window pixels."""
        px = self.look.px
        return width_of(self.text, px(self.size), 700) + px(self.size) * (1.35 if self.icon else 0) + 2 * self._pad

    @property
    def _pad(self) -> float:
        return self.look.px(self.size) * 2 / 3

    def draw(self, painter: QPainter, left: float, box: QRectF) -> None:
        """Paint the chip at a place in a row."""
        side = self.look.px(self.size)
        field = QRectF(left, box.top(), self.width, box.height())
        paint_card(painter, field, self.fill, field.height() / 2)
        inner = field.adjusted(self._pad, 0, -self._pad, 0)
        if self.icon:
            paint_icon(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), self.icon, self.ink)
            inner.setLeft(inner.left() + side * 1.35)
        paint_text(painter, inner, self.look.fit(self.text, inner, self.size, floor=28, weight=700), self.ink, LEFT)


class BigCall(Part):
    """The big call; `painted` tells the seq of the call whose frame is on the screen.

    In its small form it has no agency, and its zone is the mark at its left, as in the rows.
    """

    painted = Signal(list)
    form = FULL

    def __init__(self, look: Look, parent: QWidget | None = None, *, caption: str = "") -> None:
        super().__init__(look, parent, name="big_call")
        self.caption, self.strength = caption, 0.0
        self.face: BigFace | None = None
        self._kept: tuple[tuple[object, ...], QPixmap] | None = None

    def set_face(self, face: BigFace | None, caption: str) -> None:
        """Show another call, under a caption."""
        if (face, caption) != (self.face, self.caption):
            self.face, self.caption = face, caption
            self.set_text(" ".join(part for part in self._said() if part))
            self.update()

    def set_form(self, form: Form) -> None:
        """Show the call in another form."""
        if form != self.form:
            self.form = form
            self.update()

    def set_strength(self, strength: float) -> None:
        """Show a step of the pulse, 0 to 1."""
        if strength != self.strength:
            self.strength = strength
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint, and tell that this call's frame is done."""
        super().paintEvent(event)
        if self.face is not None:
            self.painted.emit([self.face.seq])

    def draw(self, painter: QPainter) -> None:
        """Paint caption, number, counter and agency, top to bottom."""
        painter.fillRect(self.rect(), colour(self._ground()))
        if self.face is None:
            return
        caption, number, plate, agency, zone = self._boxes()
        self._draw_row(painter, caption, self._caption_chips())
        painter.drawPixmap(QPointF(0, number.top() - number.height() * 0.2), self._picture(number))
        self._draw_plate(painter, plate)
        paint_text(painter, agency, self._agency(agency), self.look.theme.ink, CENTRE)
        self._draw_row(painter, zone, self._zone_chips())
        self._draw_mark(painter)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        if self.face is None:
            return True
        caption, number, plate, agency, zone = self._boxes()
        texts = (self._number(number), self._plate(plate), self._agency(agency))
        chips = max(row_width(self.look, self._caption_chips()), row_width(self.look, self._zone_chips()))
        return all(text.fits for text in texts) and chips <= min(caption.width(), zone.width())

    def _said(self) -> tuple[str, ...]:
        face = self.face
        if face is None:
            return ()
        zone = face.zone.text if face.zone else ""
        rest = (face.agency, zone) if self.form is FULL else ()
        return (face.recall or self.caption, face.group, face.number, face.counter, *rest)

    def _ground(self) -> str:
        theme = self.look.theme
        return mixed(LIGHT.primary, theme.ground, GLOW * self.strength)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
        """Return the boxes of caption, number, counter, agency and zone."""
        form, px, box = self.form, self.look.px, self.box()
        room = box.adjusted(px(form.side) + self._mark(), px(form.edge), -px(form.side), -px(form.edge))
        high = px(form.chip_high)
        caption = QRectF(room.left(), room.top(), room.width(), high)
        zone = QRectF(room.left(), room.bottom() - high, room.width(), high)
        agency = QRectF(room.left(), room.bottom() - px(148), room.width(), px(148))
        if self.face and self.face.zone:
            agency = QRectF(room.left(), zone.top() - px(90), room.width(), px(80))
        foot = agency.top() - px(20) if form is FULL else room.bottom()
        plate = QRectF(room.left(), foot - px(form.plate_high), room.width(), px(form.plate_high))
        number = QRectF(room.left(), caption.bottom(), room.width(), plate.top() - caption.bottom())
        return caption, number, plate, agency, zone

    def _mark(self) -> int:
        """Return how wide the zone's mark at the left is."""
        return self.look.px(80) if self.form is SMALL and self.face and self.face.zone else 0

    def _draw_mark(self, painter: QPainter) -> None:
        zone = self.face.zone if self.face else None
        if zone is None or not self._mark():
            return
        theme, field = self.look.theme, QRectF(0, 0, self._mark(), self.height())
        painter.fillRect(field, colour(theme.zone(zone.place)))
        paint_text(painter, field, self.look.fit(zone.mark, field, 60, weight=800), theme.ground, CENTRE)

    def _draw_row(self, painter: QPainter, box: QRectF, chips: list[Chip]) -> None:
        left = box.center().x() - row_width(self.look, chips) / 2
        for chip in chips:
            chip.draw(painter, left, box)
            left += chip.width + self.look.px(24)

    def _caption_chips(self) -> list[Chip]:
        theme, look, face = self.look.theme, self.look, self.face
        ground = self._ground()
        size = self.form.caption
        chips = [Chip(look, self.caption, "", ground, theme.quiet, size)]
        if face and face.recall:
            chips = [Chip(look, face.recall, "bell-ringing", theme.call, theme.on_call, size)]
        if face and face.group:
            chips.append(Chip(look, face.group, face.group_icon, theme.off, theme.ink, size))
        return chips

    def _zone_chips(self) -> list[Chip]:
        zone = self.face.zone if self.face else None
        if zone is None or self.form is SMALL:
            return []
        fill = self.look.theme.zone(zone.place)
        return [Chip(self.look, zone.text, "map-2", fill, self.look.theme.ground, self.form.caption)]

    def _draw_plate(self, painter: QPainter, box: QRectF) -> None:
        theme, px, text = self.look.theme, self.look.px, self._plate(box)
        wide = min(box.width(), text.width + px(112))
        card = QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())
        paint_card(painter, card, mixed(theme.call, theme.ink, self.strength), px(theme.radius))
        paint_text(painter, card, text, theme.on_call, CENTRE)

    def _number(self, box: QRectF) -> Fitted:
        """Return the number fitted by its capitals: they have no descenders, so the line may be higher than its box."""
        room = box.adjusted(0, -box.height() * 0.2, 0, box.height() * 0.2)
        number, form = self.face.number if self.face else "", self.form
        return self.look.fit(number, room, form.number, floor=form.number_floor, weight=800)

    def _picture(self, box: QRectF) -> QPixmap:
        """Return the painted number, kept while it pulses: letters of this size are costly to paint."""
        text, ratio = self._number(box), self.devicePixelRatioF()
        tall = QSizeF(self.width(), box.height() * 1.4)
        key = (text, tall.width(), tall.height(), box.center().x(), ratio)
        if self._kept is None or self._kept[0] != key:
            picture = QPixmap((tall * ratio).toSize())
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            room = QRectF(box.left(), 0, box.width(), tall.height())
            paint_text(painter, room, text, self.look.theme.call, CENTRE)
            painter.end()
            self._kept = (key, picture)
        return self._kept[1]

    def _plate(self, box: QRectF) -> Fitted:
        inner = box.adjusted(self.look.px(40), 0, -self.look.px(40), 0)
        counter, form = self.face.counter if self.face else "", self.form
        return self.look.fit(counter, inner, form.plate, floor=form.plate_floor, weight=800)

    def _agency(self, box: QRectF) -> Fitted:
        agency = self.face.agency if self.face and self.form is FULL else ""
        return self.look.fit(agency, box, AGENCY, floor=44, weight=600, lines=2)


def row_width(look: Look, chips: list[Chip]) -> float:
    """Return how wide a row of chips is."""
    return sum(chip.width for chip in chips) + look.px(24) * max(0, len(chips) - 1)
