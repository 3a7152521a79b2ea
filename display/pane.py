"""The large part of a screen: the number that is called now, or a greeting while nobody is."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from display.faces import BigFace
from display.welcome import Greeting
from ui.fonts import Fitted, width_of
from ui.look import CENTRE, LEFT, Look, colour, paint_card, paint_icon, paint_text
from ui.parts import Part
from ui.theme import LIGHT, mixed

CAPTION, NUMBER, PLATE, AGENCY, ZONE = 48, 300, 130, 60, 48
GREETING, SENTENCE, HOURS = 130, 60, 48
GLOW = 0.62
"""How much blue the ground takes at the height of a pulse: the number stays legible from far away."""


class Chip:
    """A word with an icon in a rounded field, centred in a row with others."""

    def __init__(self, look: Look, text: str, icon: str, fill: str, ink: str) -> None:
        self.look, self.text, self.icon, self.fill, self.ink = look, text, icon, fill, ink

    @property
    def width(self) -> float:
        """How wide the chip is in window pixels."""
        px = self.look.px
        return width_of(self.text, px(CAPTION), 700) + px(CAPTION) * (1.35 if self.icon else 0) + px(64)

    def draw(self, painter: QPainter, left: float, box: QRectF) -> None:
        """Paint the chip at a place in a row."""
        px = self.look.px
        field = QRectF(left, box.top(), self.width, box.height())
        paint_card(painter, field, self.fill, field.height() / 2)
        inner = field.adjusted(px(32), 0, -px(32), 0)
        if self.icon:
            side = px(CAPTION)
            paint_icon(painter, QRectF(inner.left(), inner.center().y() - side / 2, side, side), self.icon, self.ink)
            inner.setLeft(inner.left() + px(CAPTION) * 1.35)
        paint_text(painter, inner, self.look.fit(self.text, inner, CAPTION, floor=30, weight=700), self.ink, LEFT)


class BigCall(Part):
    """The big call; `painted` tells the seq of the call whose frame is on the screen."""

    painted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None, *, caption: str = "") -> None:
        super().__init__(look, parent, name="big_call")
        self.caption, self.strength = caption, 0.0
        self.face: BigFace | None = None

    def set_face(self, face: BigFace | None, caption: str) -> None:
        """Show another call, under a caption."""
        if (face, caption) != (self.face, self.caption):
            self.face, self.caption = face, caption
            self.set_text(" ".join(part for part in self._said() if part))
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
        self._draw_caption(painter, caption)
        paint_text(painter, number, self._number(number), self.look.theme.call, CENTRE)
        self._draw_plate(painter, plate)
        paint_text(painter, agency, self._agency(agency), self.look.theme.ink, CENTRE)
        self._draw_row(painter, zone, self._zone_chips())

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
        return (face.recall or self.caption, face.group, face.number, face.counter, face.agency, zone)

    def _ground(self) -> str:
        theme = self.look.theme
        return mixed(LIGHT.primary, theme.ground, GLOW * self.strength)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF, QRectF, QRectF]:
        """Return the boxes of caption, number, counter, agency and zone."""
        px, box = self.look.px, self.box()
        room = box.adjusted(px(48), px(36), -px(48), -px(36))
        high = px(76)
        caption = QRectF(room.left(), room.top(), room.width(), high)
        zone = QRectF(room.left(), room.bottom() - high, room.width(), high)
        agency = QRectF(room.left(), room.bottom() - px(148), room.width(), px(148))
        if self.face and self.face.zone:
            agency = QRectF(room.left(), zone.top() - px(90), room.width(), px(80))
        plate = QRectF(room.left(), agency.top() - px(20) - px(176), room.width(), px(176))
        number = QRectF(room.left(), caption.bottom(), room.width(), plate.top() - caption.bottom())
        return caption, number, plate, agency, zone

    def _draw_caption(self, painter: QPainter, box: QRectF) -> None:
        self._draw_row(painter, box, self._caption_chips())

    def _draw_row(self, painter: QPainter, box: QRectF, chips: list[Chip]) -> None:
        left = box.center().x() - row_width(self.look, chips) / 2
        for chip in chips:
            chip.draw(painter, left, box)
            left += chip.width + self.look.px(24)

    def _caption_chips(self) -> list[Chip]:
        theme, look, face = self.look.theme, self.look, self.face
        ground = self._ground()
        chips = [Chip(look, self.caption, "", ground, theme.quiet)]
        if face and face.recall:
            chips = [Chip(look, face.recall, "bell-ringing", theme.call, theme.on_call)]
        if face and face.group:
            chips.append(Chip(look, face.group, face.group_icon, theme.off, theme.ink))
        return chips

    def _zone_chips(self) -> list[Chip]:
        zone = self.face.zone if self.face else None
        if zone is None:
            return []
        fill = self.look.theme.zone(zone.place)
        return [Chip(self.look, zone.text, "map-2", fill, self.look.theme.ground)]

    def _draw_plate(self, painter: QPainter, box: QRectF) -> None:
        theme, px, text = self.look.theme, self.look.px, self._plate(box)
        wide = min(box.width(), text.width + px(112))
        card = QRectF(box.center().x() - wide / 2, box.top(), wide, box.height())
        paint_card(painter, card, mixed(theme.call, theme.ink, self.strength), px(theme.radius))
        paint_text(painter, card, text, theme.on_call, CENTRE)

    def _number(self, box: QRectF) -> Fitted:
        """Return the number fitted by its capitals: they have no descenders, so the line may be higher than its box."""
        room = box.adjusted(0, -box.height() * 0.2, 0, box.height() * 0.2)
        return self.look.fit(self.face.number if self.face else "", room, NUMBER, floor=180, weight=800)

    def _plate(self, box: QRectF) -> Fitted:
        inner = box.adjusted(self.look.px(40), 0, -self.look.px(40), 0)
        return self.look.fit(self.face.counter if self.face else "", inner, PLATE, floor=84, weight=800)

    def _agency(self, box: QRectF) -> Fitted:
        return self.look.fit(self.face.agency if self.face else "", box, AGENCY, floor=44, weight=600, lines=2)


def row_width(look: Look, chips: list[Chip]) -> float:
    """Return how wide a row of chips is."""
    return sum(chip.width for chip in chips) + look.px(24) * max(0, len(chips) - 1)


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
