"""The technician's test printer in a terminal: it says where it is, prints, and obeys orders."""

import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import serial
import typer
from printer_fakes import black
from typer.testing import CliRunner

from cli.virtual_printer import add_to
from printer import escpos
from printer.virtual.bench import FAULTS
from tests.conftest import ROOT

PROGRAM = (
    "import typer, cli.virtual_printer as it; app = typer.Typer(); app.callback()(lambda: None); it.add_to(app); app()"
)
SOON_S = 20.0
PROVED = b"\x37\x220007\x00"
TICKET = escpos.ticket(black(576, 80), escpos.process_id(7))


class Command:
    """The running command, and what it says."""

    def __init__(self, *options: str, stdin: int = subprocess.PIPE) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "virtual", *options],
            stdin=stdin, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self._lines.put(line.rstrip("\n"))

    def wait_for(self, beginning: str) -> str:
        """Return the rest of the next line that begins so."""
        while True:
            line = self._lines.get(timeout=SOON_S)
            if line.startswith(beginning):
                return line.removeprefix(beginning)

    def order(self, line: str) -> None:
        """Write one order."""
        assert self.popen.stdin is not None
        self.popen.stdin.write(line + "\n")
        self.popen.stdin.flush()

    def code(self) -> int:
        """Wait for the end and return the exit code."""
        return self.popen.wait(SOON_S)

    def close(self) -> None:
        """End the command, if it still runs."""
        if self.popen.poll() is None:
            self.popen.terminate()
        self.popen.wait(SOON_S)
        self._reader.join(SOON_S)
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture
def on_network(tmp_path: Path) -> Iterator[Command]:
    with closing(Command("--tcp", "0", "--speed", "0", "--papers", str(tmp_path / "papers"))) as command:
        yield command


def called(command: Command) -> socket.socket:
    host, _, port = command.wait_for("virtual ready ").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SOON_S)


def test_a_ticket_is_printed_told_of_and_kept_as_a_picture(on_network: Command, tmp_path: Path) -> None:
    with called(on_network) as client:
        client.sendall(TICKET)

        assert on_network.wait_for("virtual paper ") == "0001 cut 576x80"
        assert client.recv(len(PROVED)) == PROVED
    assert (tmp_path / "papers" / "0001-kertas.png").is_file()


def test_an_unknown_command_is_told_of(on_network: Command) -> None:
    with called(on_network) as client:
        client.sendall(b"\x1b\x7f")

        assert on_network.wait_for("virtual unknown ") == "1b7f"


def test_orders_break_and_mend_it(on_network: Command) -> None:
    with called(on_network) as client:
        on_network.order("paper_out on")
        on_network.wait_for("virtual paper_out on")
        client.sendall(escpos.status_request(4))
        without_paper = client.recv(1)

        on_network.order("new_roll")
        on_network.wait_for("virtual new_roll")
        client.sendall(escpos.status_request(4))

        assert (without_paper, client.recv(1)) == (b"\x72", b"\x12")


def test_the_cable_can_be_pulled_by_an_order(on_network: Command) -> None:
    with called(on_network) as client:
        client.sendall(escpos.status_request(1))
        assert client.recv(1) == b"\x12"

        on_network.order("unplug")

        with pytest.raises(ConnectionError):
            client.recv(1)
    on_network.order("plug")
    with called(on_network) as again:
        again.sendall(escpos.status_request(1))
        assert again.recv(1) == b"\x12"


@pytest.mark.parametrize("order", ["help", "paper_out", "paper_out maybe", "answer_delay_s soon", "no_such on"])
def test_what_is_not_understood_is_answered_with_all_that_is(on_network: Command, order: str) -> None:
    on_network.order(order)

    told = on_network.wait_for("Perintah: ")
    assert not [fault for fault in FAULTS if fault not in told]


def test_without_a_port_it_is_a_serial_line() -> None:
    with (
        closing(Command("--width", "58", "--baud", "115200", "--fault", "paper_low")) as command,
        serial.Serial(command.wait_for("virtual ready "), timeout=SOON_S) as port,
    ):
        port.write(escpos.ticket(black(384, 80)) + escpos.status_request(4))

        assert port.read(1) == b"\x1e"
        assert command.wait_for("virtual paper ") == "0001 cut 384x80"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("stdin", [subprocess.DEVNULL, subprocess.PIPE])
def test_a_signal_ends_it_in_order(number: signal.Signals, stdin: int) -> None:
    with closing(Command("--tcp", "0", stdin=stdin)) as command:
        command.wait_for("virtual ready ")

        command.popen.send_signal(number)

        assert command.code() == 0


def test_the_end_of_its_orders_is_its_end() -> None:
    with closing(Command("--tcp", "0")) as command:
        command.wait_for("virtual ready ")
        assert command.popen.stdin is not None

        command.popen.stdin.close()

        assert command.code() == 0


@pytest.mark.parametrize(
    "options",
    [
        ["--width", "70"],
        ["--dots", "500"],
        ["--fault", "no_such"],
        ["--tcp", "0", "--pty"],
        ["--tcp", "0", "--baud", "9600"],
    ],
)
def test_options_that_make_no_sense_are_refused(options: list[str]) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_to(app)

    assert CliRunner().invoke(app, ["virtual", *options]).exit_code == 2


def test_a_virtual_printer_needs_no_screen() -> None:
    code = "import sys, printer.virtual.bench; sys.exit('PySide6' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
