"""The kiosk's window: shows a visit, and tells what was tapped and when a screen stands."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from config.wording import Words, languages
from hub.client.mirror import Mirror
from kiosk.controls import bar_chosen, bar_keys, bar_texts
from kiosk.faces import heading, notice
from kiosk.flow import next_language
from kiosk.furniture import Bar, Header, Sight, places_of
from kiosk.keyboard import Keyboard
from kiosk.layout import TARGET_PX, Canvas, canvas_of, frame, target_px
from kiosk.paper import ticket_keys
from kiosk.reading import Choice
from kiosk.scene import GRIDS, SHORT, Scene
from kiosk.service import Place
from kiosk.tiles import Tiles, keep_order, tiles
from kiosk.typed import CORNER_PX
from kiosk.visit import NUMBERED, Screen, Visit
from ui.fade import FADE_MS, Fade
from ui.keys import Tap
from ui.look import colour
from ui.parts import Part
from ui.theme import HIGH_CONTRAST, LIGHT, Theme
from ui.tile import Tile
from ui.timing import timer

WIDE_ROWS = 116
"""Least height of tiles that have a whole row for themselves."""
TYPED = ("letter:", "digit:", "erase")
LOW_TARGET_PX = 81
"""20 mm on the least of kiosks, where a screen's own size is not known."""


class Shape(NamedTuple):
    """What a screen's places depend on: another shape is laid out anew, and faded to unless only `typed` differs."""

    screen: Screen
    language: str
    lowered: bool
    large: bool
    contrast: bool
    service: str | None
    keys: tuple[str, ...]
    told: bool
    typed: tuple[str, tuple[str, ...]]


class Stage(QWidget):
    """Band, field and bar.

    `chosen(name)` tells what was tapped or what a key of a keyboard means, `reached(name)` onto what its arrows came,
    `cornered` a tap in the technician's corner, `settled` that a new screen is wholly painted. `hub` and `here` are
    what the technician reads of the connection, `speaks` tells whether the screen can be read aloud.
    """

    chosen = Signal(str)
    reached = Signal(str)
    cornered = Signal()
    settled = Signal()

    def __init__(
        self, kiosk: str, *, hub: str = "", theme: Theme = LIGHT, fade_ms: int = FADE_MS, locked: bool = False
    ) -> None:
        super().__init__()
        self._kiosk, self._theme, self._locked = kiosk, theme, locked
        self.hub, self.here, self.speaks = hub, True, True
        self.visit, self._mirror = Visit(), Mirror()
        self._shape: Shape | None = None
        self._unpainted = False
        self._painted = timer(self, 0, self.settled.emit)
        look = Sight(theme)
        self.header = Header(self, look)
        self.scene, self.bar = Scene(kiosk, self, look), Bar(look, self)
        for pane in (*self.scene.panes, self.bar):
            pane.chosen.connect(self.chosen)
        self._keyboard = Keyboard(self, self)
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
        shown = self._tiles(visit, mirror, moment)
        shape, before = self._shape_of(visit, mirror, shown), self._shape
        fresh = shape != before
        # A kiosk that has just started shows its hall as soon as it has it.
        fades = before is not None and before.screen is not Screen.WAIT and shape[:-1] != before[:-1]
        if fades and self._fade is not None and self.isVisible():
            self._fade.take()
        self.visit, self._mirror, self._shape = visit, mirror, shape
        self._say(moment, shown)
        if fresh or not self.scene.shown.fits():
            self._arrange()
        if fresh:
            self._settle(fades=fades)

    def pass_time(self, left: float, moment: datetime | None) -> None:
        """Show the time of day and how much is left of this screen's time."""
        words = Words(self.visit.language)
        self.header.name(self._mirror.hall, moment, words)
        self.scene.pass_time(left, moment, words)

    def taps(self) -> list[Tap]:
        """Return everything that can be tapped now, in the order it is read."""
        keys = [tap for pane in (*self.scene.panes, self.bar) if pane.isVisibleTo(self) for tap in pane.taps()]
        return [key for key in keys if key.isVisibleTo(self) and key.isEnabled()]

    def places(self) -> dict[str, list[int]]:
        """Return where everything is that can be tapped now, by object name."""
        return places_of(self.taps(), self)

    def texts(self) -> list[str]:
        """Return what the screen says, beside what can be tapped, in the order it is read."""
        header = self.header
        parts: list[Part] = [header.title, header.subtitle, header.notice, *self.scene.shown.findChildren(Part)]
        return [part.accessibleName() for part in parts if part.isVisibleTo(self) and part.accessibleName()]

    def offers(self) -> list[Choice]:
        """Return what the pane offers to choose, in the order it is read, without what types and the bar's keys."""
        taps = [tap for tap in self.scene.shown.taps() if tap.isVisibleTo(self) and tap.isEnabled()]
        return [choice_of(tap) for tap in taps if not tap.objectName().startswith(TYPED)]

    def tile_names(self) -> tuple[str, ...]:
        """Return the names of the tiles, in the order of their numbers."""
        return () if self._shape is None else self._shape.typed[1]

    def languages(self) -> tuple[str, ...]:
        """Return the hall's languages that there are words for."""
        hall, known = self._mirror.hall, languages()
        wanted = known if hall is None else hall.hall.languages
        return tuple(language for language in wanted if language in known) or ("id",)

    def _shape_of(self, visit: Visit, mirror: Mirror, shown: Tiles) -> Shape:
        only = mirror.hall is not None and len(mirror.hall.agencies) == 1
        numbered = visit.screen in NUMBERED
        bar = bar_keys(visit, only_agency=only, speaks=self.speaks)
        keys = ticket_keys(visit, mirror, self._kiosk) if numbered else bar
        told = bool(visit.words or notice(visit, mirror, Words(visit.language), self._kiosk)[0])
        typed = (visit.query, tuple(name for name, _ in shown))
        return Shape(
            visit.screen, visit.language, visit.lowered, visit.large, visit.contrast, visit.service, keys, told, typed
        )

    def _tiles(self, visit: Visit, mirror: Mirror, moment: datetime | None) -> Tiles:
        found = () if moment is None else tiles(visit, mirror, Words(visit.language), moment.date())
        same = self._shape is not None and self._shape.screen is visit.screen is not Screen.SEARCH
        return keep_order(found, self.tile_names()) if same else found

    def _say(self, moment: datetime | None, shown: Tiles) -> None:
        visit, words = self.visit, Words(self.visit.language)
        self.header.say(heading(visit, self._mirror, words), notice(visit, self._mirror, words, self._kiosk))
        self.header.name(self._mirror.hall, moment, words)
        self.header.show(shown=visit.screen is not Screen.ATTRACT)
        self.setAccessibleName(self.header.title.text())
        self.scene.say(visit, self._mirror, moment, shown, Place(self._kiosk, self.hub, self.here))
        texts = bar_texts(visit, words, next_language(visit, self.languages()))
        self.bar.say([(name, texts[name]) for name in self._bar_keys()], bar_chosen(visit))

    def _bar_keys(self) -> tuple[str, ...]:
        return () if self.visit.screen in NUMBERED or self._shape is None else self._shape.keys

    def _arrange(self) -> None:
        canvas, visit = self.canvas, self.visit
        theme = HIGH_CONTRAST if visit.contrast else self._theme
        look = Sight(theme, canvas.scale, large=visit.large)
        keys, target = self._bar_keys(), self._target()
        parts = frame(canvas, lowered=visit.lowered, short=visit.screen in SHORT, keys=len(keys), least=target)
        self.header.arrange(parts, look)
        self.bar.setVisible(bool(keys))
        self.bar.arrange(parts.bar, parts.bar_columns, look)
        self.scene.arrange(canvas, parts.field, look, columns=self._columns(), least=self._least())
        self._keyboard.follow()

    def _columns(self) -> int:
        return 1 if self.visit.screen in (Screen.SERVICES, Screen.PRIORITY) and not self.visit.lowered else 2

    def _target(self) -> float:
        """Return 20 mm on this kiosk's screen in design pixels."""
        hall = self._mirror.hall
        kiosk = hall.kiosk_by_id.get(self._kiosk) if hall is not None else None
        return target_px(kiosk.resolution, kiosk.size_mm) if kiosk is not None else LOW_TARGET_PX

    def _least(self) -> float:
        """Return the least height of a tile: 20 mm, and 96 pixels where there is room."""
        target = self._target()
        if self.visit.lowered:
            return target
        return max(WIDE_ROWS if self._columns() == 1 and self.visit.screen in GRIDS else TARGET_PX, target)

    def _settle(self, *, fades: bool) -> None:
        if fades and self._fade is not None and self.isVisible() and not self._unpainted:
            self._fade.start()
        else:
            self._unpainted = True
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground; what is painted for the first time is told once it is on the screen."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour((HIGH_CONTRAST if self.visit.contrast else self._theme).ground))
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

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of a tap in the technician's corner."""
        if max(event.position().x(), event.position().y()) < CORNER_PX * self.canvas.scale:
            self.cornered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take every key: whoever plugs a keyboard in can use the kiosk, and finds no way out."""
        self._keyboard.press(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the keys of a keyboard before what has the focus does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._keyboard.press(event)
            return True
        return False

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: N802, FBT001 - Qt's name and signature
        """Leave the Tab key to the order in which the screen is read."""
        return False


def choice_of(tap: Tap) -> Choice:
    """Return what a key or tile offers, as it is read aloud."""
    if not isinstance(tap, Tile):
        return Choice(tap.accessibleName(), tap.accessibleDescription())
    shut = "" if tap.face.open else tap.face.brief
    name = f"{tap.accessibleName()}, {shut}" if shut else tap.accessibleName()
    return Choice(name, tap.accessibleDescription(), tap.face.number)
