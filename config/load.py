"""Reads a hall file: TOML in, a frozen `Hall` out, or every mistake with its line, key and remedy."""

import csv
import json
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from config.check import cross_check
from config.findings import mistake_of
from config.hall import Hall
from config.locate import line_at, lines_of
from config.mistakes import HallFileError, Mistake, mistake

Content = dict[str, Any]
HALLS = Path(__file__).parent / "halls"
HOLIDAYS = Path(__file__).parent / "holidays"
LARGEST_FILE_BYTES = 1_000_000

__all__ = ["HALLS", "Content", "HallFileError", "hall_from", "load", "read"]


def load(path: Path) -> Hall:
    """Return the hall of a file; HallFileError where it cannot be read or has mistakes."""
    text = text_of(path)
    content = content_of(text, path)
    try:
        return hall_from(content, str(path))
    except HallFileError as error:
        lines = lines_of(text)
        located = (replace(found, line=line_at(lines, found.place)) for found in error.mistakes)
        raise HallFileError(str(path), tuple(sorted(located, key=lambda found: found.line or 0))) from error


def read(path: Path) -> Content:
    """Return a hall file's content as JSON-like values (dates as ISO text); HallFileError where it is not TOML."""
    return content_of(text_of(path), path)


def text_of(path: Path) -> str:
    """Return the text of a file; HallFileError where it is too large, not UTF-8, or cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise HallFileError(str(path), (mistake((), "too_large"),))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raw = path.read_bytes()[: error.start]
        found = replace(mistake((), "not_utf8", byte=error.start), line=raw.count(b"\n") + 1)
        raise HallFileError(str(path), (found,)) from error
    except OSError as error:
        raise HallFileError(str(path), (mistake((), "unreadable", why=error.strerror or error),)) from error


def content_of(text: str, path: Path) -> Content:
    """Return the content of TOML text; HallFileError where it is none."""
    try:
        plain: Content = json.loads(json.dumps(tomllib.loads(text), default=iso))
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(str(path), (syntax(error, text),)) from error
    except RecursionError as error:
        raise HallFileError(str(path), (mistake((), "syntax", why="too deep"),)) from error
    if not plain:
        raise HallFileError(str(path), (mistake((), "empty_file"),))
    return with_national_holidays(plain)


def with_national_holidays(content: Content) -> Content:
    """Return the content with the nation's holidays behind the hall's own, which go first for their dates."""
    own = content.get("holidays", [])
    return {**content, "holidays": [*own, *national_holidays()]} if isinstance(own, list) else content


@cache
def national_holidays() -> tuple[Content, ...]:
    """Return the holidays and joint leaves of `config/holidays`, as rows of a hall file."""
    rows = []
    for path in sorted(HOLIDAYS.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += [{**row, "sure": row["sure"] == "yes"} for row in csv.DictReader(file)]
    return tuple(rows)


def syntax(error: tomllib.TOMLDecodeError, text: str) -> Mistake:
    """Return the mistake of a text that is not TOML, with its line: the last one where the text ends too early."""
    told = str(error)
    line = told.partition("(at line ")[2].partition(",")[0]
    found = mistake((), "syntax", why=told.partition(" (at")[0])
    return replace(found, line=int(line) if line.isdigit() else text.count("\n") + 1)


def iso(value: object) -> str:
    """Return a TOML date as ISO text, so that content is the same from a file and from the journal."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def hall_of_journal(content: Content) -> Hall:
    """Return the hall of a content that was checked when it was applied; later checks do not count for it."""
    return TypeAdapter(Hall).validate_python(content)


def hall_from(content: Content, path: str = "-") -> Hall:
    """Return the hall that a hall file's content describes; HallFileError with every mistake at once."""
    crossed = tuple(cross_check(content))
    try:
        hall = TypeAdapter(Hall).validate_python(content)
    except ValidationError as error:
        found = tuple(mistake_of(detail) for detail in error.errors())
        raise HallFileError(path, (*found, *crossed)) from error
    if crossed:
        raise HallFileError(path, crossed)
    return hall
