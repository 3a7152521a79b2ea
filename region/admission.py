"""How many batches the region takes at a time: halls that catch up leave room for those that are up to date."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from region.errors import Busy

CATCHING_UP_LINES = 200
"""A batch of so many lines, with which every hall begins, comes from one that catches up."""
CATCHING_UP_PLACES = 6
LIVE_PLACES = 2
WAIT_S = 2.0


class Admission:
    """The door's places. Who waits is let in in order, one batch of a hall at a time; who waits too long comes back."""

    def __init__(self, *, wait_s: float = WAIT_S) -> None:
        self._catching_up, self._live = asyncio.Semaphore(CATCHING_UP_PLACES), asyncio.Semaphore(LIVE_PLACES)
        self._halls: set[str] = set()
        self._wait_s = wait_s

    @asynccontextmanager
    async def place(self, hall: str, count: int) -> AsyncIterator[None]:
        """Hold a place for a hall's batch of `count` lines; Busy where the hall has one, or none is free in time."""
        if hall in self._halls:
            raise Busy
        places = self._catching_up if count >= CATCHING_UP_LINES else self._live
        self._halls.add(hall)
        try:
            await self._taken(places)
            try:
                yield
            finally:
                places.release()
        finally:
            self._halls.discard(hall)

    async def _taken(self, places: asyncio.Semaphore) -> None:
        """Wait for a place, first come, first served."""
        try:
            async with asyncio.timeout(self._wait_s):
                await places.acquire()
        except TimeoutError as error:
            raise Busy from error
