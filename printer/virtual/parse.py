"""Cuts a stream of ESC/POS bytes into commands, however it was split on its way.

Lengths of commands: Epson ESC/POS reference. What is not known is reported by its first two bytes and skipped.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

DLE, ESC, GS, FS = 0x10, 0x1B, 0x1D, 0x1C
PREFIXES = frozenset((DLE, ESC, GS, FS))
LEAST_TEXT = 0x20
LETTERS = re.compile(rb"[^\x00-\x1f]+")
TEXT, ROW, RASTER = b"text", b"row", b"\x1dv"
"""Names of what is no command: letters, and a row of the image that a GS v 0 has begun."""
RASTER_HEAD = 6

Rest = bytes | bytearray | memoryview
Measure = Callable[[Rest], int | None]
"""Tells from what follows a command's first two bytes how many more there are; None: cannot say yet."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `name` is its first one, two or, for GS ( and FS (, three bytes; `data` is all that follows."""

    name: bytes
    data: bytes = b""
    known: bool = True

    @property
    def raw(self) -> bytes:
        """The bytes it came as."""
        return self.data if self.name in (TEXT, ROW) else self.name + self.data


def fixed(count: int) -> Measure:
    """Measure a command that always has so many bytes more."""
    return lambda _rest: count


def raster(rest: Rest) -> int | None:
    """Measure GS v 0 m xL xH yL yH d1...dk."""
    return None if len(rest) < 6 else 6 + pair(rest, 2) * pair(rest, 4)


def sized(rest: Rest) -> int | None:
    """Measure a function with its own length, GS ( L pL pH ..."""
    return None if len(rest) < 3 else 3 + pair(rest, 1)


def long_graphics(rest: Rest) -> int | None:
    """Measure GS 8 L p1 p2 p3 p4 ..."""
    return None if len(rest) < 5 else 5 + int.from_bytes(rest[1:5], "little")


def columns(rest: Rest) -> int | None:
    """Measure ESC * m nL nH d1...dk: one byte a column, or three in the 24-dot modes."""
    return None if len(rest) < 3 else 3 + pair(rest, 1) * (3 if rest[0] >= 32 else 1)


def until_nul(rest: Rest) -> int | None:
    """Measure ESC D n1...nk NUL."""
    end = bytes(rest).find(0)
    return None if end < 0 else end + 1


def cut(rest: Rest) -> int | None:
    """Measure GS V m, or GS V m n where it feeds first."""
    if not rest:
        return None
    return 1 if rest[0] in (0, 1, 48, 49) else 2


def barcode(rest: Rest) -> int | None:
    """Measure GS k m d1...dk NUL, or GS k m n d1...dn."""
    if len(rest) < 2:
        return None
    if rest[0] >= 65:
        return 2 + rest[1]
    end = bytes(rest).find(0, 1)
    return None if end < 0 else end + 1


def downloaded(rest: Rest) -> int | None:
    """Measure GS * x y d1...dk."""
    return None if len(rest) < 2 else 2 + rest[0] * rest[1] * 8


def realtime(rest: Rest) -> int | None:
    """Measure DLE DC4 fn ...: a drawer's pulse, power off, buffer clear."""
    return None if not rest else {1: 3, 2: 3, 7: 2, 8: 8}.get(rest[0], 1)


def pair(rest: Rest, at: int) -> int:
    """Return a number of two bytes, low one first."""
    return int(rest[at]) + int(rest[at + 1]) * 256


def measures(prefix: int, fixed_lengths: Mapping[int, str], **own: Measure) -> dict[bytes, Measure]:
    """Return the measures of one prefix: the letters of each length, and those with their own."""
    table = {
        bytes((prefix, ord(letter))): fixed(count) for count, letters in fixed_lengths.items() for letter in letters
    }
    return table | {bytes((prefix, ord(letter))): measure for letter, measure in own.items()}


KNOWN: Mapping[bytes, Measure] = MappingProxyType(
    measures(DLE, {1: "\x04\x05"})
    | {b"\x10\x14": realtime, b"\x1b*": columns, b"\x1d(": sized, b"\x1c(": sized, b"\x1d*": downloaded}
    | measures(ESC, {0: "@2<imLSv\x0c", 1: "!E-MadJ3t GRVrueKT{=%?", 2: "$\\c", 3: "p", 8: "W"}, D=until_nul)
    | measures(GS, {0: ":", 1: "!BrIahwHfEbj/T|", 2: "LWP$\\", 3: "^"}, v=raster, V=cut, k=barcode)
    | {b"\x1d8": long_graphics}
    | measures(FS, {0: "&.", 1: "!-W", 2: "SCp"})
)


class Parser:
    """Collects bytes until they are whole commands; with `streams`, each row of a GS v 0 is reported as it comes."""

    def __init__(self, *, streams: bool = False) -> None:
        self._streams = streams
        self._bytes = bytearray()
        self._row_bytes = self._rows_left = 0

    @property
    def rest(self) -> bytes:
        """The bytes of a command that is not whole yet."""
        return bytes(self._bytes)

    @property
    def in_image(self) -> bool:
        """Whether rows of an image are still to come."""
        return self._rows_left > 0

    def feed(self, data: bytes) -> list[Command]:
        """Take bytes and return the commands that are complete now."""
        self._bytes += data
        commands, at = [], 0
        while at < len(self._bytes):
            command, length = self._row(at) if self._rows_left else self._next(at)
            if command is None:
                break
            commands.append(command)
            at += length
        del self._bytes[:at]
        return commands

    def _row(self, at: int) -> tuple[Command | None, int]:
        """Return one row of an image, None where a part of it is missing."""
        data = bytes(self._bytes[at : at + self._row_bytes])
        if len(data) < self._row_bytes:
            return None, 0
        self._rows_left -= 1
        return Command(ROW, data), self._row_bytes

    def _next(self, at: int) -> tuple[Command | None, int]:
        """Return the command that begins here and how many bytes it has; None where some are missing."""
        first = self._bytes[at]
        if first >= LEAST_TEXT:
            return self._text(at)
        if first not in PREFIXES:
            return Command(bytes((first,))), 1
        name = bytes(self._bytes[at : at + 2])
        if len(name) < 2:
            return None, 0
        if name not in KNOWN:
            return Command(name, known=False), 2
        return self._known(at, name)

    def _known(self, at: int, name: bytes) -> tuple[Command | None, int]:
        rest = memoryview(self._bytes)[at + 2 :]
        try:
            is_streamed = self._streams and name == RASTER
            length = RASTER_HEAD if is_streamed else KNOWN[name](rest)
            if length is None or len(rest) < length:
                return None, 0
            data = bytes(rest[:length])
        finally:
            rest.release()
        if is_streamed:
            self._row_bytes, self._rows_left = pair(data, 2), pair(data, 4) if pair(data, 2) else 0
        if name[1:] == b"(":
            return Command(name + data[:1], data[1:]), 2 + length
        return Command(name, data), 2 + length

    def _text(self, at: int) -> tuple[Command, int]:
        found = LETTERS.match(self._bytes, at)
        assert found is not None
        return Command(TEXT, found.group()), found.end() - at
