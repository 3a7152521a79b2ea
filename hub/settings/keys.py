"""The keys of a hall file as a person types them: `agencies[samsat].services[samsat-info].daily_quota`."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from config.errors import AntreanError
from config.load import Content
from hub.settings.document import NAMES
from hub.settings.fields import SECTIONS, Field, fields_of
from hub.settings.forms import one

PART = re.compile(r"\.?([A-Za-z0-9_-]+)|\[([^\[\]]+)\]")
TYPED = ("text", "clock", "date", "colour", "choice", "reference")
"""Kinds whose values are typed without quotes."""


class KeyUnknown(AntreanError):
    """A hall file has no such key."""

    key = "error.key_unknown"


def parts_of(key: str) -> list[str | int]:
    """Return the names on the way to a key, rows as "[name]"; KeyUnknown where it is not written so."""
    found, at = [], 0
    while at < len(key):
        part = PART.match(key, at)
        if part is None:
            raise KeyUnknown(name=key)
        found.append(part[1] if part[1] is not None else f"[{part[2]}]")
        at = part.end()
    if not found:
        raise KeyUnknown(name=key)
    return list(found)


def index_of(rows: Any, name: str) -> int:
    """Return where the row of a name stands: by its id, number, weekday or date, else by its position from 1."""
    listed = rows if isinstance(rows, list) else []
    for key in NAMES:
        for at, row in enumerate(listed):
            if isinstance(row, dict) and str(row.get(key)) == name:
                return at
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(listed):
        return int(name) - 1
    raise KeyUnknown(name=name)


def value_at(content: Content, key: str) -> Any:
    """Return what a hall file says at a key, the default where it says nothing; KeyUnknown."""
    held: Any = content
    for part in parts_of(key):
        text = str(part)
        if text.startswith("["):
            held = held[index_of(held, text[1:-1])]
        elif isinstance(held, dict) and text in held:
            held = held[text]
        else:
            return field_at(key).default
    return held


def with_value(content: Content, key: str, text: str) -> Content:
    """Return a content that says another value at a key; KeyUnknown."""
    return dict(put(content, parts_of(key), typed(key, text), key))


def put(held: Any, parts: list[str | int], value: Any, key: str) -> Any:
    """Return a part of a content with another value below it."""
    name, *rest = parts
    text = str(name)
    if text.startswith("["):
        at = index_of(held, text[1:-1])
        return [*held[:at], put(held[at], rest, value, key) if rest else value, *held[at + 1 :]]
    if not isinstance(held, Mapping):
        raise KeyUnknown(name=key)
    return {**held, text: put(held.get(text, {}), rest, value, key) if rest else value}


def typed(key: str, text: str) -> Any:
    """Return a typed value as its key is written: plain text where it is text, TOML for all else."""
    field = field_at(key)
    if field.kind in TYPED:
        return one(field, text)
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def field_at(key: str) -> Field:
    """Return the field of a key; KeyUnknown where no table of a hall file has it."""
    names = [str(part) for part in parts_of(key) if not str(part).startswith("[")]
    section = SECTIONS.get(names[0]) if len(names) > 1 else None
    if section is None:
        raise KeyUnknown(name=key)
    table, rest = section.table, names[2:] if section.shape == "classes" else names[1:]
    found: Field | None = None
    for name in rest:
        found = {field.name: field for field in fields_of(table)}.get(name) if table else None
        if found is None:
            raise KeyUnknown(name=key)
        table = found.table
    if found is None:
        raise KeyUnknown(name=key)
    return found
