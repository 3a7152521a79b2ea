"""Hall time: milliseconds that never go back, bridged over restarts by the wall clock where it can be believed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from journal.line import Line

Milliseconds = int


@dataclass(frozen=True, slots=True)
class Now:
    """One moment by both clocks, in ms since 1970 in UTC. Only `hall_ms` counts for order, numbers and waits."""

    wall_ms: Milliseconds
    hall_ms: Milliseconds


class Clock(Protocol):
    """A source of moments whose hall time never goes back."""

    def now(self) -> Now:
        """Return this moment."""
        ...


def wall_ms() -> Milliseconds:
    """Return what the machine's clock says."""
    return time.time_ns() // 1_000_000


def steady_ms() -> Milliseconds:
    """Return a time that no setting of the clock moves; it goes on while the machine sleeps."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class HallClock:
    """Hall time of a running hub.

    It starts where the journal ended, plus the time the hub was off as the wall clock tells it (none where that clock
    went back), and runs by a steady clock from there.
    """

    def __init__(
        self,
        newest: Line | None,
        wall: Callable[[], Milliseconds] = wall_ms,
        steady: Callable[[], Milliseconds] = steady_ms,
    ) -> None:
        self._wall, self._steady = wall, steady
        start = wall()
        if newest:
            start = newest.hall_ms + max(0, start - newest.wall_ms)
        self._from_steady = start - steady()

    def now(self) -> Now:
        """Return this moment."""
        return Now(self._wall(), self._steady() + self._from_steady)


class SimulatedClock:
    """A clock that stands still until it is set, for tests, replays and the demo."""

    def __init__(self, newest: Line | None, start_ms: Milliseconds = 0) -> None:
        self._ms = max(start_ms, newest.hall_ms if newest else 0)

    def set(self, ms: Milliseconds) -> None:
        """Move to a later moment; an earlier one changes nothing."""
        self._ms = max(self._ms, ms)

    def now(self) -> Now:
        """Return the moment it was set to, by both clocks."""
        return Now(self._ms, self._ms)
