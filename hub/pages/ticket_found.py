"""From the code in an address to the ticket and its visitor's language. Wrong and expired codes get the same answer."""

from fastapi import Request, Response

from config.wording import Words
from hub.pages.frame import hub_of
from hub.pages.visitor import leaf, tongue
from hub.rules.state import Ticket
from hub.survey.tickets import CodeIndex
from web.html import element


def found_by(request: Request, code: str) -> Ticket | None:
    """Return today's ticket of a code; None where there is none, and in a hall without pages of tickets.

    A ticket has no page any more where a changed hall file has taken its service away.
    """
    hub, index = hub_of(request), request.app.state.ticket_codes
    assert isinstance(index, CodeIndex)
    hall = hub.state.hall
    found = index.find(hub.state, code) if hall and hall.hall.public_url else None
    return found if found and hall and found.service in hall.services else None


def tongue_of(request: Request, code: str) -> Words:
    """Return the words of the language chosen on the page, else of the one in which the ticket was taken."""
    found = found_by(request, code)
    return tongue(request, found.language if found else "")


def unknown(request: Request) -> Response:
    """Return the one answer to codes that are wrong, expired or not yet good for this."""
    words = tongue(request)
    title = words.say("visit.unknown")
    told = element("p", words.say("visit.unknown_why"))
    return leaf(hub_of(request), words, title, element("div", element("h1", title), told, class_="card"), status=404)
