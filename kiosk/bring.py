"""What to bring for a service, what it costs and how long it takes, before its number is taken."""

from dataclasses import dataclass

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.forecast import forecast
from kiosk.furniture import Sight, lay, put
from kiosk.layout import Box
from kiosk.pane import Pane
from kiosk.rooms import bring_boxes
from kiosk.ticket import Line
from kiosk.tiles import people
from kiosk.visit import Visit
from ui.keys import Tap
from ui.look import CENTRE, Look, paint_card
from ui.parts import Label, Part
from ui.tile import SEPARATOR

MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class BringFace:
    """What the screen before a number says."""

    items: tuple[str, ...]
    fee: str
    waiting: str


def bring_face(visit: Visit, mirror: Mirror, words: Words) -> BringFace | None:
    """Return what to bring for the chosen service; None before there is one."""
    if mirror.hall is None or visit.service is None:
        return None
    service, view = mirror.hall.services[visit.service], mirror.services.get(visit.service)
    told = (people(words, view["waiting"]) if view is not None else "", forecast(words, view))
    fee = words.say("kiosk.fee", fee=service.fee_id) if service.fee_id else ""
    return BringFace(service.requirements[:MOST_ITEMS], fee, SEPARATOR.join(filter(None, told)))


class Sheet(Part):
    """The white sheet on which things stand."""

    def draw(self, painter: QPainter) -> None:
        """Paint it."""
        theme = self.look.theme
        paint_card(
            painter, self.box(), theme.surface, self.look.px(theme.radius), theme.line, self.look.px(theme.border)
        )


class BringPane(Pane):
    """The list, the fee, the queue, and one large key that takes the number."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.sheet = Sheet(look, self, name="sheet")
        self.items = [Line(look, self, size=40, icon="circle-check", lines=2, name="item") for _ in range(MOST_ITEMS)]
        self.fee = Line(look, self, size=36, icon="receipt-tax", weight=500, lines=2, name="fee")
        self.waiting = Line(look, self, size=36, icon="users", weight=500, lines=2, name="waiting")
        self.hint = Label(look, self, size=30, floor=22, lines=3, tone="quiet", align=CENTRE, name="hint")
        self.take = self.key(look, "take", size=52, kind="primary", icon="ticket")

    def taps(self) -> list[Tap]:
        """Return the key."""
        return [self.take]

    def say(self, face: BringFace, words: Words) -> None:
        """Show what to bring."""
        for line, item in zip(self.items, (*face.items, *[""] * MOST_ITEMS), strict=False):
            line.set_text(item)
            line.setVisible(bool(item))
        for line, text in ((self.fee, face.fee), (self.waiting, face.waiting)):
            line.set_text(text)
            line.setVisible(bool(text))
        self.hint.set_text(words.say("kiosk.bring_hint"))
        self.take.set_texts(words.say("kiosk.take_number"))

    def arrange(self, box: Box, look: Sight) -> None:
        """Place everything."""
        self.setGeometry(look.rect(*box).toRect())
        lines = [line for line in (*self.items, self.fee, self.waiting) if line.isVisibleTo(self)]
        boxes = bring_boxes(box.w, box.h, lines=len(lines))
        lay(self.sheet, boxes.sheet, look)
        for line, place in zip(lines, boxes.lines, strict=True):
            put(line, place, look)
        put(self.hint, boxes.hint, look)
        put(self.take, boxes.key, look)
