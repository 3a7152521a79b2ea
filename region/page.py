"""The region's one page: which halls' journals are held, how far, how late, and whether their chains are whole."""

from collections.abc import Sequence

from region.html import Markup, Part, document, element, joined
from region.rules import Stream
from region.style import STYLE
from region.words import LANGUAGES, Words, in_zone

AHEAD_MS = 5 * 60_000
"""A hall's clock that is further ahead than this is told as wrong."""


def page(streams: Sequence[Stream], language: str, now_ms: int) -> str:
    """Return the page in a language, "id" or "en"."""
    words = Words(language)
    main = element(
        "main",
        element("h1", words.say("region.title")),
        element("p", words.say("region.lead"), class_="lead"),
        totals(streams, words, now_ms),
        halls(streams, words, now_ms),
        as_of(words, now_ms),
        id="isi",
        class_="wide",
    )
    skip = element("a", words.say("region.skip"), class_="skip", href="#isi")
    stripe = element("div", class_="stripe")
    title = f"{words.say('region.title')} · {words.say('region.brand')}"
    return document(words.language, title, STYLE, skip, header(words), stripe, main)


def header(words: Words) -> Markup:
    """Return the head of the page: the name and the choice of language."""
    brand = element("p", words.say("region.brand"), element("span", words.say("region.place")), class_="brand")
    choice = element(
        "nav", *(language_link(words, code) for code in LANGUAGES), aria_label=words.say("region.language")
    )
    return element("header", element("div", brand, choice, class_="wide"))


def language_link(words: Words, code: str) -> Markup:
    """Return the link to the page in a language, marked where it is this one."""
    current = {"aria_current": "true"} if code == words.language else {}
    return element(
        "a", code.upper(), href=f"?lang={code}", lang=code, aria_label=words.say(f"region.language_{code}"), **current
    )


def totals(streams: Sequence[Stream], words: Words, now_ms: int) -> Markup:
    """Return the figures of all halls together."""
    newest = max((stream.received_ms for stream in streams), default=None)
    heard = words.ago(now_ms - newest) if newest is not None else words.say("region.never")
    return element(
        "dl",
        total(words.say("region.halls"), words.number(len({stream.hall for stream in streams}))),
        total(words.say("region.lines"), words.number(sum(stream.next - 1 for stream in streams))),
        total(words.say("region.heard"), heard),
        class_="totals",
    )


def total(name: str, value: str) -> Markup:
    """Return one figure with its name."""
    return element("div", element("dt", name), element("dd", value), class_="total")


def halls(streams: Sequence[Stream], words: Words, now_ms: int) -> Markup:
    """Return a card for each hall, or what to do where there is none yet."""
    if not streams:
        told = (element("h2", words.say("region.none")), element("p", words.say("region.none_hint")))
        return element("section", *told, class_="hall empty")
    return element("ul", *(hall(stream, words, now_ms) for stream in streams), class_="halls")


def hall(stream: Stream, words: Words, now_ms: int) -> Markup:
    """Return what is held of one hall."""
    held = words.say("region.range", first=words.number(1), last=words.number(stream.next - 1))
    last = words.say("region.unreadable") if stream.last_ms is None else moment(stream.last_ms, words)
    received = joined(moment(stream.received_ms, words), small(words.ago(now_ms - stream.received_ms)))
    digest = element("span", stream.head.hex()[:16], class_="hash", title=stream.head.hex())
    facts = element(
        "dl",
        fact(words.say("region.held"), joined(words.number(stream.next - 1), small(held))),
        fact(words.say("region.last_line"), last),
        fact(words.say("region.received"), received),
        fact(words.say("region.lag"), lag(stream, words)),
        fact(words.say("region.head"), digest),
        class_="facts",
    )
    return element("li", element("h2", stream.hall), chips(stream, words), facts, class_="hall")


def chips(stream: Stream, words: Words) -> Markup:
    """Return the states of a hall, each as a mark, a word and a colour."""
    marks = [element("li", "✓ ", words.say("region.whole"), class_="good")]
    if stream.forked_ms is not None:
        told = words.say("region.forked", when=words.moment(stream.forked_ms))
        marks.append(element("li", "! ", told, class_="alarm"))
    if stream.simulated:
        marks.append(element("li", "◇ ", words.say("region.is_simulated"), class_="note"))
    return element("ul", *marks, class_="chips")


def lag(stream: Stream, words: Words) -> str:
    """Return how long the newest line was on its way: from the hall's clock when written to ours when it came."""
    if stream.simulated:
        return words.say("region.no_lag")
    if stream.last_ms is None:
        return words.say("region.unreadable")
    late_ms = stream.received_ms - stream.last_ms
    if late_ms < -AHEAD_MS:
        return words.say("region.ahead", span=words.span(-late_ms))
    return words.span(late_ms) if late_ms >= 1000 else words.say("region.at_once")


def fact(name: str, value: Part) -> Markup:
    """Return one row of a hall's card."""
    return element("div", element("dt", name), element("dd", value))


def small(text: str) -> Markup:
    """Return a second, quieter line."""
    return element("small", text)


def moment(ms: int, words: Words) -> Markup:
    """Return a moment for people and for machines."""
    return element("time", words.moment(ms), datetime=in_zone(ms).isoformat(timespec="seconds"))


def as_of(words: Words, now_ms: int) -> Markup:
    """Return when the page was made, and the way to a fresh one."""
    again = element("a", words.say("region.again"), href=f"?lang={words.language}")
    return element("p", words.say("region.as_of"), " ", moment(now_ms, words), again, class_="as-of")
