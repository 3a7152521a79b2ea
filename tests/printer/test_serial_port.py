"""A serial printer is opened with the flow control it needs, and every wait on it ends."""

import os
import termios
import tty
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from printer_fakes import leaves_nothing, within

from config.wording import Words
from printer.open_file import refusal
from printer.serial_port import Flow, SerialTransport
from printer.transport import Busy, NotPermitted, Refused, TimedOut, Unplugged

DEADLINE_S, SLACK_S = 0.2, 1.0
A_LOT = bytes(1_000_000)
XON, XOFF = b"\x11", b"\x13"


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    with leaves_nothing():
        yield


class Line:
    """A serial line made of a pseudo-terminal: `far` is the printer's end, `port` the name of ours."""

    def __init__(self) -> None:
        self.far, self.near = os.openpty()
        tty.setraw(self.near)
        self.port = os.ttyname(self.near)

    def cut(self) -> None:
        """Cut the line at the printer's end."""
        os.close(self.far)
        self.far = -1

    def close(self) -> None:
        """Close what is still open."""
        for end in (self.far, self.near):
            if end >= 0:
                os.close(end)


@pytest.fixture
def line(_nothing_left: None) -> Iterator[Line]:
    with closing(Line()) as made:
        yield made


def opened(line: Line, flow: Flow = "none") -> SerialTransport:
    return SerialTransport(line.port, 19200, flow)


def test_a_serial_printer_gets_the_bytes_and_its_answer_comes_back(line: Line) -> None:
    with closing(opened(line)) as transport:
        transport.write(b"\x10\x04\x01", DEADLINE_S)
        heard = os.read(line.far, 10)
        os.write(line.far, b"\x12")

        assert (heard, transport.read(DEADLINE_S)) == (b"\x10\x04\x01", b"\x12")


def test_an_answer_of_one_byte_is_not_waited_on_for_more(line: Line) -> None:
    with closing(opened(line)) as transport:
        os.write(line.far, b"\x12")

        with within(SLACK_S):
            assert transport.read(30.0) == b"\x12"


@pytest.mark.parametrize(
    ("flow", "hardware", "software"), [("hardware", True, False), ("software", False, True), ("none", False, False)]
)
def test_the_flow_control_of_the_hall_file_is_really_on(line: Line, flow: Flow, hardware: bool, software: bool) -> None:
    with closing(opened(line, flow)):
        iflag, _, cflag, _, speed, *_ = termios.tcgetattr(line.near)

    assert bool(cflag & termios.CRTSCTS) == hardware
    assert bool(iflag & termios.IXON) == software
    assert speed == termios.B19200


def test_a_printer_that_says_xoff_gets_no_more_until_it_says_xon(line: Line) -> None:
    with closing(opened(line, "software")) as transport:
        os.write(line.far, XOFF)
        with within(DEADLINE_S + SLACK_S), pytest.raises(TimedOut):
            transport.write(b"ticket", DEADLINE_S)
        os.write(line.far, XON)
        transport.write(b"ticket", DEADLINE_S)

        assert os.read(line.far, 10) == b"ticket"


def test_a_long_ticket_reaches_a_slow_printer_whole_and_in_order(line: Line) -> None:
    ticket = bytes(range(256)) * 400
    heard = bytearray()

    def read_slowly() -> None:
        while len(heard) < len(ticket):
            heard.extend(os.read(line.far, 100))

    reader = Thread(target=read_slowly)
    reader.start()
    with closing(opened(line)) as transport:
        transport.write(ticket, 30.0)
        reader.join(30.0)

    assert bytes(heard) == ticket


def test_a_silent_printer_is_waited_for_only_until_the_deadline(line: Line) -> None:
    with closing(opened(line)) as transport, within(DEADLINE_S + SLACK_S):
        assert transport.read(DEADLINE_S) == b""


def test_a_printer_that_takes_nothing_more_times_out_and_is_let_go_at_once(line: Line) -> None:
    with within(DEADLINE_S + SLACK_S), closing(opened(line)) as transport, pytest.raises(TimedOut):
        transport.write(A_LOT, DEADLINE_S)


def test_a_pulled_plug_is_noticed_by_both_ways(line: Line) -> None:
    with closing(opened(line)) as transport:
        line.cut()

        with within(SLACK_S), pytest.raises(Unplugged):
            transport.write(b"ticket", DEADLINE_S)
        with within(SLACK_S), pytest.raises(Unplugged):
            transport.read(DEADLINE_S)


def test_a_plug_pulled_while_a_ticket_is_on_its_way_is_noticed(line: Line) -> None:
    def take_some_and_go() -> None:
        os.read(line.far, 100)
        line.cut()

    printer = Thread(target=take_some_and_go)
    printer.start()
    with closing(opened(line)) as transport, within(5.0 + SLACK_S), pytest.raises(Unplugged):
        transport.write(A_LOT, 5.0)
    printer.join(SLACK_S)


def test_a_port_that_another_program_holds_is_busy(line: Line) -> None:
    with closing(opened(line)), pytest.raises(Busy):
        opened(line)


@pytest.mark.parametrize("port", ["no/such/port", "plain file"])
def test_what_is_no_port_is_refused(tmp_path: Path, port: str) -> None:
    (tmp_path / "plain file").touch()

    with within(SLACK_S), pytest.raises(Refused) as refused:
        SerialTransport(str(tmp_path / port), 19200, "none")

    assert not isinstance(refused.value, (Busy, NotPermitted))


def test_a_port_that_is_not_ours_to_use_names_the_group_that_may() -> None:
    error = refusal("/dev/ttyUSB0", PermissionError(13, "Permission denied"), "dialout")

    assert isinstance(error, NotPermitted)
    assert "usermod -aG dialout" in Words().error(error)
