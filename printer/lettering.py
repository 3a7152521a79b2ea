"""Texts in dots: the house's typeface at the sizes of paper, wrapped and shrunk so that nothing is ever clipped."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from config.errors import AntreanError
from printer.layout import NO_BREAK, Weight
from ui.fonts import font

WEIGHTS: Mapping[Weight, int] = MappingProxyType({"plain": 500, "bold": 700, "black": 800})
LEADING = 1.24
WORD_SPACE = 0.05
"""Added between words, in font sizes: thermal paper bleeds, and narrow spaces close up."""
LEAST_PX = 6
OUTLINE_PX = 1000
NUMBER_SPACING = 103.0


class NoRoom(AntreanError):
    """A text cannot be made small enough for the paper."""

    key = "printer.no_room"


@lru_cache(maxsize=256)
def dotted(px: int, weight: int) -> QFont:
    """Return the house's font for paper: dots are black or white, nothing between."""
    made = QFont(font(px, weight, tabular=False))
    made.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
    made.setWordSpacing(px * WORD_SPACE)
    return made


@lru_cache(maxsize=8192)
def advance(text: str, px: int, weight: int) -> float:
    """Return how wide a text is in one line, in dots."""
    return QFontMetricsF(dotted(px, weight)).horizontalAdvance(text)


@dataclass(frozen=True, slots=True)
class Lines:
    """A text cut into lines that all fit, at one size."""

    lines: tuple[str, ...]
    px: int
    weight: int

    @property
    def step(self) -> int:
        """Dots from one base line to the next."""
        return round(self.px * LEADING)

    @property
    def height(self) -> int:
        """Dots from the top of the first line to the bottom of the last."""
        return self.step * len(self.lines)

    @property
    def width(self) -> float:
        """Dots of the widest line."""
        return max(advance(line, self.px, self.weight) for line in self.lines)

    @property
    def base(self) -> int:
        """Dots from the top of a line to its base line."""
        metrics = QFontMetricsF(dotted(self.px, self.weight))
        return round((self.step + metrics.capHeight()) / 2)


@lru_cache(maxsize=2048)
def lines_of(text: str, width: int, px: int, weight: int) -> Lines:
    """Return a text in lines no wider than `width`; a word too wide makes all smaller. NoRoom where nothing helps."""
    for size in range(px, LEAST_PX - 1, -1):
        cut = Lines(wrapped(text, width, size, weight), size, weight)
        if cut.width <= width:
            return cut
    raise NoRoom(text=text, dots=width)


@lru_cache(maxsize=2048)
def even_lines(text: str, width: int, px: int, weight: int, *, floor: int) -> Lines:
    """Return a text in lines about equally long; smaller, but not below `floor`, where it then needs fewer of them."""
    sizes = (lines_of(text, width, size, weight) for size in range(px, min(px, floor) - 1, -1))
    return evened(text, min(sizes, key=lambda cut: len(cut.lines)), width)


def wrapped(text: str, width: float, px: int, weight: int) -> tuple[str, ...]:
    """Return a text broken between words so that each line is as full as it can be; no "·" stands at its end.

    At a no-break space it is never broken; in the lines it is a space like any other.
    """
    lines: list[str] = []
    line = ""
    for word in (part.replace(NO_BREAK, " ") for part in text.split(" ")):
        longer = f"{line} {word}" if line else word
        if line and advance(longer, px, weight) > width:
            lines.append(line.removesuffix(" ·"))
            longer = word.removeprefix("·")
        line = longer
    return (*lines, line)


def evened(text: str, full: Lines, width: int) -> Lines:
    """Return a text in as many lines as before, broken at the narrowest width that needs no more of them."""
    best = full.lines
    for narrower in range(width, width // 2, -8):
        cut = wrapped(text, narrower, full.px, full.weight)
        if len(cut) > len(best) or Lines(cut, full.px, full.weight).width > narrower:
            break
        best = cut
    return Lines(best, full.px, full.weight)


def number_path(text: str, width: float, height: float, *, least_stretch: float) -> QPainterPath:
    """Return a number's outline, its capitals `height` dots high and never wider than `width`.

    A number too wide is made narrower down to `least_stretch` of its own proportions, then smaller.
    """
    face = QFont(font(OUTLINE_PX, WEIGHTS["black"], tabular=False))
    face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, NUMBER_SPACING)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, face, text)
    bounds = path.boundingRect()
    down = height / QFontMetricsF(face).capHeight()
    across = min(down, width / bounds.width())
    down = min(down, across / least_stretch)
    return QTransform().scale(across, down).translate(-bounds.left(), 0).map(path)
