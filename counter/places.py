"""Where the parts of a clerk's panel stand, for a window of any size."""

from PySide6.QtCore import QRect, QSize

from counter.duty import Key

DESIGN, STRIP = QSize(420, 640), QSize(1640, 224)
STRIP_FROM = 4
"""A window so many times as wide as high is a strip above or below the clerk's other programs."""
PAD, GAP = 12, 8
HEAD, BIG, KEY, MESSAGE, QUEUE, MORE, UNDO = 58, 76, 52, 44, 40, 140, 150
CARD_COLUMN, BIG_COLUMN, TOLD_COLUMN = 356, 396, 440
GRID: tuple[tuple[Key, ...], ...] = (("recall", "start"), ("finish", "miss"), ("pause", "close"))
BIG_KEYS: tuple[Key, ...] = ("call_next", "open")


def is_strip(size: QSize) -> bool:
    """Tell whether a window is a strip."""
    return size.width() >= STRIP_FROM * size.height()


def scale_of(size: QSize) -> float:
    """Return window pixels per design pixel: the panel is 420 x 640, as a strip 1640 x 224."""
    design = STRIP if is_strip(size) else DESIGN
    return min(size.width() / design.width(), size.height() / design.height())


def places(size: QSize) -> dict[str, QRect]:
    """Return every part's rectangle by its name."""
    return strip(size) if is_strip(size) else upright(size)


def strip(size: QSize) -> dict[str, QRect]:
    """Return the rectangles of a strip: number, big key over the queue, keys, and at the right what is told."""
    scale = scale_of(size)
    pad, gap = round(PAD * scale), round(GAP * scale)
    high, left = size.height() - 2 * pad, pad
    columns = []
    for wide in (CARD_COLUMN, BIG_COLUMN, BIG_COLUMN, TOLD_COLUMN):
        columns.append(QRect(left, pad, round(wide * scale), high))
        left = columns[-1].right() + 1 + gap
    card, middle, keys, told = columns
    low = QRect(middle.left(), middle.bottom() + 1 - round(KEY * scale), middle.width(), round(KEY * scale))
    big = QRect(middle.left(), middle.top(), middle.width(), low.top() - gap - middle.top())
    found = {
        "card": card,
        "queue": low,
        **dict.fromkeys(BIG_KEYS, big),
        **beside_the_queue(low, round(MORE * scale), gap),
    }
    for row, place in zip(GRID, stacked(keys, (1, 1, 1), gap), strict=True):
        found |= side_by_side(row, place, gap)
    return found | dict(zip(("head", "message", "undo"), stacked(told, (HEAD, HEAD, KEY), gap), strict=True))


def stacked(column: QRect, shares: tuple[int, ...], gap: int) -> list[QRect]:
    """Return rectangles below each other whose heights have these shares."""
    room, top, found = column.height() - gap * (len(shares) - 1), column.top(), []
    for share in shares:
        found.append(QRect(column.left(), top, column.width(), room * share // sum(shares)))
        top = found[-1].bottom() + 1 + gap
    return found


def upright(size: QSize) -> dict[str, QRect]:
    """Return the rectangles of an upright panel; the card takes the height that is left."""
    scale = scale_of(size)
    pad, gap = round(PAD * scale), round(GAP * scale)
    wide = size.width() - 2 * pad
    found = {"head": QRect(0, 0, size.width(), round(HEAD * scale))}
    bottom = size.height() - gap
    for name, high in (("queue", QUEUE), ("message", MESSAGE)):
        found[name] = QRect(pad, bottom - round(high * scale), wide, round(high * scale))
        bottom = found[name].top() - gap
    found |= beside_the_queue(found["queue"], round(MORE * scale), gap)
    found["undo"] = found["message"].adjusted(found["message"].width() - round(UNDO * scale), 0, 0, 0)
    for row in reversed(GRID):
        high = round(KEY * scale)
        found |= side_by_side(row, QRect(pad, bottom - high, wide, high), gap)
        bottom -= high + gap
    big = QRect(pad, bottom - round(BIG * scale), wide, round(BIG * scale))
    found |= dict.fromkeys(BIG_KEYS, big)
    top = found["head"].bottom() + 1 + gap
    return found | {"card": QRect(pad, top, wide, big.top() - gap - top)}


def beside_the_queue(row: QRect, wide: int, gap: int) -> dict[str, QRect]:
    """Return the queue at the left of the last row, and the key for all other deeds at its right."""
    more = QRect(row.right() + 1 - wide, row.top(), wide, row.height())
    return {"queue": row.adjusted(0, 0, -wide - gap, 0), "more": more}


def side_by_side(names: tuple[Key, ...], row: QRect, gap: int) -> dict[str, QRect]:
    """Return keys beside each other, all of one width."""
    wide = (row.width() - gap * (len(names) - 1)) // len(names)
    return {
        name: QRect(row.left() + place * (wide + gap), row.top(), wide, row.height())
        for place, name in enumerate(names)
    }
