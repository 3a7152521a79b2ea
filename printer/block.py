"""Sheets of reserved numbers for a dark hall: A4, twenty slips a page, to cut along the lines."""

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageSize, QPainter, QPdfWriter, QPen

from config.hall import Agency, Hall
from config.wording import Words
from ui.fonts import font, load_fonts

FIRST = 701
COLUMNS, ROWS = 4, 5
DOTS_PER_INCH = 300
MARGIN_MM = 10
PEN_DOTS = 3


def write_sheets(hall: Hall, agencies: list[str], count: int, out: Path) -> int:
    """Write the slips of some agencies as PDF and return the number of pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    load_fonts()
    writer = QPdfWriter(str(out))
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM))
    slips = [(agency, n) for agency in hall.agencies if agency.id in agencies for n in range(FIRST, FIRST + count)]
    painter = QPainter(writer)
    for place, (agency, number) in enumerate(slips):
        at = place % (COLUMNS * ROWS)
        if place and at == 0:
            writer.newPage()
        draw_slip(painter, box_of(painter, at), hall, agency, number)
    painter.end()
    del application
    return -(-len(slips) // (COLUMNS * ROWS))


def box_of(painter: QPainter, at: int) -> QRectF:
    """Return the rectangle of a slip on its page."""
    page = QRectF(painter.viewport())
    width, height = page.width() / COLUMNS, page.height() / ROWS
    return QRectF(page.x() + at % COLUMNS * width, page.y() + at // COLUMNS * height, width, height)


def draw_slip(painter: QPainter, box: QRectF, hall: Hall, agency: Agency, number: int) -> None:
    """Draw one slip: hall, agency, the huge number, and lines for date, hour and service."""
    words = Words("id")
    painter.setPen(QPen(Qt.GlobalColor.gray, PEN_DOTS, Qt.PenStyle.DashLine))
    painter.drawRect(box)
    painter.setPen(Qt.GlobalColor.black)
    inner = box.adjusted(box.width() * 0.07, box.height() * 0.06, -box.width() * 0.07, -box.height() * 0.06)
    parts = (
        (0.00, 0.14, 40, 500, hall.hall.short),
        (0.13, 0.16, 54, 700, agency.short or agency.name),
        (0.28, 0.32, 190, 800, hall.ticket.number(agency.letter, number)),
        (0.62, 0.12, 38, 500, words.say("ticket.block_date")),
        (0.74, 0.12, 38, 500, words.say("ticket.block_service")),
        (0.87, 0.13, 32, 500, words.say("ticket.block_keep")),
    )
    for top, height, px, weight, text in parts:
        line = QRectF(inner.x(), inner.y() + inner.height() * top, inner.width(), inner.height() * height)
        painter.setFont(fitting(painter, text, px, weight, line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)


def fitting(painter: QPainter, text: str, px: int, weight: int, width: float) -> QFont:
    """Return the font of this size, or the largest smaller one in which a text fits a width on two lines."""
    while px > 16:
        found = font(px, weight)
        painter.setFont(found)
        if painter.fontMetrics().horizontalAdvance(text) <= width * (1 if px > 100 else 1.9):
            return found
        px -= 2
    return font(px, weight)
