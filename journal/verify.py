"""Proves that a journal is whole and that the tables beside it say the same."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from journal import schema
from journal.line import decode
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
    """Verify the journal behind an open connection, in one state of the database."""
    connection.execute("BEGIN")
    first = connection.execute("SELECT line FROM journal WHERE seq = 1").fetchone()
    if not first:
        return Report(
            hall="", lines=0, head="", simulated=False, tables={}, problems=("the journal has no first line",)
        )
    opening = decode(first[0]).body
    replayed = empty_tables()
    projector = Projector(replayed)
    lines, problems = 0, list[str]()
    try:
        for line in checked(read_lines(connection), opening["hall"]):
            projector.project(line)
            lines += 1
    except JournalBroken as broken:
        problems.append(f"line {broken.fields['seq']}: {broken.fields['why']}")
    head = connection.execute("SELECT h FROM journal WHERE seq = ?", (lines,)).fetchone()
    tables = {}
    for table in schema.PROJECTED:
        tables[table] = len(rows_of(connection, table))
        problems += differences(table, rows_of(replayed.conn, table), rows_of(connection, table))
    replayed.close()
    return Report(
        opening["hall"], lines, head[0].hex() if head else "", bool(opening["simulated"]), tables, tuple(problems)
    )


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
