"""Tablets of the survey: how many are open, who may close them, and that they outlast the hub."""

import uuid
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from bench.hall import generated_hall
from hub.pages.door import COOKIE as LOG_IN
from hub.rules.commands import OpenTablet
from hub.rules.refusal import Refused
from hub.rules.tablets import MOST_TABLETS
from hub.survey.tablets import MOST_A_DAY
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import PIN, Enter
from tests.hub.pages.visiting import hub_with_pages, start_on
from tests.hub.rules.play import Play

OWN, OTHER = "instansi-0", "instansi-1"
CLOSED = "tablet yang disediakan petugas"


@pytest.fixture
def tablet(enter: Enter) -> httpx.Client:
    """A browser that the supervisor of instansi-0 has made a tablet."""
    browser = enter("supervisor", OWN, name="S01")
    assert browser.post("/hall/survey/tablet", data={}).url.path == f"/skm/{OWN}"
    return browser


def revoke(browser: httpx.Client, device: str = "tablet-1") -> httpx.Response:
    """Send the form that closes a tablet."""
    told = {"request": uuid.uuid4().hex, "back": "/hall/people", "device": device}
    return browser.post("/hall/acts/revoke-device", data=told)


def is_open(tablet: httpx.Client) -> bool:
    return CLOSED not in tablet.get("/skm").text


def test_with_one_tablet_too_many_the_oldest_of_that_agency_is_closed() -> None:
    play = Play(generated_hall(2, 1, 1))
    play.do(OpenTablet(OTHER, "other", "S02"))
    for at in range(MOST_TABLETS):
        play.wait(60).do(OpenTablet(OWN, f"digest-{at}", "S01"))

    told = play.wait(60).do(OpenTablet(OWN, "one more", "S01"))

    assert [(event.kind, event.body()["device"]) for event in told] == [
        ("device.revoked", "tablet-2"),
        ("device.paired", f"tablet-{MOST_TABLETS + 2}"),
    ]
    with pytest.raises(Refused):
        play.do(OpenTablet("nowhere", "digest", "S01"))


def test_a_tablet_whose_month_is_over_makes_room_first() -> None:
    play = Play(generated_hall(2, 1, 1))
    play.do(OpenTablet(OWN, "old", "S01"))
    play.wait(32 * 24 * 3600).do(OpenTablet(OWN, "new", "S01"))

    assert [device.digest for device in play.state.devices.values()] == ["new"]


def test_a_tablet_outlasts_the_hub(tmp_path: Path) -> None:
    hub = hub_with_pages(tmp_path)
    hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    with httpx.Client(follow_redirects=True) as browser:
        browser.post(f"{hub.url}/hall/login", data={"clerk": "kepala", "pin": PIN})
        browser.post(f"{hub.url}/hall/survey/tablet", data={"agency": ""})
        hub.head.close()
        assert hub.process.end() == 0
        again = start_on(tmp_path, tmp_path / "hall.toml")
        shown = browser.get(f"{again.url}/skm").text
        again.head.close()
        assert again.process.end() == 0

    assert CLOSED not in shown
    assert "Instansi 1" in shown


def test_staff_see_their_tablets_and_close_them(hub: Running, enter: Enter, tablet: httpx.Client) -> None:
    head, own, other = enter("head"), enter("supervisor", OWN), enter("supervisor", OTHER, name="S02")

    assert "tablet-1" in head.get("/hall/people").text
    assert "tablet-1" not in other.get("/hall/people").text
    shown = own.get("/hall/people").text
    assert "tablet-1" in shown
    assert ">10.00<" in shown
    assert "add-clerk" not in shown
    assert revoke(own).status_code == 200
    assert not is_open(tablet)
    assert "tablet-1" not in own.get("/hall/people").text


def test_who_opens_a_tablet_is_logged_out_whoever_kept_the_cookie(hub: Running, enter: Enter) -> None:
    browser = enter("supervisor", OWN)
    kept = {LOG_IN: browser.cookies[LOG_IN]}
    before = httpx.get(f"{hub.url}/hall", cookies=kept, follow_redirects=True)

    browser.post("/hall/survey/tablet", data={})

    assert before.url.path == "/hall"
    assert httpx.get(f"{hub.url}/hall", cookies=kept, follow_redirects=True).url.path == "/hall/login"


def test_a_tablet_of_an_agency_that_has_gone_says_where_the_survey_is(hub: Running, tablet: httpx.Client) -> None:
    content = hub.head.state()["hall"]
    without = content | {
        name: [each for each in content[name] if each[key] != OWN]
        for name, key in (("agencies", "id"), ("counters", "agency"))
    }
    hub.head.ask("POST", "/v1/hall", {"content": without})
    hub.head.set_clock(monday() + 24 * 3600 * 1000)

    shown = [tablet.get(path) for path in ("/skm", f"/skm/{OWN}", f"/skm/{OTHER}/survey")]

    assert [(answer.status_code, answer.url.path, CLOSED in answer.text) for answer in shown] == [
        (200, "/skm", True)
    ] * len(shown)


def test_a_tablet_has_so_many_answers_a_day(
    hub: Running, enter: Enter, tablet: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_A_DAY == 400
    monkeypatch.setattr("hub.survey.tablets.MOST_A_DAY", 2)

    def rate(browser: httpx.Client, at_ms: int) -> int:
        hub.head.set_clock(monday() + at_ms)
        return browser.post(f"/skm/{OWN}/rating", data={"score": "4"}).status_code

    other = enter("head")
    other.post("/hall/survey/tablet", data={"agency": ""})

    assert [rate(tablet, at * 60_000) for at in range(3)] == [200, 200, 429]
    assert rate(other, 180_000) == 200
    assert rate(tablet, 24 * 3600 * 1000) == 200


def test_the_head_closes_a_tablet_at_a_terminal(hub: Running, tablet: httpx.Client) -> None:
    hub.head.ask("DELETE", "/v1/devices/tablet-1")

    assert not is_open(tablet)


@pytest.mark.parametrize("who", ["other", "viewer", "clerk", "display", "tablet", "nobody"])
def test_nobody_else_closes_a_tablet(hub: Running, enter: Enter, tablet: httpx.Client, who: str) -> None:
    if who in ("other", "viewer"):
        browser = enter("supervisor", OTHER) if who == "other" else enter("viewer")
    else:
        token = {"clerk": "counter", "display": "display"}
        found = hub.device(token[who]).token if who in token else tablet.cookies["antrean_skm"]
        headers = {} if who == "nobody" else {"authorization": f"Bearer {found}"}
        browser = httpx.Client(base_url=hub.url, headers=headers)
    before = hub.head.ask("GET", "/health")["seq"]

    assert revoke(browser).status_code == (403 if who in ("other", "viewer") else 401)
    assert hub.head.ask("GET", "/health")["seq"] == before
    assert is_open(tablet)


def test_a_tablet_commands_nothing_and_hears_nothing(hub: Running, tablet: httpx.Client) -> None:
    headers = {"Authorization": f"Bearer {tablet.cookies['antrean_skm']}"}

    assert httpx.get(f"{hub.url}/v1/state", headers=headers).status_code == 403
    with connect(hub.url.replace("http", "ws") + "/v1/feed", additional_headers=headers) as feed:
        assert "token_missing" in feed.recv(timeout=10)


def test_the_hubs_own_key_is_not_taken_away_on_the_page(hub: Running, enter: Enter) -> None:
    assert revoke(enter("head", name="kepala"), "head").status_code == 409
    assert hub.head.ask("GET", "/health")["status"] == "ok"


def test_a_browser_that_is_opened_again_closes_the_tablet_it_was() -> None:
    play = Play(generated_hall(2, 1, 1))
    play.do(OpenTablet(OWN, "first", "S01"))
    play.do(OpenTablet(OTHER, "second", "S02", before="first"))

    assert [(device.digest, device.agency) for device in play.state.devices.values()] == [("second", OTHER)]
