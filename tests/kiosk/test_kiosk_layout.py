"""Where everything stands: within reach, large enough for a finger, never upon each other."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.layout import (
    GAP,
    LOW_SHARE,
    MOST_H,
    TARGET_PX,
    Box,
    canvas_of,
    frame,
    grid,
    row,
    target_px,
    ticket_boxes,
)

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.w <= other.x + 0.01
        or other.x + other.w <= one.x + 0.01
        or one.bottom <= other.y + 0.01
        or other.bottom <= one.y + 0.01
    )


def inside(box: Box, outer: Box) -> bool:
    return (
        box.x >= outer.x - 0.01
        and box.y >= outer.y - 0.01
        and box.x + box.w <= outer.x + outer.w + 0.01
        and box.bottom <= outer.bottom + 0.01
    )


@pytest.mark.parametrize("size", [(540, 960), (480, 800), (1080, 1920), (960, 540), (1280, 720), (2160, 3840)])
def test_a_window_of_any_size_has_the_same_design(size: tuple[int, int]) -> None:
    canvas = canvas_of(*size)

    assert canvas.width * canvas.scale == pytest.approx(size[0])
    assert canvas.height * canvas.scale == pytest.approx(size[1])
    assert canvas.width >= (1080 if canvas.upright else 1920)


def test_twenty_millimetres_are_counted_by_the_screen_itself() -> None:
    assert target_px((1080, 1920), (268, 476)) == 81
    assert target_px((1080, 1920), (398, 708)) == 55


def test_tiles_stand_in_the_lower_two_thirds_of_a_portrait_screen() -> None:
    parts = frame(canvas_of(*PORTRAIT), lowered=False, short=False, keys=3)

    assert parts.field.y >= 1920 / 3
    assert parts.bar.y >= parts.field.bottom


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("agencies", [8, 20])
def test_a_lowered_screen_has_everything_in_its_lowest_share(size: tuple[int, int], agencies: int) -> None:
    canvas = canvas_of(*size)
    parts = frame(canvas, lowered=True, short=False, keys=3)
    tiles = grid(parts.field, agencies, columns=2, least=81)

    edge = canvas.height * (1 - LOW_SHARE)
    assert all(box.y >= edge - 0.01 for box in (*tiles, *row(parts.bar, 3, parts.bar_columns)))
    assert all(box.h >= 81 and box.w >= 81 for box in (*tiles, *row(parts.bar, 3, parts.bar_columns)))


@pytest.mark.parametrize(("size", "agencies", "columns"), [(PORTRAIT, 8, 2), (PORTRAIT, 20, 2), (LANDSCAPE, 8, 2)])
def test_two_columns_are_enough_where_they_can_be(size: tuple[int, int], agencies: int, columns: int) -> None:
    parts = frame(canvas_of(*size), lowered=False, short=False, keys=3)
    tiles = grid(parts.field, agencies, columns=2, least=TARGET_PX)

    assert len({box.x for box in tiles}) == columns


@given(
    count=st.integers(1, 30),
    columns=st.integers(1, 3),
    width=st.integers(800, 1900),
    height=st.integers(600, 1300),
)
def test_tiles_are_large_enough_and_apart(count: int, columns: int, width: int, height: int) -> None:
    field = Box(10, 20, width, height)
    tiles = grid(field, count, columns=columns, least=TARGET_PX)

    assert len(tiles) == count
    assert all(inside(tile, field) for tile in tiles)
    assert all(TARGET_PX <= tile.h <= MOST_H or len({tile.y for tile in tiles}) == 1 for tile in tiles)
    assert all(apart(one, other) for one, other in combinations(tiles, 2))


def test_tiles_have_a_gap_between_them() -> None:
    first, second, *_ = grid(Box(0, 0, 984, 1104), 8, columns=2, least=TARGET_PX)

    assert second.x - (first.x + first.w) == GAP


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("lowered", [False, True])
@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("keys", [0, 1, 3, 4])
def test_the_parts_of_a_screen_stand_apart(size: tuple[int, int], lowered: bool, short: bool, keys: int) -> None:
    canvas = canvas_of(*size)
    parts = frame(canvas, lowered=lowered, short=short, keys=keys)
    texts = [parts.hall, parts.clock, parts.date, parts.texts, parts.notice]
    bars = row(parts.bar, keys, parts.bar_columns)

    assert all(inside(box, Box(0, 0, canvas.width, canvas.height)) for box in (*texts, *bars, parts.field))
    assert all(inside(text, parts.band) for text in texts)
    assert all(apart(one, other) for one, other in combinations([*texts, parts.field, *bars], 2))
    assert all(min(key.w, key.h) >= 81 for key in bars)


@pytest.mark.parametrize("size", [(984, 1362), (984, 1250), (1240, 1000)])
@pytest.mark.parametrize("strip", [False, True])
def test_the_parts_of_a_ticket_stand_apart(size: tuple[int, int], strip: bool) -> None:
    boxes = ticket_boxes(*size, strip=strip)
    texts = [boxes.label, boxes.number, boxes.place, boxes.counters, boxes.service, boxes.ahead]

    assert all(inside(text, boxes.card) for text in texts)
    assert all(apart(one, other) for one, other in combinations([*texts, boxes.strip, boxes.bar, boxes.keys], 2))
    assert apart(boxes.card, boxes.strip)
    assert boxes.strip.h == (108 if strip else 0)
    assert boxes.keys.h >= TARGET_PX
