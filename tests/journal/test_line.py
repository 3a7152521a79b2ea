"""A line's bytes and its chained hash."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.line import Line, LineError, chained, decode, genesis

BODIES = st.dictionaries(
    st.text(max_size=8), st.one_of(st.integers(-(2**53), 2**53), st.text(max_size=20), st.none(), st.booleans())
)


def test_a_line_is_a_json_array_in_utf_8_without_a_newline() -> None:
    line = Line(7, 1000, 900, "ticket.issued", 1, {"number": "A007", "nama": "Saé"})

    assert line.encode() == '[7,1000,900,"ticket.issued",1,{"number":"A007","nama":"Saé"}]'.encode()


@given(BODIES)
def test_a_line_is_read_back_as_it_was_written(body) -> None:
    line = Line(1, 2, 3, "day.opened", 1, body)

    assert decode(line.encode()) == line
    assert b"\n" not in line.encode()


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b'[1,2,3,"k",1]', b'["1",2,3,"k",1,{}]', b"[1,2,3,4,1,{}]", b"\xff"]
)
def test_bytes_that_are_no_line_are_refused(raw: bytes) -> None:
    with pytest.raises(LineError):
        decode(raw)


def test_the_chain_begins_with_the_hall_and_takes_in_every_line() -> None:
    first = hashlib.sha256(b"antrean/1mpp-uji").digest()

    assert genesis("mpp-uji") == first
    assert chained(first, b"[1]") == hashlib.sha256(first + b"[1]").digest()
