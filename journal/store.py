"""The journal on disk: the only writer of `hall.db`, which is also the only one that checkpoints it."""

import fcntl
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

from sqlite_utils import Database

from config.errors import AntreanError
from config.private import make_private_folder
from journal import schema
from journal.line import Line, LineError, chained, decode, genesis
from journal.projection import Projector

DATABASE = "hall.db"
LOCK = "hall.lock"
ANSWERS_KEPT_MS = 48 * 3600 * 1000
COUNT_REFUSED = (
    "INSERT INTO refused(date, hour, service, code, place, last_ms, asked, counted) VALUES (?, ?, ?, ?, ?, ?, 1, 1)"
    " ON CONFLICT DO UPDATE SET asked = asked + 1, counted = counted + (excluded.last_ms - last_ms >= 60000),"
    " last_ms = excluded.last_ms"
)
"""Who asks again within a minute of the last time is the same visitor: a row at most for each place, hour and why."""


class JournalError(AntreanError):
    """The record of the hall cannot be read or written."""

    key = "error.journal"


class JournalLocked(JournalError):
    """Another hub writes this journal."""

    key = "error.journal_locked"


class JournalBroken(JournalError):
    """A line is missing or is not what was written."""

    key = "error.journal_broken"


class JournalUnwritable(JournalError):
    """The disk did not take the lines: it is full, gone or damaged."""

    key = "error.journal_unwritable"


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """What was answered to a request id; `digest` is of the request's body, `answer` JSON text."""

    request: str
    digest: bytes
    status: int
    answer: str
    hall_ms: int


@dataclass(frozen=True, slots=True)
class RefusedNumber:
    """A number that was asked for and not given: when, for which service, why (the refusal's code) and where."""

    date: str
    hour: int
    service: str
    code: str
    place: str
    hall_ms: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one command leaves: its lines, the answer to its request id if any, and the number it was refused."""

    lines: Sequence[Line]
    answer: StoredAnswer | None = None
    refused: RefusedNumber | None = None


class Store:
    """The writing end of a hall's journal. `append` runs in one thread at a time; opening takes the hall's lock."""

    def __init__(self, folder: Path, hall_id: str) -> None:
        self._lock = take_lock(folder / LOCK)
        try:
            self.db = writing_end(folder / DATABASE)
        except (sqlite3.Error, LineError) as error:
            self._lock.close()
            raise JournalError(path=str(folder / DATABASE), why=str(error)) from error
        try:
            self._projector = Projector(self.db)
            newest = self.db.execute("SELECT line, h FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
            self.newest: Line | None = decode(newest[0]) if newest else None
        except (sqlite3.Error, LineError) as error:
            self.close()
            raise JournalError(path=str(folder / DATABASE), why=str(error)) from error
        self._head: bytes = newest[1] if newest else genesis(hall_id)

    def append(self, batch: Sequence[Transaction]) -> None:
        """Write transactions that wait together as one: all are on disk when this returns, or none.

        Raises JournalUnwritable; the journal is then as before and the store must not be used any more.
        """
        head = self._head
        try:
            with self.db.atomic():
                for transaction in batch:
                    head = self._write(transaction, head)
        except sqlite3.Error as error:
            raise JournalUnwritable(why=str(error)) from error
        self._head = head

    def _write(self, transaction: Transaction, head: bytes) -> bytes:
        for line in transaction.lines:
            raw = line.encode()
            head = chained(head, raw)
            self.db.execute("INSERT INTO journal(seq, line, h) VALUES (?, ?, ?)", (line.seq, raw, head))
            self._projector.project(line)
            if line.kind == "day.opened":
                self._forget_answers(line.hall_ms)
        answer = transaction.answer
        if answer:
            row = (answer.request, answer.digest, answer.status, answer.answer, answer.hall_ms)
            self.db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)
        if transaction.refused:
            self.db.execute(COUNT_REFUSED, astuple(transaction.refused))
        return head

    def lines_to_start_from(self) -> list[Line]:
        """Return the lines a hub must know at start: those that outlast their day, then all of the newest day.

        Of the hall files only the newest before that day, and what was planned since.
        """
        newest = self.db.execute("SELECT max(opened_seq) FROM day").fetchone()[0]
        opened = newest or 0
        standing = self.db.execute(
            "SELECT seq FROM standing WHERE seq < ? AND (kind NOT LIKE 'config.%' OR seq >="
            " (SELECT max(seq) FROM standing WHERE kind = 'config.applied' AND seq < ?)) ORDER BY seq",
            (opened, opened),
        )
        day = self.db.execute("SELECT seq FROM journal WHERE seq >= ? ORDER BY seq", (opened,))
        seqs = [row[0] for row in (*standing.fetchall(), *day.fetchall())]
        return [self._checked(seq) for seq in seqs]

    def _checked(self, seq: int) -> Line:
        """Return a line that is as it was written behind the one before; JournalBroken otherwise."""
        row = self.db.execute("SELECT line, h FROM journal WHERE seq = ?", (seq,)).fetchone()
        before = self.db.execute("SELECT h FROM journal WHERE seq = ?", (seq - 1,)).fetchone()
        if before is None and seq > 1:
            raise JournalBroken(seq=seq - 1, why=f"line {seq - 1} is missing")
        head = before[0] if before else genesis(hall_of(row[0]))
        return next(line for line, _ in checked([(seq, *row)], head, seq))

    def answers(self, now_ms: int) -> list[StoredAnswer]:
        """Forget answers older than 48 hours of hall time and return the others."""
        with self.db.atomic():
            self._forget_answers(now_ms)
        return [StoredAnswer(*row) for row in self.db.execute("SELECT * FROM answer ORDER BY hall_ms")]

    def _forget_answers(self, now_ms: int) -> None:
        self.db.execute("DELETE FROM answer WHERE hall_ms < ?", (now_ms - ANSWERS_KEPT_MS,))

    def close(self) -> None:
        """Close the database, which checkpoints it, and give the lock back."""
        self.db.close()
        self._lock.close()


def take_lock(path: Path) -> IO[str]:
    """Return the open lock file, its folder made; JournalLocked while another process holds it."""
    try:
        make_private_folder(path.parent)
        file = path.open("w")
    except OSError as error:
        raise JournalError(path=str(path.parent), why=error.strerror or str(error)) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise JournalLocked(path=str(path)) from error
    return file


def writing_end(path: Path) -> Database:
    """Open a hall's database for writing and bring its tables up to date."""
    with ExitStack() as undo:
        connection = undo.enter_context(closing(sqlite3.connect(path, check_same_thread=False, cached_statements=256)))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        db = Database(connection)
        with db.atomic():
            schema.journal.apply(db)
            if not projected(db):
                rebuild(db)
        undo.pop_all()
    return db


def projected(db: Database) -> bool:
    """Tell whether the projections are those of this program: all migrations applied, all tables there."""
    return not schema.projections.pending(db) and set(schema.PROJECTED) <= set(db.table_names())


def rebuild(db: Database) -> None:
    """Drop the projections and make them again from the journal, inside the caller's transaction."""
    for table in schema.PROJECTED:
        db.execute(f"DROP TABLE IF EXISTS [{table}]")
    schema.projections.ensure_migrations_table(db)
    db.execute("DELETE FROM _sqlite_migrations WHERE migration_set = 'projections'")
    schema.projections.apply(db)
    projector = Projector(db)
    for _, raw, _ in read_lines(db.conn):
        projector.project(decode(raw))


def reading_end(folder: Path) -> sqlite3.Connection:
    """Open a hall's database for reading alone; JournalError where there is none."""
    path = folder / DATABASE
    try:
        with ExitStack() as undo:
            address = f"{path.resolve().as_uri()}?mode=ro"
            connection = undo.enter_context(closing(sqlite3.connect(address, uri=True, timeout=1.0)))
            connection.execute("SELECT 1 FROM journal LIMIT 1")
            undo.pop_all()
    except sqlite3.Error as error:
        raise JournalError(path=str(path), why=str(error)) from error
    return connection


def read_lines(connection: sqlite3.Connection, after: int = 0, step: int = 2000) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (seq, line, hash) of every line after a seq, in short reads so that no checkpoint waits for us."""
    while True:
        rows = connection.execute(
            "SELECT seq, line, h FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (after, step)
        ).fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]


def hall_of(first: bytes) -> str:
    """Return the hall that a journal's first line names, "" where it names none."""
    try:
        return str(decode(first).body.get("hall", ""))
    except LineError:
        return ""


def checked(rows: Iterable[tuple[int, bytes, bytes]], head: bytes, first: int = 1) -> Iterator[tuple[Line, bytes]]:
    """Yield each line with its chained hash, from line `first` whose previous hash is `head`.

    JournalBroken at the first line that is missing or not as it was written.
    """
    for expected, (seq, raw, stored) in enumerate(rows, first):
        try:
            line = decode(raw)
        except LineError as error:
            raise JournalBroken(seq=seq, why=str(error)) from error
        head = chained(head, raw)
        if seq != expected or line.seq != seq:
            raise JournalBroken(seq=expected, why=f"line {expected} is missing")
        if head != stored:
            raise JournalBroken(seq=seq, why="the line is not the one that was written")
        yield line, head
