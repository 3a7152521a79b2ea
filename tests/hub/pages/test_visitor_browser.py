"""Visitors' pages in a real browser: its own forms are taken, nothing is wider than the screen, no text is faint."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE, chromium
from tests.hub.pages.conftest import PIN
from tests.hub.pages.visiting import SCORES, Hall

TABLET = {"width": 800, "height": 1280}
SMALL = """
() => [...document.querySelectorAll("a, button, .answers label, select")]
  .filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML)
"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


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


def test_an_open_page_shows_a_call_at_once(
    hall_at_work: Hall, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.pages.ticket_live.LOOKS_S", 0.05)
    _, code = hall_at_work.take()
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{hall_at_work.hub.url}/t/{code}")

    hall_at_work.act("call-next")

    expect(page.locator(".calls")).to_contain_text("Loket 1", timeout=8_000)  # by itself only after twenty seconds


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


def findings(page: Page) -> list[tuple[str, str]]:
    """Return the serious findings of the page that is open: the rule, and where."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        (rule["id"], node["html"][:120])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


FEW = ("/t/waits", "/t/served?thanks=1", "/t/served/skm", "/skm/instansi-0")
"""The pages with the most on them; all of them have one style and one frame."""
ALL = (*FEW, "/t/called", "/t/waits/cancel", "/t/0000000000", "/t/x/y", "/skm", "/skm?thanks=1")


@pytest.mark.parametrize(("language", "scheme", "paths"), [("id", "dark", ALL), ("en", "light", FEW)])
def test_no_page_of_a_visitor_has_a_serious_finding(
    hall_at_work: Hall, browser: Browser, language: str, scheme: Literal["light", "dark"], paths: tuple[str, ...]
) -> None:
    _, served = hall_at_work.take()
    hall_at_work.serve()
    _, called = hall_at_work.take()
    hall_at_work.act("call-next")
    _, waits = hall_at_work.take()
    hall_at_work.hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head", "agency": ""})
    page = browser.new_context(viewport=PHONE, color_scheme=scheme).new_page()
    url = hall_at_work.hub.url
    page.request.post(f"{url}/hall/login", form={"clerk": "kepala", "pin": PIN})
    page.request.post(f"{url}/hall/survey/tablet", form={"agency": ""})

    for path in paths:
        where = path.replace("waits", waits).replace("called", called).replace("served", served)
        page.goto(f"{url}{where}{'&' if '?' in where else '?'}lang={language}")
        assert (path, page.get_attribute("html", "lang"), findings(page)) == (path, language, [])
    page.goto(f"{url}/skm/instansi-0/survey?lang={language}")
    page.evaluate("document.querySelector('form').noValidate = true")
    page.locator("form button").click()
    assert page.locator(".lacks").count() == len(SCORES)
    assert findings(page) == []
