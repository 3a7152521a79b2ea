"""Hall time: milliseconds that never go back, bridged over restarts by the wall clock where it can be believed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from journal.line import Line

Milliseconds = int
STEP_MS = 2_000
FOLLOWED_MS = 7 * 24 * 3600 * 1000
BEFORE_US_MS = 1_735_689_600_000
"""The beginning of 2025: an earlier hall time can only come from a clock that had lost its battery."""


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


@dataclass(frozen=True, slots=True)
class Step:
    """A jump of the wall clock, and how far hall time went with it; in ms, hall time never back."""

    wall_by_ms: Milliseconds
    hall_by_ms: Milliseconds


class HallClock:
    """Hall time of a running hub.

    It starts at the last known moment, plus the time the hub was off as the wall clock tells it (none where that clock
    went back), and runs by a steady clock from there. A wall clock that jumps ahead of it is followed, as after a start
    with an empty clock battery, but not further than a week, unless hall time itself was before this program existed.
    """

    def __init__(
        self,
        last: Now | None,
        wall: Callable[[], Milliseconds] = wall_ms,
        steady: Callable[[], Milliseconds] = steady_ms,
    ) -> None:
        self._wall, self._steady = wall, steady
        start = wall()
        self._wall_from_steady = start - steady()
        if last:
            start = last.hall_ms + max(0, start - last.wall_ms)
        self._from_steady = start - steady()

    def now(self) -> Now:
        """Return this moment."""
        return Now(self._wall(), self._steady() + self._from_steady)

    def step(self) -> Step | None:
        """Return the jump of the wall clock since this was asked last, None where it runs on; follow it if it may."""
        steady, now = self._steady(), self.now()
        by = now.wall_ms - steady - self._wall_from_steady
        if abs(by) < STEP_MS:
            return None
        self._wall_from_steady += by
        ahead = now.wall_ms - now.hall_ms
        follows = by > 0 and ahead > 0 and (ahead <= FOLLOWED_MS or now.hall_ms < BEFORE_US_MS)
        if follows:
            self._from_steady += ahead
        return Step(by, ahead if follows else 0)


class SimulatedClock:
    """A clock that stands still until it is set, for tests, replays and the demo."""

    def __init__(self, newest: Line | Now | None, start_ms: Milliseconds = 0) -> None:
        self._ms = max(start_ms, newest.hall_ms if newest else 0)

    def set(self, ms: Milliseconds) -> None:
        """Move to a later moment; an earlier one changes nothing."""
        self._ms = max(self._ms, ms)

    def now(self) -> Now:
        """Return the moment it was set to, by both clocks."""
        return Now(self._ms, self._ms)
