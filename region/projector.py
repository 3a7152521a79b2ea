"""Turns kept batches into tickets and figures, apart from the taking of batches and behind it.

It can be stopped anywhere: each step is one transaction that also moves how far an epoch is projected.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from region.engines import POSTGRESQL
from region.errors import Unavailable
from region.figures import by_hour, figures, waits
from region.lineage import pieces
from region.retention import KEEP_DAYS, Retention
from region.rules import Stream
from region.store import Store
from region.tables import PROJECTIONS, dead_event, projected, rollup_hour, ticket, unknown_kind
from region.tables import day as days
from region.tickets import Event, Fold, Setting, Ticket, Tickets
from sync.wire import MAX_LINES

log = logging.getLogger("antrean.region")

MADE_BY = 2
"""Raised when lines are projected in another way: then everything is projected anew."""
ROUND_S = 1.0
STEP_BATCHES = 16
values_of = attrgetter(*Event.__slots__)
"""Returns an event as a tuple, in the order of its fields."""


class Projector:
    """The one writer of the projections of a store."""

    def __init__(self, store: Store, *, keep_days: int = KEEP_DAYS) -> None:
        self._store = store
        self._rows = Retention(store, keep_days)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Project in a thread of its own until the block ends."""
        ending = threading.Event()
        thread = threading.Thread(target=self._run, args=(ending,), name="projector")
        thread.start()
        try:
            yield
        finally:
            ending.set()
            thread.join()

    def catch_up(self, ending: threading.Event | None = None) -> None:
        """Project what is not projected yet, one step of each hall after another, so that none waits for a long one."""
        newest = {stream.hall: stream for stream in self._store.streams()}
        behind = [stream for stream in newest.values() if self._tried(stream)]
        while behind and not (ending and ending.is_set()):
            behind = [stream for stream in behind if self._tried(stream)]

    def _tried(self, stream: Stream) -> bool:
        """Take one step of a hall; whatever its lines hold, they hold up this hall alone."""
        try:
            return self._step(stream)
        except Unavailable:
            raise
        except Exception:
            # What lines make of this is not known beforehand; the other halls must go on being shown.
            log.exception("lines of %s cannot be projected", stream.hall)
            return False

    def _run(self, ending: threading.Event) -> None:
        """Catch up again and again."""
        while not ending.wait(ROUND_S):
            try:
                self.catch_up(ending)
                self._rows.drop_old(time.time())
            except Unavailable:
                log.exception("projections cannot be written")

    def _step(self, stream: Stream) -> bool:
        """Project some batches of an epoch; return whether more are there. Damaged bytes hold this hall alone."""
        next_, fold = self._begun(stream)
        if next_ >= stream.next:
            return False
        try:
            reached = self._read(stream, next_, fold)
        except Unavailable:
            log.warning("batch of %s from line %d is damaged", stream.hall, next_)
            return False
        with self._store.writing() as connection:
            save(connection, stream, fold, (next_, reached))
        return reached < stream.next

    def _begun(self, stream: Stream) -> tuple[int, Fold]:
        """Return from where a journal is to be projected, and the fold so far.

        Anew where another version made it, or it was of another epoch: what that held after the common line is no more.
        """
        with self._store.reading() as connection:
            row = connection.execute(select(projected).where(projected.c.hall == stream.hall)).mappings().first()
            if row and (row["made_by"], row["epoch"]) == (MADE_BY, stream.epoch):
                setting = Setting(row["date"], row["name"], row["zone"], row["services"])
                is_behind = row["next"] < stream.next
                tickets = tickets_of(connection, stream.hall, setting.date) if is_behind else {}
                return row["next"], Fold(setting, {setting.date: tickets})
        if row:
            self.forget(stream.hall)
        return 1, Fold(Setting())

    def forget(self, hall: str) -> None:
        """Drop a hall's projections, so that they are made anew."""
        with self._store.writing() as connection:
            for table in PROJECTIONS:
                connection.execute(delete(table).where(table.c.hall == hall))

    def _read(self, stream: Stream, next_: int, fold: Fold) -> int:
        """Fold the lines of some batches, and return the seq after the last."""
        reached = next_
        with self._store.reading() as connection:
            for at, lines in pieces(connection, stream, next_, STEP_BATCHES):
                fold.add(at, lines)
                reached = at + len(lines)
                if reached - next_ >= MAX_LINES:
                    break
        if reached == next_:
            raise Unavailable(why=f"no batch from line {next_}")
        return reached


def of(table: Any, stream: Stream) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that rows belong to an epoch of a hall."""
    return table.c.hall == stream.hall, table.c.epoch == stream.epoch


def tickets_of(connection: Connection, hall: str, date: str) -> Tickets:
    """Return the projected tickets of a hall's day."""
    query = select(ticket).where(ticket.c.hall == hall, ticket.c.date == date)
    rows = connection.execute(query).mappings()
    return {row["number"]: Ticket(**{name: row[name] for name in Ticket.__slots__}) for row in rows}


def row_of(told: Ticket) -> dict[str, Any]:
    """Return a ticket as a row; `asdict` copies deeply and was a fifth of the projector's time."""
    return {name: getattr(told, name) for name in Ticket.__slots__}


def save(connection: Connection, stream: Stream, fold: Fold, reached: tuple[int, int]) -> None:
    """Write what a fold changed, the figures of its days, and from where to where it came."""
    hall = stream.hall
    move(connection, stream, fold, *reached)
    save_events(connection, stream, fold)
    save_tickets(connection, hall, fold)
    for date in {date for date, _ in fold.changed}:
        save_figures(connection, hall, date, fold)
    dead = [{"hall": hall, "epoch": stream.epoch, "seq": seq, "error": why} for seq, why in fold.dead.items()]
    if dead:
        connection.execute(insert(dead_event), dead)
    for (kind, version), count in fold.unknown.items():
        add_unknown(connection, hall, kind, version, count)


def move(connection: Connection, stream: Stream, fold: Fold, begun: int, reached: int) -> None:
    """Say how far an epoch is projected; Unavailable where somebody else has moved it since it was read."""
    row = {"next": reached, "made_by": MADE_BY, **asdict(fold.setting)}
    change = update(projected).where(*of(projected, stream), projected.c.next == begun).values(row)
    if connection.execute(change).rowcount:
        return
    if begun != 1:
        raise Unavailable(why="projector")
    connection.execute(insert(projected).values(hall=stream.hall, epoch=stream.epoch, **row))


def save_events(connection: Connection, stream: Stream, fold: Fold) -> None:
    """Write lines as rows, in PostgreSQL by COPY: three times as fast as the quickest of its INSERTs."""
    if not fold.events:
        return
    rows = [(stream.hall, stream.epoch, *values_of(told)) for told in fold.events]
    columns = ("hall", "epoch", *Event.__slots__)
    if connection.dialect.name != POSTGRESQL:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO event ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
        return
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY event ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def save_tickets(connection: Connection, hall: str, fold: Fold) -> None:
    """Write the tickets that changed."""
    if not fold.changed:
        return
    old = delete(ticket).where(
        ticket.c.hall == hall, ticket.c.date == bindparam("d"), ticket.c.number == bindparam("n")
    )
    connection.execute(old, [{"d": date, "n": number} for date, number in fold.changed])
    rows = [{"hall": hall, "date": date, **row_of(fold.days[date][number])} for date, number in fold.changed]
    connection.execute(insert(ticket), rows)


def save_figures(connection: Connection, hall: str, date: str, fold: Fold) -> None:
    """Write the figures of a day and of its hours, in place of those before."""
    tickets = fold.days[date].values()
    for table in (days, rollup_hour):
        connection.execute(delete(table).where(table.c.hall == hall, table.c.date == date))
    summary = asdict(figures(tickets)) | asdict(waits(tickets))
    connection.execute(insert(days).values(hall=hall, date=date, **summary))
    hours = by_hour(tickets, fold.setting.zone).items()
    rows = [{"hall": hall, "date": date, "hour": hour, "service": name, **asdict(told)} for (hour, name), told in hours]
    if rows:
        connection.execute(insert(rollup_hour), rows)


def add_unknown(connection: Connection, hall: str, kind: str, version: int, count: int) -> None:
    """Count lines of an unknown kind."""
    theirs = (unknown_kind.c.hall == hall, unknown_kind.c.kind == kind, unknown_kind.c.version == version)
    change = update(unknown_kind).where(*theirs).values(count=unknown_kind.c.count + count)
    if not connection.execute(change).rowcount:
        connection.execute(insert(unknown_kind).values(hall=hall, kind=kind, version=version, count=count))
