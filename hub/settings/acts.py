"""The deeds of a hall's calendar, each a small change of its file: holidays, hours, Ramadan, notices."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from config.load import Content, national_holidays

RAMADAN, EXPECTED = "ramadan", " (perkiraan)"
NEAR = timedelta(days=60)
"""How far from its expected beginning a Ramadan may begin and still be the same one."""
FRIDAY = 5
WEEK = [1, 2, 3, 4, 5, 6, 7]


def opened_on(content: Content, day: date, name: str) -> Content:
    """Return a content in which the hall serves on a date, though it is a holiday; `name` is for a date without one."""
    rows = list(content.get("holidays", []))
    for at, row in enumerate(rows):
        if row.get("date") == day.isoformat():
            rows[at] = {**row, "open": True}
            return {**content, "holidays": rows}
    national = next((row for row in national_holidays() if row["date"] == day.isoformat()), {"name_id": name})
    told = {key: national[key] for key in ("name_id", "name_en", "kind") if key in national}
    return {**content, "holidays": [*rows, {"date": day.isoformat(), **told, "open": True}]}


def with_hours(content: Content, day: date, opens: str, closes: str, name: str) -> Content:
    """Return a content with other hours on one date; they go before all other special hours."""
    row = {"name_id": name, "start": day.isoformat(), "end": day.isoformat(), "open": opens, "close": closes}
    others = [row for row in content.get("hours_special", []) if not is_alone_on(row, day)]
    return {**content, "hours_special": [row, *others]}


def is_alone_on(row: dict[str, Any], day: date) -> bool:
    """Tell whether special hours are of this one date."""
    return row.get("start") == row.get("end") == day.isoformat()


def with_ramadan(
    content: Content, start: date, end: date, hours: tuple[str, str], friday: tuple[str, str] | None, name: str
) -> Content:
    """Return a content in which Ramadan has these dates and hours and is sure.

    Rows that expected it are confirmed; a row of Fridays alone keeps its own hours where none are given.
    """
    rows = list(content.get("hours_special", []))
    found = list(ramadan_rows(rows, start))
    for at in found:
        row = rows[at]
        is_friday = row.get("days") == [FRIDAY]
        opens, closes = (friday or (row["open"], row["close"])) if is_friday else hours
        told = {"start": start.isoformat(), "end": end.isoformat(), "sure": True, "open": opens, "close": closes}
        rows[at] = {**row, **told, "name_id": row["name_id"].replace(EXPECTED, "")}
    if not found:
        rows += new_ramadan(start, end, hours, friday, name)
    return {**content, "hours_special": rows}


def ramadan_rows(rows: list[dict[str, Any]], start: date) -> Iterator[int]:
    """Yield where the special hours of the Ramadan that begins about this date stand."""
    for at, row in enumerate(rows):
        try:
            expected = date.fromisoformat(str(row.get("start")))
        except ValueError:
            continue
        if RAMADAN in str(row.get("name_id", "")).casefold() and abs(expected - start) <= NEAR:
            yield at


def new_ramadan(
    start: date, end: date, hours: tuple[str, str], friday: tuple[str, str] | None, name: str
) -> list[dict[str, Any]]:
    """Return special hours for a Ramadan that nobody had expected, a row of Fridays behind where they differ."""
    period = {"name_id": name, "start": start.isoformat(), "end": end.isoformat()}
    days = [day for day in WEEK if day != FRIDAY] if friday else WEEK
    rows: list[dict[str, Any]] = [{**period, "days": days, "open": hours[0], "close": hours[1]}]
    if friday:
        rows.append({**period, "days": [FRIDAY], "open": friday[0], "close": friday[1]})
    return rows


def with_notice(content: Content, text: str, english: str, start: date | None, end: date | None) -> Content:
    """Return a content with one more notice for the displays."""
    row = {"text_id": text, "text_en": english, "start": iso(start), "end": iso(end)}
    notice = {key: value for key, value in row.items() if value}
    return {**content, "notices": [*content.get("notices", []), notice]}


def iso(day: date | None) -> str:
    """Return a date as text, "" for none."""
    return day.isoformat() if day else ""
