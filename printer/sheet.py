"""Where each block of a ticket stands on the paper, in dots from the top: a sheet collects ink, a painter draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from types import MappingProxyType

import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from printer.layout import Fact, Facts, Gap, Item, Logo, Mark, Number, Qr, Rule, Size, Text, Weight
from printer.lettering import WEIGHTS, Lines, NoRoom, dotted, drawable, even_lines, lines_of, number_path

NARROW_MM = 60.0
WIDE_PAPER: Mapping[Size, float] = MappingProxyType(
    {"fine": 2.75, "small": 3.1, "body": 3.6, "strong": 4.4, "title": 5.4}
)
NARROW_PAPER: Mapping[Size, float] = MappingProxyType(
    {"fine": 2.4, "small": 2.7, "body": 3.1, "strong": 3.9, "title": 4.6}
)
"""Sizes of type in mm of paper."""
NUMBER_MM = 20.0
NARROW_NUMBER_MM = 18.0
LEAST_STRETCH = 0.6
LITTLE_SMALLER = 0.85
BETWEEN_FACTS_MM = 3.0
LEAST_BESIDE_QR_MM = 20.0
QUIET = 4
"""White modules around a QR code."""


@dataclass(frozen=True, slots=True)
class Head:
    """A print head: dots across the paper, and dots a millimetre."""

    dots: int
    per_mm: float = 8.0

    @property
    def mm(self) -> float:
        """How wide it prints."""
        return self.dots / self.per_mm

    @property
    def is_narrow(self) -> bool:
        """Whether this is 58 mm paper."""
        return self.mm < NARROW_MM


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of text, `y` its base line."""

    x: int
    y: int
    text: str
    px: int
    weight: int
    white: bool = False

    def paint(self, painter: QPainter) -> None:
        """Draw it."""
        painter.setFont(dotted(self.px, self.weight))
        painter.setPen(Qt.GlobalColor.white if self.white else Qt.GlobalColor.black)
        painter.drawText(QPointF(self.x, self.y), self.text)


@dataclass(frozen=True, slots=True)
class Area:
    """A black shape."""

    path: QPainterPath

    def paint(self, painter: QPainter) -> None:
        """Fill it."""
        painter.fillPath(self.path, Qt.GlobalColor.black)


@dataclass(frozen=True, slots=True)
class Dots:
    """A picture that is dots already, `x` and `y` its upper left corner."""

    x: int
    y: int
    image: QImage

    def paint(self, painter: QPainter) -> None:
        """Put each dot where it belongs."""
        painter.drawImage(self.x, self.y, self.image)


@dataclass(slots=True)
class Sheet:
    """The paper while a ticket is laid out: `y` is how far down it is used."""

    head: Head
    y: int = 0
    ink: list[Letters | Area | Dots] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Dots across."""
        return self.head.dots

    def dots(self, mm: float) -> int:
        """Return millimetres as dots."""
        return round(mm * self.head.per_mm)

    def px(self, size: Size) -> int:
        """Return the dots of a size of type."""
        return self.dots((NARROW_PAPER if self.head.is_narrow else WIDE_PAPER)[size])

    def lines(self, text: str, width: int, size: Size, weight: Weight) -> Lines:
        """Return a text in lines as full as they can be."""
        return lines_of(drawable(text), width, self.px(size), WEIGHTS[weight])

    def even(self, text: str, width: int, size: Size, weight: Weight) -> Lines:
        """Return a text in lines about equally long, a little smaller where that saves a line."""
        px = self.px(size)
        floor = max(self.px("fine"), round(px * LITTLE_SMALLER))
        return even_lines(drawable(text), width, px, WEIGHTS[weight], floor=floor)

    def write(self, lines: Lines, x: int, y: int, *, white: bool = False) -> int:
        """Put lines with their left edge at `x` and their top at `y`; return where they end."""
        for place, (line, reach) in enumerate(zip(lines.lines, lines.reaches, strict=True)):
            base = y + lines.base + place * lines.step
            self.ink.append(Letters(x + reach.left, base, line, lines.px, lines.weight, white))
        return y + lines.height

    def centre(self, lines: Lines, y: int) -> int:
        """Put each line in the middle of the paper, the first with its top at `y`; return where they end."""
        for line in lines.lines:
            one = Lines((line,), lines.px, lines.weight)
            y = self.write(one, (self.width - one.width) // 2, y)
        return y

    def box(self, x: float, y: float, width: float, height: float, *, radius: float = 0) -> None:
        """Put a black box."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(x, y, width, height), radius, radius)
        self.ink.append(Area(path))


@singledispatch
def place(block: object, _sheet: Sheet) -> None:
    """Put a block at the end of a sheet."""
    raise TypeError(f"no way to draw {type(block).__name__}")


@place.register
def place_text(block: Text, sheet: Sheet) -> None:
    """Put a text, left or in the middle."""
    lines = sheet.even(block.text, sheet.width, block.size, block.weight)
    sheet.y = sheet.centre(lines, sheet.y) if block.align == "centre" else sheet.write(lines, 0, sheet.y)


@place.register
def place_logo(block: Logo, sheet: Sheet) -> None:
    """Put the hall's picture in the middle, dot for dot: it was made for the narrowest paper."""
    image = QImage.fromData(block.png)
    sheet.ink.append(Dots((sheet.width - image.width()) // 2, sheet.y, image))
    sheet.y += image.height()


@place.register
def place_number(block: Number, sheet: Sheet) -> None:
    """Put the number as large as it may be, in the middle."""
    tall = sheet.dots(NARROW_NUMBER_MM if sheet.head.is_narrow else NUMBER_MM)
    path = number_path(drawable(block.text), sheet.width - 2, tall, least_stretch=LEAST_STRETCH)
    bounds = path.boundingRect()
    path.translate(round((sheet.width - bounds.width()) / 2), sheet.y - round(bounds.top()))
    sheet.ink.append(Area(path))
    sheet.y += round(bounds.height())


@place.register
def place_mark(block: Mark, sheet: Sheet) -> None:
    """Put a bar; its note stands in the same line where there is room, else below the word."""
    pad, between = sheet.dots(2.5), sheet.dots(2)
    word = sheet.lines(block.text, sheet.width - 2 * pad, "body", "black")
    parts = [word, *notes(block, sheet, sheet.width - 2 * pad)]
    across = sum(part.width for part in parts) + between * (len(parts) - 1)
    one_line = across <= sheet.width - 2 * pad
    inner = max(part.height for part in parts) if one_line else sum(part.height for part in parts)
    wide = sheet.width if block.wide or not one_line else across + 2 * pad
    left, tall = (sheet.width - wide) // 2, inner + sheet.dots(1)
    sheet.box(left, sheet.y, wide, tall, radius=sheet.dots(1))
    x, y = (sheet.width - across) // 2, sheet.y + sheet.dots(0.5)
    for part in parts:
        if one_line:
            sheet.write(part, x, y + (inner - part.height) // 2, white=True)
            x += part.width + between
        else:
            y = sheet.write(part, (sheet.width - part.width) // 2, y, white=True)
    sheet.y += tall


def notes(block: Mark, sheet: Sheet, width: int) -> list[Lines]:
    """Return the lines of a mark's note, none where it has none."""
    return [sheet.lines(block.note, width, "small", "bold")] if block.note else []


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of one fact, below each other."""

    parts: tuple[Lines, ...]

    @property
    def width(self) -> int:
        """Dots across."""
        return max((part.width for part in self.parts), default=0)


def column(fact: Fact, sheet: Sheet) -> Column:
    """Return the lines of a fact on the whole width."""
    texts: tuple[tuple[str, Size, Weight], ...] = (
        (fact.label, "fine", "bold"),
        (fact.second_label, "fine", "plain"),
        (fact.value, "strong", "black"),
        (fact.second_value, "fine", "plain"),
    )
    return Column(tuple(sheet.even(text, sheet.width, size, weight) for text, size, weight in texts if text))


@place.register
def place_facts(block: Facts, sheet: Sheet) -> None:
    """Put facts beside each other where all of them fit, the last one at the right edge; else below each other."""
    columns = [column(fact, sheet) for fact in block.facts]
    spare = sheet.width - sum(one.width for one in columns)
    gaps = len(columns) - 1
    beside = spare >= gaps * sheet.dots(BETWEEN_FACTS_MM)
    x, top, end = 0, sheet.y, sheet.y
    for place_of, one in enumerate(columns):
        if place_of and not beside:
            top = end + sheet.dots(1.5)
        y = top
        for lines in one.parts:
            y = sheet.write(lines, x, y)
        end = max(end, y)
        x += one.width + spare // gaps if beside and gaps else 0
    sheet.y = end


@place.register
def place_item(block: Item, sheet: Sheet) -> None:
    """Put a line of a list behind its dot."""
    indent, dot = sheet.dots(2.5), sheet.dots(0.75)
    lines = sheet.lines(block.text, sheet.width - indent, "small", "plain")
    middle = sheet.y + lines.base - round(lines.px * 0.36)
    sheet.box(sheet.dots(0.5), middle - dot / 2, dot, dot, radius=dot / 2)
    sheet.y = sheet.write(lines, indent, sheet.y)


@place.register
def place_qr(block: Qr, sheet: Sheet) -> None:
    """Put a QR code of level M, with four modules of white around it, and its texts at its right."""
    matrix = modules_of(block.content)
    module = min(sheet.dots(0.5 if sheet.head.is_narrow else 0.75), sheet.width // (len(matrix) + 2 * QUIET))
    side, quiet = module * len(matrix), QUIET * module
    room = sheet.width - side - quiet
    beside = room >= sheet.dots(LEAST_BESIDE_QR_MM)
    texts = [sheet.even(t.text, room if beside else sheet.width, t.size, t.weight) for t in block.beside]
    gap = sheet.dots(0.8)
    tall = sum(lines.height + gap for lines in texts) - gap
    top = sheet.y + quiet // 3
    put_modules(matrix, module, 0 if beside else (sheet.width - side) // 2, top, sheet)
    y = top + (side - tall) // 2 if beside else top + side + quiet
    y = max(y, sheet.y)
    for lines in texts:
        y = (sheet.write(lines, side + quiet, y) if beside else sheet.centre(lines, y)) + gap
    sheet.y = max(y - gap, top + side + quiet // 3)


def modules_of(content: str) -> tuple[bytearray, ...]:
    """Return the rows of a QR code of level M, 1 for dark; NoRoom where no code is large enough for its content."""
    try:
        matrix: tuple[bytearray, ...] = segno.make(content, error="m", micro=False, boost_error=False).matrix
    except segno.DataOverflowError as error:
        raise NoRoom(text=content, dots=0) from error
    return matrix


def put_modules(matrix: tuple[bytearray, ...], module: int, x: int, y: int, sheet: Sheet) -> None:
    """Put the dark modules of a code."""
    path = QPainterPath()
    for down, row in enumerate(matrix):
        for across, dark in enumerate(row):
            if dark:
                path.addRect(x + across * module, y + down * module, module, module)
    sheet.ink.append(Area(path))


@place.register
def place_rule(_block: Rule, sheet: Sheet) -> None:
    """Put a line across the paper."""
    sheet.box(0, sheet.y, sheet.width, 2)
    sheet.y += 2


@place.register
def place_gap(block: Gap, sheet: Sheet) -> None:
    """Leave paper white."""
    sheet.y += sheet.dots(block.mm)
