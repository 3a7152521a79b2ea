"""Every painted part in every state, on one sheet for each theme: to look at after a change."""

from collections.abc import Callable, Iterator
from datetime import datetime

from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from config.wording import Words
from ui.faces import TileFace
from ui.keys import KINDS, Key, Tap
from ui.look import Look, colour
from ui.parts import Bar, BigNumber, Clock, Label, Part, StatusStrip
from ui.theme import THEMES, Theme
from ui.tile import Tile

COLUMNS, CELL_W, CELL_H, BAR_H, GAP = 3, 420, 150, 16, 20
SHEET_GAP = 24
TONES = ("primary", "good", "call", "alarm")
INKS = ("ink", "quiet", "primary")
MORNING = datetime(2026, 11, 30, 8, 14)  # noqa: DTZ001 - a time of day on a wall
ZONE = "#0F766E"
Made = Part | Tap


def shown(look: Look, parent: QWidget) -> Iterator[Made]:
    """Yield the parts, each in one of its states."""
    words = Words()
    number = BigNumber(look, parent, size=120)
    number.set_text("A043")
    yield number
    for tone in INKS:
        label = Label(look, parent, size=32, tone=tone, lines=2)
        label.set_text(words.say("kiosk.choose_service"))
        yield label
    clock = Clock(look, parent, size=64)
    clock.set_moment(MORNING, words)
    yield clock
    for tone in TONES:
        strip = StatusStrip(look, parent, size=28)
        strip.set_state(words.say("kiosk.thanks"), tone=tone)
        yield strip
    for left in (1.0, 0.4):
        bar = Bar(look, parent)
        bar.set_left(left)
        yield bar
    yield from keys(look, parent, words)
    yield from tiles(look, parent, words)


def keys(look: Look, parent: QWidget, words: Words) -> Iterator[Key]:
    """Yield a key of each kind, at rest, pressed and grey."""
    for kind in KINDS:
        for state in (True, False):
            key = Key(look, parent, size=30, kind=kind, icon="check")
            key.set_texts(words.say("kiosk.done"))
            key.setDown(state)
            yield key
    grey = Key(look, parent, size=30, icon="printer")
    grey.set_texts(words.say("kiosk.done"), words.say("kiosk.closed_title"))
    grey.setEnabled(False)
    yield grey


def tiles(look: Look, parent: QWidget, words: Words) -> Iterator[Tile]:
    """Yield a tile with a badge, one with a bar, and a grey one that says why."""
    waiting = words.say("kiosk.waiting", count=12)
    for face in (
        TileFace("Disdukcapil", detail=waiting, detail_icon="users", letter="A", icon="id", colour=ZONE),
        TileFace("Kartu Keluarga", detail=waiting, detail_icon="users", mark="ticket", colour=ZONE),
        TileFace("Imigrasi", detail=words.say("kiosk.closed_title"), detail_icon="clock", icon="world", open=False),
    ):
        tile = Tile(look, parent)
        tile.set_face(face)
        yield tile


class Sheet(QWidget):
    """The parts in one theme, row by row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, colour(theme.ground))
        self.setPalette(ground)
        self.parts = list(shown(Look(theme), self))
        for place, part in enumerate(self.parts):
            down, across = divmod(place, COLUMNS)
            high = BAR_H if isinstance(part, Bar) else CELL_H
            top = GAP + down * (CELL_H + GAP) + (CELL_H - high) // 2
            part.setGeometry(GAP + across * (CELL_W + GAP), top, CELL_W, high)
        rows = -(-len(self.parts) // COLUMNS)
        self.resize(GAP + COLUMNS * (CELL_W + GAP), GAP + rows * (CELL_H + GAP))


def picture(made: Callable[[Theme], QWidget] = Sheet) -> QImage:
    """Return the sheets of all themes side by side."""
    sheets = [made(theme).grab().toImage() for theme in THEMES]
    wide = sum(sheet.width() for sheet in sheets) + SHEET_GAP * (len(sheets) - 1)
    image = QImage(wide, max(sheet.height() for sheet in sheets), QImage.Format.Format_RGB32)
    image.fill(colour(THEMES[0].line))
    painter, left = QPainter(image), 0
    for sheet in sheets:
        painter.drawImage(left, 0, sheet)
        left += sheet.width() + SHEET_GAP
    painter.end()
    return image


class Gallery(QWidget):
    """All sheets in one window."""

    def __init__(self) -> None:
        super().__init__()
        left = 0
        for theme in THEMES:
            sheet = Sheet(theme)
            sheet.setParent(self)
            sheet.setAutoFillBackground(True)
            sheet.move(left, 0)
            left += sheet.width() + SHEET_GAP
        self.resize(left - SHEET_GAP, sheet.height())
        self.show()
