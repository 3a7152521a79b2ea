"""Runs one print job over a link, and says of it only what the printer has proved: silence is never success.

queued → sending → done | waiting | assumed | uncertain, and failed where nothing was printed. "sending" is on the
hub's disk before the first byte leaves; a job found in it after a restart is uncertain.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from config.errors import AntreanError
from hub.client.views import JobState, JobView
from printer import escpos
from printer.link import Clock, Link, Proof, ending
from printer.picture import Raster
from printer.status import READY
from printer.transport import PrinterError

ROWS_PER_MM = 8
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

    def print_s(self, picture: Raster) -> float:
        """Return how long this paper may take to come out."""
        return picture.height / ROWS_PER_MM / self.mm_per_s + self.extra_s


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    `delayed` and `not_ours` have cost nothing: no byte has left. `left` stays open: the next start calls it uncertain.
    """

    state: Literal["done", "assumed", "uncertain", "failed", "delayed", "not_ours", "left"]
    proof: Proof | None = None
    reason: str = ""

    @property
    def is_out(self) -> bool:
        """Whether the paper is out, proved or assumed."""
        return self.state in ("done", "assumed")


class JobPort(Protocol):
    """How a job's states reach the hub."""

    def begin(self, job: JobView) -> Literal["yes", "no", "away"]:
        """Report "sending"; only after a "yes", which is on the hub's disk, may the first byte leave."""

    def tell(self, job: str, state: JobState, *, proof: str | None = None, reason: str = "") -> None:
        """Report a later state, however long the hub is away."""


class Runner:
    """Prints one job at a time. `draw` makes the picture, `proof` is what the printer can prove."""

    def __init__(
        self,
        link: Link,
        port: JobPort,
        draw: Callable[[JobView], Raster],
        proof: Proof | None,
        *,
        patience: Patience = PATIENCE,
        clock: Clock = time.monotonic,
        stopping: Callable[[], bool] = lambda: False,
        first_process: int = 1,
    ) -> None:
        self._link, self._port, self._draw, self._proof = link, port, draw, proof
        self._patience, self._clock, self._stopping = patience, clock, stopping
        self._process = first_process

    def run(self, job: JobView) -> Outcome:
        """Print a job and report what became of it; PrinterError only before anything has happened to it."""
        try:
            picture = self._draw(job)
        except AntreanError as error:
            return self._told(job, Outcome("failed", reason=error.key))
        status = self._link.status()
        if status not in READY:
            return Outcome("delayed", reason=status)
        allowed = self._port.begin(job)
        if allowed != "yes":
            return Outcome("delayed" if allowed == "away" else "not_ours")
        return self._told(job, self._printed(job, picture))

    def _told(self, job: JobView, outcome: Outcome) -> Outcome:
        if outcome.state in ("done", "assumed", "uncertain", "failed"):
            self._port.tell(job["job"], outcome.state, proof=outcome.proof, reason=outcome.reason)
        return outcome

    def _printed(self, job: JobView, picture: Raster) -> Outcome:
        """Send all bytes and wait for what proves them; any doubt makes the job uncertain."""
        self._process = escpos.next_process(self._process)
        data = escpos.ticket(picture, ending(self._proof, self._process))
        try:
            self._link.forget()
            self._link.transport.write(data, self._patience.write_s(data))
            return self._proven(job, picture) if self._proof else self._assumed(picture)
        except PrinterError as error:
            return Outcome("uncertain", reason=error.key)

    def _proven(self, job: JobView, picture: Raster) -> Outcome:
        """Wait for the proof; as long as the printer says that it has stopped, it may be mended and go on."""
        assert self._proof is not None
        began, stopped = self._clock(), ""
        until = began + self._patience.print_s(picture)
        while not self._out():
            status = self._link.status()
            if self._out():
                break
            if status not in (*READY, "NO_ANSWER"):
                until = self._clock() + self._patience.print_s(picture)
                stopped = stopped or self._stopped(job, status)
                if self._stopping():
                    return Outcome("left", reason=status)
            if self._clock() >= until:
                return Outcome("uncertain", reason=SILENCE if status == "NO_ANSWER" else NO_PROOF)
            if self._clock() >= began + self._patience.stopped_s:
                return Outcome("uncertain", reason=STOPPED_TOO_LONG)
        return Outcome("done", self._proof, stopped)

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

    def _assumed(self, picture: Raster) -> Outcome:
        """Give a printer that proves nothing the time it needs; one that can be asked must still be well."""
        until = self._clock() + self._patience.print_s(picture)
        while self._clock() < until:
            self._link.listen(until - self._clock())
        status = self._link.status()
        return Outcome("assumed") if status in READY else Outcome("uncertain", reason=status)


def orphaned(jobs: list[JobView], port: JobPort) -> None:
    """Report jobs that an earlier run has left between their first byte and their proof: nobody knows."""
    for job in jobs:
        port.tell(job["job"], "uncertain", reason=RESTART)
