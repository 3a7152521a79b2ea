"""A bad link between a hall and its region: relays HTTP on this machine, and does to each push what it is told."""

import contextlib
import re
import socket
import threading
from collections import deque
from collections.abc import Callable

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
PUSH = re.compile(rb"POST /v1/halls/[^/]+/epochs/\d+/lines")
DRIP = 97
"""A slow link's packet; no divisor of anything."""


class Proxy:
    """Listens on a free port. `faults` are done to the pushes that come, one each; then the link is well."""

    def __init__(self, region_port: int) -> None:
        self.region_port, self.faults = region_port, deque["Fault"]()
        self.done: list[str] = []
        self.earlier: list[bytes] = []
        self.held: bytes | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def ask(self, request: bytes) -> bytes:
        """Bring a request to the region and return its answer, whole; OSError where there is none."""
        with socket.create_connection(("127.0.0.1", self.region_port), timeout=20) as region:
            region.sendall(request)
            return whole(region)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                hall, _ = self._listening.accept()
                hall.settimeout(20)
                threading.Thread(target=self._relay, args=(hall,), daemon=True).start()

    def _relay(self, hall: socket.socket) -> None:
        """Take requests of one connection until it ends, or a fault ends it."""
        with hall, contextlib.suppress(OSError):
            while request := whole(hall):
                if not PUSH.match(request) or not self.faults:
                    hall.sendall(self.ask(request))
                    continue
                fault = self.faults.popleft()
                self.done.append(fault.__name__)
                fault(self, hall, request)
                self.earlier.append(request)


Fault = Callable[[Proxy, socket.socket, bytes], None]


def whole(peer: socket.socket) -> bytes:
    """Return one message, b"" where the peer has closed instead; OSError where it is cut off."""
    told = b""
    while b"\r\n\r\n" not in told:
        piece = peer.recv(65536)
        if not piece:
            return b""
        told += piece
    head = told.index(b"\r\n\r\n") + 4
    found = LENGTH.search(told[:head])
    size = head + (int(found[1]) if found else 0)
    while len(told) < size:
        piece = peer.recv(65536)
        if not piece:
            raise ConnectionError("cut off")
        told += piece
    return told


def lose(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Lose the request and say nothing."""
    raise ConnectionError


def lose_answer(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring the request, and lose the answer."""
    proxy.ask(request)
    raise ConnectionError


def cut_request(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Cut the line in the middle of the request."""
    with socket.create_connection(("127.0.0.1", proxy.region_port), timeout=20) as region:
        region.sendall(request[: len(request) * 2 // 3])
    raise ConnectionError


def cut_answer(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Cut the line in the middle of the answer."""
    answer = proxy.ask(request)
    hall.sendall(answer[: len(answer) - 20])
    raise ConnectionError


def drip(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring the request in small pieces, as a slow link does."""
    with socket.create_connection(("127.0.0.1", proxy.region_port), timeout=20) as region:
        region.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(request), DRIP):
            region.sendall(request[start : start + DRIP])
        hall.sendall(whole(region))


def flip(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Change one bit of the body."""
    changed = bytearray(request)
    changed[-5] ^= 4
    hall.sendall(proxy.ask(bytes(changed)))


def shorten(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring less of the body, under a length that says so."""
    head, _, body = request.partition(b"\r\n\r\n")
    short = body[: len(body) // 2]
    told = LENGTH.sub(b"\r\nContent-Length: %d\r\n" % len(short), head + b"\r\n")
    hall.sendall(proxy.ask(told + b"\r\n" + short))


def double(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring the request twice."""
    proxy.ask(request)
    hall.sendall(proxy.ask(request))


def replay(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring the first and the latest of the earlier requests once more, before this one."""
    for earlier in (*proxy.earlier[:1], *proxy.earlier[-1:]):
        proxy.ask(earlier)
    hall.sendall(proxy.ask(request))


def hold_back(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Keep the request for later."""
    proxy.held = request
    raise ConnectionError


def overtake(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
    """Bring a request that was held back after this one."""
    answer = proxy.ask(request)
    if proxy.held is not None:
        proxy.ask(proxy.held)
    hall.sendall(answer)


FAULTS: tuple[Fault, ...] = (
    lose, lose_answer, cut_request, cut_answer, drip, flip, shorten, double, replay, hold_back, overtake,
)  # fmt: skip
