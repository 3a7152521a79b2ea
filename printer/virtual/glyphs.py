"""The characters of a printer's fonts, each drawn in its cell: Font A 12 x 24 dots, Font B 9 x 17."""

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont

FONT_FILE = "PlusJakartaSans_600SemiBold.ttf"
FINER = 4
"""A character is drawn so many times larger, then made to fit its cell."""
INK_FROM = 112
"""From this darkness on, 0 to 255, a dot of the cell is ink."""
WAYS = MappingProxyType(
    {
        "UP": "U", "DOWN": "D", "LEFT": "L", "RIGHT": "R", "VERTICAL": "UD", "HORIZONTAL": "LR",
    }
)  # fmt: skip
BLOCKS = MappingProxyType(
    {"█": (0, 0, 1, 1), "▀": (0, 0, 1, 0.5), "▄": (0, 0.5, 1, 1), "▌": (0, 0, 0.5, 1), "▐": (0.5, 0, 1, 1)}
)
"""Characters that are a box: left, top, right, bottom as parts of the cell."""
SHADES = MappingProxyType({"░": 1, "▒": 2, "▓": 3})
"""Characters that are a pattern: how many of four dots beside each other are ink."""


@dataclass(frozen=True, slots=True)
class Face:
    """A printer's font: its cell, the row on which letters stand, the size of its letters, all in dots."""

    width: int
    height: int
    base: int
    size: int


FACES: Mapping[str, Face] = MappingProxyType({"A": Face(12, 24, 19, 19), "B": Face(9, 17, 13, 13)})
Glyph = tuple[int, ...]
"""Rows of a cell from the top, its leftmost dot in the highest bit."""


@lru_cache(maxsize=1024)
def glyph(char: str, font: str) -> Glyph:
    """Return a character in its cell; what a font does not have is its box for missing ones."""
    face = FACES[font]
    if char.isspace() or not char.isprintable():
        return (0,) * face.height
    if char in BLOCKS or char in SHADES or unicodedata.name(char, "").startswith("BOX DRAWINGS"):
        return dots_of(drawn_by_hand(char, face))
    return dots_of(lettered(char, face))


def lettered(char: str, face: Face) -> Image.Image:
    """Return a letter in its cell: in the middle, made narrower where it is too wide, one dot of white at its right."""
    letters = letters_of(face.size * FINER)
    wide = max(1, round(letters.getlength(char)))
    large = Image.new("L", (wide, face.height * FINER))
    ImageDraw.Draw(large).text((0, face.base * FINER), char, fill=255, font=letters, anchor="ls")
    fitted = large.resize((min(max(1, round(wide / FINER)), face.width - 1), face.height), Image.Resampling.BOX)
    cell = Image.new("L", (face.width, face.height))
    cell.paste(fitted, ((face.width - fitted.width) // 2, 0))
    return cell


def drawn_by_hand(char: str, face: Face) -> Image.Image:
    """Return a block, a shade or a line of a frame, which letters' fonts lack."""
    cell = Image.new("L", (face.width, face.height))
    pen = ImageDraw.Draw(cell)
    if char in BLOCKS:
        left, top, right, bottom = BLOCKS[char]
        box = (left * face.width, top * face.height, right * face.width - 1, bottom * face.height - 1)
        pen.rectangle(tuple(round(edge) for edge in box), fill=255)
    elif char in SHADES:
        places = [(x, y) for y in range(face.height) for x in range(face.width)]
        pen.point([(x, y) for x, y in places if (x + 2 * (y % 2)) % 4 < SHADES[char]], 255)
    else:
        draw_frame(pen, char, face)
    return cell


def draw_frame(pen: ImageDraw.ImageDraw, char: str, face: Face) -> None:
    """Draw the lines that a character's own name tells: "BOX DRAWINGS LIGHT DOWN AND RIGHT"; double ones are thick."""
    words = unicodedata.name(char).split()
    thick = 4 if "DOUBLE" in words else 2
    x, y = (face.width - thick) // 2, (face.height - thick) // 2
    boxes = {
        "U": (x, 0, x + thick - 1, y + thick - 1),
        "D": (x, y, x + thick - 1, face.height - 1),
        "L": (0, y, x + thick - 1, y + thick - 1),
        "R": (x, y, face.width - 1, y + thick - 1),
    }
    for way in "".join(WAYS.get(word, "") for word in words):
        pen.rectangle(boxes[way], fill=255)


def dots_of(cell: Image.Image) -> Glyph:
    """Return a grey picture as rows of dots."""
    grey, width = cell.tobytes(), cell.width
    return tuple(
        int("".join("1" if dot >= INK_FROM else "0" for dot in grey[at : at + width]), 2)
        for at in range(0, len(grey), width)
    )


@cache
def letters_of(size: int) -> ImageFont.FreeTypeFont:
    """Return the letters of the house at a size in dots, read as a file: a printer has no screen."""
    file = io.BytesIO(files("ui").joinpath("fonts", FONT_FILE).read_bytes())
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
