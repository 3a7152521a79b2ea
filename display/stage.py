"""The parts of a screen: made once, placed by layout, day and minute, and shown by name. It knows no hub."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.calm import Calm, Welcome
from display.figures import FigureGrid
from display.gallery import Gallery
from display.grid import CounterGrid
from display.header import Header, Stripe
from display.marquee import Marquee
from display.pane import FULL, SMALL, BigCall
from display.places import Places, places
from display.rows import Rows
from ui.look import Look, colour
from ui.parts import Part, StatusStrip
from ui.theme import NIGHT

STRIP = 40


class Shade(Part):
    """What lies over a screen that is dim or black."""

    brightness = 1.0

    def set_brightness(self, brightness: float) -> None:
        """Let so much light through, 0 to 1."""
        if brightness != self.brightness:
            self.brightness = brightness
            self.setVisible(brightness < 1)
            self.raise_()
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the shade."""
        painter.setOpacity(1 - self.brightness)
        painter.fillRect(self.rect(), colour("#000000"))


class Stage(QWidget):
    """A screen's parts; those in the middle are shown by their names."""

    def __init__(self, media: Path | None = None) -> None:
        super().__init__()
        self._manner: tuple[str, bool, tuple[int, int]] = ("calls", False, (0, 0))
        self._make_parts(Look(NIGHT), media)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, colour(NIGHT.ground))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.setMinimumSize(320, 180)

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put every part in its place."""
        self._place()

    def set_manner(self, layout: str, *, swapped: bool, wander: tuple[int, int]) -> None:
        """Stand in a layout, its sides changed or not, so many design pixels further left and higher."""
        if (layout, swapped, wander) != self._manner:
            self._manner = (layout, swapped, wander)
            self._place()

    def show_middle(self, names: Collection[str]) -> None:
        """Show these parts of the middle, and hide the others."""
        for name, part in self._middle.items():
            part.setVisible(name in names)

    def set_strength(self, strength: float) -> None:
        """Show a step of the pulse where the newest call stands: big, else in its row or at its counter."""
        self.big.set_strength(strength)
        self.grid.set_strength(strength)
        self.rows.set_strength(0.0 if self.big.isVisible() else strength)

    def _make_parts(self, look: Look, media: Path | None) -> None:
        self.header, self.stripe = Header(look, self, name="header"), Stripe(look, self, name="stripe")
        self.big, self.rows, self.grid = BigCall(look, self), Rows(look, self), CounterGrid(look, self)
        self.welcome, self.calm = Welcome(look, self, name="welcome"), Calm(look, self, name="calm")
        self.figures, self.gallery = FigureGrid(look, self, name="figures"), Gallery(look, self, folder=media)
        self.marquee, self.strip = Marquee(look, self), StatusStrip(look, self, size=STRIP)
        self.shade = Shade(look, self, name="shade")
        self.shade.hide()
        self._middle: dict[str, Part] = {
            "big": self.big,
            "rows": self.rows,
            "grid": self.grid,
            "welcome": self.welcome,
            "calm": self.calm,
            "figures": self.figures,
            "media": self.gallery,
        }
        self.show_middle(("welcome",))

    def _place(self) -> None:
        layout, swapped, wander = self._manner
        small = layout == "media"
        at = places(self.size(), media=small, swapped=swapped, wander=wander)
        look = Look(NIGHT, at.scale)
        for part in (self.header, self.stripe, *self._middle.values(), self.marquee, self.strip):
            part.set_look(look)
        self.big.set_form(SMALL if small else FULL)
        self.header.setGeometry(at.header)
        self.stripe.setGeometry(at.stripe)
        self.marquee.setGeometry(at.marquee)
        gap = look.px(8)
        self.strip.setGeometry(at.marquee.adjusted(gap, gap, -gap, -gap))
        self.shade.setGeometry(self.rect())
        self._place_middle(at, small=small)

    def _place_middle(self, at: Places, *, small: bool) -> None:
        self.big.setGeometry(at.pane)
        self.figures.setGeometry(at.pane)
        self.rows.setGeometry(at.rows)
        self.grid.setGeometry(at.room)
        self.gallery.setGeometry(at.media)
        self.welcome.setGeometry(at.media if small else at.pane)
        self.calm.setGeometry(at.pane if small else at.rows)
