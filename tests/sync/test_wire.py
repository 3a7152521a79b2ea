"""The batch both ends share: what goes in comes out, and nothing else does."""

import dataclasses
import gzip
import random
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from push_halls import batch

from journal.line import chained, genesis
from sync.wire import (
    COUNT_HEADER,
    DIGEST_HEADER,
    FIRST_HEADER,
    HEAD_HEADER,
    MAX_LINE_BYTES,
    MAX_LINES,
    MAX_PACKED_BYTES,
    MAX_PLAIN_BYTES,
    PREVIOUS_HEADER,
    Batch,
    ChainBroken,
    Garbled,
    Packed,
    Place,
    TooBig,
    WrongType,
    answer_in,
    batch_of,
    digest_of,
    headers_of,
    pack,
    place_in,
    unpack,
    written,
)

BEFORE = genesis("mpp-uji")
LINE = st.binary(min_size=1, max_size=200).filter(lambda raw: b"\n" not in raw)


def packed_as(content: bytes, of: Batch) -> Packed:
    """Return other content under a batch's headers, rightly digested."""
    return Packed(content, headers_of(of, content))


def compressed(plain: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(plain)


@given(first=st.integers(1, 10**17), raws=st.lists(LINE, min_size=1, max_size=50))
def test_what_is_packed_comes_out_byte_for_byte(first: int, raws: list[bytes]) -> None:
    sent = batch_of(first, BEFORE, raws)

    packed = pack(sent)

    assert unpack(packed.headers, packed.content) == sent


def test_the_head_is_the_journals_own_chain() -> None:
    sent = batch_of(1, BEFORE, [b"a", b"b"])

    assert sent.head == chained(chained(BEFORE, b"a"), b"b")


def test_the_headers_say_what_must_come_out() -> None:
    sent = batch(3, 2)

    packed = pack(sent)

    assert packed.headers == {
        "Content-Type": "application/x-ndjson",
        "Content-Encoding": "zstd",
        "Content-Digest": digest_of(packed.content),
        "Sync-First": "3",
        "Sync-Count": "2",
        "Sync-Previous": sent.previous.hex(),
        "Sync-Head": sent.head.hex(),
    }
    assert zstandard.decompress(packed.content) == sent.lines[0] + b"\n" + sent.lines[1] + b"\n"


def test_a_digest_is_written_as_rfc_9530_does() -> None:
    assert digest_of(b'{"hello": "world"}') == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"


def test_five_thousand_lines_are_a_batch() -> None:
    sent = batch_of(1, BEFORE, [b"x"] * MAX_LINES)

    packed = pack(sent)

    assert len(unpack(packed.headers, packed.content).lines) == MAX_LINES


def test_one_line_more_is_none_at_either_end() -> None:
    sent = batch_of(1, BEFORE, [b"x"] * (MAX_LINES + 1))
    content = compressed(b"x\n" * (MAX_LINES + 1))

    with pytest.raises(TooBig):
        pack(sent)
    with pytest.raises(TooBig):
        unpack(headers_of(sent, content), content)


def test_a_line_of_64_kib_passes_and_a_longer_one_does_not() -> None:
    longest, longer = batch_of(1, BEFORE, [b"x" * MAX_LINE_BYTES]), batch_of(1, BEFORE, [b"x" * (MAX_LINE_BYTES + 1)])
    content = compressed(longer.lines[0] + b"\n")

    packed = pack(longest)

    assert unpack(packed.headers, packed.content) == longest
    with pytest.raises(TooBig):
        pack(longer)
    with pytest.raises(TooBig):
        unpack(headers_of(longer, content), content)


def test_more_than_16_mib_of_lines_are_too_big() -> None:
    sent = batch_of(1, BEFORE, [b"x" * MAX_LINE_BYTES] * (MAX_PLAIN_BYTES // MAX_LINE_BYTES))

    with pytest.raises(TooBig):
        pack(sent)


def test_more_than_1_mib_compressed_is_too_big_at_either_end() -> None:
    noise = [bytes(byte for byte in seed if byte != 10) for seed in random_blocks(40)]
    sent = batch_of(1, BEFORE, noise)
    content = b"x" * (MAX_PACKED_BYTES + 1)

    with pytest.raises(TooBig):
        pack(sent)
    with pytest.raises(TooBig):
        unpack(headers_of(sent, content), content)


def random_blocks(count: int) -> list[bytes]:
    """Return blocks of 32 KiB that do not compress."""
    source = random.Random(7)
    return [source.randbytes(32 * 1024) for _ in range(count)]


def test_a_bomb_that_declares_its_size_is_not_unfolded() -> None:
    bomb = compressed(b"\n" * 500_000_000)
    sent = packed_as(bomb, batch(1, 1))

    with pytest.raises(TooBig):
        unpack(sent.headers, sent.content)


def test_a_bomb_that_hides_its_size_stops_at_the_limit() -> None:
    stream = zstandard.ZstdCompressor(level=3).compressobj()
    bomb = stream.compress(b"\n" * (MAX_PLAIN_BYTES + 1)) + stream.flush()
    sent = packed_as(bomb, batch(1, 1))

    with pytest.raises(Garbled):
        unpack(sent.headers, sent.content)


def test_a_frame_that_does_not_declare_its_size_is_read_within_the_limit() -> None:
    sent = batch(1, 3)
    stream = zstandard.ZstdCompressor(level=3).compressobj()
    content = stream.compress(b"".join(line + b"\n" for line in sent.lines)) + stream.flush()

    assert unpack(headers_of(sent, content), content) == sent


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: content + b"\0",
        lambda content: content + content,
        lambda content: b"rubbish" * 20,
        lambda content: bytes([content[0] ^ 1]) + content[1:],
    ],
)
def test_truncated_and_foreign_bytes_are_refused_even_when_rightly_digested(spoil: Callable[[bytes], bytes]) -> None:
    sent = batch(1, 20)
    content = spoil(pack(sent).content)

    with pytest.raises(Garbled):
        unpack(headers_of(sent, content), content)


def gzipped(sent: Batch, content: bytes) -> Packed:
    """Return content in gzip under a batch's headers, rightly digested."""
    return Packed(content, headers_of(sent, content) | {"Content-Encoding": "gzip"})


def test_gzip_is_taken_as_well() -> None:
    sent = batch(1, 20)
    packed = gzipped(sent, gzip.compress(b"".join(line + b"\n" for line in sent.lines)))

    assert unpack(packed.headers, packed.content) == sent


def test_a_bomb_in_gzip_stops_at_the_limit() -> None:
    bomb = gzipped(batch(1, 1), gzip.compress(b"\n" * (MAX_PLAIN_BYTES * 8)))

    with pytest.raises(TooBig):
        unpack(bomb.headers, bomb.content)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: content + content,
        lambda content: content[:20] + b"rubbish" + content[27:],
    ],
)
def test_spoilt_gzip_is_refused_even_when_rightly_digested(spoil: Callable[[bytes], bytes]) -> None:
    sent = batch(1, 20)
    packed = gzipped(sent, spoil(gzip.compress(b"".join(line + b"\n" for line in sent.lines))))

    with pytest.raises(Garbled):
        unpack(packed.headers, packed.content)


def test_content_must_be_compressed_as_its_header_says() -> None:
    packed = pack(batch(1, 3))

    with pytest.raises(Garbled):
        unpack(packed.headers | {"Content-Encoding": "gzip"}, packed.content)


@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(at: int, bit: int) -> None:
    packed = pack(batch(1, 5))
    content = bytearray(packed.content)
    content[at % len(content)] ^= 1 << bit

    with pytest.raises(Garbled):
        unpack(packed.headers, bytes(content))


def test_lines_in_another_order_do_not_hash_to_the_head() -> None:
    sent = batch(1, 3)
    content = compressed(b"".join(line + b"\n" for line in reversed(sent.lines)))

    with pytest.raises(ChainBroken):
        unpack(headers_of(sent, content), content)


def test_a_changed_line_does_not_hash_to_the_head() -> None:
    sent = batch(1, 3)
    content = compressed(sent.lines[0] + b"\n" + sent.lines[1].replace(b"A", b"B") + b"\n" + sent.lines[2] + b"\n")

    with pytest.raises(ChainBroken):
        unpack(headers_of(sent, content), content)


@pytest.mark.parametrize("plain", [b"a\nb", b"a\n\nb\n", b"a\n", b"a\nb\nc\n", b"\n\n", b""])
def test_the_lines_must_be_as_many_as_the_header_says_and_each_end_in_a_newline(plain: bytes) -> None:
    sent = batch_of(1, BEFORE, [b"a", b"b"])
    content = compressed(plain)

    with pytest.raises(Garbled):
        unpack(headers_of(sent, content), content)


def test_a_line_that_cannot_stand_on_one_line_is_not_packed() -> None:
    for raw in (b"", b"a\nb"):
        with pytest.raises(Garbled):
            pack(batch_of(1, BEFORE, [raw]))


def test_a_batch_has_a_line() -> None:
    with pytest.raises(Garbled):
        pack(batch_of(1, BEFORE, []))


@pytest.mark.parametrize("name", [FIRST_HEADER, COUNT_HEADER, PREVIOUS_HEADER, HEAD_HEADER, DIGEST_HEADER])
@pytest.mark.parametrize("value", [None, "", "0", "-1", "1.0", "+1", "١", "1 ", "9" * 30, "AB" * 32, "ab" * 31])
def test_every_header_is_needed_and_strict(name: str, value: str | None) -> None:
    packed = pack(batch(1, 2))
    headers = {key: text for key, text in packed.headers.items() if key != name}
    if value is not None:
        headers[name] = value

    with pytest.raises(Garbled):
        unpack(headers, packed.content)


@pytest.mark.parametrize(
    ("name", "value"),
    [("Content-Type", "application/json"), ("Content-Encoding", "br"), ("Content-Encoding", "")],
)
def test_another_type_or_compression_is_told_so(name: str, value: str) -> None:
    packed = pack(batch(1, 2))

    with pytest.raises(WrongType):
        unpack(packed.headers | {name: value}, packed.content)


def test_a_type_may_carry_a_parameter() -> None:
    packed = pack(batch(1, 2))

    assert unpack(packed.headers | {"Content-Type": "application/x-ndjson; charset=utf-8"}, packed.content)


def test_a_place_is_read_as_it_is_written() -> None:
    place = Place(42, BEFORE)

    assert place_in(answer_in(written(place.told()))) == place


@pytest.mark.parametrize(
    "raw", [b"", b"<html>", b"[]", b"{}", b'{"next": 1}', b'{"next": 0, "head": "%s"}' % (b"00" * 32)]
)
def test_an_answer_without_a_place_is_none(raw: bytes) -> None:
    with pytest.raises(Garbled):
        place_in(answer_in(raw))


def test_a_place_is_a_whole_number_and_a_hash() -> None:
    told = Place(2, BEFORE).told()

    for wrong in ({"next": True}, {"next": 2.0}, {"next": "2"}, {"head": "zz" * 32}, {"head": 5}):
        with pytest.raises(Garbled):
            place_in(told | wrong)


def test_a_batch_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        batch(1, 1).first = 2
