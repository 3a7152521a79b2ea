"""A hub's feed on a real socket: a small server in a thread that says what a test wants."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from hub.client.device import Device


class WireHub:
    """Takes connections; each new one is told `greeting`."""

    def __init__(self, greeting: dict[str, Any]) -> None:
        self.greeting = greeting
        self.connections: Queue[ServerConnection] = Queue()
        self.tokens: list[str | None] = []
        self._server: Server | None = None
        self.port = 0

    def start(self) -> None:
        """Listen, on the port of before where there was one."""
        self._server = serve(self._greet, "127.0.0.1", self.port)
        self.port = self._server.socket.getsockname()[1]
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Go away."""
        if self._server is not None:
            self._server.shutdown()
            self._server = None

    @property
    def device(self) -> Device:
        """A device that is paired with this hub."""
        return Device(f"http://127.0.0.1:{self.port}", "anjungan-1", "kiosk", "secret")

    def connected(self) -> ServerConnection:
        """Return the next connection that was made."""
        return self.connections.get(timeout=10)

    def _greet(self, connection: ServerConnection) -> None:
        request = connection.request
        self.tokens.append(request.headers.get("Authorization") if request is not None else None)
        try:
            connection.send(json.dumps(self.greeting))
            self.connections.put(connection)
            for _ in connection:
                pass
        except ConnectionClosed:
            return


@contextmanager
def hub_on_wire(greeting: dict[str, Any]) -> Iterator[WireHub]:
    """Run a hub for the length of a test."""
    hub = WireHub(greeting)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()
