"""What halls tell beside their lines: how many wait now. It is kept in memory, the newest of each hall."""

import json
from dataclasses import dataclass, fields

from sync.wire import Garbled

MOST_BYTES = 2048
FRESH_MS = 120_000
MOST = 2**53
"""No count and no time is larger."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How a hall's day stands: tickets issued, waiting, at counters, served; since when the longest waits, in ms."""

    issued: int
    waiting: int
    serving: int
    served: int
    oldest_ms: int | None


Told = tuple[int, Counts]
"""When a hall told its counts, by the region's clock in ms, and what they are."""


class Live:
    """The newest counts of each hall, with when they came."""

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def take(self, hall: str, content: bytes, now_ms: int) -> None:
        """Keep a hall's counts; Garbled for anything else."""
        self._told[hall] = now_ms, counts_in(content)

    def of(self, hall: str, now_ms: int) -> Told | None:
        """Return when a hall's counts came and what they are, None where there are none of the last two minutes."""
        told = self._told.get(hall)
        return told if told and 0 <= now_ms - told[0] <= FRESH_MS else None


def counts_in(content: bytes) -> Counts:
    """Return the counts in a body."""
    try:
        told = json.loads(content)
        values = {field.name: told[field.name] for field in fields(Counts)}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Garbled(why="live") from error
    numbers = [value for name, value in values.items() if name != "oldest_ms" or value is not None]
    if not all(type(number) is int and 0 <= number < MOST for number in numbers):
        raise Garbled(why="live")
    return Counts(**values)
