"""The region's pages in a real browser: true, in two languages, for phone and keyboard, in light and dark."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from browsing import (
    CONTROLS,
    COUNTED,
    LARGE,
    LONG,
    MARKUP,
    NAMES,
    PASSWORD,
    SERVICES,
    SMALL,
    VISITORS,
    Region,
    cells,
    counts,
    facts,
    in_language,
    log_in,
    minutes,
    number,
    program_with_day,
    region_with_days,
    tab_to,
)
from playwright.sync_api import Browser, expect
from region_days import DATE

from region.tables import day, rollup_hour
from region.words import LANGUAGES, Words
from tests.browser import FAINT, PHONE, Visit, chromium, visit_to

PAGES = ["/", *(f"/halls/{hall}" for hall in VISITORS)]
GROUNDS = {"light": "rgb(246, 248, 251)", "dark": "rgb(7, 20, 38)"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    with region_with_days(tmp_path_factory.mktemp("region")) as region:
        yield region


@pytest.fixture
def stranger(browser: Browser, region: Region) -> Iterator[Visit]:
    """Somebody who has not logged in."""
    with visit_to(browser, region.url) as visit:
        yield visit


@pytest.fixture(scope="module")
def session(browser: Browser, region: Region) -> dict[str, Any]:
    """A session that all share who do not end it."""
    with visit_to(browser, region.url) as visit:
        log_in(visit)
        return {"storage_state": visit.page.context.storage_state()}


@pytest.fixture
def visit(browser: Browser, region: Region, session: dict[str, Any]) -> Iterator[Visit]:
    """Somebody who has logged in."""
    with visit_to(browser, region.url, **session) as visit:
        yield visit


@pytest.fixture
def on_phone(browser: Browser, region: Region, session: dict[str, Any]) -> Iterator[Visit]:
    """Somebody who has logged in with a phone."""
    with visit_to(browser, region.url, viewport=PHONE, has_touch=True, is_mobile=True, **session) as visit:
        yield visit


def test_a_wrong_password_is_told_and_the_right_one_opens(stranger: Visit) -> None:
    page = stranger.open("/")
    field, enter = page.get_by_label("Kata sandi"), page.get_by_role("button", name="Masuk")

    field.fill("bukan kata sandinya")
    enter.click()
    expect(page.get_by_role("alert")).to_have_text("Kata sandi tidak cocok. Silakan coba lagi.")
    expect(page.locator(".totals")).to_have_count(0)
    field.fill(PASSWORD)
    enter.click()

    expect(page.locator(".totals")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_shows_the_figures_of_each_hall(visit: Visit, region: Region, language: str) -> None:
    say = Words(language).say
    page = visit.open(in_language("/", language))

    expect(page.locator("li.hall")).to_have_count(len(VISITORS))
    for held in region.rows(day, date=DATE):
        card = page.locator("li.hall").filter(has=page.get_by_role("link", name=NAMES[held["hall"]], exact=True))
        waiting = held["issued"] - held["served"] - held["missed"] - held["cancelled"] - held["unserved"]
        wanted = {
            **{say(f"region.{name}"): number(held[name], language) for name in COUNTED},
            say("region.open"): number(waiting, language),
            **{say(f"region.{name}"): minutes(held[f"{name}_ms"], language) for name in ("median", "p90")},
        }
        assert held["issued"] == VISITORS[held["hall"]]
        assert facts(card).items() >= wanted.items()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_adds_the_halls_up(visit: Visit, region: Region, language: str) -> None:
    say, days = Words(language).say, region.rows(day, date=DATE)

    shown = facts(visit.open(in_language("/", language)).locator("main"))

    assert shown[say("region.on_line")] == say("region.of", part=len(VISITORS), whole=len(VISITORS))
    for name in COUNTED:
        assert shown[say(f"region.{name}_today")] == number(sum(held[name] for held in days), language)


def summed(rows: list[dict[str, Any]], name: str, value: object) -> dict[str, int]:
    """Return the counts of the rows of one hour or service, added up."""
    return {counted: sum(row[counted] for row in rows if row[name] == value) for counted in COUNTED}


def test_a_halls_page_is_a_link_away_and_shows_its_hours_and_days(visit: Visit, region: Region) -> None:
    page = visit.open("/")

    page.get_by_role("link", name=NAMES[LARGE]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[LARGE])
    hours, services, days = (cells(page.locator("table").nth(at)) for at in range(3))

    held_hours = region.rows(rollup_hour, hall=LARGE, date=DATE)
    friday, monday = region.rows(day, hall=LARGE)
    assert hours == [
        [f"{hour:02d}.00", *counts(summed(held_hours, "hour", hour), "id")]
        for hour in sorted({held["hour"] for held in held_hours})
    ]
    assert sorted(row[0] for row in services) == sorted(SERVICES)
    assert services == [[row[0], *counts(summed(held_hours, "service", row[0]), "id")] for row in services]
    assert [row[0] for row in days] == ["Sen, 30 Nov 2026", "Jum, 27 Nov 2026"]
    assert [row[1:4] for row in days] == [counts(monday, "id"), counts(friday, "id")]


def test_a_halls_page_leads_back_in_the_same_language(visit: Visit) -> None:
    page = visit.open(in_language(f"/halls/{LARGE}", "en"))

    page.get_by_role("link", name="All halls").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Public service malls")


@pytest.mark.parametrize(("path", "code"), [("/halls/nix", 404), ("/nowhere?lang=en", 404)])
def test_an_address_where_nothing_is_says_so_on_a_page(visit: Visit, path: str, code: int) -> None:
    page = visit.open("/")

    answer = page.goto(visit.url + path)

    assert answer is not None
    assert answer.status == code
    expect(page.get_by_role("link", name="All halls" if "en" in path else "Semua mal")).to_be_visible()


def test_what_a_hall_wrote_is_shown_as_text_and_loads_nothing(visit: Visit) -> None:
    page = visit.open(f"/halls/{MARKUP}")

    expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[MARKUP])
    assert page.locator("img").count() == 0
    assert visit.asked == [f"{visit.url}/halls/{MARKUP}"]


@pytest.mark.parametrize("path", ["/", f"/halls/{LARGE}", "/login"])
def test_the_language_is_changed_where_one_is(visit: Visit, path: str) -> None:
    page, root = visit.open(path), visit.page.locator("html")

    for link, language in (("English", "en"), ("Bahasa Indonesia", "id")):
        page.get_by_role("navigation").get_by_role("link", name=link).click()

        expect(page).to_have_url(visit.url + in_language(path, language))
        expect(root).to_have_attribute("lang", language)
        expect(page.locator("nav [aria-current]")).to_have_attribute("lang", language)


def test_the_language_can_be_changed_after_a_wrong_password_and_after_the_log_out(stranger: Visit) -> None:
    page = stranger.open("/")

    page.get_by_label("Kata sandi").fill("bukan kata sandinya")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("link", name="English").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("link", name="Bahasa Indonesia").click()

    expect(page.get_by_label("Kata sandi")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_wider_than_a_phone(on_phone: Visit, language: str) -> None:
    for path in ("/login", *PAGES):
        page = on_phone.open(in_language(path, language))
        wide, seen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")

        assert (path, seen) == (path, PHONE["width"])
        assert wide <= seen, path


def test_a_wide_table_scrolls_by_itself(on_phone: Visit) -> None:
    table = on_phone.open(f"/halls/{LARGE}").locator(".table").last

    table.scroll_into_view_if_needed()

    expect(table.locator("td").last).not_to_be_in_viewport()
    table.evaluate("box => { box.scrollLeft = box.scrollWidth }")
    expect(table.locator("td").last).to_be_in_viewport(ratio=0.95)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_keys_are_large_enough_for_a_thumb(on_phone: Visit, language: str) -> None:
    for path in ("/login", "/", f"/halls/{LARGE}"):
        controls = on_phone.open(in_language(path, language)).locator("a:not(.skip), button, input")

        heights = controls.evaluate_all("all => all.map(one => [one.innerText, one.getBoundingClientRect().height])")

        assert heights
        assert [told for told in heights if told[1] < 48] == [], path


@pytest.mark.parametrize("scheme", GROUNDS)
def test_in_light_and_dark_every_text_can_be_read(visit: Visit, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)

    for path in ("/login", "/", f"/halls/{LONG}"):
        page = visit.open(path)

        assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == GROUNDS[scheme]
        assert page.locator("body *").evaluate_all(FAINT) == [], path


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_complained_of(stranger: Visit) -> None:
    wanted = [in_language(path, language) for path, language in product(PAGES, LANGUAGES)]

    page = stranger.open("/")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".totals")).to_be_visible()
    for path in wanted:
        stranger.open(path)

    asked = ["/", "/login?lang=id", "/?lang=id", *wanted]
    assert stranger.asked == [stranger.url + path for path in asked]
    # A page that asks for the password has the status 401, which the browser tells too.
    assert [told for told in stranger.complaints if "401 (Unauthorized)" not in told] == []


def test_one_logs_in_and_opens_a_hall_without_a_mouse(stranger: Visit) -> None:
    page = stranger.open("/")

    tab_to(page, page.get_by_label("Kata sandi"))
    page.keyboard.type(PASSWORD)
    tab_to(page, page.get_by_role("button", name="Masuk"))
    page.keyboard.press("Enter")
    expect(page.locator(".totals")).to_be_visible()
    tab_to(page, page.get_by_role("link", name=NAMES[LONG]))
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{stranger.url}/halls/{LONG}?lang=id")


@pytest.mark.parametrize("path", ["/", f"/halls/{LARGE}"])
def test_tab_reaches_everything_in_the_order_in_which_it_is_read(visit: Visit, path: str) -> None:
    page = visit.open(path)

    for control in page.locator(CONTROLS).all():
        page.keyboard.press("Tab")

        expect(control).to_be_focused()
        expect(control).to_be_in_viewport()


def test_the_first_tab_leads_past_the_head(visit: Visit) -> None:
    page = visit.open("/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_in_viewport(ratio=0.95)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.locator("main a").first).to_be_focused()


@pytest.mark.parametrize(
    ("path", "link", "name", "table"),
    [
        ("/", "Unduh CSV harian", "days.csv", day),
        (f"/halls/{LARGE}", "Unduh CSV harian", f"{LARGE}-days.csv", day),
        (f"/halls/{LARGE}", "Unduh CSV per jam", f"{LARGE}-hours.csv", rollup_hour),
    ],
)
def test_a_link_gives_the_figures_as_a_file(
    visit: Visit, region: Region, tmp_path: Path, path: str, link: str, name: str, table: object
) -> None:
    download = visit.downloaded(visit.open(path).get_by_role("link", name=link))
    download.save_as(tmp_path / name)
    with (tmp_path / name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)

    held = region.rows(table, **({} if path == "/" else {"hall": LARGE}))
    assert download.suggested_filename == name
    assert header == [column.name for column in table.columns]
    assert sorted(rows) == sorted([str(value) for value in row.values()] for row in held)
    assert len(rows) >= 2


def test_whoever_logs_out_is_out_and_finds_no_way_back(stranger: Visit) -> None:
    log_in(stranger)
    page = stranger.open(in_language("/", "en"))

    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    stranger.open(f"/halls/{LARGE}")

    expect(page.get_by_label("Kata sandi")).to_be_visible()
    expect(page.get_by_text(NAMES[LARGE])).to_have_count(0)


def test_the_program_itself_shows_what_it_holds(browser: Browser, tmp_path: Path) -> None:
    with program_with_day(tmp_path / "region", SMALL) as url, visit_to(browser, url) as visit:
        page = visit.open(in_language("/login", "en"))

        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.get_by_role("link", name=NAMES[SMALL]).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(NAMES[SMALL])
        assert facts(page.locator("main"))["Tickets"] == str(VISITORS[SMALL])
