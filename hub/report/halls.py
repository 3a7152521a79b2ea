"""What the hall's files said in the course of time: names, which agency a service belongs to, the hours of a date."""

import sqlite3
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from config.hall import Hall
from config.hours import serving_hours
from config.load import hall_from
from hub.report.opening import Span
from journal.line import decode


@dataclass(frozen=True)
class Halls:
    """All hall files with the seq of their lines, and the days with the seq that opened each; both in order."""

    files: tuple[tuple[int, Hall], ...]
    days: tuple[tuple[str, int], ...]

    @property
    def newest(self) -> Hall:
        """The hall as its newest file says."""
        return self.files[-1][1]

    def on(self, day: date) -> Hall:
        """Return the hall as its file said when a day opened, or the next one after it."""
        at = bisect_left(self.days, (day.isoformat(), 0))
        opened = self.days[at][1] if at < len(self.days) else self.files[-1][0] + 1
        before = [hall for seq, hall in self.files if seq < opened]
        return before[-1] if before else self.files[0][1]

    def agency_of(self) -> dict[str, str]:
        """Return the agency of each service there ever was, by the newest file that has it."""
        return {service: agency.id for _, hall in self.files for service, agency in hall.agency_of.items()}

    def bounds(self, day: date) -> Span | None:
        """Return when the hall was to serve on a date, in ms; None where it was not."""
        hall = self.on(day)
        hours = serving_hours(hall, day)
        return (moment_ms(hall, day, hours.open), moment_ms(hall, day, hours.close)) if hours else None

    def offset_ms(self, day: date) -> int:
        """Return by how much the hall's zone is ahead of UTC at noon of a date, in ms."""
        ahead = datetime.combine(day, time(12), self.newest.timezone).utcoffset()
        return round((ahead or timedelta()).total_seconds() * 1000)


def moment_ms(hall: Hall, day: date, minute: int) -> int:
    """Return the time in ms since 1970 of a minute of a date in the hall's zone."""
    start = datetime.combine(day, time(), hall.timezone) + timedelta(minutes=minute)
    return round(start.timestamp() * 1000)


def read_halls(connection: sqlite3.Connection) -> Halls:
    """Read the hall files and the days of a journal; each file is read once however often it was applied again.

    A cross join keeps the order in which it is written: few lines stand, and the journal has millions.
    """
    rows = connection.execute(
        "SELECT seq, line FROM standing CROSS JOIN journal USING (seq) WHERE kind = 'config.applied' ORDER BY seq"
    ).fetchall()
    known: dict[str, Hall] = {}
    files = []
    for seq, raw in rows:
        body = decode(raw).body
        if body["digest"] not in known:
            known[body["digest"]] = hall_in(raw)
        files.append((seq, known[body["digest"]]))
    days = connection.execute("SELECT date, opened_seq FROM day ORDER BY date").fetchall()
    return Halls(tuple(files), tuple(days))


@lru_cache(maxsize=8)
def hall_in(raw: bytes) -> Hall:
    """Return the hall that a line's file describes; it is the slowest part of a day's report, hence kept."""
    return hall_from(decode(raw).body["content"])
