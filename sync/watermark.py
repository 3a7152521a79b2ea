"""What the hall remembers of the push: how far the region acknowledged it, its receipts, and the back-off."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.errors import AntreanError
from config.private import make_private_folder
from journal.line import genesis
from sync.rules import Pace
from sync.wire import Place

TABLE = """
CREATE TABLE IF NOT EXISTS watermark (
    hall TEXT PRIMARY KEY, next INTEGER NOT NULL, head BLOB NOT NULL, receipt TEXT NOT NULL,
    size INTEGER NOT NULL, failures INTEGER NOT NULL
) WITHOUT ROWID
"""
RECEIPTS = """
CREATE TABLE IF NOT EXISTS receipt (
    hall TEXT NOT NULL, hour INTEGER NOT NULL, receipt TEXT NOT NULL, PRIMARY KEY (hall, hour)
) WITHOUT ROWID
"""
"""The last receipt of each hour of the region's clock: it covers every line before it."""
HOUR_MS = 3_600_000
KEPT_HOURS = 35 * 24
START = "INSERT OR IGNORE INTO watermark VALUES (?, 1, ?, '{}', ?, ?)"


class StateBroken(AntreanError):
    """The file of the watermark cannot be read or written; it may be deleted, for the region knows the place too."""

    key = "sync.state_broken"


class Watermark:
    """One hall's watermark in a small database of its own; each change is on disk when its call returns.

    `read_only` looks at the one of a push that may be running, and makes nothing; the push alone writes it.
    """

    def __init__(self, path: Path, hall: str, *, read_only: bool = False) -> None:
        self.path, self.hall = path, hall
        with self._translated(), ExitStack() as undo:
            address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
            if not read_only:
                make_private_folder(path.parent)
            connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=5)
            self._database = undo.enter_context(closing(connection))
            if not read_only:
                self._make()
            undo.pop_all()

    def _make(self) -> None:
        """Make what is not there yet."""
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE, RECEIPTS):
            self._database.execute(statement)
        start = Pace()
        self._database.execute(START, (self.hall, genesis(self.hall), start.size, start.failures))

    def place(self) -> Place:
        """Return how far the region acknowledged the journal."""
        next_, head = self._row("next, head")
        return Place(next_, bytes(head))

    def receipt(self) -> dict[str, Any]:
        """Return the last receipt, empty before the first."""
        return dict(json.loads(self._row("receipt")[0]))

    def receipts(self) -> list[dict[str, Any]]:
        """Return the kept receipts of 35 days, oldest first; times are the region's, for a hall's may jump."""
        with self._translated():
            query = "SELECT receipt FROM receipt WHERE hall = ? ORDER BY hour"
            return [dict(json.loads(row[0])) for row in self._database.execute(query, (self.hall,))]

    def pace(self) -> Pace:
        """Return the size of the next batch and the failures in a row, as they were before a restart."""
        return Pace(*self._row("size, failures"))

    def move(self, place: Place, receipt: Mapping[str, Any], pace: Pace) -> None:
        """Remember a place the region named, its receipt and the pace, at once."""
        told = (place.next, place.head, json.dumps(receipt), pace.size, pace.failures)
        with self._translated(), self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self._change("next = ?, head = ?, receipt = ?, size = ?, failures = ?", told)
            self._keep(receipt)

    def keep_pace(self, pace: Pace) -> None:
        """Remember the pace alone."""
        self._change("size = ?, failures = ?", (pace.size, pace.failures))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _keep(self, receipt: Mapping[str, Any]) -> None:
        """Keep a receipt as its hour's last, and forget those of more than 35 days before."""
        if type(receipt.get("received_ms")) is int:
            hour = receipt["received_ms"] // HOUR_MS
            self._database.execute(
                "INSERT OR REPLACE INTO receipt VALUES (?, ?, ?)", (self.hall, hour, json.dumps(receipt))
            )
            self._database.execute("DELETE FROM receipt WHERE hall = ? AND hour < ?", (self.hall, hour - KEPT_HOURS))

    def _row(self, columns: str) -> tuple[Any, ...]:
        """Return columns of this hall's row."""
        with self._translated():
            query = f"SELECT {columns} FROM watermark WHERE hall = ?"  # noqa: S608  the columns are our own words
            row = self._database.execute(query, (self.hall,)).fetchone()
        if row is None:
            raise StateBroken(path=self.path, why=self.hall)
        return tuple(row)

    def _change(self, columns: str, values: tuple[object, ...]) -> None:
        """Change columns of this hall's row in one statement, which commits by itself."""
        with self._translated():
            statement = f"UPDATE watermark SET {columns} WHERE hall = ?"  # noqa: S608  the columns are our own words
            self._database.execute(statement, (*values, self.hall))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what SQLite and the file system say into StateBroken."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StateBroken(path=self.path, why=str(error)) from error
