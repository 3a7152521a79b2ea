"""The region's first page: which halls are on line, how late, and how their day goes."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from region.figures import hours_in
from region.live import Told
from region.overview import Day, Hall
from region.rules import Stream
from region.words import LANGUAGES, Words, in_zone
from web.html import Markup, Part, document, element, joined
from web.style import STYLE

AHEAD_MS = 5 * 60_000
"""A hall's clock that is further ahead than this is told as wrong."""
LATE_MS = 5 * 60_000
"""Lines that are less late tell as much as the hall beside them."""
ON_LINE_MS = 15 * 60_000
"""A hall that was heard of within this time is on line."""


def page(
    halls: Sequence[Hall],
    language: str,
    now_ms: int,
    *links: Markup,
    live: Mapping[str, Told] | None = None,
) -> str:
    """Return the page of all halls in a language, "id" or "en", with these links at its end.

    `live` is what halls that are behind say of now, by their ids.
    """
    words = Words(language)
    return framed(
        words,
        words.say("region.title"),
        element("p", words.say("region.lead"), class_="lead"),
        totals(halls, words, now_ms),
        cards(halls, words, now_ms, live or {}),
        as_of(words, now_ms, *links),
    )


def framed(words: Words, title: str, *parts: Part) -> str:
    """Return a whole page with its head, its title and these parts."""
    main = element("main", element("h1", title), *parts, id="isi", class_="wide")
    skip = element("a", words.say("region.skip"), class_="skip", href="#isi")
    stripe = element("div", class_="stripe")
    return document(words.language, f"{title} · {words.say('region.brand')}", STYLE, skip, header(words), stripe, main)


def header(words: Words) -> Markup:
    """Return the head of a page: the name and the choice of language."""
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


def totals(halls: Sequence[Hall], words: Words, now_ms: int) -> Markup:
    """Return the figures of all halls together; a day counts where it is that hall's today."""
    today = [hall.day for hall in halls if hall.day and hall.day.date == date_in(hours_in(hall.zone), now_ms)]
    on_line = sum(is_on_line(hall.stream, now_ms) for hall in halls)
    told = words.say("region.of", part=words.number(on_line), whole=words.number(len(halls)))
    return element(
        "dl",
        total(words.say("region.on_line"), told),
        total(words.say("region.issued_today"), words.number(sum(day.figures.issued for day in today))),
        total(words.say("region.served_today"), words.number(sum(day.figures.served for day in today))),
        total(words.say("region.missed_today"), words.number(sum(day.figures.missed for day in today))),
        class_="totals",
    )


def date_in(zone: ZoneInfo, now_ms: int) -> str:
    """Return the ISO date in a zone."""
    return in_zone(now_ms).astimezone(zone).date().isoformat()


def is_on_line(stream: Stream, now_ms: int) -> bool:
    """Tell whether a hall was heard of lately."""
    return now_ms - stream.received_ms <= ON_LINE_MS


def total(name: str, value: str) -> Markup:
    """Return one figure with its name."""
    return element("div", element("dt", name), element("dd", value), class_="total")


def cards(halls: Sequence[Hall], words: Words, now_ms: int, live: Mapping[str, Told]) -> Markup:
    """Return a card for each hall, or what to do where there is none yet."""
    if not halls:
        told = (element("h2", words.say("region.none")), element("p", words.say("region.none_hint")))
        return element("section", *told, class_="hall empty")
    return element("ul", *(card(hall, words, now_ms, live.get(hall.stream.hall)) for hall in halls), class_="halls")


def card(hall: Hall, words: Words, now_ms: int, live: Told | None) -> Markup:
    """Return how a hall is and how its newest day goes."""
    link = element("a", hall.shown, href=f"halls/{hall.stream.hall}?lang={words.language}")
    day = element(
        "dl",
        *live_facts(live, hall.stream, words),
        *day_facts(hall.day, words),
        fact(words.say("region.lag"), lag(hall.stream, words)),
        class_="facts",
    )
    return element("li", element("h2", link), chips(hall.stream, words, now_ms), day, class_="hall")


def live_facts(live: Told | None, stream: Stream, words: Words) -> list[Markup]:
    """Return the rows that tell how many wait now, where a hall has told it whose lines are minutes late."""
    if live is None or (stream.last_ms is not None and live[0] - stream.last_ms < LATE_MS):
        return []
    at_ms, told = live
    waiting = joined(words.number(told.waiting), small(words.say("region.told_at", when=words.moment(at_ms))))
    return [
        fact(words.say("region.waiting_now"), waiting),
        fact(words.say("region.served_now"), words.number(told.served)),
    ]


def day_facts(day: Day | None, words: Words) -> list[Markup]:
    """Return the rows that tell a day, or that there is none yet."""
    if day is None:
        return [fact(words.say("region.day"), words.say("region.never"))]
    told = day.figures
    counts = (("issued", told.issued), ("open", day.open), ("served", told.served), ("missed", told.missed))
    waits = (("median", day.waits.median_ms), ("p90", day.waits.p90_ms))
    return [
        fact(words.say("region.day"), words.date(day.date)),
        *(fact(words.say(f"region.{name}"), words.number(count)) for name, count in counts),
        *(fact(words.say(f"region.{name}"), minutes(wait, words)) for name, wait in waits),
    ]


def minutes(ms: int | None, words: Words) -> str:
    """Return a wait in minutes, a dash where there is none."""
    return "–" if ms is None else words.say("region.minutes", minutes=words.number(round(ms / 60_000)))


def chips(stream: Stream, words: Words, now_ms: int) -> Markup:
    """Return the states of a hall, each as a mark, a word and a colour."""
    heard = words.ago(now_ms - stream.received_ms)
    if is_on_line(stream, now_ms):
        marks = [element("li", "✓ ", words.say("region.is_on_line"), class_="good")]
    else:
        marks = [element("li", "! ", words.say("region.is_silent", heard=heard), class_="note")]
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


def as_of(words: Words, now_ms: int, *links: Markup) -> Markup:
    """Return when the page was made, and the ways to a fresh one and elsewhere."""
    again = element("a", words.say("region.again"), href=f"?lang={words.language}")
    return element("div", words.say("region.as_of"), " ", moment(now_ms, words), again, *links, class_="as-of")
