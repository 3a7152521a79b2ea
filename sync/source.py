"""Reads the hall's journal, read-only and at most a second at a time, and checks its chain before anything is sent."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

from config.errors import AntreanError
from journal.line import LineError, decode, genesis
from sync.schedule import Plan, plan_of
from sync.wire import MAX_PLAIN_BYTES, Batch, batch_of

READ_S = 0.9
BUSY_S = 1.0
Row = tuple[int, bytes, bytes]


class JournalAway(AntreanError):
    """The hall's journal is not there yet, or cannot be read now."""

    key = "sync.journal_away"


class JournalBroken(AntreanError):
    """The hall's own chain is not whole from line `seq` on: this is not sent."""

    key = "sync.journal_broken"


class WrongHall(AntreanError):
    """The journal belongs to another hall than the one named."""

    key = "sync.wrong_hall"


@dataclass(frozen=True, slots=True)
class Opening:
    """Whose journal this is, which epoch, and the last line that it shares with the epochs before."""

    hall: str
    epoch: int
    common: int = 0


class JournalSource:
    """The journal in `hall.db` as it may be pushed. Opens the file anew for each read, so that it never holds it."""

    def __init__(self, path: Path, hall: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.path, self.hall = path, hall
        self._clock = clock
        self._plan: tuple[int | None, Plan] = (None, Plan())

    def opening(self) -> Opening:
        """Return the newest epoch; WrongHall where it names another hall, JournalAway while there is no line."""
        newest = "SELECT coalesce(max(seq), 1) FROM standing WHERE kind = 'epoch.opened'"
        with self._reading() as database:
            rows = database.execute(f"SELECT seq, line FROM journal WHERE seq = ({newest})").fetchall()  # noqa: S608 - ours
        if not rows:
            raise JournalAway(path=self.path, why="empty")
        opening = opening_in(*rows[0])
        if opening.hall != self.hall:
            raise WrongHall(wanted=self.hall, found=opening.hall)
        return opening

    def plan(self) -> Plan:
        """Return when the push may send, by the hall file in force; always where none is there or it is not understood.

        The parsed one is kept until the hub applies another.
        """
        with self._reading() as database:
            newest = database.execute("SELECT max(seq) FROM standing WHERE kind = 'config.applied'").fetchone()[0]
            if newest == self._plan[0]:
                return self._plan[1]
            raw = bytes(database.execute("SELECT line FROM journal WHERE seq = ?", (newest,)).fetchone()[0])
        self._plan = (newest, plan_in(raw))
        return self._plan[1]

    def newest(self) -> int:
        """Return the seq of the newest line, 0 where there is none."""
        with self._reading() as database:
            return int(database.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()[0])

    def hash_before(self, seq: int) -> bytes | None:
        """Return the chained hash before a line, or None where the journal does not reach that far."""
        with self._reading() as database:
            return self._hash_before(database, seq)

    def read(self, first: int, size: int) -> Batch | None:
        """Return at most `size` lines from `first` on, perhaps none; None where the journal ends before `first` - 1.

        Fewer come back where a second or the plain bytes of a batch would not be enough.
        """
        with self._reading() as database:
            previous = self._hash_before(database, first)
            if previous is None:
                return None
            rows = list(self._rows(database, first, size))
        return checked(first, previous, rows)

    def _rows(self, database: sqlite3.Connection, first: int, size: int) -> Iterator[Row]:
        """Yield rows in order until the time or the bytes of one batch are used up; the first always comes."""
        ends, room = self._clock() + READ_S, MAX_PLAIN_BYTES
        query = "SELECT seq, line, h FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?"
        for seq, line, digest in database.execute(query, (first, size)):
            room -= len(line) + 1
            if seq > first and (room < 0 or self._clock() > ends):
                return
            if not isinstance(line, bytes) or not isinstance(digest, bytes):
                raise JournalBroken(seq=seq)
            yield seq, line, digest

    def _hash_before(self, database: sqlite3.Connection, seq: int) -> bytes | None:
        """Return the chained hash before a line within one read."""
        if seq == 1:
            return genesis(self.hall)
        row = database.execute("SELECT h FROM journal WHERE seq = ?", (seq - 1,)).fetchone()
        return bytes(row[0]) if row else None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Open the journal for one read of one moment."""
        try:
            with closing(
                sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
            ) as open_:
                open_.execute("BEGIN")
                yield open_
        except sqlite3.Error as error:
            raise JournalAway(path=self.path, why=str(error)) from error


def opening_in(seq: int, raw: bytes) -> Opening:
    """Return what a line says that opens an epoch of a hall; JournalBroken where it does not."""
    try:
        line = decode(bytes(raw))
    except (LineError, RecursionError) as error:
        raise JournalBroken(seq=seq) from error
    hall, epoch, common = (line.body.get(name) for name in ("hall", "epoch", "common"))
    if line.kind != "epoch.opened" or not isinstance(hall, str) or type(epoch) is not int or type(common) is not int:
        raise JournalBroken(seq=seq)
    return Opening(hall, epoch, common)


def plan_in(raw: bytes) -> Plan:
    """Return the plan in a line that applies a hall file; a push that always sends where it cannot be understood."""
    try:
        return plan_of(decode(raw).body["content"])
    except (LineError, ValueError, KeyError, TypeError, AttributeError, OSError, ZoneInfoNotFoundError):
        return Plan()


def checked(first: int, previous: bytes, rows: list[Row]) -> Batch:
    """Return the rows as a batch; JournalBroken where a seq is missing or the stored hash is not the lines' own."""
    for place, (seq, _, _) in enumerate(rows, first):
        if seq != place:
            raise JournalBroken(seq=place)
    batch = batch_of(first, previous, [line for _, line, _ in rows])
    if rows and batch.head != rows[-1][2]:
        raise JournalBroken(seq=first)
    return batch
