"""The bytes of a ticket: what every printer can take, and what no printer may misunderstand."""

import re
from collections.abc import Mapping
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printer_fakes import black, content_of, hall

from config.hall import Printer
from printer import escpos
from printer.layout import ticket_layout
from printer.picture import Raster
from printer.raster import HEADS, draw
from printer.virtual.engine import Engine
from printer.virtual.parse import Parser, pair

REALTIME = re.compile(rb"\x10[\x04\x05\x14]")
WIDTHS = st.sampled_from(sorted(escpos.PROFILES))
DANGEROUS = st.lists(st.sampled_from([0x00, 0x10, 0x10, 0x04, 0x05, 0x14, 0xFF]), min_size=1, max_size=72 * 40)


@st.composite
def pictures(draw_from: st.DrawFn) -> Raster:
    """Return pictures full of bytes that older printers would obey, with white rows between."""
    width = draw_from(WIDTHS)
    stride = width // 8
    dots = bytes(draw_from(DANGEROUS))
    rows = -(-len(dots) // stride)
    gap = bytes(stride * draw_from(st.integers(0, 60)))
    inked = dots.ljust(rows * stride, b"\0")
    return Raster(width, 2 * rows + len(gap) // stride, inked + gap + inked)


def printed(data: bytes, width: int) -> list[Raster]:
    engine = Engine(width)
    engine.feed(data)
    assert not engine.unknown
    return [paper.picture for paper in engine.take_papers()]


@given(pictures())
def test_no_ticket_holds_a_realtime_command(picture: Raster) -> None:
    assert not REALTIME.search(escpos.ticket(picture, escpos.process_id(1)))


@given(pictures())
def test_no_row_is_wider_than_the_head_and_no_band_higher_than_24_rows(picture: Raster) -> None:
    x = 0
    for command in Parser().feed(escpos.ticket(picture)):
        if command.name == b"\x1dL":
            x = pair(command.data, 0)
            assert x % 8 == 0
        elif command.name == b"\x1dv":
            wide, tall = pair(command.data, 2), pair(command.data, 4)
            assert x + wide * 8 <= picture.width
            assert tall <= escpos.BAND_ROWS or not any(command.data[6:])


@given(pictures())
def test_the_paper_is_the_picture_but_for_the_dots_that_break_realtime_commands(picture: Raster) -> None:
    papers = printed(escpos.ticket(picture), picture.width)

    assert [(paper.width, paper.height) for paper in papers] == [(picture.width, picture.height)]
    for was, is_now in zip(picture.rows, papers[0].rows, strict=True):
        assert is_now == was or (was, is_now) == (0x10, 0x18)


@given(st.binary(max_size=400))
def test_making_image_data_harmless_changes_nothing_but_10h_bytes(data: bytes) -> None:
    safe = escpos.without_realtime(data)

    assert not REALTIME.search(safe)
    assert all(a == b or (a, b) == (0x10, 0x18) for a, b in zip(data, safe, strict=True))


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("service", ["dukcapil-ktp-cetak", "dpmptsp-nib", "bsb-teller"])
def test_a_virtual_printer_prints_a_real_ticket_dot_for_dot(width_mm: int, service: str) -> None:
    content = content_of(hall("mpp-muara-enim"), service, ticket_class="priority")
    picture = draw(ticket_layout(content, copy=1, printed_ms=content["issued_ms"]), HEADS[width_mm])

    paper = printed(escpos.ticket(picture, escpos.process_id(7)), picture.width)[0]

    changed = [pair for pair in zip(picture.rows, paper.rows, strict=True) if len(set(pair)) > 1]
    assert (paper.width, paper.height) == (picture.width, picture.height)
    assert changed in ([], [(0x10, 0x18)])


def test_a_ticket_begins_with_a_reset_and_ends_with_the_cut_and_its_proof() -> None:
    data = escpos.ticket(black(), escpos.process_id(42))

    assert data.startswith(b"\x1b@")
    assert data.endswith(b"\x1dV\x42\x00" + b"\x1d(H\x06\x00000042")


@pytest.mark.parametrize("width", [384, 512, 576])
def test_a_ticket_is_cut_on_every_head(width: int) -> None:
    assert escpos.ticket(black(width)).endswith(escpos.CUT)


def test_without_a_cutter_the_paper_is_fed_out_to_be_torn_and_no_cut_is_sent() -> None:
    picture = black()

    data = escpos.ticket(picture, escpos.BARRIER, cutter=False)

    engine = Engine(picture.width)
    engine.feed(data)
    assert engine.take_papers() == []
    engine.feed(escpos.CUT)
    paper = engine.take_papers()[0].picture
    assert paper.rows[: len(picture.rows)] == picture.rows
    assert 11 <= (paper.height - picture.height) / 8 <= 13
    assert escpos.CUT not in data
    assert data.endswith(escpos.BARRIER)


def test_a_torn_piece_is_fed_out_where_there_is_no_cutter() -> None:
    assert escpos.CUT in escpos.cut_off(384)
    assert escpos.CUT not in escpos.cut_off(384, cutter=False)


@pytest.mark.parametrize(
    ("settings", "size", "form"),
    [
        ({"transport": "serial", "baud": 19200}, 4_000, "raster"),
        ({"transport": "serial", "baud": 19200}, 20_000, "text"),
        ({"transport": "serial", "baud": 115200}, 20_000, "raster"),
        ({"transport": "serial", "baud": 115200}, 30_000, "text"),
        ({"transport": "serial", "baud": 9600, "form": "raster"}, 30_000, "raster"),
        ({"transport": "tcp"}, 1_000_000, "raster"),
        ({"transport": "usb"}, 1_000_000, "raster"),
        ({"transport": "tcp", "form": "text"}, 100, "text"),
    ],
)
def test_a_drawing_that_would_be_long_on_a_serial_line_is_sent_as_text(
    settings: Mapping[str, Any], size: int, form: str
) -> None:
    assert escpos.sent_as(Printer(id="p", kiosk="k", **settings), size) == form


def test_a_byte_takes_ten_bits_on_a_serial_line() -> None:
    assert escpos.seconds(1920, 19200) == 1.0


def test_white_paper_costs_a_byte_a_row() -> None:
    white = Raster(576, 200, bytes(72 * 200))

    assert len(escpos.ticket(white)) < 220


def test_only_the_inked_part_of_a_band_is_sent() -> None:
    row = bytes(20) + b"\xff\xff" + bytes(50)

    bands = list(escpos.bands(Raster(576, 24, row * 24)))

    assert [(band.x, band.width, band.height) for band in bands] == [(20, 2, 24)]


def test_process_numbers_rise_and_begin_again() -> None:
    assert [escpos.next_process(number) for number in (1, 9998, 9999)] == [2, 9999, 1]


def test_status_questions_are_dle_eot() -> None:
    assert [escpos.status_request(question) for question in (1, 4)] == [b"\x10\x04\x01", b"\x10\x04\x04"]


@given(cut_at=st.integers(1, 2000))
def test_a_torn_ticket_is_ended_and_the_next_one_is_whole(cut_at: int) -> None:
    picture = black(576, 120)
    data = escpos.ticket(picture)
    engine = Engine(576)

    engine.feed(data[: min(cut_at, len(data))])
    engine.feed(escpos.unstuck(576) + escpos.cut_off(576))
    engine.take_papers()
    engine.feed(data)

    assert [paper.picture for paper in engine.take_papers()] == [picture]


def test_the_library_is_python_escpos_and_not_its_namesake() -> None:
    assert packages_distributions()["escpos"] == ["python-escpos"]
