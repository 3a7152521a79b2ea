"""The settings in a real browser, on a phone and without script: what a head sees is what the file gets."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cli.processes import start_hub
from config.load import HALLS
from hub.hub import head_client
from hub.settings.document import plain
from tests.conftest import monday
from tests.hub.pages.conftest import PIN

CHROMIUM = Path("/usr/bin/chromium")
PHONE = {"width": 360, "height": 740}
HOME = "/hall/settings"
PAGES = (
    "", "/list?of=agencies", "/list?of=holidays", "/list?of=classes", "/edit?at=hall", "/edit?at=agencies.0",
    "/edit?at=agencies.0.services.0", "/edit?at=agencies.new", "/edit?at=counters.0", "/edit?at=hours.4",
    "/edit?at=screens.0", "/edit?at=policy", "/calendar", "/history", "/history/2", "/import",
)  # fmt: skip
NAMELESS = """
all => all.filter(one => one.type !== 'hidden' && !one.labels.length && !one.getAttribute('aria-label'))
  .map(one => one.outerHTML)
"""


@pytest.fixture
def browser() -> Iterator[Browser]:
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        yield found
        found.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The large example hall with a head, its address and its file."""
    path = tmp_path / "hall.toml"
    shutil.copy(HALLS / "mpp-oku-timur.toml", path)
    process, url = start_hub(path, tmp_path / "data", "--simulated")
    with_head = head_client(tmp_path / "data")
    with_head.set_clock(monday())
    with_head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    yield url, path
    with_head.close()
    assert process.end() == 0


def logged_in(page: Page, url: str) -> None:
    page.goto(f"{url}/hall/login")
    page.get_by_label("Kode petugas").fill("kepala")
    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/hall")


def test_a_change_without_script_on_a_phone(browser: Browser, hall: tuple[str, Path]) -> None:
    url, path = hall
    before = path.read_text()
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        page = context.new_page()
        logged_in(page, url)
        page.goto(f"{url}{HOME}/edit?at=agencies.0.services.1")
        page.get_by_label("Kuota harian").fill("90")
        page.get_by_role("button", name="Lihat perubahannya").click()
        assert "Berlaku segera" in page.locator("main").inner_text()
        page.get_by_role("button", name="Terapkan").click()
        page.wait_for_url("**done")

    assert path.read_text() == before.replace("daily_quota = 120", "daily_quota = 90", 1)
    assert plain(path.read_text())["agencies"][0]["services"][1]["daily_quota"] == 90


def test_every_page_fits_a_phone_names_its_fields_and_loads_nothing_else(
    browser: Browser, hall: tuple[str, Path]
) -> None:
    url, _ = hall
    asked: list[str] = []
    complaints: list[str] = []
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
        logged_in(page, url)
        for where in PAGES:
            page.goto(url + HOME + where)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], where
            assert page.locator("main").locator("input, select, textarea").evaluate_all(NAMELESS) == [], where

    assert complaints == []
    assert {address for address in asked if not address.startswith((url, "data:"))} == set()
