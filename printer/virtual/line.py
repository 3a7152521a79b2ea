"""One line of a printer's text: cells beside each other, standing on one base, in the style of each.

Sources: Epson ESC/POS reference, pages esc_exclamation, gs_exclamation, esc_minus, gs_cb, esc_lbrace.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from printer.virtual.glyphs import FACES, Glyph, glyph

Font = Literal["A", "B"]


@dataclass(frozen=True, slots=True)
class Style:
    """How characters look: times wider and higher, dots of underline, dots of space at the right of each."""

    font: Font = "A"
    wide: int = 1
    high: int = 1
    bold: bool = False
    underline: int = 0
    reverse: bool = False
    space: int = 0

    @property
    def advance(self) -> int:
        """Dots from a character's left edge to the next one's."""
        return (FACES[self.font].width + self.space) * self.wide


@lru_cache(maxsize=2048)
def cell_of(char: str, style: Style) -> Glyph:
    """Return a character as it is printed: rows of `style.advance` dots."""
    face = FACES[style.font]
    rows = [row | row >> 1 for row in glyph(char, style.font)] if style.bold else list(glyph(char, style.font))
    full = (1 << style.advance) - 1
    wide = [stretched(row, face.width, style.wide) << style.space * style.wide for row in rows]
    if style.reverse:
        wide = [row ^ full for row in wide]
    high = [row for row in wide for _ in range(style.high)]
    if style.underline and not style.reverse:
        high[-style.underline :] = [full] * style.underline
    return tuple(high)


def stretched(row: int, width: int, times: int) -> int:
    """Return a row of dots with each dot so many times as wide."""
    return int("".join(dot * times for dot in f"{row:0{width}b}"), 2)


@dataclass(slots=True)
class Line:
    """What waits in the line buffer: cells with their `x` in dots, and the bytes they came from."""

    x: int = 0
    end: int = 0
    cells: list[tuple[int, int, Glyph]] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)

    @property
    def is_begun(self) -> bool:
        """Whether something stands in it, if only a place to begin at."""
        return self.x > 0 or bool(self.cells)

    def add(self, byte: int, char: str, style: Style) -> None:
        """Set one character and move on."""
        self.raw.append(byte)
        self.cells.append((self.x, style.advance, cell_of(char, style)))
        self.x += style.advance
        self.end = max(self.end, self.x)

    def rows(self, width: int) -> list[int]:
        """Return the line as rows of `width` dots; what reaches beyond is lost."""
        height = max((len(cell) for _, _, cell in self.cells), default=0)
        ink = [0] * height
        for x, advance, cell in self.cells:
            for y, row in enumerate(cell, height - len(cell)):
                ink[y] |= shifted(row, width - x - advance)
        return ink


def shifted(row: int, by: int) -> int:
    """Return a row moved left by so many dots, or right where it is less than none."""
    return row << by if by >= 0 else row >> -by


def turned(rows: list[int], width: int) -> list[int]:
    """Return rows of dots upside down."""
    return [int(f"{row:0{width}b}"[::-1], 2) for row in reversed(rows)]
