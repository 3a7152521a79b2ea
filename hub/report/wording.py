"""How the figures of a report are said: names of columns, numbers and dates as the language writes them."""

from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from config.wording import Words
from hub.report.build import HOUR_MS, MINUTE_MS, Report
from hub.report.sheet import Column, Sheet, Value

DEFINITIONS = (
    "counted", "ends", "wait", "service", "median", "target", "promise", "refused", "hours", "open", "attendance",
    "outage", "papers", "order", "trial",
)  # fmt: skip


def said(words: Words, value: Value, kind: str) -> str:
    """Return a value as people read it, a dash where there is none."""
    if value is None:
        return "–"
    if isinstance(value, str) and kind == "clock":
        at = datetime.fromisoformat(value)
        return f"{said(words, value[:10], 'date')} {words.clock(at)}"
    if isinstance(value, str):
        return format_date(date.fromisoformat(value), "d MMM y", locale=words.language) if kind == "date" else value
    if kind == "clock":
        return words.minute(int(value) // MINUTE_MS)
    if kind == "share":
        return words.share(value)
    if kind == "minutes":
        return decimal(words, value / MINUTE_MS)
    return decimal(words, value / HOUR_MS) if kind == "hours" else words.number(value)


def decimal(words: Words, value: float) -> str:
    """Return a number with one decimal."""
    return str(format_decimal(value, "#,##0.0", locale=words.language))


def column_name(words: Words, column: Column) -> str:
    """Return what stands above a column, with its unit; an hour of the heat map names itself."""
    if column.key.isdigit():
        return column.key
    name = words.say(f"report.col_{column.key}")
    return f"{name} ({words.say(f'report.unit_{column.kind}')})" if column.kind in ("minutes", "hours") else name


def title_of(words: Words, sheet: Sheet) -> str:
    """Return what stands above a table."""
    return words.say(f"report.table_{sheet.key}")


def period_name(words: Words, report: Report) -> str:
    """Return the days of a report: a day, a month, or from a day to a day."""
    period = report.asking.period
    if period.first == period.last:
        return words.day(period.first)
    if period.is_month:
        return format_date(period.first, "MMMM y", locale=words.language)
    first, last = (format_date(day, "d MMMM y", locale=words.language) for day in (period.first, period.last))
    return words.say("report.range", first=first, last=last)


def agency_name(words: Words, report: Report) -> str:
    """Return whose figures these are: an agency's, or those of the whole hall."""
    key = report.asking.agency
    agency = report.halls.newest.agency_by_id.get(key)
    if agency is None:
        return key or words.say("report.whole_hall")
    return agency.called(words.language)


def definitions(words: Words, report: Report) -> list[tuple[str, str]]:
    """Return what each figure means, as (name, sentence)."""
    keys = [*DEFINITIONS, "public" if report.asking.public else "inside"]
    return [(words.say(f"report.def_{key}"), words.say(f"report.means_{key}")) for key in keys]


def file_name(report: Report, ending: str) -> str:
    """Return the name of a report's file."""
    asking = report.asking
    parts = [report.halls.newest.hall.id, *([asking.agency] if asking.agency else [])]
    parts += [asking.period.first.isoformat()]
    parts += [asking.period.last.isoformat()] if asking.period.days > 1 else []
    return f"{'-'.join(parts)}{'-public' if asking.public else ''}.{ending}"
