"""Who goes first: batches are taken before they are projected, which can wait."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

BETWEEN_S = 0.05
"""A hall that sends one batch after another pauses no longer."""


class Turns:
    """Whether batches are being taken; told by one thread, asked by another."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._under_way, self._last_s = 0, float("-inf")

    @contextmanager
    def taking(self) -> Iterator[None]:
        """Take a batch meanwhile."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._last_s = self._seconds()

    @property
    def busy(self) -> bool:
        """Whether a batch is being taken, or was a moment ago."""
        return self._under_way > 0 or self._seconds() - self._last_s < BETWEEN_S
