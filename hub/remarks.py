"""Clerks' remarks on tickets, sealed: the journal keeps a text that only its day's key opens, and that key is deleted.

So the chain of the journal stays whole for ever, and what a clerk wrote about a person can be read by nobody once its
day is over: neither here nor at the region. A backup leaves the folder of the keys out (`docs/house.md`).
AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits; the date and number are authenticated with it.
"""

import base64
import binascii
import contextlib
import secrets
from datetime import date
from pathlib import Path

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.private import make_private_folder, settle, write_private
from hub.codes import SecretDamaged
from hub.rules.refusal import Refused

log = structlog.get_logger("hub")

FOLDER = "remarks"
KEY_BYTES, NONCE_BYTES = 32, 12


class Remarks:
    """Seals remarks with the key of their day, one file a day below the hub's folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._keys: dict[str, AESGCM] = {}

    def seal(self, day: str, number: str, text: str) -> str:
        """Return a remark on a ticket of an ISO day as the journal keeps it; Refused where its key cannot be kept."""
        try:
            key = self._key(day) or self._made(day)
        except (OSError, SecretDamaged) as error:
            log.exception("remark not sealed", folder=str(self._folder))
            raise Refused("remark_unsealed") from error
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + key.encrypt(nonce, text.encode(), about(day, number))
        return f"{day} {base64.b64encode(sealed).decode()}"

    def read(self, number: str, sealed: str) -> str:
        """Return a remark, "" where its key is gone or cannot be read now, or it is not what was sealed."""
        day, _, text = sealed.partition(" ")
        try:
            key = self._key(day)
            raw = base64.b64decode(text, validate=True)
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about(day, number)).decode() if key else ""
        except (OSError, SecretDamaged, binascii.Error, InvalidTag, ValueError):
            return ""

    def forget(self, today: str) -> None:
        """Delete the keys of all days before an ISO day; one that cannot be deleted is tried again the next day."""
        for day in [day for day in self._keys if day < today]:
            del self._keys[day]
        old = sorted(path for path in self._folder.glob("*.key*") if path.name[:10] < today)
        for path in old:
            try:
                path.unlink()
            except OSError as error:
                log.warning("remarks not forgotten", path=str(path), why=error.strerror)
        if old:
            with contextlib.suppress(OSError):
                settle(self._folder)
            log.info("remarks forgotten", days=[path.stem for path in old])

    def _key(self, day: str) -> AESGCM | None:
        """Return the key of a day, None where it has none (any more); SecretDamaged where it is not whole."""
        date.fromisoformat(day)
        path = self._folder / f"{day}.key"
        if not path.exists():
            self._keys.pop(day, None)
        elif day not in self._keys:
            raw = path.read_bytes()
            if len(raw) != KEY_BYTES:
                raise SecretDamaged(path=str(path))
            self._keys[day] = AESGCM(raw)
        return self._keys.get(day)

    def _made(self, day: str) -> AESGCM:
        make_private_folder(self._folder)
        raw = secrets.token_bytes(KEY_BYTES)
        write_private(self._folder / f"{day}.key", raw)
        self._keys[day] = key = AESGCM(raw)
        return key


def about(day: str, number: str) -> bytes:
    """Return what is authenticated with a remark: it is good for no other ticket."""
    return f"remark/{day}/{number}".encode()
