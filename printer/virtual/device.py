"""The virtual printer as a device: one engine that threads share and a clock moves, and the cable to it."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from threading import Condition
from typing import TypeVar

from printer.transport import Refused, TimedOut, Unplugged
from printer.virtual.engine import AT_ONCE, Engine, Faults, Mechanics
from printer.virtual.page import Paper

WIDTH = 576
TICK_S = 0.005
"""How often a printer is looked after while something moves in it."""
ADDRESS = "virtual"
Clock = Callable[[], float]
Result = TypeVar("Result")


def unheard(*_: object) -> None:
    """Hear of something and do nothing."""


class VirtualPrinter:
    """A virtual printer that threads may share. What it says is heard only after `on_paper` has had the paper.

    Its time is that of `clock`, in seconds. `on_unknown` hears of each command that it does not know, `on_change` that
    something may have happened.
    """

    def __init__(
        self,
        on_paper: Callable[[Paper], None],
        width: int = WIDTH,
        mechanics: Mechanics = AT_ONCE,
        *,
        clock: Clock = time.monotonic,
        on_unknown: Callable[[bytes], None] = unheard,
    ) -> None:
        self.clock = clock
        self.on_change: Callable[[], None] = unheard
        self.plugs, self.is_plugged = 0, True
        self._engine, self._on_paper, self._on_unknown = Engine(width, mechanics), on_paper, on_unknown
        self._known_unknown: Counter[bytes] = Counter()
        self._changed = Condition()
        self._said = bytearray()
        self._seen = clock()

    @property
    def faults(self) -> Faults:
        """What is wrong with the printer now."""
        return self._engine.faults

    @property
    def is_busy(self) -> bool:
        """Whether something will happen as time passes."""
        with self._changed:
            return self._engine.is_busy

    @property
    def room(self) -> int:
        """How many bytes it takes now."""
        with self._changed:
            return self._engine.room

    def load(self, width: int) -> None:
        """Become a printer with a head of so many dots; its faults stay."""
        with self._changed:
            if width != self._engine.width:
                self._engine.power_off()
                self._settle()
                faults, self._engine = self._engine.faults, Engine(width, self._engine.mechanics)
                self._known_unknown.clear()
                self._engine.set(faults)

    def set(self, faults: Faults) -> None:
        """Break or mend something."""
        self._do(lambda: self._engine.set(faults))

    def change(self, **faults: float) -> None:
        """Break or mend some things by their names, and leave the others as they are."""
        self._do(lambda: self._engine.set(replace(self._engine.faults, **faults)))  # type: ignore[arg-type]

    def feed(self, data: bytes) -> int:
        """Take as many bytes as there is room for, and return how many."""
        return self._do(lambda: self._engine.feed(data))

    def look(self) -> None:
        """Let happen what the time that has passed brings."""
        self._do(unheard)

    def new_roll(self) -> None:
        """Put in a new roll; what hangs out of the old one is torn off."""
        self._do(self._engine.new_roll)

    def tear(self) -> None:
        """Tear off what hangs out."""
        self._do(self._engine.tear)

    def lose_power(self) -> None:
        """Lose what is in memory; a paper that hangs out goes on hanging there."""
        with self._changed:
            self._pass_time()
            self._engine.lose_power()
            self._said.clear()

    def power_off(self) -> None:
        """Lose what is in memory; a paper that hangs out is torn off."""
        self.lose_power()
        self.tear()

    def unplug(self) -> None:
        """Pull the cable out of the printer; transports that are open stay dead."""
        with self._changed:
            self.is_plugged = False
            self._changed.notify_all()

    def plug(self) -> None:
        """Put the cable in again."""
        with self._changed:
            self.plugs, self.is_plugged = self.plugs + 1, True

    def answers(self, deadline_s: float, gone: Callable[[], bool] = lambda: False) -> bytes:
        """Return what the printer says within the deadline, b"" where it is silent or `gone`."""
        with self._changed:
            self._wait_until(lambda: bool(self._said) or gone(), deadline_s)
            said = bytes(self._said)
            self._said.clear()
        return said

    def take(self, data: bytes, deadline_s: float, gone: Callable[[], bool]) -> int:
        """Take bytes as they find room, within the deadline; return how many."""
        taken = 0

        def all_taken() -> bool:
            nonlocal taken
            taken += 0 if gone() else self._engine.feed(data[taken:])
            self._settle()
            return taken == len(data) or gone()

        with self._changed:
            self._wait_until(all_taken, deadline_s)
        return taken

    def _wait_until(self, come: Callable[[], bool], deadline_s: float) -> None:
        """Wait for something, looking after the printer as its time passes."""
        until = time.monotonic() + deadline_s
        self._pass_time()
        while not come() and (left := until - time.monotonic()) > 0:
            self._changed.wait(min(left, TICK_S) if self.is_busy else left)
            self._pass_time()

    def _do(self, deed: Callable[[], Result]) -> Result:
        with self._changed:
            self._pass_time()
            result = deed()
            self._settle()
        return result

    def _pass_time(self) -> None:
        now = self.clock()
        self._engine.advance(now - self._seen)
        self._seen = now
        self._settle()

    def _settle(self) -> None:
        """Hand over papers, then let the answers be heard."""
        for paper in self._engine.take_papers():
            self._on_paper(paper)
        for name in (self._engine.unknown - self._known_unknown).elements():
            self._on_unknown(name)
        self._known_unknown = self._engine.unknown.copy()
        self._said += self._engine.take_answers()
        self._changed.notify_all()
        self.on_change()


class VirtualTransport:
    """The cable to a virtual printer; it can be pulled at both ends."""

    def __init__(self, printer: VirtualPrinter) -> None:
        if not printer.is_plugged:
            raise Refused(address=ADDRESS, why="")
        self.answers = not printer.faults.one_way
        self._printer, self._plugs, self._is_closed = printer, printer.plugs, False

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes over; TimedOut where the printer has no room for them in time."""
        self._assert_plugged()
        taken = self._printer.take(data, deadline_s, self._is_gone)
        self._assert_plugged()
        if taken < len(data):
            raise TimedOut(address=ADDRESS)

    def read(self, deadline_s: float) -> bytes:
        """Return what the printer says within the deadline."""
        self._assert_plugged()
        said = self._printer.answers(deadline_s, self._is_gone)
        self._assert_plugged()
        return said

    def close(self) -> None:
        """Pull the cable."""
        self._is_closed = True

    def _is_gone(self) -> bool:
        return self._is_closed or not self._printer.is_plugged or self._plugs != self._printer.plugs

    def _assert_plugged(self) -> None:
        if self._is_gone():
            raise Unplugged(address=ADDRESS, why="")
