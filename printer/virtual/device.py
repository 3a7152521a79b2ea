"""The virtual printer as a device: one engine that a writer and a window share, and the transport to it."""

import time
from collections.abc import Callable
from threading import Condition

from printer.transport import Unplugged
from printer.virtual.engine import Engine, Faults
from printer.virtual.page import Paper

WIDTH = 576


class VirtualPrinter:
    """A virtual printer that threads may share. What it says is heard only after `on_paper` has had the paper."""

    def __init__(self, on_paper: Callable[[Paper], None], width: int = WIDTH) -> None:
        self._engine, self._on_paper = Engine(width), on_paper
        self._changed = Condition()
        self._said = bytearray()

    @property
    def faults(self) -> Faults:
        """What is wrong with the printer now."""
        return self._engine.faults

    def load(self, width: int) -> None:
        """Become a printer with a head of so many dots; its faults stay."""
        with self._changed:
            if width != self._engine.width:
                self._engine.power_off()
                self._settle()
                faults, self._engine = self._engine.faults, Engine(width)
                self._engine.set(faults)

    def set(self, faults: Faults) -> None:
        """Break or mend something."""
        with self._changed:
            self._engine.set(faults)
            self._settle()

    def feed(self, data: bytes) -> None:
        """Take bytes."""
        with self._changed:
            self._engine.feed(data)
            self._settle()

    def power_off(self) -> None:
        """Lose what is in memory; a paper that hangs out is torn off."""
        with self._changed:
            self._engine.power_off()
            self._settle()

    def answers(self, deadline_s: float) -> bytes:
        """Return what the printer says within the deadline, b"" where it is silent."""
        until = time.monotonic() + deadline_s
        with self._changed:
            self._changed.wait_for(lambda: self._said, max(0.0, until - time.monotonic()))
            said = bytes(self._said)
            self._said.clear()
        return said

    def _settle(self) -> None:
        """Hand over papers, then let the answers be heard."""
        for paper in self._engine.take_papers():
            self._on_paper(paper)
        self._said += self._engine.take_answers()
        self._changed.notify_all()


class VirtualTransport:
    """The cable to a virtual printer; it can be pulled."""

    answers = True

    def __init__(self, printer: VirtualPrinter) -> None:
        self._printer: VirtualPrinter | None = printer

    def write(self, data: bytes, deadline_s: float) -> None:  # noqa: ARG002 - it takes all at once
        """Hand all bytes over."""
        self._plugged().feed(data)

    def read(self, deadline_s: float) -> bytes:
        """Return what the printer says within the deadline."""
        return self._plugged().answers(deadline_s)

    def close(self) -> None:
        """Pull the cable."""
        self._printer = None

    def _plugged(self) -> VirtualPrinter:
        if self._printer is None:
            raise Unplugged(address="virtual", why="")
        return self._printer
