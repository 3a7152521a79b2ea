"""The receive buffer: bytes become commands as they arrive and wait in it, in order, until they are obeyed."""

import re
import sys
from collections import deque
from collections.abc import Iterator

from printer.virtual.parse import DLE, KNOWN, Command, Parser

REALTIME = re.compile(rb"\x10[\x04\x05\x14]")
ENDLESS = sys.maxsize


class Sieve:
    """Takes real-time commands out of a stream wherever they stand, as old Epsons do even inside image data."""

    def __init__(self) -> None:
        self.held = b""

    def feed(self, data: bytes) -> Iterator[bytes | Command]:
        """Yield the bytes and, between them, the real-time commands; what may become one is held back."""
        self.held += data
        while (found := REALTIME.search(self.held)) is not None:
            rest = self.held[found.end() :]
            length = KNOWN[found.group()](rest)
            if length is None or len(rest) < length:
                break
            before, self.held = self.held[: found.start()], rest[length:]
            yield before
            yield Command(found.group(), rest[:length])
        keep = found.start() if found else len(self.held) - self.held.endswith(b"\x10")
        before, self.held = self.held[:keep], self.held[keep:]
        yield before

    def let_go(self) -> bytes:
        """Return what was held back."""
        held, self.held = self.held, b""
        return held


class Arrival:
    """The receive buffer of a printer, `limit` bytes (None: endless)."""

    def __init__(self, limit: int | None) -> None:
        self._limit = ENDLESS if limit is None else limit
        self.clear()

    def clear(self) -> None:
        """Forget all that has arrived, the beginning of a command and of an image too."""
        self.waiting: deque[Command] = deque()
        self._used = 0
        self._parser, self._sieve = Parser(streams=True), Sieve()

    def clear_waiting(self, *, old_firmware: bool) -> None:
        """Forget what arrived before a real-time command that is obeyed now."""
        self.waiting.clear()
        self._used = 0
        if old_firmware:
            self._parser = Parser(streams=True)

    @property
    def room(self) -> int:
        """How many bytes it takes now; a command that is not whole needs none where it would be the next."""
        begun = len(self._parser.rest) if self.waiting else 0
        return max(0, self._limit - self._used - begun)

    def fits(self, data: bytes, *, old_firmware: bool) -> int:
        """Return how many of the bytes it takes now; one that may be of a real-time command needs no room."""
        if self.room:
            return min(self.room, len(data))
        parser = self._parser
        begun = self._sieve.held if old_firmware else parser.rest
        may_begin = old_firmware or not parser.in_image
        return int(may_begin and (begun or data)[0] == DLE)

    def commands(self, data: bytes, *, old_firmware: bool) -> Iterator[Command]:
        """Yield the commands that are whole with these bytes, real-time ones among them."""
        for piece in self._sieve.feed(data) if old_firmware else (self._sieve.let_go() + data,):
            if isinstance(piece, Command):
                yield piece
            else:
                yield from self._parser.feed(piece)

    def keep(self, command: Command) -> None:
        """Let a command wait."""
        self.waiting.append(command)
        self._used += len(command.raw)

    def next(self) -> Command:
        """Return the command that has waited longest, and forget it."""
        command = self.waiting.popleft()
        self._used -= len(command.raw)
        return command

    def lost_image(self) -> bytes:
        """Forget that an image was arriving, and return all waiting bytes as they came."""
        raw = b"".join(command.raw for command in self.waiting) + self._parser.rest
        self.clear()
        return raw
