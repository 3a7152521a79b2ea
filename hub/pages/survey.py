"""The survey on the hall's page: the index and its grade, what is still needed, and what is published and handed in."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from config.hall import Agency, Hall
from config.wording import Words
from hub.codes import digest_of, new_token
from hub.pages.door import COOKIE as LOG_IN
from hub.pages.door import NotYours, Person, Sessions, entered
from hub.pages.frame import HEADERS, alarm, button, choice, form, form_of, hub_of, page, section, table, words_of
from hub.pages.survey_paper import element_rows, paper, weight_name
from hub.rules.commands import OpenTablet
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.tablets import OPEN_MS
from hub.survey.box import BoxUnusable
from hub.survey.elements import ELEMENTS, SCORES
from hub.survey.index import EXACT, WEIGHTS, Index, half_up
from hub.survey.periods import months_of, newest_over, offered, over, whole_months
from hub.survey.report import Asked, Report, Result, report_of
from hub.survey.tablets import COOKIE
from web.html import Markup, Part, element
from web.table_files import csv_text

router = APIRouter(prefix="/hall/survey", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A report and all that is needed to tell it: the name of its months, and whether others were asked for.

    `today` is the open day: whatever of its month is in the journal already still changes.
    """

    words: Words
    hall: Hall
    report: Report
    name: str
    today: date
    is_amended: bool

    @property
    def agencies(self) -> tuple[Agency, ...]:
        """The agencies that the report is about."""
        return self.report.agencies

    @property
    def who(self) -> str:
        """The name of what the report is about: one agency or the hall."""
        is_one = len(self.agencies) == 1
        return self.agencies[0].called(self.words.language) if is_one else self.hall.hall.name

    @property
    def is_newest(self) -> bool:
        """Whether nothing but the open day's month comes after the report's."""
        return self.report.asked.period.last + timedelta(1) == self.today.replace(day=1)

    @property
    def file(self) -> str:
        """How a file of the report is called; while the part of the year lasts, with the month until which it tells."""
        last = self.report.asked.period.last
        return f"skm-{self.name}" + ("" if whole_months(self.name).last == last else f"-until-{last:%Y-%m}")

    @property
    def when(self) -> str:
        """The days of the report."""
        first, last = (
            self.words.date_of(day) for day in (self.report.asked.period.first, self.report.asked.period.last)
        )
        return f"{first} – {last}"

    @property
    def query(self) -> str:
        """The address's part that asks for this report again."""
        asked = self.report.asked
        agency = f"&agency={self.agencies[0].id}" if len(self.agencies) == 1 else ""
        return f"period={self.name}&weight={asked.weight}{agency}"


@router.get("")
async def survey(request: Request) -> Response:
    """Show the index of a period with how it came about."""
    person = entered(request, "supervisor", "viewer")
    told = await told_of(request, person)
    words = told.words
    parts: list[Part] = [
        *([alarm(words.say("survey.months_wrong"))] if told.is_amended else []),
        asking(told, person),
        element("p", told.when, class_="lead"),
        summary(told),
        *([by_element(told, told.report.whole.index)] if told.report.whole.index else []),
        *([by_agency(told)] if len(told.agencies) > 1 else []),
        quick(told),
        papers(told),
        *([tablet(told, person)] if person.role != "viewer" else []),
    ]
    return page(request, person, words.say("survey.title"), *parts, tab="survey")


@router.get("/csv")
async def as_csv(request: Request) -> Response:
    """Return the figures for a spreadsheet."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{told.file}.csv"'}
    return Response("\ufeff" + csv_of(told), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/publication")
async def publication(request: Request) -> Response:
    """Return the sheet that is published."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    return paper(told.words, told.hall, (told.who, told.when), told.report, is_evidence=False)


@router.get("/evidence")
async def evidence(request: Request) -> Response:
    """Return the evidence for PEKPPP."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    return paper(told.words, told.hall, (told.who, told.when), told.report, is_evidence=True)


@router.post("/tablet")
async def open_tablet(request: Request) -> Response:
    """Make this browser a tablet of the survey, and log its person out: visitors will hold it."""
    person = entered(request, "supervisor")
    hub, told = hub_of(request), await form_of(request)
    agency = person.agency if person.role == "supervisor" else told.get("agency", "")
    if agency and agency not in hall_of(hub.state).agency_by_id:
        raise NotYours
    token = new_token()
    before = digest_of(request.cookies.get(COOKIE, ""))
    await hub.engine.act(OpenTablet(agency, digest_of(token), person.name, before))
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(LOG_IN, ""))
    answer = RedirectResponse("/skm", status_code=303, headers=HEADERS)
    answer.delete_cookie(LOG_IN)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=OPEN_MS // 1000, httponly=True, samesite="lax", secure=is_secure)
    return answer


async def told_of(request: Request, person: Person) -> Told:
    """Return what the address asks for, of what this person may see.

    What the box holds of days that are over is written first, or nothing is told: a month that was told of does not
    change any more.
    """
    hub, query = hub_of(request), request.query_params
    today = date.fromisoformat(hub.state.date)
    try:
        await hub.box.settle(today.isoformat(), hub.engine)
    except BoxUnusable as error:
        raise Refused("survey_box") from error
    name, period = months_of(query.get("period") or newest_over(today), today)
    agency = person.agency if person.role == "supervisor" else query.get("agency", "")
    weight = query.get("weight", EXACT)
    asked = Asked(period, agency, weight if weight in WEIGHTS else EXACT)
    report = await asyncio.to_thread(report_of, hub.settings.data, asked)
    if not report.agencies:
        raise Refused("scope_not_found", scope=agency)
    is_amended = query.get("period", name) not in ("", name)
    return Told(words_of(request), hall_of(hub.state), report, name, today, is_amended)


def asking(told: Told, person: Person) -> Markup:
    """Return the form that chooses period, agency and weight."""
    words, report = told.words, told.report
    seen = [(agency.id, agency.called(words.language)) for agency in report.every if person.sees(agency.id)]
    chosen = told.agencies[0].id if len(told.agencies) == 1 else ""
    every = [("", words.say("survey.all_agencies"))] if len(seen) > 1 else []
    first = date.fromisoformat(report.halls.days[0][0])
    periods = [(name, period_name(words, name, told.today)) for name in offered(first, told.today)]
    weights = [(EXACT, words.say("survey.weight_exact")), ("0.11", words.say("survey.weight_printed"))]
    return element(
        "form",
        choice(words.say("survey.period"), "period", periods, told.name),
        choice(words.say("survey.agency"), "agency", [*every, *seen], chosen),
        choice(words.say("survey.weight"), "weight", weights, report.asked.weight),
        button(words.say("survey.show")),
        method="get",
        action="/hall/survey",
        class_="row hall told",
    )


def period_name(words: Words, name: str, today: date) -> str:
    """Return how a part of a year is called: "Oktober 2026", "Tahun 2026 sampai Oktober 2026" while it lasts."""
    (year, _, part), whole = name.partition("-"), whole_months(name)
    if part[0] == "m":
        return words.month(whole.first)
    called, told = words.say(f"survey.part_{part}", year=year), over(whole, today)
    if told is None or told == whole:
        return called
    return words.say("survey.part_until", part=called, month=words.month(told.last))


def summary(told: Told) -> Markup:
    """Return the index with its grade, how many answered, and how many should."""
    words, whole = told.words, told.report.whole
    index = whole.index
    figures = [
        (words.say("survey.index"), words.decimal(index.ikm) if index else "–"),
        (words.say("survey.grade"), words.say(f"survey.grade_{index.grade}") if index else "–"),
        (words.say("survey.answers"), words.number(whole.n)),
        (words.say("survey.needed"), words.number(whole.needed)),
        (words.say("survey.visitors"), words.number(whole.visitors)),
    ]
    total = [element("div", element("dt", name), element("dd", value), class_="total") for name, value in figures]
    lacking = whole.needed - whole.n
    enough = words.say("survey.enough") if whole.n else words.say("survey.nobody")
    short = words.say("survey.short_of", count=words.number(lacking)) if lacking > 0 else enough
    few = [] if index else [element("p", words.say("survey.few"), class_="note told")]
    waiting = words.say("survey.waiting", count=words.number(whole.waiting)) if whole.waiting else ""
    given = words.say("survey.given", count=words.number(told.report.given), month=words.month(told.today))
    return element(
        "div",
        *few,
        element("dl", *total, class_="totals"),
        element("p", short, " ", waiting, class_="lead"),
        element("p", *([given, " "] if told.is_newest else []), words.say("survey.waiting_box")),
    )


def by_element(told: Told, index: Index) -> Markup:
    """Return the mean of each element, by its code."""
    words = told.words
    method = element("p", words.say("survey.method", weight=weight_name(words, index)), class_="lead")
    return section(words.say("survey.elements"), table(element_names(words), element_rows(words, index)), method)


def element_names(words: Words) -> list[str]:
    """Return the names of the columns of the elements' table."""
    return [words.say(f"survey.{name}") for name in ("element", "mean", "weighted")]


def by_agency(told: Told) -> Markup:
    """Return each agency's index."""
    words = told.words
    names = [words.say(f"survey.{name}") for name in ("agency", "ikm", "grade", "answers", "needed_short")]
    rows = []
    for agency, result in zip(told.agencies, told.report.results, strict=True):
        index = result.index
        ikm, grade = (words.decimal(index.ikm), index.grade) if index else (few(words, result.waiting), "–")
        name = agency.called(words.language, short=True)
        rows.append([name, ikm, grade, words.number(result.n), words.number(result.needed)])
    return section(words.say("survey.agencies"), table(names, rows))


def few(words: Words, waiting: int) -> str:
    """Return what stands where no answer counts: whether some wait, or there are none."""
    return words.say("survey.fewer") if waiting else "–"


def quick(told: Told) -> Markup:
    """Return the quick ratings, apart from the index."""
    words, whole = told.words, told.report.whole
    names = [words.say("survey.agency"), *(words.say(f"survey.rating_{score}") for score in reversed(SCORES))]
    results = [(told.who, whole)]
    if len(told.agencies) > 1:
        results += [
            (agency.called(words.language, short=True), each)
            for agency, each in zip(told.agencies, told.report.results, strict=True)
        ]
    rows = [[name, *rating_cells(words, each)] for name, each in results]
    return section(words.say("survey.ratings"), element("p", words.say("survey.quick_hint")), table(names, rows))


def rating_cells(words: Words, result: Result) -> list[str]:
    """Return how often each score was given, the best first; nothing that could be somebody's."""
    if not result.ratings:
        return [few(words, result.unrated)] * len(SCORES)
    return [words.number(result.ratings[score]) for score in reversed(SCORES)]


def papers(told: Told) -> Markup:
    """Return the ways to what is printed and handed on."""
    words = told.words
    links = [
        element("a", words.say(f"survey.{key}"), href=f"/hall/survey/{where}?{told.query}")
        for key, where in (("csv", "csv"), ("publish", "publication"), ("evidence", "evidence"))
    ]
    return element("section", *links, class_="hall as-of")


def tablet(told: Told, person: Person) -> Markup:
    """Return the form that makes this device a tablet of the survey."""
    words = told.words
    seen = [(agency.id, agency.called(words.language)) for agency in told.hall.agencies if person.sees(agency.id)]
    options = [*([("", words.say("survey.all_agencies"))] if len(seen) > 1 else []), *seen]
    hint = element("p", words.say("survey.tablet_hint"))
    opening = form("/hall/survey/tablet", choice(words.say("survey.agency"), "agency", options),
                   button(words.say("survey.tablet_open"), class_="second"))  # fmt: skip
    return section(words.say("survey.tablet"), hint, opening)


def csv_of(told: Told) -> str:
    """Return the figures as CSV, with points as decimal marks; agencies by id, the whole as ""."""
    asked = told.report.asked
    ratings = [f"rating_{score}" for score in SCORES]
    head = ("from", "until", "agency", "n", "waiting", "needed", "visitors", "weight", "ikm", "grade")
    rows: list[tuple[object, ...]] = [(*head, *ELEMENTS, *ratings)]
    each = told.report.results if len(told.agencies) > 1 else ()
    for result in (told.report.whole, *each):
        index = result.index
        means = [half_up(index.means[code], 3) if index else "" for code in ELEMENTS]
        rated = [result.ratings.get(score, "") for score in SCORES]
        agency = result.agency or (told.agencies[0].id if len(told.agencies) == 1 else "")
        rows.append((
            asked.period.first, asked.period.last, agency, result.n, result.waiting, result.needed, result.visitors,
            asked.weight, index.ikm if index else "", index.grade if index else "", *means, *rated,
        ))  # fmt: skip
    return csv_text(rows)
