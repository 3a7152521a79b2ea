"""The survey at a tablet of the hall: choose the agency, touch a face or answer the nine questions, done.

Only a tablet that staff have opened may answer (`hub.survey.tablets`); it needs no script and returns to the start.
"""

import secrets

from fastapi import APIRouter, Request, Response

from config.wording import Words
from hub.pages.frame import fields_of, hidden, hub_of
from hub.pages.sheet import Fields, chosen, facts_in, said_in, score_in, scores_in, sheet
from hub.pages.ticket import alarms
from hub.pages.visitor import faces, goes_to, leaf, link, tongue
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Device, moment
from hub.rules.tablets import is_open
from hub.rules.visitor_commands import Ballot
from hub.rules.visitors import answered, rated
from hub.survey.box import AnsweredBefore, BoxUnusable
from hub.survey.tablets import COOKIE, Tablets, TooManyAnswers
from web.html import Markup, Part, element

FORM = "form"
"""The field that names a form."""
THANKS = "8; url=/skm"
LEFT = "120; url=/skm"
LEFT_WITH_SHEET = "600; url=/skm"
"""After so many seconds a page that somebody left goes back to the start; a sheet takes its time."""

router = APIRouter(prefix="/skm", include_in_schema=False)


@router.get("")
async def start(request: Request) -> Response:
    """Show the agencies to choose from; where no tablet was opened say where the survey is."""
    words, hub, tablet = tongue(request), hub_of(request), tablet_of(request)
    if tablet is None:
        return elsewhere(request, words)
    if "thanks" in request.query_params:
        parts = [
            element("p", words.say("survey.thanks"), class_="say good", role="status"),
            element("p", words.say("survey.thanks_return"), class_="what quietly"),
            element("p", link(words.say("survey.to_start"), "/skm", Words(), class_="key second")),
        ]
        return leaf(hub, words, words.say("survey.title"), *parts, again=THANKS)
    if tablet.agency:
        return goes_to(f"/skm/{tablet.agency}", words)
    keys = [
        element("li", link(agency.called(words.language), f"/skm/{agency.id}", words))
        for agency in hall_of(hub.state).agencies
    ]
    lead = element("p", words.say("survey.choose_agency"), class_="lead")
    title = words.say("survey.invite")
    return leaf(hub, words, title, element("h1", title), lead, element("ul", *keys, class_="keys"))


@router.get("/code")
async def by_code(request: Request) -> Response:
    """Lead to the page of the ticket whose code was typed."""
    code = request.query_params.get("code", "").replace("-", "").replace(" ", "")[:32]
    return goes_to(f"/t/{code}" if code.isalnum() and code.isascii() else "/skm", tongue(request))


@router.get("/{agency}")
async def choose(request: Request, agency: str) -> Response:
    """Let a visitor touch a face, or go on to the questions."""
    tablet = tablet_of(request)
    if tablet is None or not stands_at(request, tablet, agency):
        return goes_to("/skm", tongue(request))
    return choices(request, agency)


@router.get("/{agency}/rating")
async def back_from_rating(request: Request, agency: str) -> Response:
    """Lead back to the agency: whoever changes the language on the answer to a form comes here."""
    return goes_to(f"/skm/{agency}", tongue(request))


@router.post("/{agency}/rating")
async def rate(request: Request, agency: str) -> Response:
    """Put a quick rating into the box."""
    fields = await fields_of(request)
    tablet = tablet_of(request)
    if tablet is None or not stands_at(request, tablet, agency):
        return goes_to("/skm", tongue(request))
    try:
        said = said_in(fields)
        ballot = rated(hub_of(request).state, (agency, ""), score_in(said), "tablet")
    except Refused as refusal:
        return choices(request, agency, refusal.words[tongue(request).language], 422)
    told, status = await kept(request, tablet, ballot, said.get(FORM, ""))
    return choices(request, agency, told, status) if told else thanked(request)


@router.get("/{agency}/survey")
async def survey(request: Request, agency: str) -> Response:
    """Ask the nine questions."""
    tablet = tablet_of(request)
    if tablet is None or not stands_at(request, tablet, agency):
        return goes_to("/skm", tongue(request))
    return questions(request, agency)


@router.post("/{agency}/survey")
async def answer(request: Request, agency: str) -> Response:
    """Put the answers into the box."""
    fields, hub = await fields_of(request), hub_of(request)
    tablet = tablet_of(request)
    if tablet is None or not stands_at(request, tablet, agency):
        return goes_to("/skm", tongue(request))
    try:
        said = said_in(fields)
        now = moment(hall_of(hub.state), hub.clock.now().hall_ms)
        about = agency, said.get("service", "")
        ballot = answered(hub.state, about, scores_in(said), facts_in(said), "tablet", now)
    except Refused as refusal:
        return questions(request, agency, fields, refusal.words[tongue(request).language], 422)
    told, status = await kept(request, tablet, ballot, said.get(FORM, ""))
    return questions(request, agency, fields, told, status) if told else thanked(request)


async def kept(request: Request, tablet: Device, ballot: Ballot, form: str) -> tuple[str, int]:
    """Put a ballot into the box; return the sentence and the status where that cannot be, "" where it is done.

    A form that comes again, as after a double touch, is kept already: the box knows it as it knows a ticket.
    """
    hub, tablets = hub_of(request), tablets_of(request)
    kind, once = ballot.kind.partition(".")[0], f"{FORM}/{form}" if form else ""
    try:
        tablets.count(tablet, kind, hub.state.date, hub.clock.now().hall_ms)
    except TooManyAnswers as error:
        is_kept = once and await hub.box.has_answered(hub.state.date, type(ballot), once)
        return ("", 200) if is_kept else (tongue(request).error(error), 429)
    try:
        await hub.box.put(hub.state.date, ballot, once, hub.engine)
    except (AnsweredBefore, BoxUnusable) as error:
        tablets.forget(tablet, kind)
        return ("", 200) if isinstance(error, AnsweredBefore) else (tongue(request).error(error), 503)
    return "", 200


def thanked(request: Request) -> Response:
    """Return the way to the thanks."""
    return goes_to("/skm", tongue(request), thanks="1")


def fresh(form: str = "") -> Markup:
    """Return the hidden name of a form by which it counts once: that of one that comes back, else a random one."""
    return hidden(FORM, form or secrets.token_hex(16))


def tablets_of(request: Request) -> Tablets:
    """Return the tablets of the hub that serves the page."""
    tablets: Tablets = request.app.state.tablets
    return tablets


def tablet_of(request: Request) -> Device | None:
    """Return the tablet that asks, None where nobody has opened it, or for an agency that the hall has no more."""
    hub = hub_of(request)
    tablet, now_ms = hub.device_of(request.cookies.get(COOKIE, "")), hub.clock.now().hall_ms
    if tablet is None or not is_open(tablet, now_ms):
        return None
    if tablet.agency and tablet.agency not in hall_of(hub.state).agency_by_id:
        return None
    tablets_of(request).seen[tablet.digest] = now_ms
    return tablet


def stands_at(request: Request, tablet: Device, agency: str) -> bool:
    """Tell whether a tablet may speak about an agency: one that stands at an agency about that one alone."""
    return agency in hall_of(hub_of(request).state).agency_by_id and tablet.agency in ("", agency)


def elsewhere(request: Request, words: Words) -> Response:
    """Return where the survey can be answered, with a field for the code of a ticket where tickets have pages."""
    hub = hub_of(request)
    field = Markup('<input name="code" required maxlength="32" autocomplete="off" autocapitalize="characters">')
    form = element(
        "form",
        element("label", words.say("survey.code"), field, class_="fact"),
        element("button", words.say("survey.code_go"), type="submit"),
        method="get",
        action="/skm/code",
    )
    has_pages = bool(hub.state.hall and hub.state.hall.hall.public_url)
    told = element("p", words.say("survey.not_tablet"))
    title = words.say("survey.title")
    card = element("section", element("h1", title), told, *([form] if has_pages else []), class_="card")
    return leaf(hub, words, title, card)


def choices(request: Request, agency: str, told: str = "", status: int = 200) -> Response:
    """Return the page of an agency: four faces, and the way to the questions."""
    hub, words = hub_of(request), tongue(request)
    found = hall_of(hub.state).agency_by_id[agency]
    quick = [
        element("h2", words.say("survey.quick")),
        faces(f"/skm/{agency}/rating", words, fresh()),
        element("p", words.say("survey.quick_hint"), class_="quietly"),
    ]
    full = [
        element("h2", words.say("survey.title")),
        element("p", words.say("survey.lead"), " ", words.say("survey.anonymous")),
        link(words.say("survey.begin"), f"/skm/{agency}/survey", words),
    ]
    parts = [
        element("h1", found.called(words.language)),
        element("p", words.say("survey.invite"), class_="lead"),
        *alarms(told),
        element("section", *full, class_="card"),
        element("section", *quick, class_="card"),
        link(words.say("survey.back"), "/skm", words, class_="key second"),
    ]
    return leaf(hub, words, words.say("survey.title"), *parts, status=status, again=LEFT)


def questions(request: Request, agency: str, fields: Fields = (), told: str = "", status: int = 200) -> Response:
    """Return the sheet of the survey about an agency, with what was said before and why it comes again."""
    hub, words = hub_of(request), tongue(request)
    found, said = hall_of(hub.state).agency_by_id[agency], dict(fields)
    services = [("", words.say("survey.untold")), *((each.id, each.name(words.language)) for each in found.services)]
    about: list[Part] = [
        fresh(said.get(FORM, "")),
        chosen(words.say("survey.service"), "service", services, said.get("service", "")),
    ]
    parts = [
        element("h1", words.say("survey.invite")),
        element("p", found.called(words.language), ". ", words.say("survey.anonymous"), class_="lead"),
        *alarms(told),
        sheet(words, f"/skm/{agency}/survey", about, said, is_back=status == 422),
        link(words.say("survey.back"), f"/skm/{agency}", words, class_="key second"),
    ]
    return leaf(hub, words, words.say("survey.title"), *parts, status=status, again=LEFT_WITH_SHEET)
