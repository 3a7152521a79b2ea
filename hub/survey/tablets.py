"""Which tablets may answer the survey: those that staff have opened, each so often and not more."""

import hmac
import secrets
from dataclasses import dataclass

from config.errors import AntreanError
from hub.rules.state import Milliseconds

COOKIE = "antrean_skm"
DAY_S = 24 * 3600
OPEN_S = 31 * DAY_S
"""How long a tablet stays open before staff open it again."""
PAUSE_MS = {"survey": 20_000, "rating": 3_000}
"""What lies between two answers of one tablet at least: nobody reads nine questions faster."""
MOST_A_DAY = 400
MOST_TABLETS = 200


class TooManyAnswers(AntreanError):
    """A tablet has answered just now, or very often today."""

    key = "survey.too_many"


@dataclass(frozen=True, slots=True)
class Tablet:
    """An opened tablet: its random name, and the agency it stands at, "" where visitors choose one."""

    name: str
    agency: str


class Tablets:
    """Opens tablets and bounds what each may say. The key signs what a tablet shows; a restart forgets the counts."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._said: dict[str, tuple[str, int]] = {}
        self._last: dict[tuple[str, str], Milliseconds] = {}

    def open(self, agency: str, now_ms: Milliseconds) -> str:
        """Return what a new tablet will show, good for a month."""
        told = f"{now_ms // 1000 + OPEN_S}.{secrets.token_hex(8)}.{agency}"
        return f"{self._mac(told)}.{told}"

    def tablet(self, shown: str, now_ms: Milliseconds) -> Tablet | None:
        """Return the tablet that shows this; None where nobody opened it, or too long ago."""
        mac, _, told = shown.partition(".")
        if not hmac.compare_digest(mac.encode(), self._mac(told).encode()):
            return None
        until, name, agency = told.split(".", 2)
        return Tablet(name, agency) if now_ms // 1000 < int(until) else None

    def count(self, tablet: Tablet, kind: str, today: str, now_ms: Milliseconds) -> None:
        """Note that a tablet says something; TooManyAnswers where it should pause first."""
        last, said = self._last.get((tablet.name, kind)), self._said.get(tablet.name, ("", 0))
        count = said[1] if said[0] == today else 0
        if count >= MOST_A_DAY or (last is not None and now_ms - last < PAUSE_MS[kind]):
            raise TooManyAnswers
        if len(self._said) >= MOST_TABLETS:
            self._said.clear()
            self._last.clear()
        self._said[tablet.name] = today, count + 1
        self._last[tablet.name, kind] = now_ms

    def _mac(self, told: str) -> str:
        return hmac.digest(self._key, f"survey/{told}".encode(), "sha256").hex()
