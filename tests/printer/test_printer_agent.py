"""The agent as a process beside a real hub: it prints, outlives the hub, and ends in order."""

import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from cli.processes import Process, start_hub
from config.load import HALLS
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client

HALL = HALLS / "mpp-muara-enim.toml"
PRINTER = "anjungan-1-printer"


class Bench:
    """A simulated hub on a Monday morning and, beside it, a printer's agent."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.papers = folder, folder / "papers"
        self.hub, self.url = start_hub(HALL, folder / "hall", "--simulated")
        self.head.set_clock(monday_at_opening())
        answer = self.head.pair(self.head.pairing_code("printer", PRINTER)["code"])
        Device(self.url, PRINTER, "printer", answer["token"]).save(folder / "device.json")
        self.agent = self.start_agent()

    @property
    def head(self) -> HubClient:
        """The head's client."""
        return head_client(self.folder / "hall")

    def start_agent(self, printer: str = PRINTER) -> Process:
        """Start an agent."""
        options = ["--device", str(self.folder / "device.json"), "--papers", str(self.papers)]
        options += ["--picture", str(self.folder / "scene.png")]
        return Process("printer", ["printer", "run", printer, *options], self.folder / "printer.log")

    def restart_hub(self) -> None:
        """Start the hub again at the same address."""
        port = int(self.url.rpartition(":")[2])
        self.hub, _ = start_hub(HALL, self.folder / "hall", "--simulated", port=port)

    def issue(self) -> str:
        """Issue a ticket at the kiosk and return its number."""
        return str(self.head.issue("dukcapil-kk", kiosk="anjungan-1")["ticket"]["number"])

    def close(self) -> None:
        """End both."""
        self.agent.end()
        self.hub.end()


def monday_at_opening() -> int:
    """Return 30 November 2026, 09.00 WIB, as ms."""
    return round(datetime(2026, 11, 30, 8, 5, tzinfo=ZoneInfo("Asia/Jakarta")).timestamp() * 1000)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def test_a_ticket_is_printed_once_and_its_picture_kept(bench: Bench) -> None:
    bench.agent.wait_for("printer ready")

    number = bench.issue()

    assert bench.agent.wait_for("printer printed") == f"printer printed {number} {number}-0 process_id"
    assert sorted(path.name for path in bench.papers.iterdir()) == [f"0001-{number}.png", "ticket.png"]
    assert bench.head.state()["printers"][0]["status"] == "ONLINE"
    assert bench.agent.end() == 0


def test_the_agent_outlives_its_hub_and_prints_what_was_queued_meanwhile(bench: Bench) -> None:
    bench.agent.wait_for("printer ready")
    bench.hub.kill()
    bench.agent.wait_for("printer hub lost")

    bench.restart_hub()
    bench.agent.wait_for("printer hub back")
    number = bench.issue()

    assert bench.agent.wait_for("printer printed") == f"printer printed {number} {number}-0 process_id"


def test_tickets_issued_without_an_agent_are_printed_when_it_comes(bench: Bench) -> None:
    bench.agent.wait_for("printer ready")
    assert bench.agent.end() == 0
    numbers = [bench.issue() for _ in range(3)]

    bench.agent = bench.start_agent()
    for number in numbers:
        bench.agent.wait_for(f"printer printed {number}")

    kept = sorted(path.name for path in bench.papers.glob("0*.png"))
    assert kept == [f"000{place}-{number}.png" for place, number in enumerate(numbers, 1)]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_agent_in_order(bench: Bench, ending: signal.Signals) -> None:
    bench.agent.wait_for("printer ready")

    bench.agent.signal(ending)

    assert bench.agent.popen.wait(15) == 0


def test_a_signal_saves_what_the_printer_looks_like(bench: Bench) -> None:
    bench.agent.wait_for("printer ready")
    bench.issue()
    bench.agent.wait_for("printer printed")

    bench.agent.signal(signal.SIGUSR1)
    bench.agent.wait_for("picture ")

    with Image.open(bench.folder / "scene.png") as picture:
        assert picture.size == (860, 1000)


def test_a_printer_that_the_hall_does_not_have_ends_with_one(bench: Bench) -> None:
    agent = bench.start_agent("no-such-printer")

    assert agent.popen.wait(15) == 1
    assert "no-such-printer" in (bench.folder / "printer.log").read_text()
    agent.end()
