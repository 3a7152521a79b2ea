"""What was said in a period, read from the journal's tables: counts and sums, never a single answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hub.survey.elements import ELEMENTS, SCORES
from hub.survey.index import EXACT, Index, index_of, needed
from journal.store import reading_end

LEAST = 5
"""Under so many answers no figures are shown: they would be somebody's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about: from one day to another, both included, which agencies, and the weight of an element."""

    first: date
    last: date
    agencies: tuple[str, ...]
    weight: str = EXACT


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one agency, or of all that a report is about ("").

    `visitors` were served in the period, `ratings` counts each score of the quick rating, which is no part of the
    index. `index` is None under five answers, and `ratings` is empty under five ratings, of which there were `rated`.
    """

    agency: str
    n: int
    visitors: int
    index: Index | None
    ratings: Mapping[int, int]
    rated: int

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
    """All of a period: the whole, each agency, and each day on which somebody was served."""

    asked: Asked
    whole: Result
    agencies: tuple[Result, ...]
    days: tuple[OpenDay, ...]


SUMS = ", ".join(f"sum({element.lower()})" for element in ELEMENTS)
DAYS = "date BETWEEN ? AND ? AND NOT trial"
SERVED = f"""
SELECT date, service, count(*), min(first_called_ms),
  max(CASE WHEN outcome IS NOT 'day_ended' THEN ended_ms ELSE first_called_ms END) FROM ticket
WHERE {DAYS} AND state = 'served' GROUP BY date, service ORDER BY date
"""  # noqa: S608  our own names


def report_of(folder: Path, asked: Asked, agency_of: Mapping[str, str]) -> Report:
    """Read a report; `agency_of` tells the agency of each service. JournalError where the journal cannot be read."""
    period = asked.first.isoformat(), asked.last.isoformat()
    connection = reading_end(folder)
    try:
        answers = connection.execute(
            f"SELECT agency, count(*), {SUMS} FROM survey WHERE {DAYS} GROUP BY agency",  # noqa: S608  our own names
            period,
        ).fetchall()
        ratings = connection.execute(
            f"SELECT agency, score, count(*) FROM rating WHERE {DAYS} GROUP BY agency, score",  # noqa: S608
            period,
        ).fetchall()
        served = connection.execute(
            SERVED,
            period,
        ).fetchall()
    finally:
        connection.close()
    wanted = set(asked.agencies)
    of_days = [row for row in served if agency_of.get(row[1]) in wanted]
    results = tuple(
        result_of(
            agency,
            asked.weight,
            [row[1:] for row in answers if row[0] == agency],
            [row[1:] for row in ratings if row[0] == agency],
            sum(row[2] for row in of_days if agency_of[row[1]] == agency),
        )
        for agency in asked.agencies
    )
    whole = result_of(
        "",
        asked.weight,
        [row[1:] for row in answers if row[0] in wanted],
        [row[1:] for row in ratings if row[0] in wanted],
        sum(row[2] for row in of_days),
    )
    return Report(asked, whole, results, days_of(of_days))


def result_of(
    agency: str,
    weight: str,
    answers: Iterable[tuple[int, ...]],
    ratings: Iterable[tuple[int, int]],
    visitors: int,
) -> Result:
    """Return the figures of answers, each (count, sum of U1, … sum of U9), and of ratings, each (score, count)."""
    n, sums = 0, dict.fromkeys(ELEMENTS, 0)
    for count, *each in answers:
        n += count
        sums = {element: sums[element] + more for element, more in zip(ELEMENTS, each, strict=True)}
    counted = dict.fromkeys(SCORES, 0)
    for score, count in ratings:
        counted[score] += count
    rated = sum(counted.values())
    index = index_of(n, sums, weight) if n >= LEAST else None
    return Result(agency, n, visitors, index, counted if rated >= LEAST else {}, rated)


def days_of(served: Iterable[tuple[str, str, int, int, int]]) -> tuple[OpenDay, ...]:
    """Return the days of (date, service, served, first call, last end) in the order of their dates."""
    days: dict[str, OpenDay] = {}
    for day, _, count, first_ms, last_ms in served:
        known = days.get(day, OpenDay(day, first_ms, last_ms, 0))
        days[day] = OpenDay(day, min(known.first_ms, first_ms), max(known.last_ms, last_ms), known.served + count)
    return tuple(days.values())
