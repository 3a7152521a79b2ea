"""One ticket as bytes and as a picture, without a hub and without a printer."""

from datetime import datetime
from pathlib import Path

from config.errors import AntreanError
from config.hall import Hall
from printer import escpos as encoder
from printer.layout import ticket_layout
from printer.picture import save
from printer.raster import HEADS, draw, drawing
from printer.sample import sample_content


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
    language: str = "id",
    escpos: Path | None = None,
    png: Path | None = None,
    issued: datetime | None = None,
) -> None:
    """Write what a printer of this width would get, and what it would print, dot for dot.

    `issued` without a time zone is the hall's own time; None is now. A copy is printed again in the same minute.
    """
    if service not in hall.services:
        raise UnknownService(service=service, known=", ".join(hall.services))
    moment = issued or datetime.now(hall.timezone)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=hall.timezone)
    content = sample_content(hall, service, number, ticket_class=ticket_class, language=language, issued=moment)
    drawing()
    picture = draw(ticket_layout(content, copy=copy, printed_ms=content["issued_ms"]), HEADS[width_mm])
    if escpos is not None:
        save(encoder.ticket(picture, encoder.process_id(1)), escpos)
    if png is not None:
        save(picture.png(), png)
