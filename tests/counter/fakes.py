"""A hub that a test speaks for: its feed without a socket, and commands that the test answers."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from config.errors import AntreanError
from config.load import HALLS, hall_from, read
from counter.window import PanelWindow
from hub.client.device import Device
from hub.client.http import HubClient
from ui.commands import Call, Failed, Ok
from ui.feed import Feed

CLERK = "P05"


class FakeFeed(Feed):
    """A feed that hears what a test says, and never opens a socket."""

    def __init__(self) -> None:
        super().__init__(Device("http://127.0.0.1:1", "loket-2", "counter", "token"))

    def hear(self, message: dict[str, Any]) -> None:
        """Take one message of the hub."""
        self._hear(json.dumps(message))

    def lose(self) -> None:
        """Lose the hub."""
        self._drop()

    def _open(self) -> None:
        """Open nothing."""


class RecordingClient(HubClient):
    """A client that notes each command instead of sending it."""

    def __init__(self, counter_state: str) -> None:
        super().__init__("http://127.0.0.1:1")
        self.sent: list[str] = []
        self.counter_state = counter_state

    def command(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Note the end of a command's path, with the clerk where it has one."""
        self.sent.append(" ".join([path.rsplit("/", 1)[1], *([body["clerk"]] if "clerk" in body else [])]))
        return {"counter": {"state": self.counter_state}}


class FakeCommands:
    """Commands that wait until the test answers them."""

    def __init__(self) -> None:
        self.asked: list[tuple[Call, Ok, Failed]] = []

    def ask(self, call: Call, ok: Ok, failed: Failed) -> None:
        """Keep a command."""
        self.asked.append((call, ok, failed))

    def sent(self, counter_state: str = "closed") -> list[str]:
        """Return what the waiting commands would send to the hub."""
        client = RecordingClient(counter_state)
        for call, _, _ in self.asked:
            call(client)
        return client.sent

    def answer(
        self, number: str | None = None, *, job: str | None = None, printer: str | None = None, **ticket: str
    ) -> None:
        """Let the hub do what was asked."""
        _, ok, _ = self.asked.pop(0)
        ok({"ticket": {"number": number, **ticket}, "job": job, "printer": printer} if number else {})

    def refuse(self, error: AntreanError) -> None:
        """Let what was asked fail."""
        _, _, failed = self.asked.pop(0)
        failed(error)


class FakeHub:
    """What a hub would tell of one counter."""

    def __init__(self, hall: str = "mpp-muara-enim", counter: int = 2, clock: str = "08:14:00", **changes: Any) -> None:
        self.content = read(HALLS / f"{hall}.toml")
        self.content["hall"].update(changes)
        self.hall = hall_from(self.content)
        self.feed, self.commands = FakeFeed(), FakeCommands()
        self.number = counter
        self.counter: dict[str, Any] = {
            "counter": counter, "state": "closed", "clerk": None, "ticket": None, "reason": None
        }  # fmt: skip
        self.tickets: dict[str, dict[str, Any]] = {}
        self.waiting, self.oldest_ms = 0, None
        self.seq = 10
        self.set_clock(clock)

    def set_clock(self, clock: str) -> None:
        """Set hall time of the day."""
        moment = datetime.fromisoformat(f"2026-11-30T{clock}").replace(tzinfo=self.hall.timezone)
        self.now = round(moment.timestamp() * 1000)

    def service(self) -> str:
        """Return the first service of the counter."""
        return self.hall.counter_by_number[self.number].services[0]

    def _services(self) -> list[dict[str, Any]]:
        view = {"service": self.service(), "waiting": self.waiting, "oldest_ms": self.oldest_ms, "issued": 9,
                "open_counters": 1, "refusal": None}  # fmt: skip
        return [view]

    def snapshot(self) -> None:
        """Send the snapshot that a connection begins with."""
        counters = [self.counter] if self.number in self.hall.counter_by_number else []
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
                "counters": counters,
                "services": self._services() if counters else [],
                "printers": [],
                "jobs": [],
                "calls": [],
            }
        )

    def change(self) -> None:
        """Send what the counter does now."""
        after, self.seq = self.seq, self.seq + 1
        self.feed.hear(
            {
                "type": "change",
                "after": after,
                "seq": self.seq,
                "now": self.now,
                "events": [],
                "tickets": list(self.tickets.values()),
                "counters": [self.counter],
                "services": self._services(),
                "printers": [],
                "jobs": [],
                "calls": [],
            }
        )

    def wait(self, count: int, minutes: int = 0) -> None:
        """Let people wait, the first of them for so long."""
        self.waiting = count
        self.oldest_ms = self.now - minutes * 60_000 if count else None
        self.change()

    def stand(self, state: str, clerk: str | None = CLERK) -> None:
        """Open, pause or close the counter."""
        self.counter = {**self.counter, "state": state, "clerk": clerk, "ticket": None}
        self.change()

    def ticket(self, state: str, number: str = "A043", *, attempt: int = 1, ago_s: int = 0, **details: Any) -> None:
        """Put a ticket to the counter, called so many seconds ago."""
        called = self.now - ago_s * 1000
        self.tickets[number] = {
            "number": number, "service": self.service(), "ticket_class": "normal", "state": state,
            "counter": self.number, "attempt": attempt, "issued_ms": self.now - 900_000, "called_ms": called,
            "started_ms": called + 30_000 if state == "serving" else None, "ended_ms": None, "kiosk": "anjungan-1",
            "language": "id", "ahead": 0, "paper": "printed", **details,
        }  # fmt: skip
        self.counter = {**self.counter, "state": "open", "clerk": CLERK, "ticket": number}
        self.change()

    def remark(self, number: str, text: str) -> None:
        """Tell what a clerk wrote on a number."""
        after, self.seq = self.seq, self.seq + 1
        told = {"type": "change", "after": after, "seq": self.seq, "now": self.now, "events": []}
        self.feed.hear({**told, "remarks": [{"number": number, "text": text}]})

    def tick(self, clock: str) -> None:
        """Send the clock."""
        self.set_clock(clock)
        self.feed.hear({"type": "clock", "now": self.now})


class Panel:
    """A window with the hub that drives it."""

    def __init__(self, hub: FakeHub, size: tuple[int, int], lock_ms: int) -> None:
        self.hub = hub
        self.window = PanelWindow(hub.feed, hub.commands, hub.number, CLERK, lock_ms=lock_ms)
        self.window.resize(*size)
        self.window.show()

    def enabled(self) -> set[str]:
        """Return the keys of the round of calling that can be pressed."""
        keys = self.window.keys.items()
        return {name for name, key in keys if key.isEnabled() and key.isVisible() and name != "more"}

    def save(self, path: Path) -> None:
        """Save what the window shows."""
        self.window.grab().save(str(path))  # type: ignore[call-overload]


MakePanel = Callable[..., Panel]
