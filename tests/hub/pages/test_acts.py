"""Every act on the page: who may do it does it, who may not changes nothing."""

import re
import uuid
from contextlib import closing
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from hub.acts import ACTS
from hub.app import PAGES
from journal.line import decode
from journal.store import read_lines, reading_end
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import PIN, Enter

OWN, OTHER = "instansi-0", "instansi-1"


def prepared(hub: Running) -> None:
    """Make a hall in which every act of `FIELDS` succeeds once."""
    head = hub.head
    head.sign_in(1, "P01")
    head.sign_in(2, "P02")
    head.open_counter(1)
    head.open_counter(2)
    head.report_printer("anjungan-1-printer", "ONLINE")
    for _ in range(5):
        head.issue("layanan-0-0", kiosk="anjungan-1")
    head.report_job("A003-0", "sending")
    head.call_next(2)
    head.start(2)
    head.hold(2)
    for moment in (0, 30_000, 60_000):
        head.set_clock(monday() + 100_000 + moment)
        head.call_next(1) if not moment else head.recall(1)
    head.set_clock(monday() + 200_000)
    head.miss(1)
    head.report_job("A003-0", "uncertain", reason="silence")
    head.command("/v1/services/layanan-0-2/pause", {"reason": "listrik"})
    head.ask_help("staff", "anjungan-1")
    head.command("/v1/clerks", {"clerk": "P99", "pin": "4711"})
    hub.device("kiosk", "anjungan-8")


FIELDS: dict[str, dict[str, Any]] = {
    "force": {"scope": f"agency:{OWN}", "mode": "closed", "reason": "rapat"},
    "pause-service": {"service": "layanan-0-1", "reason": "listrik", "until": "23:30"},
    "resume-service": {"service": "layanan-0-2"},
    "set-quota": {"service": "layanan-0-0", "quota": "90"},
    "assign-counter": {"counter": "3", "services": ["layanan-0-0", "layanan-0-1"]},
    "pause-counter": {"counter": "1", "reason": ""},
    "open-counter": {"counter": "1"},
    "close-counter": {"counter": "1", "consent": "true"},
    "issue": {"service": "layanan-0-0", "reason": "anjungan rusak"},
    "resume": {"number": "A001"},
    "return": {"number": "A002"},
    "settle-paper": {"number": "A003", "word": "missing"},
    "reprint": {"number": "A004", "printer": "", "reason": "hilang"},
    "transfer": {"number": "A005", "service": "layanan-0-1"},
    "cancel": {"number": "A005"},
    "answer-help": {"help": "staff@anjungan-1"},
    "new-roll": {"printer": "anjungan-1-printer"},
    "trial": {"on": "true"},
    "revoke-device": {"device": "anjungan-8"},
    "add-clerk": {"clerk": "P50", "pin": PIN, "role": "viewer", "agency": ""},
    "remove-clerk": {"clerk": "P99"},
}
"""What each act is asked with, in an order in which all succeed; all but the last seven touch one agency."""
WHOLE_HALL = ("answer-help", "new-roll", "trial", "revoke-device", "add-clerk", "remove-clerk")
HEAD_ALONE_IN = {"issue": "forced_closed"}


def do(browser: httpx.Client, name: str, **more: Any) -> httpx.Response:
    fields = {"request": uuid.uuid4().hex, "back": "/hall/people", **FIELDS[name], **more}
    return browser.post(f"/hall/acts/{name}", data=fields)


def seq(hub: Running) -> int:
    return int(hub.head.ask("GET", "/health")["seq"])


def test_the_table_has_every_act() -> None:
    assert FIELDS.keys() == ACTS.keys()


def test_the_head_does_every_act_and_each_is_in_the_journal_once(hub: Running, enter: Enter) -> None:
    prepared(hub)
    browser = enter("head", name="kepala")
    for name in FIELDS:
        if name == "issue":
            do(browser, "force", mode="hours", reason="")
        before = seq(hub)
        answer = do(browser, name)

        assert (name, answer.status_code, answer.url.path) == (name, 200, "/hall/people"), answer.text[-900:]
        assert seq(hub) > before, name


def test_a_supervisor_does_what_touches_their_own_agency_alone(hub: Running, enter: Enter) -> None:
    prepared(hub)
    browser = enter("supervisor", OWN)
    for name in FIELDS:
        if name == "issue":
            do(browser, "force", mode="hours", reason="")
        before = seq(hub)
        own = {"service": "layanan-0-1"} if name == "resume-service" else {}
        answer = do(browser, name, **own)
        if name in WHOLE_HALL:
            assert (name, answer.status_code, seq(hub)) == (name, 403, before)
        else:
            assert (name, seq(hub) > before) == (name, True), answer.text[-900:]


@pytest.mark.parametrize("who", ["other", "viewer", "clerk", "display", "nobody"])
def test_nobody_else_changes_anything(hub: Running, enter: Enter, who: str) -> None:
    prepared(hub)
    if who in ("other", "viewer"):
        browser = enter("supervisor", OTHER) if who == "other" else enter("viewer")
    else:
        token = {"display": lambda: hub.device("display").token, "clerk": lambda: hub.device("counter").token}
        headers = {"authorization": f"Bearer {token[who]()}"} if who in token else {}
        browser = httpx.Client(base_url=hub.url, headers=headers)
    before = seq(hub)

    found = {name: do(browser, name).status_code for name in FIELDS}
    found |= {"code": browser.post("/hall/people/code", data={"role": "kiosk", "device": "x"}).status_code}

    assert set(found.values()) == {403 if who in ("other", "viewer") else 401}
    assert seq(hub) == before


def test_a_form_of_yesterdays_ticket_does_nothing_to_todays(hub: Running, enter: Enter) -> None:
    browser = enter("head", name="kepala")
    hub.head.issue("layanan-0-0", kiosk=None)
    forms = browser.get("/hall/tickets/A001").text.split('action="/hall/acts/')[1:]
    cancel = next(form for form in forms if form.startswith('cancel"'))
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', cancel))
    hub.head.set_clock(monday() + 24 * 3600 * 1000)
    hub.head.issue("layanan-0-0", kiosk=None)
    before = seq(hub)

    answer = browser.post("/hall/acts/cancel", data=fields)

    assert (answer.status_code, seq(hub)) == (409, before)
    assert "dari hari lain" in answer.text
    assert browser.post("/hall/acts/cancel", data=fields | {"day": "2026-12-01"}).status_code == 200


def forms() -> list[str]:
    """Return the address of every form of the hall's page but the acts, which have a table of their own."""
    routes = [route for part in PAGES for route in part.router.routes if isinstance(route, APIRoute)]
    posted = [route.path for route in routes if "POST" in route.methods and route.path.startswith("/hall/")]
    return [path for path in posted if path not in ("/hall/login", "/hall/logout", "/hall/acts/{name}")]


@pytest.mark.parametrize("who", ["supervisor", "viewer", "display", "nobody"])
def test_no_other_form_is_taken_from_who_may_not(hub: Running, enter: Enter, who: str) -> None:
    if who in ("supervisor", "viewer"):
        browser = enter("supervisor", OWN) if who == "supervisor" else enter("viewer")
    else:
        headers = {"authorization": f"Bearer {hub.device('display').token}"} if who == "display" else {}
        browser = httpx.Client(base_url=hub.url, headers=headers)
    before, own = seq(hub), {"/hall/survey/tablet"} if who == "supervisor" else set()

    found = {path: browser.post(path, data={"request": uuid.uuid4().hex}).status_code for path in {*forms()} - own}

    assert len(found) > 6
    assert set(found.values()) == {403 if who in ("supervisor", "viewer") else 401}, found
    assert seq(hub) == before


@pytest.mark.parametrize(
    ("name", "changed", "status", "words"),
    [
        ("set-quota", {"quota": "-1"}, 422, "kuota"),
        ("set-quota", {"service": "nowhere"}, 404, "Layanan"),
        ("pause-service", {"until": "25:99"}, 409, "tidak dapat dibaca"),
        ("pause-service", {"until": "00:01"}, 409, "sudah lewat"),
        ("pause-service", {"reason": ""}, 409, "alasan"),
        ("add-clerk", {"role": "head", "pin": "4711"}, 409, "sedikitnya 6 angka"),
        ("add-clerk", {"role": "supervisor", "agency": ""}, 409, "satu instansi"),
        ("cancel", {"number": "Z999"}, 404, "Z999"),
        ("force", {"scope": "planet:mars"}, 404, "planet:mars"),
        ("force", {"request": "x"}, 422, "formulir"),
        ("close-counter", {"counter": "77"}, 404, "77"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(
    hub: Running, enter: Enter, name: str, changed: dict[str, str], status: int, words: str
) -> None:
    browser = enter()
    before = seq(hub)

    answer = do(browser, name, **changed)

    assert answer.status_code == status
    assert words.lower() in answer.text.lower()
    assert "Tidak ada yang berubah" in answer.text
    assert seq(hub) == before


def test_a_form_that_is_sent_twice_is_done_once(hub: Running, enter: Enter) -> None:
    browser = enter()
    request = uuid.uuid4().hex
    first = do(browser, "issue", request=request)
    after = seq(hub)

    assert do(browser, "issue", request=request).status_code == first.status_code == 200
    assert seq(hub) == after


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "https://elsewhere.example", "/hall\\x", "/hallo:80", "/v1/state"]
)
def test_a_form_never_leads_elsewhere(enter: Enter, back: str) -> None:
    browser = enter()

    assert do(browser, "trial", back=back).url.path.startswith("/hall")


def test_a_new_pin_ends_the_sessions_of_the_old_one(hub: Running, enter: Enter) -> None:
    viewer, head = enter("viewer", name="tamu"), enter("head", name="kepala")
    do(head, "add-clerk", clerk="tamu", pin="999999", role="viewer")

    assert viewer.get("/hall").url.path == "/hall/login"


def test_a_device_is_paired_by_a_code_from_the_page(hub: Running, enter: Enter) -> None:
    answer = enter().post("/hall/people/code", data={"role": "kiosk", "device": "anjungan-7"})
    digits = answer.text.split('class="code">')[1][:9].replace(" ", "")

    assert hub.head.pair(digits)["device"] == "anjungan-7"
    refused = enter(name="kepala").post("/hall/people/code", data={"role": "head", "device": "head"})
    assert refused.status_code == 409


def test_a_supervisor_takes_back_no_word_of_the_heads_and_opens_nothing_in_a_closed_hall(
    hub: Running, enter: Enter
) -> None:
    head, mine = enter("head", name="kepala"), enter("supervisor", OWN)
    do(head, "force")
    do(head, "pause-service")
    do(head, "assign-counter", services=["layanan-0-0", "layanan-1-0"])
    before = seq(hub)

    assert do(mine, "force", mode="hours").status_code == 403
    assert do(mine, "resume-service", service="layanan-0-1").status_code == 403
    assert do(mine, "assign-counter", services=[]).status_code == 403
    do(head, "force", mode="hours")
    do(head, "force", scope="hall", mode="closed")
    after = seq(hub)
    assert do(mine, "force", mode="open").status_code == 403
    assert (seq(hub), after) == (after, before + 2)


def test_a_supervisor_moves_a_ticket_within_their_agency_alone(hub: Running, enter: Enter) -> None:
    hub.head.issue("layanan-0-0")
    browser = enter("supervisor", OWN)

    assert do(browser, "transfer", number="A001", service="layanan-1-0", back="/hall").status_code == 403
    assert do(browser, "transfer", number="A001", service="layanan-0-1", back="/hall").status_code == 200


def test_a_counter_that_is_closed_from_the_page_says_who_did_it(hub: Running, enter: Enter) -> None:
    hub.head.sign_in(1, "P01")
    hub.head.open_counter(1)
    browser = enter("supervisor", OWN, name="S01")
    do(browser, "pause-counter")
    do(browser, "open-counter")
    do(browser, "close-counter")
    with closing(reading_end(hub.data)) as connection:
        lines = [decode(raw) for _, raw, _ in read_lines(connection)]
    told = {line.kind: line.body["by"] for line in lines if line.kind.startswith("counter.")}

    assert told == {"counter.opened": "S01", "counter.paused": "S01", "counter.closed": "S01"}


def test_a_form_of_an_ended_session_shows_the_way_back_in(hub: Running, enter: Enter) -> None:
    browser = enter()
    browser.post("/hall/logout", data={})
    before = seq(hub)
    answer = do(browser, "trial")

    assert (answer.status_code, seq(hub)) == (401, before)
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/hall/login"' in answer.text
    assert "Silakan masuk" in answer.text


def test_a_form_that_is_sent_again_with_something_else_says_so_on_a_page(hub: Running, enter: Enter) -> None:
    browser, request = enter(), uuid.uuid4().hex
    do(browser, "set-quota", request=request, quota="5")
    answer = do(browser, "set-quota", request=request, quota="6")

    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("text/html")
    assert view_of(hub)["services"][0]["daily_quota"] == 5


def view_of(hub: Running) -> Any:
    """Return the first agency of the hall as it is today."""
    return hub.head.state()["hall"]["agencies"][0]
