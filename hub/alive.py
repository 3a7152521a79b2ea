"""When the hub was last known to run: how long a power cut was is told by nothing else."""

import contextlib
import json
from pathlib import Path

from journal.clock import Now
from journal.line import Line

ALIVE = "alive"


class Alive:
    """The moment the hub was last known to run, in a small file; lost, it costs no more than what lines tell."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ALIVE

    def write(self, now: Now) -> None:
        """Remember a moment; a disk that does not take it shows itself at the next command."""
        fresh = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps([now.wall_ms, now.hall_ms]))
            fresh.replace(self._path)

    def last(self, newest: Line | None) -> Now | None:
        """Return the last moment known: this file's or the newest line's."""
        known = [Now(newest.wall_ms, newest.hall_ms)] if newest else []
        try:
            wall, hall = json.loads(self._path.read_text())
            known.append(Now(int(wall), int(hall)))
        except (OSError, ValueError, TypeError):
            pass
        return max(known, key=lambda now: now.hall_ms, default=None) if newest else None
