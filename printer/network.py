"""Printers on the network: a TCP connection that notices within seconds when its other end is gone."""

import os
import re
import select
import socket
import struct
import sys
import time
from errno import ETIMEDOUT

from printer.open_file import READ_BYTES, events
from printer.transport import Refused, TimedOut, Unplugged

TCP_PORT = 9100
CONNECT_S = 3.0
DEAD_MS = 15_000
"""How long the other end may owe the kernel an acknowledgement."""
KEEPALIVE = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 3, "TCP_KEEPCNT": 3}
"""A line without traffic is tried after 5 s, and given up after three tries, 3 s apart."""
POLLRDHUP = getattr(select, "POLLRDHUP", 0)
TCP_INFO_BYTES = 60
LAST_PORT = 65535
ADDRESS = re.compile(r"([0-9A-Za-z_-]{1,63}(\.[0-9A-Za-z_-]{1,63})*|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}")


class TcpTransport:
    """Speaks to a network printer, usually at port 9100."""

    answers = True

    def __init__(self, host: str, port: int = TCP_PORT, *, connect_s: float = CONNECT_S) -> None:
        self._address = f"{host}:{port}"
        try:
            self._socket = connected(host, port, connect_s)
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) else None
            raise Refused(address=self._address, why=why or str(error)) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in KEEPALIVE.items():
            if hasattr(socket, name):
                self._socket.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    def write(self, data: bytes, deadline_s: float) -> None:
        """Send the bytes. A peer that has hung up is noticed first: its kernel would still take them and lose them."""
        self._assert_there()
        self._socket.settimeout(max(0.001, deadline_s))
        try:
            self._socket.sendall(data)
        except OSError as error:
            if is_deadline(error):
                raise TimedOut(address=self._address) from error
            raise Unplugged(address=self._address, why=error.strerror or "") from error

    def read(self, deadline_s: float) -> bytes:
        """Return what came within the deadline."""
        self._socket.settimeout(max(0.001, deadline_s))
        try:
            said = self._socket.recv(READ_BYTES)
        except OSError as error:
            if is_deadline(error):
                self._assert_alive()
                return b""
            raise Unplugged(address=self._address, why=error.strerror or "") from error
        if not said:
            raise Unplugged(address=self._address, why="")
        return said

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _assert_there(self) -> None:
        """Raise Unplugged where the peer has closed its side, even if words of it are still unread."""
        if events(self._socket.fileno(), POLLRDHUP, 0.0):
            code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            raise Unplugged(address=self._address, why=os.strerror(code) if code else "")
        self._assert_alive()

    def _assert_alive(self) -> None:
        """Raise Unplugged where what was sent is not acknowledged.

        TCP_USER_TIMEOUT would do it, but would also end the connection to a printer that acknowledges and takes no more
        because its paper is out.
        """
        if sys.platform != "linux":
            return
        if is_dead(self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO_BYTES)):
            raise Unplugged(address=self._address, why=os.strerror(ETIMEDOUT))


def is_dead(info: bytes) -> bool:
    """Tell from Linux' struct tcp_info whether bytes are sent again and again and nothing comes back.

    Byte 2 counts how often they were sent again, the word at 56 the ms since the last acknowledgement (linux/tcp.h).
    """
    return info[2] > 0 and int(struct.unpack_from("=I", info, 56)[0]) >= DEAD_MS


def is_deadline(error: OSError) -> bool:
    """Tell our own deadline from the kernel's verdict that the peer is dead: both are a TimeoutError."""
    return isinstance(error, TimeoutError) and error.errno is None


def connected(host: str, port: int, connect_s: float) -> socket.socket:
    """Return a connection to the first address of a name that takes it; OSError where none does within the deadline."""
    until, refused = time.monotonic() + connect_s, OSError(f"no address of {host} answers")
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        left = until - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection(address[:2], timeout=left)  # type: ignore[arg-type]
        except OSError as error:
            refused = error
    raise refused


def tcp_address(address: str) -> tuple[str, int]:
    """Return host and port of "192.168.1.50" or "192.168.1.50:9100" or "[::1]:9100"; Refused where it is neither."""
    host, colon, port = address.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = address, str(TCP_PORT)
    if not ADDRESS.fullmatch(f"{host}:{port}") or not 0 < int(port) <= LAST_PORT:
        raise Refused(address=address, why="")
    return host.strip("[]"), int(port)
