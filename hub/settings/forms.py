"""What a form of a hall's settings says, as values of a hall file: a key that was not touched stays as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from config.hall import CLASSES
from config.load import Content
from config.mistakes import Place
from hub.settings.fields import NEW, SECRET, Field, fields_of, table_at

Told = Mapping[str, Sequence[str]]
"""What a form says: all values of each name, in their order."""
ABSENT = object()
"""A form did not ask for this key."""
EMPTY: tuple[Any, ...] = (None, "", [], {})
REMOVE = "remove"
FIRST = "f"
"""With which the names of a form's fields begin."""


def filled(table: Any, told: Told, current: Mapping[str, Any], prefix: str = FIRST) -> dict[str, Any]:
    """Return a table as a form wants it: keys keep their place, what says what counts anyway is left alone."""
    wanted = dict(current)
    for field in fields_of(table):
        value = read(field, told, f"{prefix}.{field.name}", current.get(field.name))
        shown = current.get(field.name, field.default)
        if value is ABSENT or same(value, shown):
            continue
        if field.name == SECRET and value == "":
            continue
        if (value in EMPTY and not field.required and (field.default in EMPTY or value in (None, ""))) or value is None:
            wanted.pop(field.name, None)
        else:
            wanted[field.name] = value
    return wanted


def same(value: Any, other: Any) -> bool:
    """Tell whether two values are the same to a reader; nothing at all is the same as an empty text or list."""
    return value == other or (value in EMPTY and other in EMPTY)


def read(field: Field, told: Told, name: str, current: Any) -> Any:
    """Return what a form says for a field; ABSENT where it did not ask, and text as it was typed where it fits not."""
    if field.kind == "rows":
        return read_rows(field, told, name, current)
    if field.kind == "minutes_of":
        return read_minutes(told, name)
    if field.kind == "pair":
        pair = [number(value) for value in (*told.get(f"{name}.0", ()), *told.get(f"{name}.1", ()))]
        return pair if pair else ABSENT
    if name not in told or field.kind == "tables":
        return ABSENT
    values = [value.strip() for value in told[name]]
    if field.kind == "lines":
        return [line.strip() for line in "\n".join(values).splitlines() if line.strip()]
    if field.kind in ("references", "languages"):
        return in_old_order([value for value in values if value], current)
    if field.kind == "weekdays":
        return [number(value) for value in values if value]
    return one(field, values[-1])


def one(field: Field, text: str) -> Any:
    """Return one value as its kind is written in a hall file."""
    if field.kind == "truth":
        return text == "true"
    if field.kind in ("whole", "number", "weekday"):
        return number(text) if text else None
    if field.kind == "choice":
        return next((choice for choice in field.choices if str(choice) == text), text)
    if field.kind in ("clock", "date"):
        return text or None
    return text.replace("\r\n", "\n")


def number(text: str) -> Any:
    """Return a number, also with a comma; the text itself where it is none, for the check to tell of."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        return text
    return found if found - found == 0 else text


def in_old_order(values: list[str], current: Any) -> list[str]:
    """Return values that were chosen: those that were there in their old order, then the others."""
    old = [value for value in current if value in values] if isinstance(current, list) else []
    return [*old, *(value for value in values if value not in old)]


def read_rows(field: Field, told: Told, name: str, current: Any) -> Any:
    """Return the rows of a form's part; those that are removed or empty do not count."""
    indices = sorted({int(key[len(name) + 1 :].partition(".")[0]) for key in told if is_row_of(key, name)})
    if not indices:
        return ABSENT
    before = current if isinstance(current, list) else []
    rows = []
    for index in indices:
        prefix = f"{name}.{index}"
        is_new = index >= len(before)
        if told.get(f"{prefix}.{REMOVE}") or (is_new and not asked(field, told, prefix)):
            continue
        rows.append(filled(field.table, told, {} if is_new else before[index], prefix))
    return rows


def is_row_of(key: str, name: str) -> bool:
    """Tell whether a form's name belongs to a row below another name."""
    first = key[len(name) + 1 :].partition(".")[0]
    return key.startswith(f"{name}.") and first.isascii() and first.isdigit() and len(first) < 4


def asked(field: Field, told: Told, prefix: str) -> bool:
    """Tell whether something that must be there was typed into an empty row."""
    needed = [part.name for part in fields_of(field.table) if part.required]
    return any(value.strip() for part in needed for value in told.get(f"{prefix}.{part}", ()))


def read_minutes(told: Told, name: str) -> Any:
    """Return numbers by reference, of pairs of a choice and a number; those without a choice do not count."""
    indices = sorted({int(key[len(name) + 1 :].partition(".")[0]) for key in told if is_row_of(key, name)})
    if not indices:
        return ABSENT
    found = {}
    for index in indices:
        reference = next(iter(told.get(f"{name}.{index}.of", ())), "")
        if reference:
            found[reference] = number(next(iter(told.get(f"{name}.{index}.minutes", ())), "") or "0")
    return found


def held_at(content: Content, place: Place) -> dict[str, Any] | None:
    """Return the table at a place, empty for a new one; None where there is none."""
    found: Any = content
    for part in place:
        if part == NEW:
            return {}
        if isinstance(part, int):
            found = found[part] if isinstance(found, list) and part < len(found) else None
        else:
            found = found.get(part, {}) if isinstance(found, dict) else None
        if found is None:
            return None
    return found if isinstance(found, dict) else None


def with_table(content: Content, place: Place, table: Mapping[str, Any] | None) -> Content:
    """Return a content with another table at a place, behind all others where it is new, or without it."""
    name, *rest = place
    if not rest:
        return {**content, str(name): dict(table or {})}
    held: Any = content.get(str(name), {} if rest[0] in CLASSES else [])
    if isinstance(held, dict):
        changed: Any = {**held, str(rest[0]): dict(table or {})}
    elif rest[0] == NEW:
        changed = [*held, dict(table or {})]
    elif len(rest) > 1:
        at = int(rest[0])
        changed = [*held[:at], with_table(held[at], tuple(rest[1:]), table), *held[at + 1 :]]
    else:
        at = int(rest[0])
        changed = [*held[:at], *([dict(table)] if table is not None else []), *held[at + 1 :]]
    return {**content, str(name): changed}


def place_in(content: Content, place: Place) -> Place:
    """Return where a table stands once it is in a content: a new one is the last of its array."""
    if place[-1] != NEW:
        return place
    found: Any = content
    for part in place[:-1]:
        found = found[part]
    return (*place[:-1], len(found) - 1)


__all__ = ["ABSENT", "FIRST", "REMOVE", "Told", "filled", "held_at", "place_in", "table_at", "with_table"]
