"""The settings of a real hub by its pages: looked at, confirmed, written to file and journal, brought back."""

import re
import tomllib
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.settings.document import plain
from tests.hub.conftest import Running
from tests.hub.pages.conftest import Enter

HOME = "/hall/settings"


def file_of(hub: Running) -> Path:
    return hub.data.parent / "hall.toml"


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


def sent(browser: httpx.Client, at: str, **changes: Any) -> httpx.Response:
    """Send the form of a place with some fields."""
    asked = browser.get(f"{HOME}/edit", params={"at": at})
    data = {f"f.{name.replace('__', '.')}": value for name, value in changes.items()}
    return browser.post(f"{HOME}/edit", data={"at": at, "base": hidden(asked, "base"), **data})


def confirmed(browser: httpx.Client, preview: httpx.Response) -> httpx.Response:
    assert preview.status_code == 200, preview.text
    return browser.post(f"{HOME}/confirm", data={"draft": hidden(preview, "draft")})


def in_force(hub: Running) -> dict[str, Any]:
    return dict(hub.head.state()["hall"])


def test_a_change_is_looked_at_then_holds_in_hub_and_file(hub: Running, enter: Enter) -> None:
    browser = enter("head", name="kepala")

    preview = sent(browser, "hall", phone="0735 1234")

    assert "0735 1234" in preview.text
    assert "Berlaku segera" in preview.text
    assert "phone" not in plain(file_of(hub).read_text())["hall"]
    assert confirmed(browser, preview).url.path == HOME
    assert in_force(hub)["hall"]["phone"] == "0735 1234"
    assert plain(file_of(hub).read_text())["hall"]["phone"] == "0735 1234"
    assert "kepala" in browser.get(f"{HOME}/history").text


def test_a_restart_keeps_what_was_set(start: Callable[[], Running], hub: Running, enter: Enter) -> None:
    browser = enter()
    confirmed(browser, sent(browser, "policy", recall_max="5"))
    lines = hub.head.ask("GET", "/health")["seq"]

    assert hub.process.end() == 0
    again = start()

    assert in_force(again)["policy"]["recall_max"] == 5
    assert again.head.ask("GET", "/health")["seq"] <= lines + 3


def test_a_confirmation_sent_twice_is_done_once(hub: Running, enter: Enter) -> None:
    browser = enter()
    preview = sent(browser, "hall", phone="1")
    confirmed(browser, preview)
    before = hub.head.ask("GET", "/health")["seq"]

    assert confirmed(browser, preview).url.path == HOME
    assert hub.head.ask("GET", "/health")["seq"] == before


def test_all_that_is_wrong_is_told_at_its_field_and_at_the_top(hub: Running, enter: Enter) -> None:
    before = file_of(hub).read_text()

    told = sent(enter(), "agencies.1", letter="A", zone="z9", close="25:00")

    assert told.status_code == 422
    assert told.text.count('aria-invalid="true"') == 3
    assert "3 hal yang perlu diperbaiki" in told.text
    assert "<code>agencies[2].letter</code>" in told.text
    assert file_of(hub).read_text() == before


def test_hours_that_cross_are_told_in_the_language_of_the_page(enter: Enter) -> None:
    browser = enter()
    browser.get("/hall?lang=en")

    told = sent(browser, "hours.0", open="15:00", close="08:00")

    assert told.status_code == 422
    assert "2 things" not in told.text
    assert "need to be put right" in told.text


@pytest.mark.parametrize(("role", "agency"), [("supervisor", "instansi-0"), ("viewer", "")])
def test_who_is_not_the_head_sees_and_changes_nothing(hub: Running, enter: Enter, role: str, agency: str) -> None:
    other, before = enter(role, agency), file_of(hub).read_text()
    seq = hub.head.ask("GET", "/health")["seq"]

    answers = [
        *(other.get(HOME + path) for path in READ),
        *(other.post(HOME + path, data={"base": "x"}) for path in WRITTEN),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert file_of(hub).read_text() == before
    assert hub.head.ask("GET", "/health")["seq"] == seq


READ = ("", "/list?of=hours", "/edit?at=hall", "/calendar", "/history", "/history/2", "/import", "/export")
WRITTEN = ("/edit", "/remove", "/confirm", "/take", "/calendar", "/rollback", "/import")


def test_who_has_not_logged_in_is_turned_away(hub: Running) -> None:
    assert [httpx.get(hub.url + HOME + path).status_code for path in READ] == [303] * len(READ)
    assert [httpx.post(hub.url + HOME + path, data={}).status_code for path in WRITTEN] == [401] * len(WRITTEN)


def test_of_two_heads_the_second_is_told_what_the_first_changed(hub: Running, enter: Enter) -> None:
    first, second = enter("head", name="satu"), enter("head", name="dua")
    preview = sent(second, "hall", phone="2")
    confirmed(first, sent(first, "hall", address="Jalan Baru"))

    refused = second.post(f"{HOME}/confirm", data={"draft": hidden(preview, "draft"), "base": hidden(preview, "base")})

    assert refused.status_code == 409
    assert "Jalan Baru" in refused.text
    assert "phone" not in in_force(hub)["hall"]


def test_a_file_that_a_technician_changed_is_shown_and_can_be_taken(hub: Running, enter: Enter) -> None:
    browser = enter()
    asked = browser.get(f"{HOME}/edit", params={"at": "hall"})
    file_of(hub).write_text(file_of(hub).read_text().replace("MPP Uji", "MPP Teknisi"))

    refused = browser.post(f"{HOME}/edit", data={"at": "hall", "base": hidden(asked, "base"), "f.phone": "1"})
    shown = browser.get(HOME)
    confirmed(browser, browser.post(f"{HOME}/take", data={"base": hidden(shown, "base")}))

    assert refused.status_code == 409
    assert "MPP Teknisi" in refused.text
    assert "MPP Teknisi" in shown.text
    assert in_force(hub)["hall"]["short"] == "MPP Teknisi"
    assert "Berkas mal berbeda" not in browser.get(HOME).text


def test_what_people_wait_for_goes_with_the_next_day(hub: Running, enter: Enter) -> None:
    browser = enter()
    hub.head.issue("layanan-0-0")
    asked = browser.get(f"{HOME}/edit", params={"at": "agencies.0.services.0"})

    preview = browser.post(f"{HOME}/remove", data={"at": "agencies.0.services.0", "base": hidden(asked, "base")})
    confirmed(browser, preview)

    assert "hari pelayanan berikutnya" in preview.text
    assert "layanan-0-0" in str(in_force(hub))
    assert "layanan-0-0" not in file_of(hub).read_text()
    assert "menunggu hari pelayanan berikutnya" in browser.get(HOME).text


def test_a_new_agency_comes_with_service_and_counter_and_goes_with_them(hub: Running, enter: Enter) -> None:
    browser = enter()
    form = browser.get(f"{HOME}/edit", params={"at": "agencies.new"})
    new = {"f.id": "pos", "f.letter": "PA", "f.name": "Pos", "f.zone": "z1", "s.id": "pos-kirim", "s.name_id": "Kirim"}

    data = {"at": "agencies.new", "base": hidden(form, "base"), "new_counter": "99", **new}
    confirmed(browser, browser.post(f"{HOME}/edit", data=data))
    listed = browser.get(f"{HOME}/edit", params={"at": "agencies.10"})
    added = in_force(hub)
    confirmed(browser, browser.post(f"{HOME}/remove", data={"at": "agencies.10", "base": hidden(listed, "base")}))

    assert added["agencies"][-1]["services"] == [{"id": "pos-kirim", "name_id": "Kirim"}]
    assert added["counters"][-1] == {"number": 99, "agency": "pos", "zone": "z1", "services": ["pos-kirim"]}
    assert "pos" not in {agency["id"] for agency in in_force(hub)["agencies"]}
    assert 99 not in {counter["number"] for counter in in_force(hub)["counters"]}


def test_a_new_service_says_who_serves_it(hub: Running, enter: Enter) -> None:
    browser = enter()

    lonely = sent(browser, "agencies.0.services.new", id="baru", name_id="Baru")
    form = browser.get(f"{HOME}/edit", params={"at": "agencies.0.services.new"})
    data = {"at": "agencies.0.services.new", "base": hidden(form, "base"), "f.id": "baru", "f.name_id": "Baru"}
    confirmed(browser, browser.post(f"{HOME}/edit", data={**data, "c": ["", "2", "7"]}))

    assert lonely.status_code == 422
    serving = {counter["number"] for counter in in_force(hub)["counters"] if "baru" in counter["services"]}
    assert serving == {2, 7}


@pytest.mark.parametrize(
    ("act", "told", "expected"),
    [
        ({"act": "open_on", "date": "2026-12-25"}, "holidays", {"date": "2026-12-25", "open": True}),
        (
            {"act": "hours_on", "date": "2026-12-24", "open": "08:00", "close": "11:00"},
            "hours_special",
            {"close": "11:00"},
        ),
        (
            {"act": "ramadan", "start": "2027-02-08", "end": "2027-03-08", "open": "08:00", "close": "14:00"},
            "hours_special",
            {"start": "2027-02-08", "open": "08:00"},
        ),
        ({"act": "notice", "text": "Lift rusak", "end": "2026-12-01"}, "notices", {"text_id": "Lift rusak"}),
    ],
)
def test_a_deed_of_the_calendar_is_one_row(
    hub: Running, enter: Enter, act: dict[str, str], told: str, expected: dict[str, Any]
) -> None:
    browser = enter()

    confirmed(browser, browser.post(f"{HOME}/calendar", data=act))

    row = in_force(hub)[told][0]
    assert {key: row[key] for key in expected} == expected


def test_a_date_that_is_none_is_refused(enter: Enter) -> None:
    answer = enter().post(f"{HOME}/calendar", data={"act": "open_on", "date": "besok"})

    assert answer.status_code == 409
    assert "tidak dapat dibaca" in answer.text


def imported(browser: httpx.Client, text: bytes, *, as_file: bool = True) -> httpx.Response:
    base = hidden(browser.get(f"{HOME}/import"), "base")
    if as_file:
        return browser.post(f"{HOME}/import", data={"base": base}, files={"file": ("hall.toml", text)})
    return browser.post(f"{HOME}/import", data={"base": base, "text": text.decode()})


@pytest.mark.parametrize("as_file", [True, False])
def test_what_is_exported_can_be_imported(hub: Running, enter: Enter, as_file: bool) -> None:
    browser = enter()
    text = browser.get(f"{HOME}/export").text
    assert text == file_of(hub).read_text()

    changed = "# milik kami\n" + text.replace("MPP Uji", "MPP Impor")
    confirmed(browser, imported(browser, changed.encode(), as_file=as_file))

    assert in_force(hub)["hall"]["short"] == "MPP Impor"
    assert file_of(hub).read_text() == changed


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (b"\xff\xfe", 409, "bukan teks UTF-8"),
        (b"[hall\n", 422, "baris 1"),
        (b"x = 1\n" * 10, 422, "perlu diperbaiki"),
        (b"# " + b"x" * 1_100_000, 422, "perlu diperbaiki"),
        (b"", 422, "perlu diperbaiki"),
    ],
)
def test_what_is_no_hall_file_changes_nothing(hub: Running, enter: Enter, text: bytes, status: int, said: str) -> None:
    before = file_of(hub).read_text()

    answer = imported(enter(), text)

    assert answer.status_code == status
    assert said in answer.text
    assert file_of(hub).read_text() == before


def test_more_than_two_megabytes_and_another_halls_file_are_refused(hub: Running, enter: Enter) -> None:
    browser = enter()

    assert imported(browser, b"x" * 2_200_000).status_code == 413
    foreign = file_of(hub).read_text().replace("mpp-uji", "mpp-lain")
    assert imported(browser, foreign.encode()).status_code == 409


def test_going_back_is_looked_at_like_every_change_and_keeps_codes(hub: Running, enter: Enter) -> None:
    browser = enter()
    first = re.findall(rf"{HOME}/history/(\d+)", browser.get(f"{HOME}/history").text)[0]
    confirmed(browser, sent(browser, "hall", phone="0735"))
    confirmed(browser, sent(browser, "kiosks.0", service_code="4711"))
    looked_at = browser.get(f"{HOME}/history/{first}")

    preview = browser.post(f"{HOME}/rollback", data={"seq": first, "base": hidden(looked_at, "base")})
    confirmed(browser, preview)

    assert "4711" not in looked_at.text + preview.text
    assert "phone" not in in_force(hub)["hall"]
    assert plain(file_of(hub).read_text())["kiosks"][0]["service_code"] == "4711"
    assert browser.get(f"{HOME}/history/999999").status_code == 404


def test_a_folder_that_takes_no_file_is_told_and_nothing_is_half_done(hub: Running, enter: Enter) -> None:
    browser = enter()
    preview = sent(browser, "hall", phone="0735")
    before, seq = file_of(hub).read_text(), hub.head.ask("GET", "/health")["seq"]
    blocked = file_of(hub).with_name("hall.toml.new")
    blocked.mkdir()

    refused = confirmed(browser, preview)
    blocked.rmdir()
    taken = confirmed(browser, preview)

    assert refused.status_code == 503
    assert "tidak dapat ditulis" in refused.text
    assert hub.head.ask("GET", "/health")["seq"] > seq
    assert taken.url.path == HOME
    assert tomllib.loads(file_of(hub).read_text())["hall"]["phone"] == "0735"
    assert "phone" not in tomllib.loads(before)["hall"]


def test_a_file_that_was_broken_by_hand_is_told_and_can_be_replaced(hub: Running, enter: Enter) -> None:
    browser = enter()
    good = file_of(hub).read_text()
    file_of(hub).write_text("[hall\n")

    told = browser.get(HOME)
    form = browser.get(f"{HOME}/edit", params={"at": "hall"})
    confirmed(browser, imported(browser, good.encode()))

    assert "baris 1" in told.text
    assert (form.status_code, "baris 1" in form.text) == (422, True)
    assert file_of(hub).read_text() == good


def test_every_page_is_there_in_both_languages(enter: Enter) -> None:
    browser = enter()
    paths = [*READ[:-1], *(f"/list?of={name}" for name in ("agencies", "counters", "holidays", "classes", "notices"))]
    paths += [f"/edit?at={at}" for at in ("agencies.0", "agencies.new", "counters.0", "classes.priority", "screens.0")]

    for language in ("id", "en"):
        for path in paths:
            answer = browser.get(HOME + path + ("&" if "?" in path else "?") + f"lang={language}")
            assert answer.status_code == 200, path
            assert "settings." not in re.sub(r"<(style|script)>.*?</\1>", "", answer.text, flags=re.S), path
            assert len(answer.content) < 200_000
