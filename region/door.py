"""The log-in to the region's pages: one password, kept as an argon2 hash, and sessions that a restart ends."""

import hashlib
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from region.errors import NoEntry, TooManyGuesses, Unavailable
from sync.signature import keep_private

PASSWORD_FILE = "password.hash"  # noqa: S105  the name of a file
SHORTEST = 8
SESSION_MS = 12 * 3_600_000
GUESSES = 5
PAUSE_MS = 60_000
Clock = Callable[[], int]


def set_password(data: Path, password: str) -> None:
    """Keep the hash of a new password; the server takes it at once, and those logged in stay so until it restarts."""
    data.mkdir(parents=True, exist_ok=True)
    keep_private(data / PASSWORD_FILE, PasswordHasher().hash(password).encode())


class Door:
    """Who may see the pages. Without a password nobody from afar may."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self._path, self._clock = data / PASSWORD_FILE, clock
        self._sessions: dict[str, int] = {}
        self._wrong, self._closed_until_ms = 0, 0
        self._guessing = threading.Lock()
        self._listing = threading.Lock()

    @property
    def has_password(self) -> bool:
        """Whether one can log in."""
        return self._path.exists()

    def enter(self, password: str) -> str:
        """Return a new session's secret for the right password.

        NoEntry for a wrong one, TooManyGuesses for a minute after five of them; guesses sent together are counted too.
        """
        with self._guessing:
            if self._clock() < self._closed_until_ms:
                raise TooManyGuesses
            if not self._right(password):
                self._count_wrong()
                raise NoEntry
            self._wrong = 0
        secret = secrets.token_urlsafe(32)
        with self._listing:
            self._sessions[digest_of(secret)] = self._clock() + SESSION_MS
        return secret

    def knows(self, secret: str) -> bool:
        """Tell whether a session's secret is good; those that have ended are forgotten."""
        now_ms = self._clock()
        with self._listing:
            self._sessions = {name: until for name, until in self._sessions.items() if until > now_ms}
            return digest_of(secret) in self._sessions

    def leave(self, secret: str) -> None:
        """End a session."""
        with self._listing:
            self._sessions.pop(digest_of(secret), None)

    def _right(self, password: str) -> bool:
        """Tell whether this is the password."""
        try:
            kept = self._path.read_text(encoding="ascii")
        except FileNotFoundError:
            return False
        except (OSError, UnicodeDecodeError) as error:
            raise Unavailable(why=PASSWORD_FILE) from error
        try:
            return PasswordHasher().verify(kept, password)
        except (Argon2Error, InvalidHashError):
            return False

    def _count_wrong(self) -> None:
        """Count a wrong password, and close the door for a while after too many."""
        self._wrong += 1
        if self._wrong >= GUESSES:
            self._wrong, self._closed_until_ms = 0, self._clock() + PAUSE_MS


def digest_of(secret: str) -> str:
    """Return what is remembered of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
