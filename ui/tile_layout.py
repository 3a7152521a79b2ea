"""Where the parts of a tile stand, by the room it has: pure arithmetic in design pixels."""

from enum import StrEnum
from typing import NamedTuple


class Shape(StrEnum):
    """How a tile is built."""

    TALL = "tall"
    SIDE = "side"
    LOW = "low"
    CORNER = "corner"
    NARROW = "narrow"
    WIDE = "wide"


class Spot(NamedTuple):
    """A rectangle in design pixels of the tile."""

    x: float
    y: float
    w: float
    h: float


class Places(NamedTuple):
    """Where a tile has what; `text` holds the title and what follows it, which may be `under` pixels wide.

    `detail` stands alone in a tall tile only.
    """

    badge: Spot
    chip: Spot
    text: Spot
    under: float
    detail: Spot | None = None


TALL_H, LOW_H, CORNER_H, CORNER_W, NARROW_W, WIDE_W = 212, 132, 108, 360, 420, 660
TITLE_PX = {Shape.TALL: 42, Shape.SIDE: 38, Shape.LOW: 34, Shape.CORNER: 34, Shape.NARROW: 30, Shape.WIDE: 42}
DETAIL_PX = {Shape.TALL: 30, Shape.SIDE: 28, Shape.LOW: 24, Shape.CORNER: 26, Shape.NARROW: 24, Shape.WIDE: 28}
SUBTITLE_PX = 26
FLOORS = {shape: (24, 20) if shape in (Shape.NARROW, Shape.LOW) else (26, 22) for shape in Shape}
"""Least sizes of title and detail."""


def shape_of(width: float, height: float, *, badge: bool) -> Shape:
    """Return how a tile of a size is built."""
    if width >= WIDE_W or not badge:
        return Shape.WIDE
    if width < NARROW_W:
        return Shape.CORNER if width >= CORNER_W and height >= CORNER_H else Shape.NARROW
    if height >= TALL_H:
        return Shape.TALL
    return Shape.SIDE if height >= LOW_H else Shape.LOW


def places(shape: Shape, width: float, height: float, *, badge: bool, chip: bool) -> Places:
    """Return where the parts of a tile stand."""
    if shape is Shape.TALL:
        return tall(width, height)
    pad = {Shape.SIDE: 22, Shape.WIDE: 26 if height >= LOW_H else 10}.get(shape, 14)
    side = min(height - 2 * pad, {Shape.SIDE: 100, Shape.WIDE: 96, Shape.NARROW: 60}.get(shape, 76))
    mark = Spot(pad, (height - side) / 2, side, side) if badge else Spot(20, 22, 10, height - 44)
    chip_spot = chip_of(shape, width, height)
    tight = shape in (Shape.NARROW, Shape.CORNER)
    left = mark.x + mark.w + (14 if tight else 20)
    right = chip_spot.x - 8 if chip and not tight else width - (14 if tight else 20)
    inset = 3 if shape is Shape.NARROW else 8
    under = chip_spot.x - 8 - left if shape is Shape.CORNER else right - left
    return Places(mark, chip_spot, Spot(left, inset, right - left, height - 2 * inset), under)


def chip_of(shape: Shape, width: float, height: float) -> Spot:
    """Return where the letter stands: at the right, or in the lower corner where the title needs the width."""
    if shape is Shape.CORNER:
        return Spot(width - 46 - 14, height - 46 - 12, 46, 46)
    side, pad = (52, 16) if height < LOW_H else (64, 24)
    return Spot(width - side - pad, (height - side) / 2, side, side)


def tall(width: float, height: float) -> Places:
    """Return the places of a tall tile: badge, queue and letter in one row, the names below."""
    pad, side, chip = 22, 80, 64
    badge = Spot(pad, pad, side, side)
    letter = Spot(width - pad - chip, pad + (side - chip) / 2, chip, chip)
    left = pad + side + 20
    detail = Spot(left, pad, letter.x - left - 12, side)
    top = pad + side + 10
    return Places(badge, letter, Spot(pad, top, width - 2 * pad, height - top - 8), width - 2 * pad, detail)
