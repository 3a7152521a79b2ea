"""A report as a workbook (XLSX): one sheet for each table, numbers as numbers, the definitions at the end."""

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from config.wording import Words
from hub.report.build import DAY_MS, HOUR_MS, MINUTE_MS, Report
from hub.report.sheet import Column, Sheet, Value
from hub.report.wording import agency_name, column_name, definitions, period_name, title_of

FORMATS = {"share": "0.0%", "minutes": "0.0", "hours": "0.0", "clock": "hh:mm", "count": "0", "days": "0"}
DIVISORS = {"minutes": MINUTE_MS, "hours": HOUR_MS, "clock": DAY_MS}
NAME_LENGTH = 31
FORBIDDEN = str.maketrans("", "", "[]:*?/\\")
HEAD_ROW = 3
WIDE, NARROW, SENTENCE = 44, 13, 110


def workbook(report: Report, sheets: Sequence[Sheet], words: Words) -> bytes:
    """Return the bytes of an XLSX file; no text in it is taken for a formula or an address."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(made, options) as book:
        book.set_properties({"title": words.say("report.title"), "author": report.halls.newest.hall.name})
        title, head = book.add_format({"bold": True, "font_size": 14}), head_format(book)
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
        text = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(name_of(title_of(words, sheet), book))
            page.write_string(0, 0, title_of(words, sheet), title)
            page.write_string(1, 0, subtitle(report, words))
            fill(page, sheet, words, head, formats | {"text": text})
        meanings(book, report, words, (title, head, text))
    return made.getvalue()


def head_format(book: Workbook) -> Format:
    """Return how the head of a table looks."""
    look = {"bold": True, "bg_color": "#0B1F3A", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
    return book.add_format(look)


def subtitle(report: Report, words: Words) -> str:
    """Return what hall, period and agency the figures are of."""
    about = words.say("report.of", period=period_name(words, report), agency=agency_name(words, report))
    return f"{report.halls.newest.hall.name} · {about}"


def name_of(title: str, book: Workbook) -> str:
    """Return a name for a sheet that no other has, of what a workbook allows."""
    name = title.translate(FORBIDDEN)[:NAME_LENGTH].strip("' ")
    taken = {page.get_name().lower() for page in book.worksheets()}
    count = 2
    while name.lower() in taken:
        name = f"{name[: NAME_LENGTH - 3]} {count}"
        count += 1
    return name


def fill(page: Worksheet, sheet: Sheet, words: Words, head: Format, formats: dict[str, Format]) -> None:
    """Write a table's head and rows."""
    for at, column in enumerate(sheet.columns):
        page.write_string(HEAD_ROW, at, column_name(words, column), head)
        page.set_column(at, at, WIDE if column.kind == "text" else NARROW)
    for place, row in enumerate(sheet.rows, HEAD_ROW + 1):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            put(page, (place, at), column, value, formats)
    page.freeze_panes(HEAD_ROW + 1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def put(page: Worksheet, place: tuple[int, int], column: Column, value: Value, formats: dict[str, Format]) -> None:
    """Write one cell."""
    look = formats.get(column.kind)
    if isinstance(value, str):
        page.write_string(*place, value, formats["text"])
    elif value is not None:
        page.write_number(*place, value / DIVISORS.get(column.kind, 1), look)


def meanings(book: Workbook, report: Report, words: Words, looks: tuple[Format, Format, Format]) -> None:
    """Add the sheet of definitions."""
    title, _, text = looks
    page = book.add_worksheet(name_of(words.say("report.definitions"), book))
    page.write_string(0, 0, words.say("report.definitions"), title)
    page.set_column(0, 0, WIDE)
    page.set_column(1, 1, SENTENCE)
    for row, (name, sentence) in enumerate(definitions(words, report), 2):
        page.write_string(row, 0, name, text)
        page.write_string(row, 1, sentence, text)
