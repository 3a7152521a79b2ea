"""Journals written by hand, line by line, for reports whose figures can be counted on fingers."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.hall import generated_hall
from config.load import Content
from journal.line import Line
from journal.store import Store, Transaction
from tests.conftest import JAKARTA

Entry = tuple[str, str, dict[str, Any]]
MONDAY, TUESDAY = "2026-11-30", "2026-12-01"
SERVICE, OTHER, ELSEWHERE = "layanan-0-0", "layanan-0-1", "layanan-1-0"


def ms(at: str) -> int:
    """Return "2026-11-30 08:00" or with seconds, in Jakarta, as ms since 1970."""
    return round(datetime.fromisoformat(at).replace(tzinfo=JAKARTA).timestamp() * 1000)


def hall() -> Content:
    """Return a hall that is open from eight to three on five days; the first service has a target of ten minutes."""
    content = generated_hall(agencies=2, services=2, counters=2)
    content["hours"] = [{"day": day, "open": "08:00", "close": "15:00"} for day in range(1, 6)]
    content["policy"]["agency_absent_minutes"] = 15
    content["agencies"][0]["services"][0]["target_wait_minutes"] = 10
    content["agencies"][1]["days"] = [1, 3, 5]
    return content


def opened(day: str = MONDAY, at: str = "07:00", **printers: str) -> Entry:
    return f"{day} {at}", "day.opened", {"date": day, "learned": {}, "printers": printers, "rolls": {}}


def closed(day: str, at: str) -> Entry:
    return at, "day.closed", {"date": day}


def issued(at: str, number: str, service: str = SERVICE, **more: Any) -> Entry:
    body = {"number": number, "issue": int(number[1:]), "service": service, "ticket_class": "normal", "kiosk": "k"}
    body |= {"ahead": 0, "promise": None, "visit": number, "source": "kiosk", "trial": False}
    return at, "ticket.issued", body | more


def deed(at: str, kind: str, number: str, **more: Any) -> Entry:
    return at, kind, {"number": number, "counter": 1, "clerk": "P01"} | more


def called(at: str, number: str, attempt: int = 1, **more: Any) -> Entry:
    return deed(at, "ticket.called", number, **({"attempt": attempt, "reason": None} | more))


def finished(at: str, number: str, outcome: str = "done", **more: Any) -> Entry:
    return deed(at, "service.finished", number, outcome=outcome, **more)


def at_counter(at: str, kind: str, counter: int = 1, **more: Any) -> Entry:
    return at, f"counter.{kind}", {"counter": counter, "clerk": "P01"} | more


def keep(folder: Path, *entries: Entry, content: Content | None = None) -> Path:
    """Write a journal of a hall and these entries, whose times are of Monday where they name no date."""
    begin: Iterable[Entry] = (
        (f"{MONDAY} 06:00", "epoch.opened", {"hall": "mpp-uji", "epoch": 1, "simulated": True}),
        (f"{MONDAY} 06:00", "config.applied", {"content": content or hall(), "digest": "one", "author": "test"}),
    )
    lines = []
    for seq, (at, kind, body) in enumerate([*begin, *entries], 1):
        moment = ms(at if "-" in at else f"{MONDAY} {at}")
        lines.append(Line(seq, moment, moment, kind, 1, body))
    store = Store(folder, "mpp-uji")
    store.append([Transaction(lines)])
    store.close()
    return folder
