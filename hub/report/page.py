"""The middle of a report's page: its figures as charts and tables, and what each of them means."""

from config.wording import Words
from hub.report.build import Report
from hub.report.sheet import Sheet, Value
from hub.report.sheets import sheets_of
from hub.report.wording import column_name, definitions, said, title_of
from web.charts import columns, heat_map
from web.html import Markup, element, joined
from web.parts import section, table

CHARTS = ("days", "months", "hours")
OPEN_AT_ONCE = ("agencies", "heat", "refused", "attendance", "outages", "out_of_order")
"""Tables that are seen at once; the others unfold."""


def page_of(report: Report, words: Words) -> Markup:
    """Return the figures: a sentence where there are none, the whole, charts, tables, definitions."""
    parts: list[Markup] = []
    if not report.whole.people and not report.refused and not report.days:
        text = element("p", words.say("report.nothing"))
        return element("section", text, class_="hall empty")
    for sheet in sheets_of(report, words):
        if sheet.key == "summary":
            parts.append(summary(sheet, words))
        else:
            parts.append(section(title_of(words, sheet), *shown(sheet, words), class_="hall report"))
    meanings = [element("div", element("dt", name), element("dd", text)) for name, text in definitions(words, report)]
    parts.append(section(words.say("report.definitions"), element("dl", *meanings, class_="meanings"), id="arti"))
    return joined(*parts)


def summary(sheet: Sheet, words: Words) -> Markup:
    """Return the figures of the whole."""
    told = [
        element("div", element("dt", column_name(words, column)), element("dd", said(words, value, column.kind)),
                class_="total")
        for column, value in zip(sheet.columns, sheet.rows[0], strict=True)
    ]  # fmt: skip
    return element("dl", *told, class_="totals figures")


def shown(sheet: Sheet, words: Words) -> list[Markup]:
    """Return a table with its chart where it has one."""
    names = [column_name(words, column) for column in sheet.columns]
    rows = [[said(words, value, c.kind) for c, value in zip(sheet.columns, row, strict=True)] for row in sheet.rows]
    if sheet.key == "heat":
        cells = [(str(row[0]), [number(value) for value in row[1:]]) for row in sheet.rows]
        return [heat_map(names, cells, [row[1:] for row in rows], title_of(words, sheet))]
    whole = table(names, rows, title_of(words, sheet))
    chart = []
    if sheet.key in CHARTS and len(rows) > 1:
        values = [number(row[1]) for row in sheet.rows]
        caption = words.say(f"report.chart_{sheet.key}")
        chart = [columns([short(row[0]) for row in rows], values, [row[1] for row in rows], caption)]
    if sheet.key in OPEN_AT_ONCE or len(rows) < 4:
        return [*chart, whole]
    return [*chart, element("details", element("summary", words.say("report.table", count=len(rows))), whole)]


def number(value: Value) -> float | None:
    """Return a figure for a chart, None where it is not told."""
    return None if isinstance(value, str) or value is None else float(value)


def short(name: str) -> str:
    """Return the name of a column of a chart: an hour's beginning, a day without its weekday and year."""
    if "–" in name:
        return name.partition("–")[0]
    day = name.partition(", ")[2]
    return day.rpartition(" ")[0] if day else name
