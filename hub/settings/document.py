"""Edits the TOML text of a hall file: what is said changes, and comments, order and spelling of all else stay."""

import json
import tomllib
from collections.abc import Iterator, Mapping, MutableMapping, MutableSequence
from difflib import SequenceMatcher
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, InlineTable, Item, SingleKey, Table, Trivia

from config.load import Content, iso

LONG_ROWS = 1_000
"""From how many characters an array within brackets is edited row by row."""
TABLES = ("agencies", "services", "counters", "zones", "screens", "kiosks", "printers", "hours", "hours_special",
          "holidays", "notices", "loudness")  # fmt: skip
"""What is written as tables of its own where a hall file has none of it yet."""
NAMES = ("id", "number", "day", "date", "name_id", "text_id", "start")
"""What a row is known by, the first that it has."""


def plain(text: str) -> Content:
    """Return what a hall file's text says, without the nation's holidays, dates as ISO text; TOMLDecodeError."""
    content: Content = json.loads(json.dumps(tomllib.loads(text), default=iso))
    return content


def rewritten(text: str, wanted: Content) -> str:
    """Return a hall file's text changed as little as possible so that it says what is wanted.

    Where the text is written in a way that cannot be edited piece by piece it is written anew, without its comments.
    """
    wanted = {key: value for key, value in wanted.items() if value != []}
    if plain(text) == wanted:
        return text
    try:
        document = tomlkit.parse(text)
        steer(document, wanted)
        edited = tomlkit.dumps(document)
        if plain(edited) == wanted:
            return edited
    except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, TypeError, AttributeError):
        pass
    return anew(wanted)


def anew(content: Content) -> str:
    """Return content as the text of a hall file."""
    document = tomlkit.document()
    for key, value in content.items():
        document.append(key, item_of(value, is_row_table=True))
    return tomlkit.dumps(document)


def steer(table: Any, wanted: Mapping[str, Any]) -> None:
    """Make a table of a document say what is wanted; what it says already is left alone."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        if key not in table:
            add(table, key, value)
        elif same(table[key], value):
            continue
        elif isinstance(value, dict) and isinstance(table[key], MutableMapping):
            steer(table[key], value)
        elif is_rows(value) and is_rows(plain_of(table[key])) and fits_rows(table[key], len(value)):
            steer_rows(table[key], value)
        else:
            replace(table, key, value)


def fits_rows(rows: Any, count: int) -> bool:
    """Tell whether rows are edited one by one: a few within braces are written anew if their count changes."""
    return isinstance(rows, AoT) or len(rows) == count or len(rows.as_string()) > LONG_ROWS


def steer_rows(rows: MutableSequence[Any], wanted: list[dict[str, Any]]) -> None:
    """Make the rows of an array say what is wanted: each changes in its place, new ones go where they belong."""
    before = [name_of(plain_of(row)) for row in rows]
    after = [name_of(row) for row in wanted]
    for kind, start, end, first, last in reversed(SequenceMatcher(None, before, after, autojunk=False).get_opcodes()):
        kept = end - start if kind == "equal" else min(end - start, last - first)
        for at in reversed(range(start + kept, end)):
            remove_row(rows, at)
        for at in reversed(range(first + kept, last)):
            rows.insert(start + kept, row_for(rows, wanted[at]))
        for at in range(kept):
            steer(rows[start + at], wanted[first + at])


def remove_row(rows: MutableSequence[Any], at: int) -> None:
    """Take a row away; a comment behind it, which tells of what follows, stays."""
    tail = tail_of(rows[at]) if isinstance(rows, AoT) else []
    if isinstance(rows, AoT) and at > 0 and any(item.as_string().strip() for item in tail):
        before = rows[at - 1].value.body
        blank = tail_of(rows[at - 1])
        if blank and not any(item.as_string().strip() for item in blank):
            del before[len(before) - len(blank) :]
        before.extend((None, item) for item in tail)
    del rows[at]


def tail_of(table: Any) -> list[Item]:
    """Return the comments and blank lines behind the last key of a table, where nothing stands below it."""
    found: list[Item] = []
    for key, item in reversed(table.value.body):
        if key is not None:
            return found if not isinstance(item, (Table, AoT)) else []
        found.insert(0, item)
    return []


def row_for(rows: Any, row: Mapping[str, Any]) -> Any:
    """Return a row as its array writes rows: as a table of its own, or within braces."""
    if not isinstance(rows, AoT):
        return inline(row)
    made = item_of(row, is_row_table=False)
    indent = rows[0].trivia.indent if len(rows) else ""
    if indent:
        made.indent(len(indent))
        made.trivia.indent = indent
    made.add(tomlkit.nl())
    return made


def add(table: Any, key: str, value: Any) -> None:
    """Put a new key behind the last plain one of a table, before its comments, blank lines and inner tables."""
    container = table if isinstance(table, Container) else table.value
    within_braces = isinstance(table, InlineTable)
    item = inline(value) if isinstance(value, dict) and table is not container else item_of(value, is_row_table=False)
    if key in TABLES and not within_braces:
        item = item_of(value, is_row_table=True)
    behind = None
    for known, present in container.body:
        if known is not None and not isinstance(present, (Table, AoT)):
            behind, last = known, present
    if behind is None or isinstance(item, (Table, AoT)) or within_braces:
        table.append(key, item)
        return
    item.trivia.indent = last.trivia.indent
    item.trivia.trail = last.trivia.trail or "\n"
    container._insert_after(behind, SingleKey(key), item)


def replace(table: Any, key: str, value: Any) -> None:
    """Give a key another value; the comment on its line stays."""
    trivia: Trivia = table[key].trivia if isinstance(table[key], Item) else Trivia()
    item = inline(value) if isinstance(value, dict) else item_of(value, is_row_table=False)
    if not isinstance(item, (Table, AoT)):
        item.trivia.indent, item.trivia.comment_ws = trivia.indent, trivia.comment_ws
        item.trivia.comment, item.trivia.trail = trivia.comment, trivia.trail
    table[key] = item


def item_of(value: Any, *, is_row_table: bool) -> Any:
    """Return a value as TOML writes it: rows as tables of their own where asked for, within braces otherwise."""
    if isinstance(value, dict):
        table = tomlkit.table()
        for key, part in sorted(value.items(), key=lambda pair: pair[0] in TABLES and is_rows(pair[1])):
            table.append(key, inline(part) if isinstance(part, dict) else item_of(part, is_row_table=key in TABLES))
        return table
    if is_rows(value) and is_row_table:
        rows = tomlkit.aot()
        for row in value:
            rows.append(item_of(row, is_row_table=True))
        return rows
    if isinstance(value, list):
        array = tomlkit.array()
        for part in value:
            array.append(inline(part) if isinstance(part, dict) else part)
        return array
    return tomlkit.item(value)


def inline(row: Mapping[str, Any]) -> Any:
    """Return a table within braces."""
    table = tomlkit.inline_table()
    for key, value in row.items():
        table.append(key, inline(value) if isinstance(value, dict) else item_of(value, is_row_table=False))
    return table


def is_rows(value: Any) -> bool:
    """Tell whether a value is an array of tables."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def name_of(row: Any) -> str:
    """Return what a row is known by."""
    return next((f"{key}={row[key]}" for key in NAMES if isinstance(row, dict) and key in row), "")


def plain_of(value: Any) -> Any:
    """Return a part of a document as plain values."""
    return json.loads(json.dumps(value.unwrap() if hasattr(value, "unwrap") else value, default=iso))


def same(value: Any, wanted: Any) -> bool:
    """Tell whether a part of a document says what is wanted, in the same type: true is not 1."""
    found = plain_of(value)
    return found == wanted and json.dumps(found, sort_keys=True) == json.dumps(wanted, sort_keys=True)


def lines_changed(before: str, after: str) -> Iterator[str]:
    """Yield the lines that differ between two texts, each with "-" or "+" before it, "…" where some are left out."""
    first, second = before.splitlines(), after.splitlines()
    for group in SequenceMatcher(None, first, second, autojunk=False).get_grouped_opcodes(1):
        yield "…"
        for kind, start, end, begin, until in group:
            yield from (f"  {line}" for line in first[start:end] if kind == "equal")
            yield from (f"- {line}" for line in first[start:end] if kind in ("replace", "delete"))
            yield from (f"+ {line}" for line in second[begin:until] if kind in ("replace", "insert"))
