"""Listens to a hub's feed, and can be waited on."""

import threading
from collections.abc import Callable

from hub.client.device import Device
from hub.client.listen import listen
from hub.client.mirror import Mirror


class Ear:
    """Listens to a feed in a thread, and can be waited on."""

    def __init__(self, device: Device) -> None:
        self.mirror = Mirror()
        self.kinds: list[str] = []
        self.lost = 0
        self._stop, self._told = threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(device,))
        self._thread.start()

    def _listen(self, device: Device) -> None:
        for events in listen(device, self.mirror, self._stop, poll_s=0.05):
            with self._told:
                self.lost += events is None
                self.kinds += [event["kind"] for event in events or ()]
                self._told.notify_all()

    def wait(self, found: Callable[[Mirror], object]) -> Mirror:
        """Return the mirror once it shows something."""
        with self._told:
            assert self._told.wait_for(lambda: found(self.mirror), 15)
        return self.mirror

    def close(self) -> None:
        """Stop listening."""
        self._stop.set()
        self._thread.join()
