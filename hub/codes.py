"""Secrets of the hub: ticket codes derived from a key of the hall, device tokens, one-time pairing codes."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.errors import AntreanError
from config.private import write_private

KEY = "hall.key"
KEY_BYTES = 32
CODE_LETTERS = 10
READABLE = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""From Base32 to Crockford's alphabet, which has no I, L, O and U to be misread."""
PAIRING_S = 600
WRONG_CODES = 10


class SecretDamaged(AntreanError):
    """The hall's key is not whole."""

    key = "error.secret_damaged"


@dataclass(frozen=True, slots=True)
class Codes:
    """Derives ticket codes from the hall's key by HMAC-SHA-256: unguessable, the same on every paper, not stored."""

    key: bytes

    def of_ticket(self, date: str, number: str) -> str:
        """Return ten letters and digits (50 bits) for a ticket of a date."""
        mac = hmac.digest(self.key, f"ticket/{date}/{number}".encode(), "sha256")
        return base64.b32encode(mac).translate(READABLE).decode()[:CODE_LETTERS]


def new_key() -> bytes:
    """Return a fresh key for a hall."""
    return secrets.token_bytes(KEY_BYTES)


def keep_key(folder: Path, key: bytes) -> None:
    """Write a hall's key to its file, whole or not at all, unless it is there; only the hub's user may read it."""
    path = folder / KEY
    if path.exists():
        return
    write_private(path, key)


def hall_key(folder: Path) -> bytes:
    """Return a hall's key; SecretDamaged where its file is not what was written: codes could be guessed."""
    path = folder / KEY
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise SecretDamaged(path=str(path))
    return key


def new_token() -> str:
    """Return a fresh device token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what the journal keeps of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


class PairingCodes:
    """One-time codes of eight digits, good for ten minutes; ten wrong ones void them all. Lost with a restart."""

    def __init__(self, steady_s: Callable[[], float]) -> None:
        self._steady_s = steady_s
        self._codes: dict[str, tuple[float, str, str, str]] = {}
        self._wrong = 0

    def make(self, role: str, device: str, by: str) -> str:
        """Return a new code that pairs a device in a role, wanted by somebody."""
        code = f"{secrets.randbelow(10**8):08d}"
        self._codes[code] = (self._steady_s() + PAIRING_S, role, device, by)
        self._wrong = 0
        return code

    def take(self, code: str) -> tuple[str, str, str] | None:
        """Return the (role, device, by) of a code and forget it; None where it is not good."""
        until, role, device, by = self._codes.pop(code, (0.0, "", "", ""))
        if self._steady_s() < until:
            return role, device, by
        self._wrong += 1
        if self._wrong >= WRONG_CODES:
            self._codes.clear()
        return None


def kept_token(path: Path) -> str:
    """Return the token of a device file, "" where there is none."""
    try:
        return str(json.loads(path.read_text())["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
