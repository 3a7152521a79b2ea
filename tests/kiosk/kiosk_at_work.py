"""A kiosk at work with a hub that is not there: taps as a finger's, keys as a keyboard's, and its own time."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.desk import Desk
from kiosk.stage import Stage
from kiosk.visit import Screen
from tests.kiosk.fakes import MUARA_ENIM, FakeCommands, FakeFeed, FakeSeconds, content_of, snapshot
from ui.fonts import load_fonts

KIOSK = "anjungan-1"


class FakeAloud:
    """Keeps what would be read aloud; "" is silence."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def say(self, text: str, language: str) -> None:
        """Keep a text."""
        self.said.append((text, language))

    def hush(self) -> None:
        """Keep the silence."""
        self.said.append(("", ""))


class Hall:
    """A kiosk with a hub that is not there."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        load_fonts()
        self.qtbot, self.lines = qtbot, list[str]()
        monkeypatch.setattr("kiosk.desk.tell", self.lines.append)
        self.feed, self.commands, self.seconds = FakeFeed(), FakeCommands(), FakeSeconds()
        self.stage = Stage(KIOSK, fade_ms=0)
        qtbot.addWidget(self.stage)
        self.stage.resize(540, 960)
        self.aloud = FakeAloud()
        self.desk = Desk(
            self.stage, self.feed, self.commands, KIOSK, seconds=self.seconds, settling_s=0, aloud=self.aloud
        )
        self.desk.start()
        self.stage.show()

    def open(self, content: dict[str, Any] | None = None) -> None:
        """Let the hub speak."""
        with self.qtbot.waitSignal(self.stage.settled):
            self.feed.hear(snapshot(content_of(MUARA_ENIM) if content is None else content))

    def tap(self, name: str) -> None:
        """Tap the middle of what has this name, as a finger would."""
        key = next(key for key in self.stage.taps() if key.objectName() == name)
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys of a keyboard, as whoever has plugged one in."""
        for key in keys:
            self.qtbot.keyClick(self.stage.focusWidget() or self.stage, key)

    def type(self, text: str) -> None:
        """Type letters or digits."""
        self.qtbot.keyClicks(self.stage.focusWidget() or self.stage, text)

    def take_number(self) -> None:
        """Take a number for a family card, for which one brings papers."""
        self.tap("agency:dukcapil")
        self.tap("service:dukcapil-kk")
        if self.screen is Screen.BRING:
            self.tap("take")

    @property
    def screen(self) -> Screen:
        """The screen that stands."""
        return self.stage.visit.screen

    def settle(self) -> None:
        """Wait until a screen is painted."""
        with self.qtbot.waitSignal(self.stage.settled):
            self.stage._unpainted = True
            self.stage.update()
