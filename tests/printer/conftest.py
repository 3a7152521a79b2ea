"""Tickets of the example halls, and fakes for all that stands around a printer."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent))

from printer_fakes import FakeTime, content_of

from config.hall import Hall
from hub.client.views import TicketContent
from printer.raster import drawing


@pytest.fixture
def content(muara_enim: Hall) -> TicketContent:
    """Return a plain ticket."""
    return content_of(muara_enim)


@pytest.fixture
def fonts(qapp: QApplication) -> None:
    """Make ready to draw tickets."""
    assert drawing() is qapp


@pytest.fixture
def fake_time() -> FakeTime:
    """Return a clock that only moves when somebody waits."""
    return FakeTime()
