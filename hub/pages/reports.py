"""The reports of the hall: a page with charts and tables, and the same as files."""

import asyncio
from collections.abc import Coroutine
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from config.errors import AntreanError
from config.wording import Words
from hub.pages.door import NotYours, Person, entered
from hub.pages.frame import HEADERS, alarm, button, choice, hub_of, page, section, void, words_of
from hub.report.apart import PAGE, Made
from hub.report.build import Asking
from hub.report.files import TYPES
from hub.report.maker import Maker, ReportBusy, ReportFailed, ReportTooLong
from hub.report.period import Period, PeriodWrong, month_of, period_of
from hub.rules.state import moment
from web.html import Markup, element

AT = "/hall/reports"
FILES = ("pdf", "xlsx", "csv", "json")
MOST_DAYS = 400
"""A year and a month: what is longer is made on the hub's machine, `antrean report`."""
AGAIN_S = "5"
"""After so many seconds a browser asks again for a report that had to wait."""

router = APIRouter(prefix=AT, include_in_schema=False)


class PeriodTooLong(AntreanError):
    """These are more days than the page reports at once."""

    key = "error.period_long"


@router.get("")
async def reports(request: Request) -> Response:
    """Show the report of the days that are asked for, of today where none are."""
    person, words = entered(request, "supervisor", "viewer"), words_of(request)
    found = await made_for(request, person, PAGE)
    if isinstance(found, Response):
        return found
    asking, made = found
    parts = [
        element("p", made.name, class_="lead"),
        chooser(request, person, words, asking),
        downloads(person, words, asking),
        Markup(made.content.decode()),
    ]
    return page(request, person, words.say("report.title"), *parts, tab="reports")


@router.get("/file/{form}")
async def file(request: Request, form: str) -> Response:
    """Give a report as a file."""
    person, words = entered(request, "supervisor", "viewer"), words_of(request)
    if form not in FILES:
        return page(request, person, words.say("report.title"), alarm(words.say("refusal.not_found")), status=404)
    found = await made_for(request, person, form)
    if isinstance(found, Response):
        return found
    made = found[1]
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, 200, headers, TYPES[form])


async def made_for(request: Request, person: Person, form: str) -> tuple[Asking, Made] | Response:
    """Return what a person asks for and the report of it, or the page that says why there is none."""
    words, maker = words_of(request), request.app.state.maker
    assert isinstance(maker, Maker)
    try:
        asking = asking_of(request, person)
        made = await unless_gone(request, maker.made(person.name, asking, form, words))
    except (PeriodWrong, PeriodTooLong, ReportBusy, ReportFailed, ReportTooLong) as error:
        return refused(request, person, error)
    return untold(request, person, words, made.said) if made.said else (asking, made)


async def unless_gone(request: Request, making: Coroutine[Any, Any, Made]) -> Made:
    """Return what is made; it is made no further when who asked goes away or the hub ends."""
    task = asyncio.create_task(making)
    ends = asyncio.create_task(gone(request)), asyncio.create_task(hub_of(request).ending.wait())
    try:
        await asyncio.wait((task, *ends), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ReportFailed
        return task.result()
    finally:
        for each in (task, *ends):
            each.cancel()
        await asyncio.gather(task, *ends, return_exceptions=True)


async def gone(request: Request) -> None:
    """Return when who asked has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def refused(request: Request, person: Person, error: AntreanError) -> Response:
    """Return the page that says why there is no report: beside the dates, or above where it is not for them."""
    words, is_period = words_of(request), isinstance(error, PeriodWrong | PeriodTooLong)
    if is_period:
        return untold(request, person, words, wrong=words.error(error))
    answer = untold(request, person, words, words.error(error), 429 if isinstance(error, ReportBusy) else 503)
    if isinstance(error, ReportBusy):
        answer.headers["Retry-After"] = answer.headers["Refresh"] = AGAIN_S
    return answer


def untold(
    request: Request, person: Person, words: Words, said: str = "", status: int = 422, wrong: str = ""
) -> Response:
    """Return the page without a report: why, and the form to ask for another; `wrong` is said of its dates."""
    now = today(request)
    asked = Asking(Period(now, now), person.agency or request.query_params.get("agency", ""))
    told = [alarm(said)] if said else []
    parts = [*told, chooser(request, person, words, asked, wrong)]
    return page(request, person, words.say("report.title"), *parts, tab="reports", status=status)


def today(request: Request) -> date:
    """Return the date in the hall."""
    hub = hub_of(request)
    return moment(hub.state.hall or hub.hall, hub.clock.now().hall_ms).date


def asking_of(request: Request, person: Person) -> Asking:
    """Return what is asked for, within the person's right: a supervisor's agency, a viewer's copy for the public.

    NotYours, PeriodWrong or PeriodTooLong where it cannot be.
    """
    asked = request.query_params
    first = asked.get("from") or today(request).isoformat()
    agency = asked.get("agency", "")
    if person.role == "supervisor":
        if agency not in ("", person.agency):
            raise NotYours
        agency = person.agency
    period = period_of(first, asked.get("to") or first)
    if period.days > MOST_DAYS:
        raise PeriodTooLong(days=MOST_DAYS)
    public = person.role == "viewer" or asked.get("public") == "1"
    return Asking(period, agency, with_clerks=not public, public=public)


def address(asking: Asking, form: str = "") -> str:
    """Return where a report is, as a page or as a file."""
    asked = {"from": asking.period.first.isoformat(), "to": asking.period.last.isoformat()}
    asked |= {"agency": asking.agency} if asking.agency else {}
    asked |= {"public": "1"} if asking.public else {}
    return f"{AT}{f'/file/{form}' if form else ''}?{urlencode(asked)}"


def chooser(request: Request, person: Person, words: Words, asking: Asking, wrong: str = "") -> Markup:
    """Return the form that chooses days and agency, and the ways to the days most asked for."""
    hall, period = hub_of(request).state.hall, asking.period
    seen = [agency for agency in hall.agencies if person.sees(agency.id)] if hall else []
    agencies = [(agency.id, agency.called(words.language, short=True)) for agency in seen]
    if person.role != "supervisor":
        agencies.insert(0, ("", words.say("report.whole_hall")))
    parts = [
        day_field(words.say("report.from"), "from", request.query_params.get("from") or period.first.isoformat()),
        day_field(words.say("report.to"), "to", request.query_params.get("to") or period.last.isoformat(), wrong),
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


def day_field(label: str, name: str, value: str, wrong: str = "") -> Markup:
    """Return the field of a date, with what is wrong about it below."""
    marks = {"aria_invalid": "true", "aria_describedby": "wrong"} if wrong else {}
    told = [element("small", wrong, id="wrong", class_="wrong", role="alert")] if wrong else []
    entry = void("input", type="date", name=name, value=value[:10], required="required", **marks)
    return element("label", label, entry, *told)


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
