"""A hub as other programs meet it: tokens, roles, the feed, the clock, restarts."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import urllib3

from config.load import read
from hub.client.http import CommandRefused, HubClient, HubUnreachable
from journal.verify import verify
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.ear import Ear
from tests.hub.test_crash import lines_of


def code(deed: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(CommandRefused) as refused:
        deed()
    assert set(refused.value.words) == {"id", "en"}
    return refused.value.status, refused.value.code


def test_a_device_is_paired_by_a_code_that_is_good_once(hub: Running) -> None:
    pairing = hub.head.pairing_code("kiosk", "anjungan-1")["code"]
    stranger = HubClient(hub.url)

    assert stranger.pair(pairing)["role"] == "kiosk"
    assert code(lambda: stranger.pair(pairing)) == (403, "code_wrong")


def test_ten_wrong_codes_void_all(hub: Running) -> None:
    pairing = hub.head.pairing_code("kiosk", "anjungan-1")["code"]
    stranger = HubClient(hub.url)
    for wrong in range(10):
        assert code(lambda wrong=wrong: stranger.pair(f"{(int(pairing) + wrong + 1) % 10**8:08d}")) == (
            403,
            "code_wrong",
        )

    assert code(lambda: stranger.pair(pairing)) == (403, "code_wrong")


def test_without_a_token_nothing_is_told_or_done(hub: Running) -> None:
    stranger = HubClient(hub.url, "guess")

    assert code(lambda: stranger.issue("layanan-0-0")) == (401, "token_missing")
    assert code(stranger.state) == (401, "token_missing")


MAY = {
    "kiosk": {"issue", "cancel", "reprint", "settle_paper"},
    "counter": {"issue", "cancel", "call_next", "reprint", "settle_paper", "change_roll", "remark"},
    "display": set(),
    "printer": {"report_job", "report_printer"},
}


@pytest.mark.parametrize("role", MAY)
def test_each_role_may_do_its_own_deeds_alone(hub: Running, role: str) -> None:
    client = hub.device(role).client()
    deeds: dict[str, Callable[[], object]] = {
        "issue": lambda: client.issue("layanan-0-0"),
        "cancel": lambda: client.cancel("Z999"),
        "call_next": lambda: client.call_next(1),
        "report_job": lambda: client.report_job("Z999-0", "sending"),
        "report_printer": lambda: client.report_printer("anjungan-1-printer", "ONLINE"),
        "reprint": lambda: client.reprint("Z999", reason="hilang"),
        "settle_paper": lambda: client.settle_paper("Z999", "noted"),
        "remark": lambda: client.remark("Z999", "berkas menyusul"),
        "change_roll": lambda: client.change_roll("anjungan-1-printer"),
        "pairing_code": lambda: client.pairing_code("head", "intruder"),
        "set_clock": lambda: client.set_clock(0),
    }
    forbidden = set()
    for name, deed in deeds.items():
        try:
            deed()
        except CommandRefused as refused:
            if (refused.status, refused.code) == (403, "role"):
                forbidden.add(name)

    assert forbidden == deeds.keys() - MAY[role]


def test_a_revoked_device_is_out(hub: Running) -> None:
    kiosk = hub.device("kiosk", "anjungan-1").client()

    hub.head.ask("DELETE", "/v1/devices/anjungan-1")

    assert code(lambda: kiosk.issue("layanan-0-0")) == (401, "token_missing")


def test_a_revoked_device_hears_no_more(hub: Running) -> None:
    ear = Ear(hub.device("display", "layar-1"))
    try:
        ear.wait(lambda mirror: mirror.services)
        hub.head.ask("DELETE", "/v1/devices/layar-1")
        ear.wait(lambda _: ear.lost > 2)
        hub.head.issue("layanan-0-0")
    finally:
        ear.close()

    assert not ear.mirror.tickets
    assert ear.mirror.farewell
    assert "belum dipasangkan" in ear.mirror.farewell["id"]


def test_the_same_request_gives_the_same_answer_after_a_restart(start: Callable[[], Running]) -> None:
    first = start()
    body = {"service": "layanan-0-0", "request": "request-0001"}
    answer = first.head.ask("POST", "/v1/tickets", body)
    assert first.process.end() == 0

    again = start().head

    assert again.ask("POST", "/v1/tickets", body) == answer
    assert code(lambda: again.ask("POST", "/v1/tickets", body | {"service": "layanan-0-1"})) == (409, "request_reused")
    assert again.issue("layanan-0-0")["ticket"]["number"] == "A002"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"service": "layanan-0-0"},
        {"service": "layanan-0-0", "request": "short"},
        {"service": "layanan-0-0", "request": "request-0001", "colour": "red"},
        {"service": 5, "request": "request-0001"},
        {"service": "layanan-0-0", "request": "request-0001", "ticket_class": "vip"},
    ],
)
def test_a_body_that_is_not_as_it_should_be_is_refused_with_words(hub: Running, body: dict[str, object]) -> None:
    assert code(lambda: hub.head.ask("POST", "/v1/tickets", body)) == (422, "body")


def test_the_feed_tells_all_there_is_and_then_every_change(hub: Running) -> None:
    before = hub.head.issue("layanan-0-0")["ticket"]["number"]
    ear = Ear(hub.device("display"))
    try:
        ear.wait(lambda mirror: before in mirror.tickets)
        hub.head.sign_in(1, "P01")
        hub.head.open_counter(1)
        hub.head.call_next(1)
        mirror = ear.wait(lambda mirror: mirror.calls)
    finally:
        ear.close()

    assert mirror.tickets[before]["state"] == "called"
    assert mirror.counters[1]["ticket"] == before
    assert mirror.services["layanan-0-0"]["waiting"] == 0
    assert (mirror.calls[-1]["number"], mirror.calls[-1]["counter"], mirror.calls[-1]["zone"]) == (before, 1, "z1")
    assert ear.kinds == ["clerk.signed_in", "counter.opened", "ticket.called"]


def test_print_jobs_are_told_to_agents_alone_with_the_tickets_code(hub: Running) -> None:
    agent, display = Ear(hub.device("printer")), Ear(hub.device("display"))
    try:
        job = hub.head.issue("layanan-0-0", kiosk="anjungan-1")["job"]
        told = agent.wait(lambda mirror: job in mirror.jobs).jobs[job]["content"]
        seen = display.wait(lambda mirror: mirror.tickets)
    finally:
        agent.close()
        display.close()

    assert (told["number"], told["qr"], len(told["code"])) == ("A001", told["code"], 10)
    assert not seen.jobs


def test_time_alone_tells_a_listener_that_numbers_have_ended(hub: Running) -> None:
    ear = Ear(hub.device("display"))
    try:
        assert ear.wait(lambda mirror: mirror.services).services["layanan-0-0"]["refusal"] is None
        hub.head.set_clock(monday("23:59"))
        mirror = ear.wait(lambda mirror: mirror.services["layanan-0-0"]["refusal"])
    finally:
        ear.close()

    assert mirror.services["layanan-0-0"]["refusal"] == "closed"
    assert "Kami buka kembali Selasa" in mirror.services["layanan-0-0"]["words"]["id"]


def test_a_listener_finds_the_hub_again_after_it_was_killed(start: Callable[[], Running]) -> None:
    first = start()
    number = first.head.issue("layanan-0-0")["ticket"]["number"]
    device = first.device("display")
    first.process.kill()

    second = start()
    ear = Ear(replace(device, hub=second.url))
    try:
        assert number in ear.wait(lambda mirror: mirror.tickets).tickets
    finally:
        ear.close()


def test_a_new_day_gives_a_new_snapshot(hub: Running) -> None:
    hub.head.issue("layanan-0-0")
    ear = Ear(hub.device("display"))
    try:
        ear.wait(lambda mirror: mirror.tickets)
        hub.head.set_clock(monday() + 86_400_000)
        ear.wait(lambda mirror: not mirror.tickets and mirror.seq > 0)
    finally:
        ear.close()

    assert hub.head.issue("layanan-0-0")["ticket"]["number"] == "A001"
    assert verify(hub.data).content


def test_a_strangers_body_is_not_even_read(hub: Running) -> None:
    answer = urllib3.request("POST", f"{hub.url}/v1/tickets", body=b"x" * 60_000, retries=False)

    assert (answer.status, answer.json()["code"]) == (401, "token_missing")


def test_nobody_may_say_too_much(hub: Running) -> None:
    assert code(lambda: hub.head.ask("POST", "/v1/tickets", {"service": "x" * 70_000})) == (413, "too_large")


@pytest.mark.parametrize(("method", "path", "told"), [("GET", "/v1/nothing", 404), ("GET", "/v1/tickets", 405)])
def test_a_wrong_address_is_refused_with_words(hub: Running, method: str, path: str, told: int) -> None:
    assert code(lambda: hub.head.ask(method, path))[0] == told


def test_the_heads_own_name_cannot_be_taken(hub: Running) -> None:
    assert code(lambda: hub.head.pairing_code("kiosk", "head")) == (409, "head_reserved")
    assert code(lambda: hub.head.ask("DELETE", "/v1/devices/head")) == (409, "head_reserved")


def test_secrets_are_for_the_hubs_user_alone(hub: Running) -> None:
    modes = {name: stat.S_IMODE((hub.data / name).stat().st_mode) for name in ("hall.key", "head.json")}

    assert modes == {"hall.key": 0o600, "head.json": 0o600}


def test_a_kiosk_is_told_the_codes_of_its_own_visitors_alone(hub: Running) -> None:
    hub.head.issue("layanan-0-0", kiosk="anjungan-1")
    own, other = Ear(hub.device("kiosk", "anjungan-1")), Ear(hub.device("kiosk", "anjungan-2"))
    try:
        own.wait(lambda mirror: mirror.jobs)
        mirror = other.wait(lambda mirror: mirror.tickets)
    finally:
        own.close()
        other.close()

    assert not mirror.jobs


def test_a_clerk_with_a_pin_signs_in_and_five_wrong_ones_lock(hub: Running) -> None:
    hub.head.command("/v1/clerks", {"clerk": "P01", "pin": "47110815"})

    assert code(lambda: hub.head.sign_in(1, "P02", "47110815")) == (403, "clerk_unknown")
    for _ in range(4):
        assert code(lambda: hub.head.sign_in(1, "P01", "0000")) == (403, "pin_wrong")
    assert hub.head.sign_in(1, "P01", "47110815")["counter"]["clerk"] == "P01"
    for _ in range(5):
        assert code(lambda: hub.head.sign_in(2, "P01", "0000")) == (403, "pin_wrong")
    assert code(lambda: hub.head.sign_in(2, "P01", "47110815")) == (403, "clerk_locked")
    hub.head.set_clock(monday() + 300_001)
    assert hub.head.sign_in(2, "P01", "47110815")["counter"]["clerk"] == "P01"
    assert b"47110815" not in (hub.data / "hall.db").read_bytes() + (hub.data / "hall.db-wal").read_bytes()


def test_a_changed_hall_file_is_taken_without_a_restart(hub: Running) -> None:
    content = hub.head.state()["hall"]
    ear = Ear(hub.device("display"))
    try:
        ear.wait(lambda mirror: mirror.hall)
        taken = hub.head.ask("POST", "/v1/hall", {"content": {**content, "hall": {**content["hall"], "phone": "0735"}}})
        ear.wait(lambda mirror: mirror.hall and mirror.hall.hall.phone == "0735")
    finally:
        ear.close()

    assert taken == {"at_once": True}
    assert code(lambda: hub.head.ask("POST", "/v1/hall", {"content": {}})) == (422, "hall_file")
    foreign = {**content, "hall": {**content["hall"], "id": "mpp-lain"}}
    assert code(lambda: hub.head.ask("POST", "/v1/hall", {"content": foreign})) == (409, "other_hall")


def test_a_hall_file_that_lost_a_counter_that_called_breaks_nothing(start: Callable[[], Running]) -> None:
    hub = start()
    number = hub.head.issue("layanan-0-0")["ticket"]["number"]
    hub.head.sign_in(1, "P01")
    hub.head.open_counter(1)
    for deed in (hub.head.call_next, hub.head.start, hub.head.finish, hub.head.close_counter):
        deed(1)
    content = hub.head.state()["hall"]
    fewer = {**content, "agencies": content["agencies"][1:], "counters": content["counters"][6:]}

    assert hub.head.ask("POST", "/v1/hall", {"content": fewer}) == {"at_once": True}
    ear = Ear(hub.device("display"))
    try:
        mirror = ear.wait(lambda mirror: mirror.calls)
    finally:
        ear.close()
    assert (mirror.calls[0]["number"], mirror.calls[0]["zone"]) == (number, "z1")


def test_health_metrics_and_the_openapi_document_are_there(hub: Running) -> None:
    hub.head.issue("layanan-0-0")
    health = hub.head.ask("GET", "/health")
    metrics = urllib3.request("GET", f"{hub.url}/metrics").data.decode()
    paths = hub.head.ask("GET", "/openapi.json")["paths"]

    assert (health["status"], health["simulated"]) == ("ok", True)
    assert 'antrean_commands_total{command="Issue",status="200"} 1.0' in metrics
    assert {"/v1/tickets", "/v1/counters/{counter}/call-next", "/v1/pair"} <= paths.keys()


def test_a_hub_that_does_not_answer_is_unreachable(hub: Running) -> None:
    hub.process.end()

    with pytest.raises(HubUnreachable):
        HubClient(hub.url, deadline_s=0.5).state()


def test_help_is_told_to_panels_alone_and_only_clerks_ring_in_an_emergency(hub: Running) -> None:
    kiosk, panel = hub.device("kiosk", "anjungan-1"), hub.device("counter", "loket-1")
    kiosks, panels = Ear(kiosk), Ear(panel)
    panels.wait(lambda mirror: mirror.hall)

    kiosk.client().ask_help("staff", "anjungan-1")
    rung = panels.wait(lambda mirror: "staff@anjungan-1" in mirror.helps).helps["staff@anjungan-1"]["answered_by"]
    refused = [
        code(lambda: kiosk.client().ask_help("emergency", "1")),
        code(lambda: kiosk.client().ask_help("staff", "anjungan-2")),
        code(lambda: kiosk.client().answer_help("staff@anjungan-1")),
    ]
    panel.client().answer_help("staff@anjungan-1")
    panels.wait(lambda mirror: mirror.helps["staff@anjungan-1"]["answered_by"] == "loket-1")
    quiet = kiosks.wait(lambda mirror: mirror.seq == panels.mirror.seq).helps

    assert rung is None
    assert refused == [(403, "role")] * 3
    assert quiet == {}
    kiosks.close()
    panels.close()


def test_a_service_tells_when_a_number_taken_now_would_be_called(hub: Running) -> None:
    hub.head.sign_in(1, "P01")
    hub.head.open_counter(1)
    for _ in range(5):
        hub.head.issue("layanan-0-0")
    views = {view["service"]: view for view in hub.head.state()["services"]}

    low, high = views["layanan-0-0"]["expected_ms"]

    assert 0 < low < high
    assert views["layanan-1-0"]["expected_ms"] is None


def hall_with_code(hub: Running, code: str) -> dict[str, Any]:
    """Return the hall's content with a technician's code at every kiosk."""
    content = read(hub.data.parent / "hall.toml")
    return {**content, "kiosks": [{**kiosk, "service_code": code} for kiosk in content["kiosks"]]}


def code_told(hub: Running, role: str, name: str) -> list[str]:
    """Return the technicians' codes that a device gets to know."""
    ear = Ear(hub.device(role, name))
    mirror = ear.wait(lambda mirror: mirror.hall)
    ear.close()
    assert mirror.hall
    return [kiosk.service_code for kiosk in mirror.hall.kiosks if kiosk.service_code]


def test_a_technicians_code_is_told_to_its_own_kiosk_and_stands_nowhere_else(hub: Running) -> None:
    hub.head.ask("POST", "/v1/hall", {"content": hall_with_code(hub, "48151623")})

    assert code_told(hub, "kiosk", "anjungan-1") == ["48151623"]
    assert code_told(hub, "kiosk", "anjungan-9") == []
    assert code_told(hub, "display", "layar-1") == []
    assert all("48151623" not in json.dumps(line.body) for line in lines_of(hub.data))


def test_another_code_alone_reaches_the_kiosk_that_listens(hub: Running) -> None:
    hub.head.ask("POST", "/v1/hall", {"content": hall_with_code(hub, "48151623")})
    ear = Ear(hub.device("kiosk", "anjungan-1"))
    ear.wait(lambda mirror: mirror.hall and mirror.hall.kiosks[0].service_code == "48151623")
    hub.head.ask("POST", "/v1/hall", {"content": hall_with_code(hub, "99999")})
    ear.wait(lambda mirror: mirror.hall and mirror.hall.kiosks[0].service_code == "99999")
    ear.close()
