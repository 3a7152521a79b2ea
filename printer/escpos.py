"""A drawn ticket as ESC/POS bytes, built by python-escpos: bands cut to their ink, the cut, the proof.

Sources: Epson ESC/POS reference, pages gs_lv_0, gs_cv, gs_lparen_ch_fn48, gs_lr, dle_eot, gs_cl.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from escpos.printer import Dummy
from PIL import Image

from config.hall import Printer
from printer.picture import Raster

BAND_ROWS = 24
"""Rows of one GS v 0. Small, so that a half-received image is short and no buffer overflows."""
PROFILES: Mapping[int, str] = MappingProxyType({384: "POS-5890", 512: "TM-T88V", 576: "TM-T20II"})
"""python-escpos' profile for each width of head: it refuses an image that is wider."""
REALTIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
"""DLE EOT, ENQ and DC4: older printers obey them even inside image data, and DC4 may open a drawer or switch off."""
RESET = b"\x1b@"
CUT = b"\x1dV\x42\x00"
BARRIER = b"\x1dr\x01"
LAST_PROCESS = 9999
TEAR_ROWS = 96
"""Paper between the head and the edge at which a hand tears it off: about 12 mm."""
BITS_A_BYTE = 10
"""On a serial line: start, eight of data, stop."""
SLOW_S = 2.5
"""A drawing that would be longer on its way than this is sent as text."""


@dataclass(frozen=True, slots=True)
class Band:
    """A few rows of a picture without the white around them: `x` and `width` in bytes, `y` and `height` in rows."""

    x: int
    y: int
    width: int
    height: int
    data: bytes


def ticket(picture: Raster, ending: bytes = b"", *, cutter: bool = True) -> bytes:
    """Return all bytes of one paper: reset, picture, cut, and what makes the printer prove that it is out.

    Without a `cutter` the paper is fed so far that it can be torn off.
    """
    printer = Dummy(profile=PROFILES[picture.width])
    printer.hw("INIT")
    done = left = 0
    for band in bands(picture):
        feed(printer, band.y - done)
        if band.x != left:
            margin(printer, band.x * 8)
        image(printer, band.width, band.height, band.data)
        done, left = band.y + band.height, band.x
    feed(printer, picture.height - done)
    end(printer, cutter=cutter)
    return bytes(printer.output) + ending


def end(printer: Dummy, *, cutter: bool) -> None:
    """Cut the paper off, or feed it out to be torn off.

    GS V 66 0 is sent raw: the library's own cut() does nothing, silently, where its profile has no cutter.
    """
    if cutter:
        printer._raw(CUT)
    else:
        feed(printer, TEAR_ROWS)


def bytes_a_second(baud: int) -> float:
    """Return how many bytes a serial line carries in a second."""
    return baud / BITS_A_BYTE


def seconds(count: int, baud: int) -> float:
    """Return how long so many bytes are on their way over a serial line."""
    return count / bytes_a_second(baud)


def sent_as(printer: Printer, raster_bytes: int) -> Literal["raster", "text"]:
    """Return how a ticket is sent whose drawing has so many bytes: as text where a serial line would be too slow."""
    if printer.form != "auto":
        return printer.form
    slow = printer.transport == "serial" and seconds(raster_bytes, printer.baud) > SLOW_S
    return "text" if slow else "raster"


def bands(picture: Raster) -> Iterator[Band]:
    """Yield the inked parts of a picture from top to bottom, none higher than 24 rows."""
    y = 0
    while y < picture.height:
        if not any(picture.row(y)):
            y += 1
            continue
        rows = [picture.row(at) for at in range(y, min(y + BAND_ROWS, picture.height))]
        while not any(rows[-1]):
            rows.pop()
        yield band_of(rows, y)
        y += len(rows)


def band_of(rows: list[bytes], y: int) -> Band:
    """Return rows as a band, cut to the bytes that hold ink."""
    stride, ink = len(rows[0]), 0
    for row in rows:
        ink |= int.from_bytes(row, "big")
    all_ink = ink.to_bytes(stride, "big")
    left = stride - len(all_ink.lstrip(b"\0"))
    right = len(all_ink.rstrip(b"\0"))
    data = b"".join(row[left:right] for row in rows)
    return Band(left, y, right - left, len(rows), without_realtime(data))


def without_realtime(data: bytes) -> bytes:
    """Return image data in which no real-time command stands: the 10h byte of each gets one dot more."""
    return REALTIME.sub(b"\x18", data)


def image(printer: Dummy, width: int, height: int, data: bytes) -> None:
    """Print image data by GS v 0; `width` in bytes. The library wants paper white and inverts it back."""
    white = bytes(byte ^ 0xFF for byte in data)
    printer.image(Image.frombytes("1", (width * 8, height), white), impl="bitImageRaster")


def feed(printer: Dummy, rows: int) -> None:
    """Feed rows as white image rows one byte wide: ESC J counts in units that differ between printers."""
    if rows > 0:
        image(printer, 1, rows, bytes(rows))


def margin(printer: Dummy, x: int) -> None:
    """Begin the images that follow `x` dots from the left, by GS L: ESC $ would begin a line of text, which is fed."""
    printer._raw(b"\x1dL" + x.to_bytes(2, "little"))


def process_id(number: int) -> bytes:
    """Return GS ( H function 48: the printer answers with this number once all before it is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + process_text(number)


def process_text(number: int) -> bytes:
    """Return a process number as its four digits."""
    return b"%04d" % number


def next_process(number: int) -> int:
    """Return the number after this one: 1 to 9999, then 1 again."""
    return number % LAST_PROCESS + 1


def status_request(question: int) -> bytes:
    """Return DLE EOT n: 1 printer, 2 why offline, 3 error, 4 paper."""
    return bytes((0x10, 0x04, question))


def unstuck(width: int) -> bytes:
    """Return what ends a band of which a printer has only the half, and resets; another printer does nothing."""
    return bytes(width // 8 * BAND_ROWS) + RESET


def cut_off(width: int, *, cutter: bool = True) -> bytes:
    """Return what cuts a half-printed piece off, or feeds it out to be torn."""
    printer = Dummy(profile=PROFILES[width])
    end(printer, cutter=cutter)
    return bytes(printer.output)
