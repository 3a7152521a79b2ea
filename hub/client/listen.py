"""Listens to the hub's feed without Qt: a mirror that keeps itself up to date and connects again by itself."""

import contextlib
import json
from collections.abc import Iterator
from threading import Event

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from hub.client.device import Device
from hub.client.mirror import FeedBroken, Mirror
from hub.client.views import EventView

WAIT_S = (0.3, 0.6, 1.2, 2.5, 5.0)
SILENT_S = 15.0


def listen(device: Device, mirror: Mirror, stop: Event, *, poll_s: float = 0.5) -> Iterator[list[EventView] | None]:
    """Yield the events of each message once the mirror has it, and None whenever the hub is away or nothing came.

    Ends soon after `stop` is set: it is looked at every `poll_s` seconds.
    """
    tries = 0
    while not stop.is_set():
        with contextlib.suppress(OSError, WebSocketException, FeedBroken, TimeoutError):
            for events in messages(device, mirror, stop, poll_s):
                tries = 0
                yield events
        if stop.is_set():
            return
        yield None
        stop.wait(WAIT_S[min(tries, len(WAIT_S) - 1)])
        tries += 1


def messages(device: Device, mirror: Mirror, stop: Event, poll_s: float) -> Iterator[list[EventView] | None]:
    """Yield what one connection brings, until it breaks, stays silent for 15 s, or `stop` is set."""
    headers = {"Authorization": f"Bearer {device.token}"}
    with connect(device.feed, additional_headers=headers, max_size=None, open_timeout=5, proxy=None) as socket:
        silent_s = 0.0
        while not stop.is_set() and silent_s < SILENT_S:
            try:
                message = json.loads(socket.recv(timeout=poll_s))
            except TimeoutError:
                silent_s += poll_s
                yield None
                continue
            silent_s = 0.0
            yield mirror.apply(message)
