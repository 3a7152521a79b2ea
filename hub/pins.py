"""Clerks' PINs: hashed with argon2 outside the event loop, and locked after too many wrong ones."""

import asyncio
import secrets
from collections import Counter, defaultdict

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from hub.rules.state import State

WRONG_PINS = 5


class Pins:
    """Checks PINs and counts the wrong ones in a row, by clerk."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._nobody = ""
        self._wrong: Counter[str] = Counter()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def one_at_a_time(self, clerk: str) -> asyncio.Lock:
        """Return the turn in which a clerk's PIN is checked: guesses sent together are counted one by one."""
        return self._turns[clerk]

    async def hashed(self, pin: str) -> str:
        """Return what the journal keeps of a PIN."""
        return await asyncio.to_thread(self._hasher.hash, pin)

    async def verified(self, state: State, clerk: str, pin: str) -> bool:
        """Tell whether a PIN is the clerk's, without counting; it takes as long for a clerk whom nobody knows."""
        known = state.clerks.get(clerk)
        self._nobody = self._nobody or await self.hashed(secrets.token_hex())
        return await asyncio.to_thread(self._verified, known.pin if known else self._nobody, pin) and known is not None

    async def right(self, state: State, clerk: str, pin: str) -> bool:
        """Tell whether a PIN is the clerk's; a wrong one is counted."""
        known = state.clerks.get(clerk)
        found = known is not None and await asyncio.to_thread(self._verified, known.pin, pin)
        self._wrong[clerk] = 0 if found else self._wrong[clerk] + 1
        return found

    def too_many(self, clerk: str) -> bool:
        """Tell whether the clerk must be locked out now; the count begins anew."""
        if self._wrong[clerk] < WRONG_PINS:
            return False
        del self._wrong[clerk]
        return True

    def _verified(self, digest: str, pin: str) -> bool:
        try:
            return self._hasher.verify(digest, pin)
        except (Argon2Error, InvalidHashError):
            return False
