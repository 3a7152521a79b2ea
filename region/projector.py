"""Turns kept batches into tickets and figures, apart from the taking of batches and behind it.

It can be stopped anywhere: each step is one transaction that also moves how far an epoch is projected.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from region.errors import Unavailable
from region.figures import by_hour, figures, waits
from region.rules import Stream
from region.store import Store, lines_of
from region.tables import PROJECTIONS, dead_event, projected, rollup_hour, ticket, unknown_kind
from region.tables import batch as batches
from region.tables import day as days
from region.tickets import Fold, Setting, Ticket, Tickets
from sync.wire import MAX_LINES

log = logging.getLogger("antrean.region")

MADE_BY = 1
"""Raised when lines are projected in another way: then everything is projected anew."""
ROUND_S = 1.0
STEP_BATCHES = 16


class Projector:
    """The one writer of the projections of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

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
        behind = [stream for stream in self._store.streams() if self._tried(stream)]
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
            save(connection, stream, fold, reached)
        return reached < stream.next

    def _begun(self, stream: Stream) -> tuple[int, Fold]:
        """Return from where an epoch is to be projected, and the fold so far; anew where another version made it."""
        with self._store.reading() as connection:
            row = connection.execute(select(projected).where(*of(projected, stream))).mappings().first()
            if row and row["made_by"] == MADE_BY:
                setting = Setting(row["date"], row["name"], row["zone"])
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
        query = select(batches).where(*of(batches, stream), batches.c.first >= next_).order_by(batches.c.first)
        with self._store.reading() as connection:
            rows = connection.execute(query.limit(STEP_BATCHES)).mappings().all()
        first = next_
        if not rows or rows[0]["first"] != next_:
            raise Unavailable(why=f"no batch from line {next_}")
        for row in rows:
            fold.add(next_, lines_of(row))
            next_ = row["next"]
            if next_ - first >= MAX_LINES:
                break
        return next_


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


def save(connection: Connection, stream: Stream, fold: Fold, reached: int) -> None:
    """Write what a fold changed, the figures of its days, and how far it came."""
    hall = stream.hall
    save_tickets(connection, hall, fold)
    for date in {date for date, _ in fold.changed}:
        save_figures(connection, hall, date, fold)
    dead = [{"hall": hall, "epoch": stream.epoch, "seq": seq, "error": why} for seq, why in fold.dead.items()]
    if dead:
        connection.execute(insert(dead_event), dead)
    for (kind, version), count in fold.unknown.items():
        add_unknown(connection, hall, kind, version, count)
    row = {"next": reached, "made_by": MADE_BY, **asdict(fold.setting)}
    moved = connection.execute(update(projected).where(*of(projected, stream)).values(row))
    if not moved.rowcount:
        connection.execute(insert(projected).values(hall=hall, epoch=stream.epoch, **row))


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
