"""The one who owns a printer: opens it, watches it, and prints its jobs in order."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import structlog

from config.errors import AntreanError
from config.hall import Hall, Printer
from hub.client.views import JobView, PrinterStatus
from printer import escpos
from printer.desk import Desk
from printer.job import PATIENCE, Outcome, Patience, Runner, orphaned
from printer.layout import ticket_layout
from printer.link import WRITE_S, Link
from printer.picture import Raster
from printer.port import HubPort
from printer.raster import HEADS, draw
from printer.status import READY
from printer.transport import FileTransport, PrinterError, TcpTransport, Transport, tcp_address
from printer.virtual.device import VirtualPrinter, VirtualTransport
from printer.virtual.tray import Tray
from ui.lines import tell

log = structlog.get_logger("printer")
WATCH_S = 2.0
"""How often a printer without work is asked how it is."""
AGAIN_S = 1.0


class UnknownPrinter(AntreanError):
    """The hall has no printer of this name."""

    key = "printer.unknown"


class Undrawable(AntreanError):
    """A ticket's content cannot be drawn."""

    key = "printer.undrawable"


class Worker:
    """Prints what its desk says, until `stop` is set. `on_status` hears of each change of the printer's status."""

    def __init__(
        self,
        desk: Desk,
        port: HubPort,
        virtual: VirtualPrinter,
        tray: Tray,
        stop: Event,
        on_status: Callable[[PrinterStatus], None],
        patience: Patience = PATIENCE,
    ) -> None:
        self._desk, self._port, self._virtual, self._tray, self._stop = desk, port, virtual, tray, stop
        self._on_status, self._patience = on_status, patience
        self._known: PrinterStatus | None = None
        self._reported: PrinterStatus | None = None
        self._is_torn = self._is_ready = False

    def work(self) -> None:
        """Print until the end; UnknownPrinter where the hall has no such printer."""
        hall = self._desk.opened()
        if hall is None:
            return
        printer = self._printer_of(hall)
        orphaned(self._desk.begun(), self._port)
        while not self._stop.is_set():
            try:
                self._session(printer)
            except PrinterError as error:
                log.warning("printer away", error=str(error))
                self._report("NO_ANSWER")
                self._stop.wait(AGAIN_S)

    def _printer_of(self, hall: Hall) -> Printer:
        printer = hall.printer_by_id.get(self._desk.printer)
        if printer is None:
            raise UnknownPrinter(printer=self._desk.printer, known=", ".join(hall.printer_by_id))
        self._virtual.load(HEADS[printer.width_mm].dots)
        return printer

    def _session(self, printer: Printer) -> None:
        """Hold one connection to the printer as long as it is good."""
        transport = opened(printer, self._virtual)
        try:
            link = Link(transport)
            if self._is_torn:
                transport.write(escpos.resync(HEADS[printer.width_mm].dots), WRITE_S)
                self._is_torn = False
            runner = self._made_ready(link, printer)
            while runner and not self._stop.is_set() and not self._is_torn:
                self._turn(link, runner)
        finally:
            transport.close()

    def _made_ready(self, link: Link, printer: Printer) -> Runner | None:
        """Wait until the printer is well, and find out what it can prove."""
        while not self._stop.is_set():
            status = link.status()
            self._report(status)
            if status in READY:
                return self._runner(link, printer)
            self._stop.wait(AGAIN_S)
        return None

    def _runner(self, link: Link, printer: Printer) -> Runner:
        """Return what prints over this link; its process numbers begin elsewhere at each start."""
        return Runner(
            link,
            self._port,
            self._drawing(printer.width_mm),
            link.probe(),
            patience=self._patience,
            stopping=self._stop.is_set,
            first_process=round(time.time()) % escpos.LAST_PROCESS,
        )

    def _drawing(self, width_mm: int) -> Callable[[JobView], Raster]:
        """Return what draws a job for this printer, and names its paper."""

        def drawn(job: JobView) -> Raster:
            self._tray.number = job["number"]
            try:
                layout = ticket_layout(job["content"], copy=job["copy"], printed_ms=self._desk.now_ms)
                return draw(layout, HEADS[width_mm])
            except Exception as error:
                # Whatever is wrong with one ticket, the others must be printed.
                raise Undrawable(job=job["job"], why=repr(error)) from error

        return drawn

    def _turn(self, link: Link, runner: Runner) -> None:
        """Print one job, or see how the printer is where none comes."""
        looks = self._desk.looks
        job = self._desk.next_job(also=self._port.unsure, deadline_s=WATCH_S)
        if self._stop.is_set():
            return
        if job is None:
            self._report(link.status())
            return
        outcome = runner.run(job)
        if outcome.state in ("delayed", "not_ours"):
            self._report(link.status())
            self._desk.changed(looks, AGAIN_S)
        else:
            self._ended(job, outcome)

    def _ended(self, job: JobView, outcome: Outcome) -> None:
        """Say what became of a job; after a doubtful one the printer is opened anew."""
        if outcome.is_out:
            tell(f"printer printed {job['number']} {job['job']} {outcome.proof or outcome.state}")
        else:
            tell(f"printer {outcome.state} {job['number']} {job['job']} {outcome.reason}")
        self._is_torn = outcome.state == "uncertain"

    def _report(self, status: PrinterStatus) -> None:
        """Tell a status where it is another than before; what the hub could not hear is told again."""
        if status != self._known:
            self._known = status
            self._on_status(status)
        if status != self._reported and self._port.printer(self._desk.printer, status):
            self._reported = status
            if not self._is_ready:
                self._is_ready = True
                tell("printer ready")


def opened(printer: Printer, virtual: VirtualPrinter) -> Transport:
    """Return the way to a printer of the hall file."""
    if printer.transport == "tcp":
        return TcpTransport(*tcp_address(printer.address))
    if printer.transport == "file":
        return FileTransport(Path(printer.address))
    return VirtualTransport(virtual)
