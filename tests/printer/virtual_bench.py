"""A virtual printer that threads share, and what is to be waited for."""

import threading
from collections.abc import Callable

from printer_fakes import black

from printer import escpos
from printer.picture import Raster
from printer.virtual.device import VirtualPrinter
from printer.virtual.engine import AT_ONCE, Faults, Mechanics
from printer.virtual.page import Paper

PICTURE = black(384, 200)
TICKET = escpos.ticket(PICTURE, escpos.process_id(7))
PROVED = b"\x37\x220007\x00"
QUESTION = escpos.status_request(1)
SOON_S = 5.0
COVER_OPEN = Faults(cover_open=True)
SMALL = Mechanics(buffer_bytes=64)
FULL = Raster(384, 200, b"\xaa" * 48 * 200)


class Bench:
    """A printer, the papers that came out of it, and what is to be waited for."""

    def __init__(self, mechanics: Mechanics = AT_ONCE, **options: Callable[[], float]) -> None:
        self.papers: list[Paper] = []
        self._came = threading.Condition()
        self.printer = VirtualPrinter(self._take, 384, mechanics, **options)  # type: ignore[arg-type]

    def _take(self, paper: Paper) -> None:
        with self._came:
            self.papers.append(paper)
            self._came.notify_all()

    def wait_for_papers(self, count: int) -> list[Raster]:
        """Wait until so many papers are out, and return their pictures."""
        with self._came:
            assert self._came.wait_for(lambda: len(self.papers) >= count, SOON_S)
        return [paper.picture for paper in self.papers]
