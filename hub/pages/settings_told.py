"""How settings are told: names of sections and rows, values in words, what changes from what to what."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from config.load import Content
from config.mistakes import Mistake, Place
from config.wording import Words
from hub.pages.frame import alarm
from hub.pages.settings_form import choice_text, options_of, rows, sentence, weekday
from hub.settings.changes import Change
from hub.settings.document import name_of
from hub.settings.fields import SECRET, SECTIONS, fields_of
from hub.settings.history import Entry
from web.html import Markup, Part, element

Names = Mapping[tuple[str, str], str]
"""What rows are called, by their array and id."""
MOST_TOLD = 200
"""Changes of one edit that are shown; more come with a whole other file."""
DETAILS = {
    "hours": ("open", "close"), "hours_special": ("start", "end", "open", "close"), "agencies": ("letter", "short"),
    "counters": ("agency", "zone"), "holidays": ("name_id",), "zones": ("name_id",), "screens": ("place",),
    "kiosks": ("place",), "printers": ("kiosk", "transport"), "notices": ("start", "end"), "services": ("name_id",),
}  # fmt: skip
"""What is told of a row beside its name, in lists."""


def section_name(words: Words, name: str) -> str:
    """Return what a part of the hall file is called."""
    return words.say(f"settings.section.{name}")


def row_title(words: Words, section: str, row: Mapping[str, Any]) -> str:
    """Return what a row is called in a list."""
    if section == "hours":
        day = row.get("day")
        return weekday(words, day) if isinstance(day, int) and 1 <= day <= 7 else str(day)
    if section == "counters":
        return words.say("settings.counter", number=row.get("number", ""))
    if section == "agencies":
        return str(row.get("name", ""))
    if section == "holidays":
        return day_text(words, row.get("date"))
    if section in ("services", "zones"):
        return str(row.get("name_id", ""))
    return name_of(row).partition("=")[2] if section != "hours_special" else str(row.get("name_id", ""))


def row_details(words: Words, section: str, row: Mapping[str, Any]) -> str:
    """Return what else a list tells of a row."""
    if section not in DETAILS:
        return ""
    if section in ("hours", "hours_special"):
        period = [day_text(words, row[key]) for key in ("start", "end") if key in row and section == "hours_special"]
        clock = f"{row.get('open', '')}–{row.get('close', '')}"
        return " · ".join(part for part in (" – ".join(dict.fromkeys(period)), clock) if part)
    if section == "services":
        return str(row.get("id", ""))
    shown = [key for key in DETAILS[section] if row.get(key) not in (None, "")]
    return " · ".join(day_text(words, row[key]) if key in ("start", "end") else str(row[key]) for key in shown)


def day_text(words: Words, value: Any) -> str:
    """Return a date as the language writes it; what is none as it is."""
    try:
        return words.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def names_in(content: Content, changes: Iterable[Change] = ()) -> Names:
    """Return what the rows of a hall file are called, and those that changes took away."""
    gone = {
        (str(change.place[-2]), row["id"]): str(row.get("name") or row.get("name_id") or row["id"])
        for change in changes
        if len(change.place) > 1 and isinstance(row := change.before, dict) and "id" in row
    }
    return gone | {(array, name): told for array, known in options_of(content).items() for name, told, _ in known}


def called(names: Names, array: str, name: str) -> str:
    """Return what people call a row, with its id in brackets; its id alone where it has no other name."""
    told = names.get((array, name)) or name
    return name if told == name else f"{told} ({name})"


def change_name(words: Words, names: Names, place: Place) -> str:
    """Return the way to a key in words: "Instansi · Samsat (samsat) · Layanan · Pajak (pajak) · Kuota harian"."""
    array = str(place[0])
    section = SECTIONS.get(array)
    if section is None:
        return array
    told, kind = [section_name(words, section.name)], section.table
    for part in map(str, place[1:]):
        if part.startswith("["):
            told.append(row_called(words, names, array, part[1:-1]))
            continue
        array, known = part, {field.name: field for field in fields_of(kind)}
        if part not in known:
            told.append(words.say(f"settings.class.{part}") if section.shape == "classes" else part)
            continue
        told.append(words.say(f"settings.{kind.__name__}.{part}"))
        kind = known[part].table or kind
    return " · ".join(told)


def row_called(words: Words, names: Names, array: str, name: str) -> str:
    """Return a row's name in words, where it is a weekday too."""
    return weekday(words, int(name)) if array == "hours" and name in "1234567" else called(names, array, name)


def value_text(words: Words, names: Names, place: Place, value: Any) -> str:
    """Return a value in words; what names other rows by what they are called."""
    if value is None or value in ("", [], {}):
        return "–"
    last, table = str(place[-1]), table_of(place)
    field = {field.name: field for field in fields_of(table)}.get(last) if table else None
    if last == SECRET:
        return words.say("settings.secret")
    if isinstance(value, bool):
        return words.say("settings.yes" if value else "settings.no")
    if isinstance(value, dict):
        inner = field.table if field and field.table else table
        keys = {key: called(names, field.refers, key) if field and field.refers else key_name(words, inner, key)
                for key in value if key != SECRET}  # fmt: skip
        return "\n".join(f"{told}: {value_text(words, names, (*place, key), value[key])}" for key, told in keys.items())
    if isinstance(value, list):
        return ", ".join(value_text(words, names, place, part).replace("\n", ", ") for part in value)
    if last == "logo":
        return words.say("settings.picture")
    if field and field.refers:
        return called(names, field.refers, str(value))
    if table and isinstance(value, str):
        return choice_text(words, table, last, value)
    return words.number(value) if isinstance(value, float) else str(value)


def key_name(words: Words, table: Any, key: str) -> str:
    """Return what a key of a table is called; what no table has as it is."""
    known = table and key in {field.name for field in fields_of(table)}
    return words.say(f"settings.{table.__name__}.{key}") if known else key


def table_of(place: Place) -> Any:
    """Return the class of the table in which the last key of a way stands."""
    section = SECTIONS.get(str(place[0])) if len(place) > 1 else None
    kind: Any = section.table if section else None
    for part in map(str, place[1:-1]):
        inner = {field.name: field.table for field in fields_of(kind)}.get(part) if kind else None
        kind = inner or kind
    return kind


def absent(words: Words, change: Change, which: str) -> str | None:
    """Return what is said of a value that is not there, before or after; None where there is one."""
    here, there = (change.before, change.after) if which == "before" else (change.after, change.before)
    if here is not None:
        return None
    return words.say("settings.not_there" if isinstance(there, dict) else "settings.default_holds")


def change_text(words: Words, names: Names, change: Change) -> str:
    """Return a change on one line with its key, as a terminal shows it."""
    sides = {
        which: absent(words, change, which) or value_text(words, names, change.place, value).replace("\n", ", ")
        for which, value in (("before", change.before), ("after", change.after))
    }
    return f"{change_name(words, names, change.place)} ({change.key}): {sides['before']} → {sides['after']}"


def changes_list(words: Words, changes: Iterable[Change], content: Content) -> Markup:
    """Return what changes, from what to what: one below the other on a phone, beside each other where there is room."""
    shown = list(changes)
    names = names_in(content, shown)
    items = [
        element(
            "li",
            element("p", change_name(words, names, change.place), element("code", change.key)),
            side(words, names, change, "before"),
            side(words, names, change, "after"),
        )
        for change in shown[:MOST_TOLD]
    ]  # fmt: skip
    left = len(shown) - MOST_TOLD
    more = [element("p", words.say("settings.more_changes", count=left))] if left > 0 else []
    return element("div", element("ul", *items, class_="changes"), *more)


def side(words: Words, names: Names, change: Change, which: str) -> Markup:
    """Return a value before or after, under its name; a screen reader hears which."""
    value, tag = (change.before, "del") if which == "before" else (change.after, "ins")
    nothing = absent(words, change, which)
    told = (
        element("span", nothing, class_="quiet")
        if nothing
        else element(tag, value_text(words, names, change.place, value))
    )
    return element("div", element("small", words.say(f"settings.{which}")), told)


def entry_facts(words: Words, entry: Entry) -> tuple[str, str, str]:
    """Return of a hall file of the past who took it, whether at once, and in which line it stands."""
    kind = words.say("settings.was_planned" if entry.planned else "settings.was_applied")
    author = words.say("settings.by_start") if entry.author == "start" else entry.author
    return words.say("settings.by", author=author), kind, words.say("settings.line_of_journal", line=entry.seq)


def mistakes_told(words: Words, mistakes: Iterable[Mistake]) -> Markup:
    """Return all mistakes at the top of a page, each with its line and key where it has them."""
    items = [
        element("li", *([f"{words.say('settings.line', line=found.line)}: "] if found.line else []),
                element("code", found.key), ": ", *sentence(words, found)[1:])
        for found in mistakes
    ]  # fmt: skip
    return element(
        "div", alarm(words.say("settings.mistakes", count=len(items))), element("ul", *items, class_="mistakes")
    )


def listed(words: Words, section: str, found: Iterable[tuple[Part, Mapping[str, Any]]]) -> Markup:
    """Return rows as a list of ways to their forms, each with what is told beside its name."""
    items = [
        element("li", way, element("span", row_details(words, section, row), class_="quiet")) for way, row in found
    ]
    return element("ul", *items, class_="ways")


__all__ = ["changes_list", "listed", "mistakes_told", "row_title", "rows", "section_name"]
