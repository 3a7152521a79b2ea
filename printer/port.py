"""How a job's states reach the hub: sent until they arrive, however long the hub is away."""

from threading import Event
from typing import Any, Literal, Protocol

import structlog

from hub.client.http import CommandRefused, HubUnreachable
from hub.client.views import JobState, JobView, PrinterStatus

log = structlog.get_logger("printer")
WAIT_S = (0.2, 0.5, 1.0, 2.0)
OUT_OF_ORDER = 500
"""From this HTTP status on the hub itself is in trouble, and the same report may be taken later."""


class HubCommands(Protocol):
    """What an agent commands: `hub.client.http.HubClient` has it."""

    def report_job(self, job: str, state: str, *, proof: str | None = None, reason: str = "", mm: int = 0) -> object:
        """Tell what became of a print job and how long its paper is."""

    def report_printer(self, printer: str, status: str) -> object:
        """Tell what a printer's status is."""


class HubPort:
    """Reports to the hub. `unsure` are jobs whose "sending" was sent but not answered: the feed will tell."""

    def __init__(self, hub: HubCommands, stop: Event) -> None:
        self.unsure: set[str] = set()
        self._hub, self._stop = hub, stop

    def begin(self, job: JobView) -> Literal["yes", "no", "away"]:
        """Report "sending"; a job that the feed shows in it, though no answer came, needs no second word."""
        name = job["job"]
        if job["state"] == "sending" and name in self.unsure:
            self.unsure.discard(name)
            return "yes"
        try:
            self._hub.report_job(name, "sending")
        except HubUnreachable:
            self.unsure.add(name)
            return "away"
        except CommandRefused as refusal:
            log.info("not to be printed", job=name, code=refusal.code)
            return "no"
        self.unsure.discard(name)
        return "yes"

    def tell(self, job: str, state: JobState, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Report a state until the hub has it. One that it refuses it already knew."""
        tries = 0
        self.unsure.discard(job)
        while not self._told(job, state, {"proof": proof, "reason": reason, "mm": mm}):
            if self._stop.wait(WAIT_S[min(tries, len(WAIT_S) - 1)]):
                return
            tries += 1

    def printer(self, printer: str, status: PrinterStatus) -> bool:
        """Report a printer's status; tell whether the hub has it."""
        try:
            self._hub.report_printer(printer, status)
        except HubUnreachable:
            return False
        except CommandRefused as refusal:
            log.warning("status refused", printer=printer, code=refusal.code)
            return refusal.status < OUT_OF_ORDER
        return True

    def _told(self, job: str, state: JobState, details: dict[str, Any]) -> bool:
        try:
            self._hub.report_job(job, state, **details)
        except HubUnreachable:
            return False
        except CommandRefused as refusal:
            log.warning("report refused", job=job, state=state, code=refusal.code)
            return refusal.status < OUT_OF_ORDER
        return True
