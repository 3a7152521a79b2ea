"""A region that holds halls' days, and a browser in front of its pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Download, Error, Locator, Page, Request, sync_playwright
from push_regions import served_over
from region_days import DATE, body_of, keep, line, opening, project
from sqlalchemy import Table, select

from cli.processes import Process
from region.door import set_password
from region.errors import Fork
from region.store import Store, open_sqlite

CHROMIUM = Path("/usr/bin/chromium")
START_MS = 30_000
WAIT_MS = 10_000
PASSWORD = "kata sandi wilayah"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
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
FAINT = """
all => all.filter(one => one.matches("input") || [...one.childNodes].some(n => n.nodeType === 3)).map(one => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number)
  const light = colour => parts(colour).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0)
  let behind = one
  while (parts(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement
  const [text, ground] = [light(getComputedStyle(one).color), light(getComputedStyle(behind).backgroundColor)]
  return [one.outerHTML, (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05)]
}).filter(([, contrast]) => contrast < 4.5)
"""
"""Which elements' own text has less contrast to what is behind it than WCAG 2 asks for."""


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


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium without a window; the test fails where it does not start."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=options, timeout=START_MS)
        except Error as error:
            pytest.fail(f"{CHROMIUM} does not start (Debian: apt-get install chromium): {error.message}")
        yield browser
        browser.close()


@dataclass
class Visit:
    """Somebody before a page: the addresses it asked for, and what the browser complained about."""

    url: str
    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.context.set_default_timeout(WAIT_MS)
        self.page.context.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", self._note_error)

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.complaints.append(error.message)

    def open(self, path: str) -> Page:
        """Go to a path of the region."""
        self.page.goto(self.url + path)
        return self.page

    def log_in(self) -> None:
        """Begin a session beside the page, which is left as it is."""
        answer = self.page.context.request.post(f"{self.url}/login", form={"password": PASSWORD})
        assert answer.status == 200, answer.text()

    def downloaded(self, link: Locator) -> Download:
        """Return the file that a link gives."""
        with self.page.expect_download() as expected:
            link.click()
        return expected.value


@contextmanager
def visit_to(browser: Browser, url: str, **options: Any) -> Iterator[Visit]:
    """Open an empty page in a context of its own."""
    with browser.new_context(**({"viewport": DESKTOP} | options)) as context:
        yield Visit(url, context.new_page())


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
