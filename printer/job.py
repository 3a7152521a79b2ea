"""Runs one print job over a link, and says of it only what the printer has proved: silence is never success.

queued → sending → done | waiting | assumed | uncertain, and failed where nothing was printed. "sending" is on the
hub's disk before the first byte leaves; a job found in it after a restart is uncertain.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from config.errors import AntreanError
from config.hall import Printer
from hub.client.views import READY, JobState, JobView, PrinterStatus
from printer import escpos
from printer.link import Clock, Link, Proof, proving
from printer.transport import PrinterError, TimedOut

HELD_BYTES = 4096
"""So much of a paper may still be in the system's own buffer once it is handed over."""
SURELY = 0.6
"""A printer may be so much slower than it is said to be."""
SILENCE, NO_PROOF, STOPPED_TOO_LONG, RESTART = "silence", "no_proof", "stopped_too_long", "restart"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long things may take, in seconds; a slow printer moves paper at `mm_per_s` and takes `bytes_per_s`."""

    bytes_per_s: float = 10_000
    mm_per_s: float = 60
    extra_s: float = 2.0
    poll_s: float = 1.0
    stopped_s: float = 600.0

    def write_s(self, data: bytes) -> float:
        """Return how long the printer may take for these bytes."""
        return len(data) / self.bytes_per_s + self.extra_s

    def print_s(self, paper: "Payload") -> float:
        """Return how long a paper may take to come out, and what the system still holds of it on its way."""
        return paper.mm / self.mm_per_s + min(len(paper.data), HELD_BYTES) / self.bytes_per_s + self.extra_s


PATIENCE = Patience()


def patience_with(printer: Printer) -> Patience:
    """Return how long things may take with a printer of the hall file."""
    line = escpos.bytes_a_second(printer.baud) if printer.transport == "serial" else PATIENCE.bytes_per_s
    return Patience(bytes_per_s=line * SURELY, mm_per_s=printer.mm_per_s * SURELY)


@dataclass(frozen=True, slots=True)
class Payload:
    """One paper as bytes, all but what proves it, and how many millimetres it is long."""

    data: bytes
    mm: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job, and how many millimetres of paper it may have used.

    `delayed` and `not_ours` have cost nothing: no byte has left. `left` stays open: the next start calls it uncertain.
    """

    state: Literal["done", "assumed", "uncertain", "failed", "delayed", "not_ours", "left"]
    proof: Proof | None = None
    reason: str = ""
    mm: int = 0

    @property
    def is_out(self) -> bool:
        """Whether the paper is out, proved or assumed."""
        return self.state in ("done", "assumed")


class JobPort(Protocol):
    """How a job's states reach the hub."""

    def begin(self, job: JobView) -> Literal["yes", "no", "away"]:
        """Report "sending"; only after a "yes", which is on the hub's disk, may the first byte leave."""

    def tell(self, job: str, state: JobState, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Report a later state, and how many millimetres of paper it took, however long the hub is away."""


class Runner:
    """Prints one job at a time. `make` makes its bytes, `proof` is what the printer can prove.

    `on_status` hears how the printer is each time it is asked while a paper is on its way.
    """

    def __init__(
        self,
        link: Link,
        port: JobPort,
        make: Callable[[JobView], Payload],
        proof: Proof | None,
        *,
        patience: Patience = PATIENCE,
        clock: Clock = time.monotonic,
        on_status: Callable[[PrinterStatus], None] = lambda _status: None,
        stopping: Callable[[], bool] = lambda: False,
        first_process: int = 1,
    ) -> None:
        self._link, self._port, self._make, self._proof = link, port, make, proof
        self._patience, self._clock, self._stopping, self._on_status = patience, clock, stopping, on_status
        self._process = first_process

    def run(self, job: JobView) -> Outcome:
        """Print a job and report what became of it; PrinterError only before anything has happened to it."""
        try:
            paper = self._make(job)
        except AntreanError as error:
            return self._told(job, Outcome("failed", reason=error.key))
        status = self._link.status()
        if status not in READY:
            return self._not_begun(job, status)
        allowed = self._port.begin(job)
        if allowed != "yes":
            return Outcome("delayed" if allowed == "away" else "not_ours")
        return self._told(job, replace(self._printed(job, paper), mm=round(paper.mm)))

    def _not_begun(self, job: JobView, status: PrinterStatus) -> Outcome:
        """Leave a job waiting; one that the hub already believes on its way has failed, since no byte has left."""
        if job["state"] == "sending":
            return self._told(job, Outcome("failed", reason=status))
        return Outcome("delayed", reason=status)

    def _told(self, job: JobView, outcome: Outcome) -> Outcome:
        if outcome.state in ("done", "assumed", "uncertain", "failed"):
            self._port.tell(job["job"], outcome.state, proof=outcome.proof, reason=outcome.reason, mm=outcome.mm)
        return outcome

    def _printed(self, job: JobView, paper: Payload) -> Outcome:
        """Send all bytes and wait for what proves them; any doubt makes the job uncertain."""
        self._process = escpos.next_process(self._process)
        data = proving(paper.data, self._proof, self._process)
        try:
            self._link.forget()
            self._link.transport.write(data, self._patience.write_s(data))
            return self._proven(job, paper) if self._proof else self._assumed(paper)
        except TimedOut as error:
            return Outcome("uncertain", reason=self._link.last_word() or error.key)
        except PrinterError as error:
            return Outcome("uncertain", reason=error.key)

    def _proven(self, job: JobView, paper: Payload) -> Outcome:
        """Wait for the proof; as long as the printer says that it has stopped, it may be mended and go on."""
        assert self._proof is not None
        began, stopped = self._clock(), ""
        until = began + self._patience.print_s(paper)
        while not self._out():
            status = self._status()
            if self._out():
                break
            if status not in (*READY, "NO_ANSWER"):
                until = self._clock() + self._patience.print_s(paper)
                stopped = stopped or self._stopped(job, status)
                if self._stopping():
                    return Outcome("left", reason=status)
            if self._clock() >= until:
                return Outcome("uncertain", reason=SILENCE if status == "NO_ANSWER" else NO_PROOF)
            if self._clock() >= began + self._patience.stopped_s:
                return Outcome("uncertain", reason=STOPPED_TOO_LONG)
        return Outcome("done", self._proof, stopped)

    def _status(self) -> PrinterStatus:
        """Ask how the printer is, and tell it.

        A question waits behind the bytes of a paper: silence is no news, and what the printer said by itself holds.
        """
        status = self._link.status()
        if status == "NO_ANSWER":
            status = self._link.last_word() or status
        if status != "NO_ANSWER":
            self._on_status(status)
        return status

    def _out(self) -> bool:
        """Listen for a moment, and tell whether the paper is proved."""
        assert self._proof is not None
        if not self._link.proved(self._proof, self._process):
            self._link.listen(self._patience.poll_s)
        return self._link.proved(self._proof, self._process)

    def _stopped(self, job: JobView, status: str) -> str:
        """Report that the printer waits for somebody, and return why."""
        self._port.tell(job["job"], "waiting", reason=status)
        return status

    def _assumed(self, paper: Payload) -> Outcome:
        """Give a printer that proves nothing the time it needs; one that can be asked must still be well."""
        until = self._clock() + self._patience.print_s(paper)
        while self._clock() < until:
            self._link.listen(min(self._patience.poll_s, until - self._clock()))
            self._status()
        status = self._link.status()
        return Outcome("assumed") if status in READY else Outcome("uncertain", reason=status)


def orphaned(jobs: list[JobView], port: JobPort) -> None:
    """Report jobs that an earlier run has left between their first byte and their proof: nobody knows."""
    for job in jobs:
        port.tell(job["job"], "uncertain", reason=RESTART)
