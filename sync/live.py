"""What a hall tells beside its lines while a backlog is on its way: how many wait now. Lost, it is not repeated."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol

from sync.link import Answer, LinkCut
from sync.source import JournalAway, JournalBroken, JournalSource, WrongHall

EVERY_S = 30.0
BEHIND_LINES = 1_000
"""With so many lines still to send, the region's own figures are minutes old."""
BUSY_S = 1.0
OF_TODAY = """
SELECT count(*), sum(state = 'waiting'), sum(state IN ('called', 'serving')), sum(state = 'served'),
       min(CASE WHEN state = 'waiting' THEN issued_ms END)
FROM ticket WHERE NOT trial AND date = (SELECT date FROM day ORDER BY opened_seq DESC LIMIT 1)
"""
NAMES = ("issued", "waiting", "serving", "served", "oldest_ms")


def counts_of(hall_db: Path) -> dict[str, int | None]:
    """Return the counts of the open day, and since when the longest of those waits (None: nobody does).

    Empty where the journal cannot be read now.
    """
    try:
        with closing(sqlite3.connect(f"{hall_db.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as database:
            issued, *counts, oldest_ms = database.execute(OF_TODAY).fetchone()
    except sqlite3.Error:
        return {}
    return dict(zip(NAMES, (issued, *(count or 0 for count in counts), oldest_ms), strict=True))


class Tells(Protocol):
    """The way to the region, as far as it is needed here; LinkCut where it breaks."""

    def tell_live(self, hall: str, counts: dict[str, int | None]) -> Answer:
        """Tell how a hall's day stands now."""
        ...


class Live:
    """Tells the region at most every half minute, and only while it is far behind."""

    def __init__(self, hall_db: Path, hall: str, link: Tells, clock: Callable[[], float]) -> None:
        self._source, self._hall, self._link, self._clock = JournalSource(hall_db, hall), hall, link, clock
        self._told_at = float("-inf")

    def tell(self, behind: int) -> bool:
        """Tell the counts, if it is time to; whether they arrive changes nothing. Return whether they were sent."""
        if behind < BEHIND_LINES or self._clock() - self._told_at < EVERY_S:
            return False
        self._told_at = self._clock()
        try:
            # The line is looked up first: what it is said to be after, the counts have seen.
            stamp: dict[str, int | None] = {"epoch": self._source.opening().epoch, "seq": self._source.newest()}
            counts = counts_of(self._source.path)
            if counts:
                self._link.tell_live(self._hall, stamp | counts)
        except (LinkCut, JournalAway, JournalBroken, WrongHall):
            return False
        return bool(counts)
