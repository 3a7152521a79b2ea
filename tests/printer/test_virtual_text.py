"""Text as a printer sets it: cells on lines, in every size, place and code page."""

import pytest

from printer.picture import Raster
from printer.virtual.engine import Engine
from printer.virtual.glyphs import FACES, glyph
from printer.virtual.line import Style, cell_of

CUT = b"\x1dV\x00"
LINE, CELL_A, CELL_B = 30, 12, 9


def paper_of(*parts: bytes, width: int = 384) -> Raster:
    """Print parts and return what is on the paper."""
    engine = Engine(width)
    engine.feed(b"".join(parts) + CUT)
    assert not engine.unknown
    return engine.take_papers()[0].picture


def ink_of(picture: Raster) -> tuple[int, int, int, int]:
    """Return where the ink begins and ends: left, top, right, bottom."""
    box = picture.image().convert("L").point(lambda dot: 255 - dot).getbbox()
    assert box is not None
    return box


def texts_of(*parts: bytes, width: int = 384) -> list[bytes]:
    engine = Engine(width)
    engine.feed(b"".join(parts))
    return engine.texts


def test_a_character_stands_in_its_cell_of_12_by_24_dots() -> None:
    picture = paper_of(b"H\n")

    left, top, right, bottom = ink_of(picture)
    assert picture.height == LINE
    assert (right <= CELL_A, bottom <= 24) == (True, True)
    assert (right - left > 6, bottom - top > 12) == (True, True)


@pytest.mark.parametrize("font", ["A", "B"])
def test_every_character_differs_but_large_i_and_small_l_and_leaves_white_at_its_right(font: str) -> None:
    glyphs = {char: glyph(char, font) for char in map(chr, range(0x21, 0x7F)) if char != "I"}

    assert len(set(glyphs.values())) == len(glyphs)
    assert not [char for char, rows in glyphs.items() if any(row & 1 for row in rows)]
    assert not [char for char, rows in glyphs.items() if not any(rows)]
    assert {len(rows) for rows in glyphs.values()} == {FACES[font].height}


@pytest.mark.parametrize(
    ("width", "select", "columns"),
    [(384, b"", 32), (384, b"\x1bM\x01", 42), (576, b"", 48), (576, b"\x1b!\x01", 64), (384, b"\x1d!\x10", 16)],
)
def test_a_line_breaks_where_the_head_ends(width: int, select: bytes, columns: int) -> None:
    assert texts_of(select, b"x" * (columns + 3), b"\n", width=width) == [b"x" * columns, b"xxx"]


def test_a_line_that_is_exactly_full_is_no_two_lines() -> None:
    assert paper_of(b"x" * 32 + b"\n").height == LINE


@pytest.mark.parametrize(
    ("select", "wide", "high"),
    [(b"\x1d!\x00", 1, 1), (b"\x1d!\x11", 2, 2), (b"\x1d!\x70", 8, 1), (b"\x1b!\x20", 2, 1), (b"\x1b!\x10", 1, 2)],
)
def test_a_size_repeats_each_dot(select: bytes, wide: int, high: int) -> None:
    left, top, right, bottom = ink_of(paper_of(b"H\n"))

    assert ink_of(paper_of(select, b"H\n")) == (left * wide, top * high, right * wide, bottom * high)


def test_a_number_six_times_as_large_is_288_dots_wide_and_144_high() -> None:
    picture = paper_of(b"\x1d!\x55A017\n")

    assert picture.height == 144
    assert 252 < ink_of(picture)[2] <= 288


def test_small_and_large_characters_stand_on_one_base() -> None:
    small, mixed = ink_of(paper_of(b"\x1d!\x01 \x1d!\x00H\n")), paper_of(b"\x1d!\x01H\x1d!\x00H\n")

    assert small[3] > 40
    assert ink_of(mixed)[1] < small[1]


@pytest.mark.parametrize(("align", "left"), [(b"0", 0), (b"1", 174), (b"2", 348)])
def test_a_line_is_left_in_the_middle_or_right(align: bytes, left: int) -> None:
    at_left = ink_of(paper_of(b"HHH\n"))

    assert ink_of(paper_of(b"\x1ba" + align, b"HHH\n"))[0] == left + at_left[0]


def test_bold_has_more_ink_and_the_same_place() -> None:
    plain, bold = cell_of("H", Style()), cell_of("H", Style(bold=True))

    assert all(row & thick == row for row, thick in zip(plain, bold, strict=True))
    assert plain != bold


@pytest.mark.parametrize("on", [b"\x1bE\x01", b"\x1b!\x08", b"\x1bG\x01"])
def test_bold_has_three_switches(on: bytes) -> None:
    assert paper_of(on, b"H\n") == paper_of(b"\x1bE\x01H\n") != paper_of(b"H\n")


@pytest.mark.parametrize(("on", "rows"), [(b"\x1b-\x01", 1), (b"\x1b-2", 2), (b"\x1b!\x80", 1)])
def test_an_underline_runs_below_blanks_too(on: bytes, rows: int) -> None:
    picture = paper_of(on, b"  \n")

    assert ink_of(picture) == (0, 24 - rows, 2 * CELL_A, 24)


def test_reverse_is_white_on_black() -> None:
    plain, reverse = (cell_of("H", Style(reverse=is_reverse)) for is_reverse in (False, True))

    assert [row ^ 0xFFF for row in plain] == list(reverse)
    assert paper_of(b"\x1dB\x01H\x1dB\x00\n") != paper_of(b"H\n")


def test_upside_down_is_the_line_turned() -> None:
    plain, turned = paper_of(b"H!\n").image(), paper_of(b"\x1b{\x01H!\n").image()

    assert turned.crop((0, 0, 384, 24)).tobytes() == plain.crop((0, 0, 384, 24)).rotate(180).tobytes()


def test_space_between_characters_widens_the_line() -> None:
    assert texts_of(b"\x1b \x04", b"x" * 30, b"\n") == [b"x" * 24, b"x" * 6]


@pytest.mark.parametrize(
    ("page", "byte", "char"),
    [
        (0, b"\x82", "é"),
        (2, b"\xb5", "Á"),
        (19, b"\xd5", "€"),
        (16, b"\x80", "€"),
        (16, b"\xe9", "é"),
        (0, b"\xc4", "─"),
    ],
)
def test_a_code_page_says_which_character_a_byte_is(page: int, byte: bytes, char: str) -> None:
    picture = paper_of(b"\x1bt" + bytes((page,)), byte, b"\n")

    first = [int.from_bytes(picture.row(y)[:2], "big") >> 4 for y in range(24)]
    assert tuple(first) == cell_of(char, Style())


def test_lines_of_a_frame_meet_their_neighbours() -> None:
    picture = paper_of("┌──┐\n".encode("cp437"))

    row = max((picture.row(y) for y in range(24)), key=lambda row: int.from_bytes(row, "big").bit_count())
    ink = f"{int.from_bytes(row, 'big'):0384b}"
    assert ink.strip("0").count("0") == 0
    assert len(ink.strip("0")) > 3 * CELL_A


def test_a_tab_goes_to_the_next_stop_and_stops_can_be_set() -> None:
    begin = ink_of(paper_of(b"H\n"))[0]

    assert ink_of(paper_of(b"\tH\n"))[0] == 96 + begin
    assert ink_of(paper_of(b"\x1bD\x03\x05\x00\t\tH\n"))[0] == 5 * CELL_A + begin


def test_a_place_on_the_line_is_told_in_dots_from_the_margin() -> None:
    begin = ink_of(paper_of(b"H\n"))[0]

    assert ink_of(paper_of(b"\x1dL\x08\x00\x1b$\x64\x00H\n"))[0] == 108 + begin
    assert ink_of(paper_of(b"\x1b$\x64\x00\x1b\\\xf6\xffH\n"))[0] == 90 + begin


def test_the_area_is_narrower_than_the_head_where_told_so() -> None:
    assert texts_of(b"\x1dW\x3c\x00", b"x" * 7, b"\n") == [b"x" * 5, b"xx"]


@pytest.mark.parametrize(
    ("parts", "height"),
    [
        ([b"H\n"], LINE),
        ([b"\x1b3\x32H\n"], 50),
        ([b"\x1b3\x05H\n"], 24),
        ([b"\x1b3\x05\x1b2H\n"], LINE),
        ([b"H\x1bJ\x28"], 40),
        ([b"H\x1bd\x03"], 3 * LINE),
        ([b"H"], LINE),
        ([b"\n\n"], 2 * LINE),
    ],
)
def test_lines_are_as_far_apart_as_told_and_never_cut_through(parts: list[bytes], height: int) -> None:
    assert paper_of(*parts).height == height


def test_a_reset_forgets_how_text_looked() -> None:
    odd = b"\x1d!\x11\x1bE\x01\x1b-\x01\x1dB\x01\x1ba\x02\x1bt\x10\x1bM\x01\x1b{\x01"

    assert paper_of(odd, b"\x1b@", b"H\x82\n") == paper_of(b"H\x82\n")


def test_an_image_begins_below_the_text_before_it() -> None:
    picture = paper_of(b"H\x1dv0\x00\x01\x00\x01\x00\xff")

    assert picture.height == LINE + 1
    assert picture.row(LINE)[0] == 0xFF
