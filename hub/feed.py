"""Who listens to the hub, and what they are sent: a snapshot, then every change in order."""

import asyncio
from collections.abc import Iterable
from typing import Any

import orjson

from config.wording import both
from hub.client.views import RemarkView
from hub.codes import Codes
from hub.engine import Committed
from hub.remarks import Remarks
from hub.rules.events import TicketRemarked
from hub.rules.state import Device, Milliseconds, State, Ticket
from hub.show import change, in_hall, service_view, snapshot
from hub.technician import with_code

QUEUE_LENGTH = 500
PRIVATE = ("jobs", "helps", "remarks")


class Listener:
    """One connection: the messages that wait to be sent to it, None at the end. A slow one is cut off."""

    def __init__(self, device: Device) -> None:
        self.device, self.role = device, device.role
        self.waiting: asyncio.Queue[str | None] = asyncio.Queue(QUEUE_LENGTH + 1)

    def send(self, text: str) -> bool:
        """Queue a message; False where the connection is too slow and has been cut off."""
        if self.waiting.qsize() < QUEUE_LENGTH:
            self.waiting.put_nowait(text)
            return True
        self.end()
        return False

    def end(self) -> None:
        """Cut the connection off behind what waits for it."""
        if not self.waiting.full():
            self.waiting.put_nowait(None)


class Feed:
    """Tells every listener what has been committed."""

    def __init__(self, codes: Codes, remarks: Remarks) -> None:
        self._codes, self._remarks = codes, remarks
        self._service_codes: dict[str, str] = {}
        self.listeners: set[Listener] = set()
        self.open = False
        self._refusals: dict[str, str | None] = {}
        self.seen: dict[str, Milliseconds] = {}
        self._now_ms: Milliseconds = 0

    @property
    def connected(self) -> set[str]:
        """The names of the devices that listen."""
        return {listener.device.device for listener in self.listeners}

    def join(self, device: Device, state: State, now_ms: Milliseconds) -> Listener:
        """Return a new listener whose first message is a snapshot of the committed state."""
        listener = Listener(device)
        message: dict[str, Any] = dict(snapshot(state, now_ms, self._codes, in_hall(state)))
        message["remarks"] = self._remark_views(ticket for ticket in state.tickets.values() if ticket.remark)
        message |= private_to(device, message)
        kiosk = device.device if device.role == "kiosk" else ""
        message["hall"] = with_code(message["hall"], kiosk, self._service_codes)
        listener.send(text_of(message))
        self.listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener, and remember when it was here last."""
        self.listeners.discard(listener)
        self.seen[listener.device.device] = self._now_ms

    def publish(self, committed: Committed) -> None:
        """Tell what a transaction changed. A new day, hall file or interruption sends all for a snapshot."""
        kinds = {event.kind for event in committed.events}
        if kinds & {"day.opened", "config.applied", "counter.assigned", "interruption.noted"}:
            self._tell({"type": "day"})
            return
        message = change(committed.before, committed.after, committed.events, committed.now.hall_ms, self._codes)
        remarked = [event.number for event in committed.events if isinstance(event, TicketRemarked)]
        message["remarks"] = self._remark_views(committed.after.tickets[number] for number in remarked)
        for view in message["services"]:
            self._refusals[view["service"]] = view["refusal"]
        self._tell(message)

    def tick(self, state: State, now_ms: Milliseconds) -> None:
        """Tell the time, and which services time has opened or closed since the last tick."""
        self._now_ms = now_ms
        if state.hall is None:
            return
        views = [service_view(state, service, now_ms) for service in state.hall.services]
        changed = [view for view in views if self._refusals.get(view["service"]) != view["refusal"]]
        self._refusals = {view["service"]: view["refusal"] for view in views}
        if changed:
            self._tell({"type": "services", "now": now_ms, "services": changed})
        self._tell({"type": "clock", "now": now_ms})

    def set_service_codes(self, codes: dict[str, str]) -> bool:
        """Take the codes of kiosks' technicians, told in snapshots; tell whether they are others than before."""
        before, self._service_codes = self._service_codes, codes
        return before != codes

    def renew(self) -> None:
        """Send all for a snapshot."""
        self._tell({"type": "day"})

    def begin(self) -> None:
        """Let listeners in."""
        self.open = True

    def stop(self) -> None:
        """Cut every connection off and let none in: screens keep what they show and send people to the staff."""
        self.open = False
        self._cut(self.listeners, "hub_stopped")

    def end(self) -> None:
        """Cut every connection off."""
        self._cut(self.listeners)

    def cut_strangers(self, state: State) -> None:
        """Cut off the connections whose token is good for nothing any more."""
        strangers = [found for found in self.listeners if state.devices.get(found.device.device) != found.device]
        self._cut(strangers, "token_missing")

    def _remark_views(self, tickets: Iterable[Ticket]) -> list[RemarkView]:
        return [{"number": t.number, "text": self._remarks.read(t.number, t.remark)} for t in tickets]

    def _cut(self, listeners: Iterable[Listener], code: str = "") -> None:
        for listener in tuple(listeners):
            if code:
                listener.send(farewell(code))
            listener.end()
            self.leave(listener)

    def _tell(self, message: dict[str, Any]) -> None:
        if not self.listeners:
            return
        has_private = any(message.get(part) for part in PRIVATE)
        plain = text_of(message | {part: [] for part in PRIVATE} if has_private else message)
        for listener in tuple(self.listeners):
            own = private_to(listener.device, message) if has_private else {}
            if not listener.send(text_of({**message, **own}) if any(own.values()) else plain):
                self.leave(listener)


def farewell(code: str) -> str:
    """Return the last message of a connection that will not come back by itself: why, in words for people."""
    return text_of({"type": "farewell", "code": code, "words": both(f"refusal.{code}")})


def private_to(device: Device, message: dict[str, Any]) -> dict[str, Any]:
    """Return what only some devices may see, as far as this one may: papers; to staff, calls for help and remarks."""
    staff = {part: message.get(part, []) if device.role in ("counter", "head") else [] for part in ("helps", "remarks")}
    return {"jobs": jobs_for(device, message.get("jobs", [])), **staff}


def jobs_for(device: Device, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the print jobs a device is told of: agents and the head all, a kiosk those of its own visitors."""
    if device.role in ("printer", "head"):
        return jobs
    return [job for job in jobs if device.role == "kiosk" and job["kiosk"] == device.device]


def text_of(message: dict[str, Any]) -> str:
    """Return a message as JSON text."""
    return orjson.dumps(message).decode()
