"""Where the parts of a screen stand, for a window of any size, wide or tall, and for each layout."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from display.mode import WANDER_PX

HEADER, STRIPE, MARQUEE = 136, 10, 96
TALL_HEADER = 208
ROWS_SHARE = 0.42
TALL_PANE_SHARE = 0.55
CALL_SHARE = 0.5
TALL_CALL_SHARE = 0.48
PICTURE_RATIO = 9 / 16
WIDE, TALL = QSize(1920, 1080), QSize(1080, 1920)


@dataclass(frozen=True, slots=True)
class Places:
    """The rectangles of a screen's parts in window pixels, and the window pixels of one design pixel.

    `room` is all between header and running line; `pane` (the call, a greeting, the figures), `rows` and `media` divide
    it. `media` is empty where the layout has none.
    """

    scale: float
    header: QRect
    stripe: QRect
    room: QRect
    pane: QRect
    rows: QRect
    media: QRect
    marquee: QRect


def places(size: QSize, *, media: bool = False, swapped: bool = False, wander: tuple[int, int] = (0, 0)) -> Places:
    """Return where everything stands: beside each other on a wide window, below each other on a tall one.

    The scene is a little larger than the window and wanders behind it, so that no edge is ever bare. On a wide window
    that is `swapped` the sides are changed.
    """
    tall = size.height() > size.width()
    design = TALL if tall else WIDE
    scale = min(size.width() / design.width(), size.height() / design.height())
    spare = round(WANDER_PX * scale)
    left, top = (-round(part * scale) for part in wander)
    scene = QRect(left, top, size.width() + spare, size.height() + spare)
    header, stripe, marquee = (round(part * scale) for part in (TALL_HEADER if tall else HEADER, STRIPE, MARQUEE))
    room = scene.adjusted(0, header + stripe, 0, -marquee)
    pane, rows, picture = (stacked if tall else beside)(room, media=media)
    if swapped and not tall:
        pane, rows, picture = (mirrored(part, room) for part in (pane, rows, picture))
    return Places(
        scale=scale,
        header=QRect(scene.left(), scene.top(), scene.width(), header),
        stripe=QRect(scene.left(), scene.top() + header, scene.width(), stripe),
        room=room,
        pane=pane,
        rows=rows,
        media=picture,
        marquee=QRect(scene.left(), room.bottom() + 1, scene.width(), marquee),
    )


def beside(room: QRect, *, media: bool) -> tuple[QRect, QRect, QRect]:
    """Return pane, rows and media of a wide room: the rows at the right, below the call where media take the left."""
    right = round(room.width() * ROWS_SHARE)
    left, side = split(room, room.width() - right)
    if not media:
        return left, side, QRect()
    call, rows = cut(side, round(side.height() * CALL_SHARE))
    return call, rows, left


def stacked(room: QRect, *, media: bool) -> tuple[QRect, QRect, QRect]:
    """Return pane, rows and media of a tall room: the rows at the bottom, media at the top."""
    if not media:
        return *cut(room, round(room.height() * TALL_PANE_SHARE)), QRect()
    picture, rest = cut(room, round(room.width() * PICTURE_RATIO))
    return *cut(rest, round(rest.height() * TALL_CALL_SHARE)), picture


def split(room: QRect, width: int) -> tuple[QRect, QRect]:
    """Return the left part of a room, so wide, and the rest."""
    return QRect(room.left(), room.top(), width, room.height()), room.adjusted(width, 0, 0, 0)


def cut(room: QRect, height: int) -> tuple[QRect, QRect]:
    """Return the upper part of a room, so high, and the rest."""
    return QRect(room.left(), room.top(), room.width(), height), room.adjusted(0, height, 0, 0)


def mirrored(part: QRect, room: QRect) -> QRect:
    """Return a part at the other side of its room."""
    return part.translated(room.left() + room.right() - part.left() - part.right(), 0)
