"""Who may see the page of the hall, and how somebody is turned away."""

import httpx
import pytest

from hub.client.http import CommandRefused
from tests.hub.conftest import Running
from tests.hub.pages.conftest import PIN, Enter


def log_in(hub: Running, name: str, pin: str, **headers: str) -> httpx.Response:
    return httpx.post(f"{hub.url}/hall/login", data={"clerk": name, "pin": pin}, headers=headers)


def test_who_has_not_logged_in_is_asked_to(hub: Running) -> None:
    asked = httpx.get(f"{hub.url}/hall", follow_redirects=True)

    assert asked.url.path == "/hall/login"
    assert "Kode petugas" in asked.text


@pytest.mark.parametrize(("role", "agency"), [("head", ""), ("viewer", ""), ("supervisor", "instansi-0")])
def test_who_has_a_page_sees_it_and_leaves_it(enter: Enter, role: str, agency: str) -> None:
    browser = enter(role, agency)

    assert role in browser.get("/hall").text
    assert browser.post("/hall/logout", data={}).url.path == "/hall/login"
    assert browser.get("/hall").url.path == "/hall/login"


def test_a_clerk_and_a_stranger_and_a_wrong_pin_have_no_page(hub: Running) -> None:
    hub.head.command("/v1/clerks", {"clerk": "P01", "pin": PIN})

    answers = [log_in(hub, "P01", PIN), log_in(hub, "nobody", PIN), log_in(hub, "P01", "000000")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not [answer for answer in answers if answer.cookies]
    assert len({answer.text.split("PIN salah")[0][-30:] for answer in answers}) == 1


def test_five_wrong_pins_make_an_address_wait_and_lock_nobody_out_of_a_counter(hub: Running) -> None:
    hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    hub.head.command("/v1/clerks", {"clerk": "P01", "pin": PIN})
    before = hub.head.ask("GET", "/health")["seq"]
    for name in ("kepala", "P01", "nobody"):
        for _ in range(5):
            assert log_in(hub, name, "000000").status_code == 403

    assert "Terlalu banyak PIN salah" in log_in(hub, "kepala", PIN).text
    assert hub.head.ask("GET", "/health")["seq"] == before
    assert hub.head.sign_in(1, "P01", PIN)["counter"]["clerk"] == "P01"


def test_many_guesses_at_all_codes_make_an_address_wait(hub: Running) -> None:
    for at in range(20):
        assert log_in(hub, f"P{at}", "000000").status_code == 403

    assert log_in(hub, "P77", "000000").status_code == 429


def test_a_right_that_is_taken_away_ends_at_once(hub: Running, enter: Enter) -> None:
    browser = enter("viewer", name="tamu")
    hub.head.ask("DELETE", "/v1/clerks/tamu")

    assert browser.get("/hall").url.path == "/hall/login"


def test_a_form_from_another_site_is_turned_away(hub: Running) -> None:
    hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})

    assert log_in(hub, "kepala", PIN, origin="http://elsewhere.example").status_code == 403


def test_a_supervisor_has_one_agency_and_nobody_else_has(hub: Running) -> None:
    for role, agency in (("supervisor", ""), ("supervisor", "nowhere"), ("viewer", "instansi-0")):
        with pytest.raises(CommandRefused, match="satu instansi"):
            hub.head.command("/v1/clerks", {"clerk": "S1", "pin": PIN, "role": role, "agency": agency})


def test_accounts_of_the_page_do_not_ask_clerks_for_pins(hub: Running) -> None:
    hub.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    panel = hub.device("counter").client()

    assert panel.sign_in(1, "P77")["counter"]["clerk"] == "P77"
    with pytest.raises(CommandRefused):
        panel.sign_in(2, "kepala")


def test_the_page_loads_nothing_from_elsewhere_and_is_small(enter: Enter) -> None:
    answer = enter().get("/hall")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "http://" not in answer.text.replace(str(answer.url), "")
    assert len(answer.content) < 200_000
