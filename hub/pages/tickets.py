"""The page of the tickets: find one, see its way through the day, move it, take it back, print it again."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from fastapi import APIRouter, Request, Response

from config.hall import Hall
from config.wording import Words
from hub.hub import Hub
from hub.pages.door import NotYours, Person, entered
from hub.pages.fields import act, reason
from hub.pages.frame import alarm, button, choice, field, hidden, hub_of, minutes, page, section, table, words_of
from hub.rules.issuing import hall_of
from hub.rules.state import State, Ticket, moment
from hub.show import paper_of
from journal.line import Line, decode
from journal.store import read_lines, reading_end
from web.html import Markup, Part, element, joined

MOST_SHOWN = 200
"""Tickets in one list; the search finds the others."""
STATES = ("waiting", "called", "serving", "held", "served", "missed", "cancelled", "unserved")
MISSING = ("failed", "uncertain")

router = APIRouter(prefix="/hall", include_in_schema=False)


@router.get("/tickets")
async def tickets(request: Request, number: str = "", state: str = "waiting", paper: str = "") -> Response:
    """Show the tickets of today in one state, or those without a certain paper; a number that is asked for at once."""
    person, hub, words = entered(request, "supervisor"), hub_of(request), words_of(request)
    wanted = number.strip().upper()
    if wanted and wanted in hub.state.tickets:
        return await one(request, wanted)
    told = [alarm(words.say("hall.ticket_unknown", number=wanted[:12]))] if wanted else []
    hall = hall_of(hub.state)
    found = [t for t in hub.state.tickets.values() if fits(hub.state, t, state, paper) and is_theirs(person, hall, t)]
    listed = sorted(found, key=lambda ticket: ticket.issue)[:MOST_SHOWN]
    hidden_count = len(found) - len(listed)
    more = [element("p", words.say("hall.more_tickets", count=hidden_count))] if hidden_count else []
    key = "paper_missing" if paper else f"ticket_{state if state in STATES else 'waiting'}"
    title = words.say(f"hall.{key}")
    return page(
        request,
        person,
        words.say("hall.tab_tickets"),
        *told,
        search(words, state),
        section(f"{title.capitalize()} · {words.number(len(found))}", ticket_table(hub, hall, listed, words), *more),
        tab="tickets",
    )


@router.get("/tickets/{number}")
async def one(request: Request, number: str) -> Response:
    """Show one ticket, what can be done with it, and all that has happened to it."""
    person, hub, words = entered(request, "supervisor"), hub_of(request), words_of(request)
    ticket, hall = hub.state.tickets.get(number), hall_of(hub.state)
    if ticket is None or not is_theirs(person, hall, ticket):
        raise NotYours
    steps = await asyncio.to_thread(way_of, hub.settings.data, hub.state.date, number)
    facts = (
        ("service", service_name(hall, ticket.service, words)),
        ("class", words.say(f"hall.class_{ticket.ticket_class}")),
        ("state", words.say(f"hall.ticket_{ticket.state}")),
        ("counter", "–" if ticket.counter is None else str(ticket.counter)),
        ("paper_state", words.say(f"hall.paper_{paper(hub.state, ticket)}")),
    )
    shown = [element("div", element("dt", words.say(f"hall.{n}")), element("dd", v)) for n, v in facts]
    rows: list[tuple[Part, ...]] = [
        (clock_of(hall, line, words), words.say(f"hall.way_{line.kind}"), told_by(line, hall, words)) for line in steps
    ]
    return page(
        request,
        person,
        words.say("hall.ticket_title", number=number),
        section(words.say("hall.ticket_now"), element("dl", *shown, class_="facts")),
        section(words.say("hall.ticket_acts"), *deeds(hub, person, ticket, words)),
        section(words.say("hall.way"), table([words.say(f"hall.{n}") for n in ("time", "what", "details")], rows)),
        tab="tickets",
    )


def fits(state: State, ticket: Ticket, wanted: str, paper_wanted: str) -> bool:
    """Tell whether a ticket belongs into a list."""
    if paper_wanted == "missing":
        return ticket.state == "waiting" and not ticket.noted and paper(state, ticket) in MISSING
    return ticket.state == (wanted if wanted in STATES else "waiting")


def is_theirs(person: Person, hall: Hall, ticket: Ticket) -> bool:
    """Tell whether a person sees a ticket."""
    agency = hall.agency_of.get(ticket.service)
    return person.role == "head" or (agency is not None and person.sees(agency.id))


def paper(state: State, ticket: Ticket) -> str:
    """Return what is known of a ticket's paper."""
    return paper_of(ticket, state.jobs.get(ticket.job) if ticket.job else None)


def search(words: Words, state: str) -> Markup:
    """Return the form that finds a number, or lists those in a state."""
    states = [(name, words.say(f"hall.ticket_{name}").capitalize()) for name in STATES]
    return element(
        "form",
        field(words.say("hall.number"), "number", maxlength="12", autocomplete="off", placeholder="A012"),
        choice(words.say("hall.state"), "state", states, state),
        button(words.say("hall.show")),
        method="get",
        action="/hall/tickets",
        class_="row hall",
    )


def ticket_table(hub: Hub, hall: Hall, found: Iterable[Ticket], words: Words) -> Markup:
    """Return tickets as rows, each a way to its page."""
    now_ms = hub.clock.now().hall_ms
    rows: list[tuple[Part, ...]] = [
        (
            element("a", ticket.number, href=f"/hall/tickets/{ticket.number}"),
            service_name(hall, ticket.service, words),
            words.say(f"hall.class_{ticket.ticket_class}"),
            words.minute(moment(hall, ticket.issued_ms).minute),
            minutes(now_ms - ticket.clock_ms if ticket.state == "waiting" else None, words),
            words.say(f"hall.paper_{paper(hub.state, ticket)}"),
        )
        for ticket in found
    ]
    names = ("number", "service", "class", "issued_at", "waits", "paper_state")
    return table([words.say(f"hall.{name}") for name in names], rows)


def service_name(hall: Hall, service: str, words: Words) -> str:
    """Return what a service is called, its id where the hall has it no more."""
    known = hall.services.get(service)
    return known.name(words.language) if known else service


def deeds(hub: Hub, person: Person, ticket: Ticket, words: Words) -> Iterable[Markup]:
    """Yield the forms of what can be done with a ticket in its state."""
    which = joined(hidden("number", ticket.number), hidden("day", hub.state.date))
    back, hall = f"/hall/tickets/{ticket.number}", hall_of(hub.state)
    if ticket.state == "held":
        yield act(words, "resume", back, which)
    if ticket.state == "missed":
        yield act(words, "return", back, which)
    if ticket.state in ("waiting", "called", "serving", "held"):
        mine = [service for agency in hall.agencies if person.sees(agency.id) for service in agency.services]
        services = [(s.id, s.name(words.language)) for s in mine if s.id != ticket.service]
        yield act(words, "transfer", back, which, choice(words.say("hall.to_service"), "service", services))
        able = hall.counters_of.get(ticket.service, ())
        desks = [(str(c.number), words.say("hall.counter_title", number=c.number)) for c in able]
        desk = choice(words.say("hall.to_counter"), "counter", desks)
        yield act(words, "transfer", back, which, desk, label="act_move")
        printers = [("", words.say("hall.nearest")), *((name, name) for name in hall.printer_by_id)]
        where = choice(words.say("hall.printer"), "printer", printers)
        yield act(words, "reprint", back, which, where, reason(words), tone="second")
    if paper(hub.state, ticket) == "uncertain":
        papers = [(word, words.say(f"hall.word_{word}")) for word in ("out", "missing")]
        yield act(words, "settle-paper", back, which, choice(words.say("hall.paper_state"), "word", papers))
    if ticket.state in ("waiting", "held"):
        yield act(words, "cancel", back, which, ask=True, tone="alarm")
    if ticket.state in ("served", "cancelled", "unserved"):
        yield element("p", words.say("hall.ticket_over"))


def way_of(data: Path, date: str, number: str) -> list[Line]:
    """Return the lines of a day that name a number, oldest first."""
    needle = json.dumps(number).encode()
    with closing(reading_end(data)) as connection:
        row = connection.execute("SELECT opened_seq FROM day WHERE date = ?", (date,)).fetchone()
        lines = [decode(raw) for _, raw, _ in read_lines(connection, row[0] if row else 0) if needle in raw]
    return [line for line in lines if line.body.get("number") == number and line.kind in SHOWN_KINDS]


SHOWN_KINDS = frozenset(
    (
        "ticket.issued", "ticket.called", "call.withdrawn", "service.started", "service.finished", "finish.withdrawn",
        "ticket.missed", "ticket.returned", "ticket.held", "ticket.resumed", "ticket.transferred", "ticket.cancelled",
        "ticket.unserved", "print.queued", "paper.noted",
    )
)  # fmt: skip
"""What a ticket's way tells; remarks are for who serves it."""


def clock_of(hall: Hall, line: Line, words: Words) -> str:
    """Return the time of day of a line."""
    return words.minute(moment(hall, line.hall_ms).minute)


def told_by(line: Line, hall: Hall, words: Words) -> str:
    """Return where it happened and by whom."""
    body = line.body
    parts = [words.say("hall.counter_title", number=body["counter"])] if body.get("counter") is not None else []
    if line.kind in ("ticket.issued", "ticket.transferred"):
        parts.append(service_name(hall, body["service"], words))
    parts += [str(body[name]) for name in ("clerk", "kiosk", "printer", "by") if body.get(name)]
    return " · ".join(dict.fromkeys(parts))
