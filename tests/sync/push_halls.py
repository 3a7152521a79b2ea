"""Halls for the tests of the push: journals of real lines in a real file, and what a region holds of them."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlite_utils import Database

from journal import schema
from journal.line import Line, chained, genesis
from region.lineage import lines_of, pieces
from region.store import Store
from region.tables import batch as kept
from sync.wire import Batch, batch_of, head_after

HALL = "mpp-uji"
MONDAY_MS = 1_796_000_400_000


def line(seq: int, *, hall: str = HALL, simulated: object = False, word: str = "") -> bytes:
    """Return a line: the first opens the epoch, the others issue tickets; another `word` makes another journal."""
    now_ms = MONDAY_MS + seq * 1000
    if seq == 1:
        body = {"hall": hall, "epoch": 1, "simulated": simulated, "reason": "new", "common": 0}
        return Line(1, now_ms, now_ms, "epoch.opened", 1, body).encode()
    return Line(seq, now_ms, now_ms, "ticket.issued", 1, {"number": f"A{seq:03d}", "word": word}).encode()


def lines(count: int, *, first: int = 1, hall: str = HALL, simulated: object = False, word: str = "") -> list[bytes]:
    """Return `count` lines in order."""
    return [line(seq, hall=hall, simulated=simulated, word=word) for seq in range(first, first + count)]


def batch(first: int, count: int, *, hall: str = HALL, simulated: object = False, word: str = "") -> Batch:
    """Return the batch of a hall's lines from `first` on, chained from its genesis."""
    before = lines(first - 1, hall=hall, simulated=simulated, word=word)
    fresh = lines(count, first=first, hall=hall, simulated=simulated, word=word)
    return batch_of(first, head_after(genesis(hall), before), fresh)


def write_journal(path: Path, rows: list[bytes], *, hall: str = HALL) -> Path:
    """Append lines to a hall's journal, made by the journal's own migrations; return its path."""
    database = Database(path)
    schema.journal.apply(database)
    schema.projections.apply(database)
    with closing(database.conn) as connection, connection:
        newest = connection.execute("SELECT seq, h FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        seq, head = newest or (0, genesis(hall))
        for number, raw in enumerate(rows, seq + 1):
            head = chained(head, raw)
            connection.execute("INSERT INTO journal (seq, line, h) VALUES (?, ?, ?)", (number, raw, head))
    return path


def write_config(path: Path, content: dict[str, Any]) -> None:
    """Let the hub apply a hall file."""
    seq = len(journal_lines(path)) + 1
    body = {"content": content, "digest": "", "author": ""}
    write_journal(path, [Line(seq, MONDAY_MS, MONDAY_MS, "config.applied", 1, body).encode()])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO standing(seq, kind) VALUES (?, 'config.applied')", (seq,))


def hall_with(path: Path, count: int, *, hall: str = HALL, simulated: object = False, word: str = "") -> Path:
    """Return the path of a journal of `count` lines."""
    return write_journal(path, lines(count, hall=hall, simulated=simulated, word=word), hall=hall)


def journal_lines(path: Path) -> tuple[bytes, ...]:
    """Return every line of a hall's journal, in order."""
    with closing(sqlite3.connect(path)) as connection:
        return tuple(bytes(row[0]) for row in connection.execute("SELECT line FROM journal ORDER BY seq"))


def held_journal(store: Store, hall: str = HALL) -> tuple[bytes, ...]:
    """Return every line of a hall's newest journal, those of earlier epochs before its own."""
    stream = store.latest(hall)
    if stream is None:
        return ()
    with store.reading() as connection:
        return tuple(line for _, lines in pieces(connection, stream, 1, 1_000_000) for line in lines)


def held_lines(store: Store, hall: str = HALL) -> tuple[bytes, ...]:
    """Return every line the region holds of a hall, read from the batches as they came."""
    with store.shelf(hall, 1) as shelf:
        since = shelf.since()
        if not since:
            return ()
        stream = since[0]
    query = select(kept).where(kept.c.hall == hall, kept.c.epoch == 1).order_by(kept.c.first)
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    held = batch_of(1, genesis(hall), [line for row in rows for line in lines_of(row)])
    assert (held.next, held.head) == (stream.next, stream.head)
    return held.lines
