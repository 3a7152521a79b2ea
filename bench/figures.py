"""What a measurement yields, and the small arithmetic all of them share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `beside` is what it was measured beside in the same run, `bound` what it must keep to."""

    name: str
    value: float
    unit: str
    beside: str = ""
    bound: str = ""


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the nearest-rank percentile of some values."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(percent * 10) // 1000) - 1)]


def spread(name: str, seconds: Sequence[float], beside: str = "", p50: str = "", p99: str = "") -> list[Figure]:
    """Return the median and the 99th percentile of some durations, in ms."""
    return [
        Figure(f"{name} p50", round(percentile(seconds, 50) * 1000, 2), "ms", beside, p50),
        Figure(f"{name} p99", round(percentile(seconds, 99) * 1000, 2), "ms", beside, p99),
    ]


def told(troubles: Mapping[str, int]) -> str:
    """Return what was met, and how often."""
    return ", ".join(f"{count} {why}" for why, count in sorted(troubles.items())) or "nothing"
