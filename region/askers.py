"""The threads in which requests ask the database and the disk, apart from those in which batches are taken.

They are few: Python runs one thread at a time, so each more of them slows those that take batches. After an outage
hundreds of halls ask at once how far they are held; they can wait. A hall that is up to date asks nothing.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from region.errors import Busy

THREADS = 2
WAIT_S = 5.0
"""With a wait for a place, and for the database, a push must be answered before its hall hangs up, after 30 s."""

Answer = TypeVar("Answer")


class Askers:
    """So many threads at most ask at a time; who waits too long for one comes back later."""

    def __init__(self, *, threads: int = THREADS, wait_s: float = WAIT_S) -> None:
        self._free, self._wait_s = asyncio.Semaphore(threads), wait_s

    async def ask(self, question: Callable[..., Answer], *about: object) -> Answer:
        """Return the answer to a question; raise what it raises, and Busy where no thread is free in time."""
        try:
            async with asyncio.timeout(self._wait_s):
                await self._free.acquire()
        except TimeoutError as error:
            raise Busy from error
        try:
            return await asyncio.to_thread(question, *about)
        finally:
            self._free.release()
