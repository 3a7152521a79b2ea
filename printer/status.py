"""What a printer says, told apart by the shape of its bytes alone, and what it means. Pure.

The shapes never collide (Epson ESC/POS reference: dle_eot, gs_la, gs_lr, gs_lparen_ch_fn48); `&` is on bits:
DLE EOT byte & 93h = 12h; ASB first byte & 93h = 10h, then three bytes & 90h = 0; GS r byte & 90h = 0;
blocks 37h, 35h, 3Bh, 3Dh or 5Fh ... 00h; XON 11h and XOFF 13h.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hub.client.views import PrinterStatus

XON, XOFF = 0x11, 0x13
BLOCKS = frozenset((0x35, 0x37, 0x3B, 0x3D, 0x5F))
LONGEST_BLOCK = 96
ASB_BYTES = 4
QUESTIONS = (1, 2, 3, 4)
BITS: Mapping[int, tuple[tuple[int, str], ...]] = MappingProxyType(
    {
        1: ((0x08, "offline"), (0x20, "recovery"), (0x40, "feed_button")),
        2: ((0x04, "cover"), (0x08, "feeding"), (0x20, "paper_stop"), (0x40, "error")),
        3: ((0x04, "recoverable"), (0x08, "cutter"), (0x20, "unrecoverable"), (0x40, "auto_recoverable")),
        4: ((0x0C, "near_end"), (0x60, "end")),
    }
)
"""What the bits of each answer to DLE EOT mean (page dle_eot), as names of words; no printer of ours has a drawer."""


@dataclass(frozen=True, slots=True)
class Realtime:
    """The answer to DLE EOT; the byte does not say to which question."""

    byte: int


@dataclass(frozen=True, slots=True)
class Asb:
    """Automatic status: four bytes, sent at each change."""

    parts: bytes


@dataclass(frozen=True, slots=True)
class Barrier:
    """The answer to GS r: all before it has been worked off."""

    byte: int


@dataclass(frozen=True, slots=True)
class ProcessDone:
    """The answer to GS ( H: all before this process number is printed."""

    process: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """Another block of data, such as the maker's name: `head` is its first byte."""

    head: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Flow:
    """XON or XOFF: the printer can, or cannot, take more bytes."""

    may_send: bool


Answer = Realtime | Asb | Barrier | ProcessDone | Told | Flow


class Answers:
    """Tells a printer's answers apart, however the bytes are split."""

    def __init__(self) -> None:
        self._open = b""

    def feed(self, said: bytes) -> list[Answer]:
        """Take bytes and return the answers that are complete now."""
        found: list[Answer] = []
        for byte in said:
            found += self._byte(byte)
        return found

    def _byte(self, byte: int) -> list[Answer]:
        if byte in (XON, XOFF):
            return [Flow(may_send=byte == XON)]
        if self._open and not goes_on(self._open, byte):
            self._open = b""
        if self._open or begins(byte):
            self._open += bytes((byte,))
            return self._closed()
        return alone(byte)

    def _closed(self) -> list[Answer]:
        """Return the answer that has just become complete, none where bytes are missing."""
        head, whole = self._open[0], self._open
        if head in BLOCKS:
            if whole[-1] != 0:
                return []
            self._open = b""
            return [block(whole)]
        if len(whole) < ASB_BYTES:
            return []
        self._open = b""
        return [Asb(whole)]


def begins(byte: int) -> bool:
    """Tell whether an answer of several bytes begins with this one."""
    return byte in BLOCKS or byte & 0x93 == 0x10


def goes_on(begun: bytes, byte: int) -> bool:
    """Tell whether a byte belongs to an answer begun before; else that one was cut off."""
    if begun[0] in BLOCKS:
        return len(begun) < LONGEST_BLOCK and (byte == 0 or 0x20 <= byte < 0x7F)
    return byte & 0x90 == 0


def alone(byte: int) -> list[Answer]:
    """Return the answer that one byte is; none for noise."""
    if byte & 0x93 == 0x12:
        return [Realtime(byte)]
    return [Barrier(byte)] if byte & 0x90 == 0 else []


def block(whole: bytes) -> Answer:
    """Return a block of data as what it is: 37h 22h is a process number."""
    if whole[:2] == b"\x37\x22":
        return ProcessDone(whole[2:-1])
    return Told(whole[0], whole[1:-1])


def bits_of(question: int, byte: int) -> tuple[str, ...]:
    """Return what an answer to DLE EOT says, as names of words; nothing where all is well."""
    return tuple(name for bits, name in BITS[question] if byte & bits)


def status_of(bytes_by_question: Mapping[int, int]) -> PrinterStatus:
    """Return the status that the answers to DLE EOT 1 to 4 mean; one missing is no answer."""
    if any(question not in bytes_by_question for question in QUESTIONS):
        return "NO_ANSWER"
    printer, offline, error, paper = (bytes_by_question[question] for question in QUESTIONS)
    cases: tuple[tuple[int, PrinterStatus], ...] = (
        (offline & 0x04, "COVER_OPEN"),
        (offline & 0x20 or paper & 0x60, "PAPER_OUT"),
        (error & 0x08, "CUTTER_ERROR"),
        (error & 0x64 or offline & 0x40, "ERROR"),
        (printer & 0x28, "OFFLINE"),
        (paper & 0x0C, "PAPER_LOW"),
    )
    return next((status for bits, status in cases if bits), "ONLINE")


def status_of_asb(parts: bytes) -> PrinterStatus:
    """Return the status that four bytes of automatic status mean."""
    printer, error, paper = parts[0], parts[1], parts[2]
    cases: tuple[tuple[int, PrinterStatus], ...] = (
        (printer & 0x20, "COVER_OPEN"),
        (paper & 0x0C, "PAPER_OUT"),
        (error & 0x08, "CUTTER_ERROR"),
        (error & 0x64, "ERROR"),
        (printer & 0x08, "OFFLINE"),
        (paper & 0x03, "PAPER_LOW"),
    )
    return next((status for bits, status in cases if bits), "ONLINE")
