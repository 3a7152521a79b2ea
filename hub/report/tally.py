"""Counts tickets and keeps their times: the figures of any group of them. Pure."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import ceil
from typing import NamedTuple

ENDS = ("served", "missed", "unserved", "cancelled", "moved", "open")
COUNTS = ("issued", "received", *ENDS)


class Leg(NamedTuple):
    """A ticket's way through the line of one service, as a report counts it; times in ms, None where there is none.

    `arrival` is "issued" or "received", `end` one of ENDS; `in_time` and `kept` tell of the target and of the promise.
    """

    arrival: str
    end: str
    wait_ms: int | None
    service_ms: int | None
    in_time: bool | None
    kept: bool | None


class Tally:
    """What a group of legs adds up to. It is asked once all its legs are there: a year's are added up but once."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []

    @cached_property
    def counts(self) -> Counter[str]:
        """How many arrived and ended in each way; "aimed" and "promised", and of these "in_time" and "kept"."""
        aims = Counter(leg.in_time for leg in self.legs)
        promises = Counter(leg.kept for leg in self.legs)
        more = {"aimed": aims[True] + aims[False], "in_time": aims[True]}
        more |= {"promised": promises[True] + promises[False], "kept": promises[True]}
        ways = Counter(leg.arrival for leg in self.legs) + Counter(leg.end for leg in self.legs)
        return ways + Counter(more)

    @cached_property
    def waits(self) -> list[int]:
        """The waits in ms, the shortest first."""
        return sorted(leg.wait_ms for leg in self.legs if leg.wait_ms is not None)

    @cached_property
    def services(self) -> list[int]:
        """The service times in ms, the shortest first."""
        return sorted(leg.service_ms for leg in self.legs if leg.service_ms is not None)

    @property
    def people(self) -> int:
        """How many stood in these lines."""
        return len(self.legs)

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


def median_of(ordered: Sequence[int]) -> float | None:
    """Return the middle of ordered values, of an even number the mean of the two in the middle."""
    if not ordered:
        return None
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def p90_of(ordered: Sequence[int]) -> float | None:
    """Return the smallest of ordered values that nine of ten do not exceed (nearest rank)."""
    return float(ordered[ceil(len(ordered) * 9 / 10) - 1]) if ordered else None


def mean_of(values: Sequence[int]) -> float | None:
    """Return the mean."""
    return sum(values) / len(values) if values else None
