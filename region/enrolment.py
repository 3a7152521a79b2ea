"""Whose requests the region takes: each hall's one key, enrolled with a one-time code."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from fastapi import Request

from region.errors import Replaced
from region.invitations import Invitations
from region.store import Store
from sync.signature import ASKED, ENROLLED, check_signed, key_id, public_key_in, public_text
from sync.wire import answer_in


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The door of the region: `own` is its own key, with which it signs receipts."""

    store: Store
    invitations: Invitations
    own: Ed25519PrivateKey
    _turn: Lock = field(default_factory=Lock, repr=False)

    def enrol(self, hall: str, request: Request, content: bytes, now_ms: int) -> dict[str, Any]:
        """Keep the key that signed this request, and end the one before; the same key again changes nothing.

        `content` is the body, of which the digest is known to fit.

        Raises Unsigned where the request is not signed with the key it brings, NotInvited for a code that is not good.
        """
        asked = answer_in(content)
        key = public_key_in(asked.get("public_key"))
        check_signed(request.method, target_of(request), request.headers, ENROLLED, {key_id(key): key}.get)
        with self._turn:
            kept = self.store.key(hall, key_id(key))
            if kept is None or kept.ended_ms is not None:
                self.invitations.check(hall, str(asked.get("code")), now_ms)
                self.store.keep_key(hall, key_id(key), key.public_bytes_raw(), now_ms)
                # Not before: whoever is told to come back needs the code again.
                self.invitations.spend(hall)
        return {"hall": hall, "region_key": public_text(self.own.public_key())}

    def check(self, hall: str, request: Request, components: tuple[str, ...] = ASKED) -> None:
        """Raise Unsigned unless the hall's key signed this request, Replaced where it was the one before.

        That takes less than a millisecond and asks nobody, so it needs no thread.
        """
        method, target = request.method, target_of(request)
        check_signed(method, target, request.headers, components, lambda name: self.key_of(hall, name))

    def key_of(self, hall: str, name: str) -> Ed25519PublicKey | None:
        """Return a hall's key by its id, None where it has no such key; Replaced where that has ended."""
        kept = self.store.key(hall, name)
        if kept is None:
            return None
        if kept.ended_ms is not None:
            raise Replaced(hall=hall)
        return Ed25519PublicKey.from_public_bytes(kept.public_key)


def target_of(request: Request) -> str:
    """Return a request's path and query as they came, still escaped."""
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    return f"{path}?{query}" if query else path
