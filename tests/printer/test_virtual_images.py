"""Images that are stored first, and codes that the printer draws itself."""

import pytest
import zxingcpp
from escpos.printer import Dummy
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printer.picture import Raster
from printer.virtual.engine import Engine

CUT = b"\x1dV\x00"
URL = b"https://antre.muaraenimkab.go.id/t/k7mx4pvaqz"


def papers_of(*parts: bytes, width: int = 16) -> list[Raster]:
    engine = Engine(width)
    engine.feed(b"".join(parts) + CUT)
    return [paper.picture for paper in engine.take_papers()]


def rows_of(*parts: bytes) -> list[str]:
    return [picture.row(y).hex() for picture in papers_of(*parts) for y in range(picture.height)]


def stored(data: bytes, width: int, height: int, wide: int = 1, high: int = 1) -> bytes:
    """Return the body of function 112; `width` in dots."""
    sizes = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"0p0" + bytes((wide, high)) + b"1" + sizes + data


def short(body: bytes) -> bytes:
    return b"\x1d(L" + len(body).to_bytes(2, "little") + body


def long(body: bytes) -> bytes:
    return b"\x1d8L" + len(body).to_bytes(4, "little") + body


PRINT = short(b"02")


@pytest.mark.parametrize("form", [short, long])
def test_a_stored_image_is_printed_when_told(form: object) -> None:
    assert rows_of(form(stored(b"\xff\x80\x01", 8, 3)), PRINT) == ["ff00", "8000", "0100"]  # type: ignore[operator]


def test_a_stored_image_is_printed_once() -> None:
    assert rows_of(short(stored(b"\xff", 8, 1)), PRINT, PRINT) == ["ff00"]


def test_a_stored_image_that_nobody_prints_is_no_paper() -> None:
    assert papers_of(short(stored(b"\xff", 8, 1))) == []


def test_a_stored_image_may_be_doubled_and_stands_where_told() -> None:
    assert rows_of(short(stored(b"\xf0", 8, 1, 2, 2)), PRINT) == ["ff00", "ff00"]
    assert rows_of(b"\x1ba\x02", short(stored(b"\xf0", 8, 1)), PRINT) == ["00f0"]


def test_a_width_that_is_no_whole_byte_is_padded() -> None:
    assert rows_of(short(stored(b"\xff\xc0\x00\x40", 10, 2)), PRINT) == ["ffc0", "0040"]


def test_a_stored_image_larger_than_the_receive_buffer_is_printed_whole() -> None:
    data = bytes(range(256)) * 72

    picture = papers_of(long(stored(data, 576, 256)), PRINT, width=576)[0]

    assert picture.rows == data


@given(st.binary(max_size=40))
def test_no_graphics_whatever_break_it(body: bytes) -> None:
    papers_of(short(body), PRINT)


def code(content: bytes, module: int = 4, level: int = 49) -> bytes:
    store = b"\x1d(k" + (len(content) + 3).to_bytes(2, "little") + b"1P0" + content
    size, correction = b"\x1d(k\x03\x001C" + bytes((module,)), b"\x1d(k\x03\x001E" + bytes((level,))
    return b"\x1d(k\x04\x001A2\x00" + size + correction + store + b"\x1d(k\x03\x001Q0"


def read(picture: Raster) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(picture.image(64).convert("L"))


@pytest.mark.parametrize("level", [48, 49, 50, 51])
@pytest.mark.parametrize("module", [3, 6])
def test_a_code_can_be_scanned_and_has_the_size_asked_for(module: int, level: int) -> None:
    picture = papers_of(b"\x1ba\x01", code(URL, module, level), width=384)[0]

    assert picture.height % module == 0
    assert [(code.text, code.format) for code in read(picture)] == [(URL.decode(), zxingcpp.BarcodeFormat.QRCode)]


def test_a_code_stands_in_the_middle_where_told() -> None:
    picture = papers_of(b"\x1ba\x01", code(URL), width=384)[0]

    box = picture.image().convert("L").point(lambda dot: 255 - dot).getbbox()
    assert box == ((384 - picture.height) // 2, 0, (384 + picture.height) // 2, picture.height)


@pytest.mark.parametrize("content", [URL * 100, b""])
def test_a_code_that_cannot_be_drawn_is_left_out(content: bytes) -> None:
    assert papers_of(code(content), width=384) == []


def test_a_code_wider_than_the_head_is_left_out() -> None:
    assert papers_of(code(URL, 16), width=384) == []


def test_another_kind_of_code_is_unknown() -> None:
    engine = Engine(384)

    engine.feed(b"\x1d(k\x03\x000C\x05")

    assert engine.unknown == {b"\x1d(k": 1}


def test_all_that_python_escpos_writes_is_understood() -> None:
    host = Dummy(profile="TM-T20II")
    host.hw("INIT")
    host.set(align="center", font="b", bold=True, underline=1, width=2, height=2, custom_size=True, invert=True)
    host.textln("Kartu Keluarga – é ½")
    host.set_with_default(flip=True, density=8)
    host.textln("A017")
    host.image(Image.new("1", (64, 16), 1), impl="graphics")
    host.image(Image.new("1", (64, 16), 1), impl="bitImageRaster")
    host.qr(URL.decode(), native=True, size=6)
    host.control("HT")
    host.print_and_feed(2)
    host.cut()
    engine = Engine(576)

    engine.feed(host.output)

    assert not engine.unknown
    assert [code.text for paper in engine.take_papers() for code in read(paper.picture)] == [URL.decode()]
