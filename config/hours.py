"""When the hall serves: the hours of one date."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from config.hall import Agency, Break, Hall


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one day, in minutes after midnight."""

    open: int
    close: int
    breaks: tuple[Break, ...] = ()

    def pause_at(self, minute: int) -> Break | None:
        """Return the break that a minute falls into."""
        return next((pause for pause in self.breaks if pause.start <= minute < pause.end), None)


def hours_of(hall: Hall, day: date) -> Hours | None:
    """Return the hours of a date, None where the hall is closed all day; sure special hours go first."""
    for special in hall.hours_special:
        if special.sure and special.start <= day <= special.end and day.isoweekday() in special.days:
            return Hours(special.open, special.close, special.breaks)
    for row in hall.hours:
        if row.day == day.isoweekday():
            return Hours(row.open, row.close, row.breaks)
    return None


def serving_hours(hall: Hall, day: date) -> Hours | None:
    """Return the hours in which a hall serves on a date, None on a holiday and where it has no hours."""
    return None if day in hall.closed_dates else hours_of(hall, day)


def last_ticket(hall: Hall, agency: Agency, hours: Hours) -> int:
    """Return the first minute at which an agency's services give no more numbers.

    The hall file's minutes before the hall closes, and never after the agency's own end of the day.
    """
    last = hours.close - hall.policy.last_ticket_minutes_before_close
    return last if agency.close is None else min(last, agency.close)


EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


def next_opening(hall: Hall, after: date, days: Collection[int] = EVERY_DAY) -> tuple[date, int] | None:
    """Return the next date after this one on which the hall opens, with its minute; None if none within a year.

    Only ISO weekdays in `days` count.
    """
    for ahead in range(1, 367):
        day = date.fromordinal(after.toordinal() + ahead)
        hours = hours_of(hall, day)
        if hours and day not in hall.closed_dates and day.isoweekday() in days:
            return day, hours.open
    return None
