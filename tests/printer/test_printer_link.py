"""A printer is asked who it is, how it is and what it proves, and each answer is taken for the right question."""

import pytest
from printer_fakes import FakePrinter, FakeTime

from printer.escpos import RESET
from printer.link import AUTOMATIC, Link, proving
from printer.virtual.engine import Faults

SILENT, CLONE = Faults(silent=True), Faults(clone=True)


class Scripted:
    """A printer that says to each request what is written, and remembers the requests; silence moves the time on."""

    answers = True

    def __init__(self, time: FakeTime, script: dict[bytes, bytes]) -> None:
        self.asked: list[bytes] = []
        self.said = b""
        self._time, self._script = time, script

    def write(self, data: bytes, deadline_s: float) -> None:
        self.asked.append(data)
        self.said += self._script.get(data, b"")

    def read(self, deadline_s: float) -> bytes:
        said, self.said = self.said, b""
        self._time.now += 0 if said else deadline_s
        return said

    def close(self) -> None:
        pass


WELL = {bytes((0x10, 0x04, question)): b"\x12" for question in (1, 2, 3, 4)}


def test_a_printer_tells_its_maker_and_model(fake_time: FakeTime) -> None:
    said = {b"\x1dI\x42": b"_EPSON\0", b"\x1dI\x43": b"_TM-T82\0"}

    assert Link(Scripted(fake_time, said), fake_time).identity() == "EPSON TM-T82"


@pytest.mark.parametrize("said", [{}, {b"\x1dI\x42": b"\x02", b"\x1dI\x43": b"\x02"}])
def test_a_printer_that_tells_no_name_has_none_and_is_not_waited_for(
    fake_time: FakeTime, said: dict[bytes, bytes]
) -> None:
    assert Link(Scripted(fake_time, said), fake_time).identity() == ""
    assert fake_time.now <= 1.5


def test_a_printer_that_only_listens_is_asked_nothing(fake_time: FakeTime) -> None:
    printer = Scripted(fake_time, {})
    printer.answers = False

    assert Link(printer, fake_time).identity() == ""
    assert printer.asked == []


def test_an_answer_that_came_too_late_is_not_taken_for_the_next(fake_time: FakeTime) -> None:
    printer = Scripted(fake_time, WELL)
    printer.said = b"\x72"

    assert Link(printer, fake_time).status() == "ONLINE"


def test_the_answers_are_kept_up_to_the_first_that_is_missing(fake_time: FakeTime) -> None:
    some = {request: byte for request, byte in WELL.items() if request != b"\x10\x04\x03"}

    assert Link(Scripted(fake_time, some), fake_time).answers() == {1: 0x12, 2: 0x12}


def test_what_a_printer_says_by_itself_does_not_answer_a_question(fake_time: FakeTime) -> None:
    mixed = {request: b"\x38\0\0\0" + byte + b"\x10\0\x03\0" for request, byte in WELL.items()}
    link = Link(Scripted(fake_time, mixed), fake_time)

    assert link.status() == "ONLINE"
    assert link.automatic == "PAPER_LOW"


def test_a_printer_with_process_numbers_says_by_itself_how_it_is(fake_time: FakeTime) -> None:
    printer = FakePrinter(fake_time)
    link = Link(printer, fake_time)
    assert link.probe() == "process_id"

    printer.engine.set(Faults(cover_open=True))
    link.listen(1.0)

    assert link.automatic == "COVER_OPEN"


def test_a_printer_goes_on_saying_how_it_is_after_a_paper_has_reset_it(fake_time: FakeTime) -> None:
    printer = FakePrinter(fake_time)
    link = Link(printer, fake_time)
    printer.write(proving(RESET + b"tiket", "process_id", 7), 1.0)
    link.listen(1.0)

    printer.engine.set(Faults(paper_out=True))
    link.listen(1.0)

    assert link.automatic == "PAPER_OUT"


def test_a_clone_is_not_asked_to_speak_by_itself_as_that_could_be_taken_for_its_barrier(fake_time: FakeTime) -> None:
    printer = FakePrinter(fake_time, faults=CLONE)
    link = Link(printer, fake_time)
    assert link.probe() == "barrier"
    link.forget()

    printer.engine.set(Faults(clone=True, cover_open=True))
    link.listen(1.0)

    assert link.automatic is None
    assert not link.proved("barrier", 0)
    assert AUTOMATIC not in proving(RESET, "barrier", 1)


def test_a_printer_that_proves_nothing_is_sent_nothing_but_its_paper() -> None:
    assert proving(RESET + b"tiket", None, 1) == RESET + b"tiket"


def test_what_a_printer_is_remembered_to_prove_is_tried_first(fake_time: FakeTime) -> None:
    link = Link(FakePrinter(fake_time, faults=CLONE), fake_time)

    assert link.probe("barrier") == "barrier"
    assert fake_time.now == 0


def test_what_is_remembered_wrongly_is_found_out(fake_time: FakeTime) -> None:
    assert Link(FakePrinter(fake_time, faults=CLONE), fake_time).probe("process_id") == "barrier"
    assert Link(FakePrinter(fake_time, faults=SILENT), fake_time).probe("barrier") is None


class Chatter:
    """A peer that never stops talking, and says nothing a printer would say."""

    answers = True

    def __init__(self, time: FakeTime) -> None:
        self.time = time

    def write(self, data: bytes, deadline_s: float) -> None:
        """Take everything."""

    def read(self, deadline_s: float) -> bytes:
        """Say something at once."""
        self.time.now += 0.001
        return b"\x80" * 64

    def close(self) -> None:
        """Let go."""


def test_a_peer_that_never_stops_talking_is_no_answer_within_its_time(fake_time: FakeTime) -> None:
    link = Link(Chatter(fake_time), fake_time)

    assert link.status() == "NO_ANSWER"
    assert fake_time.now < 2


def test_a_printer_that_is_said_to_be_mute_is_ready_until_it_speaks(fake_time: FakeTime) -> None:
    printer = FakePrinter(fake_time, faults=Faults(silent=True))

    assert Link(printer, fake_time).status() == "NO_ANSWER"
    mute = Link(printer, fake_time, mute=True)
    assert mute.status() == "ONLINE"
    printer.engine.set(Faults(cover_open=True))
    assert mute.status() == "COVER_OPEN"
