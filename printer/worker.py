"""The one who owns a printer: opens it, watches it, and prints its jobs in order."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import get_args

import structlog

from config.errors import AntreanError
from config.hall import Printer
from hub.client.views import READY, JobView, PrinterStatus
from printer import escpos
from printer.capability import Capability, name_of, remember, remembered
from printer.desk import Desk
from printer.job import Outcome, Patience, Runner, orphaned, patience_with
from printer.link import WRITE_S, Clock, Link, Proof
from printer.open import opened
from printer.port import HubPort
from printer.press import Press
from printer.transport import PrinterError, TimedOut, Transport
from printer.virtual.device import VirtualPrinter, VirtualTransport
from printer.virtual.tray import Tray
from ui.lines import tell

log = structlog.get_logger("printer")
WATCH_S = 1.0
"""How often a printer without work is asked how it is."""
AGAIN_S = 1.0
STOPPED: dict[str, PrinterStatus] = {
    status: status for status in get_args(PrinterStatus) if status not in (*READY, "NO_ANSWER")
}
"""Reasons of a job that tell how its printer is."""


class UnknownPrinter(AntreanError):
    """The hall has no printer of this name."""

    key = "printer.unknown"


class Worker:
    """Prints what its desk says, until `stop` is set. `on_status` hears of each change of the printer's status.

    What printers can prove is remembered in the file `memory`; without one each is asked anew. `wire` opens the way to
    a real printer, `clock` gives monotonic seconds.
    """

    def __init__(
        self,
        desk: Desk,
        port: HubPort,
        virtual: VirtualPrinter,
        tray: Tray,
        stop: Event,
        on_status: Callable[[PrinterStatus], None],
        *,
        memory: Path | None = None,
        patience: Patience | None = None,
        wire: Callable[[Printer], Transport] = opened,
        clock: Clock = time.monotonic,
    ) -> None:
        self._desk, self._port, self._virtual, self._tray, self._stop = desk, port, virtual, tray, stop
        self._on_status, self._memory, self._patience = on_status, memory, patience
        self._wire, self._clock = wire, clock
        self._trouble = ""
        self._known: PrinterStatus | None = None
        self._reported: PrinterStatus | None = None
        self._is_torn = self._is_ready = False

    def work(self) -> None:
        """Print until the end; UnknownPrinter where the hall has no such printer."""
        if self._desk.opened() is None:
            return
        begun = self._desk.begun()
        self._is_torn = bool(begun)
        orphaned(begun, self._port)
        self._press(self._printer_now()).warm()
        while not self._stop.is_set():
            try:
                self._session(self._printer_now())
            except PrinterError as error:
                self._away(error)
                self._stop.wait(AGAIN_S)

    def _away(self, error: PrinterError) -> None:
        """Report a printer that cannot be reached; one that takes no more since it has stopped has said so before.

        The log has each trouble once, not at each try.
        """
        if str(error) != self._trouble:
            self._trouble = str(error)
            log.warning("printer away", error=self._trouble)
        has_said = self._known is not None and self._known not in (*READY, "NO_ANSWER")
        if not (isinstance(error, TimedOut) and has_said):
            self._report("NO_ANSWER")

    def _printer_now(self) -> Printer:
        """Return the printer as the hall file in force has it; UnknownPrinter where it has none such any more."""
        hall = self._desk.hall
        assert hall is not None
        printer = hall.printer_by_id.get(self._desk.printer)
        if printer is None:
            raise UnknownPrinter(printer=self._desk.printer, known=", ".join(hall.printer_by_id))
        self._virtual.load(printer.dots)
        return printer

    def _session(self, printer: Printer) -> None:
        """Hold one connection to the printer as long as it is good."""
        transport = self._opened(printer)
        try:
            link = Link(transport, self._clock, mute=printer.confirmation == "none")
            transport.write(escpos.unstuck(printer.dots), WRITE_S)
            runner = self._made_ready(link, printer)
            while runner and not self._stop.is_set() and not self._is_torn and printer == self._printer_now():
                self._turn(link, runner, printer)
        finally:
            transport.close()

    def _made_ready(self, link: Link, printer: Printer) -> Runner | None:
        """Wait until the printer is well, cut off what an earlier paper has left, and find out what it can prove."""
        while not self._stop.is_set() and printer == self._printer_now():
            status = link.status()
            if status != "NO_ANSWER" or self._known not in STOPPED.values():
                self._report(status)
            if status in READY:
                self._trouble = ""
                if self._is_torn:
                    link.transport.write(escpos.cut_off(printer.dots, cutter=printer.cutter), WRITE_S)
                    self._is_torn = False
                return self._runner(link, printer)
            self._stop.wait(AGAIN_S)
        return None

    def _runner(self, link: Link, printer: Printer) -> Runner:
        """Return what prints over this link; its process numbers begin elsewhere at each start."""
        return Runner(
            link,
            self._port,
            self._press(printer).make,
            self._proof(link, printer),
            patience=self._patience or patience_with(printer),
            clock=self._clock,
            on_status=self._report,
            stopping=self._stop.is_set,
            first_process=round(time.time()) % escpos.LAST_PROCESS,
        )

    def _press(self, printer: Printer) -> Press:
        return Press(printer, lambda: self._desk.hall, lambda: self._desk.now_ms)

    def _opened(self, printer: Printer) -> Transport:
        return VirtualTransport(self._virtual) if printer.transport == "virtual" else self._wire(printer)

    def _proof(self, link: Link, printer: Printer) -> Proof | None:
        """Return what a printer proves: what the hall file says, else what it shows, first what it showed before."""
        if printer.confirmation != "auto":
            return None if printer.confirmation == "none" else printer.confirmation
        if self._memory is None:
            return link.probe()
        name = name_of(link.identity(), printer)
        known = remembered(self._memory).get(name)
        proof = link.probe(known.proof if known else None)
        if proof is None and known is not None:
            # It has proved papers before: that it is silent now must not make its papers count as printed.
            return known.proof
        if known is None or known.proof != proof:
            self._remember(self._memory, name, Capability(proof, datetime.now(UTC)))
        return proof

    def _remember(self, memory: Path, name: str, capability: Capability) -> None:
        """Keep what a printer can prove; a disk that does not take it costs a question at the next start."""
        try:
            remember(memory, name, capability)
        except OSError as error:
            log.warning("not remembered", path=str(memory), error=str(error))

    def _turn(self, link: Link, runner: Runner, printer: Printer) -> None:
        """Print one job, or see how the printer is where none comes; a hall file changed meanwhile comes first."""
        looks = self._desk.looks
        job = self._desk.next_job(also=self._port.unsure, deadline_s=WATCH_S)
        if self._stop.is_set() or printer != self._printer_now():
            return
        if job is None:
            self._report(link.status())
            return
        self._tray.number = job["number"]
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
        if outcome.reason in STOPPED:
            self._report(STOPPED[outcome.reason])

    def _report(self, status: PrinterStatus) -> None:
        """Tell a status where it is another than before; what the hub may not have heard is told again."""
        if status != self._known:
            self._known = status
            self._on_status(status)
        believed = self._desk.status or self._reported
        if (status != self._reported or believed != status) and self._port.printer(self._desk.printer, status):
            self._reported = status
            if not self._is_ready:
                self._is_ready = True
                tell("printer ready")
