"""A region that holds halls' days, and a browser in front of its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page
from push_regions import served_over
from region_days import DATE, body_of, keep, line, opening, project
from sqlalchemy import Table, select

from cli.processes import Process
from region.door import set_password
from region.errors import Fork
from region.store import Store, open_sqlite
from tests.browser import Visit

PASSWORD = "kata sandi wilayah"
DAY_MINUTES = 24 * 60

LARGE, SMALL, LONG, MARKUP = "mpp-besar", "mpp-kecil", f"mpp-{'panjang' * 8}", "mpp-tanda"
NAMES = {
    LARGE: "Mal Pelayanan Publik Kabupaten Ogan Komering Ulu Timur",
    SMALL: "Mal Pelayanan Publik Kecil",
    LONG: f"Mal {LONG}",
    MARKUP: '<img src="https://elsewhere.example/a.png" onerror="throw 1"><b>Mal</b>',
}
SERVICES = ("dukcapil-ktp-rekam", "bpjs-kesehatan-mutasi", "samsat-pajak-tahunan")
VISITORS = {LARGE: 1230, SMALL: 40, LONG: 20, MARKUP: 7}

COUNTED = ("issued", "served", "missed")
CONTROLS = "a, button, input, [tabindex='0']"
"""What Tab stops at."""


def lines_of(hall: str, visitors: int) -> list[bytes]:
    """Return a hall's journal: a Friday with half of these visitors, then the Monday on which it is now."""
    hall_file = {"hall": {"name": NAMES[hall], "timezone": "Asia/Jakarta"}}
    told = [opening(hall)[0], line(2, "config.applied", 0, content=hall_file, digest="", author="")]
    for date, days_ago, count in (("2026-11-27", 3, visitors // 2), (DATE, 0, visitors)):
        start = -days_ago * DAY_MINUTES
        told.append(line(len(told) + 1, "day.opened", start, date=date, learned={}, printers={}, rolls={}))
        for kind, minute, number, service in deeds(count):
            told.append(line(len(told) + 1, kind, start + minute, **body_of(kind, number) | service))
    return told


def deeds(count: int) -> Iterator[tuple[str, float, str, dict[str, str]]]:
    """Yield what happens to so many visitors: each seventh does not come, each tenth still waits."""
    for at in range(count):
        number, minute = f"A{at + 1:04d}", at * 150 / count
        yield "ticket.issued", minute, number, {"service": SERVICES[at % len(SERVICES)]}
        if at % 10 == 9:
            continue
        yield "ticket.called", minute + 4 + at % 30, number, {}
        if at % 7 == 6:
            yield "ticket.missed", minute + 6 + at % 30, number, {}
        else:
            yield "service.started", minute + 5 + at % 30, number, {}
            yield "service.finished", minute + 9 + at % 30, number, {}


@dataclass(frozen=True)
class Region:
    """A region that runs: where its pages are, and what it holds."""

    url: str
    store: Store

    def rows(self, table: Table, **wanted: object) -> list[dict[str, Any]]:
        """Return the rows of a table with these values, in the order of its key."""
        query = select(table).where(*(table.c[name] == value for name, value in wanted.items()))
        with self.store.reading() as connection:
            return [dict(row) for row in connection.execute(query.order_by(*table.primary_key)).mappings()]


def fill(store: Store, *halls: str) -> None:
    """Let a store hold the days of halls."""
    for hall in halls:
        keep(store, lines_of(hall, VISITORS[hall]), hall=hall)
    project(store)


@contextmanager
def region_with_days(data: Path) -> Iterator[Region]:
    """Serve a region with a password and the days of all halls, one of which was offered another journal too."""
    set_password(data, PASSWORD)
    with open_sqlite(data) as store:
        fill(store, *VISITORS)
        with pytest.raises(Fork):
            keep(store, lines_of(LONG, 5), hall=LONG)
        with served_over(store, data) as url:
            yield Region(url, store)


@contextmanager
def program_with_day(data: Path, hall: str) -> Iterator[str]:
    """Run the program over a region with a password and one hall's days; yield its address."""
    set_password(data, PASSWORD)
    with open_sqlite(data) as store:
        fill(store, hall)
    process = Process("region", ["region", "run", str(data), "--port", "0"], data / "region.log")
    try:
        yield process.wait_for("region ready ").removeprefix("region ready ")
    finally:
        code = process.end()
    assert code == 0


def log_in(visit: Visit) -> None:
    """Begin a session beside the page, which is left as it is."""
    answer = visit.page.context.request.post(f"{visit.url}/login", form={"password": PASSWORD})
    assert answer.status == 200, answer.text()


def in_language(path: str, language: str) -> str:
    """Return the address of a page in a language."""
    return f"{path}?lang={language}"


def facts(part: Locator) -> dict[str, str]:
    """Return the names and values of the lists of facts in a part of a page."""
    told = "all => all.map(one => [...one.children].map(child => child.innerText))"
    return dict(part.locator("dl > div").evaluate_all(told))


def cells(table: Locator) -> list[list[str]]:
    """Return the rows of a table's body."""
    told = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    return list(table.locator("tbody tr").evaluate_all(told))


def number(count: int, language: str) -> str:
    """Return a number as a language groups it, "1.230" or "1,230"."""
    return f"{count:,}".replace(",", "." if language == "id" else ",")


def counts(held: dict[str, int], language: str) -> list[str]:
    """Return the counted figures of a row that is held, as a table shows them."""
    return [number(held[name], language) for name in COUNTED]


def minutes(ms: int, language: str) -> str:
    """Return a wait as a page shows it."""
    return f"{round(ms / 60_000)} {'menit' if language == 'id' else 'min'}"


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus; each stop on the way shows that it has it."""
    for _ in range(page.locator(CONTROLS).count()):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("one => getComputedStyle(one).outlineStyle") != "none", focused.inner_text()
        if focused.evaluate("(one, other) => one === other", wanted.element_handle()):
            return
    raise AssertionError(f"Tab does not reach {wanted}")
