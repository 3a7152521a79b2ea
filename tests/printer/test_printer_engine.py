"""The virtual printer: byte by byte, across any split, as a real one does."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printer_fakes import black

from printer import escpos
from printer.status import Answers, Asb, Realtime, status_of_asb
from printer.virtual.engine import Engine, Faults
from printer.virtual.parse import KNOWN, Parser

PAPER_OUT, COVER_OPEN = Faults(paper_out=True), Faults(cover_open=True)
PICTURE = black(384, 60)
TICKET = escpos.ticket(PICTURE, escpos.process_id(7))
PROVED = b"\x37\x220007\x00"


def one_line(mark: bytes = b"\xff") -> bytes:
    """Return a raster of one byte."""
    return b"\x1dv0\x00\x01\x00\x01\x00" + mark


def rows_of(*parts: bytes) -> list[str]:
    """Print parts on a head of 16 dots and return the rows in hex."""
    engine = Engine(16)
    engine.feed(b"".join(parts) + escpos.CUT)
    papers = engine.take_papers()
    return [papers[0].picture.row(y).hex() for y in range(papers[0].picture.height)] if papers else []


@given(st.lists(st.integers(1, len(TICKET) - 1), max_size=12))
def test_a_ticket_split_anywhere_is_the_same_paper(places: list[int]) -> None:
    engine = Engine(384)
    bounds = [0, *sorted(places), len(TICKET)]

    for begin, end in pairwise(bounds):
        engine.feed(TICKET[begin:end])

    assert [(paper.picture, paper.end) for paper in engine.take_papers()] == [(PICTURE, "cut")]
    assert engine.take_answers() == PROVED


def test_a_ticket_sent_byte_by_byte_is_the_same_paper() -> None:
    engine = Engine(384)

    for byte in TICKET:
        engine.feed(bytes((byte,)))

    assert [paper.picture for paper in engine.take_papers()] == [PICTURE]


@given(st.binary(max_size=600))
def test_no_bytes_whatever_break_it(noise: bytes) -> None:
    engine = Engine(384)

    engine.feed(noise)

    assert sum(engine.unknown.values()) <= len(noise)


def test_an_unknown_command_is_counted_and_skipped() -> None:
    engine = Engine(16)

    engine.feed(b"\x1b\x7f" + one_line() + escpos.CUT)

    assert engine.unknown == {b"\x1b\x7f": 1}
    assert len(engine.take_papers()) == 1


def test_every_command_with_a_length_ends_where_it_should() -> None:
    rest = bytes((1, 1, 1)) + bytes(400)
    for name, measure in KNOWN.items():
        if name[:1] == b"\x10":
            continue
        length = measure(rest)
        assert length is not None

        commands = Parser().feed(name + rest[:length] + b"\x1b@")

        assert commands[-1].name == b"\x1b@", name
        assert len(commands) == 2, name


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ([one_line()], ["ff00"]),
        ([b"\x1bJ\x02", one_line()], ["0000", "0000", "ff00"]),
        ([b"\x1b3\x02\n", one_line()], ["0000", "0000", "ff00"]),
        ([b"\x1b3\x01\x1bd\x03", one_line()], ["0000", "0000", "0000", "ff00"]),
        ([b"\x1b3\x01\x1b$\x08\x00", one_line(), one_line()], ["0000", "ff00", "ff00"]),
        ([b"\x1dL\x04\x00", one_line()], ["0ff0"]),
        ([b"\x1dL\x0c\x00", one_line()], ["000f"]),
        ([b"\x1dL\x08\x00", one_line(), one_line()], ["00ff", "00ff"]),
        ([b"\x1ba\x01", one_line()], ["0ff0"]),
        ([b"\x1ba2", one_line()], ["00ff"]),
        ([b"\x1ba2\x1b@", one_line()], ["ff00"]),
        ([b"\x1dv0\x03\x01\x00\x01\x00\x81"], ["c003", "c003"]),
        ([b"\0\0\r\t", one_line()], ["ff00"]),
        ([b"\x1b!\x08\x1bE\x01\x1d!\x11\x1bt\x10", one_line()], ["ff00"]),
        ([b"\x1dk\x04ABC\0\x1dk\x41\x02AB\x1dh\x50", one_line()], ["ff00"]),
    ],
)
def test_commands_do_what_they_say(parts: list[bytes], rows: list[str]) -> None:
    assert rows_of(*parts) == rows


def test_cutting_white_nothing_gives_no_paper() -> None:
    assert rows_of(escpos.CUT, escpos.CUT) == []


def test_the_lines_of_text_can_be_read() -> None:
    engine = Engine(384)

    engine.feed(b"A0")
    engine.feed(b"43\nLoket 5\n")

    assert engine.texts == [b"A043", b"Loket 5"]


def test_a_printer_without_paper_answers_but_prints_nothing_until_there_is_a_roll() -> None:
    engine = Engine(384)
    engine.set(PAPER_OUT)

    engine.feed(TICKET + b"\x10\x04\x04")

    assert (engine.take_papers(), engine.take_answers()) == ([], b"\x72")
    engine.set(Faults())
    assert [paper.end for paper in engine.take_papers()] == ["cut"]
    assert engine.take_answers() == PROVED


def test_paper_that_ends_in_mid_ticket_gives_a_torn_piece_and_the_rest() -> None:
    engine = Engine(384)

    engine.feed(TICKET[:60])
    engine.set(PAPER_OUT)
    engine.feed(TICKET[60:])
    engine.set(Faults())

    torn, rest = engine.take_papers()
    assert (torn.end, rest.end) == ("torn", "cut")
    assert torn.picture.rows + rest.picture.rows == PICTURE.rows


def test_an_open_cover_stops_the_printer() -> None:
    engine = Engine(384)
    engine.set(COVER_OPEN)

    engine.feed(TICKET + b"\x10\x04\x01\x10\x04\x02")

    assert engine.take_answers() == b"\x1a\x16"
    assert engine.take_papers() == []


def test_a_silent_printer_prints_without_a_word() -> None:
    engine = Engine(384)
    engine.set(Faults(silent=True))

    engine.feed(b"\x10\x04\x01" + TICKET)

    assert engine.take_answers() == b""
    assert len(engine.take_papers()) == 1


def test_a_clone_does_not_know_process_numbers_but_knows_the_barrier() -> None:
    engine = Engine(384)
    engine.set(Faults(clone=True))

    engine.feed(TICKET + escpos.BARRIER)

    assert engine.take_answers() == b"\x00"
    assert engine.unknown == {b"\x1d(H": 1}


def test_losing_power_loses_what_waits_and_tears_what_hangs_out() -> None:
    engine = Engine(384)
    engine.feed(TICKET[:60])

    engine.power_off()
    engine.feed(TICKET)

    assert [paper.end for paper in engine.take_papers()] == ["torn", "cut"]


def test_clearing_the_buffers_forgets_what_waits() -> None:
    engine = Engine(384)
    engine.set(PAPER_OUT)
    engine.feed(TICKET)

    engine.feed(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
    engine.set(Faults())

    assert engine.take_papers() == []
    assert engine.take_answers() == b"\x37\x25\x00"


def test_recovering_with_clearing_forgets_what_waits() -> None:
    engine = Engine(384)
    engine.set(COVER_OPEN)

    engine.feed(TICKET + b"\x10\x05\x02")
    engine.set(Faults())

    assert engine.take_papers() == []


def test_losing_power_without_a_visitor_leaves_half_a_ticket_on_the_path() -> None:
    engine = Engine(384)
    engine.feed(TICKET[:60])

    engine.lose_power()
    engine.feed(escpos.RESET + escpos.CUT)

    half = engine.take_papers()[0]
    assert half.end == "cut"
    assert half.picture.rows == PICTURE.rows[: len(half.picture.rows)]


@given(st.integers(0, len(TICKET)))
def test_power_lost_at_any_byte_gives_a_beginning_of_the_ticket_and_then_a_whole_one(at: int) -> None:
    engine = Engine(384)
    engine.feed(TICKET[:at])

    engine.power_off()
    engine.feed(TICKET)

    *before, whole = engine.take_papers()
    assert (whole.picture, whole.end) == (PICTURE, "cut")
    assert all(PICTURE.rows.startswith(paper.picture.rows) for paper in before)


def test_automatic_status_tells_each_change_by_itself() -> None:
    engine, answers = Engine(384), Answers()
    engine.feed(b"\x1da\x0e")

    engine.set(Faults(paper_low=True))
    engine.set(PAPER_OUT)
    told = answers.feed(engine.take_answers())

    statuses = [status_of_asb(answer.parts) for answer in told if isinstance(answer, Asb)]
    assert statuses == ["ONLINE", "PAPER_LOW", "PAPER_OUT"]


def test_a_realtime_question_is_answered_before_what_came_earlier_but_waits() -> None:
    engine = Engine(384)
    engine.set(PAPER_OUT)
    engine.feed(escpos.BARRIER + b"\x10\x04\x01")

    engine.set(Faults())

    first, *_ = Answers().feed(engine.take_answers())
    assert first == Realtime(0x1A)


def test_it_says_who_it_is() -> None:
    engine = Engine(384)

    engine.feed(b"\x1dI\x42\x1dI\x43\x1dI\x01")

    assert engine.take_answers() == b"_ANTREAN\0_VIRTUAL\0\x02"
