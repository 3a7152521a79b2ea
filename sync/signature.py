"""Ed25519 keys, requests signed by RFC 9421, and the receipts of a region. Both ends share this file.

A signature has no time window: what is pushed twice is kept once, so a replayed request is harmless, and a hall's clock
may be wrong after a power cut. `created` is signed where it is given, and never judged.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import HTTPMessageSigner, HTTPMessageVerifier, HTTPSignatureKeyResolver, MappingKeyResolver
from http_message_signatures.algorithms import ED25519
from http_message_signatures.exceptions import HTTPMessageSignaturesException

from config.private import write_private
from sync.wire import DIGEST_HEADER, Garbled, Place, WireError, place_in

TAG = "antrean"
LABEL = "hall"
NOWHERE = "http://region"
"""Stands in for the authority, which is not signed: a proxy in front of the region may change it."""
ASKED = ("@method", "@path")
ENROLLED = (*ASKED, "content-digest")
PUSHED = (
    *ASKED, "@query", "content-type", "content-encoding", "content-digest",
    "sync-first", "sync-count", "sync-previous", "sync-head",
)  # fmt: skip
RECEIPT = "antrean-receipt/1"

LONGEST_FIELD, MOST_FIELDS = 1024, 8192
"""In characters, of Signature-Input and of Signature, and of all header fields together; a hall's own have some 400 and
1,000. What is longer takes long to read."""

PublicKeyOf = Callable[[str], Ed25519PublicKey | None]


class KeyDamaged(WireError):
    """A key's file cannot be read, or is not what was written."""

    key = "sync.key_damaged"


class Unsigned(WireError):
    """A request does not carry the signature of a key that is known, over all that must be signed."""

    key = "sync.unsigned"
    status = 401
    code = "unsigned"


@dataclass(slots=True)
class Message:
    """A request as the signature sees it; signing adds two headers."""

    method: str
    url: str
    headers: dict[str, str]


class KnownKeys(HTTPSignatureKeyResolver):
    """Looks up the key of whoever signed."""

    def __init__(self, key_of: PublicKeyOf) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """Return the key of an id, None for a stranger's."""
        return self._key_of(key_id)


class Verifier(HTTPMessageVerifier):
    """The library's verifier without its time window."""

    def validate_created_and_expires(self, sig_input: object, max_age: object = None) -> None:
        """Accept any time: a hall's clock may be wrong, and a replay is harmless."""


def signed(
    method: str, path: str, headers: Mapping[str, str], components: tuple[str, ...], key: Ed25519PrivateKey
) -> dict[str, str]:
    """Return a request's headers with its signature over these components; `path` may have a query."""
    name = key_id(key.public_key())
    message = Message(method, NOWHERE + path, dict(headers))
    keys = MappingKeyResolver(public_keys={}, private_keys={name: key})
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=keys)
    has_digest = DIGEST_HEADER in headers
    signer.sign(
        message, key_id=name, label=LABEL, tag=TAG, covered_component_ids=components, use_existing_digest=has_digest
    )
    return message.headers


def check_signed(
    method: str, path: str, headers: Mapping[str, str], components: tuple[str, ...], key_of: PublicKeyOf
) -> None:
    """Raise Unsigned unless a known key signed at least these components of a request.

    What `key_of` raises in words of ours is passed on; the library has wrapped it.
    """
    if are_long(headers):
        raise Unsigned
    verifier = Verifier(signature_algorithm=ED25519, key_resolver=KnownKeys(key_of))
    message = Message(method, NOWHERE + path, dict(headers))
    try:
        verifier.verify(message, max_age=None, expect_tag=TAG, require_components=components)
    except HTTPMessageSignaturesException as error:
        raise error.__cause__ if isinstance(error.__cause__, WireError) else Unsigned() from error


def are_long(headers: Mapping[str, str]) -> bool:
    """Return whether a request's headers would take long to read, which anybody may send."""
    signature = (len(headers.get(field, "")) for field in ("Signature-Input", "Signature"))
    return max(signature) > LONGEST_FIELD or sum(len(name) + len(headers[name]) for name in headers) > MOST_FIELDS


def key_id(key: Ed25519PublicKey) -> str:
    """Return a public key's id: the first 128 bits of its SHA-256, in hex."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as it travels: its 32 bytes in base64."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def public_key_in(text: object) -> Ed25519PublicKey:
    """Return the public key that a text is; Garbled where it is none."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(str(text), validate=True))
    except (binascii.Error, ValueError) as error:
        raise Garbled(why="public_key") from error


def key_at(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a file; KeyDamaged where it is not there or not whole."""
    try:
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyDamaged(path=path) from error


def made_key_at(path: Path) -> Ed25519PrivateKey:
    """Return the private key in a file, made where there is none; it never leaves this machine."""
    if not path.exists():
        keep_private(path, Ed25519PrivateKey.generate().private_bytes_raw())
    return key_at(path)


def keep_private(path: Path, content: bytes) -> None:
    """Write a file so that it is never there without all of its content, nor readable for others."""
    try:
        write_private(path, content)
    except OSError as error:
        raise KeyDamaged(path=path) from error


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the region vouches for: how far it holds an epoch of a hall's journal, at `received_ms` by its own clock."""

    hall: str
    epoch: int
    place: Place
    received_ms: int

    def statement(self) -> bytes:
        """Return the exact bytes that are signed."""
        parts = (RECEIPT, self.hall, self.epoch, self.place.next, self.place.head.hex(), self.received_ms)
        return "\n".join(map(str, parts)).encode()

    def told(self, key: Ed25519PrivateKey) -> dict[str, Any]:
        """Return the receipt as it stands in an answer's JSON, signed with the region's key."""
        place = {"hall": self.hall, "epoch": self.epoch, **self.place.told(), "received_ms": self.received_ms}
        signature = base64.b64encode(key.sign(self.statement())).decode()
        return {**place, "key": key_id(key.public_key()), "signature": signature}


def receipt_in(told: Mapping[str, Any], hall: str, key: Ed25519PublicKey) -> Receipt:
    """Return the receipt in an answer; Garbled where it is none, is another hall's, or was not signed with that key."""
    epoch, received_ms = told.get("epoch"), told.get("received_ms")
    if told.get("hall") != hall or type(epoch) is not int or type(received_ms) is not int:
        raise Garbled(why="receipt")
    receipt = Receipt(hall, epoch, place_in(told), received_ms)
    try:
        key.verify(base64.b64decode(str(told.get("signature")), validate=True), receipt.statement())
    except (ValueError, WrongSignature) as error:
        raise Garbled(why="signature") from error
    return receipt
