"""The OpenAPI document is true: no request makes the hub fail, whoever sends it, and every operation can succeed."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
import urllib3
from hypothesis import HealthCheck, Phase, given, settings

from hub.client.http import CommandRefused, HubClient
from tests.conftest import monday
from tests.hub.conftest import Running

EXAMPLES = 100
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def operations(url: str) -> list[Any]:
    """Return every operation of a hub's own document."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis  # noqa: PLC0415  it warns when it is imported

        schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
        return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("role", ["stranger", "kiosk", "counter", "display", "printer", "head"])
def test_no_request_of_any_role_makes_the_hub_fail(hub: Running, role: str) -> None:
    token = "" if role == "stranger" else hub.head.token if role == "head" else hub.device(role).token
    failures, sent = [], 0

    for operation in operations(hub.url):

        @QUIET
        @given(case=operation.as_strategy())
        def send(case: Any) -> None:
            nonlocal sent
            sent += 1
            answer = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=10)
            if answer.status_code >= 500:
                failures.append((case.method, case.path, case.body, answer.text))

        send()

    assert not failures, failures[:3]
    assert sent >= EXAMPLES * 20
    assert hub.head.ask("GET", "/health")["status"] == "ok"


def test_every_operation_succeeds_for_who_may_do_it(hub: Running) -> None:
    head = hub.head
    called = []
    for name, deed in way_through(hub):
        deed()
        called.append(f"{name} -")
    document = head.ask("GET", "/openapi.json")["paths"]
    missing = {path for path in document if path not in {name.split(" ")[1] for name in called}}

    assert missing == set()


def way_through(hub: Running) -> list[tuple[str, Callable[[], object]]]:
    """Return a day in which every operation is done once, in an order in which each succeeds."""
    head, at = hub.head, "/v1/counters/{counter}"
    job = "/v1/print-jobs/{job}/report"
    later = monday() + 3_600_000
    return [
        ("POST /v1/clock", lambda: head.set_clock(monday() + 1000)),
        ("GET /health", lambda: head.ask("GET", "/health")),
        ("GET /metrics", lambda: urllib3.request("GET", f"{hub.url}/metrics")),
        ("POST /v1/clerks", lambda: head.command("/v1/clerks", {"clerk": "P01", "pin": "4711"})),
        (f"POST {at}/sign-in", lambda: head.sign_in(1, "P01", "4711")),
        (f"POST {at}/open", lambda: head.open_counter(1)),
        ("POST /v1/tickets", lambda: [head.issue("layanan-0-0", kiosk="anjungan-1") for _ in range(6)]),
        ("GET /v1/tickets/{number}", lambda: head.ask("GET", "/v1/tickets/A001")),
        (f"POST {job}", lambda: head.report_job("A001-0", "sending")),
        ("POST /v1/printers/{printer}/report", lambda: head.report_printer("anjungan-1-printer", "ONLINE")),
        ("POST /v1/printers/{printer}/new-roll", lambda: head.change_roll("anjungan-1-printer")),
        ("wait", lambda: [head.set_clock(monday() + 62_000), head.report_job("A001-0", "uncertain", reason="silence")]),
        ("POST /v1/tickets/{number}/paper", lambda: head.settle_paper("A001", "missing")),
        ("POST /v1/tickets/{number}/reprint", lambda: head.reprint("A001", reason="hilang")),
        (f"POST {at}/call-next", lambda: head.call_next(1)),
        (f"POST {at}/withdraw", lambda: head.withdraw(1)),
        (f"POST {at}/call-number", lambda: head.call_number(1, "A002", "bayi sakit")),
        ("POST /v1/tickets/{number}/remark", lambda: head.remark("A002", "berkas menyusul")),
        ("POST /v1/epochs", lambda: head.command("/v1/epochs", {"reason": "cadangan", "common": 1, "after": 1})),
        (f"POST {at}/start", lambda: head.start(1)),
        (f"POST {at}/hold", lambda: head.hold(1)),
        ("POST /v1/tickets/{number}/resume", lambda: head.resume("A002")),
        ("POST /v1/tickets/{number}/transfer", lambda: head.transfer("A003", service="layanan-0-1")),
        ("POST /v1/tickets/{number}/cancel", lambda: head.cancel("A004")),
        ("next", lambda: [head.call_next(1), head.start(1)]),
        (f"POST {at}/finish", lambda: head.finish(1, "incomplete")),
        ("next", lambda: head.call_next(1)),
        ("wait", lambda: head.set_clock(monday() + 100_000)),
        (f"POST {at}/recall", lambda: head.recall(1)),
        ("wait", lambda: [head.set_clock(monday() + 130_000), head.recall(1), head.set_clock(monday() + 160_000)]),
        (f"POST {at}/miss", lambda: head.miss(1)),
        ("POST /v1/tickets/{number}/return", lambda: head.return_ticket("A001")),
        (
            "POST /v1/tickets/block",
            lambda: head.enter_block_number("layanan-0-0", "A701"),
        ),
        (f"POST {at}/pause", lambda: head.command("/v1/counters/1/pause", {"reason": "salat", "until_ms": later})),
        (f"POST {at}/close", lambda: head.command("/v1/counters/1/close", {"consent": True})),
        ("sign in", lambda: head.sign_in(1, "P01", "4711")),
        (f"POST {at}/sign-out", lambda: head.command("/v1/counters/1/sign-out", {})),
        ("DELETE /v1/clerks/{clerk}", lambda: head.ask("DELETE", "/v1/clerks/P01")),
        (
            "POST /v1/services/{service}/pause",
            lambda: head.command("/v1/services/layanan-1-0/pause", {"reason": "listrik"}),
        ),
        ("POST /v1/services/{service}/resume", lambda: head.command("/v1/services/layanan-1-0/resume", {})),
        (
            "POST /v1/force",
            lambda: head.command("/v1/force", {"scope": "hall", "mode": "open", "reason": "buka khusus"}),
        ),
        ("POST /v1/quota", lambda: head.command("/v1/quota", {"service": "layanan-1-0", "quota": 9})),
        ("POST /v1/assign", lambda: head.command("/v1/assign", {"counter": 2, "services": ["layanan-0-0"]})),
        ("POST /v1/trial", lambda: head.command("/v1/trial", {"on": True})),
        ("POST /v1/help", lambda: head.ask_help("staff", "anjungan-1")),
        ("POST /v1/help/{help_id}/answer", lambda: head.answer_help("staff@anjungan-1")),
        ("GET /v1/state", head.state),
        ("POST /v1/hall", lambda: head.ask("POST", "/v1/hall", {"content": head.state()["hall"]})),
        ("GET /v1/hall/file", lambda: head.ask("GET", "/v1/hall/file")),
        ("GET /v1/hall/history", lambda: head.ask("GET", "/v1/hall/history")),
        ("GET /v1/hall/history/{seq}", lambda: head.ask("GET", f"/v1/hall/history/{newest_hall(head)}")),
        ("POST /v1/hall/file", lambda: head.ask("POST", "/v1/hall/file", with_phone(head))),
        ("POST /v1/devices/codes", lambda: head.pairing_code("kiosk", "anjungan-9")),
        ("POST /v1/pair", lambda: hub.device("kiosk", "anjungan-8")),
        ("DELETE /v1/devices/{device}", lambda: head.ask("DELETE", "/v1/devices/anjungan-8")),
    ]


def newest_hall(head: HubClient) -> int:
    """Return the line of the newest hall file."""
    return int(head.ask("GET", "/v1/hall/history")["entries"][0]["seq"])


def with_phone(head: HubClient) -> dict[str, str]:
    """Return what writes another telephone into the hall file."""
    held = head.ask("GET", "/v1/hall/file")
    return {"text": held["text"].replace("MPP Uji", "MPP Lain"), "base": held["digest"]}


def test_a_refusal_is_always_a_code_and_words(hub: Running) -> None:
    with pytest.raises(CommandRefused) as refused:
        hub.head.recall(1)

    assert (refused.value.status, refused.value.code) == (409, "nothing_called")
    assert set(refused.value.words) == {"id", "en"}
