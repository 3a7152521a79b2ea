"""What halls tell beside their lines: how many wait now. It is kept in memory, the newest of each hall.

A message says of which epoch and after which line it is: one that is older than another, or than lines the region
holds, was on its way too long or is replayed, and changes nothing.
"""

import json
from dataclasses import dataclass, fields

from region.errors import Superseded
from region.rules import Stream
from sync.wire import MOST_LINES, Garbled

MOST_BYTES = 2048
FRESH_MS = 120_000
MOST = 2**53
"""No count and no time is larger."""


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """When counts were taken: after line `seq` of an epoch. No clock, for a hall's may be wrong."""

    epoch: int
    seq: int


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
        self._newest: dict[str, Stamp] = {}

    def take(self, hall: str, content: bytes, now_ms: int, held: Stream | None = None) -> None:
        """Keep a hall's counts unless they are older than others of it, or than the journal that is held.

        Garbled for anything else, Superseded from an epoch that a later one has taken the place of.
        """
        counts, stamp = counts_in(content), stamp_in(content)
        newest = max(self._newest.get(hall, stamp), Stamp(held.epoch, held.next - 1) if held else stamp)
        if stamp.epoch < newest.epoch:
            raise Superseded(epoch=stamp.epoch, newest=newest.epoch)
        if stamp >= newest:
            self._told[hall], self._newest[hall] = (now_ms, counts), stamp

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


def stamp_in(content: bytes) -> Stamp:
    """Return when the counts in a body were taken."""
    told = json.loads(content)
    epoch, seq = told.get("epoch"), told.get("seq")
    if type(epoch) is not int or type(seq) is not int or not 0 < epoch < MOST_LINES or not 0 < seq < MOST_LINES:
        raise Garbled(why="live")
    return Stamp(epoch, seq)
