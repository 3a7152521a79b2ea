"""How the keys of a hall file are asked: one field each by its kind, with label, hint and what is wrong beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from config.load import Content
from config.mistakes import Mistake, Place
from config.wording import Words, languages
from hub.pages.frame import hidden, void
from hub.settings.fields import SECRET, Field, fields_of
from hub.settings.forms import FIRST, REMOVE
from web.html import Markup, Part, element

MONDAY = date(2024, 1, 1)
INPUTS = {"whole": "number", "number": "number", "date": "date", "colour": "color"}
LONG = ("footer_id", "footer_en", "text_id", "text_en", "address")
"""Texts that are longer than a line."""
Options = Mapping[str, Sequence[tuple[str, str, str]]]
"""What may be referred to, by array: (value, text, the group it belongs to)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What all fields of a form share: words, what may be referred to, and the mistakes by their places."""

    words: Words
    options: Options
    mistakes: tuple[Mistake, ...] = ()

    def at(self, place: Place) -> list[Mistake]:
        """Return the mistakes of a place and of what is within it."""
        return [found for found in self.mistakes if found.place[: len(place)] == place]

    def label(self, table: Any, field: Field) -> str:
        """Return what a field is called."""
        return self.words.say(f"settings.{table.__name__}.{field.name}")

    def hint(self, table: Any, field: Field) -> str:
        """Return what explains a field, "" where its label is enough."""
        key = f"settings.{table.__name__}.{field.name}.hint"
        told = self.words.say(key)
        return "" if told == key else told


def options_of(content: Content) -> dict[str, list[tuple[str, str, str]]]:
    """Return what keys of a hall file may refer to."""
    agencies = rows(content, "agencies")
    return {
        "zones": [(row.get("id", ""), row.get("name_id", ""), "") for row in rows(content, "zones")],
        "agencies": [(row.get("id", ""), row.get("name", ""), "") for row in agencies],
        "kiosks": [(row.get("id", ""), row.get("place") or row.get("id", ""), "") for row in rows(content, "kiosks")],
        "services": [
            (service.get("id", ""), service.get("name_id", ""), row.get("short") or row.get("name", ""))
            for row in agencies
            for service in rows(row, "services")
        ],
    }  # fmt: skip


def rows(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of an array; what has another shape is told elsewhere."""
    found = content.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def asked(asking: Asking, table: Any, current: Mapping[str, Any], place: Place, prefix: str = FIRST) -> list[Markup]:
    """Return the fields of a table with what they say now."""
    return [
        one(asking, table, field, current.get(field.name, field.default), place, prefix)
        for field in fields_of(table)
        if field.kind != "tables"
    ]  # fmt: skip


def one(asking: Asking, table: Any, field: Field, value: Any, around: Place, prefix: str) -> Markup:
    """Return one field of the table at a place."""
    place, name = (*around, field.name), f"{prefix}.{field.name}"
    if field.kind == "rows":
        return inner_rows(asking, table, field, value or [], place, name)
    if field.kind in MANY:
        parts = MANY[field.kind](asking, field, value, name)
        return group(asking, table, field, parts, place)
    if field.kind == "truth":
        return truth(asking, table, field, value, place, name)
    wrong = asking.at(place)
    told = {"id": name, **marks(wrong, name), **({"required": "required"} if field.required else {})}
    inner = inner_of(asking, table, field, value, name, told)
    return element("label", asking.label(table, field), inner, *below(asking, table, field, wrong, name))


def inner_of(asking: Asking, table: Any, field: Field, value: Any, name: str, told: dict[str, str]) -> Markup:
    """Return the input of a field that has one value."""
    shown = "" if value is None else str(value)
    if field.kind in ("choice", "reference", "weekday"):
        items = choices(asking, table, field)
        if shown not in [item for item, _ in items]:
            items = [(shown, shown), *items]
        return select(name, items, shown, told)
    if field.kind == "lines" or field.name in LONG:
        text = "\n".join(map(str, value or [])) if field.kind == "lines" else shown
        count = str(max(3 if field.kind == "lines" else 2, text.count("\n") + 2))
        return element("textarea", "\n" + text, name=name, rows=count, **told)
    if field.kind == "clock":
        told |= {"inputmode": "numeric", "placeholder": "08:00", "maxlength": "5", "autocomplete": "off"}
    if field.name == SECRET:
        told |= {"autocomplete": "off", "inputmode": "numeric", "placeholder": "••••" if value else ""}
        shown = ""
    told |= field.limits
    if field.kind == "number":
        told["step"] = "any"
    # A text that is no number must stay to be seen beside its mistake: a number's input would hide it.
    is_broken = field.kind in ("whole", "number") and isinstance(value, str)
    return void("input", type="text" if is_broken else INPUTS.get(field.kind, "text"), name=name, value=shown, **told)


def choices(asking: Asking, table: Any, field: Field) -> list[tuple[str, str]]:
    """Return what may be chosen: (value, text)."""
    words = asking.words
    if field.kind == "weekday":
        return [(str(day), weekday(words, day)) for day in range(1, 8)]
    if field.kind == "reference":
        return [(value, text) for value, text, _ in asking.options[field.refers]]
    return [(str(value), choice_text(words, table, field.name, value)) for value in field.choices]


def choice_text(words: Words, table: Any, name: str, value: Any) -> str:
    """Return what a choice is called; a number is its own name."""
    key = f"settings.{table.__name__}.{name}.{value}"
    told = words.say(key)
    return str(value) if told == key else told


def weekday(words: Words, day: int) -> str:
    """Return the name of an ISO weekday."""
    return words.weekday(MONDAY.replace(day=day))


def select(name: str, items: Iterable[tuple[str, str]], chosen: str, told: Mapping[str, str]) -> Markup:
    """Return a list to choose from."""
    options = [
        element("option", text or "–", value=value, **({"selected": "selected"} if value == chosen else {}))
        for value, text in items
    ]
    return element("select", *options, name=name, **told)


def truth(asking: Asking, table: Any, field: Field, value: Any, place: Place, name: str) -> Markup:
    """Return a box to tick."""
    wrong = asking.at(place)
    ticked = {"checked": "checked"} if value is True else {}
    box = void("input", type="checkbox", name=name, value="true", id=name, **ticked, **marks(wrong, name))
    line = element("label", box, element("span", asking.label(table, field)), class_="tick")
    return element("div", hidden(name, "false"), line, *below(asking, table, field, wrong, name))


def group(asking: Asking, table: Any, field: Field, parts: Sequence[Part], place: Place) -> Markup:
    """Return inputs that belong together under their legend."""
    wrong = asking.at(place)
    legend = element("legend", asking.label(table, field))
    return element("fieldset", legend, *below(asking, table, field, wrong, ""), *parts)


def inner_rows(asking: Asking, table: Any, field: Field, value: Any, place: Place, name: str) -> Markup:
    """Return rows within a form, each removable, with an empty one behind them."""
    held = value if isinstance(value, list) else []
    parts = [inner_row(asking, field, row, (*place, at), f"{name}.{at}") for at, row in enumerate(held)]
    at = len(held)
    empty = softened(element("div", *asked(asking, field.table, {}, (*place, at), f"{name}.{at}"), class_="grid"))
    parts.append(element("details", element("summary", asking.words.say("settings.new_row")), empty))
    legend = element("legend", asking.label(table, field))
    return element("fieldset", legend, *below(asking, table, field, [], name), *parts)


def inner_row(asking: Asking, field: Field, row: Any, place: Place, prefix: str) -> Markup:
    """Return a row within a form, with what is wrong about it as a whole."""
    wrong = [
        element("small", *sentence(asking.words, told), class_="wrong")
        for told in asking.mistakes
        if told.place == place
    ]
    inputs = asked(asking, field.table, row if isinstance(row, dict) else {}, place, prefix)
    gone = box(f"{prefix}.{REMOVE}", "true", asking.words.say("settings.remove_row"))
    legend = element("legend", asking.words.say("settings.row", number=int(place[-1]) + 1))
    return element("fieldset", legend, *wrong, element("div", *inputs, class_="grid"), gone)


def softened(part: Markup) -> Markup:
    """Return a field of an empty row: nobody must fill it."""
    return Markup(part.text.replace(' required="required"', ""))


def box(name: str, value: str, text: str, *, ticked: bool = False) -> Markup:
    """Return a box to tick, of several with the same name."""
    told = {"checked": "checked"} if ticked else {}
    return element(
        "label", void("input", type="checkbox", name=name, value=value, **told), element("span", text), class_="tick"
    )


def weekdays(asking: Asking, _: Field, value: Any, name: str) -> list[Part]:
    """Return a box for each weekday."""
    days = value if isinstance(value, list) else []
    boxes = [box(name, str(day), weekday(asking.words, day), ticked=day in days) for day in range(1, 8)]
    return [hidden(name, ""), element("div", *boxes, class_="ticks")]


def spoken(asking: Asking, _: Field, value: Any, name: str) -> list[Part]:
    """Return a box for each language there are words of, those that are chosen first."""
    chosen = value if isinstance(value, list) else []
    known = [*chosen, *(code for code in languages() if code not in chosen)]
    boxes = [box(name, code, asking.words.say(f"settings.language_{code}"), ticked=code in chosen) for code in known]
    return [hidden(name, ""), element("div", *boxes, class_="ticks")]


def references(asking: Asking, field: Field, value: Any, name: str) -> list[Part]:
    """Return a box for each row that may be referred to, in groups that open where one of theirs is chosen."""
    chosen = value if isinstance(value, list) else []
    known = list(asking.options[field.refers])
    known += [(gone, gone, "") for gone in chosen if gone not in [item for item, _, _ in known]]
    parts: list[Part] = [hidden(name, "")]
    groups = list(dict.fromkeys(belongs for _, _, belongs in known))
    for belongs in sorted(groups, key=lambda one: not any(v in chosen for v, _, b in known if b == one)):
        boxes = element(
            "div", *(box(name, v, text, ticked=v in chosen) for v, text, b in known if b == belongs), class_="ticks"
        )
        is_open = {"open": "open"} if any(v in chosen for v, _, b in known if b == belongs) else {}
        parts.append(element("details", element("summary", belongs), boxes, **is_open) if belongs else boxes)
    return parts


def minutes_of(asking: Asking, field: Field, value: Any, name: str) -> list[Part]:
    """Return pairs of a choice and a number of minutes, with an empty one behind them."""
    held = [*value.items()] if isinstance(value, dict) else []
    words, parts = asking.words, []
    known = [("", "–"), *((item, f"{belongs}: {text}") for item, text, belongs in asking.options[field.refers])]
    for at, (reference, minutes) in enumerate([*held, ("", "")]):
        items = known if reference in [item for item, _ in known] else [(reference, reference), *known]
        of = element("label", words.say("settings.of_service"), select(f"{name}.{at}.of", items, reference, {}))
        number = void("input", type="number", min="0", name=f"{name}.{at}.minutes", value=str(minutes))
        parts.append(element("div", of, element("label", words.say("settings.minutes_behind"), number), class_="grid"))
    return list(parts)


def pair(asking: Asking, field: Field, value: Any, name: str) -> list[Part]:
    """Return two numbers, width and height."""
    both = value if isinstance(value, list) and len(value) == 2 else ["", ""]
    inputs = [
        element("label", asking.words.say(f"settings.{text}"),
                void("input", type="number", name=f"{name}.{at}", value=str(both[at]), **field.limits))
        for at, text in enumerate(("width", "height"))
    ]  # fmt: skip
    return [element("div", *inputs, class_="grid")]


MANY = {
    "weekdays": weekdays,
    "languages": spoken,
    "references": references,
    "minutes_of": minutes_of,
    "pair": pair,
}


def marks(wrong: Sequence[Mistake], name: str) -> dict[str, str]:
    """Return how an input says that it is wrong, for who cannot see it."""
    return {"aria_invalid": "true", "aria_describedby": f"{name}-wrong"} if wrong else {}


def below(asking: Asking, table: Any, field: Field, wrong: Sequence[Mistake], name: str) -> list[Markup]:
    """Return what stands below a field: what is wrong, or what it means."""
    hint = asking.hint(table, field)
    told = [element("small", hint)] if hint else []
    if wrong:
        text = [part for found in wrong for part in sentence(asking.words, found)]
        told.append(element("small", *text, class_="wrong", **({"id": f"{name}-wrong"} if name else {})))
    return told


def sentence(words: Words, found: Mistake) -> list[Part]:
    """Return what is wrong and what to write."""
    return ["! ", found.wrong(words.language), " ", found.remedy(words.language), " "]
