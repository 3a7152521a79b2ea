"""A keyboard or numeric keypad at the kiosk: moves through what can be touched, and tells what its keys mean."""

from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.controls import Spot, escape, next_place
from kiosk.search import SPACE
from kiosk.visit import Screen, Visit
from ui.keys import Tap

ARROWS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}
STEPS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
ALOUD = {
    Qt.Key.Key_F1: "aloud:key",
    Qt.Key.Key_Asterisk: "aloud:key",
    Qt.Key.Key_F15: "aloud:on",
    Qt.Key.Key_F16: "aloud:off",
}
"""Keys that read the screen aloud or end it; F15 and F16 are what keypads for the blind send for a headset's plug."""
ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class Touched(Protocol):
    """What a keyboard works on: a window of things to touch."""

    visit: Visit
    chosen: SignalInstance
    reached: SignalInstance

    def taps(self) -> list[Tap]:
        """Return everything that can be tapped now, in the order it is read."""


class Keyboard:
    """The keys of a keyboard in a window; its first key shows rings and numbers."""

    def __init__(self, window: QWidget, stage: Touched) -> None:
        self._window, self._stage = window, stage
        self._screen: Screen | None = None
        self._reached = ""

    def follow(self) -> None:
        """Hear the keys of all that can be touched now, and stand somewhere once a keyboard is used."""
        taps = self._stage.taps()
        for tap in taps:
            tap.installEventFilter(self._window)
        if self._stage.visit.numbered and taps:
            same = [tap for tap in taps if tap.objectName() == self._reached]
            self._reach((same if same and self._screen is self._stage.visit.screen else taps)[0])
        self._screen = self._stage.visit.screen

    def press(self, event: QKeyEvent) -> None:
        """Do what a key means."""
        taps, key = self._stage.taps(), Qt.Key(event.key())
        if event.isAutoRepeat() and key not in (*ARROWS, *STEPS, Qt.Key.Key_Backspace):
            return
        if key in ALOUD:
            self._stage.chosen.emit(ALOUD[key])
            return
        first = not self._stage.visit.numbered
        if self._stage.visit.screen is Screen.ATTRACT:
            self._stage.chosen.emit("start")
            return
        if first:
            self._stage.chosen.emit("keyboard")
        if key in ARROWS or key in STEPS:
            self._move(taps, key, first=first)
        elif first and key in ENTERS and taps:
            self._reach(taps[0])
        elif key in ENTERS or (key == Qt.Key.Key_Space and not self._types()):
            self._enter(taps, key)
        else:
            self._tell(key, event.text(), [tap.objectName() for tap in taps])

    def _move(self, taps: list[Tap], key: Qt.Key, *, first: bool) -> None:
        at = self._current(taps)
        if not taps:
            return
        # Where it does not stand yet, Qt has put the focus somewhere.
        if at is None or first or taps[at].objectName() != self._reached:
            there = taps[0]
        elif key in STEPS:
            there = taps[(at + STEPS[key]) % len(taps)]
        else:
            there = taps[next_place([self._middle(tap) for tap in taps], at, ARROWS[key])]
        self._reach(there)
        self._stage.reached.emit(there.objectName())

    def _reach(self, tap: Tap) -> None:
        self._reached = tap.objectName()
        tap.reach()

    def _enter(self, taps: list[Tap], key: Qt.Key) -> None:
        at = self._current(taps)
        if self._stage.visit.screen is Screen.CODE and key in ENTERS:
            self._stage.chosen.emit("enter")
        elif self._stage.visit.typed:
            self._stage.chosen.emit("number:")
        elif at is not None and taps[at].objectName() == self._reached:
            taps[at].click()
        elif taps:
            # Where it has not come by a key yet it only comes: what was neither seen nor read is not chosen.
            self._reach(taps[0])
            self._stage.reached.emit(taps[0].objectName())

    def _tell(self, key: Qt.Key, text: str, names: list[str]) -> None:
        meaning = ""
        if key == Qt.Key.Key_Escape:
            meaning = escape(names)
        elif key == Qt.Key.Key_Backspace:
            meaning = "erase"
        elif len(text) == 1 and text.isdigit() and text.isascii():
            meaning = f"digit:{text}" if self._stage.visit.screen is Screen.CODE else f"number:{text}"
        elif self._types() and len(text) == 1 and (text.isalpha() or text == SPACE):
            meaning = f"letter:{text.lower()}"
        if meaning:
            self._stage.chosen.emit(meaning)

    def _types(self) -> bool:
        return self._stage.visit.screen is Screen.SEARCH

    def _current(self, taps: list[Tap]) -> int | None:
        focus: QObject | None = self._window.focusWidget()
        return next((place for place, tap in enumerate(taps) if tap is focus), None)

    def _middle(self, tap: Tap) -> Spot:
        middle = tap.mapTo(self._window, QPoint(tap.width() // 2, tap.height() // 2))
        return Spot(middle.x(), middle.y())
