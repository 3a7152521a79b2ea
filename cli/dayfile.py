"""A day file: the visitors of one day, one row a ticket they want."""

import csv
from dataclasses import dataclass
from pathlib import Path

from config.errors import AntreanError

COLUMNS = ("time", "service", "priority", "is_booked", "abandons_after_minutes", "service_seconds", "visitor")


LONGEST_S = 4 * 3600
"""What a visit at a counter may take."""


class DayFileError(AntreanError):
    """A day file cannot be used."""

    key = "error.day_file"


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket that a visitor wants. Times are seconds after midnight and durations seconds."""

    time_s: int
    service: str
    ticket_class: str
    patience_s: int | None
    service_s: int
    visitor: str


def read_day(path: Path) -> list[Row]:
    """Return the rows of a day file in order of time; DayFileError where it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                raise DayFileError(path=str(path), why=f"columns missing: {', '.join(sorted(missing))}")
            rows = [row_of(record, path, reader.line_num) for record in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DayFileError(path=str(path), why=str(error)) from error
    return sorted(rows, key=lambda row: row.time_s)


def row_of(record: dict[str, str], path: Path, line: int) -> Row:
    """Return one record as a row; DayFileError with its line where a value is not as it should be."""
    try:
        hours, minutes, seconds = (int(part) for part in record["time"].split(":"))
        patience = record["abandons_after_minutes"]
        row = Row(
            time_s=hours * 3600 + minutes * 60 + seconds,
            service=record["service"],
            ticket_class=class_of(record),
            patience_s=round(float(patience) * 60) if patience else None,
            service_s=int(record["service_seconds"]),
            visitor=record["visitor"],
        )
        if not (hours < 24 and minutes < 60 and seconds < 60 and row.time_s >= 0 and 0 <= row.service_s <= LONGEST_S):
            raise ValueError("a time of day or a duration that cannot be")
        return row
    except (ValueError, AttributeError, TypeError, OverflowError) as error:
        raise DayFileError(path=str(path), why=f"line {line}: {error}") from error


def class_of(record: dict[str, str]) -> str:
    """Return a row's class: a booking wins, and any priority is the class priority (its group stays at the door)."""
    if record["is_booked"] == "1":
        return "booked"
    return "normal" if record["priority"] == "none" else "priority"
