"""The log-in to the region's pages: one password, kept as an argon2 hash, and sessions that a restart ends."""

import hashlib
import secrets
import threading
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from config.private import make_private_folder
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
    make_private_folder(data)
    keep_private(data / PASSWORD_FILE, PasswordHasher().hash(password).encode())


class Door:
    """Who may see the pages. Without a password nobody from afar may."""

    def __init__(self, data: Path, clock: Clock) -> None:
        self.folder, self._path, self._clock = data, data / PASSWORD_FILE, clock
        self._sessions: dict[str, int] = {}
        self._wrong: dict[str, tuple[int, int]] = {}
        self._guessing = threading.Lock()
        self._listing = threading.Lock()

    @property
    def has_password(self) -> bool:
        """Whether one can log in."""
        return self._path.exists()

    def enter(self, password: str, address: str = "") -> str:
        """Return a new session's secret for the right password.

        NoEntry for a wrong one, TooManyGuesses for a minute after five of them from one address, so that who guesses
        keeps nobody else out; guesses sent together are counted too, and are looked at one after another.
        """
        whence = network_of(address)
        with self._guessing:
            now_ms = self._clock()
            self._wrong = {name: kept for name, kept in self._wrong.items() if now_ms - kept[1] < PAUSE_MS}
            if self._wrong.get(whence, (0, 0))[0] >= GUESSES:
                raise TooManyGuesses
            if not self._right(password):
                self._wrong[whence] = self._wrong.get(whence, (0, 0))[0] + 1, now_ms
                raise NoEntry
            self._wrong.pop(whence, None)
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


def network_of(address: str) -> str:
    """Return whom guesses from an address are counted against: of IPv6 its /64, which one house has whole."""
    try:
        told = ip_address(address)
    except ValueError:
        return address
    told = getattr(told, "ipv4_mapped", None) or told
    return str(told) if told.version == 4 else str(ip_network((str(told).partition("%")[0], 64), strict=False))


def digest_of(secret: str) -> str:
    """Return what is remembered of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
