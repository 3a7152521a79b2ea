"""What the hub knows beside its journal: who listens, since when others do not, how the push stands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hub.hub import Hub
from hub.rules.state import Milliseconds
from journal.clock import HallClock, wall_ms

TOLD_BY_SYNC = "sync.json"
"""The file in the data folder in which `antrean sync` tells how it goes."""


@dataclass(frozen=True, slots=True)
class Push:
    """How the push to the region stood at `at_ms`, and since when it has failed; both by this machine's clock."""

    at_ms: Milliseconds
    held: int
    newest: int
    failing_since_ms: Milliseconds | None
    is_resting: bool

    @property
    def waiting(self) -> int:
        """How many lines the region lacks."""
        return max(0, self.newest - self.held)


@dataclass(frozen=True, slots=True)
class Outside:
    """What no line tells. `seen` says when a device that is not connected was last, in hall time."""

    connected: frozenset[str]
    seen: Mapping[str, Milliseconds]
    is_stopped: bool
    is_clock_doubted: bool
    sync: Push | None
    wall_ms: Milliseconds


def outside_of(hub: Hub) -> Outside:
    """Return what a hub knows beside its journal."""
    return Outside(
        connected=frozenset(hub.feed.connected),
        seen=hub.feed.seen,
        is_stopped=hub.engine.failure is not None,
        is_clock_doubted=isinstance(hub.clock, HallClock) and hub.clock.doubted,
        sync=push_of(hub.settings.data),
        wall_ms=wall_ms(),
    )


def push_of(data: Path) -> Push | None:
    """Return what the push last told, None where it never did or its file cannot be read."""
    try:
        told = json.loads((data / TOLD_BY_SYNC).read_text(encoding="utf-8"))
        since = told["failing_since_ms"]
        return Push(
            int(told["at_ms"]),
            int(told["held"]),
            int(told["newest"]),
            None if since is None else int(since),
            bool(told["is_resting"]),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
