"""How often an opened tablet of the survey may speak, and when it was last here."""

from config.errors import AntreanError
from hub.rules.state import Device, Milliseconds

COOKIE = "antrean_skm"
PAUSE_MS = {"survey": 20_000, "rating": 3_000}
"""What lies between two answers of one tablet at least: nobody reads nine questions faster."""
MOST_A_DAY = 400


class TooManyAnswers(AntreanError):
    """A tablet has answered just now, or very often today."""

    key = "survey.too_many"


class Tablets:
    """Bounds what each tablet may say, and knows when it was last `seen`, in hall time. A restart forgets both.

    Tablets are known by the digests of their tokens: a name is given again.
    """

    def __init__(self) -> None:
        self.seen: dict[str, Milliseconds] = {}
        self._said: dict[str, tuple[str, int]] = {}
        self._last: dict[tuple[str, str], Milliseconds] = {}

    def count(self, tablet: Device, kind: str, today: str, now_ms: Milliseconds) -> None:
        """Note that a tablet says something; TooManyAnswers where it should pause first."""
        name = tablet.digest
        last, said = self._last.get((name, kind)), self._said.get(name, ("", 0))
        count = said[1] if said[0] == today else 0
        if count >= MOST_A_DAY or (last is not None and now_ms - last < PAUSE_MS[kind]):
            raise TooManyAnswers
        self._said[name] = today, count + 1
        self._last[name, kind] = now_ms

    def forget(self, tablet: Device, kind: str) -> None:
        """Take back what a tablet said last: it could not be kept and may be said again at once, or was kept before."""
        today, count = self._said[tablet.digest]
        self._said[tablet.digest] = today, count - 1
        self._last.pop((tablet.digest, kind), None)
