"""A virtual printer at the end of a real wire: a serial line or a network port, one host at a time."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import serial
from printer_fakes import FakeTime
from virtual_bench import COVER_OPEN, FULL, PICTURE, PROVED, QUESTION, SMALL, SOON_S, TICKET, Bench

from printer import escpos
from printer.picture import Raster
from printer.virtual.engine import Faults, Mechanics
from printer.virtual.serve import Server, serve_network, serve_serial


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    """Serve, and assert that no thread and no open file stay."""
    with closing(server):
        yield server
    assert "virtual printer" not in [thread.name for thread in threading.enumerate()]


@pytest.fixture(autouse=True)
def files_are_closed() -> Iterator[None]:
    before = sorted(Path("/proc/self/fd").iterdir())
    yield
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def opened(server: Server) -> serial.Serial:
    return serial.Serial(server.address, 115200, timeout=SOON_S, write_timeout=SOON_S)


def called(server: Server) -> socket.socket:
    host, _, port = server.address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SOON_S)


def heard(client: socket.socket, count: int) -> bytes:
    said = b""
    while len(said) < count:
        part = client.recv(count - len(said))
        if not part:
            break
        said += part
    return said


# A serial line


def test_a_ticket_over_a_serial_line_is_printed_and_proved() -> None:
    bench = Bench()
    with serving(serve_serial(bench.printer)) as server, opened(server) as port:
        port.write(TICKET)

        assert port.read(len(PROVED)) == PROVED
        assert bench.wait_for_papers(1) == [PICTURE]


def test_every_byte_passes_a_serial_line_as_it_is() -> None:
    rows = bytes(range(256)) * 3
    picture = Raster(384, 16, rows)
    bench = Bench()
    with serving(serve_serial(bench.printer)) as server, opened(server) as port:
        port.write(b"\x1dv0\x00\x30\x00\x10\x00" + rows + escpos.CUT)

        assert bench.wait_for_papers(1) == [picture]


def test_hosts_may_come_and_go_on_a_serial_line() -> None:
    bench = Bench()
    with serving(serve_serial(bench.printer)) as server:
        for _ in range(2):
            with opened(server) as port:
                port.write(TICKET)
                assert port.read(len(PROVED)) == PROVED

    assert len(bench.papers) == 2


@pytest.mark.parametrize("baud", [19200, 115200])
def test_a_serial_line_takes_ten_bits_a_byte(baud: int) -> None:
    bench = Bench()
    data = escpos.ticket(Raster(384, 40, b"\xaa" * 48 * 40), escpos.process_id(7))
    with serving(serve_serial(bench.printer, baud=baud)) as server, opened(server) as port:
        began = time.monotonic()
        port.write(data)
        assert port.read(len(PROVED)) == PROVED
        took = time.monotonic() - began

    assert took > len(data) * 10 / baud - 0.1


def test_a_pulled_serial_cable_is_noticed_and_a_named_line_comes_back_under_its_name(tmp_path: Path) -> None:
    bench = Bench()
    with serving(serve_serial(bench.printer, link=tmp_path / "printer")) as server:
        with opened(server) as port:
            server.unplug()
            with pytest.raises(serial.SerialException):
                port.write(TICKET)
        assert not (tmp_path / "printer").exists()

        server.plug()
        with opened(server) as port:
            port.write(QUESTION)
            assert port.read(1) == b"\x12"


def test_a_full_printer_makes_a_serial_host_wait() -> None:
    bench = Bench(SMALL)
    bench.printer.set(COVER_OPEN)
    with serving(serve_serial(bench.printer)) as server, opened(server) as port:
        port.write_timeout = 0.2
        with pytest.raises(serial.SerialTimeoutException):
            port.write(escpos.ticket(FULL) * 3)


# A network port


def test_a_ticket_over_the_network_is_printed_and_proved() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(TICKET)

        assert heard(client, len(PROVED)) == PROVED
        assert bench.wait_for_papers(1) == [PICTURE]


def test_one_host_at_a_time_the_next_waits() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as second:
        second.sendall(QUESTION)
        assert heard(second, 1) == b"\x12"
        with called(server) as third:
            third.sendall(QUESTION)
            assert not select.select([third], [], [], 0.1)[0]
            second.close()
            assert heard(third, 1) == b"\x12"


def test_a_full_printer_reads_no_more_and_goes_on_when_it_is_mended() -> None:
    bench = Bench(SMALL)
    bench.printer.set(COVER_OPEN)
    data = escpos.ticket(FULL, escpos.process_id(7))
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(data)
        bench.printer.set(Faults())

        assert heard(client, len(PROVED)) == PROVED
        assert bench.wait_for_papers(1) == [FULL]


def test_a_pulled_network_cable_cuts_the_host_off_and_refuses_it_until_it_is_in_again() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(QUESTION)
        assert heard(client, 1) == b"\x12"

        server.unplug()

        with pytest.raises(ConnectionError):
            client.recv(1)
        with pytest.raises(ConnectionError):
            called(server)
        server.plug()
        with called(server) as again:
            again.sendall(QUESTION)
            assert heard(again, 1) == b"\x12"


def test_a_printer_that_refuses_lets_nobody_new_in_but_serves_who_is_there() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(QUESTION)
        assert heard(client, 1) == b"\x12"
        server.refuse(refused=True)

        with pytest.raises(ConnectionError):
            called(server)
        client.sendall(QUESTION)
        assert heard(client, 1) == b"\x12"


def test_a_stalled_printer_reads_nothing_until_it_goes_on() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        server.stall(stalled=True)
        client.sendall(QUESTION)
        assert not select.select([client], [], [], 0.1)[0]

        server.stall(stalled=False)

        assert heard(client, 1) == b"\x12"


def test_a_silent_printer_says_nothing_over_the_network() -> None:
    bench = Bench()
    bench.printer.set(Faults(silent=True))
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(QUESTION + TICKET)
        bench.wait_for_papers(1)

        assert not select.select([client], [], [], 0.1)[0]


def test_a_fault_that_somebody_makes_is_told_at_once_to_who_wants_to_know() -> None:
    bench = Bench()
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(b"\x1da\x0e")
        assert heard(client, 4) == b"\x10\x00\x00\x00"

        bench.printer.change(paper_low=True)

        assert heard(client, 4) == b"\x10\x00\x03\x00"


def test_lost_power_loses_the_memory_and_the_host() -> None:
    bench = Bench()
    bench.printer.set(COVER_OPEN)
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(TICKET + QUESTION)
        assert heard(client, 1) == b"\x1a"

        server.lose_power()
        bench.printer.set(Faults())

        with pytest.raises(ConnectionError):
            client.recv(1)
        with called(server) as again:
            again.sendall(TICKET)
            assert heard(again, len(PROVED)) == PROVED
    assert len(bench.papers) == 1


def test_a_slow_printer_proves_its_paper_when_its_clock_says_so() -> None:
    clock = FakeTime()
    bench = Bench(Mechanics(rows_per_s=100, buffer_bytes=None), clock=clock)
    with serving(serve_network(bench.printer)) as server, called(server) as client:
        client.sendall(TICKET)
        assert not select.select([client], [], [], 0.1)[0]

        clock.now = 60.0

        assert heard(client, len(PROVED)) == PROVED


def test_a_port_that_is_used_is_an_error_that_names_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"127.0.0.1:{port}"):
            serve_network(Bench().printer, port)


def test_closing_twice_is_closing_once() -> None:
    server = serve_network(Bench().printer)

    server.close()
    server.close()
