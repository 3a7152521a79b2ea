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
from config.logo import LogoUnusable, is_packed, packed
from config.mistakes import HallFileError, Mistake, mistake

Content = dict[str, Any]
HALLS = Path(__file__).parent / "halls"
HOLIDAYS = Path(__file__).parent / "holidays"
LARGEST_FILE_BYTES = 1_000_000
LONGEST_NAME = 60
"""Of a logo's file; a picture as text is longer."""

__all__ = ["HALLS", "Content", "HallFileError", "checked", "hall_from", "load", "read"]


def load(path: Path) -> Hall:
    """Return the hall of a file; HallFileError where it cannot be read or has mistakes."""
    return checked(text_of(path), path)[1]


def checked(text: str, path: Path) -> tuple[Content, Hall]:
    """Return the content and the hall of a text that stands, or is to stand, in a file; HallFileError with lines."""
    if len(text) > LARGEST_FILE_BYTES:
        raise HallFileError(str(path), (mistake((), "too_large"),))
    content, found = with_logo(content_of(text, path), path.parent)
    try:
        return content, hall_from(content, str(path), also=found)
    except HallFileError as error:
        lines = lines_of(text)
        located = (replace(found, line=line_at(lines, found.place)) for found in error.mistakes)
        raise HallFileError(str(path), tuple(sorted(located, key=lambda found: found.line or 0))) from error


def read(path: Path) -> Content:
    """Return a hall file's content as JSON-like values, dates as ISO text, its logo as data.

    HallFileError where it is not TOML, or its logo cannot be used.
    """
    content, found = with_logo(content_of(text_of(path), path), path.parent)
    if found:
        raise HallFileError(str(path), found)
    return content


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


def with_logo(content: Content, folder: Path) -> tuple[Content, tuple[Mistake, ...]]:
    """Return the content with the logo's picture in place of its name, or without it and with what is wrong.

    A picture that stands in the file itself, as a roll-back may write it, stays.
    """
    form = content.get("ticket")
    name = form.get("logo") if isinstance(form, dict) else None
    if not isinstance(form, dict) or not isinstance(name, str) or not name:
        return content, ()
    if len(name) > LONGEST_NAME and is_packed(name):
        return content, ()
    try:
        return {**content, "ticket": {**form, "logo": packed(folder / name)}}, ()
    except LogoUnusable as error:
        without = {**content, "ticket": {key: value for key, value in form.items() if key != "logo"}}
        return without, (mistake(("ticket", "logo"), error.code, value=name),)


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


def hall_from(content: Content, path: str = "-", *, also: tuple[Mistake, ...] = ()) -> Hall:
    """Return the hall that a hall file's content describes; HallFileError with every mistake at once, `also` those."""
    crossed = (*also, *cross_check(content))
    try:
        hall = TypeAdapter(Hall).validate_python(content)
    except ValidationError as error:
        found = tuple(mistake_of(detail) for detail in error.errors())
        raise HallFileError(path, (*found, *crossed)) from error
    if crossed:
        raise HallFileError(path, crossed)
    return hall
