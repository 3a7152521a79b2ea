"""Proves that a journal is whole and that the tables beside it say the same."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from journal import schema
from journal.line import LineError, decode, genesis
from journal.projection import Projector
from journal.store import JournalBroken, checked, read_lines, reading_end

DIFFERENCES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. `head` is the newest chained hash in hex; no problems: content."""

    hall: str
    lines: int
    head: str
    simulated: bool
    tables: dict[str, int]
    problems: tuple[str, ...]

    @property
    def content(self) -> bool:
        """Whether the chain is whole and every table equals its replay."""
        return not self.problems


def verify(folder: Path) -> Report:
    """Read a data folder's journal from its first line and compare; JournalError where there is none."""
    connection = reading_end(folder)
    try:
        return verify_open(connection)
    finally:
        connection.close()


def verify_open(connection: sqlite3.Connection) -> Report:
    """Verify the journal behind an open connection.

    Lines are read in short steps, so that no checkpoint of a running hub waits for us; only the newest lines and the
    tables are read together, in one state of the database.
    """
    try:
        opening = opening_of(connection)
    except (LineError, KeyError, sqlite3.Error) as error:
        return Report(hall="", lines=0, head="", simulated=False, tables={}, problems=(f"line 1: {error}",))
    replay = Replay(opening["hall"])
    replay.take(read_lines(connection))
    connection.execute("BEGIN")
    replay.take(read_lines(connection, replay.lines))
    tables, problems = {}, list(replay.problems)
    for table in schema.PROJECTED:
        stored = stored_rows(connection, table, problems)
        tables[table] = len(stored)
        problems += differences(table, rows_of(replay.db.conn, table), stored)
    replay.db.close()
    return Report(opening["hall"], replay.lines, replay.head.hex(), bool(opening["simulated"]), tables, tuple(problems))


def opening_of(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the body of a journal's first line; KeyError or LineError where it is not one."""
    first = connection.execute("SELECT line FROM journal WHERE seq = 1").fetchone()
    if not first:
        raise LineError("the journal has no first line")
    opening = decode(first[0])
    if opening.kind != "epoch.opened":
        raise LineError(f"a journal begins with epoch.opened, not with {opening.kind}")
    return {"hall": opening.body["hall"], "simulated": opening.body["simulated"]}


class Replay:
    """A journal read again: its chain recomputed, its tables made anew in memory, until a line is not as written."""

    def __init__(self, hall_id: str) -> None:
        self.db = empty_tables()
        self._projector = Projector(self.db)
        self.lines, self.head = 0, genesis(hall_id)
        self.problems: list[str] = []

    def take(self, rows: Iterable[tuple[int, bytes, bytes]]) -> None:
        """Read on; nothing more once something was wrong."""
        if self.problems:
            return
        try:
            for line, head in checked(rows, self.head, self.lines + 1):
                self._projector.project(line)
                self.lines, self.head = line.seq, head
        except JournalBroken as broken:
            self.problems.append(f"line {broken.fields['seq']}: {broken.fields['why']}")
        except (sqlite3.Error, KeyError) as error:
            self.problems.append(f"line {self.lines + 1} cannot be read: {error!r}")


def stored_rows(connection: sqlite3.Connection, table: str, problems: list[str]) -> dict[tuple[object, ...], None]:
    """Return a stored table's rows; none, and a problem told, where it is not there."""
    try:
        return rows_of(connection, table)
    except sqlite3.Error as error:
        problems.append(f"table {table} cannot be read: {error}")
        return {}


def empty_tables() -> Database:
    """Return a database in memory with the projections' empty tables."""
    db = Database(memory=True)
    schema.projections.apply(db)
    return db


def rows_of(connection: sqlite3.Connection, table: str) -> dict[tuple[object, ...], None]:
    """Return a table's rows, ordered, as the keys of a dict."""
    return dict.fromkeys(connection.execute(f"SELECT * FROM [{table}] ORDER BY 1, 2"))  # noqa: S608  our own names


def differences(
    table: str, replayed: dict[tuple[object, ...], None], stored: dict[tuple[object, ...], None]
) -> list[str]:
    """Return sentences for the rows that only one side has."""
    missing = [f"table {table} lacks {row}" for row in replayed if row not in stored]
    surplus = [f"table {table} holds {row}, which the journal does not" for row in stored if row not in replayed]
    found = missing + surplus
    if len(found) > DIFFERENCES_SHOWN:
        return [*found[:DIFFERENCES_SHOWN], f"table {table}: {len(found) - DIFFERENCES_SHOWN} more differences"]
    return found
