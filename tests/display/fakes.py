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

    def __init__(
        self,
        hall: str = "mpp-muara-enim",
        clock: str = "2026-11-30T08:14:00",
        *,
        layout: str = "calls",
        **changes: object,
    ) -> None:
        self.content = read(HALLS / f"{hall}.toml")
        self.content["hall"].update(changes)
        for screen in self.content["screens"]:
            screen["layout"] = layout
        self.hall = hall_from(self.content)
        self.feed = FakeFeed()
        self.calls: list[dict[str, Any]] = []
        self.tickets: dict[str, dict[str, Any]] = {}
        self.counters: dict[int, dict[str, Any]] = {}
        self.waiting = 0
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
                "counters": list(self.counters.values()),
                "services": [self.service(service) for service in self.hall.services],
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
        self.tickets[number] = self.ticket(number, "called")
        self.counters[counter] = self.counter(counter, "open", ticket=number)
        return self.seq

    def ticket(self, number: str, state: str, *, waited_ms: int = 600_000, **details: Any) -> dict[str, Any]:
        """Return a ticket's view; a called one has waited ten minutes, and was promised nothing."""
        view = {"number": number, "state": state, "trial": False, "promise_ms": None, **details}
        return {**view, "called_ms": self.now, "issued_ms": self.now - waited_ms}

    def counter(self, number: int, state: str, **details: Any) -> dict[str, Any]:
        """Return a counter's view."""
        view = {"counter": number, "clerk": "P1", "ticket": None, "reason": None, "until_ms": None}
        return {**view, "state": state, **details}

    def service(self, service: str) -> dict[str, Any]:
        """Return a service's view; all who wait do so for the first."""
        first = next(iter(self.hall.services))
        return {"service": service, "waiting": self.waiting if service == first else 0, "oldest_ms": None, "issued": 4}

    def change(self, *events: dict[str, Any], **parts: Any) -> None:
        """Send a change with these events and views."""
        after, self.seq = self.seq, self.seq + 1
        message = {"type": "change", "after": after, "seq": self.seq, "now": self.now, "events": list(events)}
        self.feed.hear({**message, **parts})

    def set_counter(self, number: int, state: str, **details: Any) -> None:
        """Let a counter change its state, and send it."""
        self.counters[number] = self.counter(number, state, **details)
        self.change(counters=[self.counters[number]])

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
                "counters": [self.counters[call["counter"]] for call in fresh],
                "services": [],
                "printers": [],
                "jobs": [],
                "calls": fresh,
            }
        )
        return seqs

    def answer(self, number: str) -> None:
        """Let a called visitor be served, and send it."""
        self.tickets[number] = self.ticket(number, "serving")
        self.change(tickets=[self.tickets[number]])

    def waits(self, number: str) -> dict[str, Any]:
        """Let a number wait again, and return its view."""
        self.tickets[number] = self.ticket(number, "waiting") | {"called_ms": None}
        return self.tickets[number]

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
