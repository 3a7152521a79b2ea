"""The display as a process: it starts without its hub, says so, and ends in order."""

import signal
import subprocess
import sys

from tests.conftest import ROOT

PROGRAM = """
import sys
from display.app import run
from hub.client.device import Device
device = Device("http://127.0.0.1:9", "layar-1", "display", "token")
sys.exit(run(device, "layar-1", full_screen=False, size=(640, 360), picture=None))
"""


def test_without_its_hub_it_says_so_and_ends_with_code_0() -> None:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "display hub lost\n"

        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 0
