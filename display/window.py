"""A screen's window: it follows the hub's feed and shows the board, whatever size it has."""

import time
from collections.abc import Callable
from math import isfinite

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from config.wording import Words
from display.announcement import Announcer, Silence, announcement
from display.board import Board, Call, Told, advanced, follow, pulse, showing, told_by
from display.faces import Scene, scene_of
from display.header import Header, HeaderFace, Stripe
from display.marquee import Marquee
from display.pane import BigCall, Welcome
from display.places import places
from display.rows import Rows
from display.welcome import Greeting, greeting, ticker
from ui.feed import Feed
from ui.lines import tell
from ui.look import Look, colour
from ui.parts import StatusStrip
from ui.theme import NIGHT

FRAME_MS = 16
REFRESH_S = 1.0
STRIP = 40
REMEMBERED = 5000
"""How many lines of the journal back a painted call is remembered: a screen runs for years."""


class DisplayWindow(QWidget):
    """One screen of a hall. `clock` is any clock in seconds that only goes forward."""

    def __init__(
        self,
        feed: Feed,
        screen: str,
        *,
        announcer: Announcer | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.board = Board()
        self.scene: Scene | None = None
        self._feed, self._screen, self._clock = feed, screen, clock
        self._announcer: Announcer = announcer or Silence()
        self._told: Told | None = None
        self._away = False
        self._painted: set[int] = set()
        self._refreshed_s = 0.0
        self._make_parts(Look(NIGHT))
        self._connect()
        self._refresh()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put every part in its place."""
        at = places(self.size())
        look = Look(NIGHT, at.scale)
        for part in (self.header, self.stripe, self.big, self.welcome, self.rows, self.marquee, self.strip):
            part.set_look(look)
        self.header.setGeometry(at.header)
        self.stripe.setGeometry(at.stripe)
        self.big.setGeometry(at.pane)
        self.welcome.setGeometry(at.pane)
        self.rows.setGeometry(at.rows)
        self.marquee.setGeometry(at.marquee)
        gap = look.px(8)
        self.strip.setGeometry(at.marquee.adjusted(gap, gap, -gap, -gap))

    def run_frame(self) -> None:
        """Show what has moved since the last frame: the running line, the pulse, the next call's turn."""
        now_s = self._clock()
        self.marquee.run(now_s)
        self._turn(advanced(self.board, now_s))
        self.big.set_strength(pulse(self.board, now_s))
        if now_s - self._refreshed_s >= REFRESH_S:
            self._refresh()

    def _make_parts(self, look: Look) -> None:
        self.header, self.stripe = Header(look, self, name="header"), Stripe(look, self, name="stripe")
        self.big, self.welcome = BigCall(look, self), Welcome(look, self, name="welcome")
        self.rows, self.marquee = Rows(look, self), Marquee(look, self)
        self.strip = StatusStrip(look, self, size=STRIP)
        ground = self.palette()
        ground.setColor(QPalette.ColorRole.Window, colour(NIGHT.ground))
        self.setPalette(ground)
        self.setAutoFillBackground(True)
        self.setMinimumSize(320, 180)

    def _connect(self) -> None:
        self._feed.changed.connect(self._heard)
        self._feed.told.connect(self._refresh)
        self._feed.lost.connect(self._lost)
        self._feed.back.connect(self._back)
        self.rows.painted.connect(self._frame_done, Qt.ConnectionType.QueuedConnection)
        self.big.painted.connect(self._frame_done, Qt.ConnectionType.QueuedConnection)
        self._frames = QTimer(self)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.run_frame)
        self._frames.start(FRAME_MS)

    def _heard(self, _events: list[object]) -> None:
        """Take what the hub said."""
        first = self._told is None
        self._take_hall()
        if self.scene is None:
            return
        self._told = told_by(self._feed.mirror, self.scene.zones)
        self._turn(follow(self.board, self._told, self._clock()))
        self._refresh()
        if first:
            QTimer.singleShot(0, self._ready)

    def _take_hall(self) -> None:
        hall = self._feed.mirror.hall
        if hall is not None and (self.scene is None or hall is not self.scene.hall):
            self.scene = scene_of(hall, hall.screen_by_id.get(self._screen))
            words = [Words(language) for language in hall.hall.languages]
            self.marquee.set_sentences(tuple(text for each in words for text in ticker(hall, each)))

    def _turn(self, board: Board) -> None:
        """Take the next state of the board; a call that takes the big place is announced."""
        before, self.board = self.board, board
        if board == before:
            return
        if board.seen < before.seen:
            self._painted.clear()
        if board.big is not None and board.big is not before.big and isfinite(board.since_s):
            self._announce(board.big)
        self._refresh()

    def _announce(self, call: Call) -> None:
        scene = self.scene
        if scene is None or not scene.audible:
            return
        for language in scene.hall.policy.announce_languages:
            self._announcer.announce(announcement(call, scene.hall, Words(language)), language)

    def _refresh(self) -> None:
        """Show the board and the hall's time."""
        self._refreshed_s = self._clock()
        scene, moment = self.scene, self._feed.now()
        if scene is None or self._told is None or moment is None:
            self._show_connecting()
            return
        weekday, _, day = scene.words.day(moment.date()).partition(" ")
        face = HeaderFace(scene.name(), scene.subtitle(), f"{weekday.rstrip(',')}\n{day}", scene.words.clock(moment))
        self.header.set_face(face)
        call = showing(self.board, self._told.at(self._feed.now_ms()))
        self.big.set_face(None if call is None else scene.big(call), scene.words.say("display.now_calling"))
        self.welcome.set_greeting(greeting(scene.hall, moment, scene.words))
        self.big.setVisible(call is not None)
        self.welcome.setVisible(call is None)
        self._show_rows(scene, call)
        self._show_strip()

    def _show_rows(self, scene: Scene, big: Call | None) -> None:
        heading = scene.words.say("display.recent" if self.board.rows else "display.directory")
        faces = scene.rows(self.board, big) if self.board.rows else scene.page(self._clock())
        self.rows.set_faces(heading, faces, marked=scene.several)

    def _show_connecting(self) -> None:
        words = Words()
        self.welcome.set_greeting(Greeting(words.say("display.connecting"), words.say("display.connecting_rest")))
        for part in (self.big, self.strip, self.marquee):
            part.hide()

    def _show_strip(self) -> None:
        """Say that the screen is stale, or that the hall does not know it; else let the line run."""
        scene = self.scene
        if scene is None:
            return
        if not self._feed.here:
            self.strip.set_state(scene.words.say("display.connection_lost"), tone="call", icon="plug-connected-x")
        elif self._screen not in scene.hall.screen_by_id:
            text = scene.words.say("display.unknown_screen", screen=self._screen)
            self.strip.set_state(text, tone="alarm", icon="alert-triangle")
        else:
            self.strip.set_state("")
        self.marquee.setVisible(self.strip.isHidden())

    def _lost(self) -> None:
        self._away = True
        tell("display hub lost")
        self._refresh()

    def _back(self) -> None:
        if self._away:
            self._away = False
            tell("display hub back")
        self._refresh()

    def _ready(self) -> None:
        tell("display ready")

    def _frame_done(self, seqs: list[int]) -> None:
        """Say for each call, once, that the frame that first shows it was painted."""
        fresh = [seq for seq in seqs if seq not in self._painted]
        if not fresh:
            return
        self._painted = {seq for seq in (*self._painted, *fresh) if seq > self.board.seen - REMEMBERED}
        known = {call.seq: call for call in (*self.board.rows, *([self.board.big] if self.board.big else []))}
        for call in sorted((known[seq] for seq in fresh if seq in known), key=lambda call: call.seq):
            tell(f"display painted {call.number} {call.counter} {call.seq}")
