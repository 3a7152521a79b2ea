"""A virtual printer's mechanics: rows that take their time, and a roll that ends in the middle of a ticket."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from printer_fakes import black
from virtual_parts import PICTURE, PROVED, ROWS, SLOW, TICKET, image, out_of, status

from printer import escpos
from printer.picture import Raster
from printer.status import Answers, Asb, status_of_asb
from printer.virtual.engine import KNIFE_ROWS, Engine, Faults, Mechanics

# Time


def test_rows_leave_as_time_passes_and_the_proof_comes_last() -> None:
    engine = Engine(16, SLOW)
    engine.feed(TICKET)

    engine.advance(ROWS / 100 + KNIFE_ROWS / 100 - 0.01)
    before = engine.take_papers(), engine.take_answers()
    engine.advance(0.02)

    assert before == ([], b"")
    assert out_of(engine) == [("cut", PICTURE.rows)]
    assert engine.take_answers() == PROVED


def test_white_paper_takes_time_too() -> None:
    engine = Engine(16, SLOW)
    engine.feed(b"\x1bJ\xc8" + escpos.BARRIER)

    engine.advance(1.99)
    early = engine.take_answers()
    engine.advance(0.02)

    assert (early, engine.take_answers()) == (b"", b"\x00")


def test_time_without_work_is_not_saved_up() -> None:
    engine = Engine(16, SLOW)
    engine.advance(1000)

    engine.feed(TICKET)

    assert out_of(engine) == []


@given(st.lists(st.floats(0.001, 0.3), max_size=30))
def test_however_time_is_divided_the_paper_is_the_same(steps: list[float]) -> None:
    engine = Engine(16, SLOW)
    engine.feed(TICKET)

    for step in steps:
        engine.advance(step)
    engine.advance(10)

    assert out_of(engine) == [("cut", PICTURE.rows)]
    assert not engine.is_busy


def test_answers_can_be_held_back() -> None:
    engine = Engine(16)
    engine.set(Faults(answer_delay_s=0.5))
    engine.feed(escpos.status_request(1))

    engine.advance(0.4)
    early = engine.take_answers()
    engine.advance(0.2)

    assert (early, engine.take_answers()) == (b"", b"\x12")


# The roll


def on_a_roll(rows: int, near_end: int = 0) -> Engine:
    return Engine(16, Mechanics(roll_rows=rows, near_end_rows=near_end))


def test_paper_ends_after_exactly_the_last_row_and_goes_on_with_a_new_roll() -> None:
    engine = on_a_roll(25)
    engine.feed(TICKET)
    stopped = status(engine), out_of(engine)

    engine.new_roll()
    first = out_of(engine)
    engine.new_roll()

    assert stopped == ("PAPER_OUT", [])
    assert first == [("torn", PICTURE.rows[:50])]
    assert out_of(engine) == [("torn", PICTURE.rows[50:100]), ("cut", PICTURE.rows[100:])]


def test_a_roll_that_ends_gives_the_ticket_in_two_pieces_and_its_proof() -> None:
    engine = on_a_roll(40)
    engine.feed(TICKET)
    assert engine.take_answers() == b""

    engine.new_roll()

    assert out_of(engine) == [("torn", PICTURE.rows[:80]), ("cut", PICTURE.rows[80:])]
    assert engine.take_answers() == PROVED


def test_a_roll_tells_that_it_is_low_and_then_that_it_is_out() -> None:
    engine, answers = on_a_roll(60, near_end=20), Answers()
    engine.feed(b"\x1da\x0e" + image(PICTURE.rows[:78]))
    low = status(engine)
    engine.take_answers()

    engine.feed(image(PICTURE.rows[78:]))
    told = answers.feed(engine.take_answers())

    assert low == "ONLINE"
    assert [status_of_asb(answer.parts) for answer in told if isinstance(answer, Asb)] == ["PAPER_LOW", "PAPER_OUT"]


@given(
    rows=st.integers(1, 200),
    roll=st.integers(1, 60),
    speed=st.sampled_from([None, 50.0, 1000.0]),
    chunk=st.integers(1, 500),
)
def test_no_row_is_lost_or_doubled_however_often_the_paper_ends(
    rows: int, roll: int, speed: float | None, chunk: int
) -> None:
    picture = Raster(384, rows, bytes((at * 7 + at // 48) % 251 + 1 for at in range(48 * rows)))
    data = escpos.ticket(picture)
    engine = Engine(384, Mechanics(rows_per_s=speed, roll_rows=roll))

    papers = b"".join(paper for part in chunks(data, chunk) for paper in printed(engine, part))

    assert papers == engine_rows(data)


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


def printed(engine: Engine, data: bytes) -> Iterator[bytes]:
    """Feed bytes until all are taken and nothing moves, with a new roll whenever one is out; yield the papers."""
    while True:
        data = data[engine.feed(data) :]
        engine.advance(0.05)
        if engine.condition.paper_out:
            engine.new_roll()
        yield from (paper.picture.rows for paper in engine.take_papers())
        if not data and not engine.is_busy and not engine.condition.paper_out:
            return


def engine_rows(data: bytes) -> bytes:
    engine = Engine(384)
    engine.feed(data)
    return b"".join(paper.picture.rows for paper in engine.take_papers())


def test_a_printer_that_loses_its_image_prints_the_rest_as_letters() -> None:
    engine = on_a_roll(10)
    engine.set(Faults(clone=True, loses_image=True))
    engine.feed(image(b"A" * 48) + b"\nnext\n")

    engine.new_roll()

    assert out_of(engine) == [("torn", b"A" * 20)]
    assert b"".join(engine.texts).startswith(b"A")


def test_a_lost_image_whose_bytes_are_still_to_come_is_letters_too() -> None:
    engine = Engine(16)
    data = image(b"A" * 48)
    engine.set(Faults(loses_image=True))
    engine.feed(data[:30])
    engine.set(Faults(loses_image=True, paper_out=True))

    engine.set(Faults(loses_image=True))
    engine.feed(data[30:] + b"\n")

    assert out_of(engine)[0] == ("torn", b"A" * 22)
    assert b"".join(engine.texts) == b"A" * 26


def test_a_lost_image_leaves_no_half_of_a_doubled_row_behind() -> None:
    engine = on_a_roll(9)
    engine.set(Faults(loses_image=True))
    engine.feed(b"\x1dv0\x02\x02\x00\x08\x00" + b"A" * 16)

    engine.new_roll()
    engine.tear()

    first, second = out_of(engine)
    assert first == ("torn", b"A" * 18)
    assert not second[1].startswith(b"AA")


def test_a_resync_ends_a_lost_image_and_the_next_ticket_is_whole() -> None:
    picture = black(384, 60)
    engine = Engine(384, Mechanics(roll_rows=500))
    engine.set(Faults(loses_image=True))
    engine.feed(escpos.RESET + image(b"A\x1dv0\x00" * 40, 8)[:150])
    engine.set(replace(engine.faults, paper_out=True))
    engine.new_roll()

    engine.feed(escpos.unstuck(384) + escpos.cut_off(384))
    engine.take_papers()
    engine.feed(escpos.ticket(picture))

    assert [paper.picture for paper in engine.take_papers()] == [picture]
