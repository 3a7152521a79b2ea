"""Parts of a virtual printer that break and are mended, power that is lost, and bytes however they are split."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual_parts import OK, PICTURE, PROVED, SLOW, TICKET, image, out_of, status, statuses

from printer import escpos
from printer.status import Answers, Realtime
from printer.virtual.engine import Engine, Faults

# What breaks


@pytest.mark.parametrize(
    ("faults", "bits", "automatic"),
    [
        (OK, (0, 0, 0, 0), b"\x10\x00\x00\x00"),
        (Faults(paper_low=True), (0, 0, 0, 0x0C), b"\x10\x00\x03\x00"),
        (Faults(paper_out=True), (0x08, 0x20, 0, 0x60), b"\x18\x00\x0c\x00"),
        (Faults(paper_out=True, paper_low=True), (0x08, 0x20, 0, 0x6C), b"\x18\x00\x0f\x00"),
        (Faults(cover_open=True), (0x08, 0x04, 0, 0), b"\x38\x00\x00\x00"),
        (Faults(overheated=True), (0x08, 0x40, 0x40, 0), b"\x18\x40\x00\x00"),
        (Faults(unrecoverable=True), (0x08, 0x40, 0x20, 0), b"\x18\x20\x00\x00"),
        (Faults(cutter_jam=True), (0, 0, 0, 0), b"\x10\x00\x00\x00"),
    ],
)
def test_each_fault_has_its_bits(faults: Faults, bits: tuple[int, ...], automatic: bytes) -> None:
    engine = Engine(16)
    engine.feed(b"\x1da\x0e")
    engine.take_answers()
    engine.set(faults)

    told = engine.take_answers()

    assert statuses(engine) == bits
    assert told == (automatic if faults not in (OK, Faults(cutter_jam=True)) else b"")


@pytest.mark.parametrize(("wanted", "told"), [(0x02, 0), (0x08, 1), (0x04, 0), (0x0E, 1), (0x00, 0)])
def test_automatic_status_tells_only_the_kinds_that_were_wanted(wanted: int, told: int) -> None:
    engine = Engine(16)
    engine.feed(b"\x1da" + bytes((wanted,)))
    engine.take_answers()

    engine.set(Faults(paper_low=True))

    assert len(engine.take_answers()) == 4 * told


def test_a_cover_opened_in_mid_band_stops_the_printer_which_goes_on_when_it_is_shut() -> None:
    engine = Engine(16, SLOW)
    engine.feed(TICKET)
    engine.advance(0.2)

    engine.set(Faults(cover_open=True))
    engine.advance(100)
    stopped = out_of(engine), status(engine)
    engine.set(OK)
    engine.advance(100)

    assert stopped == ([], "COVER_OPEN")
    assert out_of(engine) == [("cut", PICTURE.rows)]


def test_a_hot_head_stops_the_printer_which_goes_on_by_itself() -> None:
    engine = Engine(16)
    engine.set(Faults(overheated=True))
    engine.feed(TICKET)
    stopped = out_of(engine), status(engine)

    engine.set(OK)

    assert stopped == ([], "ERROR")
    assert out_of(engine) == [("cut", PICTURE.rows)]


def test_an_unrecoverable_error_stays_until_the_power_is_switched() -> None:
    engine = Engine(16)
    engine.set(Faults(unrecoverable=True))
    engine.set(OK)
    engine.feed(TICKET + b"\x10\x05\x01")
    still = status(engine)

    engine.lose_power()

    assert (still, status(engine)) == ("ERROR", "ONLINE")
    assert out_of(engine) == []


def jammed() -> Engine:
    engine = Engine(16)
    engine.set(Faults(cutter_jam=True))
    engine.feed(TICKET)
    return engine


def test_a_knife_that_jams_stops_the_printer_at_the_cut() -> None:
    engine = jammed()

    assert statuses(engine) == (0x08, 0x40, 0x08, 0)
    assert status(engine) == "CUTTER_ERROR"
    assert out_of(engine) == []


def test_a_jam_is_recovered_only_after_its_cause_is_gone() -> None:
    engine = jammed()
    engine.feed(b"\x10\x05\x01")
    still = status(engine)
    engine.set(OK)
    without_order = status(engine)

    engine.feed(b"\x10\x05\x01")

    assert (still, without_order) == ("CUTTER_ERROR", "CUTTER_ERROR")
    assert out_of(engine) == [("cut", PICTURE.rows)]
    assert engine.take_answers() == PROVED


@pytest.mark.parametrize("order", [b"\x10\x05\x01", b"\x10\x05\x02"])
def test_an_order_to_recover_before_the_cause_is_gone_changes_nothing(order: bytes) -> None:
    engine = jammed()

    engine.feed(order)
    engine.set(OK)
    engine.feed(b"\x10\x05\x01")

    assert out_of(engine) == [("cut", PICTURE.rows)]


def test_a_jam_may_be_recovered_without_what_waits() -> None:
    engine = jammed()
    engine.set(OK)

    engine.feed(b"\x10\x05\x02")

    assert (out_of(engine), status(engine)) == ([], "ONLINE")
    engine.feed(escpos.CUT)
    assert out_of(engine) == [("cut", PICTURE.rows)]


def test_a_printer_with_one_way_says_nothing_and_prints() -> None:
    engine = Engine(16)
    engine.set(Faults(one_way=True))

    engine.feed(TICKET + escpos.status_request(1))

    assert (engine.take_answers(), len(out_of(engine))) == (b"", 1)


def test_a_printer_without_barriers_proves_nothing_by_them() -> None:
    engine = Engine(16)
    engine.set(Faults(no_barrier=True))

    engine.feed(escpos.BARRIER + escpos.process_id(7))

    assert (engine.take_answers(), engine.unknown) == (PROVED, {b"\x1dr": 1})


# Power


@given(at=st.integers(0, len(TICKET)), steps=st.lists(st.floats(0.01, 0.4), max_size=5))
def test_power_lost_at_any_moment_leaves_a_beginning_on_the_path_and_nothing_in_memory(
    at: int, steps: list[float]
) -> None:
    engine = Engine(16, SLOW)
    engine.feed(TICKET[:at])
    for step in steps:
        engine.advance(step)
    before = out_of(engine)

    engine.lose_power()
    engine.advance(100)
    idle = out_of(engine)
    engine.tear()

    assert idle == []
    assert all(PICTURE.rows.startswith(rows) for _, rows in before + out_of(engine))
    assert engine.room == engine.mechanics.buffer_bytes


def test_a_printer_without_power_forgets_what_it_wanted_to_say() -> None:
    engine = Engine(16)
    engine.set(Faults(answer_delay_s=1))
    engine.feed(escpos.status_request(1))

    engine.lose_power()
    engine.advance(2)

    assert engine.take_answers() == b""


# Bytes


MODES = [b"\x1bE\x01", b"\x1d!\x11", b"\x1ba\x01", b"\x1bt\x10", b"\x1dL\x08\x00", b"\x1b@", b"\x1b3\x05", b"\t"]
PIECES = st.one_of(
    st.sampled_from(
        [*MODES, b"\n", b"\0", escpos.CUT, escpos.BARRIER, escpos.process_id(3), b"\x1da\x0e", b"\x1b\x7f"]
    ),
    st.sampled_from([escpos.status_request(1), b"\x10\x05\x02", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"]),
    st.text("aé0", min_size=1, max_size=8).map(lambda text: text.encode("cp1252")),
    st.binary(min_size=2, max_size=12).map(lambda data: image(data[: len(data) // 2 * 2])),
    st.binary(max_size=20),
)


@given(
    st.lists(PIECES, max_size=12).map(b"".join),
    st.lists(st.integers(0, 300), max_size=12),
    st.sampled_from([OK, Faults(old_firmware=True), Faults(clone=True, no_barrier=True), Faults(cutter_jam=True)]),
)
def test_any_split_of_any_bytes_gives_the_same_papers_answers_and_texts(
    data: bytes, places: list[int], faults: Faults
) -> None:
    whole, split = Engine(64), Engine(64)
    whole.set(faults)
    split.set(faults)
    whole.feed(data)

    for begin, end in pairwise([0, *sorted(min(place, len(data)) for place in places), len(data)]):
        split.feed(data[begin:end])

    for engine in (whole, split):
        engine.tear()
    assert split.take_papers() == whole.take_papers()
    assert split.take_answers() == whole.take_answers()
    assert (split.texts, split.unknown) == (whole.texts, whole.unknown)


def test_the_first_answer_of_a_stopped_printer_is_to_the_question_that_cannot_wait() -> None:
    engine = Engine(16)
    engine.set(Faults(cover_open=True))

    engine.feed(TICKET + escpos.status_request(2))

    assert Answers().feed(engine.take_answers()) == [Realtime(0x16)]
