"""One ticket as bytes and as a picture, without a hub and without a printer."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from config.devices import STANDARD_DPI
from config.errors import AntreanError
from config.hall import Hall
from config.logo import unpacked
from printer import escpos as encoder
from printer import text as writer
from printer.layout import Layout, ticket_layout
from printer.picture import Raster, save
from printer.raster import draw, drawing, head_of
from printer.sample import sample_content
from printer.sheet import Head
from printer.virtual.engine import Engine


class UnknownService(AntreanError):
    """The hall has no such service."""

    key = "printer.unknown_service"


def render(
    hall: Hall,
    service: str,
    number: str,
    *,
    ticket_class: str = "normal",
    copy: int = 0,
    width_mm: int = 80,
    dpi: int = STANDARD_DPI,
    text: bool = False,
    language: str = "id",
    escpos: Path | None = None,
    png: Path | None = None,
    issued: datetime | None = None,
) -> Literal["raster", "text"]:
    """Write what a printer of this width would get, and what it would print, dot for dot; return how it is sent.

    `issued` without a time zone is the hall's own time; None is now. A copy is printed again in the same minute. With
    `text` it is written in the printer's own letters, unless they lack some: then it is drawn all the same.
    """
    if service not in hall.services:
        raise UnknownService(service=service, known=", ".join(hall.services))
    moment = issued or datetime.now(hall.timezone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=hall.timezone)
    content = sample_content(hall, service, number, ticket_class=ticket_class, language=language, issued=moment)
    layout = ticket_layout(content, copy=copy, printed_ms=content["issued_ms"], logo=unpacked(hall.ticket.logo))
    head = head_of(width_mm, dpi)
    form: Literal["raster", "text"] = "text" if text and writer.can_be_written(layout) else "raster"
    data, picture = written(layout, head) if form == "text" else drawn(layout, head)
    if escpos is not None:
        save(data, escpos)
    if png is not None:
        save(picture.png(), png)
    return form


def drawn(layout: Layout, head: Head) -> tuple[bytes, Raster]:
    """Return a drawn ticket as bytes and as a picture."""
    drawing()
    picture = draw(layout, head)
    return encoder.ticket(picture, encoder.process_id(1)), picture


def written(layout: Layout, head: Head) -> tuple[bytes, Raster]:
    """Return a ticket of text as bytes, and as the virtual printer prints it."""
    data = writer.ticket(layout, head.dots, encoder.process_id(1))
    engine = Engine(head.dots)
    engine.feed(data)
    return data, engine.take_papers()[0].picture
