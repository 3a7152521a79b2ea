"""What the head sees first: how the hall is now, alarms before all else, kept fresh while the page is open."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

from fastapi import APIRouter, Request, Response

from config.wording import Words
from hub.hub import Hub
from hub.pages.door import COOKIE, Person, Sessions, entered
from hub.pages.frame import HEADERS, hub_of, minutes, page, section, table, words_of
from hub.pages.glance import Alarm, Desk, Glance, Row, glance_in_turns
from hub.pages.outside import outside_of
from hub.pages.streams import FAREWELL, EventStream, Place, Streams
from hub.report.source import promises_of
from hub.report.tally import share
from hub.rules.issuing import hall_of
from hub.rules.state import Milliseconds, moment
from web.html import Markup, Part, element, joined

FRESH_S = 2.0
"""How often an open page is told what is new."""
Promises = Mapping[str, tuple[int, int]]
"""Of each service how many promises of today were kept, of how many."""
SHOWN_ALARMS = 5
"""More are folded: the first ones are what to do first."""

router = APIRouter(include_in_schema=False)


@router.get("/hall")
async def now(request: Request) -> Response:
    """Show how the hall is now."""
    person, words = entered(request, "supervisor", "viewer"), words_of(request)
    live = element("div", Markup(await rendered(request, person, words)), data_live=f"/hall/live?lang={words.language}")
    return page(request, person, words.say("hall.tab_now"), live, tab="now")


@router.get("/hall/live")
async def live(request: Request) -> Response:
    """Send the page's middle whenever it has changed, as server-sent events, until the log-in ends."""
    person = entered(request, "supervisor", "viewer")
    streams: Streams = request.app.state.streams
    place = streams.enter(person.name)
    if place is None:
        return Response(status_code=503, headers=HEADERS)
    return EventStream(told(request, person, place), streams, place)


async def told(request: Request, person: Person, place: Place) -> AsyncIterator[str]:
    """Yield the middle of the page as often as it changes, as long as the page has its place."""
    hub, words, before = hub_of(request), words_of(request), ""
    sessions: Sessions = request.app.state.sessions
    streams: Streams = request.app.state.streams
    while not hub.ending.is_set() and sessions.person(request.cookies.get(COOKIE, ""), hub.state) == person:
        if not streams.has(place):
            yield FAREWELL
            return
        text = await rendered(request, person, words, least_s=FRESH_S)
        if text != before:
            before = text
            yield f"data: {text}\n\n"
        else:
            yield ": still here\n\n"
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hub.ending.wait(), FRESH_S)


async def rendered(request: Request, person: Person, words: Words, *, least_s: float = 0.0) -> str:
    """Return the middle of the page on one line, made once for all who see the same at the same time.

    What was made within `least_s` seconds, or of the same line of the journal, is good enough. Whoever takes a number
    meanwhile does not wait for the whole of it: after each part others have their turn.
    """
    hub = hub_of(request)
    made: dict[tuple[str, str, str], tuple[int, float, str]] = request.app.state.made_pages
    key = person.role, person.agency, words.language
    async with request.app.state.making_page:
        seq, at_s, text = made.get(key, (-1, float("-inf"), ""))
        age_s = time.monotonic() - at_s
        if age_s > FRESH_S or (age_s > least_s and seq != hub.state.seq):
            promises = await asyncio.to_thread(promises_of, hub.settings.data, hub.state.date)
            seq, found = hub.state.seq, []
            for part in middle(hub, person, words, promises):
                found.append(part.text)
                await asyncio.sleep(0)
            text = " ".join("".join(found).splitlines())
            made[key] = seq, time.monotonic(), text
    return text


def middle(hub: Hub, person: Person, words: Words, promises: Promises) -> Iterator[Markup]:
    """Yield the middle of the page part by part, all of one moment; some parts are nothing but a turn for others."""
    state, now_ms = hub.state, hub.clock.now().hall_ms
    looking = glance_in_turns(state, now_ms, outside_of(hub), person, words.language)
    while True:
        try:
            next(looking)
        except StopIteration as seen:
            found: Glance = seen.value
            break
        yield Markup("")
    local = moment(hall_of(state), now_ms)
    yield element("p", words.day(local.date), ", ", words.minute(local.minute), class_="lead")
    yield alarm_list(found.alarms, words, person)
    yield totals(found, words, promises)
    yield Markup('<div class="halls lines">')
    for row in found.agencies:
        yield agency_line(row, words, person)
    yield Markup("</div>")
    yield from zones(found.zones, words)
    yield desk_table(found.desks, words, now_ms, person)


def alarm_list(found: Iterable[Alarm], words: Words, person: Person) -> Markup:
    """Return what needs somebody, the gravest first, many of them folded; one calm line where there is nothing."""
    items = [alarm_item(alarm, words, person) for alarm in found]
    if not items:
        return element("p", "✓ ", words.say("hall.all_well"), class_="good told")
    shown = element("ul", *items[:SHOWN_ALARMS], class_="alarms", aria_label=words.say("hall.alarms"))
    if len(items) <= SHOWN_ALARMS:
        return shown
    more = element("summary", words.say("hall.more_alarms", count=len(items) - SHOWN_ALARMS))
    return joined(shown, element("details", more, element("ul", *items[SHOWN_ALARMS:], class_="alarms")))


def alarm_item(alarm: Alarm, words: Words, person: Person) -> Markup:
    """Return one alarm, a way to its page where there is one and the person may go there."""
    sentence = words.say(f"hall.{alarm.key}", **alarm.fields)
    what: Part = element("a", sentence, href=alarm.where) if alarm.where and person.role != "viewer" else sentence
    return element("li", "! " if alarm.is_grave else "◇ ", what, class_="alarm" if alarm.is_grave else "note")


def totals(found: Glance, words: Words, promises: Promises) -> Markup:
    """Return the figures of all that this person sees."""
    seen = [promises.get(service.key, (0, 0)) for agency in found.agencies for service in agency.services]
    kept = share(sum(kept for kept, _ in seen), sum(of for _, of in seen))
    facts: tuple[tuple[str, Part], ...] = (
        ("waiting", words.number(found.total.waiting)),
        ("longest", minutes(found.total.longest_ms, words)),
        ("open_counters", joined(words.number(found.total.open), element("small", f" / {found.total.counters}"))),
        ("issued", words.number(found.total.issued)),
        ("served", words.number(found.total.served)),
        ("kept", "–" if kept is None else words.share(kept)),
    )
    shown = [
        element("div", element("dt", words.say(f"hall.{name}")), element("dd", value), class_="total")
        for name, value in facts
    ]
    return element("dl", *shown, class_="totals")


def agency_line(row: Row, words: Words, person: Person) -> Markup:
    """Return how one agency is: its state, who waits, and behind that its services and the way to its page."""
    marks = {"good": "✓", "note": "!"}
    tone = "note" if row.code or not row.open else "good"
    line = element(
        "summary",
        element("span", marks[tone], class_=f"mark {tone}"),
        element("strong", row.name),
        figure(words.number(row.waiting), words.say("hall.waiting")),
        figure(minutes(row.longest_ms, words), words.say("hall.longest")),
        figure(words.say("hall.of", part=row.open, whole=row.counters), words.say("hall.open_counters")),
    )
    way = (
        [element("a", words.say("hall.change"), href=f"/hall/agencies/{row.key}")] if person.may_touch(row.key) else []
    )
    told = element("p", words.say("hall.issued_served"), f": {words.number(row.issued)} / {words.number(row.served)}")
    services = service_table(row.services, words, person, row.key)
    return element("details", line, chip(row, words), told, services, *way, class_="hall")


def figure(value: str, name: str) -> Markup:
    """Return a figure with its name below."""
    return element("span", value, element("small", name), class_="figure")


def chip(row: Row, words: Words) -> Markup:
    """Return whether an agency gives numbers, as a mark, a word and a colour."""
    if row.code:
        return element("ul", element("li", "! ", row.words[words.language], class_="note"), class_="chips")
    mark = ("✓ ", "hall.gives", "good") if row.open else ("! ", "hall.no_counter", "note")
    return element("ul", element("li", mark[0], words.say(mark[1]), class_=mark[2]), class_="chips")


def service_table(rows: Iterable[Row], words: Words, person: Person, agency: str) -> Markup:
    """Return the services of an agency."""
    names = ("service", "waiting", "longest", "open_counters", "issued", "served", "missed")
    return table(
        [words.say(f"hall.{name}") for name in names],
        [
            (
                element("a", row.name, href=f"/hall/services/{row.key}") if person.may_touch(agency) else row.name,
                words.number(row.waiting),
                minutes(row.longest_ms, words),
                words.say("hall.of", part=row.open, whole=row.counters),
                issued_of(row, words),
                words.number(row.served),
                words.number(row.missed),
            )
            for row in rows
        ],
    )


def issued_of(row: Row, words: Words) -> str:
    """Return how many numbers were given, and of how many where there is a quota."""
    if row.quota is None:
        return words.number(row.issued)
    return words.say("hall.of", part=words.number(row.issued), whole=words.number(row.quota))


def zones(rows: Iterable[Row], words: Words) -> Iterable[Markup]:
    """Yield the figures by zone, where the hall has several."""
    names = ("zone", "waiting", "longest", "open_counters", "issued", "served")
    found = [
        (
            row.name,
            words.number(row.waiting),
            minutes(row.longest_ms, words),
            words.say("hall.of", part=row.open, whole=row.counters),
            words.number(row.issued),
            words.number(row.served),
        )
        for row in rows
    ]
    if found:
        yield section(words.say("hall.by_zone"), table([words.say(f"hall.{name}") for name in names], found))


def desk_table(desks: Iterable[Desk], words: Words, now_ms: Milliseconds, person: Person) -> Markup:
    """Return what every counter does."""
    names = ("counter", "agency", "state", "clerk", "ticket", "since")
    rows = [
        (
            element("a", str(at.number), href=f"/hall/counters/{at.number}")
            if person.may_touch(at.agency)
            else str(at.number),
            at.agency_name,
            words.say(f"hall.counter_{at.state.state}"),
            ("" if person.role == "viewer" else at.state.clerk) or "–",
            busy_with(at, words, person),
            minutes(None if at.since_ms is None else now_ms - at.since_ms, words),
        )
        for at in desks
    ]
    listed = table([words.say(f"hall.{name}") for name in names], rows)
    return element("details", element("summary", words.say("hall.counters")), listed, class_="hall")


def busy_with(at: Desk, words: Words, person: Person) -> str:
    """Return the ticket that a counter calls or serves; a viewer is told that there is one."""
    if not at.state.ticket:
        return "–"
    doing = words.say(f"hall.ticket_{at.ticket_state}")
    return doing if person.role == "viewer" else f"{at.state.ticket} · {doing}"
