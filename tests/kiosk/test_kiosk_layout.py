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
from kiosk.rooms import attract_boxes, bring_boxes, code_boxes, keyboard, technician_boxes

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
    assert target_px((1024, 768), (304, 228)) == 127


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


@pytest.mark.parametrize("size", [(984, 1044), (1240, 1000), (1032, 668), (1872, 384)])
def test_letters_are_large_enough_and_leave_room_for_what_is_found(size: tuple[int, int]) -> None:
    field = Box(24, 640, *size)

    room, letters = keyboard(field, 28, least=81)

    assert all(letter.h >= 81 and letter.w >= 81 for letter in letters)
    assert all(inside(box, field) for box in (room, *letters))
    assert all(apart(one, other) for one, other in combinations([room, *letters], 2))
    assert room.h >= 2 * 81 + 8


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE, (1024, 768)])
def test_the_screen_that_invites_has_its_texts_apart(size: tuple[int, int]) -> None:
    boxes = attract_boxes(canvas_of(*size))
    texts = [boxes.operator, boxes.clock, boxes.date, boxes.hall, boxes.hours]
    beside = [boxes.breath, boxes.touch, boxes.others]

    assert all(inside(box, boxes.band) for box in texts)
    assert all(apart(boxes.band, box) and inside(box, boxes.whole) for box in beside)
    assert all(apart(one, other) for one, other in combinations([*texts, *beside], 2))


@pytest.mark.parametrize("size", [(984, 1044), (1240, 1000), (1032, 668), (1872, 384)])
@pytest.mark.parametrize("lines", [3, 10])
def test_what_to_bring_stands_apart_from_the_key(size: tuple[int, int], lines: int) -> None:
    boxes = bring_boxes(*size, lines=lines)

    assert len(boxes.lines) == lines
    assert all(inside(line, boxes.sheet) for line in boxes.lines)
    assert all(apart(one, other) for one, other in combinations([boxes.sheet, boxes.hint, boxes.key], 2))
    assert boxes.key.h >= 132


@pytest.mark.parametrize("size", [(984, 1250), (1240, 1000)])
def test_the_technicians_keys_and_lines_stand_apart(size: tuple[int, int]) -> None:
    sheet, lines, key = technician_boxes(*size, 5)
    dots, *keys = code_boxes(*size)

    assert len(keys) == 12
    assert all(apart(one, other) for one, other in combinations([dots, *keys], 2))
    assert all(min(box.w, box.h) >= TARGET_PX for box in keys)
    assert all(inside(box, sheet) for pair in lines for box in pair)
    assert apart(sheet, key)


def test_keys_fill_their_rows_evenly() -> None:
    rows = [box.y for box in row(Box(0, 0, 984, 320), 7, 3)]

    assert [rows.count(y) for y in sorted(set(rows))] == [3, 2, 2]
