"""A report as CSV (RFC 4180): one line for each figure, or one table as it stands."""

from collections.abc import Sequence

from hub.report.build import HOUR_MS, MINUTE_MS, Report
from hub.report.sheet import Column, Sheet, Value
from web.table_files import csv_text

HEAD = ("from", "to", "table", "row", "figure", "value")


def figures_csv(report: Report, sheets: Sequence[Sheet]) -> str:
    """Return every figure of a report in a line of its own; what names a row stands in `row`."""
    period = report.asking.period
    span = period.first.isoformat(), period.last.isoformat()
    rows: list[Sequence[Value]] = [HEAD]
    for sheet in sheets:
        for row in sheet.rows:
            name = " · ".join(str(row[at]) for at in naming(sheet))
            rows += [
                (*span, sheet.key, name, column.key, plain(value, column))
                for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True))
                if at not in naming(sheet)
            ]
    return csv_text(rows)


def naming(sheet: Sheet) -> list[int]:
    """Return the places of the columns that say what a row is about: all that come before the first figure."""
    first = next((at for at, one in enumerate(sheet.columns) if one.kind not in ("text", "date")), len(sheet.columns))
    return list(range(first))


def table_csv(sheet: Sheet) -> str:
    """Return one table with a head of its columns' keys."""
    head: list[Sequence[Value]] = [[column.key for column in sheet.columns]]
    body = [[plain(value, one) for one, value in zip(sheet.columns, row, strict=True)] for row in sheet.rows]
    return csv_text([*head, *body])


def plain(value: Value, column: Column) -> Value:
    """Return a value as a program reads it: minutes and hours as decimals, times of day as 08:14."""
    if value is None or isinstance(value, str):
        return "" if value is None else value
    if column.kind == "clock":
        minute = int(value) // MINUTE_MS
        return f"{minute // 60:02d}:{minute % 60:02d}"
    if column.kind in ("minutes", "hours"):
        return round(value / (MINUTE_MS if column.kind == "minutes" else HOUR_MS), 2)
    return round(value, 4) if column.kind == "share" else value
