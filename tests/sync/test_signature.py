"""Requests signed by RFC 9421 without a time window, keys in files, and receipts that only the region can write."""

import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519
from push_halls import HALL, batch
from push_regions import HALL_KEY, REGION_KEY, STRANGERS_KEY

from region.errors import Replaced
from sync.signature import (
    ASKED,
    NOWHERE,
    PUSHED,
    TAG,
    KeyDamaged,
    Message,
    Receipt,
    Unsigned,
    check_signed,
    key_at,
    key_id,
    made_key_at,
    public_key_in,
    public_text,
    receipt_in,
    signed,
)
from sync.wire import Garbled, Place, pack

PATH = "/v1/halls/mpp-uji/epochs/1/lines?first=1"
NAME = key_id(HALL_KEY.public_key())
KNOWN = {NAME: HALL_KEY.public_key()}.get
RECEIPT = Receipt(HALL, 1, Place(6, b"h" * 32), 1_796_010_000_000)


def push_headers() -> dict[str, str]:
    return signed("POST", PATH, pack(batch(1, 5)).headers, PUSHED, HALL_KEY)


def test_what_the_hall_signed_is_known() -> None:
    check_signed("POST", PATH, push_headers(), PUSHED, KNOWN)


@pytest.mark.parametrize(
    "name",
    ["Content-Digest", "Content-Encoding", "Content-Type", "Sync-First", "Sync-Count", "Sync-Previous", "Sync-Head"],
)
def test_no_header_can_be_changed_on_the_way(name: str) -> None:
    changed = push_headers() | {name: "7"}

    with pytest.raises(Unsigned):
        check_signed("POST", PATH, changed, PUSHED, KNOWN)


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", PATH), ("POST", PATH.replace("uji", "lain")), ("POST", PATH.replace("first=1", "first=2"))],
)
def test_a_signature_counts_at_its_own_address_alone(method: str, path: str) -> None:
    with pytest.raises(Unsigned):
        check_signed(method, path, push_headers(), PUSHED, KNOWN)


def test_a_signature_over_less_is_none() -> None:
    headers = signed("POST", PATH, pack(batch(1, 5)).headers, ASKED, HALL_KEY)

    with pytest.raises(Unsigned):
        check_signed("POST", PATH, headers, PUSHED, KNOWN)


@pytest.mark.parametrize("given", [{}, {"Signature": "x"}, {"Signature-Input": "a=()", "Signature": "a=:AA==:"}])
def test_without_a_whole_signature_a_request_is_a_strangers(given: dict[str, str]) -> None:
    with pytest.raises(Unsigned):
        check_signed("GET", "/v1/halls/mpp-uji", given, ASKED, KNOWN)


def test_a_strangers_signature_is_none() -> None:
    headers = signed("GET", "/v1/halls/mpp-uji", {}, ASKED, STRANGERS_KEY)

    with pytest.raises(Unsigned):
        check_signed("GET", "/v1/halls/mpp-uji", headers, ASKED, KNOWN)


@pytest.mark.parametrize(("letters", "is_taken"), [(700, True), (1000, False)])
def test_a_signature_that_would_take_long_to_read_is_not_read(letters: int, is_taken: bool) -> None:
    message = Message("GET", f"{NOWHERE}/v1/halls/mpp-uji", {})
    keys = MappingKeyResolver(public_keys={}, private_keys={NAME: HALL_KEY})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys)
    signer.sign(message, key_id=NAME, tag=TAG, covered_component_ids=ASKED, nonce="n" * letters)

    with contextlib.nullcontext() if is_taken else pytest.raises(Unsigned):
        check_signed("GET", "/v1/halls/mpp-uji", message.headers, ASKED, KNOWN)


def test_headers_that_would_take_long_to_read_are_not_read() -> None:
    with pytest.raises(Unsigned):
        check_signed("POST", PATH, push_headers() | {"x-more": "x" * 8192}, PUSHED, KNOWN)


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_is_wrong_by_decades_hinders_nothing(year: int) -> None:
    message = Message("GET", f"{NOWHERE}/v1/halls/mpp-uji", {})
    keys = MappingKeyResolver(public_keys={}, private_keys={NAME: HALL_KEY})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys)
    times = {"created": datetime(year, 1, 2, tzinfo=UTC), "expires": datetime(year, 1, 3, tzinfo=UTC)}
    signer.sign(message, key_id=NAME, tag=TAG, covered_component_ids=ASKED, **times)

    check_signed("GET", "/v1/halls/mpp-uji", message.headers, ASKED, KNOWN)


def test_why_a_key_does_not_count_is_passed_on() -> None:
    def ended(_: str) -> None:
        raise Replaced(hall=HALL)

    with pytest.raises(Replaced):
        check_signed("POST", PATH, push_headers(), PUSHED, ended)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = made_key_at(tmp_path / "push.key")

    again = made_key_at(tmp_path / "push.key")

    assert again.private_bytes_raw() == made.private_bytes_raw()
    assert (tmp_path / "push.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [None, b"", b"x" * 31])
def test_a_key_that_is_not_whole_is_told_and_never_replaced(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "push.key"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(KeyDamaged):
        key_at(path)


def test_a_public_key_travels_as_text() -> None:
    key = HALL_KEY.public_key()

    assert public_key_in(public_text(key)).public_bytes_raw() == key.public_bytes_raw()


@pytest.mark.parametrize("text", [None, "", "x", "AA==", 7])
def test_a_text_that_is_no_public_key_is_refused(text: object) -> None:
    with pytest.raises(Garbled):
        public_key_in(text)


def test_a_receipt_comes_back_as_it_was_given() -> None:
    assert receipt_in(RECEIPT.told(REGION_KEY), HALL, REGION_KEY.public_key()) == RECEIPT


@pytest.mark.parametrize(
    "change",
    [
        {"next": 7},
        {"head": "00" * 32},
        {"epoch": 2},
        {"received_ms": 0},
        {"hall": "mpp-lain"},
        {"signature": ""},
        {"signature": None},
        {"epoch": "1"},
    ],
)
def test_a_changed_receipt_is_none(change: dict[str, object]) -> None:
    with pytest.raises(Garbled):
        receipt_in(RECEIPT.told(REGION_KEY) | change, HALL, REGION_KEY.public_key())


def test_a_receipt_for_another_hall_is_none() -> None:
    with pytest.raises(Garbled):
        receipt_in(RECEIPT.told(REGION_KEY), "mpp-lain", REGION_KEY.public_key())
