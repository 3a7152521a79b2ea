"""A ticket as characters, for slow serial lines: the printer's own letters and its own QR, a few hundred bytes.

Pure, and from the same layout as the picture. The hall's logo is left out: it would take longer than all the rest.
Sources: Epson ESC/POS reference, pages gs_exclamation, gs_cb, esc_lt, gs_lparen_lk.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from itertools import zip_longest
from types import MappingProxyType
from typing import Literal

from escpos.constants import QR_ECLEVEL_M
from escpos.magicencode import Encoder, MagicEncode
from escpos.printer import Dummy

from printer.escpos import PROFILES, end
from printer.layout import NO_BREAK, Block, Fact, Facts, Gap, Item, Layout, Logo, Mark, Number, Qr, Rule, Text
from printer.virtual.engine import Engine, Mechanics

CHARACTER, HEIGHT = 12, 24
"""Dots of one character of Font A."""
BELOW_TALL = 10
"""Dots of white below a line of double height: the printer leaves none by itself."""
LARGEST = 8
"""GS ! makes characters so many times as wide and as high, at most."""
PAGES: Mapping[str, int] = MappingProxyType({"CP437": 0, "CP850": 2, "CP1252": 16, "CP858": 19})
"""Code pages that printers with Latin letters have, by their number in ESC t."""
FOLDED = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "−": "-", "•": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."}
)
AT_LAST = str.maketrans({"·": "-", NO_BREAK: " "})
"""What means something while lines are broken, and is plain after."""
WHITE = re.compile(r"[^\S\u00a0]+")
NARROW_DOTS = 384
MODULE, NARROW_MODULE = 6, 4
LONGEST_CODE = 250
"""Characters of a QR code that fits on the paper at these modules, at level M."""
WORTH_A_LINE_MM = 3.0
BETWEEN_FACTS = 2
DASH = "- "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of characters, each `wide` times as wide and `tall` times as high as Font A; white without text."""

    text: str
    align: Literal["left", "center"] = "left"
    bold: bool = False
    reverse: bool = False
    wide: int = 1
    tall: int = 1

    @property
    def spacing(self) -> int | None:
        """Dots to the next line, None for the printer's own way; bars and the number have white enough."""
        return self.tall * HEIGHT + BELOW_TALL if self.tall == 2 and not self.reverse else None


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code that the printer draws, its modules so many dots."""

    content: str
    module: int


Row = Line | Code


def ticket(layout: Layout, dots: int, ending: bytes = b"", *, cutter: bool = True) -> bytes:
    """Return all bytes of one paper for a head of so many dots; `ending` and `cutter` as in `printer.escpos.ticket`."""
    printer = Dummy(profile=PROFILES[dots])
    printer.magic = MagicEncode(printer, encoder=Encoder(dict(PAGES)))
    printer.hw("INIT")
    style = Line("")
    for row in rows(layout, dots):
        style = write(printer, row, style)
    printer.hw("INIT")
    end(printer, cutter=cutter)
    return bytes(printer.output) + ending


def height(layout: Layout, dots: int) -> int:
    """Return how many rows of dots a written ticket has: as many as the virtual printer prints of it."""
    engine = Engine(dots, Mechanics(buffer_bytes=None))
    engine.feed(ticket(layout, dots))
    return engine.take_papers()[0].picture.height


def can_be_written(layout: Layout) -> bool:
    """Tell whether every character has a place in the printer's code pages; a ticket with others is drawn."""
    encoder = Encoder(dict(PAGES))
    for row in rows(layout, NARROW_DOTS):
        if isinstance(row, Code):
            content = row.content
            if not (content.isascii() and content.isprintable() and 0 < len(content) <= LONGEST_CODE):
                return False
        elif not all(part.isprintable() and encoder.find_suitable_encoding(part) for part in row.text):
            return False
    return True


def columns_of(dots: int) -> int:
    """Return how many characters of Font A stand in a line: 32, 42 or 48."""
    return dots // CHARACTER


def rows(layout: Layout, dots: int) -> Iterator[Row]:
    """Yield a ticket from top to bottom, no line longer than the paper is wide."""
    for block in layout.blocks:
        yield from written(block, dots)


def write(printer: Dummy, row: Row, before: Line) -> Line:
    """Write a line or a code, and return the style that now holds; only what differs from before is told."""
    if isinstance(row, Code):
        printer.set(align="center")
        printer.qr(row.content, ec=QR_ECLEVEL_M, size=row.module, native=True)
        return replace(before, align="center")
    if not row.text:
        printer.text("\n")
        return before
    if (row.wide, row.tall) != (before.wide, before.tall):
        printer.set(custom_size=True, width=row.wide, height=row.tall)
    if row.spacing != before.spacing:
        printer.line_spacing(row.spacing)
    changed = {
        name: getattr(row, of)
        for name, of in (("align", "align"), ("bold", "bold"), ("invert", "reverse"))
        if getattr(row, of) != getattr(before, of)
    }
    printer.set(**changed)
    printer.text(row.text + "\n")
    return row


def folded(text: str) -> str:
    """Return a text in composed letters, with plain dashes, quotes and spaces."""
    return WHITE.sub(" ", unicodedata.normalize("NFC", text).translate(FOLDED)).strip(" ")


def wrapped(text: str, columns: int) -> list[str]:
    """Return a text in lines of so many characters: broken at its "·" if it is too long for one, then between words.

    Only a word longer than a line is cut.
    """
    parts = [text] if len(text) <= columns else text.split(" · ")
    return [line.translate(AT_LAST) for part in parts for line in evenly(part, columns)]


def evenly(text: str, columns: int) -> list[str]:
    """Return a text in lines about equally long, no more of them than are needed."""
    best, longest = broken(text, columns), max(map(len, text.split(" ")))
    for narrower in range(columns - 1, longest - 1, -1):
        lines = broken(text, narrower)
        if len(lines) > len(best):
            break
        best = lines
    return best


def broken(text: str, columns: int) -> list[str]:
    """Return a text in lines of so many characters, each as full as it can be."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and len(longer) > columns:
            lines.append(line)
            longer = word
        while len(longer) > columns:
            lines.append(longer[:columns])
            longer = longer[columns:]
        line = longer
    return [*lines, line] if line else lines


@singledispatch
def written(block: Block, _dots: int) -> Iterator[Row]:
    """Yield the lines of a block."""
    raise TypeError(f"no way to write {type(block).__name__}")


@written.register
def written_text(block: Text, dots: int) -> Iterator[Row]:
    """Yield a text; a title is of double height."""
    align: Literal["left", "center"] = "center" if block.align == "centre" else "left"
    tall = 2 if block.size in ("title", "strong") else 1
    for line in wrapped(folded(block.text), columns_of(dots)):
        yield Line(line, align, bold=block.weight != "plain", tall=tall)


@written.register
def written_number(block: Number, dots: int) -> Iterator[Row]:
    """Yield the number as large as fits beside half a character of white on each side."""
    text = folded(block.text)
    wide = max(1, min(LARGEST, columns_of(dots) // (len(text) + 1)))
    for line in wrapped(text, columns_of(dots) // wide):
        yield Line(line, "center", bold=True, wide=wide, tall=min(LARGEST, wide + 2))


@written.register
def written_mark(block: Mark, dots: int) -> Iterator[Row]:
    """Yield white words on black; a wide mark goes over the whole paper."""
    columns = columns_of(dots)
    texts = [text for text in (folded(block.text), folded(block.note)) if text]
    if len(together := "  ".join(texts)) <= columns - 2:
        texts = [together]
    for text in texts:
        for line in wrapped(text, columns - 2):
            yield Line(f" {line} ".center(columns if block.wide else 0), "center", bold=True, reverse=True, tall=2)
    yield Line("")


@written.register
def written_facts(block: Facts, dots: int) -> Iterator[Row]:
    """Yield facts beside each other where all of them fit, else below each other."""
    columns = columns_of(dots)
    beside = [fact_lines(fact, columns) for fact in block.facts]
    widths = [max((len(line.text) for lines in fact for line in lines), default=0) for fact in beside]
    if sum(widths) + BETWEEN_FACTS * (len(widths) - 1) <= columns:
        spare = (columns - sum(widths)) // max(1, len(widths) - 1)
        yield from joined(beside, [width + spare for width in widths])
    else:
        yield from (line for fact in beside for lines in fact for line in lines)


def fact_lines(fact: Fact, columns: int) -> list[list[Line]]:
    """Return the lines of a fact's label, second label, value and second value; the value is what stands out."""
    plain = (fact.label, fact.second_label, fact.value, fact.second_value)
    return [
        [Line(line, bold=at == 2, tall=2 if at == 2 else 1) for line in wrapped(folded(text), columns)]
        for at, text in enumerate(plain)
    ]


def joined(facts: list[list[list[Line]]], widths: list[int]) -> Iterator[Line]:
    """Yield the lines of facts side by side, each in a column of its width."""
    for parts in zip(*facts, strict=True):
        for side_by_side in zip_longest(*parts):
            style = next(line for line in side_by_side if line is not None)
            texts = (line.text if line else "" for line in side_by_side)
            text = "".join(text.ljust(width) for text, width in zip(texts, widths, strict=True))
            yield replace(style, text=text.rstrip())


@written.register
def written_item(block: Item, dots: int) -> Iterator[Row]:
    """Yield a line of a list behind a dash."""
    for at, line in enumerate(broken(folded(block.text), columns_of(dots) - len(DASH))):
        yield Line((" " * len(DASH) if at else DASH) + line.translate(AT_LAST))


@written.register
def written_qr(block: Qr, dots: int) -> Iterator[Row]:
    """Yield the code with white around it, and its texts below it."""
    yield Line("")
    yield Code(block.content, NARROW_MODULE if dots == NARROW_DOTS else MODULE)
    yield Line("")
    for text in block.beside:
        yield from written(replace(text, align="centre"), dots)


@written.register
def written_rule(_block: Rule, dots: int) -> Iterator[Row]:
    """Yield a line across the paper."""
    yield Line("-" * columns_of(dots))


@written.register
def written_gap(block: Gap, _dots: int) -> Iterator[Row]:
    """Yield a white line for a large gap; lines of text stand apart by themselves."""
    if block.mm >= WORTH_A_LINE_MM:
        yield Line("")


@written.register
def written_logo(_block: Logo, _dots: int) -> Iterator[Row]:
    """Yield nothing: a picture is slow."""
    yield from ()
