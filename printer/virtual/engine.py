"""A printer made of software: it obeys ESC/POS as a real one does, and gives paper. Pure: no threads, no clock.

Real-time commands are obeyed as they arrive, all others in order, and only while there is paper and the cover is shut.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from printer.virtual.page import Page, Paper, heightened, widened
from printer.virtual.parse import Command, Parser, pair

DEFAULT_LINE = 30
MAKER, MODEL, FIRMWARE = b"ANTREAN", b"VIRTUAL", b"1"
ASB_ALL = 0x0E
SMALL_CUT_FEED = 2


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with the printer: `silent` answers nothing, `clone` does not know GS ( H."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    silent: bool = False
    clone: bool = False

    @property
    def stop(self) -> bool:
        """Whether it prints nothing now."""
        return self.paper_out or self.cover_open


@dataclass(frozen=True, slots=True)
class Modes:
    """What ESC @ resets; distances in dots."""

    left: int = 0
    x: int = 0
    line: int = DEFAULT_LINE
    align: int = 0
    asb: int = 0


class Engine:
    """One printer with a head of `width` dots. `feed` it bytes, then take its answers and its papers."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.faults = Faults()
        self.unknown: Counter[bytes] = Counter()
        self.texts: list[bytes] = []
        self._parser, self._page, self._modes = Parser(), Page(width), Modes()
        self._waiting: deque[Command] = deque()
        self._answers = bytearray()
        self._papers: list[Paper] = []

    def feed(self, data: bytes) -> None:
        """Take bytes."""
        for command in self._parser.feed(data):
            if command.name in REALTIME:
                REALTIME[command.name](self, command.data)
            else:
                self._waiting.append(command)
        self._work()

    def set(self, faults: Faults) -> None:
        """Break or mend something; a new roll begins a new piece of paper, and work goes on where it stopped."""
        before, self.faults = self.faults, faults
        if before.paper_out and not faults.paper_out:
            self._give(self._page.take("torn"))
        if self._modes.asb and before != faults:
            self._say(self._asb())
        self._work()

    def power_off(self) -> None:
        """Lose all that is in the printer's memory; what has come out hangs there torn."""
        self._parser, self._modes = Parser(), Modes()
        self._waiting.clear()
        self._answers.clear()
        self._give(self._page.take("torn"))

    def take_answers(self) -> bytes:
        """Return what the printer has said since the last time."""
        said = bytes(self._answers)
        self._answers.clear()
        return said

    def take_papers(self) -> list[Paper]:
        """Return the papers that have come out since the last time."""
        papers, self._papers = self._papers, []
        return papers

    def _work(self) -> None:
        while self._waiting and not self.faults.stop:
            command = self._waiting.popleft()
            deed = DEEDS.get(command.name)
            if deed is None or not command.known or (self.faults.clone and command.name == b"\x1d(H"):
                self.unknown[command.name] += 1
            else:
                deed(self, command.data)

    def _say(self, said: bytes) -> None:
        if not self.faults.silent:
            self._answers += said

    def _give(self, paper: Paper | None) -> None:
        if paper is not None:
            self._papers.append(paper)

    def _set(self, **modes: int) -> None:
        self._modes = replace(self._modes, **modes)

    # Real-time commands

    def _status(self, data: bytes) -> None:
        """DLE EOT n."""
        faults = self.faults
        said = {
            1: 0x08 if faults.stop else 0,
            2: (0x04 if faults.cover_open else 0) | (0x20 if faults.paper_out else 0),
            3: 0,
            4: self._paper_bits() << 2 | (0x60 if faults.paper_out else 0),
        }
        if data[0] in said:
            self._say(bytes((0x12 | said[data[0]],)))

    def _recover(self, data: bytes) -> None:
        """DLE ENQ n: 2 also clears what waits."""
        if data[0] == 2:
            self._waiting.clear()

    def _realtime(self, data: bytes) -> None:
        """DLE DC4 fn: 8 clears the buffers; a drawer or a power switch is not there."""
        if data[0] == 8:
            self._waiting.clear()
            self._say(b"\x37\x25\x00")

    # Commands in order

    def _reset(self, _data: bytes) -> None:
        self._modes = Modes()

    def _line_feed(self, _data: bytes) -> None:
        self._page.feed(self._modes.line)
        self._set(x=0)

    def _feed_dots(self, data: bytes) -> None:
        self._page.feed(data[0])

    def _feed_lines(self, data: bytes) -> None:
        self._page.feed(data[0] * self._modes.line)

    def _raster(self, data: bytes) -> None:
        """GS v 0 m xL xH yL yH d1...dk; bit 0 of m doubles the width, bit 1 the height.

        A line of text begun by ESC $ is fed first, as an independent emulator does: images are moved by GS L alone.
        """
        mode, width, dots = data[1] & 3, pair(data, 2), data[6:]
        if not width:
            return
        if mode & 2:
            dots = heightened(dots, width)
        if mode & 1:
            dots, width = widened(dots), width * 2
        if self._modes.x:
            self._line_feed(b"")
        room = self.width - self._modes.left - width * 8
        aligned = max(0, room) * self._modes.align // 2
        self._page.print(self._modes.left + aligned, width, dots)

    def _cut(self, data: bytes) -> None:
        """GS V m [n]: where n stands, feed it first."""
        if len(data) == SMALL_CUT_FEED:
            self._page.feed(data[1])
        self._give(self._page.take("cut"))

    def _function_h(self, data: bytes) -> None:
        """GS ( H pL pH fn m d1 d2 d3 d4: function 48 answers with the four bytes."""
        if data[2:4] == b"00" and len(data) == 8:
            self._say(b"\x37\x22" + data[4:] + b"\x00")

    def _barrier(self, data: bytes) -> None:
        """GS r n: 1 or 49 answers with the paper sensors."""
        if data[0] in (1, 49):
            self._say(bytes((self._paper_bits(),)))
        elif data[0] in (2, 50):
            self._say(b"\x00")

    def _automatic(self, data: bytes) -> None:
        """GS a n: report the status now and at each change."""
        self._set(asb=data[0] & ASB_ALL)
        if self._modes.asb:
            self._say(self._asb())

    def _identity(self, data: bytes) -> None:
        """GS I n."""
        names = {65: FIRMWARE, 66: MAKER, 67: MODEL}
        self._say(b"_" + names[data[0]] + b"\0" if data[0] in names else b"\x02")

    def _asb(self) -> bytes:
        offline = (0x08 if self.faults.stop else 0) | (0x20 if self.faults.cover_open else 0)
        return bytes((0x10 | offline, 0, self._paper_bits(), 0))

    def _paper_bits(self) -> int:
        """Return bits 0, 1 near end and 2, 3 end."""
        return (0x03 if self.faults.paper_low else 0) | (0x0C if self.faults.paper_out else 0)

    def _text(self, data: bytes) -> None:
        """Characters are kept as they are, without a picture of them."""
        self.texts.append(data)

    def _nothing(self, _data: bytes) -> None:
        """A command that changes no dot of a picture."""


Deed = Callable[[Engine, bytes], None]
REALTIME: dict[bytes, Deed] = {
    b"\x10\x04": Engine._status,
    b"\x10\x05": Engine._recover,
    b"\x10\x14": Engine._realtime,
}
DEEDS: dict[bytes, Deed] = {
    b"\x1b@": Engine._reset,
    b"\n": Engine._line_feed,
    b"\x1bJ": Engine._feed_dots,
    b"\x1bd": Engine._feed_lines,
    b"\x1ba": lambda engine, data: engine._set(align=data[0] % 48 % 3),
    b"\x1b3": lambda engine, data: engine._set(line=data[0]),
    b"\x1b2": lambda engine, _data: engine._set(line=DEFAULT_LINE),
    b"\x1b$": lambda engine, data: engine._set(x=pair(data, 0)),
    b"\x1dL": lambda engine, data: engine._set(left=pair(data, 0)),
    b"\x1dv": Engine._raster,
    b"\x1dV": Engine._cut,
    b"\x1d(H": Engine._function_h,
    b"\x1dr": Engine._barrier,
    b"\x1da": Engine._automatic,
    b"\x1dI": Engine._identity,
    b"text": Engine._text,
} | dict.fromkeys(
    [b"\0", b"\r", b"\t", *(b"\x1b" + bytes((c,)) for c in b"!E-Mt GRV{"), *(b"\x1d" + bytes((c,)) for c in b"!BWP")],
    Engine._nothing,
)
