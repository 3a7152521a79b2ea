"""The reports of the hall: a page with charts and tables, and the same as files."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from config.errors import AntreanError
from config.wording import Words
from hub.pages.door import NotYours, Person, entered
from hub.pages.frame import HEADERS, alarm, button, choice, field, hub_of, page, section, table, words_of
from hub.report.build import Asking, Report, report_of
from hub.report.files import TYPES, written
from hub.report.period import Period, PeriodWrong, month_of, period_of
from hub.report.sheet import Sheet, Value
from hub.report.sheets import sheets_of
from hub.report.wording import agency_name, column_name, definitions, file_name, period_name, said, title_of
from hub.rules.state import moment
from web.charts import columns, heat_map
from web.html import Markup, element

AT = "/hall/reports"
FILES = ("pdf", "xlsx", "csv", "json")
CHARTS = ("days", "months", "hours")
OPEN_AT_ONCE = ("agencies", "heat", "refused", "attendance", "outages", "out_of_order")
"""Tables that are seen at once; the others unfold."""

router = APIRouter(prefix=AT, include_in_schema=False)
one_at_a_time = asyncio.Semaphore(1)
"""Reports wait for each other: whoever asks for many years many times takes one thread, and the hall the others."""


@router.get("")
async def reports(request: Request) -> Response:
    """Show the report of the days that are asked for, of today where none are."""
    person, words = entered(request, "supervisor", "viewer"), words_of(request)
    title = words.say("report.title")
    try:
        asking = asking_of(request, person)
        report = await carried(request, asking)
    except AntreanError as error:
        if isinstance(error, NotYours):
            raise
        asked = Asking(Period(today(request), today(request)), person.agency)
        return page(request, person, title, alarm(words.error(error)), chooser(request, person, words, asked),
                    tab="reports", status=422)  # fmt: skip
    async with one_at_a_time:
        sheets = await asyncio.to_thread(sheets_of, report, words)
    told = element(
        "p", words.say("report.of", period=period_name(words, report), agency=agency_name(words, report)), class_="lead"
    )
    parts = [told, chooser(request, person, words, asking), downloads(person, words, asking)]
    return page(request, person, title, *parts, *body_of(report, sheets, words), tab="reports")


@router.get("/file/{form}")
async def file(request: Request, form: str) -> Response:
    """Give a report as a file."""
    person, words = entered(request, "supervisor", "viewer"), words_of(request)
    if form not in FILES:
        return page(request, person, words.say("report.title"), alarm(words.say("refusal.not_found")), status=404)
    try:
        report = await carried(request, asking_of(request, person))
        async with one_at_a_time:
            content = await asyncio.to_thread(written, report, form, words)
    except (PeriodWrong, AntreanError) as error:
        if isinstance(error, NotYours):
            raise
        return page(request, person, words.say("report.title"), alarm(words.error(error)), tab="reports", status=422)
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{file_name(report, form)}"'}
    return Response(content, 200, headers, TYPES[form])


async def carried(request: Request, asking: Asking) -> Report:
    """Return a report, made in a thread of its own while the hall goes on."""
    async with one_at_a_time:
        return await asyncio.to_thread(report_of, hub_of(request).settings.data, asking)


def today(request: Request) -> date:
    """Return the date in the hall."""
    hub = hub_of(request)
    return moment(hub.state.hall or hub.hall, hub.clock.now().hall_ms).date


def asking_of(request: Request, person: Person) -> Asking:
    """Return what is asked for, within the person's right: a supervisor's agency, a viewer's copy for the public."""
    asked = request.query_params
    first = asked.get("from") or today(request).isoformat()
    agency = asked.get("agency", "")
    if person.role == "supervisor":
        if agency not in ("", person.agency):
            raise NotYours
        agency = person.agency
    public = person.role == "viewer" or asked.get("public") == "1"
    return Asking(period_of(first, asked.get("to") or first), agency, with_clerks=not public, public=public)


def address(asking: Asking, form: str = "") -> str:
    """Return where a report is, as a page or as a file."""
    asked = {"from": asking.period.first.isoformat(), "to": asking.period.last.isoformat()}
    asked |= {"agency": asking.agency} if asking.agency else {}
    asked |= {"public": "1"} if asking.public else {}
    return f"{AT}{f'/file/{form}' if form else ''}?{urlencode(asked)}"


def chooser(request: Request, person: Person, words: Words, asking: Asking) -> Markup:
    """Return the form that chooses days and agency, and the ways to the days most asked for."""
    hall, period = hub_of(request).state.hall, asking.period
    agencies = [(a.id, a.short or a.name) for a in hall.agencies if person.sees(a.id)] if hall else []
    if person.role != "supervisor":
        agencies.insert(0, ("", words.say("report.whole_hall")))
    parts = [
        field(words.say("report.from"), "from", period.first.isoformat(), kind="date", required="required"),
        field(words.say("report.to"), "to", period.last.isoformat(), kind="date", required="required"),
        choice(words.say("report.agency"), "agency", agencies, asking.agency),
        button(words.say("report.show")),
    ]
    now = today(request)
    spans = {
        "today": Period(now, now),
        "yesterday": Period(now - timedelta(1), now - timedelta(1)),
        "this_month": month_of(now),
        "last_month": month_of(now.replace(day=1) - timedelta(1)),
        "this_year": Period(now.replace(month=1, day=1), now),
    }
    links = [
        element("a", words.say(f"report.{key}"), href=address(Asking(span, asking.agency, public=asking.public)))
        for key, span in spans.items()
    ]
    return section(
        words.say("report.choose"),
        element("form", *parts, method="get", action=AT, class_="row"),
        element("nav", *links, class_="as-of", aria_label=words.say("report.shortcuts")),
    )


def downloads(person: Person, words: Words, asking: Asking) -> Markup:
    """Return the ways to the files, and to the copy for the public or back."""
    pdf = "pdf_public" if asking.public else "pdf"
    names = {form: words.say(f"report.file_{pdf if form == 'pdf' else form}") for form in FILES}
    links = [element("a", name, href=address(asking, form)) for form, name in names.items()]
    if person.role != "viewer":
        other = Asking(asking.period, asking.agency, public=not asking.public)
        key = "for_house" if asking.public else "for_public"
        links.append(element("a", words.say(f"report.{key}"), href=address(other)))
    return element("nav", *links, class_="as-of", aria_label=words.say("report.downloads"))


def body_of(report: Report, sheets: Sequence[Sheet], words: Words) -> list[Markup]:
    """Return the figures: a sentence where there are none, the whole, charts, tables, definitions."""
    parts: list[Markup] = []
    if not report.whole.people and not report.refused and not report.days:
        text = element("p", words.say("report.nothing"))
        return [element("section", text, class_="hall empty")]
    for sheet in sheets:
        if sheet.key == "summary":
            parts.append(summary(sheet, words))
        else:
            parts.append(section(title_of(words, sheet), *shown(sheet, words), class_="hall report"))
    meanings = [element("div", element("dt", name), element("dd", text)) for name, text in definitions(words, report)]
    parts.append(section(words.say("report.definitions"), element("dl", *meanings, class_="meanings"), id="arti"))
    return parts


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
