"""The pages of one agency, service and counter: how it is, and all that can be done with it today."""

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from config.hall import Counter, Hall, Service
from config.wording import Words
from hub.hub import Hub
from hub.pages.door import NotYours, Person, entered
from hub.pages.fields import act, reason, services_field, until
from hub.pages.frame import field, hidden, hub_of, page, section, words_of
from hub.rules.issuing import hall_of, may_issue
from hub.rules.state import State, moment
from web.html import Markup, element

router = APIRouter(prefix="/hall", include_in_schema=False)


def mine(request: Request, agency: str) -> Person:
    """Return who asks, where they may touch an agency; NotYours otherwise."""
    person = entered(request, "supervisor")
    if not person.may_touch(agency):
        raise NotYours
    return person


@router.get("/agencies/{name}")
async def agency_page(request: Request, name: str) -> Response:
    """Show an agency: open or close it against its hours, and the ways to its services and counters."""
    hub, words = hub_of(request), words_of(request)
    hall = hall_of(hub.state)
    person = mine(request, name)
    agency = hall.agency_by_id.get(name)
    if agency is None:
        raise NotYours
    own = [counter for counter in hall.counters if counter.agency == name]
    return page(
        request,
        person,
        agency.called(words.language),
        section(words.say("hall.open_close"), *forces(hub, words, f"agency:{name}", f"/hall/agencies/{name}")),
        section(
            words.say("hall.services"), *(service_line(hub.state, service, words, hub) for service in agency.services)
        ),
        section(words.say("hall.counters_of"), *(counter_line(hub.state, counter, words) for counter in own)),
        tab="now",
    )


@router.get("/services/{name}")
async def service_page(request: Request, name: str) -> Response:
    """Show a service: open, close or pause it, set its quota of today, give a number by hand."""
    hub, words = hub_of(request), words_of(request)
    hall, back = hall_of(hub.state), f"/hall/services/{name}"
    agency = hall.agency_of.get(name)
    if agency is None:
        raise NotYours
    person, service, pause = mine(request, agency.id), hall.services[name], hub.state.paused.get(name)
    paused = [element("p", "! ", words.say("hall.is_paused", reason=pause.reason), class_="note told")] if pause else []
    which = hidden("service", name)
    pausing = act(words, "resume-service", back, which) if pause else act(
        words, "pause-service", back, which, reason(words), until(words)
    )  # fmt: skip
    given = hub.state.given.get(name) or 0
    return page(
        request,
        person,
        service.name(words.language),
        element("p", agency.called(words.language), " · ", state_of(hub, name, words), class_="lead"),
        section(words.say("hall.pause"), *paused, pausing),
        section(words.say("hall.open_close"), *forces(hub, words, f"service:{name}", back)),
        section(words.say("hall.quota_today"), *quota_forms(hub, service, given, words, back)),
        section(
            words.say("hall.give_by_hand"),
            element("p", words.say("hall.give_hint"), class_="lead"),
            act(words, "issue", back, which, reason(words)),
        ),
        tab="now",
    )


@router.get("/counters/{number}")
async def counter_page(request: Request, number: int) -> Response:
    """Show a counter: open, pause or close it, and which services it serves today."""
    hub, words = hub_of(request), words_of(request)
    hall, back = hall_of(hub.state), f"/hall/counters/{number}"
    counter = hall.counter_by_number.get(number)
    if counter is None:
        raise NotYours
    person, at, which = mine(request, counter.agency), hub.state.counter(number), hidden("counter", str(number))
    deeds: list[Markup] = []
    if at.state != "open" and at.clerk:
        deeds.append(act(words, "open-counter", back, which))
    if at.state == "open":
        deeds.append(act(words, "pause-counter", back, which, reason(words, is_needed=False), until(words)))
    if at.state != "closed":
        deeds.append(act(words, "close-counter", back, which, tone="second"))
        consent = hidden("consent", "true")
        deeds.append(act(words, "close-counter", back, which, consent, label="close_consent", ask=True, tone="alarm"))
    doing = words.say(f"hall.counter_{at.state}") + (f" · {at.clerk}" if at.clerk else "")
    nobody = [] if deeds else [element("p", words.say("hall.nobody_signed_in"))]
    return page(
        request,
        person,
        words.say("hall.counter_title", number=number),
        element("p", hall.agency_by_id[counter.agency].name, " · ", doing, class_="lead"),
        section(words.say("hall.open_close"), *deeds, *nobody),
        section(words.say("hall.serves_today"), *assign_forms(hub, hall, counter, words, back)),
        tab="now",
    )


def forces(hub: Hub, words: Words, scope: str, back: str) -> Iterable[Markup]:
    """Yield what stands against the hours of a scope, and the forms to open it, close it, or let the hours rule."""
    force, which = hub.state.forces.get(scope), hidden("scope", scope)
    now_ms = hub.clock.now().hall_ms
    if force is not None and (force.until_ms is None or force.until_ms > now_ms):
        yield element("p", "! ", words.say(f"hall.is_{force.mode}", reason=force.reason), class_="note told")
        yield act(words, "force", back, which, hidden("mode", "hours"), label="let_hours_rule")
        return
    for mode, tone in (("closed", "alarm"), ("open", "second")):
        wanted = (which, hidden("mode", mode), reason(words), until(words))
        yield act(words, "force", back, *wanted, label=f"force_{mode}", tone=tone)


def quota_forms(hub: Hub, service: Service, given: int, words: Words, back: str) -> Iterable[Markup]:
    """Yield how many numbers a service gives today, and the forms that change it."""
    which, quota = hidden("service", service.id), service.daily_quota
    shown = words.say("hall.no_quota") if quota is None else words.say("hall.of", part=given, whole=quota)
    yield element("p", shown, class_="lead")
    value = "" if quota is None else str(quota)
    yield act(
        words,
        "set-quota",
        back,
        which,
        field(words.say("hall.quota_today"), "quota", value, kind="number", min="0", max="100000", required="required"),
    )
    if service.id in hub.state.quotas:
        yield act(words, "set-quota", back, which, label="as_in_file", tone="second")


def assign_forms(hub: Hub, hall: Hall, counter: Counter, words: Words, back: str) -> Iterable[Markup]:
    """Yield the forms that change what a counter serves today."""
    which, own = hidden("counter", str(counter.number)), hall.agency_by_id[counter.agency]
    options = {service.id: service.name(words.language) for service in own.services}
    options |= {other: hall.services[other].name(words.language) for other in counter.services}
    yield act(words, "assign-counter", back, which, services_field(words, options.items(), counter.services))
    if counter.number in hub.state.assigned:
        yield act(words, "assign-counter", back, which, label="as_in_file", tone="second")


def state_of(hub: Hub, service: str, words: Words) -> str:
    """Return whether a service gives numbers, and why it does not."""
    refusal = may_issue(hub.state, service, moment(hall_of(hub.state), hub.clock.now().hall_ms))
    return refusal.words[words.language] if refusal else words.say("hall.gives")


def service_line(state: State, service: Service, words: Words, hub: Hub) -> Markup:
    """Return the way to a service."""
    waiting = words.say("hall.waiting_count", count=state.waiting(service.id))
    told = element("small", state_of(hub, service.id, words), " · ", waiting)
    link = element("a", service.name(words.language), href=f"/hall/services/{service.id}")
    return element("p", link, told, class_="way")


def counter_line(state: State, counter: Counter, words: Words) -> Markup:
    """Return the way to a counter."""
    at = state.counter(counter.number)
    title = words.say("hall.counter_title", number=counter.number)
    told = element("small", words.say(f"hall.counter_{at.state}"), f" · {at.clerk}" if at.clerk else "")
    return element("p", element("a", title, href=f"/hall/counters/{counter.number}"), told, class_="way")
