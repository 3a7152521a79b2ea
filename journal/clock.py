"""Hall time: milliseconds that never go back, bridged over restarts by the wall clock where it can be believed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from journal.line import Line

Milliseconds = int
STEP_MS = 2_000
DAY_MS = 24 * 3600 * 1000
FOLLOWED_MS = 7 * DAY_MS
OFF_MS = 60 * DAY_MS
"""How long a hub may have been off: a wall clock further ahead at a start is not believed."""
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

    It starts at the wall clock, but never before the last known moment, and runs by a steady clock from there. Where
    the two differ, hall time goes towards the wall clock without ever going back. A clock that is ahead is followed, as
    after a start with an empty battery, though not by more than a week (60 days at a start), unless hall time itself
    was before this program existed. Where hall time is ahead by up to a day, as after a clock was set wrongly and
    corrected, it runs at half speed until the clock has caught up. `trusting` follows however far ahead the clock is.
    """

    def __init__(
        self,
        last: Now | None,
        wall: Callable[[], Milliseconds] = wall_ms,
        steady: Callable[[], Milliseconds] = steady_ms,
        *,
        trusting: bool = False,
    ) -> None:
        self._wall, self._steady = wall, steady
        start, now = wall(), steady()
        believed = last is None or trusting or start - last.hall_ms <= OFF_MS or last.hall_ms < BEFORE_US_MS
        self.doubted = not believed
        self._base = start if last is None else max(last.hall_ms, start) if believed else last.hall_ms
        self._since, self._slow = now, False
        self._wall_from_steady = start - now
        self._pace()

    def now(self) -> Now:
        """Return this moment."""
        return Now(self._wall(), self._hall_ms())

    def step(self) -> Step | None:
        """Return the jump of the wall clock since this was asked last, None where it runs on; follow it if it may.

        To be asked every few seconds: it is also where hall time is slowed down and let go again.
        """
        wall, hall = self._wall(), self._hall_ms()
        by = wall - self._steady() - self._wall_from_steady
        self._wall_from_steady += by
        ahead = wall - hall
        followed = 0
        if by >= STEP_MS and ahead > 0 and (ahead <= FOLLOWED_MS or hall < BEFORE_US_MS):
            followed = ahead
        self._base, self._since = hall + followed, self._steady()
        self._pace()
        return Step(by, followed) if abs(by) >= STEP_MS else None

    def _hall_ms(self) -> Milliseconds:
        passed = self._steady() - self._since
        return self._base + (passed // 2 if self._slow else passed)

    def _pace(self) -> None:
        """Slow hall time down while it is ahead of the wall clock by more than a moment and less than a day."""
        self._slow = STEP_MS < self._base - self._wall() <= DAY_MS


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
