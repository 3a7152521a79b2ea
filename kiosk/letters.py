"""The search: an alphabet in large keys, and what was found as tiles above it."""

from string import ascii_lowercase

from PySide6.QtWidgets import QWidget

from config.wording import Words
from kiosk.furniture import Sight, put
from kiosk.layout import Box
from kiosk.pane import Pane
from kiosk.panes import GridPane
from kiosk.rooms import keyboard
from kiosk.search import SPACE
from kiosk.tiles import Tiles
from ui.keys import Tap
from ui.look import Look


class SearchPane(Pane):
    """Tiles of what was found, and the letters."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.found = GridPane(look, self)
        self.found.chosen.connect(self.chosen)
        self.letters = [self.key(look, f"letter:{letter}", size=44) for letter in ascii_lowercase]
        for key, letter in zip(self.letters, ascii_lowercase, strict=True):
            key.set_texts(letter.upper())
        self.space = self.key(look, f"letter:{SPACE}", size=30, icon="space", stacked=True)
        self.erase = self.key(look, "erase", size=30, icon="backspace", stacked=True)

    def taps(self) -> list[Tap]:
        """Return what was found, then the letters."""
        return [*self.found.taps(), *self.letters, self.space, self.erase]

    def fits(self) -> bool:
        """Tell whether what was found stands in its boxes."""
        return self.found.fits()

    def say(self, tiles: Tiles, words: Words) -> None:
        """Show what was found."""
        self.found.say(tiles)
        self.space.set_texts(words.say("kiosk.space"))
        self.erase.set_texts(words.say("kiosk.erase"))

    def arrange(self, box: Box, look: Sight, *, least: float) -> None:
        """Place the letters at the bottom and the tiles above them."""
        self.setGeometry(look.rect(*box).toRect())
        keys = [*self.letters, self.space, self.erase]
        room, boxes = keyboard(Box(0, 0, box.w, box.h), len(keys), least=least)
        for key, place in zip(keys, boxes, strict=True):
            put(key, place, look)
        self.found.arrange(room, look, columns=2, least=least)
