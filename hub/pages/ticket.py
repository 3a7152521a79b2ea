"""The page of a ticket on its visitor's phone: where it stands, when it is called, and what can be done.

Who has the code on the paper has the page. It shows nothing of others but how many are ahead, needs no script, and
asks for itself again every few seconds, with script at once when there is news (`hub.pages.ticket_live`).
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from config.hall import Hall
from config.wording import Words
from hub.engine import HubStopped
from hub.hub import Hub
from hub.pages.frame import fields_of, hub_of
from hub.pages.sheet import Fields, facts_in, said_in, score_in, scores_in, sheet
from hub.pages.ticket_found import found_by, tongue_of, unknown
from hub.pages.ticket_live import seen
from hub.pages.visitor import faces, goes_to, leaf, link, listening, posting
from hub.rules.events import RatingGiven, SurveyAnswered
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.standing import call_expected, people_ahead
from hub.rules.state import Milliseconds, Moment, Ticket, moment
from hub.rules.tickets import MINUTE_MS
from hub.rules.visitor_commands import GiveBack
from hub.rules.visitors import answered, rated
from hub.survey.box import AnsweredBefore, BoxUnusable
from web.html import Markup, Part, element

REFRESH_S = {"waiting": 20, "called": 10, "serving": 30, "held": 20, "missed": 30}
"""How soon a page asks again, by the ticket's state; a ticket that has ended does not change any more."""
MAY_GO = ("waiting", "held")

router = APIRouter(prefix="/t", include_in_schema=False)


@router.get("/{code}")
async def ticket(request: Request, code: str) -> Response:
    """Show where a ticket stands now."""
    found = found_by(request, code)
    if found is None:
        return unknown(request)
    return await standing(request, code, found)


@router.get("/{code}/cancel")
async def ask_to_cancel(request: Request, code: str) -> Response:
    """Ask whether the visitor means it."""
    found, words = found_by(request, code), tongue_of(request, code)
    if found is None:
        return unknown(request)
    if found.state not in MAY_GO:
        return goes_to(f"../{code}", words)
    title = words.say("visit.cancel_ask", number=found.number)
    yes = element("button", words.say("visit.cancel_yes"), type="submit", class_="danger")
    parts = [
        element("h1", title),
        element("p", words.say("visit.cancel_why"), class_="lead"),
        posting("cancel", words, yes),
        link(words.say("visit.cancel_no"), f"../{code}", words, class_="key second"),
    ]
    return leaf(hub_of(request), words, title, *parts)


@router.post("/{code}/cancel")
async def cancel(request: Request, code: str) -> Response:
    """Give the number back; where that cannot be, say why."""
    found, words, hub = found_by(request, code), tongue_of(request, code), hub_of(request)
    if found is None:
        return unknown(request)
    try:
        await hub.engine.act(GiveBack(found.number))
    except Refused:
        return await standing(request, code, found, told=words.say("visit.cancel_not"), status=409)
    except HubStopped:
        return await standing(request, code, found, told=words.say("visit.stopped"), status=503)
    return goes_to(f"../{code}", words)


@router.get("/{code}/skm")
async def survey(request: Request, code: str) -> Response:
    """Ask the nine questions, once the ticket was served."""
    found = found_by(request, code)
    return unknown(request) if found is None or found.state != "served" else questions(request, code, found)


@router.post("/{code}/skm")
async def answer_survey(request: Request, code: str) -> Response:
    """Put the answers into the box."""

    def ballot(hub: Hub, found: Ticket, said: dict[str, str], now: Moment) -> SurveyAnswered:
        return answered(hub.state, about(hub, found), scores_in(said), facts_in(said), "code", now)

    return await said_by(request, code, ballot)


@router.get("/{code}/rating")
async def back_from_rating(request: Request, code: str) -> Response:
    """Lead back to the ticket: whoever changes the language on the answer to a form comes here."""
    return goes_to(f"../{code}", tongue_of(request, code))


@router.post("/{code}/rating")
async def rate(request: Request, code: str) -> Response:
    """Put a quick rating into the box."""

    def ballot(hub: Hub, found: Ticket, said: dict[str, str], _: Moment) -> RatingGiven:
        return rated(hub.state, about(hub, found), score_in(said), "code")

    return await said_by(request, code, ballot)


Says = Callable[[Hub, Ticket, dict[str, str], Moment], SurveyAnswered | RatingGiven]


async def said_by(request: Request, code: str, ballot: Says) -> Response:
    """Put what a served ticket's visitor says into the box, once, and thank.

    The form is read to its end before its ticket is looked for: the day may turn while it comes.
    """
    fields: Fields = await fields_of(request)
    found, words, hub = found_by(request, code), tongue_of(request, code), hub_of(request)
    if found is None or found.state != "served":
        return unknown(request)
    try:
        now = moment(hall_of(hub.state), hub.clock.now().hall_ms)
        await hub.box.put(hub.state.date, ballot(hub, found, said_in(fields), now), found.number, hub.engine)
    except Refused as refusal:
        if request.url.path.endswith("/skm"):
            return questions(request, code, found, dict(fields), refusal.words[words.language])
        return await standing(request, code, found, told=refusal.words[words.language], status=422)
    except (AnsweredBefore, BoxUnusable) as error:
        status = 409 if isinstance(error, AnsweredBefore) else 503
        return await standing(request, code, found, told=words.error(error), status=status)
    return goes_to(f"../{code}", words, thanks="1")


def about(hub: Hub, found: Ticket) -> tuple[str, str]:
    """Return the agency and service that a ticket was for: all of it that an answer holds."""
    return hall_of(hub.state).agency_of[found.service].id, found.service


def questions(
    request: Request, code: str, found: Ticket, said: dict[str, str] | None = None, told: str = ""
) -> Response:
    """Return the sheet of the survey for a ticket's visitor, with what was said before and why it comes again."""
    hub, words = hub_of(request), tongue_of(request, code)
    parts: list[Part] = [
        element("h1", words.say("survey.invite")),
        element("p", words.say("survey.lead"), " ", words.say("survey.anonymous"), class_="lead"),
        *alarms(told),
        element("p", hall_of(hub.state).services[found.service].name(words.language), class_="card"),
        sheet(words, "skm", (), said or {}, is_back=bool(told)),
        link(words.say("survey.back"), f"../{code}", words, class_="key second"),
    ]
    return leaf(hub, words, words.say("survey.title"), *parts, status=422 if told else 200)


async def standing(request: Request, code: str, found: Ticket, told: str = "", status: int = 200) -> Response:
    """Return the page of a ticket; after a deed that failed with the reason."""
    hub, words = hub_of(request), tongue_of(request, code)
    hall = hall_of(hub.state)
    up = "../" if request.method == "POST" else ""
    now = moment(hall, hub.clock.now().hall_ms)
    thanks = [element("p", words.say("survey.thanks"), class_="good told", role="status")]
    shown = [
        *alarms(told),
        *(thanks if "thanks" in request.query_params else []),
        *in_order(found, [title_card(hall, words, found)], message(hub, words, found, now)),
        *(await after_service(hub, words, f"{up}{code}", found) if found.state == "served" else []),
        *ways_on(hall, words, f"{up}{code}", found, now.ms),
    ]
    every = REFRESH_S.get(found.state)
    again = f"{every}; url={up}{code}?lang={words.language}" if every else ""
    if every and request.method == "GET":
        shown.append(listening(f"{code}/live?{urlencode({'seen': seen(hub, found)})}"))
    return leaf(hub, words, f"{words.say('visit.title')} {found.number}", *shown, status=status, again=again)


def in_order(found: Ticket, number: list[Markup], told: list[Markup]) -> list[Markup]:
    """Return the number and what is told of it; a call stands before all."""
    return [*told, *number] if found.state == "called" else [*number, *told]


def alarms(text: str) -> list[Markup]:
    """Return a sentence that says why something was not done, if there is one."""
    return [element("p", "! ", text, class_="alarm told", role="alert")] if text else []


def title_card(hall: Hall, words: Words, found: Ticket) -> Markup:
    """Return the number, large, with its service."""
    service, agency = hall.services[found.service], hall.agency_of[found.service]
    trial = [element("p", words.say("visit.trial"), class_="what alarm")] if found.trial else []
    return element(
        "section",
        element("p", words.say("visit.title"), class_="what quietly"),
        element("h1", found.number, class_="number"),
        element("p", service.name(words.language), class_="what"),
        element("p", agency.called(words.language), class_="what quietly"),
        *trial,
        class_="card",
    )


def message(hub: Hub, words: Words, found: Ticket, now: Moment) -> list[Markup]:
    """Return what the visitor must know now: one sentence, and while waiting the figures."""
    if found.state == "called":
        where = element("b", words.say("visit.counter", counter=found.counter))
        return [element("p", words.say("visit.called"), where, class_="say calls", role="status")]
    if found.state == "waiting":
        return waiting(hub, words, found, now)
    if found.state == "missed":
        return [element("p", words.say("visit.missed"), " ", missed(hub, words, found, now.ms), class_="say note")]
    key = f"held_{found.held_why or 'papers'}" if found.state == "held" else found.state
    kind = "good" if found.state in ("serving", "served") else "note"
    return [element("p", words.say(f"visit.{key}", counter=found.counter), class_=f"say {kind}", role="status")]


def waiting(hub: Hub, words: Words, found: Ticket, now: Moment) -> list[Markup]:
    """Return what somebody who waits wants to know: where, behind how many, until when about."""
    hall = hall_of(hub.state)
    zone = hall.zone_by_id[hall.agency_of[found.service].zone]
    ahead = people_ahead(hub.state, hall, found.service, found, now)
    expected = call_expected(hub.state, hall, found, now)
    people = "ahead_nobody" if ahead == 0 else "ahead_one" if ahead == 1 else "ahead_people"
    when = words.say("visit.expected_unknown")
    if expected:
        low, high = (clock(hall, words, at_ms) for at_ms in expected)
        when = words.say("visit.expected_between", low=low, high=high, zone=hall.hall.zone_abbr)
    facts = [
        (words.say("visit.ahead"), words.say(f"visit.{people}", count=ahead)),
        (words.say("visit.expected"), when),
    ]
    rows = [element("div", element("dt", name), element("dd", value)) for name, value in facts]
    hint = element("p", words.say("visit.expected_hint" if expected else "visit.paused"), class_="quietly")
    place = (zone.name_en if words.language == "en" else "") or zone.name_id
    return [
        element("p", words.say("visit.waiting", zone=place), class_="say good", role="status"),
        element("section", element("dl", *rows, class_="facts big"), hint, class_="card"),
    ]


def missed(hub: Hub, words: Words, found: Ticket, now_ms: Milliseconds) -> str:
    """Return what somebody who was missed can do: the rules of `hub.rules.tickets.return_ticket`."""
    hall = hall_of(hub.state)
    if hub.state.interrupted:
        return words.say("visit.missed_today")
    until = (found.ended_ms or 0) + hall.policy.no_show_return_minutes * MINUTE_MS
    if found.returns or now_ms > until:
        return words.say("visit.missed_new")
    return words.say("visit.missed_return", time=clock(hall, words, until), zone=hall.hall.zone_abbr)


async def after_service(hub: Hub, words: Words, here: str, found: Ticket) -> list[Markup]:
    """Return the ways to say how it was: those that this ticket has not gone yet; none where the box cannot be used."""
    parts: list[Markup] = []
    date = hub.state.date
    try:
        has_rated = await hub.box.has_answered(date, RatingGiven, found.number)
        has_answered = await hub.box.has_answered(date, SurveyAnswered, found.number)
    except BoxUnusable:
        return []
    if not has_rated:
        hint = element("p", words.say("survey.quick_hint"), class_="quietly")
        quick = element("h2", words.say("survey.quick"))
        parts.append(element("section", quick, faces(f"{here}/rating", words), hint, class_="card"))
    if not has_answered:
        lead = element("p", words.say("survey.lead"), " ", words.say("survey.anonymous"))
        begin = link(words.say("survey.begin"), f"{here}/skm", words)
        parts.append(element("section", element("h2", words.say("survey.title")), lead, begin, class_="card"))
    return parts


def ways_on(hall: Hall, words: Words, here: str, found: Ticket, now_ms: Milliseconds) -> list[Markup]:
    """Return the moment of what is shown, and what can be done: look again, give the number back."""
    if found.state not in REFRESH_S:
        return []
    time = clock(hall, words, now_ms)
    told = element("p", words.say("visit.as_of", time=time, zone=hall.hall.zone_abbr), class_="quietly what")
    refresh = link(words.say("visit.refresh"), here, words, class_="key second")
    gives_back = [link(words.say("visit.cancel"), f"{here}/cancel", words, class_="key second")]
    return [told, refresh, *(gives_back if found.state in MAY_GO else [])]


def clock(hall: Hall, words: Words, at_ms: Milliseconds) -> str:
    """Return hall time as a time of day in the hall's zone."""
    return words.clock(datetime.fromtimestamp(at_ms / 1000, hall.timezone))
