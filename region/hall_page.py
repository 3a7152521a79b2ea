"""A hall's own page: its day by hour and service, its last days, and how its records are held."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from region.figures import Figures
from region.live import Told
from region.overview import HallInFull
from region.page import as_of, chips, day_facts, fact, framed, lag, live_facts, minutes, moment, small
from region.words import Words
from web.html import Markup, Part, element, joined

Key = TypeVar("Key", int, str)


def hall_page(told: HallInFull, language: str, now_ms: int, *links: Markup, live: Told | None = None) -> str:
    """Return the page of one hall in a language, "id" or "en", with these links at its end; `live` is what it says."""
    words, hall = Words(language), told.hall
    day = element("dl", *live_facts(live, hall.stream, words), *day_facts(hall.day, words), class_="facts")
    files = [csv_link(words, hall.stream.hall, name) for name in ("days", "hours")]
    return framed(
        words,
        hall.shown,
        chips(hall.stream, words, now_ms),
        element("p", element("a", words.say("region.all_halls"), href=f"../?lang={words.language}"), class_="as-of"),
        element(
            "div",
            section(words.say("region.day"), day),
            section(words.say("region.record"), record(told, words, now_ms)),
            class_="halls",
        ),
        *hours_table(told, words),
        *services_table(told, words),
        *days_table(told, words),
        as_of(words, now_ms, *files, *links),
    )


def section(title: str, *parts: Part) -> Markup:
    """Return a part of the page under its title."""
    return element("section", element("h2", title), *parts, class_="hall")


def record(told: HallInFull, words: Words, now_ms: int) -> Markup:
    """Return how a hall's lines are held."""
    stream = told.hall.stream
    held = words.say("region.range", first=words.number(1), last=words.number(stream.next - 1))
    last = words.say("region.unreadable") if stream.last_ms is None else moment(stream.last_ms, words)
    received = joined(moment(stream.received_ms, words), small(words.ago(now_ms - stream.received_ms)))
    digest = element("span", stream.head.hex()[:16], class_="hash", title=stream.head.hex())
    return element(
        "dl",
        fact(words.say("region.id"), stream.hall),
        fact(words.say("region.held"), joined(words.number(stream.next - 1), small(held))),
        fact(words.say("region.last_line"), last),
        fact(words.say("region.received"), received),
        fact(words.say("region.lag"), lag(stream, words)),
        fact(words.say("region.head"), digest),
        fact(words.say("region.dead"), words.number(told.dead)),
        fact(words.say("region.unknown"), words.number(told.unknown)),
        class_="facts",
    )


def hours_table(told: HallInFull, words: Words) -> Iterable[Markup]:
    """Yield the newest day by the hour, where there is one."""
    if told.hours:
        by_hour = summed((hour.hour, hour.figures) for hour in told.hours)
        rows = [(words.hour(hour), *counts(by_hour[hour], words)) for hour in sorted(by_hour)]
        yield section(words.say("region.by_hour"), table(words, ("hour", *COUNTED), rows))


def services_table(told: HallInFull, words: Words) -> Iterable[Markup]:
    """Yield the newest day by service, the most used first, where there is one."""
    if told.hours:
        by_service = summed((hour.service, hour.figures) for hour in told.hours)
        most_used = sorted(by_service, key=lambda service: (-by_service[service].issued, service))
        rows = [(told.services.get(service, service), *counts(by_service[service], words)) for service in most_used]
        yield section(words.say("region.by_service"), table(words, ("service", *COUNTED), rows))


def summed(told: Iterable[tuple[Key, Figures]]) -> dict[Key, Figures]:
    """Return figures added up by their key."""
    sums: dict[Key, Figures] = {}
    for key, figures in told:
        sums[key] = sums.get(key, Figures()) + figures
    return sums


def days_table(told: HallInFull, words: Words) -> Iterable[Markup]:
    """Yield the last days, where there are any."""
    if told.days:
        rows = [
            (
                words.date(day.date),
                *counts(day.figures, words),
                *(minutes(ms, words) for ms in (day.waits.median_ms, day.waits.p90_ms)),
            )
            for day in told.days
        ]
        yield section(words.say("region.by_day"), table(words, ("day", *COUNTED, "median", "p90"), rows))


COUNTED = ("issued", "served", "missed")


def counts(told: Figures, words: Words) -> list[str]:
    """Return the counted figures as a row shows them."""
    return [words.number(getattr(told, name)) for name in COUNTED]


def table(words: Words, names: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """Return a table; it scrolls by itself where it is wider than a phone."""
    head = element("tr", *(element("th", words.say(f"region.{name}"), scope="col") for name in names))
    body = [
        element("tr", element("td", first, class_="text"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    ]
    return element(
        "div", element("table", element("thead", head), element("tbody", *body)), class_="table", tabindex="0"
    )


def csv_link(words: Words, hall: str, name: str) -> Markup:
    """Return the link to a hall's figures as a file."""
    return element("a", words.say(f"region.csv_{name}"), href=f"{hall}/{name}.csv")
