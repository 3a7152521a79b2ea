"""The hall's page in a real browser, on a hall in the middle of its Monday: seen, pressed, fresh, for everybody."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hub.client.http import HubClient
from hub.hub import head_client
from tests.browser import PHONE, Visit, chromium, visit_to
from tests.hub.pages.busy import PIN, busy_hub

PAGES = (
    "/hall/login", "/hall", "/hall/agencies/dukcapil", "/hall/services/dukcapil-ktp-rekam", "/hall/counters/1",
    "/hall/tickets", "/hall/tickets/A001", "/hall/machines", "/hall/people", "/hall/reports",
    "/hall/survey", "/hall/survey/publication", "/hall/survey/evidence", "/hall/settings", "/hall/settings/calendar",
    "/hall/settings/history", "/hall/settings/import", "/skm",
)  # fmt: skip
DARK = ("/hall", "/hall/services/dukcapil-ktp-rekam", "/hall/reports", "/hall/survey", "/hall/settings")
SEVERE = ("serious", "critical")
LARGEST_PAGE = 200_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, HubClient]]:
    data = tmp_path_factory.mktemp("hall") / "data"
    process, url = busy_hub(data)
    with_head = head_client(data)
    yield url, with_head
    with_head.close()
    assert process.end() == 0


@pytest.fixture(scope="module")
def session(browser: Browser, busy: tuple[str, HubClient]) -> dict[str, Any]:
    with visit_to(browser, busy[0]) as visit:
        page = visit.open("/hall/login")
        page.get_by_label("Kode petugas").fill("kepala")
        page.get_by_label("PIN").fill(PIN)
        page.get_by_role("button", name="Masuk").click()
        expect(page).to_have_url(re.compile(r"/hall$"))
        return {"storage_state": page.context.storage_state()}


@pytest.fixture
def visit(browser: Browser, busy: tuple[str, HubClient], session: dict[str, Any]) -> Iterator[Visit]:
    with visit_to(browser, busy[0], **session) as visit:
        yield visit
    assert visit.complaints == []
    assert [url for url in visit.asked if not url.startswith((busy[0], "data:"))] == []


@pytest.fixture
def phone(browser: Browser, busy: tuple[str, HubClient], session: dict[str, Any]) -> Iterator[Visit]:
    with visit_to(browser, busy[0], viewport=PHONE, has_touch=True, is_mobile=True, **session) as visit:
        yield visit
    assert visit.complaints == []


@pytest.mark.timeout(200)
def test_no_page_has_a_serious_finding_in_light_and_dark(visit: Visit) -> None:
    axe = Axe()
    looks: list[tuple[str, Literal["light", "dark"]]] = [(path, "light") for path in PAGES]
    for path, scheme in [*looks, *((path, "dark") for path in DARK)]:
        visit.page.emulate_media(color_scheme=scheme)
        found = axe.run(visit.open(path)).response["violations"]
        severe = [
            (rule["id"], node["html"][:120]) for rule in found if rule["impact"] in SEVERE for node in rule["nodes"]
        ]

        assert (path, scheme, severe) == (path, scheme, [])


def test_every_page_fits_a_phone_and_is_small(phone: Visit) -> None:
    for path, language in product(PAGES, ("id", "en")):
        answer = phone.page.goto(f"{phone.url}{path}?lang={language}")

        assert answer is not None
        assert (path, answer.ok, len(answer.body()) < LARGEST_PAGE) == (path, True, True)
        assert (path, phone.page.evaluate("document.documentElement.scrollWidth")) == (path, PHONE["width"])
        assert (path, re.findall(r"hall\.[a-z_]+", phone.page.inner_text("body"))) == (path, [])
        assert phone.page.get_attribute("html", "lang") == language


MISSED = """
all => all.filter(one => one.checkVisibility() && !["checkbox", "radio", "hidden", "file"].includes(one.type))
  .filter(one => one.getBoundingClientRect().height < 40
    || (one.getBoundingClientRect().right > innerWidth && !one.closest(".tabs"))).map(one => one.outerHTML)
"""
"""Which keys and fields are lower than a finger or beyond the screen's edge."""


def test_what_is_pressed_on_a_phone_is_in_sight_and_at_least_forty_pixels_high(phone: Visit) -> None:
    for path in PAGES:
        found = phone.open(path).locator("button, main select, main input, .tabs a").evaluate_all(MISSED)

        assert (path, found) == (path, [])


def test_the_first_page_says_first_what_is_wrong(visit: Visit, busy: tuple[str, HubClient]) -> None:
    page = visit.open("/hall?lang=id")
    alarms = page.locator(".alarms li").all_inner_texts()
    told = {view["service"]: view["waiting"] for view in busy[1].state()["services"]}

    assert any("DPMPTSP belum membuka loket" in alarm for alarm in alarms)
    assert any("anjungan-2 meminta bantuan" in alarm for alarm in alarms)
    assert page.locator(".total dd").first.inner_text() == str(sum(told.values()))


def test_an_open_page_follows_the_hall_by_itself(visit: Visit, busy: tuple[str, HubClient]) -> None:
    page, head = visit.open("/hall?lang=id"), busy[1]
    before = int(page.locator(".total dd").first.inner_text())
    head.issue("dukcapil-ktp-rekam")

    expect(page.locator(".total dd").first).to_have_text(str(before + 1))


def test_the_tab_one_is_at_is_seen_on_a_phone(phone: Visit) -> None:
    for path in ("/hall", "/hall/settings", "/hall/people"):
        box = phone.open(path).locator(".tabs [aria-current]").bounding_box()

        assert box is not None
        assert (path, box["x"] >= 0, box["x"] + box["width"] <= PHONE["width"]) == (path, True, True)


def press(page: Page, button: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=button, exact=True).first.click()


def test_a_ticket_is_found_moved_and_taken_back(visit: Visit, busy: tuple[str, HubClient]) -> None:
    number = busy[1].issue("dukcapil-ktp-rekam")["ticket"]["number"]
    page = visit.open("/hall/tickets?lang=id")
    page.get_by_label("Nomor", exact=True).fill(number.lower())
    press(page, "Tampilkan")
    expect(page.get_by_role("heading", name=f"Nomor {number}")).to_be_visible()
    page.get_by_label("Alihkan ke layanan").select_option("dukcapil-kk")
    press(page, "Alihkan")
    expect(page.locator("td", has_text="Dialihkan")).to_be_visible()
    press(page, "Batalkan nomor")
    expect(page.locator("dd", has_text="dibatalkan")).to_be_visible()

    assert busy[1].ask("GET", f"/v1/tickets/{number}")["ticket"]["state"] == "cancelled"


def test_everything_is_reached_by_the_keyboard_and_without_script(
    browser: Browser, busy: tuple[str, HubClient]
) -> None:
    with visit_to(browser, busy[0], java_script_enabled=False) as plain:
        page = plain.open("/hall/login?lang=en")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        page.get_by_label("Staff code").press_sequentially("kepala")
        page.keyboard.press("Tab")
        page.keyboard.type(PIN)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Now")).to_be_visible()
        page.get_by_role("link", name="Machines", exact=True).press("Enter")
        expect(page.get_by_role("heading", name="Machines and the whole hall")).to_be_visible()
