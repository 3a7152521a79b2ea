"""Where the parts of a screen stand, for a window of any size, wide or tall."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

HEADER, STRIPE, MARQUEE = 136, 10, 96
TALL_HEADER = 208
ROWS_SHARE = 0.42
TALL_PANE_SHARE = 0.55
WIDE, TALL = QSize(1920, 1080), QSize(1080, 1920)


@dataclass(frozen=True, slots=True)
class Places:
    """The rectangles of a screen's parts in window pixels, and the window pixels of one design pixel."""

    scale: float
    header: QRect
    stripe: QRect
    pane: QRect
    rows: QRect
    marquee: QRect


def places(size: QSize) -> Places:
    """Return where everything stands: beside each other on a wide window, below each other on a tall one."""
    tall = size.height() > size.width()
    design = TALL if tall else WIDE
    scale = min(size.width() / design.width(), size.height() / design.height())
    header, stripe, marquee = (round(part * scale) for part in (TALL_HEADER if tall else HEADER, STRIPE, MARQUEE))
    middle = QRect(0, header + stripe, size.width(), size.height() - header - stripe - marquee)
    pane, rows = stacked(middle) if tall else beside(middle)
    return Places(
        scale=scale,
        header=QRect(0, 0, size.width(), header),
        stripe=QRect(0, header, size.width(), stripe),
        pane=pane,
        rows=rows,
        marquee=QRect(0, size.height() - marquee, size.width(), marquee),
    )


def beside(room: QRect) -> tuple[QRect, QRect]:
    """Return the big call at the left and the rows at the right of a room."""
    right = round(room.width() * ROWS_SHARE)
    pane = QRect(room.left(), room.top(), room.width() - right, room.height())
    return pane, QRect(pane.right() + 1, room.top(), right, room.height())


def stacked(room: QRect) -> tuple[QRect, QRect]:
    """Return the big call at the top and the rows at the bottom of a room."""
    high = round(room.height() * TALL_PANE_SHARE)
    pane = QRect(room.left(), room.top(), room.width(), high)
    return pane, QRect(room.left(), pane.bottom() + 1, room.width(), room.height() - high)
