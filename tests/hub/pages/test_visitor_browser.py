"""Visitors' pages in a real browser: its own forms are taken, nothing is wider than the screen, no text is faint."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.hub.pages.conftest import PIN
from tests.hub.pages.visiting import SCORES, Hall

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 360, "height": 740}
TABLET = {"width": 800, "height": 1280}
SMALL = """
() => [...document.querySelectorAll("a, button, .answers label, select")]
  .filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML)
"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium without a window; the test fails where it does not start."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        try:
            started = driver.chromium.launch(executable_path=CHROMIUM, args=options)
        except Error as error:
            pytest.fail(f"{CHROMIUM} does not start (Debian: apt-get install chromium): {error.message}")
        yield started
        started.close()


def looked_at(page: Page, address: str) -> Page:
    page.goto(address)
    assert not page.evaluate(TOO_WIDE), address
    assert page.evaluate(SMALL) == []
    return page


def test_a_visitor_waits_cancels_and_answers(hall_at_work: Hall, browser: Browser) -> None:
    _, served = hall_at_work.take()
    _, waits = hall_at_work.take()
    hall_at_work.serve()
    page = browser.new_context(viewport=PHONE).new_page()
    pages = f"{hall_at_work.hub.url}/t"

    for language in ("id", "en"):
        for where in (waits, f"{waits}/cancel", served, f"{served}/skm", "0000000000"):
            looked_at(page, f"{pages}/{where}?lang={language}")
    page.goto(f"{pages}/{waits}/cancel")
    page.get_by_role("button", name="Ya, batalkan").click()
    cancelled = page.content()
    page.goto(f"{pages}/{served}/skm")
    for element, score in SCORES.items():
        page.check(f"input[name={element}][value='{score}']")
    page.get_by_role("button", name="Kirim jawaban").click()

    assert "sudah dibatalkan" in cancelled
    assert "Terima kasih. Penilaian Anda" in page.content()


def test_the_head_logs_in_and_makes_a_tablet_of_this_browser(hall_at_work: Hall, browser: Browser) -> None:
    hall_at_work.hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head", "agency": ""})
    page = browser.new_context(viewport=TABLET).new_page()
    address = hall_at_work.hub.url

    page.goto(f"{address}/hall/login")
    page.fill("input[name=clerk]", "kepala")
    page.fill("input[name=pin]", PIN)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{address}/hall/survey")
    page.get_by_role("button", name="Jadikan perangkat ini tablet survei").click()
    assert page.url == f"{address}/skm"
    for where in ("/skm", "/skm/instansi-0", "/skm/instansi-0/survey"):
        looked_at(page, address + where)
    page.goto(f"{address}/skm/instansi-0")
    page.get_by_role("button", name="Sangat puas").click()

    assert "Terima kasih" in page.content()
    page.goto(f"{address}/hall")
    assert page.url == f"{address}/hall/login"
