"""One line of the journal and the hash that chains it to all lines before. Standard library only.

A line is the UTF-8 JSON array `[seq, wall_ms, hall_ms, kind, version, body]` without a newline. The bytes are hashed
as they are stored and sent, so nothing ever needs a canonical form.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

HASH_BYTES = 32
PROTOCOL = "antrean/1"


class LineError(ValueError):
    """These bytes are not a line of a journal."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `seq` counts from 1 without gaps; both times are milliseconds since 1970 in UTC.

    `wall_ms` is what the machine's clock said; `hall_ms` is hall time, which never goes back and which alone counts.
    """

    seq: int
    wall_ms: int
    hall_ms: int
    kind: str
    version: int
    body: dict[str, Any]

    def encode(self) -> bytes:
        """Return the exact bytes that are stored, hashed and sent."""
        parts = [self.seq, self.wall_ms, self.hall_ms, self.kind, self.version, self.body]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def decode(raw: bytes) -> Line:
    """Return the line that these bytes are; LineError where they are none."""
    if not isinstance(raw, bytes):
        raise LineError(f"not bytes: {raw!r:.80}")
    try:
        parts = json.loads(raw)
        seq, wall_ms, hall_ms, kind, version, body = parts
    except (ValueError, TypeError, RecursionError) as error:
        raise LineError(f"not a line: {raw[:80]!r}") from error
    numbers = (seq, wall_ms, hall_ms, version)
    if not all(type(number) is int for number in numbers) or not isinstance(kind, str) or not isinstance(body, dict):
        raise LineError(f"not a line: {raw[:80]!r}")
    return Line(seq, wall_ms, hall_ms, kind, version, body)


def genesis(hall_id: str) -> bytes:
    """Return the hash before a hall's first line: SHA-256("antrean/1" ‖ hall id)."""
    return hashlib.sha256((PROTOCOL + hall_id).encode()).digest()


def chained(previous: bytes, line: bytes) -> bytes:
    """Return a line's chained hash: SHA-256(previous hash ‖ line)."""
    return hashlib.sha256(previous + line).digest()
