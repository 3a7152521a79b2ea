"""The first visitor's ticket is no slower than the others'."""

from dataclasses import replace

import pytest
from printer_fakes import hall

from config.hall import Hall
from printer import press
from printer.layout import Layout
from printer.picture import Raster
from printer.press import Press
from printer.raster import draw
from printer.sheet import Head

pytestmark = pytest.mark.usefixtures("fonts")
OF = hall("mpp-muara-enim")


def drawn_by(monkeypatch: pytest.MonkeyPatch, of: Hall | None) -> list[int]:
    """Return the heights of what a press draws while it warms."""
    heights: list[int] = []

    def counted(layout: Layout, head: Head) -> Raster:
        picture = draw(layout, head)
        heights.append(picture.height)
        return picture

    monkeypatch.setattr(press, "draw", counted)
    Press(next(iter(OF.printer_by_id.values())), lambda: of, lambda: 1).warm()
    return heights


def test_a_warm_press_has_drawn_a_whole_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    (height,) = drawn_by(monkeypatch, OF)
    assert height > 500


def test_a_press_without_a_hall_or_services_waits_for_the_first_ticket(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn_by(monkeypatch, None) == []
    assert drawn_by(monkeypatch, replace(OF, agencies=())) == []
