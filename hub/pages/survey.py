"""The survey on the hall's page: the index and its grade, what is still needed, and what is published and handed in."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from config.hall import Agency, Hall
from config.wording import Words
from hub.codes import digest_of, new_token
from hub.pages.door import COOKIE as LOG_IN
from hub.pages.door import NotYours, Person, Sessions, entered
from hub.pages.frame import HEADERS, alarm, button, choice, field, form, form_of, hub_of, page, section, table, words_of
from hub.pages.survey_paper import paper
from hub.rules.commands import OpenTablet
from hub.rules.issuing import hall_of
from hub.rules.tablets import OPEN_MS
from hub.survey.elements import ELEMENTS, SCORES
from hub.survey.index import EXACT, WEIGHTS, Index, half_up
from hub.survey.report import Asked, Report, Result, report_of
from hub.survey.tablets import COOKIE
from web.html import Markup, Part, element
from web.table_files import csv_text

router = APIRouter(prefix="/hall/survey", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Told:
    """A report and all that is needed to tell it; `is_amended` where the dates asked for could not be used."""

    words: Words
    hall: Hall
    report: Report
    agencies: tuple[Agency, ...]
    is_amended: bool

    @property
    def who(self) -> str:
        """The name of what the report is about: one agency or the hall."""
        one = self.agencies[0] if len(self.agencies) == 1 else None
        if one is None:
            return self.hall.hall.name
        return (one.name_en if self.words.language == "en" else "") or one.name

    @property
    def query(self) -> str:
        """The address's part that asks for this report again."""
        asked = self.report.asked
        agency = f"&agency={self.agencies[0].id}" if len(self.agencies) == 1 else ""
        return f"from={asked.first.isoformat()}&until={asked.last.isoformat()}&weight={asked.weight}{agency}"


@router.get("")
async def survey(request: Request) -> Response:
    """Show the index of a period with how it came about."""
    person = entered(request, "supervisor", "viewer")
    told = await told_of(request, person)
    words = told.words
    parts: list[Part] = [
        *([alarm(words.say("survey.days_wrong"))] if told.is_amended else []),
        asking(told, person),
        summary(told),
        *([by_element(told, told.report.whole.index)] if told.report.whole.index else []),
        *([by_agency(told)] if len(told.agencies) > 1 else []),
        quick(told),
        papers(told),
        *([tablet(told)] if person.role != "viewer" else []),
    ]
    return page(request, person, words.say("survey.title"), *parts, tab="survey")


@router.get("/csv")
async def as_csv(request: Request) -> Response:
    """Return the figures for a spreadsheet."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    asked = told.report.asked
    name = f"skm-{asked.first.isoformat()}-{asked.last.isoformat()}.csv"
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + csv_of(told), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/publication")
async def publication(request: Request) -> Response:
    """Return the sheet that is published."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    return paper(told.words, told.hall, told.who, told.report, is_evidence=False)


@router.get("/evidence")
async def evidence(request: Request) -> Response:
    """Return the evidence for PEKPPP."""
    told = await told_of(request, entered(request, "supervisor", "viewer"))
    return paper(told.words, told.hall, told.who, told.report, is_evidence=True)


@router.post("/tablet")
async def open_tablet(request: Request) -> Response:
    """Make this browser a tablet of the survey, and log its person out: visitors will hold it."""
    person = entered(request, "supervisor")
    hub, told = hub_of(request), await form_of(request)
    agency = person.agency if person.role == "supervisor" else told.get("agency", "")
    if agency and agency not in hall_of(hub.state).agency_by_id:
        raise NotYours
    token = new_token()
    await hub.engine.act(OpenTablet(agency, digest_of(token), person.name))
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(LOG_IN, ""))
    answer = RedirectResponse("/skm", status_code=303, headers=HEADERS)
    answer.delete_cookie(LOG_IN)
    is_secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, max_age=OPEN_MS // 1000, httponly=True, samesite="lax", secure=is_secure)
    return answer


async def told_of(request: Request, person: Person) -> Told:
    """Return what the address asks for, of what this person may see; this month where its dates cannot be used."""
    hub, query = hub_of(request), request.query_params
    hall = hall_of(hub.state)
    today = datetime.fromtimestamp(hub.clock.now().hall_ms / 1000, hall.timezone).date()
    first, last = day_of(query.get("from"), today.replace(day=1)), day_of(query.get("until"), today)
    is_amended = first is None or last is None or first > last
    if first is None or last is None or first > last:
        first, last = today.replace(day=1), today
    seen = tuple(agency for agency in hall.agencies if person.sees(agency.id))
    chosen = tuple(agency for agency in seen if agency.id == query.get("agency"))
    agencies = chosen or seen
    weight = query.get("weight", EXACT)
    asked = Asked(first, last, tuple(agency.id for agency in agencies), weight if weight in WEIGHTS else EXACT)
    agency_of = {service: agency.id for service, agency in hall.agency_of.items()}
    report = await asyncio.to_thread(report_of, hub.settings.data, asked, agency_of)
    return Told(words_of(request), hall, report, agencies, is_amended)


def day_of(text: str | None, otherwise: date) -> date | None:
    """Return a date of an address, another where it has none, None where it cannot be read."""
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError:
        return None


def asking(told: Told, person: Person) -> Markup:
    """Return the form that chooses period, agency and weight."""
    words, asked = told.words, told.report.asked
    seen = [(agency.id, agency.name) for agency in told.hall.agencies if person.sees(agency.id)]
    chosen = told.agencies[0].id if len(told.agencies) == 1 else ""
    every = [("", words.say("survey.all_agencies"))] if len(seen) > 1 else []
    weights = [(EXACT, words.say("survey.weight_exact")), ("0.11", words.say("survey.weight_printed"))]
    return element(
        "form",
        field(words.say("survey.from"), "from", asked.first.isoformat(), kind="date"),
        field(words.say("survey.until"), "until", asked.last.isoformat(), kind="date"),
        choice(words.say("survey.agency"), "agency", [*every, *seen], chosen),
        choice(words.say("survey.weight"), "weight", weights, asked.weight),
        button(words.say("survey.show")),
        method="get",
        action="/hall/survey",
        class_="row hall told",
    )


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
    short = words.say("survey.short_of", count=words.number(lacking)) if lacking > 0 else words.say("survey.enough")
    few = [] if index else [element("p", words.say("survey.few"), class_="note told")]
    return element(
        "div",
        *few,
        element("dl", *total, class_="totals"),
        element("p", short, " ", words.say("survey.waiting_box"), class_="lead"),
    )


def by_element(told: Told, index: Index) -> Markup:
    """Return the mean of each element, by its code."""
    words = told.words
    method = element("p", words.say("survey.method", weight=weight_name(words, index)), class_="lead")
    return section(words.say("survey.elements"), table(element_names(words), element_rows(words, index)), method)


def element_names(words: Words) -> list[str]:
    """Return the names of the columns of the elements' table."""
    return [words.say(f"survey.{name}") for name in ("element", "mean", "weighted")]


def element_rows(words: Words, index: Index) -> list[list[str]]:
    """Return the rows of the elements' table; three decimals, as the regulation's own tables have."""
    weight = WEIGHTS[index.weight]
    return [
        [
            f"{code} {words.say(f'survey.{code}')}",
            *(words.decimal(half_up(value, 3), 3) for value in (mean, mean * weight)),
        ]
        for code, mean in index.means.items()
    ]


def weight_name(words: Words, index: Index) -> str:
    """Return how a weight is called where figures bear it."""
    return words.say("survey.weight_exact" if index.weight == EXACT else "survey.weight_printed")


def by_agency(told: Told) -> Markup:
    """Return each agency's index."""
    words = told.words
    names = [words.say(f"survey.{name}") for name in ("agency", "ikm", "grade", "answers", "needed_short")]
    rows = []
    for agency, result in zip(told.agencies, told.report.agencies, strict=True):
        index = result.index
        ikm, grade = (words.decimal(index.ikm), index.grade) if index else (few(words, result.n), "–")
        rows.append([agency.short or agency.name, ikm, grade, words.number(result.n), words.number(result.needed)])
    return section(words.say("survey.agencies"), table(names, rows))


def few(words: Words, n: int) -> str:
    """Return what stands where n answers are too few for a figure."""
    return words.say("survey.fewer") if n else "–"


def quick(told: Told) -> Markup:
    """Return the quick ratings, apart from the index."""
    words, whole = told.words, told.report.whole
    names = [words.say("survey.agency"), *(words.say(f"survey.rating_{score}") for score in reversed(SCORES))]
    results = [(told.who, whole)]
    if len(told.agencies) > 1:
        results += [
            (agency.short or agency.name, each)
            for agency, each in zip(told.agencies, told.report.agencies, strict=True)
        ]
    rows = [[name, *rating_cells(words, each)] for name, each in results]
    return section(words.say("survey.ratings"), element("p", words.say("survey.quick_hint")), table(names, rows))


def rating_cells(words: Words, result: Result) -> list[str]:
    """Return how often each score was given, the best first; nothing that could be somebody's."""
    if not result.ratings:
        return [few(words, result.rated)] * len(SCORES)
    return [words.number(result.ratings[score]) for score in reversed(SCORES)]


def papers(told: Told) -> Markup:
    """Return the ways to what is printed and handed on."""
    words = told.words
    links = [
        element("a", words.say(f"survey.{key}"), href=f"/hall/survey/{where}?{told.query}")
        for key, where in (("csv", "csv"), ("publish", "publication"), ("evidence", "evidence"))
    ]
    return element("section", *links, class_="hall as-of")


def tablet(told: Told) -> Markup:
    """Return the form that makes this device a tablet of the survey."""
    words = told.words
    options = [("", words.say("survey.all_agencies"))] if len(told.agencies) > 1 else []
    options += [(agency.id, agency.name) for agency in told.agencies]
    hint = element("p", words.say("survey.tablet_hint"))
    opening = form("/hall/survey/tablet", choice(words.say("survey.agency"), "agency", options),
                   button(words.say("survey.tablet_open"), class_="second"))  # fmt: skip
    return section(words.say("survey.tablet"), hint, opening)


def csv_of(told: Told) -> str:
    """Return the figures as CSV, with points as decimal marks; agencies by id, the whole as ""."""
    asked = told.report.asked
    ratings = [f"rating_{score}" for score in SCORES]
    head = ("from", "until", "agency", "n", "needed", "visitors", "weight", "ikm", "grade", *ELEMENTS, *ratings)
    rows: list[tuple[object, ...]] = [head]
    each = told.report.agencies if len(told.agencies) > 1 else ()
    for result in (told.report.whole, *each):
        index = result.index
        means = [half_up(index.means[code], 3) if index else "" for code in ELEMENTS]
        rated = [result.ratings.get(score, "") for score in SCORES]
        agency = result.agency or (told.agencies[0].id if len(told.agencies) == 1 else "")
        rows.append((
            asked.first, asked.last, agency, result.n, result.needed, result.visitors, asked.weight,
            index.ikm if index else "", index.grade if index else "", *means, *rated,
        ))  # fmt: skip
    return csv_text(rows)
