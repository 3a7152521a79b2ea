"""The printer's end of a wire: a serial line, which is a pseudo terminal, or a network port as at 9100."""

import contextlib
import os
import socket
import struct
import tty
from pathlib import Path
from typing import Protocol

LOOPBACK = "127.0.0.1"
AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: closing throws away what is on its way, as a pulled cable does."""


class Wire(Protocol):
    """A wire that a host holds at its other end. Nothing here waits."""

    @property
    def address(self) -> str:
        """Where a host finds it."""

    def open(self) -> None:
        """Put it in."""

    def shut(self) -> None:
        """Pull it out."""

    def hang_up(self) -> None:
        """Lose whoever speaks now."""

    def refuse(self, *, refused: bool) -> None:
        """Let nobody new in, or let them in again."""

    def ear(self) -> int | None:
        """Return the file descriptor at which something may come; None where nothing can."""

    def receive(self, most: int) -> bytes:
        """Return what has come, at most so many bytes."""

    def send(self, said: bytes) -> None:
        """Say something; where nobody listens it is lost."""


class SerialWire:
    """A serial line. `link` is a name that stays the same when it is pulled out and put in again."""

    def __init__(self, link: Path | None = None) -> None:
        self._link = link
        self._ends: tuple[int, int] | None = None
        self._name = ""

    @property
    def address(self) -> str:
        """The path of the host's end."""
        return str(self._link or self._name)

    def open(self) -> None:
        """Make both ends; ours keeps the host's open too, so that hosts may come and go."""
        ours, theirs = self._ends = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        self._name = os.ttyname(theirs)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(self._name)

    def shut(self) -> None:
        """Close both ends."""
        for end in self._ends or ():
            os.close(end)
        if self._ends and self._link is not None:
            self._link.unlink(missing_ok=True)
        self._ends = None

    def hang_up(self) -> None:
        """A serial line has nobody to lose."""

    def refuse(self, *, refused: bool) -> None:
        """A serial line that lets nobody in is one that is not there."""
        if refused:
            self.shut()
        elif self._ends is None:
            self.open()

    def ear(self) -> int | None:
        """Return our end."""
        return self._ends[0] if self._ends else None

    def receive(self, most: int) -> bytes:
        """Return what the host has sent."""
        try:
            return os.read(self._ends[0], most) if self._ends else b""
        except OSError:
            return b""

    def send(self, said: bytes) -> None:
        """Say something; a host that reads nothing loses it."""
        with contextlib.suppress(OSError):
            if self._ends:
                os.write(self._ends[0], said)


class NetworkWire:
    """A network port, which speaks to one host at a time as a print server does; others wait until it has gone."""

    def __init__(self, port: int = 0, host: str = LOOPBACK) -> None:
        self._host, self._port = host, port
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self._host}:{self._port}"

    def open(self) -> None:
        """Listen; a free port, once taken, stays the same. OSError that names the address where it is used."""
        try:
            self._listener = socket.create_server((self._host, self._port), backlog=1)
        except OSError as error:
            error.filename = self.address
            raise
        self._listener.settimeout(0)
        self._port = self._listener.getsockname()[1]

    def shut(self) -> None:
        """Stop listening and lose whoever speaks."""
        self.hang_up()
        self.refuse(refused=True)

    def hang_up(self) -> None:
        """Break the connection."""
        if self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self._drop()

    def refuse(self, *, refused: bool) -> None:
        """Stop listening, or listen again."""
        if not refused and self._listener is None:
            self.open()
        elif refused and self._listener is not None:
            self._listener.close()
            self._listener = None

    def ear(self) -> int | None:
        """Return the connection, or the listener where there is none."""
        speaking = self._client or self._listener
        return speaking.fileno() if speaking else None

    def receive(self, most: int) -> bytes:
        """Let a host in, or return what it has sent."""
        if self._client is None:
            self._let_in()
            return b""
        try:
            data = self._client.recv(most)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._drop()
        return data

    def send(self, said: bytes) -> None:
        """Say something to the host that speaks now."""
        with contextlib.suppress(OSError):
            if self._client is not None:
                self._client.send(said)

    def _let_in(self) -> None:
        with contextlib.suppress(OSError):
            if self._listener is not None:
                self._client, _ = self._listener.accept()
                self._client.settimeout(0)
                self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
