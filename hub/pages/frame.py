"""What every page of the hall has: its head, its tabs, its style and script, its forms, and how it is sent."""

import uuid
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from config.wording import Words
from hub.hub import Hub
from hub.pages.door import Person
from hub.pages.script import SCRIPT
from hub.pages.style import HALL_STYLE, SETTINGS_STYLE
from hub.rules.refusal import Refused
from hub.rules.tickets import MINUTE_MS
from web.charts import CHART_STYLE
from web.html import Markup, Part, document, element, hash_of
from web.parts import section as section  # noqa: PLC0414  pages take all their parts from here
from web.parts import table as table  # noqa: PLC0414
from web.style import STYLE

LANGUAGES = ("id", "en")
LANGUAGE_COOKIE = "antrean_lang"
YEAR_S = 365 * 24 * 3600
MOST_FIELDS = 2_000
TABS = (
    ("now", "/hall", ("supervisor", "viewer")),
    ("tickets", "/hall/tickets", ("supervisor",)),
    ("reports", "/hall/reports", ("supervisor", "viewer")),
    ("survey", "/hall/survey", ("supervisor", "viewer")),
    ("settings", "/hall/settings", ()),
    ("machines", "/hall/machines", ()),
    ("people", "/hall/people", ("supervisor",)),
)
"""The parts of the page, where they are, and who besides the head may go there."""
WHOLE_STYLE = STYLE + HALL_STYLE + SETTINGS_STYLE + CHART_STYLE
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {hash_of(WHOLE_STYLE)}; script-src {hash_of(SCRIPT)}; "
    "img-src data: 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def words_of(request: Request) -> Words:
    """Return the words of the language that was chosen, last or just now; Indonesian where none was."""
    chosen = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE, "")
    return Words(chosen if chosen in LANGUAGES else LANGUAGES[0])


def page(
    request: Request, person: Person | None, title: str, *parts: Part, tab: str = "", status: int = 200
) -> Response:
    """Return a whole page of the hall as a response; `tab` is the part of the page it belongs to."""
    words, hub = words_of(request), hub_of(request)
    name = hub.state.hall.hall.short if hub.state.hall else ""
    main = element("main", element("h1", title), *told(request, words), *parts, id="isi", class_="wide")
    text = document(
        words.language,
        f"{title} · {name}",
        WHOLE_STYLE,
        element("a", words.say("hall.skip"), class_="skip", href="#isi"),
        head(request, words, name, person),
        element("div", class_="stripe"),
        *([tabs(words, person, tab)] if person else []),
        main,
        Markup(f"<script>{SCRIPT}</script>"),
    )
    return sent(request, text, status)


def sent(request: Request, text: str, status: int = 200) -> Response:
    """Return HTML as a response that remembers the language that was chosen just now."""
    answer = Response(text, status, HEADERS, "text/html")
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, words_of(request).language, max_age=YEAR_S, samesite="lax")
    return answer


def hub_of(request: Request) -> Hub:
    """Return the hub that serves the page."""
    hub: Hub = request.app.state.hub
    return hub


def head(request: Request, words: Words, name: str, person: Person | None) -> Markup:
    """Return the head of a page: the hall, who has logged in, the choice of language."""
    brand = element("p", name, element("span", words.say("hall.brand")), class_="brand")
    choice = [
        element("a", code.upper(), href=again_in(request, code), lang=code,
                aria_label=words.say(f"hall.language_{code}"),
                **({"aria_current": "true"} if code == words.language else {}))
        for code in LANGUAGES
    ]  # fmt: skip
    out = [form("/hall/logout", button(words.say("hall.log_out"), class_="quiet"))] if person else []
    who = [element("span", person.name, class_="who")] if person else []
    nav = element("nav", *choice, *who, *out, aria_label=words.say("hall.language"))
    return element("header", element("div", brand, nav, class_="wide"))


def again_in(request: Request, language: str) -> str:
    """Return the way to this page in a language, with all that was asked for; after a form, to where forms begin."""
    if request.method != "GET":
        return f"/hall?lang={language}"
    asked = [(name, value) for name, value in request.query_params.multi_items() if name not in ("lang", "done")]
    return f"?{urlencode([*asked, ('lang', language)])}"


def tabs(words: Words, person: Person, current: str) -> Markup:
    """Return the ways to the other parts of the page that this person may see."""
    links = [
        element("a", words.say(f"hall.tab_{name}"), href=where,
                **({"aria_current": "page"} if name == current else {}))
        for name, where, roles in TABS
        if person.role == "head" or person.role in roles
    ]  # fmt: skip
    return element("nav", element("div", *links, class_="wide"), class_="tabs", aria_label=words.say("hall.parts"))


def told(request: Request, words: Words) -> list[Markup]:
    """Return what the deed before has come to, where this page follows one."""
    if request.query_params.get("done") is not None:
        return [element("p", "✓ ", words.say("hall.done"), class_="good told", role="status")]
    return []


def minutes(ms: int | None, words: Words) -> str:
    """Return a wait in minutes, a dash where there is none."""
    return "–" if ms is None else words.say("hall.minutes", minutes=words.number(max(0, ms) // MINUTE_MS))


def alarm(text: str) -> Markup:
    """Return a sentence that says why something was refused."""
    return element("p", "! ", text, class_="alarm told", role="alert")


def refused(words: Words, error: Refused) -> Markup:
    """Return the sentence of a refusal in the page's language."""
    return alarm(error.words[words.language])


def form(action: str, *parts: Part, **attributes: str) -> Markup:
    """Return a form that posts to an address of ours, with a fresh request id: sent twice, it is done once."""
    identity = Markup(f'<input type="hidden" name="request" value="{uuid.uuid4().hex}">')
    return element("form", identity, *parts, method="post", action=action, **attributes)


def button(text: str, **attributes: str) -> Markup:
    """Return the key that sends a form."""
    return element("button", text, type="submit", **attributes)


def hidden(name: str, value: str) -> Markup:
    """Return a field that nobody sees."""
    return void("input", type="hidden", name=name, value=value)


def field(label: str, name: str, value: str = "", *, kind: str = "text", hint: str = "", **attributes: str) -> Markup:
    """Return an input with its label above, and a hint below where there is one."""
    told_below = [element("small", hint)] if hint else []
    return element("label", label, void("input", type=kind, name=name, value=value, **attributes), *told_below)


def choice(label: str, name: str, options: Iterable[tuple[str, str]], chosen: str = "", **attributes: str) -> Markup:
    """Return a list to choose from, of (value, text), with its label above."""
    items = [
        element("option", text, value=value, **({"selected": "selected"} if value == chosen else {}))
        for value, text in options
    ]
    return element("label", label, element("select", *items, name=name, **attributes))


def void(tag: str, **attributes: str) -> Markup:
    """Return an element that has no end, like an input."""
    return Markup(element(tag, **attributes).text.removesuffix(f"</{tag}>"))


async def form_of(request: Request) -> dict[str, str]:
    """Return what a form says, the last of each name; empty fields stay in it. The guard has bounded its length."""
    return dict(await fields_of(request))


async def fields_of(request: Request) -> list[tuple[str, str]]:
    """Return all (name, value) of a form in their order; Refused where it has too many."""
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused("body", why="too many fields") from error


def back_to(address: str) -> Response:
    """Return the way to a page after a deed was done, so that a reload does not do it again."""
    mark = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{mark}done", status_code=303, headers=HEADERS)
