"""Clerks' remarks on tickets, sealed: the journal keeps a text that only its day's key opens, and that key is deleted.

So a remark may be read while it is of use, the chain of the journal stays whole for ever, and what a clerk wrote about
a person is gone everywhere at once: here, in every backup of the journal and at the region. AES-256-GCM (NIST SP
800-38D) with a random nonce of 96 bits; the date and number are authenticated with it.
"""

import base64
import binascii
import re
import secrets
from datetime import date, timedelta
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.private import make_private_folder, settle, write_private
from hub.rules.refusal import Refused

log = structlog.get_logger("hub")

FOLDER = "remarks"
KEY_BITS, NONCE_BYTES = 256, 12
IDENTITY = re.compile(r"\d(?:[ .\-/]?\d){8}")
"""Nine digits and more, as the numbers of an identity card, a family card or a telephone."""


def names_a_person(text: str) -> bool:
    """Tell whether a text holds the number of a card or a telephone, which no remark may."""
    return IDENTITY.search(text) is not None


class Remarks:
    """Seals remarks with the key of their day, one file a day below the hub's folder. OSError where it cannot write."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._keys: dict[str, AESGCM | None] = {}

    def seal(self, day: str, number: str, text: str) -> str:
        """Return a remark on a ticket of an ISO day as the journal keeps it; Refused where it names a person."""
        if not text.strip():
            return ""
        if names_a_person(text):
            raise Refused("remark_personal")
        key = self._key(day) or self._made(day)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + key.encrypt(nonce, " ".join(text.split()).encode(), about(day, number))
        return f"{day} {base64.b64encode(sealed).decode()}"

    def read(self, number: str, sealed: str) -> str:
        """Return a remark, "" where its key is gone or it is not what was sealed."""
        day, _, text = sealed.partition(" ")
        key = self._key(day) if sealed else None
        if key is None:
            return ""
        try:
            raw = base64.b64decode(text, validate=True)
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about(day, number)).decode()
        except (binascii.Error, InvalidTag, ValueError):
            return ""

    def forget(self, today: date, kept_days: int) -> None:
        """Delete the keys of days that ended more than some days ago; one that stays is tried again the next day."""
        try:
            days = self._deleted(today, kept_days)
        except OSError as error:
            log.warning("remarks not forgotten", why=error.strerror)
        else:
            log.info("remarks forgotten", days=days)

    def _deleted(self, today: date, kept_days: int) -> list[str]:
        last = (today - timedelta(days=kept_days)).isoformat()
        old = sorted(path for path in self._folder.glob("*.key") if path.stem < last)
        for path in old:
            path.unlink(missing_ok=True)
            self._keys.pop(path.stem, None)
        if old:
            settle(self._folder)
        return [path.stem for path in old]

    def _key(self, day: str) -> AESGCM | None:
        """Return the key of a day, None where it has none (any more)."""
        if day not in self._keys:
            try:
                date.fromisoformat(day)
                self._keys[day] = AESGCM((self._folder / f"{day}.key").read_bytes())
            except (OSError, ValueError):
                self._keys[day] = None
        return self._keys[day]

    def _made(self, day: str) -> AESGCM:
        make_private_folder(self._folder)
        raw = AESGCM.generate_key(KEY_BITS)
        write_private(self._folder / f"{day}.key", raw)
        self._keys[day] = key = AESGCM(raw)
        return key


def about(day: str, number: str) -> bytes:
    """Return what is authenticated with a remark: it is good for no other ticket."""
    return f"remark/{day}/{number}".encode()
