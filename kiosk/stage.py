"""The kiosk's window: shows a visit, and tells what was tapped and when a screen stands."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from config.wording import Words, languages
from hub.client.mirror import Mirror
from kiosk.faces import Tiles, heading, message, notice, ticket_face, tiles
from kiosk.flow import NUMBERED, Screen, Visit, ticket_keys
from kiosk.furniture import Bar, Header, places_of
from kiosk.layout import TARGET_PX, Canvas, canvas_of, frame, target_px
from kiosk.panes import GridPane, MessagePane
from kiosk.ticket import TicketPane
from ui.fade import FADE_MS, Fade
from ui.keys import Tap
from ui.look import Look, colour
from ui.theme import LIGHT, Theme
from ui.timing import timer

GRIDS = (Screen.AGENCIES, Screen.SERVICES, Screen.PRIORITY)
BAR_KEYS: dict[Screen, tuple[str, ...]] = {
    Screen.AGENCIES: ("language", "priority", "lower"),
    Screen.SERVICES: ("back", "language", "priority", "lower"),
    Screen.PRIORITY: ("back", "language", "lower"),
    Screen.CLOSED: ("language",),
    Screen.AWAY: ("language",),
}
PANE_KEYS = {
    Screen.REFUSED: ("back", "kiosk.back", "arrow-left"),
    Screen.STILL: ("here", "kiosk.still_here", "hand-finger"),
}
WIDE_ROWS = 116
"""Least height of tiles that have a whole row for themselves."""


class Shape(NamedTuple):
    """What a screen's places depend on: another shape is laid out anew and faded to."""

    screen: Screen
    language: str
    lowered: bool
    tiles: tuple[str, ...]
    keys: tuple[str, ...]


class Stage(QWidget):
    """Band, field and bar. `chosen(name)` tells what was tapped, `settled` that a new screen is wholly painted."""

    chosen = Signal(str)
    settled = Signal()

    def __init__(self, kiosk: str, *, theme: Theme = LIGHT, fade_ms: int = FADE_MS, locked: bool = False) -> None:
        super().__init__()
        self._kiosk, self._theme, self._locked = kiosk, theme, locked
        self.visit, self._mirror = Visit(), Mirror()
        self._shape: Shape | None = None
        self._unpainted = False
        self._painted = timer(self, 0, self.settled.emit)
        look = Look(theme)
        self.header, self.bar = Header(self, look), Bar(look, self)
        self.grid, self.message, self.ticket = GridPane(look, self), MessagePane(look, self), TicketPane(look, self)
        for part in (self.bar, self.grid, self.message, self.ticket):
            part.chosen.connect(self.chosen)
        self._fade = Fade(self, duration_ms=fade_ms) if fade_ms else None
        if self._fade is not None:
            self._fade.finished.connect(self.settled)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    @property
    def canvas(self) -> Canvas:
        """This window in design pixels."""
        return canvas_of(self.width(), self.height())

    def show_visit(self, visit: Visit, mirror: Mirror, moment: datetime | None) -> None:
        """Show where a visitor is; a screen of another shape is laid out anew and faded to."""
        shape = self._shape_of(visit, mirror, moment)
        fresh = shape != self._shape
        if fresh and self._fade is not None and self._shape is not None and self.isVisible():
            self._fade.take()
        self.visit, self._mirror, self._shape = visit, mirror, shape
        self._say(moment)
        if fresh:
            self._arrange()
            self._settle()

    def pass_time(self, left: float, moment: datetime | None) -> None:
        """Show the time of day and how much is left of this screen's time."""
        self.header.name(self._mirror.hall, moment, Words(self.visit.language))
        self.ticket.bar.set_left(left)
        self.message.emblem.set_left(left)

    def taps(self) -> list[Tap]:
        """Return everything that can be tapped now, in the order it is read."""
        keys: list[Tap] = [*self.grid.tiles, self.message.key]
        keys += [*self.ticket.keys, *self.bar.keys.values()]
        return [key for key in keys if key.isVisibleTo(self) and key.isEnabled()]

    def places(self) -> dict[str, list[int]]:
        """Return where everything is that can be tapped now, by object name."""
        return places_of(self.taps(), self)

    def _shape_of(self, visit: Visit, mirror: Mirror, moment: datetime | None) -> Shape:
        names = tuple(name for name, _ in self._tiles(visit, mirror, moment))
        keys = BAR_KEYS.get(visit.screen, ())
        if visit.screen in NUMBERED:
            keys = ticket_keys(visit, mirror, self._kiosk)
        only = mirror.hall is not None and len(mirror.hall.agencies) == 1
        if visit.screen is Screen.SERVICES and only:
            keys = tuple(key for key in keys if key != "back")
        return Shape(visit.screen, visit.language, visit.lowered, names, keys)

    def _say(self, moment: datetime | None) -> None:
        visit, mirror, words = self.visit, self._mirror, Words(self.visit.language)
        self.header.say(heading(visit, mirror, words), notice(visit, mirror, words, self._kiosk))
        self.header.name(mirror.hall, moment, words)
        self.grid.setVisible(visit.screen in GRIDS)
        self.ticket.setVisible(visit.screen in NUMBERED)
        self.message.setVisible(visit.screen not in GRIDS and visit.screen not in NUMBERED)
        if visit.screen in GRIDS:
            self.grid.say(self._tiles(visit, mirror, moment))
        elif visit.screen in NUMBERED:
            self._say_ticket(words)
        else:
            self._say_message(words)
        self._say_bar(words)

    def _say_ticket(self, words: Words) -> None:
        face = ticket_face(self.visit, self._mirror, words)
        if face is not None:
            self.ticket.say(face, words, ticket_keys(self.visit, self._mirror, self._kiosk))

    def _say_message(self, words: Words) -> None:
        icon, sentence = message(self.visit, self._mirror, words)
        key = PANE_KEYS.get(self.visit.screen)
        self.message.say(icon, sentence, key and (key[0], words.say(key[1]), key[2]))

    def _say_bar(self, words: Words) -> None:
        visit = self.visit
        texts = {
            "back": words.say("kiosk.back"),
            "language": Words(self._next_language()).say("kiosk.language_name"),
            "priority": words.say("kiosk.priority_on" if visit.priority else "kiosk.priority"),
            "lower": words.say("kiosk.raise" if visit.lowered else "kiosk.lower"),
        }
        shown = self._shape.keys if self._shape is not None and visit.screen not in NUMBERED else ()
        self.bar.say([(name, texts[name]) for name in shown], priority=visit.priority, lowered=visit.lowered)

    def _next_language(self) -> str:
        spoken = self.languages()
        place = spoken.index(self.visit.language) if self.visit.language in spoken else -1
        return spoken[(place + 1) % len(spoken)]

    def languages(self) -> tuple[str, ...]:
        """Return the hall's languages that there are words for."""
        hall, known = self._mirror.hall, languages()
        wanted = known if hall is None else hall.hall.languages
        return tuple(language for language in wanted if language in known) or ("id",)

    def _tiles(self, visit: Visit, mirror: Mirror, moment: datetime | None) -> Tiles:
        return () if moment is None else tiles(visit, mirror, Words(visit.language), moment.date())

    def _arrange(self) -> None:
        canvas, visit = self.canvas, self.visit
        look = Look(self._theme, canvas.scale)
        bar_keys = () if visit.screen in NUMBERED or self._shape is None else self._shape.keys
        grid = visit.screen in GRIDS
        parts = frame(canvas, lowered=visit.lowered, short=not grid, keys=len(bar_keys))
        self.header.arrange(parts, look)
        self.bar.setVisible(bool(bar_keys))
        self.bar.arrange(parts.bar, parts.bar_columns, look)
        if grid:
            self.grid.arrange(parts.field, look, columns=self._columns(), least=self._least())
        self.message.arrange(parts.field, look)
        self.ticket.arrange(parts.field, look)

    def _columns(self) -> int:
        return 1 if self.visit.screen is not Screen.AGENCIES and not self.visit.lowered else 2

    def _least(self) -> float:
        """Return the least height of a tile: 20 mm on this kiosk's screen, and 96 pixels where there is room."""
        hall = self._mirror.hall
        kiosk = hall.kiosk_by_id.get(self._kiosk) if hall is not None else None
        target = target_px(kiosk.resolution, kiosk.size_mm) if kiosk is not None else TARGET_PX
        if self.visit.lowered:
            return target
        return max(WIDE_ROWS if self._columns() == 1 else TARGET_PX, target)

    def _settle(self) -> None:
        if self._fade is not None and self.isVisible() and not self._unpainted:
            self._fade.start()
        else:
            self._unpainted = True
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground; what is painted for the first time is told once it is on the screen."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.ground))
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self._painted.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lay everything out for the new size."""
        super().resizeEvent(event)
        if self._shape is not None:
            self._arrange()
            self._unpainted = True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Stay, where visitors stand before the screen."""
        event.setAccepted(not self._locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Swallow every key: a kiosk has no keyboard, and whoever plugs one in finds no way out."""
        event.accept()
