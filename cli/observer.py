"""Counts what a day was from outside: from the feed and the papers alone, never from the hub's database."""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.client.device import Device
from hub.client.listen import listen
from hub.client.mirror import Mirror
from hub.client.views import EventView

ENDS = {
    "service.finished": "served",
    "ticket.missed": "missed",
    "ticket.cancelled": "cancelled",
    "ticket.unserved": "unserved",
}


@dataclass(slots=True)
class Tally:
    """What the feed said of tickets, in events."""

    issued: Counter[str] = field(default_factory=Counter)
    issued_ms: dict[str, int] = field(default_factory=dict)
    waits_ms: dict[str, int] = field(default_factory=dict)
    at: dict[str, int] = field(default_factory=dict)
    double_calls: int = 0
    ended: dict[str, str] = field(default_factory=dict)

    def take(self, event: EventView, now_ms: int) -> None:
        """Count one event."""
        body, kind = event["body"], event["kind"]
        number = body.get("number", "")
        if kind == "ticket.issued":
            self.issued[number] += 1
            self.issued_ms[number] = now_ms
        elif kind == "ticket.called":
            self._called(number, body["counter"], now_ms)
        elif kind in ENDS:
            self.at.pop(number, None)
            self.ended[number] = ENDS[kind]

    def _called(self, number: str, counter: int, now_ms: int) -> None:
        if self.at.get(number, counter) != counter or counter in (c for n, c in self.at.items() if n != number):
            self.double_calls += 1
        self.at[number] = counter
        self.waits_ms.setdefault(number, now_ms - self.issued_ms[number])

    @property
    def duplicates(self) -> int:
        """How many numbers were given more than once."""
        return sum(times > 1 for times in self.issued.values())


class Observer:
    """Listens to a hub as a printer does, so that it is told of papers too, and counts in a thread of its own."""

    def __init__(self, device: Device) -> None:
        self.mirror, self.tally = Mirror(), Tally()
        self.papers: Counter[str] = Counter()
        self.papers_cancelled = 0
        self._stop, self._told = threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(device,), daemon=True)
        self._thread.start()

    def _listen(self, device: Device) -> None:
        for events in listen(device, self.mirror, self._stop):
            with self._told:
                for event in events or ():
                    self.tally.take(event, self.mirror.now_ms)
                    if event["kind"] == "print.done":
                        self.papers[self.mirror.jobs[event["body"]["job"]]["content"]["number"]] += 1
                    self.papers_cancelled += event["kind"] == "print.cancelled"
                self._told.notify_all()

    def wait_until(self, seq: int, seconds: float = 30.0) -> bool:
        """Wait until the feed has told everything up to a line; False where it has not in time."""
        with self._told:
            return self._told.wait_for(lambda: self.mirror.seq >= seq, seconds)

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._thread.join()


def summary(observer: Observer, rows: int, refused: Mapping[str, int]) -> dict[str, Any]:
    """Return the figures of a day; waits are minutes from issue to first call, of all who were called."""
    ended = Counter(observer.tally.ended.values())
    issued = sum(observer.tally.issued.values())
    waits = sorted(wait / 60_000 for wait in observer.tally.waits_ms.values())
    return {
        "rows": rows,
        "issued": issued,
        "refused": dict(sorted(refused.items())),
        "served": ended["served"],
        "missed": ended["missed"],
        "unserved": issued - ended["served"] - ended["missed"] - ended["cancelled"],
        "duplicate_numbers": observer.tally.duplicates,
        "double_calls": observer.tally.double_calls,
        "papers": sum(observer.papers.values()),
        "papers_cancelled": observer.papers_cancelled,
        "duplicate_papers": sum(times > 1 for times in observer.papers.values()),
        "wait_mean_min": round(sum(waits) / len(waits), 2) if waits else 0.0,
        "wait_p90_min": round(waits[max(0, -(-len(waits) * 9 // 10) - 1)], 2) if waits else 0.0,
    }
