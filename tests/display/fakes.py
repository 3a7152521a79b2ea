"""A hub that a test speaks for: the messages of its feed, and a feed without a socket."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from config.load import HALLS, hall_from, read
from display.window import DisplayWindow
from hub.client.device import Device
from ui.feed import Feed


class FakeFeed(Feed):
    """A feed that hears what a test says, and never opens a socket."""

    def __init__(self) -> None:
        super().__init__(Device("http://127.0.0.1:1", "layar-1", "display", "token"))

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message of the hub."""
        self._hear(json.dumps(message))

    def lose(self) -> None:
        """Lose the hub."""
        self._drop()

    def _open(self) -> None:
        """Open nothing."""


class FakeHub:
    """The messages a hub would send for one hall."""

    def __init__(self, hall: str = "mpp-muara-enim", clock: str = "2026-11-30T08:14:00", **changes: object) -> None:
        self.content = read(HALLS / f"{hall}.toml")
        self.content["hall"].update(changes)
        self.hall = hall_from(self.content)
        self.feed = FakeFeed()
        self.calls: list[dict[str, Any]] = []
        self.tickets: dict[str, dict[str, Any]] = {}
        self.seq = 10
        self.set_clock(clock)

    def set_clock(self, clock: str) -> None:
        """Set hall time."""
        moment = datetime.fromisoformat(clock).replace(tzinfo=self.hall.timezone)
        self.now = round(moment.timestamp() * 1000)

    def snapshot(self) -> None:
        """Send the snapshot that a connection begins with."""
        self.feed.hear(
            {
                "type": "snapshot",
                "version": 1,
                "seq": self.seq,
                "now": self.now,
                "simulated": True,
                "date": "2026-11-30",
                "hall": self.content,
                "tickets": list(self.tickets.values()),
                "counters": [],
                "services": [],
                "printers": [],
                "jobs": [],
                "calls": self.calls[-24:],
            }
        )

    def call(
        self, number: str, counter: int, *, attempt: int = 1, ticket_class: str = "normal", service: str = ""
    ) -> int:
        """Make a call, not yet told; return its seq."""
        place = self.hall.counter_by_number[counter]
        self.seq += 1
        service = service or place.services[0]
        self.calls.append(
            {
                "seq": self.seq,
                "number": number,
                "service": service,
                "ticket_class": ticket_class,
                "counter": counter,
                "zone": place.zone,
                "attempt": attempt,
                "called_ms": self.now,
            }
        )
        self.tickets[number] = {"number": number, "state": "called"}
        return self.seq

    def tell(self, *calls: tuple[str, int], **details: Any) -> list[int]:
        """Make calls and send them as one change; return their seqs."""
        after = self.seq
        seqs = [self.call(number, counter, **details) for number, counter in calls]
        fresh = [call for call in self.calls if call["seq"] in seqs]
        self.feed.hear(
            {
                "type": "change",
                "after": after,
                "seq": self.seq,
                "now": self.now,
                "events": [],
                "tickets": [self.tickets[call["number"]] for call in fresh],
                "counters": [],
                "services": [],
                "printers": [],
                "jobs": [],
                "calls": fresh,
            }
        )
        return seqs

    def answer(self, number: str) -> None:
        """Let a called visitor be served, and send it."""
        self.tickets[number] = {"number": number, "state": "serving"}
        after, self.seq = self.seq, self.seq + 1
        message = {"type": "change", "after": after, "seq": self.seq, "now": self.now, "events": []}
        self.feed.hear({**message, "tickets": [self.tickets[number]]})

    def tick(self, clock: str) -> None:
        """Send the clock."""
        self.set_clock(clock)
        self.feed.hear({"type": "clock", "now": self.now})


class HandClock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s


class Screen:
    """A window with the hub and the clock that drive it."""

    def __init__(self, hub: FakeHub, screen: str, size: tuple[int, int], **parts: Any) -> None:
        self.hub, self.clock = hub, HandClock()
        self.window = DisplayWindow(hub.feed, screen, clock=self.clock, **parts)
        self.window.resize(*size)
        self.window.show()

    def wait(self, seconds: float, step: float = 0.02) -> None:
        """Let time pass frame by frame."""
        for _ in range(round(seconds / step)):
            self.clock.now_s += step
            self.window.run_frame()

    def save(self, path: Path) -> None:
        """Save what the window shows."""
        self.window.grab().save(str(path))  # type: ignore[call-overload]


MakeScreen = Callable[..., Screen]
