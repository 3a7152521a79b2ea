"""A printer's answers are told apart by their shape alone, however they are split and mixed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.wording import Words
from hub.client.views import PrinterStatus
from printer.status import (
    Answer,
    Answers,
    Asb,
    Barrier,
    Flow,
    ProcessDone,
    Realtime,
    Told,
    bits_of,
    status_of,
    status_of_asb,
)

GOOD = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


def fits(mask: int, value: int) -> list[int]:
    return [byte for byte in range(256) if byte & mask == value]


PRINTABLE = st.integers(0x20, 0x7E)
LAST_ASB = st.sampled_from(fits(0x90, 0))
WHOLE: st.SearchStrategy[tuple[bytes, Answer]] = st.one_of(
    st.sampled_from(fits(0x93, 0x12)).map(lambda byte: (bytes((byte,)), Realtime(byte))),
    st.sampled_from(fits(0x90, 0)).map(lambda byte: (bytes((byte,)), Barrier(byte))),
    st.tuples(st.sampled_from(fits(0x93, 0x10)), LAST_ASB, LAST_ASB, LAST_ASB).map(
        lambda parts: (bytes(parts), Asb(bytes(parts)))
    ),
    st.lists(PRINTABLE, min_size=4, max_size=4).map(
        lambda digits: (b"\x37\x22" + bytes(digits) + b"\0", ProcessDone(bytes(digits)))
    ),
    st.lists(PRINTABLE, max_size=20).map(lambda name: (b"\x5f" + bytes(name) + b"\0", Told(0x5F, bytes(name)))),
)


@given(
    st.lists(WHOLE, max_size=20),
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=10),
    st.lists(st.integers(0, 400), max_size=10),
)
def test_answers_are_told_apart_whatever_their_order_wherever_flow_control_stands_and_the_bytes_are_split(
    whole: list[tuple[bytes, Answer]], flows: list[tuple[int, bool]], places: list[int]
) -> None:
    said = bytearray(b"".join(raw for raw, _ in whole))
    for place, may_send in flows:
        said.insert(place, 0x11 if may_send else 0x13)
    bounds = [0, *sorted(min(place, len(said)) for place in places), len(said)]
    answers = Answers()

    found = [answer for at, end in pairwise(bounds) for answer in answers.feed(bytes(said[at:end]))]

    assert [answer for answer in found if not isinstance(answer, Flow)] == [answer for _, answer in whole]
    assert [answer.may_send for answer in found if isinstance(answer, Flow)] == [
        byte == 0x11 for byte in said if byte in (0x11, 0x13)
    ]


def test_an_answer_cut_off_does_not_swallow_the_next() -> None:
    assert Answers().feed(b"\x10\x00" + b"\x12") == [Realtime(0x12)]
    assert Answers().feed(b"\x37\x2200" + b"\x01" + b"\x12")[-1] == Realtime(0x12)


@given(st.binary(max_size=300))
def test_noise_is_never_an_error(noise: bytes) -> None:
    assert isinstance(Answers().feed(noise), list)


@pytest.mark.parametrize(
    ("question", "bits", "status"),
    [
        (1, 0x00, "ONLINE"),
        (1, 0x08, "OFFLINE"),
        (1, 0x20, "OFFLINE"),
        (2, 0x04, "COVER_OPEN"),
        (2, 0x20, "PAPER_OUT"),
        (2, 0x40, "ERROR"),
        (3, 0x04, "ERROR"),
        (3, 0x08, "CUTTER_ERROR"),
        (3, 0x20, "ERROR"),
        (3, 0x40, "ERROR"),
        (4, 0x0C, "PAPER_LOW"),
        (4, 0x60, "PAPER_OUT"),
    ],
)
def test_each_bit_means_what_a_person_can_act_on(question: int, bits: int, status: PrinterStatus) -> None:
    assert status_of({**GOOD, question: 0x12 | bits}) == status


@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_one_answer_missing_is_no_answer_never_ok(missing: int) -> None:
    assert status_of({question: byte for question, byte in GOOD.items() if question != missing}) == "NO_ANSWER"


def test_the_first_thing_to_act_on_is_told_first() -> None:
    assert status_of({1: 0x1A, 2: 0x36, 3: 0x12, 4: 0x72}) == "COVER_OPEN"


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        (b"\x10\0\0\0", "ONLINE"),
        (b"\x18\0\0\0", "OFFLINE"),
        (b"\x38\0\0\0", "COVER_OPEN"),
        (b"\x18\0\x0c\0", "PAPER_OUT"),
        (b"\x18\x08\0\0", "CUTTER_ERROR"),
        (b"\x18\x20\0\0", "ERROR"),
        (b"\x10\0\x03\0", "PAPER_LOW"),
    ],
)
def test_automatic_status_means_the_same(parts: bytes, status: PrinterStatus) -> None:
    assert status_of_asb(parts) == status


@pytest.mark.parametrize(
    ("question", "byte", "bits"),
    [
        (1, 0x1A, ("offline",)),
        (2, 0x36, ("cover", "paper_stop")),
        (3, 0x1A, ("cutter",)),
        (4, 0x1E, ("near_end",)),
        (4, 0x7E, ("near_end", "end")),
        (1, 0x16, ()),
    ],
)
def test_the_bits_of_an_answer_have_words_in_both_languages(question: int, byte: int, bits: tuple[str, ...]) -> None:
    found = bits_of(question, byte)

    assert found == bits
    for bit in found:
        told = {Words(language).say(f"printer.bit_{bit}") for language in ("id", "en")}
        assert len(told) == 2
