"""Who listens to the hub, and what they are sent: a snapshot, then every change in order."""

import asyncio
from typing import Any

import orjson

from hub.codes import Codes
from hub.engine import Committed
from hub.rules.state import Milliseconds, State
from hub.show import change, in_hall, service_view, snapshot

QUEUE_LENGTH = 500
WITH_JOBS = ("printer", "kiosk", "head")
"""The roles that are told of print jobs: agents print them, kiosks show what found no paper."""


class Listener:
    """One connection: the messages that wait to be sent to it, None at the end. A slow one is cut off."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.waiting: asyncio.Queue[str | None] = asyncio.Queue(QUEUE_LENGTH + 1)

    def send(self, text: str) -> bool:
        """Queue a message; False where the connection is too slow and has been cut off."""
        if self.waiting.qsize() < QUEUE_LENGTH:
            self.waiting.put_nowait(text)
            return True
        self.waiting.put_nowait(None)
        return False


class Feed:
    """Tells every listener what has been committed."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes
        self.listeners: set[Listener] = set()
        self._refusals: dict[str, str | None] = {}

    def join(self, role: str, state: State, now_ms: Milliseconds) -> Listener:
        """Return a new listener whose first message is a snapshot of the committed state."""
        listener = Listener(role)
        message: dict[str, Any] = dict(snapshot(state, now_ms, self._codes, in_hall(state)))
        if role not in WITH_JOBS:
            message["jobs"] = []
        listener.send(text_of(message))
        self.listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self.listeners.discard(listener)

    def publish(self, committed: Committed) -> None:
        """Tell what a transaction changed. A new day or hall file sends everyone for a new snapshot."""
        kinds = {event.kind for event in committed.events}
        if kinds & {"day.opened", "config.applied"}:
            self._tell({"type": "day"})
            return
        message = change(committed.before, committed.after, committed.events, committed.now.hall_ms, self._codes)
        for view in message["services"]:
            self._refusals[view["service"]] = view["refusal"]
        self._tell(message)

    def tick(self, state: State, now_ms: Milliseconds) -> None:
        """Tell the time, and which services time has opened or closed since the last tick."""
        if state.hall is None:
            return
        views = [service_view(state, service, now_ms) for service in state.hall.services]
        changed = [view for view in views if self._refusals.get(view["service"]) != view["refusal"]]
        self._refusals = {view["service"]: view["refusal"] for view in views}
        if changed:
            self._tell({"type": "services", "now": now_ms, "services": changed})
        self._tell({"type": "clock", "now": now_ms})

    def end(self) -> None:
        """Cut every connection off."""
        for listener in self.listeners:
            listener.waiting.put_nowait(None)

    def _tell(self, message: dict[str, Any]) -> None:
        if not self.listeners:
            return
        full = text_of(message)
        plain = text_of({**message, "jobs": []}) if message.get("jobs") else full
        for listener in tuple(self.listeners):
            if not listener.send(full if listener.role in WITH_JOBS else plain):
                self.leave(listener)


def text_of(message: dict[str, Any]) -> str:
    """Return a message as JSON text."""
    return orjson.dumps(message).decode()
