"""What one table of a hall file says wrongly about another, read from the raw content: no mistake hides another."""

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from config.devices import NARROW_PAPER_MM, STANDARD_DPI
from config.logo import is_packed
from config.mistakes import Mistake, Place, mistake
from config.tables import KEYPAD, NUMPAD
from config.values import minute_of_day

Row = tuple[Place, dict[str, Any]]


def cross_check(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield the mistakes that no single value shows."""
    yield from timezone_known(content)
    yield from logo_packed(content)
    yield from used_once(content)
    yield from agencies_fit(content)
    yield from counters_fit(content)
    yield from keypads_fit(content)
    yield from devices_fit(content)
    yield from printers_fit(content)
    yield from hours_fit(content)


def rows(content: dict[str, Any], *names: str, around: Place = ()) -> Iterator[Row]:
    """Yield each row of an array of tables, or of an array within them, with its place; all else is passed over."""
    name, *within = names
    found = content.get(name)
    for index, row in enumerate(found if isinstance(found, list) else ()):
        if isinstance(row, dict):
            place: Place = (*around, name, index)
            if within:
                yield from rows(row, *within, around=place)
            else:
                yield place, row


def values(row: dict[str, Any], key: str) -> list[str]:
    """Return the texts of a row's list, or the keys of its table; what has another shape is told elsewhere."""
    found = row.get(key)
    return [value for value in found if isinstance(value, str)] if isinstance(found, (list, dict)) else []


def text(row: dict[str, Any], key: str) -> str | None:
    """Return a row's text, None where it is none."""
    value = row.get(key)
    return value if isinstance(value, str) else None


def timezone_known(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield a mistake where the time zone has no IANA name."""
    hall = content.get("hall")
    name = hall.get("timezone", "Asia/Jakarta") if isinstance(hall, dict) else "Asia/Jakarta"
    try:
        ZoneInfo(str(name))
    except (KeyError, ValueError, OSError):
        yield mistake(("hall", "timezone"), "timezone", value=name)


def logo_packed(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield a mistake where the logo is not a picture's data: whoever sent this content had no picture to read."""
    form = content.get("ticket")
    logo = text(form, "logo") if isinstance(form, dict) else None
    if logo and not is_packed(logo):
        yield mistake(("ticket", "logo"), "logo_broken", value=logo[:40])


UNIQUE = (
    (("zones",), "id"),
    (("agencies",), "id"),
    (("agencies",), "letter"),
    (("agencies", "services"), "id"),
    (("counters",), "number"),
    (("screens",), "id"),
    (("kiosks",), "id"),
    (("printers",), "id"),
    (("hours",), "day"),
)


def used_once(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield ids, letters, numbers and weekdays that stand twice, at the later place."""
    for names, key in UNIQUE:
        seen = set()
        for place, row in rows(content, *names):
            value = row.get(key)
            if isinstance(value, (str, int)) and value in seen:
                yield mistake((*place, key), "twice", value=value)
            elif isinstance(value, (str, int)):
                seen.add(value)


def ids(content: dict[str, Any], *names: str) -> set[Any]:
    """Return the ids of an array's rows."""
    return {text(row, "id") for _, row in rows(content, *names)}


def agencies_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield agencies in no zone, services that no counter serves, and bookings beyond the quota."""
    zones = ids(content, "zones")
    served = {
        s for _, c in rows(content, "counters") for key in ("services", "second_services") for s in values(c, key)
    }
    for place, agency in rows(content, "agencies"):
        if text(agency, "zone") not in zones:
            yield mistake((*place, "zone"), "no_zone", value=agency.get("zone"))
    for place, service in rows(content, "agencies", "services"):
        if text(service, "id") not in served:
            yield mistake((*place, "id"), "unserved", value=service.get("id"))
        quota, booked = service.get("daily_quota"), service.get("booking_quota", 0)
        if isinstance(quota, int) and isinstance(booked, int) and booked > quota >= 0:
            yield mistake((*place, "booking_quota"), "booking", value=booked, quota=quota)


def counters_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield counters of no agency, in no zone, or with a service that does not exist."""
    zones, agencies, services = ids(content, "zones"), ids(content, "agencies"), ids(content, "agencies", "services")
    for place, counter in rows(content, "counters"):
        if text(counter, "agency") not in agencies:
            yield mistake((*place, "agency"), "no_agency", value=counter.get("agency"))
        if text(counter, "zone") not in zones:
            yield mistake((*place, "zone"), "no_zone", value=counter.get("zone"))
        for key in ("services", "second_services"):
            for service in values(counter, key):
                if service not in services:
                    yield mistake((*place, key), "no_service", value=service)


def keypads_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield keypads and numpads whose place cannot be read, and those that belong to two counters."""
    for key, form in (("keypad", KEYPAD), ("numpad", NUMPAD)):
        seen: list[tuple[re.Match[str], Any]] = []
        for place, counter in rows(content, "counters"):
            value = (text(counter, key) or "").strip()
            found = form.fullmatch(value)
            if found is None:
                if value:
                    yield mistake((*place, key), key, value=value)
                continue
            other = next((number for earlier, number in seen if clash(earlier, found)), None)
            if other is not None:
                yield mistake((*place, key), f"{key}_taken", value=value, counter=other)
            seen.append((found, counter.get("number")))


def clash(one: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two places may be the same: a keypad without an address is alone on its line."""
    first, second = one.groupdict(), other.groupdict()
    same = first["device"] == second["device"]
    return same and all(None in (first.get(k), second.get(k)) or first[k] == second[k] for k in ("address", "machine"))


def devices_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield screens of no zone and printers in no kiosk."""
    zones, kiosks = ids(content, "zones"), ids(content, "kiosks")
    for place, screen in rows(content, "screens"):
        for zone in values(screen, "zones"):
            if zone not in zones:
                yield mistake((*place, "zones"), "no_zone", value=zone)
    for place, printer in rows(content, "printers"):
        if text(printer, "kiosk") not in kiosks:
            yield mistake((*place, "kiosk"), "no_kiosk", value=printer.get("kiosk"))


LABEL = r"[0-9A-Za-z_-]{1,63}"
NETWORK_ADDRESS = re.compile(rf"({LABEL}(\.{LABEL})*|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{{1,5}}))?")
LAST_PORT = 65535
USB_ADDRESS = re.compile(r"[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(:.+)?")


def printers_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield printers without an address, USB addresses that are none, and heads that narrow paper does not have."""
    for place, printer in rows(content, "printers"):
        transport, address = text(printer, "transport") or "virtual", text(printer, "address") or ""
        if not address and transport in ("file", "tcp", "serial", "usb"):
            yield mistake((*place, "address"), f"no_address_{transport}")
        elif transport == "usb" and not USB_ADDRESS.fullmatch(address):
            yield mistake((*place, "address"), "usb_address", value=address)
        elif transport == "tcp" and not fits_network(address):
            yield mistake((*place, "address"), "network_address", value=address)
        if printer.get("width_mm") == NARROW_PAPER_MM and printer.get("dpi", STANDARD_DPI) != STANDARD_DPI:
            yield mistake((*place, "dpi"), "narrow_dpi", value=printer["dpi"])


def fits_network(address: str) -> bool:
    """Tell whether a text is a host, or a host and a port from 1 to 65535."""
    found = NETWORK_ADDRESS.fullmatch(address)
    return found is not None and (found["port"] is None or 0 < int(found["port"]) <= LAST_PORT)


def hours_fit(content: dict[str, Any]) -> Iterator[Mistake]:
    """Yield hours and periods that end before they begin, and breaks that cross."""
    for place, row in (*rows(content, "hours"), *rows(content, "hours_special")):
        opens, closes = clock(row, "open"), clock(row, "close")
        if opens is not None and closes is not None and opens >= closes:
            yield mistake((*place, "close"), "closes_first", open=row["open"], close=row["close"])
        yield from breaks_fit(place, row, opens, closes)
    for place, row in (*rows(content, "hours_special"), *rows(content, "notices")):
        if str(row.get("end", "9")) < str(row.get("start", "0")):
            yield mistake((*place, "end"), "ends_first", start=row.get("start"), end=row.get("end"))
    for name in ("agencies", "counters"):
        for place, row in rows(content, name):
            yield from breaks_fit(place, row, None, None)


def breaks_fit(place: Place, row: dict[str, Any], opens: int | None, closes: int | None) -> Iterator[Mistake]:
    """Yield breaks that end before they begin, lie outside the hours, or run into each other."""
    latest = -1 if opens is None else opens
    for at, pause in rows(row, "breaks", around=place):
        start, end = clock(pause, "start"), clock(pause, "end")
        if start is None or end is None:
            continue
        if start >= end:
            yield mistake(at, "break_ends_first", start=pause["start"], end=pause["end"])
        elif start < latest or (closes is not None and end > closes):
            yield mistake(at, "break_crosses", start=pause["start"], end=pause["end"])
        latest = max(latest, end)


def clock(row: dict[str, Any], key: str) -> int | None:
    """Return a time of a row in minutes after midnight, None where it is not one."""
    try:
        return minute_of_day(row.get(key))
    except ValueError:
        return None
