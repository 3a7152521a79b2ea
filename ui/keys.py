"""Painted parts that are touched: what all of them share, and a key with an icon."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.fonts import Fitted
from ui.look import CENTRE, LEFT, Look, paint_card, paint_icon, paint_text, smooth_painter
from ui.theme import mixed

KINDS = ("primary", "plain", "alarm", "call")


class Tap(QAbstractButton):
    """Something to touch: `clicked` is its signal, `text` and `detail` are also what a screen reader says."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self._look, self._detail, self._by_keyboard = look, "", False
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    @property
    def look(self) -> Look:
        """Theme and scale."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Show the part in another theme or scale."""
        if look != self._look:
            self._look = look
            self.update()

    def set_texts(self, text: str, detail: str = "") -> None:
        """Say what a touch does, and a second, smaller line."""
        if (text, detail) != (self.text(), self._detail):
            self._detail = detail
            self.setText(text.replace("&", "&&"))
            self.setAccessibleName(text)
            self.setAccessibleDescription(detail)
            self.update()

    def said(self) -> str:
        """Return the text as people read it."""
        return self.text().replace("&&", "&")

    @property
    def detail(self) -> str:
        """The second line."""
        return self._detail

    def box(self) -> QRectF:
        """Return the whole part in window pixels."""
        return QRectF(self.rect())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least size of a target."""
        return QSize(self.look.px(96), self.look.px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint with smooth edges."""
        painter = smooth_painter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Paint the part."""

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring: whoever came here with a key releases it here."""
        self._by_keyboard = True
        self.update()
        super().keyReleaseEvent(event)

    def reach(self) -> None:
        """Take the focus as a key brings it here, with its ring."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._by_keyboard = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show no ring any more."""
        self._by_keyboard = False
        super().focusOutEvent(event)

    def ring(self, line: str) -> tuple[str, float]:
        """Return colour and width of the outline, wider while somebody stands here with the keyboard."""
        theme = self.look.theme
        if self._by_keyboard and self.hasFocus():
            return theme.ink, self.look.px(theme.focus)
        return line, self.look.px(theme.border)


class Key(Tap):
    """A key that says what it does, with an icon: `kind` is one of KINDS.

    `stacked` puts the icon above the text. `hint` is a short mark at the right, the letter of a keyboard for example.
    """

    def __init__(
        self,
        look: Look,
        parent: QWidget | None = None,
        *,
        size: int,
        kind: str = "plain",
        icon: str = "",
        hint: str = "",
        lines: int = 2,
        stacked: bool = False,
        name: str = "",
    ) -> None:
        super().__init__(look, parent, name=name)
        self._size, self.kind, self.icon_name, self.hint = size, kind, icon, hint
        self._lines, self._stacked = lines, stacked

    def set_kind(self, kind: str, icon: str | None = None) -> None:
        """Change how the key looks."""
        self.kind, self.icon_name = kind, self.icon_name if icon is None else icon
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint card, icon, texts and hint."""
        fill, ink, line = self._colours()
        theme = self.look.theme
        edge, width = self.ring(line)
        paint_card(painter, self.box(), fill, self.look.px(self._radius()), edge, width)
        icon_box, title_box, detail_box = self._boxes()
        if self.icon_name:
            paint_icon(painter, icon_box, self.icon_name, ink)
        align = LEFT if self.icon_name and not self._stacked else CENTRE
        paint_text(painter, title_box, self._title(title_box), ink, align)
        if self.detail:
            paint_text(painter, detail_box, self._small(self.detail, detail_box), ink, align)
        if self.hint:
            pad = self.look.px(self._size * 0.5)
            hint = self.look.fit(self.hint, self.box(), round(self._size * 0.8), weight=600)
            quiet = theme.quiet if self.kind == "plain" and self.isEnabled() else ink
            paint_text(painter, self.box().adjusted(pad, 0, -pad, 0), hint, quiet, Qt.AlignmentFlag.AlignRight)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        _, title_box, detail_box = self._boxes()
        return self._title(title_box).fits and (not self.detail or self._small(self.detail, detail_box).fits)

    def _radius(self) -> int:
        theme = self.look.theme
        return theme.radius if self._size >= 28 else theme.panel_radius

    def _colours(self) -> tuple[str, str, str]:
        theme = self.look.theme
        if not self.isEnabled():
            return theme.off, theme.off_ink, theme.off if theme.tints else theme.line
        if self.kind == "plain":
            fill = theme.tint(theme.primary, 0.16) if self.isDown() else theme.surface
            return fill, theme.ink, theme.line
        fill, ink = str(getattr(theme, self.kind)), str(getattr(theme, f"on_{self.kind}"))
        return (mixed(fill, theme.ink, 0.8) if self.isDown() and theme.tints else fill), ink, fill

    def _title(self, box: QRectF) -> Fitted:
        floor = max(14, round(self._size * 0.7))
        return self.look.fit(self.said(), box, self._size, floor=floor, weight=700, lines=self._lines)

    def _small(self, text: str, box: QRectF) -> Fitted:
        size = round(self._size * 0.8)
        return self.look.fit(text, box, size, floor=round(size * 0.75), weight=500, lines=2)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of icon, title and detail, the whole group in the middle where the key has room."""
        if self._stacked:
            return self._stacked_boxes()
        px, side = self.look.px, self.look.px(self._size * 1.25) if self.icon_name else 0
        pad, gap = px(self._size * 0.5), px(self._size * 0.4) if self.icon_name else 0
        hint = px(self._size * 1.2) if self.hint else 0
        room = self.box().adjusted(pad + side + gap, pad * 0.3, -pad - hint, -pad * 0.3)
        title = self._title(room)
        detail = self._small(self.detail, room) if self.detail else None
        if self.icon_name:
            wide = max(title.width, detail.width if detail else 0) + 1
            room.setLeft(max(room.left(), (self.width() - hint + side + gap - wide) / 2))
        icon_box = QRectF(room.left() - gap - side, (self.height() - side) / 2, side, side)
        return icon_box, *stack(room, title, detail)

    def _stacked_boxes(self) -> tuple[QRectF, QRectF, QRectF]:
        pad, side = self.look.px(self._size * 0.25), self.look.px(self._size * 1.2)
        room = self.box().adjusted(pad, 0, -pad, 0)
        title = self._title(QRectF(room.adjusted(0, side, 0, -pad)))
        top = (self.height() - side - title.height) / 2
        icon_box = QRectF((self.width() - side) / 2, top, side, side)
        title_box = QRectF(room.left(), icon_box.bottom(), room.width(), self.height() - icon_box.bottom() - top)
        return icon_box, title_box, QRectF()


def stack(room: QRectF, title: Fitted, detail: Fitted | None) -> tuple[QRectF, QRectF]:
    """Return the boxes of a title and a smaller text below it, both together in the middle of a room."""
    if detail is None:
        return room, QRectF()
    over = title.height + detail.height
    top = room.top() + max(0.0, (room.height() - over) / 2)
    share = min(room.height(), over) * title.height / over
    title_box = QRectF(room.left(), top, room.width(), share)
    return title_box, QRectF(room.left(), top + share, room.width(), min(room.height(), over) - share)
