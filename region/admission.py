"""How many batches the region takes at a time, and whose is next.

The smallest batch is next, of equal ones the first that came. A hall that is up to date brings few lines and is let in
before those that bring a backlog, also after it had to wait a little; as backlogs come in growing batches, and each
hall has one under way at a time, those go in by turns. Nobody is kept out for long: whatever is smaller ends.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heapify, heappop, heappush
from itertools import count

from region.errors import Busy

PLACES = 4
WAIT_S = 2.0


class Admission:
    """The door's places. One batch of a hall has one at a time; who waits too long for one comes back later."""

    def __init__(self, *, places: int = PLACES, wait_s: float = WAIT_S) -> None:
        self._wait_s, self._free = wait_s, places
        self._waiting, self._arrivals = list[tuple[int, int, asyncio.Future[None]]](), count()
        self._halls = set[str]()

    @asynccontextmanager
    async def place(self, hall: str, lines: int) -> AsyncIterator[None]:
        """Hold a place for a hall's batch of so many lines; Busy where the hall has one, or none is free in time."""
        if hall in self._halls:
            raise Busy
        self._halls.add(hall)
        try:
            await self._taken(lines)
            try:
                yield
            finally:
                self._give_back()
        finally:
            self._halls.discard(hall)

    async def _taken(self, lines: int) -> None:
        """Wait for a place."""
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        waiting = lines, next(self._arrivals), turn
        heappush(self._waiting, waiting)
        try:
            async with asyncio.timeout(self._wait_s):
                await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            if not turn.cancelled():
                self._give_back()
            elif waiting in self._waiting:
                self._waiting.remove(waiting)
                heapify(self._waiting)
            if isinstance(error, TimeoutError):
                raise Busy from error
            raise

    def _give_back(self) -> None:
        """Let the next one in."""
        while self._waiting:
            turn = heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
