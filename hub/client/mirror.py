"""The hub's state as its feed tells it: a snapshot, then changes in order. No Qt, no sockets."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from config.errors import AntreanError
from config.hall import Hall
from config.load import hall_of_journal
from hub.client.views import (
    CallView,
    CounterView,
    EventView,
    HelpView,
    JobView,
    PrinterView,
    RemarkView,
    ServiceView,
    TicketView,
)

FEED_VERSION = 1
CALLS_KEPT = 24


class FeedBroken(AntreanError):
    """A change does not follow what came before, or the day turned: connect again for a new snapshot."""

    key = "error.feed_broken"


class Mirror:
    """What the hub said last; it stays readable while the hub is away. `apply` takes each message of the feed.

    `farewell` holds the hub's words where it has closed the door for a reason that does not pass by itself.
    """

    def __init__(self) -> None:
        self.hall: Hall | None = None
        self.seq = 0
        self.now_ms = 0
        self.simulated = False
        self.farewell: dict[str, str] | None = None
        self.tickets: dict[str, TicketView] = {}
        self.counters: dict[int, CounterView] = {}
        self.services: dict[str, ServiceView] = {}
        self.printers: dict[str, PrinterView] = {}
        self.jobs: dict[str, JobView] = {}
        self.helps: dict[str, HelpView] = {}
        self.remarks: dict[str, RemarkView] = {}
        self.calls: list[CallView] = []

    def apply(self, message: Mapping[str, Any]) -> list[EventView]:
        """Take one message and return the events to react on; FeedBroken where one is missing."""
        kind = message.get("type")
        if kind == "snapshot":
            self._start(message)
        elif kind == "change":
            return self._change(message)
        elif kind == "farewell":
            self.farewell = dict(message["words"])
        elif kind == "day":
            raise FeedBroken(reason="day")
        elif kind in ("clock", "services"):
            self.now_ms = message["now"]
            self._keep(message)
        return []

    def moment(self) -> datetime | None:
        """Return the hall's local time as last told, None before the first snapshot."""
        return None if self.hall is None else datetime.fromtimestamp(self.now_ms / 1000, self.hall.timezone)

    def waiting_for(self, services: Iterable[str]) -> tuple[int, int | None]:
        """Return how many wait for these services, and hall time in ms since when the longest of them waits."""
        views = [self.services[service] for service in services if service in self.services]
        since = [view["oldest_ms"] for view in views if view["oldest_ms"] is not None]
        return sum(view["waiting"] for view in views), min(since, default=None)

    def _start(self, message: Mapping[str, Any]) -> None:
        if message["version"] != FEED_VERSION:
            raise FeedBroken(reason=f"version {message['version']}")
        self.hall = hall_of_journal(message["hall"])
        self.seq, self.now_ms, self.simulated = message["seq"], message["now"], message["simulated"]
        self.farewell = None
        self.calls = []
        for part in (self.tickets, self.counters, self.services, self.printers, self.jobs, self.helps):
            part.clear()
        self.remarks.clear()
        self._keep(message)

    def _change(self, message: Mapping[str, Any]) -> list[EventView]:
        if message["after"] != self.seq:
            raise FeedBroken(reason=f"after {message['after']}, not {self.seq}")
        self.seq, self.now_ms = message["seq"], message["now"]
        self._keep(message)
        return list(message["events"])

    def _keep(self, message: Mapping[str, Any]) -> None:
        self.tickets.update((view["number"], view) for view in message.get("tickets", ()))
        self.counters.update((view["counter"], view) for view in message.get("counters", ()))
        self.services.update((view["service"], view) for view in message.get("services", ()))
        self.printers.update((view["printer"], view) for view in message.get("printers", ()))
        self.jobs.update((view["job"], view) for view in message.get("jobs", ()))
        self.helps.update((view["help"], view) for view in message.get("helps", ()))
        self.remarks.update((view["number"], view) for view in message.get("remarks", ()))
        self.calls = [*self.calls, *message.get("calls", ())][-CALLS_KEPT:]
