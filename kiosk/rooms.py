"""Where the parts stand of what fills a field: the search, the invitation, what to bring, the technician's corner."""

from dataclasses import dataclass
from math import ceil

from kiosk.layout import GAP, MARGIN, Box, Canvas

LETTER_GAP, LETTER_W, LETTER_H = 10, 112, 112
LETTERS_SHARE = 0.46
"""Most of a field's height that letters take."""


def keyboard(field: Box, keys: int, *, least: float) -> tuple[Box, list[Box]]:
    """Return the room for what is found, and the boxes of the letters below it, row by row.

    As few rows as the field is wide enough for: what is found gets the rest.
    """
    columns = next((n for n in (14, 10, 7) if (field.w - LETTER_GAP * (n - 1)) / n >= max(least, LETTER_W)), 7)
    rows = ceil(keys / columns)
    height = max(least, min(LETTER_H, field.h * LETTERS_SHARE / rows - LETTER_GAP))
    width = (field.w - LETTER_GAP * (columns - 1)) / columns
    top = field.bottom - rows * height - (rows - 1) * LETTER_GAP
    letters = [
        Box(
            field.x + (width + LETTER_GAP) * (n % columns),
            top + (height + LETTER_GAP) * (n // columns),
            width,
            height,
        )
        for n in range(keys)
    ]
    return Box(field.x, field.y, field.w, top - 20 - field.y), letters


@dataclass(frozen=True, slots=True)
class AttractBoxes:
    """Where the screen that waits for somebody has what."""

    whole: Box
    band: Box
    operator: Box
    clock: Box
    date: Box
    hall: Box
    hours: Box
    breath: Box
    touch: Box
    others: Box


def attract_boxes(canvas: Canvas) -> AttractBoxes:
    """Return the boxes of the screen that waits: the band above or at the left, the invitation in the rest."""
    whole = Box(0, 0, canvas.width, canvas.height)
    if canvas.upright:
        band, rest = Box(0, 0, whole.w, whole.h * 0.6), Box(0, whole.h * 0.6, whole.w, whole.h * 0.4)
    else:
        band, rest = Box(0, 0, whole.w * 0.58, whole.h), Box(whole.w * 0.58, 0, whole.w * 0.42, whole.h)
    room = band.inset(64, 56)
    clock, date = Box(room.x, room.y + 92, room.w, 124), Box(room.x, room.y + 216, room.w, 52)
    hours = Box(room.x, room.bottom - 280, room.w, 264)
    hall = Box(room.x, date.bottom + 32, room.w, hours.y - date.bottom - 56)
    others, touch = rest.inset(MARGIN, 56).lowest(64), rest.inset(MARGIN, 128).lowest(150)
    breath = Box(rest.x, rest.y + 32, rest.w, touch.y - rest.y - 48)
    return AttractBoxes(whole, band, Box(room.x, room.y, room.w, 84), clock, date, hall, hours, breath, touch, others)


@dataclass(frozen=True, slots=True)
class BringBoxes:
    """Where the screen before a number has what."""

    sheet: Box
    lines: list[Box]
    hint: Box
    key: Box


KEY_H, HINT_H, LINE_H = 176, 88, 112
WIDE = 2.2
"""A field so much wider than high has its key beside the list."""


def bring_boxes(width: float, height: float, *, lines: int) -> BringBoxes:
    """Return the boxes of what to bring: a sheet of lines, a hint and the key below it, or beside it in a low field."""
    if width > height * WIDE:
        sheet, rest = Box(0, 0, width * 0.6, height), Box(width * 0.6 + GAP, 0, width * 0.4 - GAP, height)
        key = rest.lowest(min(KEY_H, height * 0.5))
        return BringBoxes(sheet, lines_of(sheet, lines), Box(rest.x, 0, rest.w, key.y - GAP), key)
    key = Box(0, 0, width, height).lowest(min(KEY_H, height * 0.22))
    hint = Box(24, key.y - 12 - HINT_H, width - 48, HINT_H)
    most = Box(0, 0, width, hint.y - 12)
    sheet = Box(0, 0, width, min(most.h, lines * LINE_H + 32))
    return BringBoxes(sheet, lines_of(sheet, lines), hint, key)


def lines_of(sheet: Box, count: int) -> list[Box]:
    """Return the boxes of lines on a sheet."""
    inner = sheet.inset(12, 16)
    height = inner.h / max(1, count)
    return [Box(inner.x, inner.y + height * n, inner.w, height) for n in range(count)]


def code_boxes(width: float, height: float) -> list[Box]:
    """Return the box of the dots, then those of twelve keys, three in a row."""
    wide = min(width, 720.0)
    left, dots = (width - wide) / 2, min(140.0, height * 0.2)
    key_h, key_w = min(170.0, (height - dots - 3 * GAP) / 4), (wide - 2 * GAP) / 3
    keys = [Box(left + (key_w + GAP) * (n % 3), dots + (key_h + GAP) * (n // 3), key_w, key_h) for n in range(12)]
    return [Box(left, 0, wide, dots), *keys]


def technician_boxes(width: float, height: float, count: int) -> tuple[Box, list[tuple[Box, Box]], Box]:
    """Return the boxes of the sheet, of each line's name and value, and of the key."""
    key = Box(0, 0, width, height).lowest(min(140.0, height * 0.24))
    sheet = Box(0, 0, width, min(key.y - GAP, count * LINE_H + 32))
    names = 0.3
    pairs = [
        (
            Box(line.x + 24, line.y, line.w * names - 32, line.h),
            Box(line.x + line.w * names, line.y, line.w * 0.68, line.h),
        )
        for line in lines_of(sheet, count)
    ]
    return sheet, pairs, key
