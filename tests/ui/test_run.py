"""How a Qt process starts and ends: in order, with exit code 0, every time."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.conftest import ROOT
from ui.lines import tell

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.keys import Key
from ui.lines import tell
from ui.look import Look
from ui.run import run

class Stubborn(Key):
    def closeEvent(self, event):
        event.ignore()

def window():
    key = Stubborn(Look(), size=32, icon="check")
    key.set_texts("Selesai")
    key.resize(320, 120)
    QTimer.singleShot(0, lambda: tell("up"))
    return key

sys.exit(run(window, picture=Path(sys.argv[1])))
"""


def started(picture: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(picture)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("time", range(3))
def test_a_signal_ends_even_a_window_that_will_not_close(tmp_path: Path, number: signal.Signals, time: int) -> None:
    with started(tmp_path / "window.png") as process:
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)

    assert (process.returncode, errors) == (0, "")


def test_a_picture_of_the_window_is_saved_on_demand(tmp_path: Path) -> None:
    picture = tmp_path / "pictures" / "window.png"
    with started(picture) as process:
        process.send_signal(signal.SIGUSR1)
        assert process.stdout is not None
        assert process.stdout.readline() == f"picture {picture}\n"
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    image = QImage(str(picture))
    assert (image.width(), image.height()) == (320, 120)


def test_20_000_calls_that_return_nothing_do_not_end_the_interpreter() -> None:
    """PySide6 6.12.0 under CPython 3.11 aborted after some 5,200 of them: hence the pin below 6.12."""
    code = (
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "app = QApplication([])\nlabel = QLabel()\n"
        "for number in range(20_000): label.setText(str(number))\n"
        "print(label.text())\nlabel.deleteLater()\napp.processEvents()\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "19999\n")


def test_a_line_is_told_at_once_and_nobody_listening_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    tell("kiosk ready")
    assert capsys.readouterr().out == "kiosk ready\n"

    code = "import os, sys\nfrom ui.lines import tell\nos.close(1)\nsys.stdout.close()\ntell('kiosk ready')"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
