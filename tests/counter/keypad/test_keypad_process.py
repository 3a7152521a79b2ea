"""`antrean keypad` and `antrean numpad` beside a real hub: they outlive it, end in order, and say what is wrong."""

import os
import select
import signal
import subprocess
import sys
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.hall import generated_hall, toml
from cli.processes import Process, start_hub
from hub.client.device import Device
from hub.hub import head_client
from tests.conftest import ROOT, monday
from tests.counter.keypad.fakes import heard_in, line_of

POLLS_OF_THREE_SECONDS = 50


class Bench:
    """A simulated hub on a Monday, and a line with a keypad at counter 1, whose clerk is named."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.far, self._near = os.openpty()
        tty.setraw(self._near)
        self.port = os.ttyname(self._near)
        content = generated_hall(agencies=1)
        content["counters"][0] |= {"keypad": f"{self.port}#07", "numpad": "/dev/input/loket-1"}
        (folder / "hall.toml").write_text("".join(f"{key} = {toml(value)}\n" for key, value in content.items()))
        self.hub, self.url = start_hub(folder / "hall.toml", folder / "hall", "--simulated")
        self.head = head_client(folder / "hall")
        self.head.set_clock(monday())
        answer = self.head.pair(self.head.pairing_code("counter", "keypad")["code"])
        Device(self.url, "keypad", "counter", answer["token"]).save(folder / "device.json")
        self.keypad = self.start("keypad", self.port, "--clerk", "1=P05")

    def start(self, *arguments: str) -> Process:
        """Start one of the programs; its log is keypad.log or numpad.log."""
        device = ["--device", str(self.folder / "device.json")]
        return Process(arguments[0], [*arguments, *device], self.folder / f"{arguments[0]}.log")

    def restart_hub(self) -> None:
        """Start the hub again at the same address."""
        port = int(self.url.rpartition(":")[2])
        self.hub, _ = start_hub(self.folder / "hall.toml", self.folder / "hall", "--simulated", port=port)

    def press(self, seq: int, key: str) -> str:
        """Wait to be polled, tell a press, and return the text or code it is answered with."""
        self.hear("P,07")
        os.write(self.far, line_of(f"K,07,{seq:02d},{key}"))
        return self.hear(f"A,07,{seq:02d},", f"E,07,{seq:02d},").split(",")[3]

    def hear(self, *beginnings: str) -> str:
        """Wait for a line of the host with one of these beginnings."""
        said = b""
        while not (said.endswith(b"\n") and heard_in(said)[-1].startswith(beginnings)):
            assert select.select([self.far], [], [], 20.0)[0]
            said += os.read(self.far, 1)
        return heard_in(said)[-1]

    def close(self) -> None:
        """End all."""
        self.keypad.end()
        self.hub.end()
        self.head.close()
        os.close(self._near)
        os.close(self.far)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    yield made
    made.close()


def test_a_keypad_opens_its_counter_calls_and_finishes(bench: Bench) -> None:
    numbers = [bench.head.issue("layanan-0-0")["ticket"]["number"] for _ in range(2)]

    answers = [bench.press(seq, key) for seq, key in enumerate("NNFNF")]

    assert numbers == ["A001", "A002"]
    assert answers == ["A001", "BUSY", "1", "A002", "0"]
    assert bench.keypad.end() == 0


def test_while_the_hub_is_away_a_press_is_refused_and_later_done_once(bench: Bench) -> None:
    bench.head.issue("layanan-0-0")
    called = bench.press(0, "N")
    bench.hub.kill()

    away = bench.press(1, "F")
    bench.restart_hub()
    for _ in range(POLLS_OF_THREE_SECONDS):
        bench.hear("P,07")
    back = bench.press(2, "F")

    assert (called, away, back) == ("A001", "BUSY", "0")
    assert bench.head.state()["tickets"][0]["state"] == "served"


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order(bench: Bench, ending: signal.Signals) -> None:
    bench.keypad.wait_for("keypad ready")

    bench.keypad.signal(ending)

    assert bench.keypad.popen.wait(15) == 0


@pytest.mark.parametrize(("program", "name"), [("keypad", "/dev/ttyUSB99"), ("numpad", "/dev/input/event99")])
def test_what_no_counter_has_ends_with_one_and_says_so(bench: Bench, program: str, name: str) -> None:
    other = bench.start(program, name)

    assert other.popen.wait(15) == 1
    assert f"Tidak ada loket yang memakai {name}" in (bench.folder / f"{program}.log").read_text()
    other.end()


def test_a_numpad_that_is_not_plugged_in_is_waited_for(bench: Bench) -> None:
    numpad = bench.start("numpad", "/dev/input/loket-1", "--clerk", "P05")

    assert numpad.wait_for("numpad ") == "numpad lost"
    assert "anggota grup input" in (bench.folder / "numpad.log").read_text()
    assert numpad.end() == 0


def test_neither_program_needs_qt() -> None:
    code = "import sys, counter.keypad.run; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("clerk", ["P05", "x=P05", "7="])
def test_a_clerk_is_named_with_a_counter(clerk: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "cli", "keypad", "/dev/ttyUSB0", "--clerk", clerk],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip

    assert told.returncode == 2
    assert "7=P05" in told.stderr
