"""Turns commands into rows of dots: text in lines, images, QR codes, and the modes that say how. Pure.

Sources: Epson ESC/POS reference, the page of each command.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from printer.virtual.image import LARGEST_MODULE, LEVELS, Code, Graphic, Image, raster_image, stored_graphic
from printer.virtual.line import Line, Style, shifted, turned
from printer.virtual.parse import RASTER, ROW, TEXT, Command, pair

DEFAULT_LINE = 30
LARGEST_TIMES = 8
QR = 49
PAGES: Mapping[int, str] = MappingProxyType(
    {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 16: "cp1252", 17: "cp866", 18: "cp852", 19: "cp858"}
)
"""Code pages by their number in ESC t."""

PLAIN = Style()
Rows = Sequence[bytes]
NONE: Rows = ()


@dataclass(frozen=True, slots=True)
class Modes:
    """What ESC @ resets; distances in dots, tab stops in characters."""

    style: Style = PLAIN
    left: int = 0
    area: int | None = None
    line: int = DEFAULT_LINE
    align: int = 0
    page: str = PAGES[0]
    turned: bool = False
    tabs: tuple[int, ...] = tuple(range(8, 257, 8))


class Typesetter:
    """What a printer knows between two commands. `texts` are the lines of text it has printed."""

    def __init__(self, width: int) -> None:
        self.width, self.texts = width, list[bytes]()
        self.reset()

    def reset(self) -> None:
        """Forget modes, the line that waits and a code or an image that is stored, as ESC @ does."""
        self.modes, self._code = Modes(), Code()
        self._graphic: Graphic | None = None
        self._image = Image(0, 1, 1)
        self.clear()

    def clear(self) -> None:
        """Forget the line that waits and the image that arrives."""
        self._line, self.rows_left = Line(), 0

    def obey(self, command: Command) -> Rows | None:
        """Return the rows of dots that leave the head now; None where the command is not known."""
        deed = DEEDS.get(command.name)
        return deed(self, command.data) if deed is not None and command.known else None

    def print_line(self, rows: int) -> Rows:
        """Print the line that waits and move on by so many rows, or by its own height where that is more."""
        line, self._line = self._line, Line()
        if line.raw:
            self.texts.append(bytes(line.raw))
        width = max(self.area, line.end)
        offset = (width - line.end) * self.modes.align // 2
        inked = [row >> offset for row in line.rows(width)]
        if self.modes.turned:
            inked = turned(inked, width)
        blank = [bytes(self.width // 8)] * (rows - len(inked))
        return [*self._placed(inked, self.modes.left, width), *blank]

    def end_line(self) -> Rows:
        """Print the line that waits, if one is begun: images and cuts begin at the left."""
        return self.print_line(self.modes.line) if self._line.is_begun else NONE

    @property
    def area(self) -> int:
        """Dots in which lines are set, right of the margin."""
        rest = max(0, self.width - self.modes.left)
        return rest if self.modes.area is None else min(rest, self.modes.area)

    def _aligned(self, width: int) -> int:
        """Return where something so wide begins: left, in the middle or right."""
        return self.modes.left + max(0, self.area - width) * self.modes.align // 2

    def _placed(self, rows: Iterable[int], x: int, width: int) -> list[bytes]:
        """Return dots of this width as rows of the paper, `x` from its left edge; what is right of the head is lost."""
        by, head = self.width - x - width, (1 << self.width) - 1
        return [(shifted(row, by) & head).to_bytes(self.width // 8, "big") for row in rows]

    def _set(self, **modes: object) -> Rows:
        self.modes = replace(self.modes, **modes)  # type: ignore[arg-type]
        return NONE

    def _style(self, **style: object) -> Rows:
        return self._set(style=replace(self.modes.style, **style))  # type: ignore[arg-type]

    # Text

    def _text(self, data: bytes) -> Rows:
        """Set characters; a line that is full is printed."""
        printed: list[bytes] = []
        style = self.modes.style
        for byte in data:
            if self._line.x + style.advance > self.area and self._line.cells:
                printed += self.print_line(self.modes.line)
            self._line.add(byte, bytes((byte,)).decode(self.modes.page, "replace"), style)
        return printed

    def _tab(self, _data: bytes) -> Rows:
        """HT: the next stop; where there is none it is ignored."""
        stops = (stop * self.modes.style.advance for stop in self.modes.tabs)
        stop = next((stop for stop in stops if stop > self._line.x), self.area)
        if stop < self.area:
            self._line.x = stop
        return NONE

    def _modes_byte(self, data: bytes) -> Rows:
        """ESC ! n."""
        bits = data[0]
        return self._style(
            font="B" if bits & 0x01 else "A",
            bold=bool(bits & 0x08),
            high=2 if bits & 0x10 else 1,
            wide=2 if bits & 0x20 else 1,
            underline=1 if bits & 0x80 else 0,
        )

    def _size(self, data: bytes) -> Rows:
        """GS ! n: times wider in the upper half, times higher in the lower; more than 8 is ignored."""
        wide, high = (data[0] >> 4) + 1, (data[0] & 15) + 1
        return self._style(wide=wide, high=high) if max(wide, high) <= LARGEST_TIMES else NONE

    def _page(self, data: bytes) -> Rows | None:
        """ESC t n."""
        return self._set(page=PAGES[data[0]]) if data[0] in PAGES else None

    def _go(self, x: int) -> Rows:
        """Go on at a place of the line; one outside is ignored."""
        if 0 <= x < self.area:
            self._line.x = x
        return NONE

    # Images and codes

    def _raster(self, data: bytes) -> Rows:
        """GS v 0: its rows follow one by one.

        A line of text that is begun is fed first, as an independent emulator does: images are moved by GS L alone.
        """
        fed, image = self.end_line(), raster_image(data)
        self._image, self.rows_left = replace(image, x=self._aligned(image.width)), pair(data, 4)
        return fed

    def _row(self, data: bytes) -> Rows:
        image, self.rows_left = self._image, self.rows_left - 1
        return self._placed([image.row(data)] * image.high, image.x, image.width)

    def _graphics(self, body: bytes) -> Rows | None:
        """Store (function 112) or print (50, 2) a graphic: m fn ..."""
        function = body[1] if len(body) > 1 else -1
        if function == 112:
            self._graphic = stored_graphic(body[2:])
            return NONE
        if function not in (2, 50):
            return None
        graphic, self._graphic = self._graphic, None
        return NONE if graphic is None else self._block(graphic.rows, graphic.image.width)

    def _symbol(self, data: bytes) -> Rows | None:
        """GS ( k pL pH cn fn ...: a QR code's module size, level, content, and printing."""
        body = data[2:]
        if len(body) < 3 or body[0] != QR:
            return None
        function, value, content = body[1], body[2], body[3:]
        if function == 67 and 1 <= value <= LARGEST_MODULE:
            self._code = replace(self._code, module=value)
        elif function == 69 and value in LEVELS:
            self._code = replace(self._code, level=value)
        elif function == 80:
            self._code = replace(self._code, content=content)
        elif function == 81:
            return self._printed_code()
        return NONE if function in (65, 67, 69, 80) else None

    def _printed_code(self) -> Rows:
        """Return the code as rows; one that is wider than the area is not printed."""
        rows = self._code.rows()
        return self._block((int(row, 2) for row in rows), len(rows)) if 0 < len(rows) <= self.area else NONE

    def _block(self, rows: Iterable[int], width: int) -> Rows:
        """Return what is printed under the line that waits, at the place that the alignment says."""
        return [*self.end_line(), *self._placed(rows, self._aligned(width), width)]


Deed = Callable[[Typesetter, bytes], Rows | None]
DEEDS: dict[bytes, Deed] = {
    b"\n": lambda it, _data: it.print_line(it.modes.line),
    b"\t": Typesetter._tab,
    b"\x1bJ": lambda it, data: it.print_line(data[0]),
    b"\x1bd": lambda it, data: it.print_line(data[0] * it.modes.line),
    b"\x1b!": Typesetter._modes_byte,
    b"\x1bE": lambda it, data: it._style(bold=bool(data[0] & 1)),
    b"\x1bG": lambda it, data: it._style(bold=bool(data[0] & 1)),
    b"\x1b-": lambda it, data: it._style(underline=data[0] % 48 % 3),
    b"\x1bM": lambda it, data: it._style(font="B" if data[0] % 48 == 1 else "A"),
    b"\x1b ": lambda it, data: it._style(space=data[0]),
    b"\x1d!": Typesetter._size,
    b"\x1dB": lambda it, data: it._style(reverse=bool(data[0] & 1)),
    b"\x1bt": Typesetter._page,
    b"\x1ba": lambda it, data: it._set(align=data[0] % 48 % 3),
    b"\x1b3": lambda it, data: it._set(line=data[0]),
    b"\x1b2": lambda it, _data: it._set(line=DEFAULT_LINE),
    b"\x1b{": lambda it, data: it._set(turned=bool(data[0] & 1)),
    b"\x1bD": lambda it, data: it._set(tabs=tuple(data[:-1])),
    b"\x1b$": lambda it, data: it._go(pair(data, 0)),
    b"\x1b\\": lambda it, data: it._go(it._line.x + int.from_bytes(data, "little", signed=True)),
    b"\x1dL": lambda it, data: it._set(left=pair(data, 0)),
    b"\x1dW": lambda it, data: it._set(area=pair(data, 0)),
    RASTER: Typesetter._raster,
    ROW: Typesetter._row,
    b"\x1d(L": lambda it, data: it._graphics(data[2:]),
    b"\x1d8": lambda it, data: it._graphics(data[5:]) if data[:1] == b"L" else None,
    b"\x1d(k": Typesetter._symbol,
    TEXT: Typesetter._text,
} | dict.fromkeys(
    [b"\0", b"\r", b"\x1bR", b"\x1bV", b"\x1bU", b"\x1b=", b"\x1bc", b"\x1dP", b"\x1db", b"\x1d|", b"\x1c&", b"\x1c."],
    lambda _it, _data: NONE,  # they change no dot of ours
)
