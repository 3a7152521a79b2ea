"""Every way to a printer ends within its deadline, with an error of ours."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from config.wording import Words
from printer.transport import FileTransport, PrinterError, Refused, TcpTransport, TimedOut, Unplugged, tcp_address
from printer.virtual.device import VirtualPrinter, VirtualTransport
from printer.virtual.engine import Faults
from printer.virtual.page import Paper

DEADLINE_S = 0.2
SLACK_S = 1.0
A_LOT = bytes(40_000_000)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Assert that what stands inside ends in time."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        yield listening


def connected(listener: socket.socket) -> tuple[TcpTransport, socket.socket]:
    transport = TcpTransport(*listener.getsockname()[:2])
    return transport, listener.accept()[0]


def test_a_network_printer_gets_the_bytes_and_its_answer_comes_back(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    with closing(transport), closing(peer):
        transport.write(b"\x10\x04\x01", DEADLINE_S)
        heard = peer.recv(10)
        peer.sendall(b"\x12")

        assert (heard, transport.read(DEADLINE_S)) == (b"\x10\x04\x01", b"\x12")


def test_a_silent_network_printer_is_waited_for_only_until_the_deadline(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    with closing(transport), closing(peer), within(DEADLINE_S + SLACK_S):
        assert transport.read(DEADLINE_S) == b""


def test_a_network_printer_that_takes_nothing_more_times_out(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    with closing(transport), closing(peer), within(DEADLINE_S + SLACK_S), pytest.raises(TimedOut):
        transport.write(A_LOT, DEADLINE_S)


def test_no_listener_is_refused() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        address = listening.getsockname()[:2]

    with within(SLACK_S), pytest.raises(Refused):
        TcpTransport(*address)


def test_a_name_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused):
        TcpTransport("printer.invalid", connect_s=DEADLINE_S)


def test_a_network_printer_that_hung_up_loses_no_ticket_in_silence(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    peer.close()

    with closing(transport):
        with pytest.raises(Unplugged):
            transport.write(b"ticket", DEADLINE_S)
        with pytest.raises(Unplugged):
            transport.read(DEADLINE_S)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.50", ("192.168.1.50", 9100)),
        ("printer.local:9101", ("printer.local", 9101)),
        ("[::1]:9100", ("::1", 9100)),
        ("[::1]", ("::1", 9100)),
    ],
)
def test_an_address_may_name_a_port(text: str, address: tuple[str, int]) -> None:
    assert tcp_address(text) == address


@pytest.mark.parametrize("text", ["", "printer:abc", ":9100"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        tcp_address(text)


def test_a_file_gets_all_bytes_and_tickets_follow_each_other(tmp_path: Path) -> None:
    for ticket in (b"one", b"two"):
        with closing(FileTransport(tmp_path / "out.bin")) as transport:
            transport.write(ticket, DEADLINE_S)

    assert (tmp_path / "out.bin").read_bytes() == b"onetwo"


def test_reading_from_a_file_waits_and_hears_nothing(tmp_path: Path) -> None:
    with closing(FileTransport(tmp_path / "out.bin")) as transport, within(DEADLINE_S + SLACK_S):
        assert transport.read(0.01) == b""
        assert not transport.answers


@pytest.mark.parametrize("missing", ["no/such/folder/out.bin", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(Refused):
        FileTransport(tmp_path / missing)


def test_a_pipe_that_nobody_reads_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "printer")

    with within(SLACK_S), pytest.raises(Refused):
        FileTransport(tmp_path / "printer")


def test_a_pipe_that_is_full_times_out_and_one_that_is_closed_is_unplugged(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "printer")
    reader = os.open(tmp_path / "printer", os.O_RDONLY | os.O_NONBLOCK)
    with closing(FileTransport(tmp_path / "printer")) as transport:
        with within(DEADLINE_S + SLACK_S), pytest.raises(TimedOut):
            transport.write(A_LOT, DEADLINE_S)
        os.close(reader)
        with pytest.raises(Unplugged):
            transport.write(b"ticket", DEADLINE_S)


def test_a_full_disk_is_one_of_our_errors() -> None:
    with closing(FileTransport(Path("/dev/full"))) as transport, pytest.raises(Unplugged):
        transport.write(b"ticket", DEADLINE_S)


def test_a_virtual_printer_hands_the_paper_over_before_it_answers() -> None:
    papers: list[Paper] = []
    printer = VirtualPrinter(papers.append, 16)
    transport = VirtualTransport(printer)

    transport.write(b"\x1dv0\x00\x01\x00\x01\x00\xff\x1dV\x42\x00\x1dr\x01", DEADLINE_S)

    assert len(papers) == 1
    assert transport.read(DEADLINE_S) == b"\x00"


def test_a_silent_virtual_printer_is_waited_for_only_until_the_deadline() -> None:
    printer = VirtualPrinter(lambda _paper: None)
    printer.set(Faults(silent=True))
    transport = VirtualTransport(printer)
    transport.write(b"\x10\x04\x01", DEADLINE_S)

    with within(DEADLINE_S + SLACK_S):
        assert transport.read(DEADLINE_S) == b""


def test_a_virtual_cable_can_be_pulled() -> None:
    transport = VirtualTransport(VirtualPrinter(lambda _paper: None))

    transport.close()

    for use in (lambda: transport.write(b"", DEADLINE_S), lambda: transport.read(DEADLINE_S)):
        with pytest.raises(Unplugged):
            use()


def test_a_virtual_printer_of_another_width_keeps_its_faults() -> None:
    printer = VirtualPrinter(lambda _paper: None, 576)
    printer.set(Faults(paper_out=True))

    printer.load(384)

    assert printer.faults == Faults(paper_out=True)


@pytest.mark.parametrize("error", [Refused, TimedOut, Unplugged])
def test_every_error_has_words_in_both_languages(error: type[PrinterError]) -> None:
    told = {Words(language).error(error(address="10.0.0.9:9100", why="-")) for language in ("id", "en")}

    assert len(told) == 2
    assert all("10.0.0.9" in sentence for sentence in told)
