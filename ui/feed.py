"""The hub's feed as Qt signals: a mirror that keeps itself up to date, connects again by itself and tells the time."""

import json
import random
import time
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtNetwork import QNetworkProxy, QNetworkRequest
from PySide6.QtWebSockets import QWebSocket

from config.errors import AntreanError
from hub.client.device import Device
from hub.client.mirror import FeedBroken, Mirror
from ui.timing import timer

WAITS_MS = (300, 600, 1200, 2500, 5000)
JITTER = 0.3
SILENT_MS = 15_000
PING_MS = 5_000


class Feed(QObject):
    """One device's ear at the hub. `mirror` is what the hub said last, and stays readable while the hub is away.

    `changed(events)` after a snapshot (no events) and after each change, `told()` after every message (time has
    moved), `lost()` once when the hub goes away or was never there, `back()` once when a snapshot ends that.
    """

    changed = Signal(list)
    told = Signal()
    lost = Signal()
    back = Signal()

    def __init__(
        self,
        device: Device,
        parent: QObject | None = None,
        *,
        waits_ms: tuple[int, ...] = WAITS_MS,
        silent_ms: int = SILENT_MS,
        ping_ms: int = PING_MS,
    ) -> None:
        super().__init__(parent)
        self.mirror = Mirror()
        self.here = False
        self._device, self._waits_ms, self._tries = device, waits_ms, 0
        self._told_at, self._said_lost = time.monotonic(), False
        self._socket: QWebSocket | None = None
        self._silence = timer(self, silent_ms, self._drop)
        self._retry = timer(self, 0, self._open)
        self._pings = timer(self, ping_ms, self._ping, single=False)

    def start(self) -> None:
        """Connect, and stay connected until `stop`."""
        self._open()

    def stop(self) -> None:
        """Disconnect for good."""
        for clock in (self._silence, self._retry, self._pings):
            clock.stop()
        self._close()

    def now_ms(self) -> int:
        """Return hall time: what a simulated hub told last, else that and what has passed since."""
        if self.mirror.simulated or self.mirror.hall is None:
            return self.mirror.now_ms
        return self.mirror.now_ms + round((time.monotonic() - self._told_at) * 1000)

    def now(self) -> datetime | None:
        """Return the hall's local time, None before the first snapshot."""
        hall = self.mirror.hall
        return None if hall is None else datetime.fromtimestamp(self.now_ms() / 1000, hall.timezone)

    def _open(self) -> None:
        self._close()
        socket = self._socket = QWebSocket(parent=self)
        socket.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        socket.textMessageReceived.connect(self._hear)
        socket.pong.connect(self._alive)
        socket.disconnected.connect(self._drop)
        socket.errorOccurred.connect(self._drop)
        request = QNetworkRequest(QUrl(self._device.feed))
        request.setRawHeader(b"Authorization", f"Bearer {self._device.token}".encode())
        self._silence.start()
        self._pings.start()
        socket.open(request)

    def _close(self) -> None:
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.blockSignals(True)  # noqa: FBT003 - Qt's own
            socket.abort()
            socket.deleteLater()

    def _ping(self) -> None:
        if self._socket is not None and self._socket.isValid():
            self._socket.ping()

    def _alive(self) -> None:
        self._silence.start()

    def _hear(self, text: str) -> None:
        self._alive()
        try:
            message = json.loads(text)
            events = self.mirror.apply(message)
        except (AntreanError, ValueError, KeyError, TypeError) as error:
            self._start_over(at_once=isinstance(error, FeedBroken) and self._tries == 0)
            return
        self._told_at = time.monotonic()
        self._report(message, events)

    def _report(self, message: dict[str, Any], events: list[Any]) -> None:
        kind = message.get("type")
        if kind == "snapshot":
            self._tries, was_here, self.here = 0, self.here, True
            if not was_here:
                self._said_lost = False
                self.back.emit()
        if kind in ("snapshot", "change", "services"):
            self.changed.emit(events)
        self.told.emit()

    def _start_over(self, *, at_once: bool) -> None:
        """Connect again because the messages do not follow each other; the hub itself is not away."""
        self._tries += 1
        if at_once:
            self._close()
            self._retry.start(0)
        else:
            self._drop()

    def _drop(self) -> None:
        """Connect again later because the hub is away."""
        self._close()
        self._silence.stop()
        self._pings.stop()
        self._retry.start(self._wait_ms())
        self._tries += 1
        self.here = False
        if not self._said_lost:
            self._said_lost = True
            self.lost.emit()

    def _wait_ms(self) -> int:
        wait = self._waits_ms[min(self._tries, len(self._waits_ms) - 1)]
        return round(wait * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - spreads reconnects, no secret
