"""The screen that waits for somebody: the hall's name, its hours, and a slow invitation to touch it anywhere."""

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QHideEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from config.hall import Hall
from config.hours import last_ticket, serving_hours
from config.wording import Words
from kiosk.band import Band
from kiosk.furniture import Sight, dark, height_of, lay, put
from kiosk.pane import Pane
from kiosk.rooms import AttractBoxes
from ui.keys import Tap
from ui.look import CENTRE, Look, colour, paint_card, paint_icon
from ui.parts import Clock, Label, Part
from ui.theme import mixed
from ui.timing import timer

STEP_MS, STEPS = 60, 70
"""One breath takes somewhat over four seconds."""


def hours_lines(hall: Hall, moment: datetime, words: Words) -> tuple[str, ...]:
    """Return today's hours, the break and the last number, each as a line; none on a day without hours."""
    hours = serving_hours(hall, moment.date())
    if hours is None:
        return ()
    opens, closes = words.minute(hours.open), words.minute(hours.close)
    last = max(last_ticket(hall, agency, hours) for agency in hall.agencies)
    pauses = tuple(
        words.say("kiosk.break_today", start=words.minute(pause.start), end=words.minute(pause.end))
        for pause in hours.breaks
    )
    today = words.say("kiosk.open_today", open=opens, close=closes)
    return (today, *pauses, words.say("kiosk.last_number", time=words.minute(last)))


class Breath(Part):
    """A hand in a circle from which rings widen slowly; it stands still where motion is unwelcome."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent, name="breath")
        self.step = 0
        self._steps = timer(self, STEP_MS, self.go_on, single=False)

    def go_on(self) -> None:
        """Widen the rings by one step."""
        self.step = (self.step + 1) % STEPS
        self.update()

    def showEvent(self, _event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to breathe."""
        if not self.look.reduced_motion:
            self._steps.start()

    def hideEvent(self, _event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        self._steps.stop()

    def draw(self, painter: QPainter) -> None:
        """Paint two rings, half a breath apart, and the hand."""
        theme, side = self.look.theme, min(self.width(), self.height()) * 0.56
        centre = QPointF(self.width() / 2, self.height() / 2)
        painter.setBrush(colour(theme.ground))
        for half in (0, STEPS // 2):
            share = ((self.step + half) % STEPS) / STEPS
            radius = side / 2 * (1 + share * 0.72)
            painter.setPen(QPen(colour(mixed(theme.primary, theme.ground, 0.5 * (1 - share))), self.look.px(6)))
            painter.drawEllipse(centre, radius, radius)
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        paint_card(painter, box, theme.primary, side / 2)
        inset = side * 0.26
        paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), "hand-finger", theme.on_primary)


class Cover(Tap):
    """A key as large as the screen, which lets everything below be seen."""

    def draw(self, painter: QPainter) -> None:
        """Paint nothing but the ring of the keyboard."""
        line, width = self.ring("")
        if line:
            painter.setPen(QPen(colour(line), width))
            painter.drawRect(self.box().adjusted(width / 2, width / 2, -width / 2, -width / 2))


class AttractPane(Pane):
    """The hall's name, time and hours on the dark band, and beside it where to touch; a tap anywhere counts."""

    def __init__(self, look: Sight, window: QWidget) -> None:
        super().__init__(window)
        night = dark(look)
        self.band = Band(look, self)
        self.operator = Label(night, self, size=34, floor=24, weight=600, lines=2, tone="quiet", name="operator")
        self.clock = Clock(night, self, size=104)
        self.date = Label(night, self, size=36, floor=24, weight=500, tone="quiet", name="date")
        self.hall = Label(night, self, size=104, floor=56, weight=800, lines=4, name="hall")
        self.hours = Label(night, self, size=42, floor=30, weight=500, lines=6, tone="call", name="hours")
        self.breath = Breath(look, self)
        self.touch = Label(look, self, size=76, floor=48, weight=800, lines=2, align=CENTRE, name="touch")
        self.others = Label(look, self, size=40, floor=30, weight=500, lines=2, tone="quiet", align=CENTRE)
        self.others.setObjectName("others")
        self.start = Cover(look, self, name="start")
        self.start.clicked.connect(self.tapped)

    def taps(self) -> list[Tap]:
        """Return the whole screen."""
        return [self.start]

    def say(self, hall: Hall, moment: datetime, words: Words, others: tuple[str, ...]) -> None:
        """Show whose hall it is and when it is open; `others` are the other languages it speaks."""
        self.operator.set_text(hall.hall.operator)
        self.hall.set_text(hall.hall.name)
        self.name(moment, words)
        self.hours.set_text("\n".join(hours_lines(hall, moment, words)))
        self.touch.set_text(words.say("kiosk.touch_to_start"))
        self.others.set_text("\n".join(Words(other).say("kiosk.touch_to_start") for other in others))
        self.start.set_texts(self.touch.text(), self.hall.text())

    def name(self, moment: datetime | None, words: Words) -> None:
        """Show the time."""
        self.clock.set_moment(moment, words)
        self.date.set_text("" if moment is None else words.day(moment.date()))

    def arrange(self, boxes: AttractBoxes, look: Sight) -> None:
        """Place everything: the hall's name upon its hours, at the lower end of the band."""
        self.setGeometry(look.rect(*boxes.whole).toRect())
        night = dark(look)
        lay(self.band, boxes.band, look)
        put(self.operator, boxes.operator, night)
        put(self.clock, boxes.clock, night)
        put(self.date, boxes.date, night)
        put(self.hours, boxes.hours, night)
        put(self.hours, boxes.hours.lowest(height_of(self.hours, night)), night)
        put(self.hall, boxes.hall, night)
        put(self.hall, boxes.hall.lowest(height_of(self.hall, night)), night)
        lay(self.breath, boxes.breath, look)
        put(self.touch, boxes.touch, look)
        put(self.others, boxes.others, look)
        lay(self.start, boxes.whole, look)
