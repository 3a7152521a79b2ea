"""A screen's window: it follows the hub's feed and shows the board, whatever size and layout it has."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from config.wording import Words
from display.board import Board, Call, Told, advanced, follow, pulse, showing, taken_back, told_by, withdrawn
from display.calm import CalmFace
from display.faces import Scene, scene_of
from display.header import HeaderFace
from display.mode import Mode, mode_of, shown, swapped, wander
from display.notices import notices
from display.overview import overview, page
from display.stage import Stage
from display.today import Tally, begun, counted, figures
from display.welcome import Greeting, greeting, ticker
from hub.client.views import EventView
from ui.feed import Feed
from ui.lines import tell

FRAME_MS = 16
REFRESH_S = 1.0
REMEMBERED = 5000
"""How many lines of the journal back a painted call is remembered: a screen runs for years."""


class DisplayWindow(Stage):
    """One screen of a hall. `clock` is any clock in seconds that only goes forward, `media` a folder of pictures."""

    def __init__(
        self,
        feed: Feed,
        screen: str,
        *,
        media: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(media)
        self.board, self.mode = Board(), Mode()
        self.scene: Scene | None = None
        self.tally: Tally | None = None
        self._feed, self._screen, self._clock = feed, screen, clock
        self._told: Told | None = None
        self._away = False
        self._painted: set[int] = set()
        self._refreshed_s = 0.0
        self._connect()
        self._refresh()

    def run_frame(self) -> None:
        """Show what has moved since the last frame: the running line, the pulse, the next call's turn."""
        now_s = self._clock()
        if self._turn(advanced(self.board, now_s)) or now_s - self._refreshed_s >= REFRESH_S:
            self._refresh()
        if self.mode.brightness:
            self.marquee.run(now_s)
            self.set_strength(pulse(self.board, now_s))

    def _connect(self) -> None:
        self._feed.changed.connect(self._heard)
        self._feed.told.connect(self._refresh)
        self._feed.lost.connect(self._lost)
        self._feed.back.connect(self._back)
        for part in (self.rows, self.big, self.grid):
            part.painted.connect(self._frame_done, Qt.ConnectionType.QueuedConnection)
        self._frames = QTimer(self)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self.run_frame)
        self._frames.start(FRAME_MS)

    def _heard(self, events: list[EventView]) -> None:
        """Take what the hub said."""
        first, mirror = self._told is None, self._feed.mirror
        is_snapshot = self._take_hall()
        if self.scene is None:
            return
        if is_snapshot or self.tally is None:
            self.tally = begun(self.tally, mirror)
        else:
            self.tally = counted(self.tally, mirror, events)
        self._told = told_by(mirror, self.scene.zones)
        back = {event["body"]["number"] for event in events if event["kind"] == "call.withdrawn"}
        if is_snapshot:
            back |= taken_back(mirror)
        self._turn(follow(withdrawn(self.board, back), self._told, self._clock()))
        if first:
            QTimer.singleShot(0, self._ready)

    def _take_hall(self) -> bool:
        """Take the hall of a snapshot; tell whether there was one."""
        hall = self._feed.mirror.hall
        if hall is None or (self.scene and hall is self.scene.hall):
            return False
        self.scene = scene_of(hall, hall.screen_by_id.get(self._screen))
        return True

    def _turn(self, board: Board) -> bool:
        """Take the next state of the board; tell whether it is another. After a change the feed's `told` refreshes."""
        before, self.board = self.board, board
        if board.seen < before.seen:
            self._painted.clear()
        return board != before

    def _refresh(self) -> None:
        """Show the board and the hall's time."""
        self._refreshed_s = self._clock()
        scene, moment = self.scene, self._feed.now()
        if scene is None or self._told is None or moment is None:
            self._show_connecting()
            return
        told = self._told.at(self._feed.now_ms())
        waiting, _ = self._feed.mirror.waiting_for(scene.services())
        at_work = any(view["state"] != "closed" for view in self._feed.mirror.counters.values())
        self.mode = mode_of(scene.hall, moment, self.board, told, waiting, at_work=at_work)
        self.shade.set_brightness(self.mode.brightness)
        self.set_manner(scene.layout, swapped=swapped(moment.date()), wander=wander(self._refreshed_s))
        self.gallery.set_awake(awake=scene.layout == "media" and self.mode.brightness > 0)
        self._show_header(scene, moment)
        self._show_middle(scene, moment, showing(self.board, told))
        self._show_line(scene)

    def _show_header(self, scene: Scene, moment: datetime) -> None:
        weekday, _, day = scene.words.day(moment.date()).partition(" ")
        face = HeaderFace(scene.name(), scene.subtitle(), f"{weekday.rstrip(',')}\n{day}", scene.words.clock(moment))
        self.header.set_face(face)

    def _show_middle(self, scene: Scene, moment: datetime, call: Call | None) -> None:
        names = shown(scene.layout, calling=call is not None, quiet=self.mode.quiet, empty=self.gallery.empty)
        greeted = greeting(scene.hall, moment, scene.words)
        self.big.set_face(None if call is None else scene.big(call), scene.words.say("display.now_calling"))
        self.welcome.set_greeting(greeted)
        word = "" if "welcome" in names else greeted.title
        self.calm.set_face(CalmFace(scene.words.clock(moment), scene.words.day(moment.date()), word))
        self._show_rows(scene, call)
        if "grid" in names:
            self._show_counters(scene)
        if "figures" in names and self.tally:
            self.figures.set_figures(scene.words.say("display.today"), figures(scene, self._feed.mirror, self.tally))
        self.show_middle(names)

    def _show_rows(self, scene: Scene, big: Call | None) -> None:
        heading = scene.words.say("display.recent" if self.board.rows else "display.directory")
        faces = scene.rows(self.board, big) if self.board.rows else scene.page(self._clock(), self.rows.count)
        self.rows.set_faces(heading, faces, marked=scene.several)

    def _show_counters(self, scene: Scene) -> None:
        names = ("counter", "agency", "number")
        self.grid.set_headings(tuple(scene.words.say(f"display.overview_{name}") for name in names))
        faces = page(overview(scene, self._feed.mirror, self.board), self.grid.size_of_page, self.board, self._clock())
        current = self.board.big.seq if self.board.big else 0
        self.grid.set_faces(faces, len(scene.counters()), marked=scene.several, current=current)

    def _show_connecting(self) -> None:
        words = Words()
        self.welcome.set_greeting(Greeting(words.say("display.connecting"), words.say("display.connecting_rest")))
        self.show_middle(("welcome", "rows"))
        for part in (self.strip, self.marquee):
            part.hide()

    def _show_line(self, scene: Scene) -> None:
        """Say that the screen is stale, or that the hall does not know it; else let the line run."""
        each = [replace(scene, words=Words(language)) for language in scene.hall.hall.languages]
        told = [text for spoken in each for text in notices(spoken, self._feed.mirror)]
        self.marquee.set_sentences((*told, *(text for spoken in each for text in ticker(scene.hall, spoken.words))))
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
