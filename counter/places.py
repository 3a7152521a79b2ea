"""Where the parts of a clerk's panel stand, for a window of any size."""

from PySide6.QtCore import QRect, QSize

from counter.duty import Key

DESIGN = QSize(420, 640)
PAD, GAP = 12, 8
HEAD, BIG, KEY, MESSAGE, QUEUE, MORE, UNDO = 58, 76, 52, 44, 40, 140, 150
GRID: tuple[tuple[Key, ...], ...] = (("recall", "start"), ("finish", "miss"), ("pause", "close"))
BIG_KEYS: tuple[Key, ...] = ("call_next", "open")


def scale_of(size: QSize) -> float:
    """Return window pixels per design pixel: the panel is 420 x 640."""
    return min(size.width() / DESIGN.width(), size.height() / DESIGN.height())


def places(size: QSize) -> dict[str, QRect]:
    """Return every part's rectangle by its name; the card takes the height that is left."""
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
