"""The receive buffer: it takes no more than it can hold, and what cannot wait passes it by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printer import escpos
from printer.virtual.arrival import Sieve
from printer.virtual.engine import Engine, Faults, Mechanics
from printer.virtual.parse import Command

ROWS = bytes(range(1, 201)) * 2
IMAGE = b"\x1dv0\x00\x02\x00\xc8\x00" + ROWS
QUESTION = escpos.status_request(2)


def stopped(buffer_bytes: int | None) -> Engine:
    """Return a printer that prints nothing before its cover is shut."""
    engine = Engine(16, Mechanics(buffer_bytes=buffer_bytes))
    engine.set(Faults(cover_open=True))
    return engine


def test_a_stopped_printer_takes_what_its_buffer_holds_and_no_more() -> None:
    engine = stopped(100)

    taken = engine.feed(IMAGE)

    assert (taken, engine.room) == (100, 0)
    assert engine.feed(IMAGE[taken:]) == 0


def test_a_buffer_holds_4096_bytes_where_nothing_else_is_said() -> None:
    engine = Engine(16)
    engine.set(Faults(cover_open=True))

    assert (engine.room, engine.feed(bytes(5000))) == (4096, 4096)


def test_an_endless_buffer_takes_all() -> None:
    assert stopped(None).feed(bytes(100_000)) == 100_000


def test_a_printer_that_prints_takes_more_than_its_buffer_holds() -> None:
    engine = Engine(16, Mechanics(buffer_bytes=50))

    assert engine.feed(IMAGE + escpos.CUT) == len(IMAGE + escpos.CUT)
    assert [paper.picture.rows for paper in engine.take_papers()] == [ROWS]


def test_a_command_that_is_not_whole_needs_room_while_others_wait_before_it() -> None:
    assert stopped(100).feed(b"\n\x1d(L\x00\x10" + bytes(4096)) == 100


def test_room_comes_back_as_rows_leave() -> None:
    engine = Engine(16, Mechanics(rows_per_s=100, buffer_bytes=40))
    taken = engine.feed(IMAGE)
    full = engine.room

    engine.advance(0.1)

    assert (full, engine.room) == (0, 20)
    assert engine.feed(IMAGE[taken:]) == 20


def test_a_question_is_answered_though_the_buffer_is_full() -> None:
    engine = stopped(100)
    engine.feed(bytes(200))

    taken = [engine.feed(QUESTION[at : at + 1]) for at in range(3)]

    assert (engine.room, taken, engine.take_answers()) == (0, [1, 1, 1], b"\x16")


def test_a_question_behind_bytes_that_have_no_room_waits_with_them() -> None:
    engine = stopped(100)
    engine.feed(IMAGE)

    assert engine.feed(QUESTION) == 0
    assert engine.take_answers() == b""


def test_in_the_middle_of_image_data_a_question_is_data() -> None:
    engine = Engine(16)

    engine.feed(b"\x1dv0\x00\x02\x00\x02\x00\x10\x04\x02\xff" + escpos.CUT)

    assert engine.take_answers() == b""
    assert [paper.picture.rows for paper in engine.take_papers()] == [b"\x10\x04\x02\xff"]


def test_old_firmware_obeys_even_there_and_the_bytes_are_missing_from_the_image() -> None:
    engine = Engine(16)
    engine.set(Faults(old_firmware=True))

    engine.feed(b"\x1dv0\x00\x02\x00\x02\x00\xff\x10\x04\x02\xff\xee\xee" + escpos.CUT)

    assert engine.take_answers() == b"\x12"
    assert [paper.picture.rows for paper in engine.take_papers()] == [b"\xff\xff\xee\xee"]


def test_old_firmware_loses_a_job_to_two_bytes_of_its_picture() -> None:
    engine = Engine(16)
    engine.set(Faults(old_firmware=True, cover_open=True))

    engine.feed(b"\x1dv0\x00\x02\x00\x04\x00\xff\xff\x10\x05\x02")
    engine.set(Faults())
    engine.feed(escpos.CUT)

    assert engine.take_papers() == []


@pytest.mark.parametrize("old", [False, True])
def test_a_ticket_of_ours_is_whole_on_old_firmware_too(old: bool) -> None:
    engine = Engine(16)
    engine.set(Faults(old_firmware=old))

    engine.feed(b"\x1dv0\x00\x02\x00\x02\x00" + escpos.without_realtime(b"\x10\x04\x10\x14") + escpos.CUT)

    assert [paper.picture.rows for paper in engine.take_papers()] == [b"\x18\x04\x18\x14"]


@given(st.lists(st.sampled_from([b"\x10", b"\x04", b"\x05", b"\x14", b"\x08", b"a"]), max_size=40).map(b"".join))
def test_a_sieve_loses_no_byte(data: bytes) -> None:
    sieve = Sieve()

    parts = [part.raw if isinstance(part, Command) else part for byte in data for part in sieve.feed(bytes((byte,)))]

    assert b"".join(parts) + sieve.let_go() == data


@given(st.binary(max_size=300), st.integers(1, 64), st.booleans())
def test_whoever_waits_for_room_gets_every_byte_in(data: bytes, limit: int, old: bool) -> None:
    small, endless = (Engine(16, Mechanics(buffer_bytes=size)) for size in (limit, None))
    for engine in (small, endless):
        engine.set(Faults(old_firmware=old))

    taken = small.feed(data)
    endless.feed(data)

    assert taken == len(data)
    for engine in (small, endless):
        engine.tear()
    assert small.take_papers() == endless.take_papers()
    assert small.take_answers() == endless.take_answers()
