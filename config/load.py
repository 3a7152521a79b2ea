"""Reads a hall file: TOML in, a frozen `Hall` out, or every mistake with its key and its remedy."""

import json
import tomllib
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from config.errors import AntreanError
from config.hall import Hall, SpecialHours, WeekdayHours

Content = dict[str, Any]
HALLS = Path(__file__).parent / "halls"
LARGEST_FILE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake of a hall file: the key it stands at, what is wrong, and what to write instead."""

    key: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key}: {self.wrong}; {self.remedy}"


class HallFileError(AntreanError):
    """A hall file cannot be used; `mistakes` says why."""

    key = "error.hall_file"

    def __init__(self, path: str, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(path=path, mistakes="\n".join(f"  {mistake}" for mistake in mistakes))
        self.mistakes = mistakes


def load(path: Path) -> Hall:
    """Return the hall of a file; HallFileError where it cannot be read or has mistakes."""
    return hall_from(read(path), str(path))


def read(path: Path) -> Content:
    """Return a hall file's content as JSON-like values (dates as ISO text); HallFileError where it is not TOML."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise HallFileError(str(path), (Mistake("-", "the file is over 1 MB", "give the hall file, not another"),))
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        mistake = Mistake("-", f"byte {error.start} is not UTF-8", "save the file as UTF-8 text")
        raise HallFileError(str(path), (mistake,)) from error
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(str(path), (Mistake("-", str(error), "write this line as TOML"),)) from error
    except OSError as error:
        mistake = Mistake("-", error.strerror or str(error), "check the file's name and its permissions")
        raise HallFileError(str(path), (mistake,)) from error
    plain: Content = json.loads(json.dumps(content, default=iso))
    return plain


def iso(value: object) -> str:
    """Return a TOML date as ISO text, so that content is the same from a file and from the journal."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def hall_from(content: Content, path: str = "-") -> Hall:
    """Return the hall that a hall file's content describes; HallFileError with every mistake."""
    try:
        hall = TypeAdapter(Hall).validate_python(content)
    except ValidationError as error:
        raise HallFileError(path, tuple(mistake_of(detail) for detail in error.errors())) from error
    mistakes = tuple(cross_check(hall))
    if mistakes:
        raise HallFileError(path, mistakes)
    return hall


REMEDIES = {
    "missing": "add it",
    "unexpected_keyword_argument": "remove it or correct its spelling",
    "extra_forbidden": "remove it or correct its spelling",
}


def mistake_of(detail: ErrorDetails) -> Mistake:
    """Return a mistake for one finding of pydantic."""
    key = ".".join(str(part) for part in detail["loc"]) or "-"
    wrong = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "unexpected_keyword_argument":
        wrong = "this key is not known"
    return Mistake(key, wrong, REMEDIES.get(detail["type"], "correct the value"))


def cross_check(hall: Hall) -> Iterator[Mistake]:
    """Yield what one table of a hall file says wrongly about another."""
    yield from timezone_known(hall)
    yield from used_once(hall)
    yield from agencies_fit(hall)
    yield from counters_fit(hall)
    yield from devices_fit(hall)
    yield from hours_fit(hall)


def timezone_known(hall: Hall) -> Iterator[Mistake]:
    """Yield a mistake where the time zone has no IANA name."""
    try:
        ZoneInfo(hall.hall.timezone)
    except (KeyError, ValueError, OSError):
        yield Mistake("hall.timezone", f"{hall.hall.timezone} is not known", 'write for example "Asia/Jakarta"')


def used_once(hall: Hall) -> Iterator[Mistake]:
    """Yield ids, letters and counter numbers that stand twice."""
    names: dict[str, list[object]] = {
        "zones.id": [zone.id for zone in hall.zones],
        "agencies.id": [agency.id for agency in hall.agencies],
        "agencies.letter": [agency.letter for agency in hall.agencies],
        "agencies.services.id": [service.id for agency in hall.agencies for service in agency.services],
        "counters.number": [counter.number for counter in hall.counters],
        "screens.id": [screen.id for screen in hall.screens],
        "kiosks.id": [kiosk.id for kiosk in hall.kiosks],
        "printers.id": [printer.id for printer in hall.printers],
        "hours.day": [hours.day for hours in hall.hours],
    }
    for key, values in names.items():
        for value, times in Tally(values).items():
            if times > 1:
                yield Mistake(key, f"{value} stands {times} times", "give each its own")


def agencies_fit(hall: Hall) -> Iterator[Mistake]:
    """Yield agencies in no zone, and services that no counter serves."""
    for agency in hall.agencies:
        if agency.zone not in hall.zone_by_id:
            yield Mistake(f"agencies.{agency.id}.zone", f"there is no zone {agency.zone}", "name one of [[zones]]")
        for service in agency.services:
            if not hall.counters_of[service.id]:
                yield Mistake(
                    f"agencies.services.{service.id}", "no counter serves it", "add it to a counter's services"
                )


def counters_fit(hall: Hall) -> Iterator[Mistake]:
    """Yield counters of no agency, in no zone, or with a service that does not exist."""
    agencies = {agency.id for agency in hall.agencies}
    for counter in hall.counters:
        key = f"counters.{counter.number}"
        if counter.agency not in agencies:
            yield Mistake(f"{key}.agency", f"there is no agency {counter.agency}", "name one of [[agencies]]")
        if counter.zone not in hall.zone_by_id:
            yield Mistake(f"{key}.zone", f"there is no zone {counter.zone}", "name one of [[zones]]")
        for service in (*counter.services, *counter.second_services):
            if service not in hall.services:
                yield Mistake(f"{key}.services", f"there is no service {service}", "name one of [[agencies.services]]")


def devices_fit(hall: Hall) -> Iterator[Mistake]:
    """Yield screens of no zone and printers in no kiosk."""
    for screen in hall.screens:
        for zone in screen.zones:
            if zone not in hall.zone_by_id:
                yield Mistake(f"screens.{screen.id}.zones", f"there is no zone {zone}", "name one of [[zones]]")
    for printer in hall.printers:
        if printer.kiosk not in hall.kiosk_by_id:
            key = f"printers.{printer.id}.kiosk"
            yield Mistake(key, f"there is no kiosk {printer.kiosk}", "name one of [[kiosks]]")


def hours_fit(hall: Hall) -> Iterator[Mistake]:
    """Yield hours and breaks that end before they begin."""
    rows: list[tuple[str, WeekdayHours | SpecialHours]] = [(f"hours.{row.day}", row) for row in hall.hours]
    rows += [(f"hours_special.{row.name_id}", row) for row in hall.hours_special]
    for key, row in rows:
        if row.open >= row.close:
            yield Mistake(key, "it closes before it opens", "write an open before its close")
        for pause in row.breaks:
            if pause.start >= pause.end:
                yield Mistake(f"{key}.breaks", "a break ends before it begins", "write a start before its end")
