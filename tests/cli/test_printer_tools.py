"""`antrean printer list` and `antrean printer test` tell a technician what to write and what to do."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
import typer
from PySide6.QtWidgets import QApplication
from typer.testing import CliRunner

from cli.printer_tools import MEMORY, add_to
from printer.raster import drawing
from printer.virtual.engine import Engine
from tests.conftest import HALLS

app = typer.Typer()
add_to(app)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert drawing() is qapp


@pytest.fixture
def address() -> Iterator[str]:
    """Return where a good printer listens, for one conversation."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        printer = Thread(target=serve, args=(listener,))
        printer.start()
        yield "{}:{}".format(*listener.getsockname())
        printer.join(10)


def serve(listener: socket.socket) -> None:
    """Be a printer until the other end hangs up."""
    engine, peer = Engine(576), listener.accept()[0]
    with closing(peer):
        while said := peer.recv(4096):
            engine.feed(said)
            peer.sendall(engine.take_answers())


def test_a_list_can_be_read_by_programs() -> None:
    told = CliRunner().invoke(app, ["list", "--json"])

    assert told.exit_code == 0
    assert isinstance(json.loads(told.stdout), list)


def test_a_list_says_what_to_do_with_it() -> None:
    told = CliRunner().invoke(app, ["list", "--language", "en"])

    assert told.exit_code == 0
    assert "No printer was found" in told.stdout or "Paste the two lines" in told.stdout


def test_a_good_printer_passes_and_is_remembered(address: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["test", "--transport", "tcp", "--address", address, "--json"])

    report = json.loads(told.stdout)
    assert told.exit_code == 0
    assert (report["paper"], report["proofs"], report["status"]) == ("proved", ["process_id", "barrier"], "ONLINE")
    assert list(json.loads((tmp_path / "antrean" / MEMORY).read_text())) == ["ANTREAN VIRTUAL"]


def test_the_report_is_told_in_indonesian_first(address: str) -> None:
    told = CliRunner().invoke(app, ["test", "--transport", "tcp", "--address", address, "--no-paper"])

    assert told.exit_code == 0
    assert "Bukti cetak" in told.stdout


def test_a_printer_that_is_not_there_fails_with_its_remedy() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        address = "{}:{}".format(*listener.getsockname())

    told = CliRunner().invoke(app, ["test", "--transport", "tcp", "--address", address, "--json", "--language", "en"])

    report = json.loads(told.stdout)
    assert (told.exit_code, report["good"], report["status"]) == (1, False, None)
    assert "Check its address" in report["error"]


def test_a_printer_of_a_hall_file_is_tried_by_its_name() -> None:
    hall = str(HALLS / "mpp-muara-enim.toml")

    told = CliRunner().invoke(app, ["test", "--hall", hall, "anjungan-1-printer", "--json"])

    assert (told.exit_code, json.loads(told.stdout)["transport"]) == (0, "virtual")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["anjungan-1-printer"],
        ["--transport", "virtual"],
        ["--transport", "tcp"],
        ["--transport", "smoke", "--address", "x"],
        ["--transport", "serial", "--address", "x", "--baud", "300"],
    ],
)
def test_a_printer_that_is_not_named_rightly_is_a_mistake_of_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["test", *arguments]).exit_code == 2
