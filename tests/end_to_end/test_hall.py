"""The whole hall with real processes on a real screen: a tap becomes paper, a call, and a number on the TV."""

import json
import re
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
KIOSK, SCREEN, COUNTER, CODE = "anjungan-1", "layar-1", 1, "246813"
Places = dict[str, list[int]]


class Hall:
    """Hub, printer agent, kiosk, display and panel, each a process of its own."""

    def __init__(self, folder: Path, screen: Screen, file: Path = HALL) -> None:
        self.folder, self.screen = folder, screen
        self.data, self.papers = folder / "data", folder / "papers"
        self.file = file
        self.hub, url = start_hub(file, self.data, "--simulated")
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

    def shown(self, on: str, name: str) -> Places:
        """Return where everything is on a screen of the kiosk, once it is shown with something of this name."""
        while True:
            line = self.kiosk.wait_for(f"kiosk screen {on} ")
            self.kiosk.lines.remove(line)
            places: Places = json.loads(line.removeprefix(f"kiosk screen {on} "))
            if name in places:
                self.kiosk.lines.clear()
                return places

    def tap(self, name: str, *, on: str) -> None:
        """Tap something of the kiosk once the screen it stands on is shown."""
        self.screen.tap(self.windows["kiosk"], self.shown(on, name)[name])

    def key(self, *keys: str, on: str, name: str) -> None:
        """Press keys of a keyboard at the kiosk once a screen is shown with something of this name."""
        self.shown(on, name)
        for key in keys:
            self.screen.key(self.windows["kiosk"], key)

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
        self.hub, _ = start_hub(self.file, self.data, "--simulated", port=self.port)

    def end(self) -> dict[str, int]:
        """End all and return the exit codes."""
        order = (self.kiosk, self.display, self.panel, self.printer, self.hub)
        return {process.name: process.end() for process in order}


def at_work(folder: Path, file: Path = HALL) -> Iterator[Hall]:
    """Yield a hall at work, and see all of it end in order."""
    screen = Screen()
    try:
        started = Hall(folder, screen, file)
        yield started
        codes = started.end()
    finally:
        screen.close()
    logs = {path.name: path.read_text() for path in folder.glob("*.log")}
    assert codes == {"kiosk": 0, "display": 0, "counter": 0, "printer": 0, "hub": 0}, logs


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    yield from at_work(tmp_path)


@pytest.fixture
def simple_hall(tmp_path: Path) -> Iterator[Hall]:
    """Yield a hall whose bank gives one number, for which nothing is brought, and whose kiosk has a code."""
    text = re.sub(r"requirements = \[.*\]", "requirements = []", HALL.read_text(encoding="utf-8"))
    head, _, rest = text.partition('  [[agencies.services]]\n  id = "bsb-cs"')
    text = head + rest[rest.index("[[counters]]") :]
    text = text.replace('["bsb-teller", "bsb-cs"]', '["bsb-teller"]')
    file = tmp_path / "hall.toml"
    file.write_text(text.replace("[[kiosks]]\n", f'[[kiosks]]\nservice_code = "{CODE}"\n', 1), encoding="utf-8")
    yield from at_work(tmp_path, file)


@pytest.mark.timeout(180)
def test_a_tap_becomes_paper_a_call_and_a_number_on_the_tv(hall: Hall, tmp_path: Path) -> None:
    hall.tap("agency:dukcapil", on="agencies")
    hall.tap("service:dukcapil-kk", on="services")
    hall.tap("take", on="bring")
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
    hall.tap("take", on="bring")

    assert hall.kiosk.wait_for("kiosk shown ") == "kiosk shown H001"
    assert hall.printer.wait_for("printer printed ").split()[2] == "H001"
    assert verify(hall.data).content


@pytest.mark.timeout(180)
def test_a_favourite_is_one_tap_away_and_another_service_two(simple_hall: Hall) -> None:
    hall = simple_hall
    hall.tap("agency:bsb", on="agencies")
    assert hall.kiosk.wait_for("kiosk shown ") == "kiosk shown H001"
    assert hall.printer.wait_for("printer printed ").split()[2] == "H001"

    hall.tap("another", on="ticket")
    hall.tap("agency:polres", on="agencies")
    hall.tap("service:polres-skck", on="services")
    assert hall.kiosk.wait_for("kiosk shown ") == "kiosk shown F001"

    visits = {ticket["number"]: ticket["visit"] for ticket in hall.head.state()["tickets"]}
    assert visits["F001"] == visits["H001"]


@pytest.mark.timeout(180)
def test_a_number_is_taken_by_keyboard_alone(hall: Hall) -> None:
    hall.key("Tab", "Return", on="agencies", name="agency:dukcapil")
    hall.key("Down", "Return", on="services", name="service:dukcapil-kk")
    hall.key("Return", on="bring", name="take")
    assert hall.kiosk.wait_for("kiosk shown ") == "kiosk shown A001"
    assert hall.printer.wait_for("printer printed ").split()[2] == "A001"

    hall.key("Escape", on="ticket", name="done")
    hall.key("8", on="agencies", name="agency:bsb")
    hall.key("Escape", on="services", name="service:bsb-cs")

    assert "agency:bsb" in hall.shown("agencies", "agency:bsb")


@pytest.mark.timeout(180)
def test_a_call_for_help_stands_in_the_feed_of_all(hall: Hall) -> None:
    hall.tap("pickup", on="agencies")
    hall.kiosk.wait_for("kiosk screen help ")

    calls = [(call["kind"], call["place"], call["answered_by"]) for call in hall.head.state()["helps"]]

    assert calls == [("pickup", KIOSK, None)]


@pytest.mark.timeout(180)
def test_the_technician_ends_the_kiosk_from_its_hidden_corner(simple_hall: Hall) -> None:
    hall = simple_hall
    hall.shown("agencies", "agency:dukcapil")
    for _ in range(5):
        hall.screen.tap(hall.windows["kiosk"], [0, 0, 40, 40])
    hall.key(*CODE, "Return", on="code", name="enter")
    hall.tap("end", on="technician")

    assert hall.kiosk.popen.wait(20) == 0
