"""The keys of a clerk's panel: how each looks, and the key of a keyboard that presses it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from counter.duty import KEYS, Key
from counter.places import BIG_KEYS
from ui.fonts import Fitted, width_of
from ui.keys import Tap, stack
from ui.look import CENTRE, LEFT, Look, paint_card, paint_icon, paint_text
from ui.theme import mixed

SMALL, BIG, DETAIL, BORDER = 18, 28, 14, 2
ICONS: dict[Key, str] = {
    "call_next": "speakerphone",
    "recall": "bell-ringing",
    "start": "player-play",
    "finish": "check",
    "miss": "player-track-next",
    "pause": "coffee",
    "open": "home",
    "close": "logout",
    "undo": "arrow-back-up",
    "more": "ticket",
}
LETTERS: dict[Qt.Key, Key] = {
    Qt.Key.Key_R: "recall",
    Qt.Key.Key_M: "start",
    Qt.Key.Key_S: "finish",
    Qt.Key.Key_L: "miss",
    Qt.Key.Key_J: "pause",
    Qt.Key.Key_T: "close",
    Qt.Key.Key_B: "open",
    Qt.Key.Key_U: "undo",
    Qt.Key.Key_N: "more",
}
BIG_LETTERS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PanelKey(Tap):
    """One key: icon, what it does, the letter that presses it, and a second line that says why it cannot be pressed."""

    def __init__(self, look: Look, parent: QWidget, name: Key) -> None:
        super().__init__(look, parent, name=name)
        self.strong, self.big = False, name in BIG_KEYS
        self.letter = next((letter.name[-1:] for letter, key in LETTERS.items() if key == name), "")
        self._icon = ICONS[name]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_strong(self, *, strong: bool) -> None:
        """Show the key as the one that comes next, or as any other."""
        if strong != self.strong:
            self.strong = strong
            self.update()

    def set_letter(self, letter: str) -> None:
        """Show another mark for the keyboard."""
        if letter != self.letter:
            self.letter = letter
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint card, icon, texts and letter."""
        fill, ink, quiet, line = self._colours()
        border = self.look.px(BORDER)
        paint_card(painter, self.box(), fill, self.look.px(self.look.theme.panel_radius), line, border)
        icon, title, detail = self._boxes()
        paint_icon(painter, icon, self._icon, ink)
        paint_text(painter, title, self._title(title), ink, LEFT)
        if self.detail:
            paint_text(painter, detail, self._detail_text(detail), quiet, LEFT)
        if self.letter:
            self._draw_letter(painter, quiet)

    def fits(self) -> bool:
        """Tell whether all texts stand in their boxes no smaller than their floors."""
        _, title, detail = self._boxes()
        return self._title(title).fits and (not self.detail or self._detail_text(detail).fits)

    def _colours(self) -> tuple[str, str, str, str]:
        """Return the colours of the card, of icon and title, of detail and letter, and of the edge."""
        theme = self.look.theme
        if not self.isEnabled():
            return theme.off, theme.off_ink, theme.off_ink, theme.off
        if self.strong:
            fill = mixed(theme.primary, theme.ink, 0.75) if self.isDown() else theme.primary
            return fill, theme.on_primary, theme.on_primary, fill
        fill = mixed(theme.primary, theme.surface, 0.16) if self.isDown() else theme.surface
        return fill, theme.ink, theme.quiet, mixed(theme.primary, theme.surface, 0.55)

    def _draw_letter(self, painter: QPainter, ink: str) -> None:
        px, box, fill = self.look.px, self._letter_box(), self._colours()[0]
        paint_card(painter, box, fill, px(5), mixed(ink, fill, 0.45), 1)
        paint_text(painter, box, self.look.fit(self.letter, box, DETAIL, weight=700), ink, CENTRE)

    def _letter_box(self) -> QRectF:
        """Return the box of the keyboard's mark: at the right, beside the title."""
        px = self.look.px
        wide = max(px(22), width_of(self.letter, px(DETAIL), 700) + px(12))
        top = px(6) if self.detail and not self.big else (self.height() - px(22)) / 2
        return QRectF(self.width() - px(10) - wide, top, wide, px(22))

    def _size(self) -> int:
        return BIG if self.big else SMALL

    def _title(self, box: QRectF) -> Fitted:
        return self.look.fit(self.said(), box, self._size(), floor=round(self._size() * 0.85), weight=700)

    def _detail_text(self, box: QRectF) -> Fitted:
        size = SMALL if self.big else DETAIL
        return self.look.fit(self.detail, box, size, floor=DETAIL - 2, weight=500, lines=2 if self.big else 1)

    def _boxes(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of icon, title and detail: at the left, the detail below the title."""
        px, side = self.look.px, self.look.px(self._size() * 1.25)
        pad, gap = (px(20), px(14)) if self.big else (px(12), px(8))
        left, taken = pad + side + gap, self.width() - self._letter_box().left() + px(6)
        room = QRectF(left, px(3), self.width() - left - px(8), self.height() - px(6))
        beside = room.adjusted(0, 0, px(8) - taken, 0)
        title = self._title(beside)
        detail = self._detail_text(beside if self.big else room) if self.detail else None
        title_box, detail_box = stack(room, title, detail)
        title_box.setRight(beside.right())
        return QRectF(pad, (self.height() - side) / 2, side, side), title_box, detail_box


def made_keys(look: Look, parent: QWidget) -> dict[Key, PanelKey]:
    """Return every key by its name. None takes the keyboard's focus: Space always means the big key."""
    return {name: PanelKey(look, parent, name) for name in KEYS}


def pressed(key: int, big: Key) -> Key | None:
    """Return the deed that a key of a keyboard stands for; `big` is the one on the panel's big key now."""
    if key in BIG_LETTERS:
        return big
    return next((name for letter, name in LETTERS.items() if letter == key), None)
