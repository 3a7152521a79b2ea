"""The lines between keypad and host: read whatever the wire makes of them, never mistaken for others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.keypad.protocol import Hello, Idle, Lines, Press, done, framed, is_echo, parse, poll, refused, shown
from tests.conftest import ROOT
from tests.counter.keypad.fakes import line_of

ADDRESSES, SEQUENCES = st.integers(1, 99), st.integers(0, 99)
KEYS = st.from_regex(r"[NRSPFB]|T[a-z0-9-]{1,20}|C[A-Z]{0,2}[0-9]{1,4}", fullmatch=True)
BODIES = st.one_of(
    st.builds("K,{:02d},{:02d},{}".format, ADDRESSES, SEQUENCES, KEYS),
    st.builds("H,{:02d},{}".format, ADDRESSES, st.from_regex(r"[0-9]\.[0-9]", fullmatch=True)),
    st.builds("O,{:02d}".format, ADDRESSES),
)


def test_the_checksum_is_the_one_of_nmea() -> None:
    sentence = "GPGLL,5300.97914,N,00259.98174,E,125926,A"

    assert framed(sentence) == b"$GPGLL,5300.97914,N,00259.98174,E,125926,A*28\r\n"


@pytest.mark.parametrize(
    ("line", "frame"),
    [
        (b"$K,07,12,N*2D\r", Press(7, 12, "N")),
        (line_of("K,07,12,Tdukcapil-kk")[:-1], Press(7, 12, "Tdukcapil-kk")),
        (line_of("K,07,12,CA017")[:-1], Press(7, 12, "CA017")),
        (line_of("H,07,1.2")[:-1], Hello(7, "1.2")),
        (line_of("O,07")[:-1], Idle(7)),
        (line_of("O,07")[:-2], Idle(7)),
    ],
)
def test_a_whole_line_says_what_the_keypad_says(line: bytes, frame: object) -> None:
    assert parse(line) == frame


@pytest.mark.parametrize(
    "body", ["K,00,12,N", "K,7,12,N", "K,07,1,N", "K,07,12,", "K,07,12", "O,07,x", "X,07", "O,100"]
)
def test_a_line_that_no_keypad_says_is_nothing_though_its_checksum_is_right(body: str) -> None:
    assert parse(line_of(body)[:-1]) is None


def test_the_host_says_what_a_keypad_can_read() -> None:
    said = [poll(7), done(7, 12, "A017"), refused(7, 3, "EMPTY")]

    assert said == [line_of("P,07"), line_of("A,07,12,A017"), line_of("E,07,03,EMPTY")]


@pytest.mark.parametrize(
    ("text", "seen"), [("A017", "A017"), ("LOKET-A017", "KET-A017"), ("A*0$1,7", "A017"), ("Å17", "17")]
)
def test_a_display_gets_eight_signs_that_a_frame_may_carry(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_a_host_that_hears_itself_knows_its_own_lines() -> None:
    own, others = [poll(7), done(7, 1, "4"), refused(7, 1, "BAD")], [line_of("K,07,12,P"), line_of("O,07"), b"A,\n"]

    assert [is_echo(line) for line in own + others] == [True] * 3 + [False] * 3


def test_the_lines_in_the_page_for_builders_are_right() -> None:
    shown_lines = re.findall(r"\$([A-Z],[^*\s]+)\*([0-9A-F]{2})", (ROOT / "docs" / "keypads.md").read_text())

    assert [line for line in shown_lines if framed(line[0]) != f"${line[0]}*{line[1]}\r\n".encode()] == []
    assert {line[0][0] for line in shown_lines} == set("KAEHPO")


@given(st.lists(st.binary(max_size=120)), BODIES)
def test_a_line_is_understood_after_any_noise(noise: list[bytes], body: str) -> None:
    lines = Lines()
    for junk in noise:
        for line in lines.feed(junk):
            parse(line)

    heard = lines.feed(line_of(body))

    assert parse(heard[-1]) == parse(line_of(body)[:-1])


@given(BODIES, st.data())
def test_a_line_may_come_in_pieces(body: str, data: st.DataObject) -> None:
    frame, lines = line_of(body) * 2, Lines()
    cut = data.draw(st.integers(0, len(frame)))

    heard = lines.feed(frame[:cut]) + lines.feed(frame[cut:])

    assert heard == [line_of(body)[:-1]] * 2


@given(BODIES)
def test_no_single_bit_makes_another_line_of_a_line(body: str) -> None:
    frame = line_of(body)
    said = parse(frame[:-1])

    for place in range(8 * len(frame)):
        wrong = bytearray(frame)
        wrong[place // 8] ^= 1 << place % 8
        heard = [parse(line) for line in Lines().feed(bytes(wrong) + b"\n")]

        assert {each for each in heard if each is not None} <= {said}


@given(BODIES)
def test_no_beginning_and_no_end_of_a_line_is_a_line(body: str) -> None:
    frame = line_of(body)[:-2]

    assert not [cut for cut in range(1, len(frame)) if parse(frame[:cut]) or parse(frame[cut:])]


def test_a_line_that_never_ends_is_not_kept() -> None:
    lines = Lines()
    for _ in range(1000):
        lines.feed(b"x" * 1000)

    assert len(lines.feed(b"\n")[0]) == 80
