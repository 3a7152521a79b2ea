"""Makes of a print job the bytes for one printer: drawn, or written where a drawing would take too long."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from config.errors import AntreanError
from config.hall import Hall, Printer
from config.logo import unpacked
from hub.client.views import JobView
from printer import escpos, text
from printer.job import Payload
from printer.layout import Layout, ticket_layout
from printer.raster import draw, head_of
from printer.sample import sample_content


class Undrawable(AntreanError):
    """A ticket's content cannot be drawn."""

    key = "printer.undrawable"


class Press:
    """Makes tickets for one printer. `hall` and `now_ms` tell the hall file in force and hall time in ms."""

    def __init__(self, printer: Printer, hall: Callable[[], Hall | None], now_ms: Callable[[], int]) -> None:
        self._printer, self._hall, self._now_ms = printer, hall, now_ms

    def make(self, job: JobView) -> Payload:
        """Return a job's bytes, all but what proves them; Undrawable where its content is not as it should be."""
        try:
            return payload_of(self._printer, self._layout(job))
        except Exception as error:
            # Whatever is wrong with one ticket, the others must be printed.
            raise Undrawable(job=job["job"], why=repr(error)) from error

    def warm(self) -> None:
        """Draw a ticket for nobody: fonts make the first drawing ten times as slow, and no visitor should wait for it.

        What is wrong with the hall's tickets is told at the first real one.
        """
        hall = self._hall()
        if hall is None or not hall.services:
            return
        issued = datetime.fromtimestamp(self._now_ms() / 1000, UTC)
        with suppress(AntreanError):
            content = sample_content(hall, next(iter(hall.services)), "A000", issued=issued)
            payload_of(self._printer, ticket_layout(content, copy=0, printed_ms=None))

    def _layout(self, job: JobView) -> Layout:
        hall = self._hall()
        logo = unpacked(hall.ticket.logo) if hall is not None else None
        return ticket_layout(job["content"], copy=job["copy"], printed_ms=self._now_ms(), logo=logo)


def payload_of(printer: Printer, layout: Layout) -> Payload:
    """Return a ticket's bytes for a printer: drawn, or written where its settings or a slow line ask for that."""
    head = head_of(printer.width_mm, printer.dpi)
    picture = draw(layout, head)
    data = escpos.ticket(picture, cutter=printer.cutter)
    if escpos.sent_as(printer, len(data)) == "text" and text.can_be_written(layout):
        written = text.ticket(layout, head.dots, cutter=printer.cutter)
        return Payload(written, text.height(layout, head.dots) / head.per_mm)
    return Payload(data, picture.height / head.per_mm)
