"""Draws a ticket's layout as dots with Qt's painter: black or white, at the width of the printer's head."""

import os
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PySide6.QtGui import QGuiApplication, QImage, QPainter

from config.devices import NARROW_PAPER_MM, STANDARD_DPI
from printer.layout import Layout
from printer.picture import Raster
from printer.sheet import Head, Sheet, place
from ui.fonts import load_fonts

HEADS: Mapping[int, Head] = MappingProxyType({58: Head(384), 80: Head(576)})
"""The heads of 203 dpi by the width of their paper in mm."""
HEAD_180_DPI = Head(512, 7.09)
"""The head of some printers for 80 mm."""


def head_of(width_mm: int, dpi: int = STANDARD_DPI) -> Head:
    """Return the head of a printer by its paper in mm and its dots an inch; narrow heads all have 203."""
    return HEADS[width_mm] if dpi == STANDARD_DPI or width_mm == NARROW_PAPER_MM else HEAD_180_DPI


@cache
def drawing() -> QGuiApplication:
    """Return the application that fonts need, started without a screen where there is none yet; it lives to the end."""
    running = QGuiApplication.instance()
    if not isinstance(running, QGuiApplication):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        running = QGuiApplication([])
    load_fonts()
    return running


def draw(layout: Layout, head: Head, *, bleed: int = 0) -> Raster:
    """Return a layout as dots. `bleed` dots of paper are added left and right, where no ink may ever be."""
    sheet = Sheet(head)
    for block in layout.blocks:
        place(block, sheet)
    return dots_of(painted(sheet, bleed))


def painted(sheet: Sheet, bleed: int) -> QImage:
    """Return a sheet's ink as an image of one bit a dot."""
    image = QImage(sheet.width + 2 * bleed, max(1, sheet.y), QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    image.fill(0)
    painter = QPainter(image)
    painter.translate(bleed, 0)
    for part in sheet.ink:
        part.paint(painter)
    painter.end()
    return image


def dots_of(image: QImage) -> Raster:
    """Return an image of one bit a dot as a raster, without the bytes that pad each row to four."""
    stride, used = image.bytesPerLine(), image.width() // 8
    data = bytes(image.constBits())
    rows = b"".join(data[at : at + used] for at in range(0, stride * image.height(), stride))
    return Raster(image.width(), image.height(), rows)
