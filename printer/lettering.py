"""Texts in dots: the house's typeface at the sizes of paper, wrapped and shrunk so that nothing is ever clipped."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from types import MappingProxyType

import structlog
from PySide6.QtCore import Qt, QTextBoundaryFinder
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from config.errors import AntreanError
from printer.layout import NO_BREAK, Weight
from ui.fonts import font

log = structlog.get_logger("printer")
WEIGHTS: Mapping[Weight, int] = MappingProxyType({"plain": 500, "bold": 700, "black": 800})
LEADING = 1.24
WORD_SPACE = 0.05
"""Added between words, in font sizes: thermal paper bleeds, and narrow spaces close up."""
LEAST_PX = 12
"""The smallest type that paper shows, 1.5 mm; a word that is too wide even so is broken."""
OUTLINE_PX = 1000
NUMBER_SPACING = 103.0
WHITE = re.compile(r"[^\S\u00a0]+")
JOINERS = "\u200c\u200d"
"""Zero-width joiners: they shape the letters beside them."""
LEFT_OUT = "…"
REPEATED = re.compile(rf"{LEFT_OUT}(?:[ \u00a0]*{LEFT_OUT})+")


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


@lru_cache(maxsize=2048)
def drawable(text: str) -> str:
    """Return a text as this machine's fonts can draw it, never with empty boxes; the log says what they lack.

    Javanese and Arabic come with the program; Debian's fonts-noto-core has the letters of most other scripts.
    """
    metrics = QFontMetricsF(dotted(OUTLINE_PX, WEIGHTS["bold"]))
    lacking = {part for part in tidy(text) if not metrics.inFontUcs4(ord(part))}
    if lacking:
        log.warning("no font for some characters", characters="".join(sorted(lacking)), text=text)
    return without(tidy(text), lacking)


def tidy(text: str) -> str:
    """Return a text with white space as single spaces, and of control characters only those that shape letters."""
    inked = (part for part in WHITE.sub(" ", text) if part in JOINERS or not unicodedata.category(part).startswith("C"))
    return WHITE.sub(" ", "".join(inked)).strip(" ")


def without(text: str, lacking: Set[str]) -> str:
    """Return a text with an ellipsis where letters are lacking; a mark that is lacking leaves its letter alone."""
    parts = (part if part not in lacking else "" if unicodedata.combining(part) else LEFT_OUT for part in text)
    return REPEATED.sub(LEFT_OUT, "".join(parts))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a line's ink goes from its pen's start, in dots; `right` at least as far as the pen itself."""

    left: int
    right: int
    above: int
    below: int

    @property
    def width(self) -> int:
        """Dots across."""
        return self.left + self.right


@lru_cache(maxsize=8192)
def reach(text: str, px: int, weight: int) -> Reach:
    """Return where the ink of a line goes: letters may lean out on either side, and some scripts are tall.

    Measured on the outline, because Qt's tightBoundingRect misses the marks above and below letters of Javanese.
    """
    outline = QPainterPath()
    outline.addText(0, 0, dotted(px, weight), text)
    pen, box = QFontMetricsF(dotted(px, weight)).horizontalAdvance(text), outline.boundingRect()
    if box.isEmpty():
        return Reach(0, ceil(pen), 0, 0)
    edges = (-box.left(), max(pen, box.right()), -box.top(), box.bottom())
    return Reach(*(max(0, ceil(edge)) for edge in edges))


@dataclass(frozen=True, slots=True)
class Lines:
    """A text cut into lines that all fit, at one size."""

    lines: tuple[str, ...]
    px: int
    weight: int

    @property
    def reaches(self) -> list[Reach]:
        """How far the ink of each line goes."""
        return [reach(line, self.px, self.weight) for line in self.lines]

    @property
    def above(self) -> int:
        """Dots of ink above a base line, at most."""
        return max(one.above for one in self.reaches)

    @property
    def below(self) -> int:
        """Dots of ink below a base line, at most."""
        return max(one.below for one in self.reaches)

    @property
    def step(self) -> int:
        """Dots from one base line to the next."""
        return max(round(self.px * LEADING), self.above + self.below)

    @property
    def height(self) -> int:
        """Dots from the top of the first line to the bottom of the last."""
        return self.step * len(self.lines)

    @property
    def width(self) -> int:
        """Dots of the widest line."""
        return max(one.width for one in self.reaches)

    @property
    def base(self) -> int:
        """Dots from the top of a line to its base line: capitals stand in the middle where nothing is too tall."""
        capitals = QFontMetricsF(dotted(self.px, self.weight)).capHeight()
        return max(self.above, min(round((self.step + capitals) / 2), self.step - self.below))


@lru_cache(maxsize=2048)
def lines_of(text: str, width: int, px: int, weight: int) -> Lines:
    """Return a text in lines no wider than `width`; a word too wide makes all smaller, down to what can be read.

    A word that is too wide even then is broken between characters. NoRoom where a single one is too wide.
    """
    least = min(px, LEAST_PX)
    for size in range(px, least - 1, -1):
        cut = Lines(wrapped(text, width, size, weight), size, weight)
        if cut.width <= width:
            return cut
    words = (piece for word in text.split(" ") for piece in broken(word, width, least, weight))
    cut = Lines(wrapped(" ".join(words), width, least, weight), least, weight)
    if cut.width > width:
        raise NoRoom(text=text, dots=width)
    return cut


def broken(word: str, width: int, px: int, weight: int) -> Iterator[str]:
    """Yield a word in pieces no wider than `width`, cut between what a reader takes for characters."""
    piece = ""
    for character in graphemes(word):
        if piece and reach(piece + character, px, weight).width > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def graphemes(word: str) -> Iterator[str]:
    """Yield what a reader takes for characters: a letter with all its marks. Qt counts in units of UTF-16."""
    units = word.encode("utf-16-le")
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, word)
    start = 0
    while (end := finder.toNextBoundary()) != -1:
        yield units[2 * start : 2 * end].decode("utf-16-le")
        start = end


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
        if line and reach(longer, px, weight).width > width:
            lines.append(line.removesuffix(" ·"))
            longer = word.removeprefix("·")
        line = longer
    return (*lines, line)


def evened(text: str, full: Lines, width: int) -> Lines:
    """Return a text in as many lines as before, broken at the narrowest width that needs no more of them.

    Of two lines the second begins with what stands in brackets, where both then fit and neither is a mere scrap.
    """
    best = full.lines
    apart = text.replace(NO_BREAK, " ").split(" (", 1)
    if len(best) == len(apart) == 2:
        bracketed = Lines((apart[0], f"({apart[1]}"), full.px, full.weight)
        widths = [one.width for one in bracketed.reaches]
        if max(widths) <= min(width, 2 * min(widths)):
            return bracketed
    for narrower in range(width, width // 2, -8):
        cut = wrapped(text, narrower, full.px, full.weight)
        if len(cut) > len(best) or Lines(cut, full.px, full.weight).width > narrower:
            break
        best = cut
    return Lines(best, full.px, full.weight)


def number_path(text: str, width: float, height: float, *, least_stretch: float) -> QPainterPath:
    """Return a number's outline, its capitals `height` dots high and never wider than `width`; empty for no ink.

    A number too wide is made narrower down to `least_stretch` of its own proportions, then smaller.
    """
    face = QFont(font(OUTLINE_PX, WEIGHTS["black"], tabular=False))
    face.setLetterSpacing(QFont.SpacingType.PercentageSpacing, NUMBER_SPACING)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, face, text)
    bounds = path.boundingRect()
    if not bounds.width():
        return path
    down = height / QFontMetricsF(face).capHeight()
    across = min(down, width / bounds.width())
    down = min(down, across / least_stretch)
    return QTransform().scale(across, down).translate(-bounds.left(), 0).map(path)
