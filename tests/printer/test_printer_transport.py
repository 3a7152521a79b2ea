"""Every way to a printer ends within its deadline, with an error of ours."""

import os
import socket
import struct
import threading
import tty
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Literal

import pytest
from printer_fakes import leaves_nothing, within

from config.hall import Printer
from config.wording import Words
from printer.network import DEAD_MS, TCP_INFO_BYTES, TcpTransport, is_dead, is_deadline, tcp_address
from printer.open import opened
from printer.open_file import FileTransport, has_read_side
from printer.serial_port import SerialTransport
from printer.transport import Busy, NotPermitted, NoUsbLibrary, PrinterError, Refused, TimedOut, Unplugged
from printer.virtual.device import VirtualPrinter, VirtualTransport
from printer.virtual.engine import Faults
from printer.virtual.page import Paper

DEADLINE_S = 0.2
SLACK_S = 1.0
A_LOT = bytes(40_000_000)
RESET_AT_CLOSE = struct.pack("ii", 1, 0)


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    with leaves_nothing():
        yield


@pytest.fixture
def listener(_nothing_left: None) -> Iterator[socket.socket]:
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


def test_words_that_a_network_printer_left_behind_do_not_hide_that_it_hung_up(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    peer.sendall(b"\x12")
    peer.close()

    with closing(transport), pytest.raises(Unplugged):
        transport.write(b"ticket", DEADLINE_S)


def test_a_network_printer_that_vanishes_in_mid_ticket_is_unplugged(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)

    def take_some_and_go() -> None:
        peer.recv(1000)
        peer.close()

    printer = threading.Thread(target=take_some_and_go)
    printer.start()
    with closing(transport), within(5.0 + SLACK_S), pytest.raises(Unplugged):
        transport.write(A_LOT, 5.0)
    printer.join(SLACK_S)


def test_an_address_that_swallows_every_packet_is_refused_after_its_deadline() -> None:
    with ExitStack() as stack:
        full = stack.enter_context(closing(socket.create_server(("127.0.0.1", 0), backlog=0)))
        for _ in range(2):
            waiting = stack.enter_context(closing(socket.socket()))
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())

        with within(DEADLINE_S + SLACK_S), pytest.raises(Refused):
            TcpTransport(*full.getsockname()[:2], connect_s=DEADLINE_S)


def test_a_silent_line_is_tried_and_given_up_within_15_seconds(listener: socket.socket) -> None:
    transport, peer = connected(listener)
    with closing(transport), closing(peer):
        options = [
            transport._socket.getsockopt(socket.IPPROTO_TCP, option)
            for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        ]

    idle, between, tries = options
    assert idle + between * tries <= DEAD_MS / 1000


@pytest.mark.parametrize(
    ("sent_again", "silent_ms", "dead"), [(4, DEAD_MS, True), (4, DEAD_MS - 1, False), (0, 10 * DEAD_MS, False)]
)
def test_a_peer_that_acknowledges_nothing_is_dead_and_one_that_merely_takes_nothing_is_not(
    sent_again: int, silent_ms: int, dead: bool
) -> None:
    info = bytearray(TCP_INFO_BYTES)
    info[2] = sent_again
    info[56:60] = silent_ms.to_bytes(4, "little")

    assert is_dead(bytes(info)) == dead


def test_the_kernels_verdict_is_not_taken_for_our_own_deadline() -> None:
    assert is_deadline(TimeoutError("timed out"))
    assert not is_deadline(OSError(110, "Connection timed out"))


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


@pytest.fixture
def device(_nothing_left: None) -> Iterator[tuple[int, Path]]:
    """Return the printer's end of a device that can be read and written, and the path of ours."""
    far, near = os.openpty()
    tty.setraw(near)
    yield far, Path(os.ttyname(near))
    os.close(near)


def test_a_device_that_can_be_read_answers(device: tuple[int, Path]) -> None:
    far, path = device
    with closing(FileTransport(path)) as transport:
        transport.write(b"\x10\x04\x01", DEADLINE_S)
        heard = os.read(far, 10)
        os.write(far, b"\x12")

        with within(SLACK_S):
            assert (heard, transport.read(30.0)) == (b"\x10\x04\x01", b"\x12")
        assert transport.answers
    os.close(far)


def test_what_an_earlier_user_of_a_device_left_unread_is_not_heard(device: tuple[int, Path]) -> None:
    far, path = device
    os.write(far, b"\x12")

    with closing(FileTransport(path)) as transport, within(DEADLINE_S + SLACK_S):
        assert transport.read(DEADLINE_S) == b""
    os.close(far)


def test_a_device_that_takes_nothing_more_times_out(device: tuple[int, Path]) -> None:
    far, path = device

    with closing(FileTransport(path)) as transport, within(DEADLINE_S + SLACK_S), pytest.raises(TimedOut):
        transport.write(A_LOT, DEADLINE_S)
    os.close(far)


def test_a_device_that_is_gone_is_unplugged(device: tuple[int, Path]) -> None:
    far, path = device
    with closing(FileTransport(path)) as transport:
        os.close(far)

        with pytest.raises(Unplugged):
            transport.write(b"ticket", DEADLINE_S)
        with pytest.raises(Unplugged):
            transport.read(DEADLINE_S)


def test_a_device_that_refuses_to_be_read_only_listens(tmp_path: Path) -> None:
    file = os.open(tmp_path / "printer", os.O_WRONLY | os.O_CREAT)

    assert not has_read_side(file)
    os.close(file)


def test_the_memory_devices_of_the_kernel_say_nothing() -> None:
    with closing(FileTransport(Path("/dev/null"))) as transport:
        transport.write(b"ticket", DEADLINE_S)

        assert not transport.answers


def test_each_transport_of_a_hall_file_has_its_way(
    listener: socket.socket, device: tuple[int, Path], tmp_path: Path
) -> None:
    far, port = device
    host, number = listener.getsockname()[:2]
    printers = (
        Printer(id="p", kiosk="k", transport="tcp", address=f"{host}:{number}"),
        Printer(id="p", kiosk="k", transport="file", address=str(tmp_path / "out.bin")),
        Printer(id="p", kiosk="k", transport="serial", address=str(port)),
    )

    ways = [opened(printer) for printer in printers]

    assert [type(way) for way in ways] == [TcpTransport, FileTransport, SerialTransport]
    for way in ways:
        way.close()
    os.close(far)


@pytest.mark.parametrize("transport", ["usb", "virtual"])
def test_a_printer_that_no_wire_leads_to_is_refused(transport: Literal["usb", "virtual"]) -> None:
    with pytest.raises(Refused):
        opened(Printer(id="p", kiosk="k", transport=transport, address="printer"))


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


@pytest.mark.parametrize("error", [Refused, Busy, NotPermitted, NoUsbLibrary, TimedOut, Unplugged])
def test_every_error_has_words_in_both_languages(error: type[PrinterError]) -> None:
    told = {Words(language).error(error(address="10.0.0.9:9100", why="-", group="lp")) for language in ("id", "en")}

    assert len(told) == 2
    assert all("10.0.0.9" in sentence or error is NoUsbLibrary for sentence in told)


@pytest.mark.parametrize(
    "address",
    ["", "http://printer", "host:abc", "a b c", "127.0.0.1:99999", "127.0.0.1:0", "127.0.0.1:\u00b2", "a..b", "x" * 64],
)
def test_what_is_no_network_address_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(Refused):
        tcp_address(address)
