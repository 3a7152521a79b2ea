"""The screen of a number: a card like the paper, what is known of it, and the keys."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from config.wording import Words
from kiosk.faces import TicketFace
from kiosk.furniture import Sight, lay, put
from kiosk.layout import Box, row, ticket_boxes
from kiosk.pane import Pane
from ui.fonts import Fitted
from ui.keys import Tap
from ui.look import CENTRE, LEFT, Look, colour, paint_card, paint_icon, paint_text
from ui.parts import Bar, BigNumber, Label, Part, StatusStrip

NOTCH = 24
KEY_WORDS = {
    "cancel": "undo",
    "elsewhere": "print_elsewhere",
    "seen": "paper_seen",
    "another": "anything_else",
}
KEYS = (
    ("cancel", "plain", "arrow-back-up"),
    ("seen", "plain", "ticket"),
    ("elsewhere", "plain", "printer"),
    ("another", "plain", "plus"),
    ("done", "primary", "check"),
    ("noted", "primary", "check"),
)
"""Name, kind and icon of each key."""


class Card(Part):
    """The white card, notched where its perforated line ends; `tear` is that line in design pixels.

    Where the paper is missing, which `alarm` says, its outline is red and thick.
    """

    tear, alarm = Box(0, 0, 0, 0), False

    def set_alarm(self, *, alarm: bool) -> None:
        """Show whether the paper is missing."""
        self.alarm = alarm
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the card and the line."""
        theme, px = self.look.theme, self.look.px
        tear = self.look.rect(*self.tear)
        painter.setBrush(colour(theme.surface))
        painter.setPen(QPen(colour(theme.alarm if self.alarm else theme.line), px(self._thick())))
        painter.drawPath(self._outline(tear))
        pen = QPen(colour(theme.line), px(3))
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        away = px(NOTCH + 12)
        inwards = QPointF(away, 0) if self.tear.h == 0 else QPointF(0, away)
        painter.drawLine(tear.topLeft() + inwards, tear.bottomRight() - inwards)

    def _thick(self) -> int:
        return 8 if self.alarm else 2 if self.look.theme.tints else self.look.theme.border

    def _outline(self, tear: QRectF) -> QPainterPath:
        px, card, holes = self.look.px, QPainterPath(), QPainterPath()
        edge = px(self._thick()) / 2
        radius = px(self.look.theme.radius + 8)
        card.addRoundedRect(self.box().adjusted(edge, edge, -edge, -edge), radius, radius)
        for end in (tear.topLeft(), tear.bottomRight()):
            holes.addEllipse(end, px(NOTCH), px(NOTCH))
        return card.subtracted(holes)


class Line(Part):
    """A text with an icon at its left, on a ground of a zone's colour where it has one."""

    icon, ground = "", ""

    def __init__(
        self, look: Look, parent: QWidget, *, size: int, icon: str, weight: int = 600, lines: int = 1, name: str = ""
    ) -> None:
        super().__init__(look, parent, name=name)
        self.icon, self._size, self._weight, self._lines = icon, size, weight, lines

    def set_ground(self, ground: str) -> None:
        """Stand on a ground of a hall's colour."""
        self.ground = ground
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint ground, icon and text."""
        theme, ink = self.look.theme, self.look.theme.ink
        if self.ground:
            ground = theme.accent(self.ground) if theme.tints else theme.primary
            ink = theme.on(ground)
            paint_card(painter, self.box(), ground, self.look.px(20))
        icon_box, room = self._boxes()
        paint_icon(painter, icon_box, self.icon, ink)
        paint_text(painter, room, self._fitted(room), ink, LEFT)

    def fits(self) -> bool:
        """Tell whether the text stands in its box no smaller than its floor."""
        return not self.text() or self._fitted(self._boxes()[1]).fits

    def _boxes(self) -> tuple[QRectF, QRectF]:
        side, pad = self.look.px(52), self.look.px(24)
        icon_box = QRectF(pad, (self.height() - side) / 2, side, side)
        left = icon_box.right() + pad
        return icon_box, QRectF(left, 0, self.width() - left - pad, self.height())

    def _fitted(self, room: QRectF) -> Fitted:
        return self.look.fit(self.text(), room, self._size, floor=28, weight=self._weight, lines=self._lines)


class TicketPane(Pane):
    """A number as large as it goes, where to wait, who is before, and the keys."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.card = Card(look, self, name="card")
        self.label = Label(look, self, size=40, floor=24, weight=600, lines=2, tone="quiet", align=CENTRE, name="label")
        self.number = BigNumber(look, self, size=340)
        self.place = Line(look, self, size=38, icon="map-2", lines=3, name="place")
        self.counters = Line(look, self, size=52, icon="arrow-right", weight=800, name="counters")
        self.service = Line(look, self, size=36, icon="ticket", weight=500, lines=4, name="service")
        self.ahead = Line(look, self, size=40, icon="users", lines=2, name="ahead")
        self.strip = StatusStrip(look, self, size=34)
        self.bar = Bar(look, self)
        self.keys = [self.key(look, name, size=38, kind=kind, icon=icon) for name, kind, icon in KEYS]

    def taps(self) -> list[Tap]:
        """Return every key, in the order in which they stand."""
        return list(self.keys)

    def say(self, face: TicketFace, words: Words, shown: tuple[str, ...]) -> None:
        """Show a number, what is known of its paper, and the keys of these names."""
        self.label.set_text(face.label)
        self.number.set_text(face.number)
        self.place.set_text(face.zone)
        self.place.set_ground(face.colour)
        self.counters.set_text(face.counters)
        self.service.set_text(f"{face.agency}\n{face.service}")
        self.ahead.set_text(face.ahead)
        self.card.set_alarm(alarm=face.state == "missing")
        self.strip.set_state(face.told, tone="primary")
        for key in self.keys:
            key.set_texts(words.say(f"kiosk.{KEY_WORDS.get(key.objectName(), key.objectName())}"))
            key.setVisible(key.objectName() in shown)
        self.bar.setVisible(face.state == "printed")

    def arrange(self, box: Box, look: Sight) -> None:
        """Place everything."""
        self.setGeometry(look.rect(*box).toRect())
        boxes = ticket_boxes(box.w, box.h, strip=bool(self.strip.text()))
        self.card.tear = boxes.tear
        lay(self.card, boxes.card, look)
        placed: list[tuple[Part, Box]] = [
            (self.label, boxes.label),
            (self.number, boxes.number),
            (self.place, boxes.place),
            (self.counters, boxes.counters),
            (self.service, boxes.service),
            (self.ahead, boxes.ahead),
            (self.strip, boxes.strip),
            (self.bar, boxes.bar),
        ]
        for part, place in placed:
            put(part, place, look)
        shown = [key for key in self.keys if key.isVisibleTo(self)]
        for key, place in zip(shown, row(boxes.keys, len(shown), 3, gap=24), strict=True):
            put(key, place, look)
