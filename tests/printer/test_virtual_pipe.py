"""The cable to a virtual printer in the same process: it can be pulled, be full, and carry nothing back."""

import threading

import pytest
from virtual_bench import COVER_OPEN, FULL, PROVED, QUESTION, SMALL, SOON_S, Bench

from printer import escpos
from printer.transport import Refused, TimedOut, Unplugged
from printer.virtual.device import VirtualPrinter, VirtualTransport
from printer.virtual.engine import Faults, Mechanics


def test_a_pulled_pipe_is_dead_until_somebody_opens_it_again() -> None:
    printer = Bench().printer
    transport = VirtualTransport(printer)
    printer.unplug()

    with pytest.raises(Unplugged):
        transport.write(QUESTION, SOON_S)
    with pytest.raises(Refused):
        VirtualTransport(printer)
    printer.plug()
    with pytest.raises(Unplugged):
        transport.read(0)
    again = VirtualTransport(printer)
    again.write(QUESTION, SOON_S)
    assert again.read(SOON_S) == b"\x12"


def test_a_pipe_pulled_while_somebody_listens_wakes_him() -> None:
    printer = Bench().printer
    transport = VirtualTransport(printer)
    puller = threading.Timer(0.05, printer.unplug)
    puller.start()

    with pytest.raises(Unplugged):
        transport.read(SOON_S)
    puller.join()


def test_a_full_pipe_times_out_and_one_that_empties_takes_all() -> None:
    bench = Bench(SMALL)
    transport = VirtualTransport(bench.printer)
    bench.printer.set(COVER_OPEN)
    with pytest.raises(TimedOut):
        transport.write(escpos.ticket(FULL), 0.05)

    bench.printer.power_off()
    bench.printer.set(Faults())
    transport.write(escpos.ticket(FULL), SOON_S)

    assert [paper.picture for paper in bench.papers] == [FULL]


def test_a_slow_printer_lets_a_writer_wait_for_room_and_its_paper_comes() -> None:
    bench = Bench(Mechanics(rows_per_s=2000, buffer_bytes=64))
    transport = VirtualTransport(bench.printer)

    transport.write(escpos.ticket(FULL, escpos.process_id(7)), SOON_S)

    assert transport.read(SOON_S) == PROVED
    assert [paper.picture for paper in bench.papers] == [FULL]


def test_a_pipe_of_one_way_says_so() -> None:
    printer = Bench().printer
    printer.set(Faults(one_way=True))

    assert not VirtualTransport(printer).answers


def test_a_printer_that_lost_its_power_forgets_what_it_had_said() -> None:
    printer = Bench().printer
    printer.feed(QUESTION)

    printer.lose_power()

    assert printer.answers(0) == b""


def test_unknown_commands_are_told_once_each() -> None:
    told: list[bytes] = []
    printer = VirtualPrinter(lambda _paper: None, on_unknown=told.append)

    printer.feed(b"\x1b\x7f\x1d\x7f")
    printer.feed(b"\x1b\x7f")

    assert told == [b"\x1b\x7f", b"\x1d\x7f", b"\x1b\x7f"]
