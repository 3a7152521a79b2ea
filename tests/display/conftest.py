"""Makes screens for a test and closes them after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.display.fakes import FakeHub, MakeScreen, Screen
from ui.fonts import load_fonts


@pytest.fixture
def make_screen(qapp: QApplication) -> Iterator[MakeScreen]:
    """Make a screen of a hall; it is closed after the test."""
    load_fonts()
    made: list[Screen] = []

    def make(
        hub: FakeHub | None = None, screen: str = "layar-1", size: tuple[int, int] = (960, 540), **parts: Any
    ) -> Screen:
        made.append(Screen(hub or FakeHub(), screen, size, **parts))
        return made[-1]

    yield make
    for screen in made:
        screen.hub.feed.stop()
        screen.hub.feed.deleteLater()
        screen.window.close()
        screen.window.deleteLater()
    qapp.processEvents()
