"""Counts tickets and keeps their times: the figures of any group of them. Pure."""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, fsum
from statistics import median

ENDS = ("served", "missed", "unserved", "cancelled", "moved", "open")
COUNTS = ("issued", "received", *ENDS)


@dataclass(frozen=True, slots=True)
class Leg:
    """A ticket's way through the line of one service, as a report counts it; times in ms, None where there is none.

    `arrival` is "issued" or "received", `end` one of ENDS; `in_time` and `kept` tell of the target and of the promise.
    """

    arrival: str
    end: str
    wait_ms: int | None
    service_ms: int | None
    in_time: bool | None
    kept: bool | None


@dataclass(slots=True)
class Tally:
    """What a group of legs adds up to; waits and services in ms."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: "array[int]" = field(default_factory=lambda: array("q"))
    services: "array[int]" = field(default_factory=lambda: array("q"))

    def take(self, leg: Leg) -> None:
        """Count one more."""
        counts = self.counts
        counts[leg.arrival] += 1
        counts[leg.end] += 1
        if leg.wait_ms is not None:
            self.waits.append(leg.wait_ms)
        if leg.service_ms is not None:
            self.services.append(leg.service_ms)
        if leg.in_time is not None:
            counts["aimed"] += 1
            counts["in_time"] += leg.in_time
        if leg.kept is not None:
            counts["promised"] += 1
            counts["kept"] += leg.kept

    @property
    def people(self) -> int:
        """How many stood in these lines."""
        return self.counts["issued"] + self.counts["received"]

    @property
    def within_target(self) -> float | None:
        """Which share of those with a target was called within it."""
        return share(self.counts["in_time"], self.counts["aimed"])

    @property
    def promises_kept(self) -> float | None:
        """Which share of the promises was kept."""
        return share(self.counts["kept"], self.counts["promised"])


def share(part: int, whole: int) -> float | None:
    """Return a share between 0 and 1, None of nothing."""
    return part / whole if whole else None


def median_of(values: Sequence[int]) -> float | None:
    """Return the middle value, of an even number the mean of the two in the middle."""
    return float(median(values)) if values else None


def p90_of(values: Sequence[int]) -> float | None:
    """Return the smallest value that nine of ten do not exceed (nearest rank)."""
    return float(sorted(values)[ceil(len(values) * 9 / 10) - 1]) if values else None


def mean_of(values: Sequence[int]) -> float | None:
    """Return the mean."""
    return fsum(values) / len(values) if values else None
