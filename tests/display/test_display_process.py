"""The display as a process: a window for each of its screens, without its hub it says so, and it ends in order."""

import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect

from display.app import place_of
from tests.conftest import ROOT

PROGRAM = """
import sys
from display.app import Setting, run
from hub.client.device import Device
device = Device("http://127.0.0.1:9", "layar-1", "display", "token")
sys.exit(run(device, ["layar-1", "layar-2"], Setting(full_screen=FULL, size=(640, 360))))
"""
LEFT, RIGHT = QRect(0, 0, 1920, 1080), QRect(1920, 0, 3840, 2160)


@pytest.mark.parametrize("full", [True, False])
def test_without_its_hub_each_screen_says_so_and_the_process_ends_with_code_0(full: bool) -> None:
    program = PROGRAM.replace("FULL", str(full))
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == ["display hub lost\n"] * 2

        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 0


def test_windows_stand_on_the_machines_screens_from_left_to_right() -> None:
    assert [place_of(at, [RIGHT, LEFT]) for at in range(3)] == [LEFT, RIGHT, LEFT]
