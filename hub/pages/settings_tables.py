"""The form of one table of the hall file, with what belongs to it: its counters, its inner tables, its removal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from config.load import Content
from config.mistakes import Mistake, Place
from config.wording import Words
from hub.pages.door import Person
from hub.pages.frame import button, field, form, hidden, section, words_of
from hub.pages.settings_form import Asking, asked, box, options_of, rows
from hub.pages.settings_show import HOME, shown, way, way_back
from hub.pages.settings_told import listed, mistakes_told, row_title, section_name
from hub.settings.desk import Held
from hub.settings.fields import NEW, SECTIONS, fields_of, table_at, text_of
from hub.settings.forms import Told, filled, held_at, place_in, with_table
from hub.settings.rows import array_of, renamed, served_at, with_counter
from web.html import Markup, element

INNER, COUNTERS, NEW_COUNTER = "s", "c", "new_counter"
"""With which the names of a new agency's first service begin, and of what else a form asks beside its table."""
FIRST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Table:
    """A table in front of somebody: its place, the content around it, and what is wrong with it where it was sent."""

    place: Place
    content: Content
    mistakes: Sequence[Mistake] = ()


def wanted(content: Content, place: Place, told: Told) -> Content:
    """Return the content that the form of a table wants."""
    before = held_at(content, place) or {}
    row = filled(table_at(place), told, before)
    if is_new_agency(place):
        row["services"] = [filled(inner_of(place), told, {}, INNER)]
    changed = with_table(content, place, row)
    where = place_in(changed, place)
    if before:
        changed = renamed(changed, where, before)
    if array_of(place) == "services" and COUNTERS in told:
        changed = served_at(changed, row.get("id", ""), list(told[COUNTERS]))
    return with_counter(changed, told.get(NEW_COUNTER, [""])[-1].strip(), row)


def is_new_agency(place: Place) -> bool:
    """Tell whether a place is of a new agency: it cannot be without a service, nor that without a counter."""
    return place == ("agencies", NEW)


def inner_of(place: Place) -> Any:
    """Return the class of the tables within the table at a place."""
    return next(part.table for part in fields_of(table_at(place)) if part.kind == "tables")


def form_page(request: Request, person: Person, held: Held, place: Place, sent: Table | None = None) -> Response:
    """Return the form of a table as it is, or as it was sent, with what is wrong beside its fields and at the top."""
    words = words_of(request)
    table = sent or Table(place, held.content)
    current = held_at(table.content, table.place) or {}
    asking = Asking(words, options_of(table.content), tuple(table.mistakes))
    ask = form(
        f"{HOME}/edit", hidden("at", text_of(place)), hidden("base", held.digest),
        *asked(asking, table_at(place), current, table.place), *beside(asking, place, table, current),
        button(words.say("settings.look")), class_="hall",
    )  # fmt: skip
    below = [] if place[-1] == NEW else [*inner_tables(words, place, current), *removal(words, held, place)]
    told = [mistakes_told(words, table.mistakes)] if table.mistakes else []
    title = title_of(words, place, held_at(held.content, place) or {})
    back = way_back(words, list_of(place))
    return shown(request, person, title, back, *told, ask, *below, status=422 if table.mistakes else 200)


def beside(asking: Asking, place: Place, table: Table, current: Mapping[str, Any]) -> list[Markup]:
    """Return what a form asks beside its own table: who serves a service, and what a new agency begins with."""
    words = asking.words
    if array_of(place) == "services":
        return [served_where(words, place, table.content, str(current.get("id", "")))]
    if not is_new_agency(place):
        return []
    first = (rows(current, "services") or [{}])[0]
    inputs = asked(asking, inner_of(place), first, (*table.place, "services", 0), INNER)[:FIRST_FIELDS]
    newest = max((row.get("number", 0) for row in rows(table.content, "counters")), default=0)
    proposed = "" if table.mistakes else str(newest + 1)
    counter = field(words.say("settings.new_counter"), NEW_COUNTER, proposed, kind="number",
                    hint=words.say("settings.new_counter_hint"), min="1", max="999")  # fmt: skip
    return [element("fieldset", element("legend", words.say("settings.first_service")), *inputs), counter]


def served_where(words: Words, place: Place, content: Content, service: str) -> Markup:
    """Return a box for each counter, those of the service's own agency first."""
    agency = str((held_at(content, place[:2]) or {}).get("id", ""))
    counters = rows(content, "counters")
    boxes: dict[bool, list[Markup]] = {True: [], False: []}
    for counter in counters:
        number = str(counter.get("number", ""))
        ticked = service in counter.get("services", [])
        text = words.say("settings.counter", number=number)
        boxes[counter.get("agency") == agency].append(box(COUNTERS, number, text, ticked=ticked))
    others = element("details", element("summary", words.say("settings.other_counters")),
                     element("div", *boxes[False], class_="ticks"))  # fmt: skip
    own = element("div", *boxes[True], class_="ticks")
    hint = element("small", words.say("settings.served_where_hint"))
    legend = element("legend", words.say("settings.served_where"))
    return element("fieldset", legend, hint, hidden(COUNTERS, ""), own, others)


def title_of(words: Words, place: Place, current: Mapping[str, Any]) -> str:
    """Return what a form is about."""
    name = array_of(place)
    if place[-1] == NEW:
        return words.say("settings.new", what=words.say(f"settings.one.{name}"))
    if SECTIONS[str(place[0])].shape == "rows":
        return row_title(words, name, current) or words.say(f"settings.one.{name}")
    return words.say(f"settings.class.{place[1]}") if len(place) > 1 else section_name(words, name)


def list_of(place: Place) -> str:
    """Return the address of the list in which a table stands; of what has none the settings themselves."""
    if len(place) == 4:
        return f"{HOME}/edit?at={text_of(place[:2])}"
    return f"{HOME}/list?of={place[0]}" if len(place) > 1 else HOME


def inner_tables(words: Words, place: Place, current: Mapping[str, Any]) -> list[Markup]:
    """Return the ways to the tables within a table, like the services of an agency."""
    found = []
    for part in fields_of(table_at(place)):
        if part.kind == "tables":
            at = f"{HOME}/edit?at={text_of(place)}.{part.name}"
            inner = rows(current, part.name)
            links = [(way(f"{at}.{index}", row_title(words, part.name, row)), row) for index, row in enumerate(inner)]
            add = element("a", words.say("settings.add"), class_="add", href=f"{at}.{NEW}")
            found.append(section(section_name(words, part.name), listed(words, part.name, links), add))
    return found


def removal(words: Words, held: Held, place: Place) -> list[Markup]:
    """Return the form that removes a row, where it is one."""
    if not isinstance(place[-1], int):
        return []
    remove = button(words.say("settings.remove"), class_="second")
    return [form(f"{HOME}/remove", hidden("at", text_of(place)), hidden("base", held.digest), remove)]
