"""The two simple fields of the kiosk: a grid of tiles, and a message with at most one key."""

from functools import partial

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from kiosk.furniture import Sight, height_of, lay, put
from kiosk.layout import Box, grid
from kiosk.pane import Pane
from kiosk.tiles import Tiles
from ui.keys import Tap
from ui.look import CENTRE, Look, colour, paint_card, paint_icon
from ui.parts import Label, Part
from ui.tile import Tile, even_titles


class GridPane(Pane):
    """Tiles to choose from."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self.tiles: list[Tile] = []

    def taps(self) -> list[Tap]:
        """Return the tiles, row by row."""
        return list(self.tiles)

    def fits(self) -> bool:
        """Tell whether the texts of all tiles stand in their boxes."""
        return all(tile.fits() for tile in self.tiles)

    def say(self, tiles: Tiles) -> None:
        """Show these tiles; one that stays is never replaced under a finger."""
        if [name for name, _ in tiles] != [tile.objectName() for tile in self.tiles]:
            for old in self.tiles:
                old.hide()
                old.deleteLater()
            self.tiles = [self._made(name) for name, _ in tiles]
        for tile, (_, face) in zip(self.tiles, tiles, strict=True):
            tile.set_face(face)

    def arrange(self, box: Box, look: Sight, *, columns: int, least: float) -> None:
        """Place the tiles in as few columns as give them the least height.

        A visitor who wants large text gets the columns and the scale at which the smallest text is the largest.
        """
        self._look = look
        self.setGeometry(look.rect(*box).toRect())
        if not self.tiles:
            return
        inside = Box(0, 0, box.w, box.h)
        wide, narrow = (grid(inside, len(self.tiles), columns=across, least=least) for across in (1, columns))
        choices = [(places, inner) for places in (narrow, wide)[: 1 + look.large] for inner in reversed(look.looks())]
        best = max(choices, key=partial(self._legible, look)) if look.large else choices[0]
        self._legible(look, best)
        for tile in self.tiles:
            tile.show()

    def _legible(self, look: Sight, choice: tuple[list[Box], Look]) -> int:
        """Place all tiles so, and return the size of their smallest texts, 0 where one does not fit."""
        places, inner = choice
        for tile, place in zip(self.tiles, places, strict=True):
            tile.setGeometry(look.rect(*place).toRect())
            tile.set_look(inner)
        even_titles(self.tiles)
        fit = all(tile.fits() for tile in self.tiles)
        title, detail = map(min, zip(*(tile.text_sizes() for tile in self.tiles), strict=True))
        return 2 * title + detail if fit else 0

    def _made(self, name: str) -> Tile:
        tile = Tile(self._look, self, name=name)
        tile.clicked.connect(self.tapped)
        return tile


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
        paint_card(painter, box, theme.tint(theme.primary, 0.12), side / 2)
        inset = side * 0.26
        if self.icon:
            paint_icon(painter, box.adjusted(inset, inset, -inset, -inset), self.icon, theme.primary)
        if self.left < 1:
            painter.setPen(QPen(colour(theme.primary), thick))
            painter.drawArc(box, 90 * 16, round(360 * 16 * self.left))


KEY_H = 160.0


class MessagePane(Pane):
    """An emblem, a sentence, and a key where there is something to answer."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.emblem = Emblem(look, self, name="emblem")
        self.sentence = Label(look, self, size=56, floor=36, weight=600, lines=8, align=CENTRE, name="sentence")
        self.answer = self.key(look, "", size=40, kind="primary")

    def taps(self) -> list[Tap]:
        """Return the key."""
        return [self.answer]

    def say(self, icon: str, sentence: str, key: tuple[str, str, str] | None) -> None:
        """Show an icon and a sentence, and a key given as name, text and icon."""
        self.emblem.set_icon(icon)
        self.sentence.set_text(sentence)
        self.answer.setVisible(key is not None)
        if key is not None:
            name, text, key_icon = key
            self.answer.setObjectName(name)
            self.answer.set_texts(text)
            self.answer.set_kind("primary", key_icon)

    def arrange(self, box: Box, look: Sight) -> None:
        """Place emblem, sentence and key, the key at the bottom."""
        self.setGeometry(look.rect(*box).toRect())
        room = box.h - (KEY_H + 48 if self.answer.isVisibleTo(self) else 0)
        emblem = min(320.0, room * 0.36)
        put(self.sentence, Box(24, 0, box.w - 48, room - emblem - 48), look)
        words = height_of(self.sentence, look)
        top = max(0.0, (room - emblem - 48 - words) * 0.42)
        lay(self.emblem, Box(0, top, box.w, emblem), look)
        put(self.sentence, Box(24, top + emblem + 48, box.w - 48, words), look)
        wide = min(box.w, 720.0)
        put(self.answer, Box((box.w - wide) / 2, box.h - KEY_H, wide, KEY_H), look)
