"""The house's typeface at exact sizes, and text wrapped and shrunk until it fits: never clipped, never elided."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from config.errors import AntreanError

FAMILY = "Plus Jakarta Sans"
FALLBACKS = ("Inter", "Noto Sans", "Noto Sans Arabic", "Noto Sans Javanese")
FOLDER = Path(__file__).parent / "fonts"
LEADING = 1.18
"""Distance of two base lines, in font sizes."""


class FontMissing(AntreanError):
    """A font file of the program is missing or damaged."""

    key = "ui.font_missing"


@cache
def load_fonts() -> str:
    """Load the five weights once, and return the family's name; FontMissing where a file cannot be read."""
    for path in sorted(FOLDER.glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FontMissing(path=path.name)
    if FAMILY not in QFontDatabase.families():
        raise FontMissing(path=str(FOLDER))
    return FAMILY


@lru_cache(maxsize=512)
def font(px: int, weight: int = 500, *, tabular: bool = True) -> QFont:
    """Return the house's font at a pixel size; weights are 400 to 800, tabular figures all have one width.

    Fonts are shared: copy before changing one.
    """
    made = QFont([FAMILY, *FALLBACKS])
    made.setPixelSize(max(1, px))
    made.setWeight(QFont.Weight(weight))
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def forget_fonts() -> None:
    """Let go of all fonts kept, which must not outlive the application."""
    font.cache_clear()


@lru_cache(maxsize=4096)
def width_of(text: str, px: int, weight: int = 500) -> float:
    """Return how wide a text is in one line, in pixels."""
    return QFontMetricsF(font(px, weight)).horizontalAdvance(text)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text cut into lines at one pixel size; `fits` is False where the floor had to be broken."""

    text: str
    px: int
    weight: int
    lines: tuple[str, ...]
    fits: bool

    @property
    def font(self) -> QFont:
        """The font to paint the lines with."""
        return font(self.px, self.weight)

    @property
    def line_height(self) -> float:
        """Distance of two base lines in pixels."""
        return self.px * LEADING

    @property
    def height(self) -> float:
        """Height of all lines in pixels."""
        return self.line_height * len(self.lines)

    @property
    def width(self) -> float:
        """Width of the widest line in pixels."""
        return max((width_of(line, self.px, self.weight) for line in self.lines), default=0.0)


@lru_cache(maxsize=4096)
def wrapped(text: str, width: float, px: int, weight: int = 500) -> tuple[str, ...]:
    """Return a text as lines no wider than `width`, broken at spaces; a word too wide stays whole."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, px, weight) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return tuple(lines)


@lru_cache(maxsize=4096)
def balanced(text: str, width: float, px: int, weight: int = 500) -> tuple[str, ...]:
    """Return a text in as few lines as `width` allows, all of them about as long."""
    lines = wrapped(text, width, px, weight)
    if len(lines) < 2 or "\n" in text:
        return lines
    low, high = width / len(lines), width
    while high - low > px / 4:
        middle = (low + high) / 2
        if len(wrapped(text, middle, px, weight)) > len(lines):
            low = middle
        else:
            high = middle
    narrower = wrapped(text, high, px, weight)
    widest = max(width_of(line, px, weight) for line in narrower)
    return narrower if widest <= width else lines


NEARLY = 0.85
"""A text that stands in fewer lines at this share of its size does so."""


@lru_cache(maxsize=4096)
def fitted(
    text: str, width: float, height: float, px: int, *, floor: int | None = None, weight: int = 500, lines: int = 1
) -> Fitted:
    """Return a text at the largest size from `px` down to `floor` that fits a box in at most so many lines.

    Where even the floor is too large it goes on shrinking, because a small word beats a cut one, and says so in `fits`.
    """
    least = px if floor is None else floor
    best = largest(text, width, height, px, weight, lines)
    if len(best.lines) > 1:
        tighter = largest(text, width, height, best.px, weight, len(best.lines) - 1)
        if tighter.px >= best.px * NEARLY:
            best = tighter
    return Fitted(text, best.px, weight, best.lines, fits=best.px >= least)


def largest(text: str, width: float, height: float, px: int, weight: int, lines: int) -> Fitted:
    """Return a text at the largest size up to `px` that fits a box in at most so many lines."""
    for size in range(px, 3, -1):
        made = Fitted(text, size, weight, balanced(text, width, size, weight), fits=True)
        if len(made.lines) <= lines and made.width <= width and made.height <= height:
            return made
    return Fitted(text, 4, weight, wrapped(text, width, 4, weight), fits=False)


@dataclass(frozen=True, slots=True)
class Wish:
    """A text that wants to stand in a width: from `px` down to `floor`, in at most so many lines."""

    text: str
    width: float
    px: int
    floor: int
    weight: int
    lines: int

    def at(self, share: float) -> Fitted:
        """Return the text at a share of its size, never under the floor."""
        px = max(self.floor, round(self.px * share)) if share >= 0.5 else max(4, round(self.floor * share * 2))
        lines = balanced(self.text, self.width, px, self.weight) if self.text else ()
        return Fitted(self.text, px, self.weight, lines, fits=share >= 0.5)

    def holds(self, made: Fitted) -> bool:
        """Tell whether a fitted text keeps to the wish."""
        return len(made.lines) <= self.lines and made.width <= self.width


@lru_cache(maxsize=4096)
def fitted_pair(title: Wish, detail: Wish, height: float) -> tuple[Fitted, Fitted]:
    """Return a title and the smaller text below it, shrunk together until both stand in a height."""
    for percent in range(100, 4, -2):
        over, under = title.at(percent / 100), detail.at(percent / 100)
        if title.holds(over) and detail.holds(under) and over.height + under.height <= height:
            return over, under
    return title.at(0.05), detail.at(0.05)
