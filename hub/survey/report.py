"""What was said in whole months, read from the journal's tables: counts and sums, never a single answer."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.hall import Agency
from hub.report.halls import Halls, read_halls
from hub.report.period import Period
from hub.survey.elements import ELEMENTS, SCORES
from hub.survey.index import EXACT, Index, index_of, needed
from hub.survey.periods import Vector, added, counted
from journal.store import reading_end


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about: whole months that are over, one agency or all of them, and the weight of an element."""

    period: Period
    agency: str = ""
    weight: str = EXACT


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one agency, or of all that a report is about ("").

    `n` answers count in the period and `waiting` more wait for others to count with (`hub.survey.periods`); `index` is
    None where none count. `visitors` were served in the period. `ratings` counts each score of the quick rating, which
    is no part of the index, and is empty where none count; `unrated` of them wait.
    """

    agency: str
    n: int
    waiting: int
    visitors: int
    index: Index | None
    ratings: Mapping[int, int]
    unrated: int

    @property
    def needed(self) -> int:
        """How many answers the regulation wants of so many visitors."""
        return needed(self.visitors)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """When a day's counters really served, in hall time ms: the first call and the last end; how many were served."""

    date: str
    first_ms: int
    last_ms: int
    served: int


@dataclass(frozen=True, slots=True)
class Report:
    """All of a period: the whole, each agency under its name of that time, and each day on which somebody was served.

    `every` agency there was can be asked for, `given` answers are in the journal since the period's end.
    """

    asked: Asked
    halls: Halls
    every: tuple[Agency, ...]
    agencies: tuple[Agency, ...]
    whole: Result
    results: tuple[Result, ...]
    days: tuple[OpenDay, ...]
    given: int


SUMS = ", ".join(f"sum({element.lower()})" for element in ELEMENTS)
COUNTS = ", ".join(f"sum(score = {score})" for score in SCORES)
BY_MONTH = "FROM {} WHERE NOT trial GROUP BY agency, month"
ANSWERS = f"SELECT agency, substr(date, 1, 7) AS month, count(*), {SUMS} {BY_MONTH.format('survey')}"
RATINGS = f"SELECT agency, substr(date, 1, 7) AS month, count(*), {COUNTS} {BY_MONTH.format('rating')}"
SERVED = """
SELECT date, service, count(*), min(first_called_ms),
  max(CASE WHEN outcome IS NOT 'day_ended' THEN ended_ms ELSE first_called_ms END) FROM ticket
WHERE date BETWEEN ? AND ? AND NOT trial AND state = 'served' GROUP BY date, service ORDER BY date
"""
Rows = list[tuple[str, str, Vector]]
"""What was said, as (agency, month, answers)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What counts of answers and of ratings, each as `hub.survey.periods.counted` has it, and how many more wait."""

    answers: Vector = ()
    waiting: int = 0
    ratings: Vector = ()
    unrated: int = 0

    def __add__(self, other: "Said") -> "Said":
        """Return what counts of both."""
        return Said(
            added(self.answers, other.answers),
            self.waiting + other.waiting,
            added(self.ratings, other.ratings),
            self.unrated + other.unrated,
        )


def report_of(folder: Path, asked: Asked) -> Report:
    """Return the report of a hub's data folder; JournalError where the journal cannot be read."""
    period = asked.period
    with closing(reading_end(folder)) as connection:
        halls = read_halls(connection)
        answers, ratings = read(connection, ANSWERS), read(connection, RATINGS)
        served = connection.execute(SERVED, (period.first.isoformat(), period.last.isoformat())).fetchall()
    every = agencies_in(halls, period)
    wanted = tuple(agency for agency in every if asked.agency in ("", agency.id))
    ids, agency_of = {agency.id for agency in wanted}, halls.agency_of()
    of_days = [row for row in served if agency_of.get(row[1]) in ids]
    visitors = Counter[str]()
    for _, service, count, *_ in of_days:
        visitors[agency_of[service]] += count
    said = {agency: said_by(agency, answers, ratings, period) for agency in ids}
    results = [result_of(agency.id, said[agency.id], visitors[agency.id], asked.weight) for agency in wanted]
    whole = result_of("", sum(said.values(), Said()), visitors.total(), asked.weight)
    given = sum(told[0] for agency, month, told in answers if agency in ids and month > period.last.isoformat()[:7])
    return Report(asked, halls, every, wanted, whole, tuple(results), days_of(of_days), given)


def read(connection: sqlite3.Connection, query: str) -> Rows:
    """Return what was said by agency and month."""
    return [(row[0], row[1], tuple(row[2:])) for row in connection.execute(query)]


def agencies_in(halls: Halls, period: Period) -> tuple[Agency, ...]:
    """Return the agencies there were in a period, each as the newest hall file of that time said, and today's others.

    An agency that has gone since keeps its answers, and one that was renamed its name of then.
    """
    days = [day for day, _ in halls.days if period.first.isoformat() <= day <= period.last.isoformat()]
    found = dict(halls.newest.agency_by_id)
    for day in days:
        found |= halls.on(date.fromisoformat(day)).agency_by_id
    return tuple(found.values())


def said_by(agency: str, answers: Rows, ratings: Rows, period: Period) -> Said:
    """Return what counts of an agency's answers and ratings."""
    return Said(
        *counted([(month, told) for one, month, told in answers if one == agency], period),
        *counted([(month, told) for one, month, told in ratings if one == agency], period),
    )


def result_of(agency: str, said: Said, visitors: int, weight: str) -> Result:
    """Return the figures of what counts."""
    n, *sums = said.answers or (0, *(0 for _ in ELEMENTS))
    index = index_of(n, dict(zip(ELEMENTS, sums, strict=True)), weight)
    ratings = dict(zip(SCORES, said.ratings[1:], strict=True)) if said.ratings else {}
    return Result(agency, n, said.waiting, visitors, index, ratings, said.unrated)


def days_of(served: Iterable[tuple[str, str, int, int, int]]) -> tuple[OpenDay, ...]:
    """Return the days of (date, service, served, first call, last end) in the order of their dates."""
    days: dict[str, OpenDay] = {}
    for day, _, count, first_ms, last_ms in served:
        known = days.get(day, OpenDay(day, first_ms, last_ms, 0))
        days[day] = OpenDay(day, min(known.first_ms, first_ms), max(known.last_ms, last_ms), known.served + count)
    return tuple(days.values())
