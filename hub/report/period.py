"""The days that a report is about: a day, a month, any range."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.errors import AntreanError

MOST_DAYS = 3_700


class PeriodWrong(AntreanError):
    """These are no dates from which until which a report could be made."""

    key = "error.period"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from one until another, both counted."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        """Yield the days in order."""
        for ahead in range(self.days):
            yield self.first + timedelta(ahead)

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month."""
        return self == month_of(self.first)


def month_of(day: date) -> Period:
    """Return the month of a day."""
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def period_of(first: str, last: str) -> Period:
    """Return the period between two dates as ISO text; PeriodWrong where they are none, or more than ten years."""
    try:
        period = Period(date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as error:
        raise PeriodWrong(first=first, last=last) from error
    if not 1 <= period.days <= MOST_DAYS:
        raise PeriodWrong(first=first, last=last)
    return period
