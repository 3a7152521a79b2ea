"""Runs the hub as a process: binds its address, announces itself, ends in order with exit code 0."""

import asyncio
import contextlib
import errno
import ipaddress
import resource
import signal
import socket
from collections.abc import Iterator
from dataclasses import replace

import uvicorn
import uvloop

from config.errors import AntreanError
from hub.app import create
from hub.guard import Guard
from hub.hub import Hub, Settings

GRACE_S = 5
KEPT_S = 120
"""How long an idle connection is kept: a clerk's next press should not have to connect first."""


class AddressUsed(AntreanError):
    """Another program listens there."""

    key = "error.address_used"


class AddressUnusable(AntreanError):
    """This machine has no such address, or may not listen there."""

    key = "error.address_unusable"


class NotLoopback(AntreanError):
    """A simulated hub would listen where others reach it."""

    key = "error.not_loopback"


class Server(uvicorn.Server):
    """A server that says when it is ready and leaves signals to us."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the line that tests and other processes wait for."""
        await super().startup(sockets)
        if not self.should_exit:
            with contextlib.suppress(OSError):
                print(self._ready, flush=True)  # noqa: T201

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: ours end the server and let the process return 0."""
        yield


def bound(host: str, port: int) -> socket.socket:
    """Return a listening socket; AddressUsed where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Accepted connections inherit it; without it each answer waits 40 ms for the client's acknowledgement.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((host, port))
        listening.listen(256)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise AddressUsed(host=host, port=port) from error
        raise AddressUnusable(host=host, port=port, why=error.strerror or error) from error
    return listening


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(settings: Settings, host: str, port: int) -> int:
    """Run a hub until SIGTERM or SIGINT and return the exit code; port 0 takes a free one.

    Prints `hub ready <url>` once it answers.
    """
    if settings.simulated and not is_loopback(host):
        raise NotLoopback(host=host)
    listening = bound(host, port)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{listening.getsockname()[1]}"
    more_connections()
    with listening, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run(replace(settings, address=url), listening))


def more_connections() -> None:
    """Let this process have as many connections as the system allows it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


async def run(settings: Settings, listening: socket.socket) -> int:
    """Start the hub, serve until a signal asks for the end, and close the hub."""
    hub = Hub(settings)
    try:
        await hub.start()
        server = server_of(hub)
        end_on_signals(server, hub.ending)
        await server.serve([listening])
        return 0 if server.started else 1
    finally:
        await hub.close()


def server_of(hub: Hub) -> Server:
    """Return the server of a started hub."""
    config = uvicorn.Config(
        Guard(create(hub), hub),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEPT_S,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        ws_per_message_deflate=False,
    )
    return Server(config, f"hub ready {hub.settings.address}")


def end_on_signals(server: Server, ending: asyncio.Event) -> None:
    """Let SIGTERM and SIGINT end a server in order; `ending` tells pages that are kept fresh."""

    def end() -> None:
        server.should_exit = True
        ending.set()

    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, end)
