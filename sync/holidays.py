"""A region's holidays in a hall file: `[[holidays]]` rows in a file of their own, which go first for their dates."""

import json
import tomllib
from pathlib import Path

from config.load import Content, hall_from, iso
from config.mistakes import HallFileError, mistake


def with_holidays(content: Content, path: Path) -> Content:
    """Return a hall file's content with the rows of a file in place of its own for the same dates.

    HallFileError where the file is not TOML, has another table, or the content with them has mistakes.
    """
    try:
        told: Content = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8-sig")), default=iso))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HallFileError(path.name, (mistake((), "syntax", why=str(error)[:100]),)) from error
    rows, own = told.pop("holidays", []), content.get("holidays", [])
    if told or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise HallFileError(path.name, (mistake(("holidays",), "syntax", why="[[holidays]]"),))
    dates = {row.get("date") for row in rows if isinstance(row.get("date"), str)}
    merged = {**content, "holidays": [*rows, *(row for row in own if row.get("date") not in dates)]}
    hall_from(merged, path.name)
    return merged
