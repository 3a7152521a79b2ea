"""The region over HTTP: statuses, codes, words, limits, signatures, and visitors who go away in the middle."""

import gzip
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import urllib3
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from push_halls import HALL, batch, held_lines, lines
from push_regions import HALL_KEY, NOW_MS, REGION_KEY, STRANGERS_KEY, enrol, served_over

from journal.line import genesis
from region.admission import Admission
from region.askers import Askers
from region.door import set_password
from region.errors import Busy, NoEntry
from region.store import Store
from sync.signature import ASKED, PUSHED, Receipt, key_id, signed
from sync.wire import MAX_PACKED_BYTES, Batch, Packed, Place, headers_of, pack


@dataclass
class Visitor:
    """Somebody who speaks HTTP with the region."""

    url: str
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False, timeout=10))

    key: Ed25519PrivateKey = HALL_KEY

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self.pool.request("GET", self.url + path, headers=signed("GET", path, {}, ASKED, self.key))

    def push(self, sent: Packed, *, first: object = 1, hall: str = HALL, **headers: str) -> tuple[int, dict[str, Any]]:
        path = f"/v1/halls/{hall}/epochs/1/lines?first={first}"
        headers = signed("POST", path, sent.headers | headers, PUSHED, self.key)
        answer = self.pool.request("POST", self.url + path, body=sent.content, headers=headers)
        return answer.status, answer.json()


@pytest.fixture
def database() -> None:
    """What HTTP says is the same on both engines."""


@pytest.fixture
def visitor(store: Store, tmp_path: Path) -> Iterator[Visitor]:
    with served_over(store, tmp_path) as url:
        visitor = Visitor(url)
        yield visitor
        visitor.pool.clear()


def compressed(sent: Batch, content: bytes) -> Packed:
    """Return other content under a batch's headers, rightly digested."""
    return Packed(content, headers_of(sent, content))


def test_a_push_is_answered_with_a_receipt(visitor: Visitor, store: Store) -> None:
    sent = batch(1, 5)

    answer = visitor.push(pack(sent))

    assert answer == (200, Receipt(HALL, 1, Place(6, sent.head), NOW_MS).told(REGION_KEY))
    assert held_lines(store) == tuple(lines(5))


def test_a_batch_that_came_before_needs_no_place(
    visitor: Visitor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.push(pack(batch(1, 5)))
    monkeypatch.setattr(Admission, "place", no_place)

    again = visitor.push(pack(batch(1, 5)))
    new, _ = visitor.push(pack(batch(6, 2)), first=6)

    assert again == (200, Receipt(HALL, 1, Place(6, batch(1, 5).head), NOW_MS).told(REGION_KEY))
    assert new == Busy.status
    assert held_lines(store) == tuple(lines(5))


def test_a_batch_that_begins_anew_and_ends_where_a_kept_one_does_needs_no_place(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.push(pack(batch(1, 3)))
    visitor.push(pack(batch(1, 5)))
    monkeypatch.setattr(Admission, "place", no_place)

    again, _ = visitor.push(pack(batch(1, 5)))

    assert again == 200


def test_a_batch_that_was_cut_otherwise_and_is_held_needs_no_place(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.push(pack(batch(1, 5)))
    monkeypatch.setattr(Admission, "place", no_place)

    again = visitor.push(pack(batch(2, 2)), first=2)
    other, _ = visitor.push(pack(batch(2, 2, word="other")), first=2)

    assert again == (200, Receipt(HALL, 1, Place(6, batch(1, 5).head), NOW_MS).told(REGION_KEY))
    assert other == Busy.status


def no_place(*_: object) -> None:
    """Let nobody in."""
    raise Busy


def test_a_batch_that_begins_where_the_last_one_ended_waits_for_nobody_who_asks(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.push(pack(batch(1, 5)))
    monkeypatch.setattr(Askers, "ask", nobody_is_asked)

    went_on, _ = visitor.push(pack(batch(6, 2)), first=6)
    again, _ = visitor.push(pack(batch(6, 2)), first=6)
    held = visitor.get(f"/v1/halls/{HALL}").status

    assert (went_on, again, held) == (200, Busy.status, Busy.status)


def test_a_stranger_is_refused_without_a_question(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    path, theirs, ours = f"/v1/halls/{HALL}", key_id(STRANGERS_KEY.public_key()), key_id(HALL_KEY.public_key())
    unknown = signed("GET", path, {}, ASKED, STRANGERS_KEY)
    false = {name: value.replace(theirs, ours) for name, value in unknown.items()}
    monkeypatch.setattr(Askers, "ask", nobody_is_asked)
    monkeypatch.setattr(Store, "reading", nobody_is_asked)

    refused = [visitor.pool.request("GET", visitor.url + path, headers=headers) for headers in (unknown, false, {})]

    assert false != unknown
    assert [(answer.status, answer.json()["code"]) for answer in refused] == [(401, "unsigned")] * 3


async def nobody_is_asked(*_: object) -> None:
    """Answer no question."""
    raise Busy


def test_how_far_a_hall_is_held_can_be_asked(visitor: Visitor) -> None:
    before = visitor.get(f"/v1/halls/{HALL}").json()
    visitor.push(pack(batch(1, 5)))
    after = visitor.get(f"/v1/halls/{HALL}").json()

    assert before == Receipt(HALL, 1, Place(1, genesis(HALL)), NOW_MS).told(REGION_KEY)
    assert after == Receipt(HALL, 1, Place(6, batch(1, 5).head), NOW_MS).told(REGION_KEY)


def test_a_gap_and_a_fork_are_told_with_the_place(visitor: Visitor) -> None:
    visitor.push(pack(batch(1, 5)))

    gap_status, gap = visitor.push(pack(batch(8, 1)), first=8)
    fork_status, fork = visitor.push(pack(batch(3, 2, word="lain")), first=3)

    place = {"next": 6, "head": batch(1, 5).head.hex()}
    assert (gap_status, gap["code"], fork_status, fork["code"]) == (409, "gap", 409, "fork")
    assert gap | place == gap
    assert fork | place == fork


def test_every_refusal_has_words_in_two_languages(visitor: Visitor) -> None:
    _, refused = visitor.push(pack(batch(1, 5, simulated=True)))

    assert refused["code"] == "simulated"
    assert "simulasi" in refused["words"]["id"]
    assert "simulated" in refused["words"]["en"]


def test_without_the_halls_signature_nothing_is_taken_or_told(visitor: Visitor, store: Store) -> None:
    visitor.key = STRANGERS_KEY

    status, told = visitor.push(pack(batch(1, 5)))
    asked = visitor.get(f"/v1/halls/{HALL}")

    assert (status, told["code"], asked.status) == (401, "unsigned", 401)
    assert store.streams() == []


def test_a_hall_may_not_push_in_the_name_of_another(visitor: Visitor, store: Store) -> None:
    enrol(store, hall="mpp-lain", key=STRANGERS_KEY)

    status, told = visitor.push(pack(batch(1, 5, hall="mpp-lain")), hall="mpp-lain")

    assert (status, told["code"]) == (401, "unsigned")


def test_a_batch_in_gzip_is_taken_and_kept_as_it_came(visitor: Visitor, store: Store) -> None:
    sent = batch(1, 5)
    content = gzip.compress(b"".join(line + b"\n" for line in sent.lines))

    status, _ = visitor.push(compressed(sent, content), **{"Content-Encoding": "gzip"})

    assert status == 200
    assert held_lines(store) == sent.lines


def test_another_version_of_the_protocol_is_told_so(visitor: Visitor) -> None:
    answer = visitor.get(f"/v2/halls/{HALL}")

    assert (answer.status, answer.json()["code"]) == (426, "version")


def test_bytes_that_are_no_batch_are_refused(visitor: Visitor, store: Store) -> None:
    sent = batch(1, 5)
    packed = pack(sent)
    half = packed.content[: len(packed.content) // 2]

    refused = [
        visitor.push(Packed(half, packed.headers)),
        visitor.push(compressed(sent, half)),
        visitor.push(compressed(sent, b"")),
        visitor.push(compressed(sent, b"rubbish" * 100)),
    ]

    assert [(status, told["code"]) for status, told in refused] == [(400, "garbled")] * 4
    assert store.streams() == []


def test_lines_that_do_not_hash_to_the_head_are_told_so(visitor: Visitor) -> None:
    packed = pack(batch(1, 5))

    status, told = visitor.push(packed, **{"Sync-Head": "00" * 32})

    assert (status, told["code"]) == (422, "chain")


def test_a_bomb_is_refused_unopened(visitor: Visitor) -> None:
    bomb = zstandard.ZstdCompressor(level=3).compress(b"\n" * 100_000_000)

    status, told = visitor.push(compressed(batch(1, 1), bomb))

    assert (status, told["code"]) == (413, "too_big")


def test_a_body_over_the_limit_is_refused(visitor: Visitor) -> None:
    status, told = visitor.push(compressed(batch(1, 1), b"x" * (MAX_PACKED_BYTES + 1)))

    assert (status, told["code"]) == (413, "too_big")


def test_another_type_is_refused(visitor: Visitor) -> None:
    status, told = visitor.push(pack(batch(1, 5)), **{"Content-Encoding": "br"})

    assert (status, told["code"]) == (415, "wrong_type")


def test_the_address_and_the_header_must_agree_on_the_first_line(visitor: Visitor) -> None:
    status, told = visitor.push(pack(batch(1, 5)), first=2)

    assert (status, told["code"]) == (400, "garbled")


@pytest.mark.parametrize("first", ["0", "-1", "x", "9" * 30, ""])
def test_a_first_line_that_is_no_number_is_refused(visitor: Visitor, first: str) -> None:
    status, told = visitor.push(pack(batch(1, 5)), first=first)

    assert (status, told["code"]) == (400, "garbled")


@pytest.mark.parametrize("hall", ["MPP", "a_b", "-a", "a%20b", "a" * 65, "%3Cscript%3E"])
def test_a_hall_id_that_is_none_is_refused_and_not_repeated(visitor: Visitor, hall: str) -> None:
    status, told = visitor.push(pack(batch(1, 5)), hall=hall)

    assert (status, told["code"]) == (400, "garbled")
    assert "script" not in json.dumps(told)


@pytest.mark.parametrize("path", ["/nix", "/docs", "/redoc", "/v1/halls", f"/v1/halls/{HALL}/epochs/1/lines"])
def test_where_there_is_nothing_it_is_said_in_words(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status in {404, 405}
    assert answer.json()["words"]["id"]


def test_a_visitor_who_leaves_in_the_middle_of_a_batch_leaves_nothing(visitor: Visitor, store: Store) -> None:
    packed = pack(batch(1, 500))
    host, port = visitor.url.removeprefix("http://").split(":")
    path = f"/v1/halls/{HALL}/epochs/1/lines?first=1"
    headers = signed("POST", path, packed.headers, PUSHED, HALL_KEY)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"POST {path} HTTP/1.1\r\nHost: x\r\n{head}"
    with socket.create_connection((host, int(port))) as leaving:
        leaving.sendall(f"{request}Content-Length: {len(packed.content)}\r\n\r\n".encode() + packed.content[:100])

    status, _ = visitor.push(pack(batch(1, 5)))

    assert status == 200
    assert held_lines(store) == tuple(lines(5))


def test_health_says_how_much_is_held(visitor: Visitor) -> None:
    visitor.push(pack(batch(1, 5)))

    assert visitor.get("/v1/health").json() == {"status": "ok", "halls": 1, "lines": 5}


def test_a_store_that_cannot_be_read_is_unhealthy_and_asks_to_come_back(visitor: Visitor, store: Store) -> None:
    with store.shelf(HALL, 1) as shelf:
        shelf._connection.exec_driver_sql("ALTER TABLE stream RENAME TO gone")

    answer = visitor.get("/v1/health")
    status, told = visitor.push(pack(batch(1, 5)))

    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (status, told["code"]) == (503, "unavailable")


def test_there_are_no_pages_before_there_is_a_password(visitor: Visitor) -> None:
    visitor.push(pack(batch(1, 5)))

    for path in ("/", "/days.csv"):
        assert visitor.get(path).json()["code"] == "no_password"


def test_a_page_is_served_with_a_policy_that_lets_nothing_in_from_elsewhere(visitor: Visitor, tmp_path: Path) -> None:
    set_password(tmp_path, "kata sandi wilayah")

    answer = visitor.get("/?lang=en")

    policy = answer.headers["Content-Security-Policy"]
    assert answer.status == NoEntry.status
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not re.search(r"https?:|\*|unsafe", policy)
