"""A kiosk before and after its hub has spoken."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.kiosk.kiosk_at_work import Hall


@pytest.fixture
def unopened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    hall = Hall(qtbot, monkeypatch)
    yield hall
    hall.feed.stop()


@pytest.fixture
def hall(unopened: Hall) -> Hall:
    unopened.open()
    return unopened
