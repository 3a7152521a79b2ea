"""Ways to carry bytes to a printer and its answers back, each within a deadline.

PrinterError
├── Refused    nobody there: wrong address, no permission, no listener
├── TimedOut   the printer did not take the bytes in time
└── Unplugged  it was there and is gone
"""

import os
import select
import socket
import stat
import time
from pathlib import Path
from typing import Protocol

from config.errors import AntreanError

READ_BYTES = 4096
TCP_PORT = 9100
CONNECT_S = 3.0


class PrinterError(AntreanError):
    """Bytes cannot be carried to a printer."""

    key = "printer.error"


class Refused(PrinterError):
    """There is no printer at this address."""

    key = "printer.refused"


class TimedOut(PrinterError):
    """The printer did not take the bytes in time; nobody knows how many it printed."""

    key = "printer.timed_out"


class Unplugged(PrinterError):
    """The printer was there and is gone."""

    key = "printer.unplugged"


class Transport(Protocol):
    """A way to one printer. Times are seconds from the call; `answers` is False where a printer can only listen."""

    answers: bool

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes over; TimedOut or Unplugged where that fails."""

    def read(self, deadline_s: float) -> bytes:
        """Return what the printer said, b"" where it was silent so long; Unplugged where it is gone."""

    def close(self) -> None:
        """Let go of the printer."""


class FileTransport:
    """Writes to a file or a device that only listens, as /dev/usb/lp0 often does; reading waits and hears nothing."""

    answers = False

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        flags = os.O_WRONLY | os.O_NONBLOCK | os.O_APPEND | os.O_CLOEXEC
        try:
            is_special = path.exists() and not stat.S_ISREG(path.stat().st_mode)
            self._file = os.open(path, flags if is_special else flags | os.O_CREAT, 0o644)
        except OSError as error:
            raise Refused(address=self._path, why=error.strerror or "") from error

    def write(self, data: bytes, deadline_s: float) -> None:
        """Append the bytes, waiting for a slow device until the deadline."""
        until, rest = time.monotonic() + deadline_s, memoryview(data)
        while rest:
            _, ready, _ = select.select([], [self._file], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimedOut(address=self._path)
            try:
                rest = rest[os.write(self._file, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Unplugged(address=self._path, why=error.strerror or "") from error

    def read(self, deadline_s: float) -> bytes:
        """Wait until the deadline: nothing ever comes."""
        select.select([], [], [], deadline_s)
        return b""

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class TcpTransport:
    """Speaks to a network printer, usually at port 9100."""

    answers = True

    def __init__(self, host: str, port: int = TCP_PORT, *, connect_s: float = CONNECT_S) -> None:
        self._address = f"{host}:{port}"
        try:
            self._socket = socket.create_connection((host, port), timeout=connect_s)
        except OSError as error:
            raise Refused(address=self._address, why=str(error)) from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def write(self, data: bytes, deadline_s: float) -> None:
        """Send the bytes. A peer that has hung up is noticed first: its kernel would still take them and lose them."""
        self._assert_open()
        self._socket.settimeout(max(0.001, deadline_s))
        try:
            self._socket.sendall(data)
        except TimeoutError as error:
            raise TimedOut(address=self._address) from error
        except OSError as error:
            raise Unplugged(address=self._address, why=error.strerror or "") from error

    def read(self, deadline_s: float) -> bytes:
        """Return what came within the deadline."""
        self._socket.settimeout(max(0.001, deadline_s))
        try:
            said = self._socket.recv(READ_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise Unplugged(address=self._address, why=error.strerror or "") from error
        if not said:
            raise Unplugged(address=self._address, why="")
        return said

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _assert_open(self) -> None:
        """Raise Unplugged where the peer has closed its side."""
        self._socket.settimeout(0)
        try:
            gone = self._socket.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return
        except OSError as error:
            raise Unplugged(address=self._address, why=error.strerror or "") from error
        if gone:
            raise Unplugged(address=self._address, why="")


def tcp_address(address: str) -> tuple[str, int]:
    """Return host and port of "192.168.1.50" or "192.168.1.50:9100" or "[::1]:9100"; Refused where it is neither."""
    host, colon, port = address.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = address, str(TCP_PORT)
    if not host or not port.isdigit():
        raise Refused(address=address, why="")
    return host.strip("[]"), int(port)
