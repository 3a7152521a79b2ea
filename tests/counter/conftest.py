"""Makes panels for a test and closes them after it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.counter.fakes import FakeHub, MakePanel, Panel
from ui.fonts import load_fonts


@pytest.fixture
def make_panel(qapp: QApplication) -> Iterator[MakePanel]:
    """Make a panel of a counter; it is closed after the test."""
    load_fonts()
    made: list[Panel] = []

    def make(hub: FakeHub | None = None, size: tuple[int, int] = (420, 640), lock_ms: int = 1) -> Panel:
        made.append(Panel(hub or FakeHub(), size, lock_ms))
        return made[-1]

    yield make
    for panel in made:
        panel.hub.feed.stop()
        panel.hub.feed.deleteLater()
        panel.window.close()
        panel.window.deleteLater()
    qapp.processEvents()
