"""Turns kept batches into tickets and figures, apart from the taking of batches and behind it.

It can be stopped anywhere: each step is one transaction that also moves how far an epoch is projected.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, literal, select, tuple_, update

from region.engines import POSTGRESQL
from region.errors import Unavailable
from region.figures import Figures, by_hour, figures, waits
from region.lineage import pieces
from region.retention import KEEP_DAYS, Retention
from region.rules import Stream
from region.store import Store
from region.tables import PROJECTIONS, dead_event, event, projected, rollup_hour, ticket, unknown_kind
from region.tables import day as days
from region.tickets import Event, Fold, Setting, Ticket, Tickets
from region.turns import Turns
from sync.wire import MAX_LINES

log = logging.getLogger("antrean.region")

MADE_BY = 2
"""Raised when lines are projected in another way: then everything is projected anew."""
ROUND_S = 1.0
STEP_BATCHES = 16
PATIENCE, LOOK_S = 4, 0.005
PORTION, DROPPED = 500, 5_000
MOST_AWAY = 3


class Projector:
    """The one writer of the projections of a store."""

    def __init__(self, store: Store, *, keep_days: int = KEEP_DAYS, turns: Turns | None = None) -> None:
        self._store, self._turns, self._ending = store, turns or Turns(), threading.Event()
        self._rows = Retention(store, keep_days)
        self._away = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Project in a thread of its own until the block ends."""
        self._ending.clear()
        thread = threading.Thread(target=self._run, name="projector")
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join()

    def catch_up(self) -> None:
        """Project what is not projected yet, one step of each hall after another, so that none waits for a long one."""
        self._away = 0
        newest = {stream.hall: stream for stream in self._store.streams()}
        behind = [stream for stream in newest.values() if self._tried(stream)]
        while behind and not self._ending.is_set():
            behind = [stream for stream in behind if self._tried(stream)]

    def _tried(self, stream: Stream) -> bool:
        """Take one step of a hall; whatever its lines or its rows hold, they hold up this hall alone.

        Unavailable where it is so for several halls in a row: then it is the database.
        """
        try:
            more = self._step(stream)
        except Unavailable:
            self._away += 1
            if self._away >= MOST_AWAY:
                raise
            log.exception("projections of %s cannot be written", stream.hall)
            return False
        except Exception:
            # What lines make of this is not known beforehand; the other halls must go on being shown.
            log.exception("lines of %s cannot be projected", stream.hall)
            return False
        self._away = 0
        return more

    def _run(self) -> None:
        """Catch up again and again."""
        while not self._ending.wait(ROUND_S):
            try:
                self.catch_up()
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
        """Drop a hall's projections, so that they are made anew: in portions, between which batches are taken.

        How far it is projected goes last: where this is broken off, it is begun again.
        """
        for table in PROJECTIONS:
            while self._dropped(table, hall):
                self._give_way(LOOK_S)

    def _dropped(self, table: Table, hall: str) -> bool:
        """Drop the first rows of a hall's in a table; return whether there are more."""
        key = tuple_(*(column for column in table.primary_key if column is not table.c.hall))
        theirs = table.c.hall == hall
        with self._store.writing() as connection:
            last = connection.execute(
                select(*key.clauses).where(theirs).order_by(*key.clauses).limit(1).offset(DROPPED - 1)
            ).first()
            first = () if last is None else (key <= tuple_(*map(literal, last)),)
            connection.execute(delete(table).where(theirs, *first))
            return last is not None

    def _read(self, stream: Stream, next_: int, fold: Fold) -> int:
        """Fold the lines of some batches, and return the seq after the last."""
        reached = next_
        with self._store.reading() as connection:
            for at, lines in pieces(connection, stream, next_, STEP_BATCHES):
                begun_s = time.monotonic()
                fold.add(at, lines)
                self._give_way(time.monotonic() - begun_s)
                reached = at + len(lines)
                if reached - next_ >= MAX_LINES:
                    break
        if reached == next_:
            raise Unavailable(why=f"no batch from line {next_}")
        return reached

    def _give_way(self, took_s: float) -> None:
        """Let batches be taken first, but not for ever: wait at most some times as long as the last piece took."""
        until_s = time.monotonic() + PATIENCE * took_s
        while self._turns.busy and time.monotonic() < until_s and not self._ending.wait(LOOK_S):
            pass


def of(table: Any, stream: Stream) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that rows belong to an epoch of a hall."""
    return table.c.hall == stream.hall, table.c.epoch == stream.epoch


def tickets_of(connection: Connection, hall: str, date: str) -> Tickets:
    """Return the projected tickets of a hall's day."""
    columns = [ticket.c[name] for name in Ticket._fields]
    rows = connection.execute(select(*columns).where(ticket.c.hall == hall, ticket.c.date == date))
    return {told.number: told for told in starmap(Ticket, rows.all())}


def save(connection: Connection, stream: Stream, fold: Fold, reached: tuple[int, int]) -> None:
    """Write what a fold changed, the figures of its days, and from where to where it came.

    It need not be on disk at once: what a power cut takes from the end is projected again.
    """
    hall = stream.hall
    if connection.dialect.name == POSTGRESQL:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
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
    """Write lines as rows."""
    rows = [(stream.hall, stream.epoch, *told) for told in fold.events]
    write(connection, event, ("hall", "epoch", *Event._fields), rows)


def save_tickets(connection: Connection, hall: str, fold: Fold) -> None:
    """Write the tickets that changed, in place of those before."""
    changed = defaultdict(list)
    for date, number in fold.changed:
        changed[date].append(number)
    for date, numbers in changed.items():
        theirs = (ticket.c.hall == hall, ticket.c.date == date)
        # In a backlog nearly all are new: to ask which are there costs PostgreSQL a tenth of a DELETE that finds none.
        there = set(connection.execute(select(ticket.c.number).where(*theirs)).scalars())
        old = [number for number in numbers if number in there]
        for start in range(0, len(old), PORTION):
            connection.execute(delete(ticket).where(*theirs, ticket.c.number.in_(old[start : start + PORTION])))
    rows = [(hall, date, *fold.days[date][number]) for date, number in fold.changed]
    write(connection, ticket, ("hall", "date", *Ticket._fields), rows)


def write(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows, into PostgreSQL by COPY: three times as fast as the quickest of its INSERTs."""
    if not rows:
        return
    names = ", ".join(columns)
    if connection.dialect.name != POSTGRESQL:
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))  # noqa: S608 - ours
        return
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def save_figures(connection: Connection, hall: str, date: str, fold: Fold) -> None:
    """Write the figures of a day and of its hours, in place of those before."""
    tickets = fold.days[date].values()
    for table in (days, rollup_hour):
        connection.execute(delete(table).where(table.c.hall == hall, table.c.date == date))
    summary = asdict(figures(tickets)) | asdict(waits(tickets))
    connection.execute(insert(days).values(hall=hall, date=date, **summary))
    hours = by_hour(tickets, fold.setting.zone).items()
    rows = [(hall, date, hour, name, *astuple(told)) for (hour, name), told in hours]
    write(connection, rollup_hour, ("hall", "date", "hour", "service", *Figures.__slots__), rows)


def add_unknown(connection: Connection, hall: str, kind: str, version: int, count: int) -> None:
    """Count lines of an unknown kind."""
    theirs = (unknown_kind.c.hall == hall, unknown_kind.c.kind == kind, unknown_kind.c.version == version)
    change = update(unknown_kind).where(*theirs).values(count=unknown_kind.c.count + count)
    if not connection.execute(change).rowcount:
        connection.execute(insert(unknown_kind).values(hall=hall, kind=kind, version=version, count=count))
