"""Finds the line of a TOML file at which a value stands: what tomllib does not tell."""

import re

from config.mistakes import Place

HEADER = re.compile(r"^\s*(\[{1,2})\s*([A-Za-z0-9_.\"'\s-]+?)\s*\]{1,2}\s*(?:#.*)?$")
KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\")\s*=")


def lines_of(text: str) -> dict[Place, int]:
    """Return the line, counted from 1, of each table and key that begins on a line of its own."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, key = HEADER.match(line), KEY.match(line)
        if header:
            table = table_of(header.group(2), counts, is_array=header.group(1) == "[[")
            found[table] = number
        elif key:
            found.setdefault((*table, key.group(1).strip('"')), number)
    return found


def table_of(header: str, counts: dict[Place, int], *, is_array: bool) -> Place:
    """Return the place of a table, counting the arrays on its way."""
    place: Place = ()
    names = [name.strip().strip("\"'") for name in header.split(".")]
    for name in names[:-1]:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place])
    place = (*place, names[-1])
    if is_array:
        counts[place] = counts.get(place, -1) + 1
        place = (*place, counts[place])
    return place


def line_at(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest thing around it that has one."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None
