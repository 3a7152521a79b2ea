"""The virtual printer's window: papers slide out, the ones before stay beside, keys break and mend it."""

import pytest
from printer_fakes import black
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from printer.virtual.device import VirtualPrinter
from printer.virtual.engine import Faults
from printer.virtual.page import Paper
from printer.virtual.scene import DOT, KEPT, Scene, picture_of, sheet_of
from printer.virtual.window import PrinterWindow

pytestmark = pytest.mark.usefixtures("fonts")
PAPER = Paper(black(576, 900), "cut")


@pytest.fixture
def window(qtbot: QtBot) -> PrinterWindow:
    made = PrinterWindow("anjungan-1-printer", VirtualPrinter(lambda _paper: None))
    qtbot.addWidget(made)
    made.resize(645, 750)
    made.show()
    return made


def test_a_paper_slides_out_until_it_is_all_there(window: PrinterWindow, qtbot: QtBot) -> None:
    window.paper_came.emit(PAPER, "A043")

    assert window.scene.out < 1
    qtbot.waitUntil(lambda: window.scene.out == 1, timeout=5000)


def test_screen_readers_hear_the_newest_number_and_the_status(window: PrinterWindow) -> None:
    window.paper_came.emit(PAPER, "A043")
    window.status_came.emit("PAPER_LOW")

    assert window.accessibleName() == "Pencetak karcis anjungan-1-printer A043"
    assert window.accessibleDescription() == "Kertas hampir habis"


def test_the_newest_paper_comes_first_and_only_a_few_are_kept(window: PrinterWindow) -> None:
    for number in range(1, KEPT + 3):
        window.paper_came.emit(PAPER, f"A{number:03d}")

    numbers = [sheet.number for sheet in window.scene.sheets]
    assert numbers == [f"A{number:03d}" for number in range(KEPT + 2, 2, -1)]


@pytest.mark.parametrize(
    ("key", "faults"),
    [("paper_out", Faults(paper_out=True)), ("cover_open", Faults(cover_open=True)), ("silent", Faults(silent=True))],
)
def test_a_key_breaks_the_printer_and_mends_it(window: PrinterWindow, qtbot: QtBot, key: str, faults: Faults) -> None:
    assert window.printer is not None

    qtbot.mouseClick(window.keys[key], Qt.MouseButton.LeftButton)
    broken = window.printer.faults
    qtbot.mouseClick(window.keys[key], Qt.MouseButton.LeftButton)

    assert (broken, window.printer.faults) == (faults, Faults())


def test_all_keys_have_room_for_their_words(window: PrinterWindow) -> None:
    assert all(key.fits() for key in window.keys.values())


@pytest.mark.parametrize("out", [0.0, 0.5, 1.0])
def test_the_scene_shows_as_much_paper_as_is_out(out: float) -> None:
    whole = picture_of(Scene("p1", sheets=(sheet_of(PAPER, "A043"),), out=out))

    assert white_rows(whole) == pytest.approx(out * (900 + 64) * DOT, abs=20)


def white_rows(scene: QImage) -> int:
    """Count the white dots down a column where the newest paper lies."""
    return sum(scene.pixelColor(330, y).lightness() == 255 for y in range(140, scene.height()))


def test_a_torn_paper_has_teeth(qtbot: QtBot) -> None:
    cut, torn = (picture_of(Scene("p1", sheets=(sheet_of(Paper(black(), end), "A1"),))) for end in ("cut", "torn"))

    assert cut != torn
