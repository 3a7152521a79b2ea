"""What a visitor reads where something did not go: a small page that says it in their language, and the way back."""

from fastapi import Request, Response

from hub.pages.frame import hub_of
from hub.pages.ticket_found import found_by
from hub.pages.visitor import leaf, link, tongue
from web.html import element

VISITORS = ("/t/", "/skm")
"""What begins so is for everybody, and takes but short forms."""
BACK_TO_START = "20; url=/skm"
"""A tablet does not stay where nobody can go on."""
WHY = {403: "form", 404: "address", 405: "address", 413: "long", 422: "form"}
"""What a status is called here; any other is trouble of ours that may pass."""


def is_visitors(path: str) -> bool:
    """Tell whether an address is one of visitors' pages."""
    return path.startswith(VISITORS)


def sorry(request: Request, status: int) -> Response:
    """Return the page that says why a visitor's page or form cannot be had."""
    at_tablet = request.url.path.startswith("/skm")
    code = "" if at_tablet else request.url.path.split("/")[2]
    found = found_by(request, code)
    words = tongue(request, found.language if found else "")
    title = words.say("visit.sorry")
    told = element("p", words.say(f"visit.sorry_{WHY.get(status, 'later')}"))
    ways = [link(words.say("survey.to_start"), "/skm", words, class_="key second")] if at_tablet else []
    ways += [link(words.say("visit.sorry_back"), f"/t/{code}", words, class_="key second")] if found else []
    card = element("section", element("h1", title), told, class_="card")
    return leaf(hub_of(request), words, title, card, *ways, status=status, again=BACK_TO_START if at_tablet else "")
