"""How settings are told: names of sections and rows, values in words, what changes from what to what."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from config.mistakes import Mistake, Place
from config.wording import Words
from hub.pages.frame import alarm
from hub.pages.settings_form import choice_text, rows, sentence, weekday
from hub.settings.changes import Change
from hub.settings.document import name_of
from hub.settings.fields import SECRET, SECTIONS, fields_of
from web.html import Markup, Part, element

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


def change_name(words: Words, place: Place) -> str:
    """Return the way to a key in words: "Instansi · samsat · Layanan · samsat-info · Kuota harian"."""
    section = SECTIONS.get(str(place[0]))
    if section is None:
        return str(place[0])
    told, kind = [section_name(words, section.name)], section.table
    for part in map(str, place[1:]):
        if part.startswith("["):
            told.append(row_called(words, str(place[0]), part[1:-1]) if len(told) == 1 else part[1:-1])
            continue
        known = {field.name: field for field in fields_of(kind)}
        if part not in known:
            told.append(words.say(f"settings.class.{part}") if section.shape == "classes" else part)
            continue
        told.append(words.say(f"settings.{kind.__name__}.{part}"))
        kind = known[part].table or kind
    return " · ".join(told)


def row_called(words: Words, section: str, name: str) -> str:
    """Return a row's name in words where it is a weekday."""
    return weekday(words, int(name)) if section == "hours" and name in "1234567" else name


def value_text(words: Words, place: Place, value: Any) -> str:
    """Return a value in words."""
    if value is None or value in ("", [], {}):
        return "–"
    last = str(place[-1])
    if last == SECRET:
        return words.say("settings.secret")
    if isinstance(value, bool):
        return words.say("settings.yes" if value else "settings.no")
    if isinstance(value, dict):
        return "\n".join(f"{key}: {value_text(words, (key,), part)}" for key, part in value.items() if key != SECRET)
    if isinstance(value, list):
        return ", ".join(value_text(words, place, part).replace("\n", ", ") for part in value)
    if last == "logo":
        return words.say("settings.picture")
    if len(place) > 1 and isinstance(value, str):
        return choice_text(words, table_of(place), last, value)
    return words.number(value) if isinstance(value, float) else str(value)


def table_of(place: Place) -> Any:
    """Return the class of the table in which the last key of a way stands."""
    section = SECTIONS.get(str(place[0]))
    kind: Any = section.table if section else None
    for part in map(str, place[1:-1]):
        inner = {field.name: field.table for field in fields_of(kind)}.get(part) if kind else None
        kind = inner or kind
    return kind


def changes_list(words: Words, changes: Iterable[Change]) -> Markup:
    """Return what changes, from what to what: one below the other on a phone, beside each other where there is room."""
    shown = list(changes)
    items = [
        element(
            "li",
            element("p", change_name(words, change.place), element("code", change.key)),
            side(words, change, "before"),
            side(words, change, "after"),
        )
        for change in shown[:MOST_TOLD]
    ]  # fmt: skip
    left = len(shown) - MOST_TOLD
    more = [element("p", words.say("settings.more_changes", count=left))] if left > 0 else []
    return element("div", element("ul", *items, class_="changes"), *more)


def side(words: Words, change: Change, which: str) -> Markup:
    """Return a value before or after, under its name."""
    told = (change.before, "del") if which == "before" else (change.after, "ins")
    return element("div", element("small", words.say(f"settings.{which}")), value_cell(words, change, *told))


def value_cell(words: Words, change: Change, value: Any, tag: str) -> Markup:
    """Return a value before or after; a screen reader hears which."""
    if value is None:
        absent = change.after if tag == "del" else change.before
        key = "settings.not_there" if isinstance(absent, dict) else "settings.default_holds"
        return element("span", words.say(key), class_="quiet")
    return element(tag, value_text(words, change.place, value))


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
