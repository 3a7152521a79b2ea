"""How long rows are kept that can be made again from the batches: events and tickets; figures stay for ever."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from region.store import Store
from region.tables import event, projected, ticket

KEEP_DAYS = 400
"""Thirteen months: a month beside the same one of the year before."""
ROUND_S = 6 * 3600.0
ROWS = (event, ticket)


class Retention:
    """Drops the rows of days that ended more than `keep_days` days ago, some times a day; 0 keeps all."""

    def __init__(self, store: Store, keep_days: int) -> None:
        self._store, self._keep_days = store, keep_days
        self._due_s = 0.0

    def drop_old(self, now_s: float) -> int:
        """Drop what is too old if it is time to, one hall after another, and return how many rows that were."""
        if not self._keep_days or now_s < self._due_s:
            return 0
        self._due_s = now_s + ROUND_S
        last = (datetime.fromtimestamp(now_s, UTC) - timedelta(days=self._keep_days + 1)).date().isoformat()
        return sum(self._dropped(hall, last) for hall in {stream.hall for stream in self._store.streams()})

    def _dropped(self, hall: str, last: str) -> int:
        """Drop a hall's rows of the days up to `last`, and return how many; lines before its first day stay."""
        with self._store.writing() as connection:
            # The day that lines still come for is projected on its rows, however old it is.
            day = connection.execute(select(projected.c.date).where(projected.c.hall == hall)).scalar() or ""
            ours = [(table.c.hall == hall, table.c.date.between("0", last), table.c.date != day) for table in ROWS]
            old = [delete(table).where(*which) for table, which in zip(ROWS, ours, strict=True)]
            return sum(connection.execute(each).rowcount for each in old)
