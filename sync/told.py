"""What the push tells the hall's page, in a small file beside the journal: how it goes, whether it could or not."""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from sync.watermark import Watermark

TOLD = "sync.json"
EVERY_S = 15.0
"""How often the file is written where nothing has changed: its age says whether the push runs."""


class Told:
    """Writes `sync.json` into the hall's data folder.

    It is an object of `at_ms` (this machine's clock), `held` and `newest` (the region's and the journal's last line),
    `failures` in a row and `failing_since_ms` (this machine's clock, null where there are none), and `is_resting` where
    the hall file lets it send at other hours.
    """

    def __init__(self, folder: Path, watermark: Watermark, seconds: Callable[[], float] = time.monotonic) -> None:
        self._path, self._watermark, self._seconds = folder / TOLD, watermark, seconds
        self._written_at, self._before = float("-inf"), (-1, False)
        self._failing_since_ms: int | None = None

    def tell(self, behind: int, failures: int, *, is_resting: bool = False) -> None:
        """Write how the push goes, where that is news or the file is old; a disk that takes nothing is no trouble."""
        now_s = self._seconds()
        if now_s - self._written_at < EVERY_S and (failures, is_resting) == self._before:
            return
        self._written_at, self._before = now_s, (failures, is_resting)
        at_ms = time.time_ns() // 1_000_000
        self._failing_since_ms = (self._failing_since_ms or at_ms) if failures else None
        held = self._watermark.place().next - 1
        told = {
            "at_ms": at_ms,
            "held": held,
            "newest": held + behind,
            "failures": failures,
            "failing_since_ms": self._failing_since_ms,
            "is_resting": is_resting,
        }
        fresh = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(told), encoding="utf-8")
            fresh.replace(self._path)
