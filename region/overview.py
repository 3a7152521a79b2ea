"""What the region's pages and files tell: halls, days and hours, read from the projections."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import RowMapping, Select, and_, func, select

from region.figures import Figures, Waits
from region.rules import Stream
from region.store import Store
from region.tables import day as days
from region.tables import dead_event, projected, rollup_hour, unknown_kind

SHOWN_DAYS = 14
PORTION = 1000


@dataclass(frozen=True, slots=True)
class Day:
    """A hall's day: its ISO date, counts and waits."""

    date: str
    figures: Figures
    waits: Waits

    @property
    def open(self) -> int:
        """How many tickets have not ended."""
        told = self.figures
        return told.issued - told.served - told.missed - told.cancelled - told.unserved


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall as its newest epoch is held; `name` and `day` come from its lines, empty and None until they are there."""

    stream: Stream
    name: str = ""
    zone: str = "Asia/Jakarta"
    day: Day | None = None
    services: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The name, or the id where the lines name none."""
        return self.name or self.stream.hall


@dataclass(frozen=True, slots=True)
class Hour:
    """The figures of tickets issued in one hour of a day, for one service."""

    hour: int
    service: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class HallInFull:
    """What a hall's own page tells: `services` names them by id.

    `dead` lines could not be understood, `unknown` ones wait for a newer program.
    """

    hall: Hall
    days: tuple[Day, ...] = ()
    hours: tuple[Hour, ...] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    dead: int = 0
    unknown: int = 0


def halls(store: Store) -> list[Hall]:
    """Return every hall with its newest day, by id."""
    newest = {stream.hall: stream for stream in store.streams()}
    query = select(projected, days).join_from(
        projected, days, and_(projected.c.hall == days.c.hall, projected.c.date == days.c.date), isouter=True
    )
    with store.reading() as connection:
        rows = connection.execute(query).all()
    told = {(row[0], row[1]): row._mapping for row in rows}
    return [hall_of(stream, told.get((hall, stream.epoch))) for hall, stream in newest.items()]


def hall_of(stream: Stream, row: RowMapping | None) -> Hall:
    """Return a hall from its row of `projected` beside that of `day`."""
    if row is None:
        return Hall(stream)
    day = day_of({column.name: row[column] for column in days.c}) if row[days.c.date] is not None else None
    return Hall(stream, row[projected.c.name], row[projected.c.zone], day, json.loads(row[projected.c.services]))


def hall_in_full(store: Store, name: str) -> HallInFull | None:
    """Return all about a hall, None where it was never heard of."""
    hall = next((hall for hall in halls(store) if hall.stream.hall == name), None)
    if hall is None:
        return None
    date = hall.day.date if hall.day else ""
    with store.reading() as connection:
        dead = select(func.count()).select_from(dead_event).where(dead_event.c.hall == name)
        unknown = select(func.coalesce(func.sum(unknown_kind.c.count), 0)).where(unknown_kind.c.hall == name)
        counts = connection.execute(dead).scalar_one(), connection.execute(unknown).scalar_one()
    kept = tuple(day_of(row) for row in rows_of(store, days_query(name).limit(SHOWN_DAYS)))
    return HallInFull(hall, kept, tuple(hours(store, name, date)), hall.services, *map(int, counts))


def hours(store: Store, hall: str, date: str) -> Iterator[Hour]:
    """Yield the hours of a hall's day, by hour and service."""
    query = select(rollup_hour).where(rollup_hour.c.hall == hall, rollup_hour.c.date == date)
    for row in rows_of(store, query.order_by(rollup_hour.c.hour, rollup_hour.c.service)):
        yield Hour(row["hour"], row["service"], figures_of(row))


def days_query(hall: str | None = None) -> Select[Any]:
    """Return the query of the days of one hall or of all, newest first."""
    query = select(days).order_by(days.c.date.desc(), days.c.hall)
    return query if hall is None else query.where(days.c.hall == hall)


def hours_query(hall: str) -> Select[Any]:
    """Return the query of all hours of a hall, newest day first."""
    query = select(rollup_hour).where(rollup_hour.c.hall == hall)
    return query.order_by(rollup_hour.c.date.desc(), rollup_hour.c.hour, rollup_hour.c.service)


def each_row(store: Store, query: Select[Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a query, however many, without holding them."""
    with store.reading() as connection:
        for row in connection.execution_options(yield_per=PORTION).execute(query).mappings():
            yield dict(row)


def rows_of(store: Store, query: Select[Any]) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def day_of(row: dict[str, Any]) -> Day:
    """Return a day from its row."""
    return Day(row["date"], figures_of(row), Waits(row["median_ms"], row["p90_ms"]))


def figures_of(row: dict[str, Any]) -> Figures:
    """Return the figures in a row."""
    return Figures(**{each.name: row[each.name] for each in fields(Figures)})
