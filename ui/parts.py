"""Painted parts that only show: text, the big number, the clock, the strip of a state, a bar that runs down."""

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from config.wording import Words
from ui.fonts import Fitted
from ui.look import CENTRE, LEFT, Align, Look, paint_card, paint_icon, paint_text, smooth_painter


class Part(QLabel):
    """A painted part of a window: it has a look and a text, and paints itself in `draw`.

    `text` is also the accessible name, so that a screen reader and a test read what the eye reads; of Qt's label it has
    that it is known to them as text, and nothing else.
    """

    def __init__(self, look: Look, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._look, self._text = look, ""
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def look(self) -> Look:
        """Theme and scale."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Show the part in another theme or scale."""
        if look != self._look:
            self._look = look
            self.update()

    def text(self) -> str:
        """Return what the part says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text.replace("\n", " "))
            self.update()

    def box(self) -> QRectF:
        """Return the whole part in window pixels."""
        return QRectF(self.rect())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint with smooth edges."""
        painter = smooth_painter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Paint the part."""

    def fits(self) -> bool:
        """Tell whether the text stands in its box no smaller than its floor."""
        return True


class Label(Part):
    """A text of up to `lines` lines, from `size` down to `floor` design pixels.

    `tone` names a colour of the theme: "ink", "quiet", "primary", "alarm", "call", "good", "on_primary" and so on.
    """

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        *,
        size: int,
        floor: int | None = None,
        weight: int = 500,
        lines: int = 1,
        tone: str = "ink",
        align: Align = LEFT,
        middle: bool = True,
        name: str = "",
    ) -> None:
        super().__init__(look, parent, name=name)
        self.size_px, self.floor_px, self.weight, self.lines = size, floor or size, weight, lines
        self.tone, self.align, self.middle = tone, align, middle

    def set_tone(self, tone: str) -> None:
        """Paint the text in another of the theme's colours."""
        self.tone = tone
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the fitted text."""
        ink = str(getattr(self.look.theme, self.tone))
        paint_text(painter, self.box(), self._fitted(), ink, self.align, middle=self.middle)

    def fits(self) -> bool:
        """Tell whether the text stands in its box no smaller than its floor."""
        return not self.text() or self._fitted().fits

    def height_needed(self) -> float:
        """Return the height of the fitted text in design pixels, 0 without a text."""
        return self._fitted().height / self.look.scale + 2 if self.text() else 0.0

    def _fitted(self) -> Fitted:
        return self.look.fit(
            self.text(), self.box(), self.size_px, floor=self.floor_px, weight=self.weight, lines=self.lines
        )


class BigNumber(Label):
    """A ticket's number, as large as its box allows, in tabular figures."""

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, size: int, tone: str = "ink", align: Align = CENTRE
    ) -> None:
        super().__init__(look, parent, size=size, floor=size // 3, weight=800, tone=tone, align=align, name="number")


class Clock(Label):
    """The hall's time of day."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, size: int, align: Align = LEFT) -> None:
        super().__init__(look, parent, size=size, floor=size // 2, weight=700, align=align, name="clock")

    def set_moment(self, moment: datetime | None, words: Words) -> None:
        """Show a moment as its language writes it; nothing before the hall has told one."""
        self.set_text("" if moment is None else words.clock(moment))


class StatusStrip(Part):
    """One sentence about the state of things, with an icon: `tone` is "alarm", "call", "good" or "primary"."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, size: int, name: str = "status") -> None:
        super().__init__(look, parent, name=name)
        self._size, self.tone, self._icon = size, "primary", "info-circle"

    def set_state(self, text: str, *, tone: str = "primary", icon: str = "info-circle") -> None:
        """Say what the state is; an empty text hides the strip."""
        self.tone, self._icon = tone, icon
        self.set_text(text)
        self.setVisible(bool(text))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the strip with its icon and sentence."""
        theme, look = self.look.theme, self.look
        fill, ink = str(getattr(theme, self.tone)), str(getattr(theme, f"on_{self.tone}"))
        paint_card(painter, self.box(), fill, look.px(theme.panel_radius))
        icon_box, text_box = self._boxes()
        paint_icon(painter, icon_box, self._icon, ink)
        paint_text(painter, text_box, self._fit(text_box), ink)

    def fits(self) -> bool:
        """Tell whether the sentence stands in its box no smaller than its floor."""
        return not self.text() or self._fit(self._boxes()[1]).fits

    def _boxes(self) -> tuple[QRectF, QRectF]:
        box, gap, side = self.box(), self.look.px(self._size * 0.6), self.look.px(self._size * 1.3)
        icon_box = QRectF(gap, (box.height() - side) / 2, side, side)
        return icon_box, box.adjusted(icon_box.right() + gap * 0.7, 0, -gap, 0)

    def _fit(self, box: QRectF) -> Fitted:
        return self.look.fit(self.text(), box, self._size, floor=round(self._size * 0.7), weight=600, lines=2)


class Bar(Part):
    """A bar that shows how much is left, 1 to 0."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, tone: str = "primary") -> None:
        super().__init__(look, parent, name="bar")
        self.left, self._tone = 1.0, tone

    def set_left(self, share: float) -> None:
        """Show what is left, between 0 and 1."""
        self.left = min(1.0, max(0.0, share))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the track and what is left of it."""
        box, radius = self.box(), self.height() / 2
        paint_card(painter, box, self.look.theme.off, radius)
        if self.left > 0:
            box.setWidth(max(box.height(), box.width() * self.left))
            paint_card(painter, box, str(getattr(self.look.theme, self._tone)), radius)
