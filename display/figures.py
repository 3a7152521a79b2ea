"""The figures of the day, six large numbers in two columns."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from display.today import Figure
from ui.fonts import Fitted
from ui.look import LEFT, colour, paint_card, paint_icon, paint_text
from ui.parts import Part

HEADING, VALUE, LABEL, SINCE, ICON = 60, 130, 48, 36, 56
TOP, COLUMNS = 112, 2


class FigureGrid(Part):
    """The figures of the day under a heading."""

    heading = ""
    figures: tuple[Figure, ...] = ()

    def set_figures(self, heading: str, figures: tuple[Figure, ...]) -> None:
        """Show other figures."""
        if (heading, figures) != (self.heading, self.figures):
            self.heading, self.figures = heading, figures
            self.set_text(
                "\n".join((heading, *(f"{each.label} {each.value} {each.since}".strip() for each in figures)))
            )
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint the heading and a card for each figure."""
        theme = self.look.theme
        painter.fillRect(self.rect(), colour(theme.ground))
        heading = self._heading_box()
        paint_text(painter, heading, self._heading(heading), theme.ink, LEFT)
        for at, figure in enumerate(self.figures):
            self._draw_figure(painter, self._card(at), figure)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return self._heading(self._heading_box()).fits and all(text.fits for text in self._all_texts())

    def _all_texts(self) -> Iterator[Fitted]:
        for at, figure in enumerate(self.figures):
            yield from self._texts(figure, self._card(at))

    def _heading_box(self) -> QRectF:
        pad = self.look.px(48)
        return QRectF(pad, 0, self.width() - 2 * pad, self.look.px(TOP))

    def _heading(self, box: QRectF) -> Fitted:
        return self.look.fit(self.heading, box, HEADING, floor=48, weight=800)

    def _card(self, at: int) -> QRectF:
        px, rows = self.look.px, -(-len(self.figures) // COLUMNS)
        gap, pad, top = px(24), px(48), px(TOP)
        wide = (self.width() - 2 * pad - (COLUMNS - 1) * gap) / COLUMNS
        high = (self.height() - top - px(36) - (rows - 1) * gap) / rows
        row, column = divmod(at, COLUMNS)
        return QRectF(pad + column * (wide + gap), top + row * (high + gap), wide, high)

    def _draw_figure(self, painter: QPainter, card: QRectF, figure: Figure) -> None:
        theme, look = self.look.theme, self.look
        paint_card(painter, card, theme.raised, look.px(theme.panel_radius))
        icon, value, label, since = self._boxes(card)
        texts = self._texts(figure, card)
        paint_icon(painter, icon, figure.icon, theme.call)
        for box, text, ink in zip((value, label, since), texts, (theme.ink, theme.quiet, theme.quiet), strict=True):
            paint_text(painter, box, text, ink, LEFT)

    def _boxes(self, card: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Return the boxes of icon, value, label and since when."""
        px = self.look.px
        room = card.adjusted(px(32), card.height() * 0.06, -px(32), -card.height() * 0.06)
        value = QRectF(room.left() + px(ICON + 24), room.top(), room.width() - px(ICON + 24), room.height() * 0.52)
        icon = QRectF(room.left(), value.top(), px(ICON), value.height())
        label = QRectF(room.left(), value.bottom(), room.width(), room.height() * 0.28)
        return icon, value, label, QRectF(room.left(), label.bottom(), room.width(), room.height() * 0.2)

    def _texts(self, figure: Figure, card: QRectF) -> tuple[Fitted, Fitted, Fitted]:
        _, value, label, since = self._boxes(card)
        return (
            self.look.fit(figure.value, value, VALUE, floor=72, weight=800),
            self.look.fit(figure.label, label, LABEL, floor=34, weight=600),
            self.look.fit(figure.since, since, SINCE, floor=28, weight=500),
        )
