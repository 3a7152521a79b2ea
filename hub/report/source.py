"""Reads what a report needs from `hall.db`, a day at a time, so that no checkpoint of a running hub waits for it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hub.report.opening import Happening
from journal.line import decode
from journal.store import reading_end

KEPT = (
    "CASE WHEN promise_ms IS NOT NULL AND (called_ms IS NOT NULL OR [end] = 'unserved')"
    " THEN coalesce(called_ms <= promise_ms, 0) END AS kept"
)
"""Whether a leg's promise was kept: its first call no later than promised, never where it was not served that day."""
LEG = (
    f"SELECT service, ticket_class, arrival, counter, clerk, arrived_ms, called_ms, {KEPT}, served_ms, ended_ms,"  # noqa: S608
    " [end] FROM leg WHERE date = ? AND trial = 0"
)
PROMISES = (
    "SELECT service, sum(kept), count(kept) FROM"  # noqa: S608  our own texts
    f" (SELECT service, {KEPT} FROM leg WHERE date = ? AND trial = 0) GROUP BY service HAVING count(kept)"
)
HAPPENING = "SELECT hall_ms, kind, counter, name, detail, from_ms, until_ms FROM happening WHERE date = ? ORDER BY seq"
OUT_OF_ORDER = (
    "SELECT hall_ms, number, counter, clerk, json_extract(reason, '$.why'), json_extract(reason, '$.passed_over')"
    ' FROM call WHERE date = ? AND reason LIKE \'{"rule":"number"%\' ORDER BY seq'
)
PAPERS = "SELECT printer, state, copy > 0, count(*) FROM print_job WHERE date = ? GROUP BY 1, 2, 3"
REFUSED = "SELECT service, hour, code, sum(counted), sum(asked) FROM refused WHERE date = ? GROUP BY 1, 2, 3"


@dataclass(frozen=True)
class Day:
    """One day as the tables have it; `end_ms` is when its newest line was written."""

    date: date
    legs: list[Any]
    happenings: list[Happening]
    calls: list[Any]
    papers: list[Any]
    refused: list[Any]
    end_ms: int


def read_day(connection: sqlite3.Connection, day: date) -> Day | None:
    """Return a day, None where the hall's hub did not run on it and nothing was refused."""
    name = day.isoformat()
    opened = connection.execute("SELECT closed_seq FROM day WHERE date = ?", (name,)).fetchone()
    refused = connection.execute(REFUSED, (name,)).fetchall() if has_refused(connection) else []
    if opened is None and not refused:
        return None
    happenings = [Happening(*row) for row in connection.execute(HAPPENING, (name,))]
    return Day(
        day,
        connection.execute(LEG, (name,)).fetchall(),
        happenings,
        connection.execute(OUT_OF_ORDER, (name,)).fetchall(),
        connection.execute(PAPERS, (name,)).fetchall(),
        refused,
        end_of(connection, opened[0] if opened else None),
    )


def promises_of(folder: Path, day: str) -> dict[str, tuple[int, int]]:
    """Return of each service how many promises of a day, as ISO text, were kept, and of how many that is known."""
    with closing(reading_end(folder)) as connection:
        return {service: (kept, of) for service, kept, of in connection.execute(PROMISES, (day,))}


def has_refused(connection: sqlite3.Connection) -> bool:
    """Tell whether refused numbers are counted here: a database that no newer hub has opened has no such table."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'refused'").fetchone())


def end_of(connection: sqlite3.Connection, closed_seq: int | None) -> int:
    """Return when a day was closed, or the newest line of all was written."""
    row = connection.execute(
        "SELECT line FROM journal WHERE seq = coalesce(?, (SELECT max(seq) FROM journal))", (closed_seq,)
    ).fetchone()
    return decode(row[0]).hall_ms


def days_between(connection: sqlite3.Connection, first: date, last: date) -> Iterator[tuple[date, Day]]:
    """Yield the days there are between two dates, both counted."""
    rows = connection.execute(
        "SELECT date FROM day WHERE date BETWEEN ? AND ? ORDER BY date", (first.isoformat(), last.isoformat())
    ).fetchall()
    names = {row[0] for row in rows}
    if has_refused(connection):
        query = "SELECT DISTINCT date FROM refused WHERE date BETWEEN ? AND ?"
        names |= {row[0] for row in connection.execute(query, (first.isoformat(), last.isoformat()))}
    for name in sorted(names):
        found = read_day(connection, date.fromisoformat(name))
        if found:
            yield found.date, found
