"""How large a batch is, what an answer makes the hall do, and how long it waits: pure decisions."""

from dataclasses import dataclass, replace
from enum import Enum

from sync.wire import MAX_LINES

FIRST_SIZE = 200
SLOW_SIZE = 50
"""A slow link shrinks batches down to this; so few lines weigh no more than the headers that go with them."""
QUICK_S = 2.0
SLOW_S = 10.0
BACK_OFF_S = 2.0
BACK_OFF_CAP_S = 300.0
STUCK_S = 3600.0
ONCE_TRIES = 5
"""How often in a row a push that is to run once may fail before it gives up."""

AGAIN_STATUSES = frozenset({400, 408, 415, 422, 425, 429})


class Step(Enum):
    """What an answer makes the hall do next."""

    ACKED = "acked"
    """Remember how far the region holds the journal, and send what follows."""
    REWIND = "rewind"
    """Go on from where the region says."""
    SMALLER = "smaller"
    """Send fewer lines."""
    AGAIN = "again"
    """Send the same batch once more, after a while."""
    STUCK = "stuck"
    """Only a person can help: keep everything, say so, and ask again hourly."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many lines a batch may have, and how many times in a row nothing came of it."""

    size: int = FIRST_SIZE
    failures: int = 0


def step_for(status: int, code: str) -> Step:
    """Return what an answer's HTTP status and code make the hall do; nothing is ever deleted because of one.

    A redirect is not followed: it comes from a hotel's log-in page, and ends by itself.
    """
    if status == 200:
        return Step.ACKED
    if status == 409 and code == "gap":
        return Step.REWIND
    if status == 413:
        return Step.SMALLER
    if status >= 500 or status in AGAIN_STATUSES or 300 <= status < 400:
        return Step.AGAIN
    return Step.STUCK


def after_ack(pace: Pace, sent: int, took_s: float) -> Pace:
    """Return the pace after an acknowledged batch: twice as large after a quick full one, half after a slow one."""
    size = pace.size
    if took_s > SLOW_S:
        size = max(min(size, SLOW_SIZE), size // 2)
    elif took_s < QUICK_S and sent >= size:
        size = min(MAX_LINES, size * 2)
    return Pace(size)


def after_failure(pace: Pace) -> Pace:
    """Return the pace after an answer that asks for the same batch again."""
    return replace(pace, failures=pace.failures + 1)


def after_cut(pace: Pace) -> Pace:
    """Return the pace after a cut or a timeout: the same batch once more, then from the same line half as many."""
    return Pace(max(1, pace.size // 2) if pace.failures else pace.size, pace.failures + 1)


def smaller(pace: Pace, sent: int) -> Pace | None:
    """Return the pace after a batch of `sent` lines was too big, or None where a single line already is."""
    return replace(pace, size=sent // 2) if sent > 1 else None


def wait_s(pace: Pace, chance: float, *, retry_after_s: float | None = None) -> float:
    """Return the seconds to wait after a failure; `chance` is drawn from 0 to 1.

    Full jitter, U(0, min(300 s, 2 s · 2ⁿ)), so that halls which lost the region together do not come back together.
    A region that names a time is given one to one and a half times that.
    """
    if retry_after_s is not None:
        return min(retry_after_s, STUCK_S) * (1 + chance / 2)
    doublings = min(max(pace.failures - 1, 0), 16)
    return chance * min(BACK_OFF_CAP_S, BACK_OFF_S * float(1 << doublings))
