"""Serves a virtual printer at the end of a wire, so that any program can print on it: one thread, and a clean end."""

import contextlib
import select
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import Empty, SimpleQueue

from printer.virtual.device import TICK_S, VirtualPrinter, unheard
from printer.virtual.wires import LOOPBACK, NetworkWire, SerialWire, Wire

CHUNK = 4096
BITS_A_BYTE = 10
"""A byte on a serial line, with its start and stop bit."""
BURST_S = 0.02
"""How long a serial line may have been idle and still catch up."""
ORDER_S = 10.0


class Pace:
    """How many bytes a serial line has carried by now; without a `baud` it is as fast as one likes."""

    def __init__(self, baud: int | None, clock: Callable[[], float]) -> None:
        self._per_s, self._clock = (baud or 0) / BITS_A_BYTE, clock
        self._seen, self._credit = clock(), 0.0

    def allowed(self) -> int:
        """Return how many bytes may be taken now."""
        if not self._per_s:
            return CHUNK
        now = self._clock()
        most = max(1.0, self._per_s * max(BURST_S, now - self._seen))
        self._credit = min(most, self._credit + (now - self._seen) * self._per_s)
        self._seen = now
        return int(self._credit)

    def took(self, count: int) -> None:
        """Count bytes."""
        if self._per_s:
            self._credit -= count


class Server:
    """A virtual printer behind a wire, until `close`. Its deeds may be asked for from any other thread."""

    def __init__(self, printer: VirtualPrinter, wire: Wire, *, baud: int | None = None) -> None:
        self.printer = printer
        self._wire, self._pace = wire, Pace(baud, printer.clock)
        self._pending, self._is_stalled, self._is_ending = b"", False, False
        self._orders: SimpleQueue[tuple[Callable[[], None], Future[None]]] = SimpleQueue()
        wire.open()
        self._alarm, self._bell = socket.socketpair()
        self._bell.settimeout(0)
        self._thread = threading.Thread(target=self._run, name="virtual printer")
        printer.on_change = self._wake
        self._thread.start()

    @property
    def address(self) -> str:
        """Where a host finds the printer."""
        return self._wire.address

    def unplug(self) -> None:
        """Pull the cable: whoever speaks is cut off, and nobody finds the printer."""
        self._order(self._shut)

    def plug(self) -> None:
        """Put the cable in again."""
        self._order(lambda: self._wire.refuse(refused=False))

    def refuse(self, *, refused: bool) -> None:
        """Let nobody new in, or let them in again."""
        self._order(lambda: self._wire.refuse(refused=refused))

    def stall(self, *, stalled: bool) -> None:
        """Read nothing any more, or go on."""
        self._order(lambda: setattr(self, "_is_stalled", stalled))

    def lose_power(self) -> None:
        """Switch the printer off and on: memory and connection are lost, what hangs out goes on hanging there."""
        self._order(self._lose_power)

    def close(self) -> None:
        """End in order: no thread, no socket and no file stays."""
        if self._is_ending:
            return
        self._is_ending = True
        self._wake()
        self._thread.join()
        self._wire.shut()
        self.printer.on_change = unheard
        self._alarm.close()
        self._bell.close()

    def _order(self, deed: Callable[[], None]) -> None:
        """Let the thread do something, and wait until it is done: only it touches the wire."""
        done: Future[None] = Future()
        self._orders.put((deed, done))
        self._wake()
        done.result(ORDER_S)

    def _wake(self) -> None:
        if threading.current_thread() is not self._thread:
            with contextlib.suppress(OSError):
                self._bell.send(b"\0")

    def _run(self) -> None:
        while not self._is_ending:
            self._turn()

    def _turn(self) -> None:
        """Wait for something to happen, then take what comes and say what is to be said."""
        may, ear = self._may_take(), self._wire.ear()
        watched: list[socket.socket | int] = [self._alarm, ear] if ear is not None and may else [self._alarm]
        ready, _, _ = select.select(watched, [], [], self._pause(may))
        if self._alarm in ready:
            self._obey()
        elif ear in ready:
            self._pending = self._wire.receive(may)
            self._pace.took(len(self._pending))
        self._pending = self._pending[self.printer.feed(self._pending) :]
        said = self.printer.answers(0)
        if said:
            self._wire.send(said)

    def _may_take(self) -> int:
        """Return how many bytes to take now: none while some still wait outside of a full printer."""
        if self._pending or self._is_stalled:
            return 0
        return min(self._pace.allowed(), max(1, self.printer.room))

    def _pause(self, may: int) -> float | None:
        """Return how long to wait at most: a moment while something moves, else until something happens."""
        is_slow = not may and not self._pending and not self._is_stalled
        return TICK_S if is_slow or self.printer.is_busy else None

    def _obey(self) -> None:
        self._alarm.recv(CHUNK)
        while True:
            try:
                deed, done = self._orders.get_nowait()
            except Empty:
                return
            try:
                deed()
                done.set_result(None)
            except OSError as error:
                done.set_exception(error)

    def _shut(self) -> None:
        self._pending = b""
        self._wire.shut()

    def _lose_power(self) -> None:
        self._pending = b""
        self._wire.hang_up()
        self.printer.lose_power()


def serve_serial(printer: VirtualPrinter, *, baud: int | None = None, link: Path | None = None) -> Server:
    """Serve a printer at a pseudo terminal; `baud` is how fast bytes are taken."""
    return Server(printer, SerialWire(link), baud=baud)


def serve_network(printer: VirtualPrinter, port: int = 0, host: str = LOOPBACK) -> Server:
    """Serve a printer at a network port; 0 is a free one. OSError where the port is used."""
    return Server(printer, NetworkWire(port, host))
