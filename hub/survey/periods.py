"""The months that the survey's figures are told of, and which answers count in which month. Pure.

Figures of fewer than five answers would be somebody's, and whoever holds two sheets can subtract one from the other.
So an agency's answers of a month count only where at least five have come together; fewer lie over to the next month,
as they do in the box. Then everything that is ever shown is a sum of such lots of five or more, and so is whatever can
be had by subtracting: a total, an agency, a month more or less.
"""

import contextlib
from collections.abc import Iterable
from datetime import date, timedelta

from hub.report.period import Period, month_of

LEAST = 5
"""So many answers of an agency count together at least."""
PARTS = ("y", "s1", "s2", "q1", "q2", "q3", "q4", *(f"m{month}" for month in range(1, 13)))
"""The parts of a year that can be asked for: all of it, its halves, its quarters, its months."""
MONTHS = {"y": 12, "s": 6, "q": 3, "m": 1}
Vector = tuple[int, ...]
"""How many answers, and behind it what is added up of them."""


def whole_months(name: str) -> Period:
    """Return the months of a part of a year, named "2026-y", "2026-s1", "2026-q4", "2026-m11"; ValueError of none."""
    year, _, part = name.partition("-")
    if part not in PARTS or not (year.isascii() and year.isdigit()):
        raise ValueError(name)
    months, place = MONTHS[part[0]], int(part[1:] or 1)
    return Period(date(int(year), (place - 1) * months + 1, 1), month_of(date(int(year), place * months, 1)).last)


def over(period: Period, today: date) -> Period | None:
    """Return what of some months is over: this month still changes with each answer. None where nothing is."""
    last = min(period.last, today.replace(day=1) - timedelta(1))
    return Period(period.first, last) if period.first <= last else None


def newest_over(today: date) -> str:
    """Return the name of the last month that is over."""
    last = today.replace(day=1) - timedelta(1)
    return f"{last.year}-m{last.month}"


def months_of(name: str, today: date) -> tuple[str, Period]:
    """Return the months of a name as far as they are over; the last month that is over where there are none."""
    with contextlib.suppress(ValueError):
        if found := over(whole_months(name), today):
            return name, found
    name = newest_over(today)
    return name, whole_months(name)


def offered(first: date, today: date) -> list[str]:
    """Return the parts of years since a first day of which something is over: the newest year first."""
    names = [f"{year}-{part}" for year in range(today.year, first.year - 1, -1) for part in PARTS]
    lasting = [name for name in names if (told := over(whole_months(name), today)) and told.last >= first]
    return lasting or [newest_over(today)]


def counted(months: Iterable[tuple[str, Vector]], period: Period) -> tuple[Vector, int]:
    """Return what counts in whole months of (month as "2026-11", its answers), and how many lie over at their end.

    What counts is () where nothing does. All months from the first that has answers must be told, in any order.
    """
    first, last = (day.isoformat()[:7] for day in (period.first, period.last))
    total: Vector = ()
    lying: Vector = ()
    for month, answers in sorted(months):
        if month > last:
            break
        lying = added(lying, answers)
        if lying[0] >= LEAST:
            total = added(total, lying) if month >= first else total
            lying = ()
    return total, lying[0] if lying else 0


def added(one: Vector, other: Vector) -> Vector:
    """Return the sum of two vectors, of which either may be empty."""
    return tuple(a + b for a, b in zip(one, other, strict=True)) if one and other else one or other
