"""What the pages for visitors have: a small frame without log-in and cookies, for any phone and any tablet."""

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from config.wording import Words, languages
from hub.hub import Hub
from web.html import Markup, Part, document, element, hash_of
from web.style import STYLE

VISITOR_STYLE = (
    STYLE
    + """
main.wide { max-width: 760px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 24px; margin: 0 0 16px; }
.number { font-size: clamp(4rem, 24vw, 7.5rem); font-weight: 800; line-height: 1; margin: 8px 0; text-align: center; }
.what { text-align: center; font-size: 1.125rem; margin: 0; }
.lead { font-size: 1.125rem; }
.card h2 { margin: 0 0 12px; }
.card > :last-child { margin-bottom: 0; }
.big div:first-child { border-top: 0; }
main > .what { margin: 0 0 16px; }
.about { clear: both; display: grid; gap: 0 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.say { font-size: 1.25rem; font-weight: 700; text-align: center; border-radius: 16px; padding: 20px;
  margin: 0 0 16px; }
.say b { display: block; font-size: clamp(2.5rem, 14vw, 4rem); font-weight: 800; line-height: 1.1; }
.calls { background: #ffd54a; color: #0b1f3a; }
.big dd { font-size: 1.375rem; }
.quietly { color: var(--quiet); }
.key, button { display: flex; align-items: center; justify-content: center; text-align: center; min-height: 64px;
  width: 100%; padding: 12px 16px; border-radius: 16px; font-weight: 700; font-size: 1.125rem; text-decoration: none;
  background: #0b5cad; border: 2px solid #0b5cad; color: #ffffff; margin: 0 0 12px; cursor: pointer; }
.key.second, button.second { background: var(--card); color: var(--blue); border-color: var(--blue); }
button.danger { background: #c8102e; border-color: #c8102e; }
.keys { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); padding: 0;
  list-style: none; margin: 0 0 24px; }
.keys .key { min-height: 96px; height: 100%; margin: 0; }
.faces { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; }
.faces button { flex-direction: column; gap: 8px; min-height: 128px; padding: 12px 4px; font-size: .9375rem;
  background: var(--card); color: var(--ink); border-color: var(--quiet); margin: 0; overflow-wrap: anywhere; }
.faces svg { width: 64px; height: 64px; max-width: 100%; }
fieldset { border: 1px solid var(--line); border-radius: 16px; background: var(--card); padding: 16px; margin: 0 0 16px;
  min-width: 0; }
legend { float: left; width: 100%; padding: 0 0 12px; font-weight: 700; font-size: 1.25rem; line-height: 1.35; }
legend small { display: block; font-size: .875rem; font-weight: 700; color: var(--quiet); }
.answers { clear: both; display: grid; gap: 12px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.answers label { display: flex; gap: 16px; align-items: center; min-height: 88px; padding: 8px 20px;
  font-size: 1.125rem;
  border: 2px solid var(--quiet); border-radius: 16px; font-weight: 700; cursor: pointer; }
.answers input { width: 32px; height: 32px; min-height: 0; flex: none; accent-color: #0b5cad; }
.answers label:has(input:checked) { border-color: var(--blue); box-shadow: inset 0 0 0 2px var(--blue); }
.lacks { border: 3px solid var(--alarm); }
.fact { display: grid; gap: 4px; font-weight: 700; margin: 0 0 16px; }
select { font: inherit; min-height: 64px; width: 100%; padding: 8px 16px; border-radius: 16px;
  border: 2px solid var(--quiet); background: var(--card); color: var(--ink); }
.alarm.told, .good.told { padding: 16px 20px; border-radius: 16px; font-weight: 700; font-size: 1.125rem; }
select:focus-visible, .answers input:focus-visible { outline: 4px solid #ffd54a; outline-offset: 2px; }
@media (max-width: 420px) { .card { padding: 16px; } .faces button { font-size: .8125rem; } }
"""
)
LISTEN = """
if (window.EventSource) {
  const source = new EventSource(document.querySelector('[data-live]').dataset.live);
  source.onmessage = () => location.reload();
  source.addEventListener('end', () => source.close());
}
"""
"""The one script: a page that is told of news asks for itself again."""
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {hash_of(VISITOR_STYLE)}; img-src data:; "
    f"script-src {hash_of(LISTEN)}; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Forms say where they come from (`hub.guard`), so a page's address goes to its own hall and to nobody else."""


def tongue(request: Request, first: str = "") -> Words:
    """Return the words of the language that the address names, else of this one, else Indonesian."""
    chosen = request.query_params.get("lang", "")
    found = next((code for code in (chosen, first) if code in languages()), languages()[0])
    return Words(found)


def leaf(hub: Hub, words: Words, title: str, *parts: Part, status: int = 200, again: str = "") -> Response:
    """Return a page for visitors; `again` is after how many seconds the browser goes where, "20" or "8; url=/skm"."""
    hall = hub.state.hall
    name = hall.hall.name if hall else ""
    spoken = hall.hall.languages if hall else ("id",)
    choice = [
        element("a", code.upper(), href=f"?lang={code}", lang=code, aria_label=words.say(f"visit.language_{code}"),
                **({"aria_current": "true"} if code == words.language else {}))
        for code in ("id", "en")
        if code in spoken
    ]  # fmt: skip
    top = element("header", element("div", element("p", name, class_="brand"),
                  element("nav", *choice, aria_label=words.say("visit.language")), class_="wide"))  # fmt: skip
    main = element("main", *parts, class_="wide")
    text = document(words.language, f"{title} · {name}", VISITOR_STYLE, top, element("div", class_="stripe"), main)
    return Response(text, status, HEADERS | ({"Refresh": again} if again else {}), "text/html")


def goes_to(address: str, words: Words, **query: str) -> Response:
    """Return the way to another page of the same visitor, in the same language."""
    return RedirectResponse(linked(address, words, **query), status_code=303, headers=HEADERS)


def linked(address: str, words: Words, **query: str) -> str:
    """Return an address with the language in it."""
    return f"{address}?{urlencode({'lang': words.language, **query})}"


def link(text: str, address: str, words: Words, **attributes: str) -> Markup:
    """Return a large key that leads to another page."""
    return element("a", text, href=linked(address, words), **{"class_": "key", **attributes})


def listening(address: str) -> Markup:
    """Return what makes a page listen for news at an address."""
    return element("div", Markup(f"<script>{LISTEN}</script>"), data_live=address)


def posting(address: str, words: Words, *parts: Part, **attributes: str) -> Markup:
    """Return a form that posts to an address."""
    return element("form", *parts, method="post", action=linked(address, words), **attributes)


def faces(address: str, words: Words, *parts: Part) -> Markup:
    """Return the four faces of the quick rating, the best first, behind hidden parts; one touch is all."""
    keys = [
        element("button", face(score), words.say(f"survey.rating_{score}"), type="submit", name="score",
                value=str(score))
        for score in (4, 3, 2, 1)
    ]  # fmt: skip
    return posting(address, words, *parts, *keys, class_="faces")


MOUTHS = {4: "M20 38 Q32 54 44 38 Z", 3: "M20 40 Q32 50 44 40", 2: "M21 43 H43", 1: "M20 47 Q32 36 44 47"}
COLOURS = {4: "#15803d", 3: "#0b5cad", 2: "#b45309", 1: "#c8102e"}


def face(score: int) -> Markup:
    """Return a drawn face; the word beside it says the same."""
    return Markup(
        f'<svg viewBox="0 0 64 64" aria-hidden="true"><circle cx="32" cy="32" r="30" fill="{COLOURS[score]}"/>'
        '<circle cx="22" cy="25" r="4" fill="#fff"/><circle cx="42" cy="25" r="4" fill="#fff"/>'
        f'<path d="{MOUTHS[score]}" fill="{"#fff" if score == 4 else "none"}" stroke="#fff" stroke-width="4"'
        ' stroke-linecap="round"/></svg>'
    )
