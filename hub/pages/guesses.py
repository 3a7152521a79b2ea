"""Wrong PINs on the hall's page: they slow down who guesses, and lock nobody out of a counter."""

import asyncio
from collections.abc import Callable

from hub.hub import Hub
from hub.pages.door import ROLES
from hub.rules.refusal import Refused
from hub.rules.state import Clerk

EACH, TOGETHER = 5, 20
"""Wrong PINs from one address for one code, and for all codes, before it must wait."""
WAIT_S = 300.0
MOST_WAITING = 20


class Guesses:
    """Checks PINs one after another; the wrong ones are counted by address, and forgotten after five minutes."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds, self._turn, self._waiting = seconds, asyncio.Semaphore(1), 0
        self._wrong: dict[tuple[str, str], tuple[int, float]] = {}

    async def checked(self, hub: Hub, name: str, pin: str, address: str) -> Clerk:
        """Return whose PIN this is, where they have a page; Refused alike for a wrong PIN, code or role."""
        self._forget()
        left = max(self._left((address, name), EACH), self._left((address, ""), TOGETHER))
        if left > 0 or self._waiting >= MOST_WAITING:
            raise Refused("too_many_guesses", seconds=round(left) + 1)
        self._waiting += 1
        try:
            async with self._turn:
                is_right = await hub.pins.verified(hub.state, name, pin)
        finally:
            self._waiting -= 1
        clerk = hub.state.clerks.get(name)
        if is_right and clerk is not None and clerk.role in ROLES:
            self._wrong.pop((address, name), None)
            return clerk
        for key in ((address, name), (address, "")):
            count, _ = self._wrong.get(key, (0, 0.0))
            self._wrong[key] = count + 1, self._seconds()
        raise Refused("pin_wrong")

    def _left(self, key: tuple[str, str], most: int) -> float:
        count, since = self._wrong.get(key, (0, 0.0))
        return since + WAIT_S - self._seconds() if count >= most else 0.0

    def _forget(self) -> None:
        now = self._seconds()
        self._wrong = {key: kept for key, kept in self._wrong.items() if now - kept[1] < WAIT_S}
