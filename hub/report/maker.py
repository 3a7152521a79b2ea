"""Has reports made while the hall goes on: a short one beside the hub's other work, a long one in its own process."""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import structlog

from config.errors import AntreanError
from config.wording import Words
from hub.report.apart import PAGE, Made, delivered, made, ordered
from hub.report.build import Asking

log = structlog.get_logger("hub")

PROGRAM = (sys.executable, "-P", "-m", "hub.report.apart")
QUICK = (PAGE, "csv", "json", "xlsx")
"""Forms in which one day is made in a tenth of a second: sooner than another process has started."""
MOST_S = 120.0
"""How long a report may take, and how long somebody waits for their turn."""


class ReportBusy(AntreanError):
    """A report is being made, and this person waits for one already, or has waited long."""

    key = "error.report_busy"


class ReportFailed(AntreanError):
    """The process that makes a report ended without one."""

    key = "error.report_failed"


class ReportTooLong(AntreanError):
    """A report was not made in time."""

    key = "error.report_too_long"


class Maker:
    """Makes the reports of a hub's data folder, one at a time; each person waits for one at most."""

    def __init__(self, folder: Path, program: Sequence[str] = PROGRAM, most_s: float = MOST_S) -> None:
        self._folder, self._program, self._most_s = folder, program, most_s
        self._turn, self._quick = asyncio.Lock(), ThreadPoolExecutor(1, "report")
        self._waiting: set[str] = set()

    async def made(self, person: str, asking: Asking, form: str, words: Words) -> Made:
        """Return a report for a person; ReportBusy, ReportFailed or ReportTooLong. Cancelled, it is made no further."""
        if asking.period.days == 1 and form in QUICK:
            # A thread of its own: who goes away in the middle leaves one at work, and the next waits for it.
            return await asyncio.get_running_loop().run_in_executor(
                self._quick, made, self._folder, asking, form, words
            )
        async with self._turn_of(person):
            return await self._apart(ordered(self._folder, asking, form, words.language))

    @contextlib.asynccontextmanager
    async def _turn_of(self, person: str) -> AsyncIterator[None]:
        """Wait until it is a person's turn; ReportBusy where they wait already, or for too long."""
        if person in self._waiting:
            raise ReportBusy
        self._waiting.add(person)
        try:
            async with asyncio.timeout(self._most_s):
                await self._turn.acquire()
        except TimeoutError as error:
            raise ReportBusy from error
        finally:
            self._waiting.discard(person)
        try:
            yield
        finally:
            self._turn.release()

    async def _apart(self, order: bytes) -> Made:
        """Return what the process made; it is ended where it takes too long or nobody wants it any more.

        It is started by `subprocess`, not by the loop: uvloop copies the hub's memory tables first, for some 25 ms.
        """
        try:
            process = subprocess.Popen(self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        except OSError as error:
            log.warning("report not begun", why=error.strerror)
            raise ReportFailed from error
        try:
            async with asyncio.timeout(self._most_s):
                return delivered(await asyncio.to_thread(answer_of, process, order))
        except TimeoutError as error:
            log.warning("report not made in time", seconds=self._most_s)
            raise ReportTooLong(minutes=round(self._most_s / 60)) from error
        except (OSError, ValueError) as error:
            log.warning("report not made", code=process.poll())
            raise ReportFailed from error
        finally:
            await asyncio.to_thread(end, process)


def answer_of(process: subprocess.Popen[bytes], order: bytes) -> bytes:
    """Return all that a process writes once it has its order; its input stays open as long as it is wanted."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(order)
    process.stdin.flush()
    return process.stdout.read()


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process, whatever it does."""
    process.kill()
    with contextlib.suppress(OSError), process:
        pass
