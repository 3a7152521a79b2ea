"""One-time codes by which a hall enrols its key: files in the region's folder, so that one is made while it runs."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from config.private import make_private_folder, settle
from region.errors import NotInvited, Unavailable
from sync.signature import keep_private

FOLDER = "invitations"
GOOD_MS = 3 * 24 * 3_600_000
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet, without I, L, O and U to be misread."""
CODE_LETTERS, GROUP = 16, 4
MISREAD = str.maketrans("ILO", "110", "- ")


@dataclass(frozen=True, slots=True)
class Invitations:
    """The invitations in a region's data folder: at most one a hall, of 80 bits, kept as its hash, good for 3 days."""

    data: Path

    def make(self, hall: str, now_ms: int) -> str:
        """Return a new code for a hall, "7Q2M-…"; an older one of that hall is void."""
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
        kept = {"digest": digest_of(code), "until_ms": now_ms + GOOD_MS}
        try:
            make_private_folder(self.data / FOLDER)
        except OSError as error:
            raise Unavailable(why=FOLDER) from error
        keep_private(self._path(hall), json.dumps(kept).encode())
        return "-".join(code[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP))

    def check(self, hall: str, code: str, now_ms: int) -> None:
        """Raise NotInvited unless this is the code of that hall, in time."""
        try:
            kept = json.loads(self._path(hall).read_bytes())
        except (OSError, ValueError) as error:
            raise NotInvited from error
        if now_ms > kept["until_ms"] or not hmac.compare_digest(kept["digest"], digest_of(code)):
            raise NotInvited

    def spend(self, hall: str) -> None:
        """Make a hall's code void, also after a power cut; Unavailable where the disk does not let us."""
        try:
            self._path(hall).unlink(missing_ok=True)
            settle(self.data / FOLDER)
        except OSError as error:
            raise Unavailable(why=FOLDER) from error

    def _path(self, hall: str) -> Path:
        return self.data / FOLDER / f"{hall}.json"


def digest_of(code: str) -> str:
    """Return what is kept of a code, however it was typed."""
    return hashlib.sha256(code.upper().translate(MISREAD).encode()).hexdigest()
