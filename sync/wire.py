"""The batch a hall pushes and a region takes: exact lines, chained, compressed and digested. Both ends share this file.

A batch is `POST /v1/halls/{hall}/epochs/{epoch}/lines?first=N`: the lines of the journal from seq N in order, each
followed by a newline, as one zstd frame or one gzip member. Its headers say what must come out of it, so that a
changed, cut or reordered batch is noticed before anything is stored. Every refusal is a `WireError`: an HTTP status, a
code for programs, and the name of its sentence. `docs/protocol.md` says all of it.
"""

import base64
import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import orjson
import zstandard

from config.errors import AntreanError
from journal.line import HASH_BYTES, chained

MAX_LINES = 5_000
MAX_LINE_BYTES = 64 * 1024
MAX_PLAIN_BYTES = 16 * 1024 * 1024
MAX_PACKED_BYTES = 1024 * 1024
ZSTD_LEVEL = 3

MEDIA_TYPE = "application/x-ndjson"
ENCODING = "zstd"
ENCODINGS = {"zstd": b"\x28\xb5\x2f\xfd", "gzip": b"\x1f\x8b"}
"""The compressions a region takes, each with the bytes it begins with (RFC 8878, RFC 1952)."""
GZIP = zlib.MAX_WBITS | 16
TYPE_HEADER = "Content-Type"
ENCODING_HEADER = "Content-Encoding"
DIGEST_HEADER = "Content-Digest"
FIRST_HEADER = "Sync-First"
COUNT_HEADER = "Sync-Count"
PREVIOUS_HEADER = "Sync-Previous"
HEAD_HEADER = "Sync-Head"

WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
HASH = re.compile(rf"[0-9a-f]{{{HASH_BYTES * 2}}}", re.ASCII)


class WireError(AntreanError):
    """A batch or an answer is not what it says; `status` and `code` are what the region answers."""

    key = "sync.garbled"
    status = 400
    code = "garbled"


class Garbled(WireError):
    """These bytes or headers cannot be read as a batch, or as an answer to one."""


class WrongType(WireError):
    """The content is of another type, or compressed in another way."""

    key = "sync.wrong_type"
    status = 415
    code = "wrong_type"


class TooBig(WireError):
    """There are too many lines or bytes for one batch."""

    key = "sync.too_big"
    status = 413
    code = "too_big"


class ChainBroken(WireError):
    """The lines do not hash to the head the batch names."""

    key = "sync.chain"
    status = 422
    code = "chain"


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines in order from seq `first`, the chained hash before them and the one after them."""

    first: int
    previous: bytes
    lines: tuple[bytes, ...]
    head: bytes

    @property
    def next(self) -> int:
        """The seq after the last line."""
        return self.first + len(self.lines)


@dataclass(frozen=True, slots=True)
class Packed:
    """A batch as it travels: the compressed content and the headers that go with it."""

    content: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """How far a journal is held: the seq wanted next, and the chained hash of the line before it."""

    next: int
    head: bytes

    def told(self) -> dict[str, Any]:
        """Return the place as it stands in an answer's JSON."""
        return {"next": self.next, "head": self.head.hex()}


def batch_of(first: int, previous: bytes, lines: Sequence[bytes]) -> Batch:
    """Return the batch of these lines; the head is computed."""
    return Batch(first, previous, tuple(lines), head_after(previous, lines))


def head_after(previous: bytes, lines: Sequence[bytes]) -> bytes:
    """Return the chained hash after these lines."""
    return reduce(chained, lines, previous)


def pack(batch: Batch) -> Packed:
    """Return the batch as it travels; TooBig over a limit, Garbled for a line that cannot stand on one line."""
    check_lines(batch.lines)
    plain = b"".join(line + b"\n" for line in batch.lines)
    if len(plain) > MAX_PLAIN_BYTES:
        raise TooBig(limit=MAX_PLAIN_BYTES, unit="bytes")
    content = zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(plain)
    if len(content) > MAX_PACKED_BYTES:
        raise TooBig(limit=MAX_PACKED_BYTES, unit="bytes")
    return Packed(content, headers_of(batch, content))


def headers_of(batch: Batch, content: bytes) -> dict[str, str]:
    """Return the headers that go with a batch and its compressed content."""
    return {
        TYPE_HEADER: MEDIA_TYPE,
        ENCODING_HEADER: ENCODING,
        DIGEST_HEADER: digest_of(content),
        FIRST_HEADER: str(batch.first),
        COUNT_HEADER: str(len(batch.lines)),
        PREVIOUS_HEADER: batch.previous.hex(),
        HEAD_HEADER: batch.head.hex(),
    }


def digest_of(content: bytes) -> str:
    """Return the Content-Digest of these bytes, as RFC 9530 writes it."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def unpack(headers: Mapping[str, str], content: bytes) -> Batch:
    """Return the batch that these headers and bytes are, checked against every limit, the digest and the chain."""
    encoding = headers.get(ENCODING_HEADER, "")
    if media_type(headers) != MEDIA_TYPE or encoding not in ENCODINGS:
        raise WrongType
    count, first = whole_number(headers, COUNT_HEADER), whole_number(headers, FIRST_HEADER)
    previous, head = hash_in(headers, PREVIOUS_HEADER), hash_in(headers, HEAD_HEADER)
    if count > MAX_LINES:
        raise TooBig(limit=MAX_LINES, unit="lines")
    if len(content) > MAX_PACKED_BYTES:
        raise TooBig(limit=MAX_PACKED_BYTES, unit="bytes")
    if headers.get(DIGEST_HEADER) != digest_of(content):
        raise Garbled(why=DIGEST_HEADER)
    if not content.startswith(ENCODINGS[encoding]):
        raise Garbled(why=ENCODING_HEADER)
    batch = batch_of(first, previous, lines_in(content, count))
    if batch.head != head:
        raise ChainBroken
    return batch


def lines_in(content: bytes, count: int) -> list[bytes]:
    """Return the lines of a batch's compressed content, which must be `count`."""
    plain = decompressed(content)
    lines = plain.split(b"\n")
    if lines.pop() != b"" or len(lines) != count:
        raise Garbled(why=COUNT_HEADER)
    check_lines(lines)
    return lines


def decompressed(content: bytes) -> bytes:
    """Return what one zstd frame or one gzip member holds, never more than the limit; its first bytes say which."""
    return ungzipped(content) if content.startswith(ENCODINGS["gzip"]) else unframed(content)


def unframed(content: bytes) -> bytes:
    """Return what one zstd frame holds: a declared size is believed only within the limit.

    zstandard ignores `max_output_size` where the frame declares its size, hence the look at the frame first.
    """
    try:
        declared = zstandard.get_frame_parameters(content).content_size
        if zstandard.CONTENTSIZE_UNKNOWN > declared > MAX_PLAIN_BYTES:
            raise TooBig(limit=MAX_PLAIN_BYTES, unit="bytes")
        reader = zstandard.ZstdDecompressor(max_window_size=MAX_PLAIN_BYTES)
        return reader.decompress(content, max_output_size=MAX_PLAIN_BYTES, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise Garbled(why=ENCODING_HEADER) from error


def ungzipped(content: bytes) -> bytes:
    """Return what one gzip member holds."""
    reader = zlib.decompressobj(GZIP)
    try:
        plain = reader.decompress(content, MAX_PLAIN_BYTES + 1)
    except zlib.error as error:
        raise Garbled(why=ENCODING_HEADER) from error
    if len(plain) > MAX_PLAIN_BYTES:
        raise TooBig(limit=MAX_PLAIN_BYTES, unit="bytes")
    if not reader.eof or reader.unused_data:
        raise Garbled(why=ENCODING_HEADER)
    return plain


def check_lines(lines: Sequence[bytes]) -> None:
    """Refuse no lines or too many, a line that is too long or empty, and one that holds a newline."""
    if not lines:
        raise Garbled(why=COUNT_HEADER)
    if len(lines) > MAX_LINES:
        raise TooBig(limit=MAX_LINES, unit="lines")
    if max(map(len, lines)) > MAX_LINE_BYTES:
        raise TooBig(limit=MAX_LINE_BYTES, unit="bytes")
    if any(not line or b"\n" in line for line in lines):
        raise Garbled(why=MEDIA_TYPE)


def media_type(headers: Mapping[str, str]) -> str:
    """Return the content's type without its parameters."""
    return headers.get(TYPE_HEADER, "").partition(";")[0].strip().lower()


def whole_number(headers: Mapping[str, str], name: str) -> int:
    """Return a header's whole number from 1; Garbled where it is none."""
    text = headers.get(name, "")
    if not WHOLE_NUMBER.fullmatch(text):
        raise Garbled(why=name)
    return int(text)


def hash_in(headers: Mapping[str, str], name: str) -> bytes:
    """Return a header's hash; Garbled where it is none."""
    text = headers.get(name, "")
    if not HASH.fullmatch(text):
        raise Garbled(why=name)
    return bytes.fromhex(text)


def written(answer: Mapping[str, Any]) -> bytes:
    """Return an answer as the bytes that travel."""
    return orjson.dumps(answer)


def answer_in(raw: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer; Garbled where it is none, as from a hotel's log-in page."""
    try:
        answer = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Garbled(why="json") from error
    if not isinstance(answer, dict):
        raise Garbled(why="json")
    return answer


MOST_LINES = 10**15
"""No journal is longer: a database must hold the number."""


def place_in(answer: Mapping[str, Any]) -> Place:
    """Return the place an answer names; Garbled where it names none."""
    number, head = answer.get("next"), answer.get("head")
    if type(number) is not int or not 0 < number < MOST_LINES or not isinstance(head, str) or not HASH.fullmatch(head):
        raise Garbled(why="next")
    return Place(number, bytes.fromhex(head))
