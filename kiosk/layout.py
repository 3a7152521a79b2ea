"""Where everything stands on the kiosk's screen, in design pixels: pure arithmetic, for any shape of window."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
LOW_SHARE = 0.45
"""Everything that is touched moves into this lowest share of the screen when a visitor asks for it."""
TARGET_MM = 20
TARGET_PX = 96
MARGIN, SIDE, GAP = 48, 24, 24
"""What stays free at the sides of the field, and of the bar; and between tiles."""
BAR_GAP, BAR_H, SIDE_BAR_H, LOW_BAR_H = 12, 96, 116, 84
COLUMNS, SIDE_COLUMNS, LOW_COLUMNS = 5, 3, 9
"""Keys in a row of the bar: below the tiles, in a band at the side, in a low landscape screen."""
SIDE_W = 600
BAND_H, BAND_SHORT_H = 600, 470
MOST_H = 252
ALONE_W = 560


class Box(NamedTuple):
    """A rectangle in design pixels."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, x: float, y: float) -> "Box":
        """Return the rectangle made smaller on all sides."""
        return Box(self.x + x, self.y + y, self.w - 2 * x, self.h - 2 * y)

    def lowest(self, height: float) -> "Box":
        """Return the lower end of the rectangle, so high at most."""
        height = min(self.h, height)
        return Box(self.x, self.bottom - height, self.w, height)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h


class Canvas(NamedTuple):
    """A window in design pixels; `scale` is window pixels per design pixel."""

    width: float
    height: float
    scale: float

    @property
    def upright(self) -> bool:
        """Whether the window is higher than wide."""
        return self.height >= self.width


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a screen: the dark band with its texts, the field below or beside it, and the bar of keys.

    Title and subtitle share `texts`, which ends where the notice begins.
    """

    band: Box
    hall: Box
    clock: Box
    date: Box
    texts: Box
    notice: Box
    field: Box
    bar: Box
    bar_columns: int


def canvas_of(width: int, height: int) -> Canvas:
    """Return a window of any size in design pixels."""
    base = PORTRAIT if height >= width else LANDSCAPE
    scale = max(0.1, min(width / base[0], height / base[1]))
    return Canvas(width / scale, height / scale, scale)


def target_px(resolution: tuple[int, int], size_mm: tuple[int, int]) -> float:
    """Return 20 mm of a screen in design pixels, rounded up."""
    finest = max(resolution[0] / size_mm[0], resolution[1] / size_mm[1])
    return ceil(TARGET_MM * finest / canvas_of(*resolution).scale)


def frame(canvas: Canvas, *, lowered: bool, short: bool, keys: int, least: float = 0) -> Frame:
    """Return the frame of a screen; `short` gives screens without tiles more field, `lowered` moves the rest down.

    `keys` is how many the bar holds, `least` how high they are at least; without any the field takes its room.
    """
    if lowered and not short:
        return lowered_frame(canvas, keys=keys, least=least)
    if canvas.upright:
        return upright_frame(canvas, short=short, keys=keys, least=least)
    return side_frame(canvas, keys=keys, least=least)


def bar_height(keys: int, columns: int, key_h: float) -> float:
    """Return how high a bar of some keys is."""
    rows = ceil(keys / columns)
    return rows * key_h + max(0, rows - 1) * BAR_GAP


def upright_frame(canvas: Canvas, *, short: bool, keys: int, least: float) -> Frame:
    """Return the frame of a portrait window: band above, field in the lower two thirds, bar at the bottom."""
    band = Box(0, 0, canvas.width, BAND_SHORT_H if short else BAND_H)
    bar_h = bar_height(keys, COLUMNS, max(BAR_H, least))
    bar = Box(SIDE, canvas.height - 24 - bar_h, canvas.width - 2 * SIDE, bar_h)
    field_top = band.bottom + 40 if short else max(band.bottom + 32, canvas.height / 3)
    end = bar.y - 20 if keys else canvas.height - MARGIN
    field = Box(MARGIN, field_top, canvas.width - 2 * MARGIN, end - field_top)
    return Frame(band, *top_row(canvas.width), *texts(band, 152, canvas.width), field, bar, COLUMNS)


def side_frame(canvas: Canvas, *, keys: int, least: float) -> Frame:
    """Return the frame of a landscape window: band with the keys at the left, field at the right."""
    band = Box(0, 0, SIDE_W, canvas.height)
    bar_h = bar_height(keys, SIDE_COLUMNS, max(SIDE_BAR_H, least))
    bar = Box(32, canvas.height - 32 - bar_h, SIDE_W - 64, bar_h)
    field = Box(SIDE_W + 40, 40, canvas.width - SIDE_W - 80, canvas.height - 80)
    hall, clock = Box(40, 36, SIDE_W - 80, 44), Box(40, 88, 200, 64)
    date = Box(clock.x + clock.w, 88, SIDE_W - 80 - clock.w, 64)
    return Frame(band, hall, clock, date, *side_texts(bar), field, bar, SIDE_COLUMNS)


def lowered_frame(canvas: Canvas, *, keys: int, least: float) -> Frame:
    """Return the frame with everything that is touched in the lowest 45 %."""
    edge = canvas.height * (1 - LOW_SHARE)
    side, columns = 16, COLUMNS if canvas.upright else LOW_COLUMNS
    bar_h = bar_height(keys, columns, max(LOW_BAR_H, least))
    bar = Box(side, canvas.height - 8 - bar_h, canvas.width - 2 * side, bar_h)
    band = Box(0, 0, canvas.width, edge - 16)
    field = Box(side, edge, canvas.width - 2 * side, bar.y - 8 - edge)
    return Frame(band, *top_row(canvas.width), *texts(band, band.h - 430, canvas.width), field, bar, columns)


def top_row(width: float) -> tuple[Box, Box, Box]:
    """Return the boxes of hall, clock and date at the top of a band: clock and date at the right."""
    side = min(420.0, width * 0.44)
    left = width - MARGIN - side
    return Box(MARGIN, 36, left - MARGIN - 16, 100), Box(left, 36, side, 62), Box(left, 98, side, 38)


def texts(band: Box, top: float, width: float) -> tuple[Box, Box]:
    """Return the boxes of title with subtitle, and of the notice, at the lower end of a band."""
    notice = Box(MARGIN, band.bottom - 40 - 72, width - 2 * MARGIN, 72)
    return Box(MARGIN, top, notice.w, notice.y - 20 - top), notice


def side_texts(bar: Box) -> tuple[Box, Box]:
    """Return the boxes of title with subtitle, and of the notice, in a band at the side."""
    notice = Box(40, bar.y - 24 - 88, SIDE_W - 80, 88)
    return Box(40, 184, notice.w, notice.y - 16 - 184), notice


def grid(field: Box, count: int, *, columns: int, least: float, most: float = MOST_H) -> list[Box]:
    """Return one box for each tile, row by row: as few columns as give tiles of the least height, from `columns` on."""
    while columns < count and height_of(field, ceil(count / columns), 8) < least:
        columns += 1
    columns = max(1, min(columns, count))
    rows = max(1, ceil(count / columns))
    gap = min(GAP, max(8.0, height_of(field, rows, 8) * 0.1))
    if height_of(field, rows, gap) < least:
        gap = 8
    height, width = min(most, height_of(field, rows, gap)), (field.w - gap * (columns - 1)) / columns
    return [
        Box(field.x + (width + gap) * (n % columns), field.y + (height + gap) * (n // columns), width, height)
        for n in range(count)
    ]


def height_of(field: Box, rows: int, gap: float) -> float:
    """Return how high each of some rows is."""
    return (field.h - gap * (rows - 1)) / rows


def row(bar: Box, count: int, columns: int, *, gap: float = 16) -> list[Box]:
    """Return the boxes of keys in as few rows of at most so many as hold them, the upper ones fuller by one at most.

    A key alone stays small.
    """
    boxes: list[Box] = []
    rows = ceil(count / columns)
    height = (bar.h - gap * (rows - 1)) / max(rows, 1)
    for place in range(rows):
        here = count // rows + (place < count % rows)
        width = (bar.w - gap * (here - 1)) / here if count > 1 else min(ALONE_W, bar.w)
        left = bar.x + (bar.w - width * here - gap * (here - 1)) / 2
        boxes += [Box(left + (width + gap) * n, bar.y + (height + gap) * place, width, height) for n in range(here)]
    return boxes


@dataclass(frozen=True, slots=True)
class TicketBoxes:
    """Where a number's screen has what; `tear` is the perforated line between number and details."""

    card: Box
    tear: Box
    label: Box
    number: Box
    place: Box
    counters: Box
    service: Box
    ahead: Box
    strip: Box
    bar: Box
    keys: Box


def ticket_boxes(width: float, height: float, *, strip: bool) -> TicketBoxes:
    """Return the boxes of a number's screen: card above, keys below; the card tears across or, if wide, down.

    A `strip` stands between card and keys; without one its box is empty and the card takes its room.
    """
    keys = Box(0, height - 140, width, 140)
    bar = Box(0, keys.y - 32, width, 12)
    told = Box(0, bar.y - 24 - 108, width, 108) if strip else Box(0, bar.y, width, 0)
    card = Box(0, 0, width, told.y - 28)
    return across(card, told, bar, keys) if height >= width else beside(card, told, bar, keys)


def across(card: Box, strip: Box, bar: Box, keys: Box) -> TicketBoxes:
    """Return the boxes of an upright card: the number above the tear, the details below."""
    tear = Box(card.x, card.y + card.h * 0.48, card.w, 0)
    upper = Box(card.x + 48, card.y + 40, card.w - 96, tear.y - card.y - 64)
    label, number = Box(upper.x, upper.y, upper.w, 64), Box(upper.x, upper.y + 72, upper.w, upper.h - 72)
    lower = Box(card.x + 56, tear.y + 40, card.w - 112, card.bottom - tear.y - 72)
    return TicketBoxes(card, tear, label, number, *details(lower), strip, bar, keys)


def beside(card: Box, strip: Box, bar: Box, keys: Box) -> TicketBoxes:
    """Return the boxes of a wide card: the number left of the tear, the details at its right."""
    tear = Box(card.x + card.w * 0.53, card.y, 0, card.h)
    left = Box(card.x + 40, card.y + 64, tear.x - card.x - 80, card.h - 160)
    label, number = Box(left.x, left.y, left.w, 64), Box(left.x, left.y + 64, left.w, left.h - 64)
    right = Box(tear.x + 48, card.y + 48, card.w - tear.x - 96, card.h - 96)
    return TicketBoxes(card, tear, label, number, *details(right), strip, bar, keys)


def details(room: Box) -> tuple[Box, Box, Box, Box]:
    """Return the boxes of place, counters, service and people ahead, one below the other."""
    boxes, top = [], room.y
    for share in (0.24, 0.22, 0.31, 0.23):
        boxes.append(Box(room.x, top, room.w, room.h * share - 12))
        top += room.h * share
    place, counters, service, ahead = boxes
    return place, counters, service, ahead
