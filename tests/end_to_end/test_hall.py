"""The whole hall with real processes on a real screen: a tap becomes paper, a call, and a number on the TV."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.processes import Process, start_hub
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client
from journal.verify import verify
from tests.conftest import HALLS, monday
from tests.end_to_end.xscreen import Screen

HALL = HALLS / "mpp-muara-enim.toml"
KIOSK, SCREEN, COUNTER = "anjungan-1", "layar-1", 1
Places = dict[str, list[int]]


class Hall:
    """Hub, printer agent, kiosk, display and panel, each a process of its own."""

    def __init__(self, folder: Path, screen: Screen) -> None:
        self.folder, self.screen = folder, screen
        self.data, self.papers = folder / "data", folder / "papers"
        self.hub, url = start_hub(HALL, self.data, "--simulated")
        self.port = int(url.rpartition(":")[2])
        self.head: HubClient = head_client(self.data)
        self.head.set_clock(monday("08:05"))
        self.printer = self.device(
            "printer", f"{KIOSK}-printer", "run", f"{KIOSK}-printer", "--papers", str(self.papers)
        )
        self.kiosk = self.device("kiosk", KIOSK, KIOSK, "--window", "540x960")
        self.display = self.device("display", SCREEN, SCREEN, "--window", "960x540")
        self.panel = self.device("counter", f"loket-{COUNTER}", str(COUNTER), "--clerk", "P01")
        self.windows = {}
        for process, x, y in ((self.kiosk, 0, 0), (self.display, 600, 0), (self.panel, 600, 620)):
            process.wait_for(f"{process.name} ready")
            self.windows[process.name] = screen.window_of(process.popen.pid)
            screen.place(self.windows[process.name], x, y)
        self.printer.wait_for("printer ready")

    def device(self, role: str, name: str, *arguments: str) -> Process:
        """Pair a device and start its program."""
        answer = self.head.pair(self.head.pairing_code(role, name)["code"])
        file = self.folder / f"{name}.json"
        Device(self.head.url, name, role, answer["token"]).save(file)
        command = [role, *arguments, "--device", str(file)]
        return Process(role, command, self.folder / f"{role}.log", self.screen.environment)

    def tap(self, name: str, *, on: str) -> None:
        """Tap a tile of the kiosk once the screen it stands on is shown."""
        line = self.kiosk.wait_for(f"kiosk screen {on} ")
        self.kiosk.lines.clear()
        places: Places = json.loads(line.removeprefix(f"kiosk screen {on} "))
        self.screen.tap(self.windows["kiosk"], places[name])

    def press(self, name: str) -> None:
        """Press a key of the panel once it can be pressed."""
        while True:
            line = self.panel.wait_for("counter keys ")
            self.panel.lines.remove(line)
            places: Places = json.loads(line.removeprefix("counter keys "))
            if name in places:
                self.screen.tap(self.windows["counter"], places[name])
                return

    def restart_hub(self) -> None:
        """Start the hub again where it was."""
        self.hub, _ = start_hub(HALL, self.data, "--simulated", port=self.port)

    def end(self) -> dict[str, int]:
        """End all and return the exit codes."""
        order = (self.kiosk, self.display, self.panel, self.printer, self.hub)
        return {process.name: process.end() for process in order}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    screen = Screen()
    try:
        started = Hall(tmp_path, screen)
        yield started
        codes = started.end()
    finally:
        screen.close()
    logs = {path.name: path.read_text() for path in tmp_path.glob("*.log")}
    assert codes == {"kiosk": 0, "display": 0, "counter": 0, "printer": 0, "hub": 0}, logs


@pytest.mark.timeout(180)
def test_a_tap_becomes_paper_a_call_and_a_number_on_the_tv(hall: Hall, tmp_path: Path) -> None:
    hall.tap("agency:dukcapil", on="agencies")
    hall.tap("service:dukcapil-kk", on="services")
    shown = hall.kiosk.wait_for("kiosk shown ").removeprefix("kiosk shown ")
    printed = hall.printer.wait_for("printer printed ").split()[2]

    hall.press("open")
    hall.press("call_next")
    called = hall.panel.wait_for("counter called ").removeprefix("counter called ")
    painted = hall.display.wait_for("display painted ").split()

    assert shown == printed == called == painted[2] == "A001"
    assert painted[3] == str(COUNTER)
    assert len(list(hall.papers.glob("*A001*.png"))) == 1
    hall.screen.picture(tmp_path / "hall.png")
    assert (tmp_path / "hall.png").stat().st_size > 50_000


@pytest.mark.timeout(180)
def test_screens_say_that_the_hub_is_away_and_go_on_when_it_is_back(hall: Hall) -> None:
    hall.press("open")
    hall.hub.kill()
    for process in (hall.kiosk, hall.display, hall.panel, hall.printer):
        process.wait_for(f"{process.name} hub lost")
    hall.kiosk.lines.clear()

    hall.restart_hub()
    for process in (hall.kiosk, hall.display, hall.panel, hall.printer):
        process.wait_for(f"{process.name} hub back")
    hall.tap("agency:bsb", on="agencies")
    hall.tap("service:bsb-teller", on="services")

    assert hall.kiosk.wait_for("kiosk shown ") == "kiosk shown H001"
    assert hall.printer.wait_for("printer printed ").split()[2] == "H001"
    assert verify(hall.data).content
