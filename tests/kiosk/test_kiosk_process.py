"""The kiosk as a process: it finds its hub, loses it, takes a picture of itself and ends in order."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.conftest import ROOT
from tests.kiosk.fakes import MUARA_ENIM, content_of, snapshot
from tests.ui.hub_on_wire import hub_on_wire

PROGRAM = """
import sys
from pathlib import Path
from kiosk.app import run
from hub.client.device import Device
device = Device(sys.argv[1], "anjungan-1", "kiosk", "secret")
sys.exit(run(device, "anjungan-1", full_screen=False, size=(540, 960), picture=Path(sys.argv[2])))
"""


def started(hub: str, picture: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, hub, str(picture)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(process: "subprocess.Popen[str]", beginning: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if line.startswith(beginning))


def test_it_finds_loses_and_finds_its_hub_again_and_ends_with_code_0(tmp_path: Path) -> None:
    picture = tmp_path / "kiosk.png"
    with hub_on_wire(snapshot(content_of(MUARA_ENIM))) as hub, started(hub.device.hub, picture) as kiosk:
        wait_for(kiosk, "kiosk ready")
        wait_for(kiosk, 'kiosk screen agencies {"agency:dukcapil"')
        kiosk.send_signal(signal.SIGUSR1)
        wait_for(kiosk, f"picture {picture}")
        hub.stop()
        wait_for(kiosk, "kiosk hub lost")
        wait_for(kiosk, "kiosk screen away")
        hub.start()
        wait_for(kiosk, "kiosk hub back")
        wait_for(kiosk, "kiosk screen agencies")
        kiosk.send_signal(signal.SIGTERM)
        _, errors = kiosk.communicate(timeout=20)

    assert (kiosk.returncode, errors) == (0, "")
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (540, 960)


@pytest.mark.parametrize("time", range(3))
def test_without_its_hub_it_says_so_and_ends_with_code_0(tmp_path: Path, time: int) -> None:
    with started("http://127.0.0.1:9", tmp_path / "kiosk.png") as kiosk:
        wait_for(kiosk, "kiosk hub lost")
        kiosk.send_signal(signal.SIGTERM)
        _, errors = kiosk.communicate(timeout=20)

    assert (kiosk.returncode, errors) == (0, "")
