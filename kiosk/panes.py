"""The two simple fields of the kiosk: a grid of tiles, and a message with at most one key."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from kiosk.faces import Tiles
from kiosk.furniture import put
from kiosk.layout import Box, grid
from ui.keys import Key
from ui.look import CENTRE, Look, colour, paint_card, paint_icon
from ui.parts import Label, Part
from ui.theme import mixed
from ui.tile import Tile, even_titles


class GridPane(QWidget):
    """Tiles to choose from; `chosen(name)` tells the object name of the one tapped."""

    chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.tiles: list[Tile] = []

    def say(self, tiles: Tiles) -> bool:
        """Show these tiles, and tell whether others than before; a tile that stays is never replaced under a finger."""
        fresh = [name for name, _ in tiles] != [tile.objectName() for tile in self.tiles]
        if fresh:
            for old in self.tiles:
                old.hide()
                old.deleteLater()
            self.tiles = [self._made(name) for name, _ in tiles]
        for tile, (_, face) in zip(self.tiles, tiles, strict=True):
            tile.set_face(face)
        return fresh

    def arrange(self, box: Box, look: Look, *, columns: int, least: float) -> None:
        """Place the tiles in as few columns as give them the least height."""
        self._look = look
        self.setGeometry(look.rect(*box).toRect())
        places = grid(Box(0, 0, box.w, box.h), len(self.tiles), columns=columns, least=least)
        for tile, place in zip(self.tiles, places, strict=True):
            put(tile, place, look)
            tile.show()
        if self.tiles:
            even_titles(self.tiles)

    def _made(self, name: str) -> Tile:
        tile = Tile(self._look, self, name=name)
        tile.clicked.connect(self._tapped)
        return tile

    def _tapped(self) -> None:
        self.chosen.emit(self.sender().objectName())


class Emblem(Part):
    """A large icon in a tinted circle, with a ring that runs down where time runs."""

    icon, left = "", 1.0

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self.icon = icon
        self.update()

    def set_left(self, left: float) -> None:
        """Show how much time is left, 1 to 0."""
        if left != self.left:
            self.left = left
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Paint circle, ring and icon."""
        theme, thick = self.look.theme, self.look.px(14)
        side = min(self.width(), self.height()) - 2 * thick
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_card(painter, box, mixed(theme.primary, theme.ground, 0.12), side / 2)
        inset = side * 0.26
        if self.icon:
            paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), self.icon, theme.primary)
        if self.left < 1:
            painter.setPen(QPen(colour(theme.primary), thick))
            painter.drawArc(box, 90 * 16, round(360 * 16 * self.left))


KEY_H = 160.0


class MessagePane(QWidget):
    """An emblem, a sentence, and a key where there is something to answer; `chosen(name)` says that it was tapped."""

    chosen = Signal(str)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.emblem = Emblem(look, self, name="emblem")
        self.sentence = Label(look, self, size=56, floor=36, weight=600, lines=8, align=CENTRE, name="sentence")
        self.key = Key(look, self, size=40, kind="primary")
        self.key.clicked.connect(self._tapped)

    def say(self, icon: str, sentence: str, key: tuple[str, str, str] | None) -> None:
        """Show an icon and a sentence, and a key given as name, text and icon."""
        self.emblem.set_icon(icon)
        self.sentence.set_text(sentence)
        self.key.setVisible(key is not None)
        if key is not None:
            name, text, key_icon = key
            self.key.setObjectName(name)
            self.key.set_texts(text)
            self.key.set_kind("primary", key_icon)

    def arrange(self, box: Box, look: Look) -> None:
        """Place emblem, sentence and key, the key at the bottom."""
        self.setGeometry(look.rect(*box).toRect())
        room = box.h - (KEY_H + 48 if self.key.isVisibleTo(self) else 0)
        emblem = min(320.0, room * 0.36)
        put(self.sentence, Box(24, 0, box.w - 48, room - emblem - 48), look)
        words = self.sentence.height_needed()
        top = max(0.0, (room - emblem - 48 - words) * 0.42)
        put(self.emblem, Box(0, top, box.w, emblem), look)
        put(self.sentence, Box(24, top + emblem + 48, box.w - 48, words), look)
        wide = min(box.w, 720.0)
        put(self.key, Box((box.w - wide) / 2, box.h - KEY_H, wide, KEY_H), look)

    def _tapped(self) -> None:
        self.chosen.emit(self.key.objectName())
