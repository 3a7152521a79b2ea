"""A printer made of software: it obeys ESC/POS as a real one does, and gives paper. Pure: no threads, no clock.

Real-time commands are obeyed as they arrive, all others in order, as the rows before them have left the head, and only
while there is paper, the cover is shut and nothing is broken.
"""

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import replace

from printer.virtual.arrival import Arrival
from printer.virtual.condition import ASB_ALL, Condition
from printer.virtual.faults import Faults, Mechanics
from printer.virtual.page import End, Page, Paper
from printer.virtual.parse import Command
from printer.virtual.typesetter import Typesetter

__all__ = ["AT_ONCE", "Engine", "Faults", "Mechanics"]

MAKER, MODEL, FIRMWARE = b"ANTREAN", b"VIRTUAL", b"1"
KNIFE = b""
"""What stands among the rows where the paper is cut."""
KNIFE_ROWS = 40
"""A cut takes as long as so many rows."""
SMALL_CUT_FEED = 2
CLEAR = b"\x08\x01\x03\x14\x01\x06\x02\x08"
HARDLY = 1e-9
"""What sums of seconds may lack of a whole row."""

AT_ONCE = Mechanics()


class Engine:
    """One printer with a head of `width` dots. `feed` it bytes, `advance` its time, take its answers and its papers."""

    def __init__(self, width: int, mechanics: Mechanics = AT_ONCE) -> None:
        self.width, self.mechanics = width, mechanics
        self.faults = Faults()
        self.unknown: Counter[bytes] = Counter()
        self.left_rows = mechanics.roll_rows
        self._page, self._setter, self._arrival = Page(width), Typesetter(width), Arrival(mechanics.buffer_bytes)
        self._rows: deque[bytes] = deque()
        self._answers: deque[tuple[float, bytes]] = deque()
        self._papers: list[Paper] = []
        self._now = self._credit = 0.0
        self._asb = 0
        self._is_jammed = self._is_dead = False
        self._told = self.condition

    @property
    def room(self) -> int:
        """How many bytes it takes now."""
        return self._arrival.room

    @property
    def texts(self) -> list[bytes]:
        """The lines of text that were printed."""
        return self._setter.texts

    @property
    def is_busy(self) -> bool:
        """Whether something will happen as time passes."""
        is_printing = bool(self._rows or self._arrival.waiting) and not self.condition.stops
        return is_printing or bool(self._answers and self._answers[-1][0] > self._now)

    @property
    def condition(self) -> Condition:
        """How it is now."""
        faults, left = self.faults, self.left_rows
        return Condition(
            paper_out=faults.paper_out or left == 0,
            paper_low=faults.paper_low or (left is not None and left <= self.mechanics.near_end_rows),
            cover_open=faults.cover_open,
            jammed=self._is_jammed,
            dead=self._is_dead,
            hot=faults.overheated,
        )

    def feed(self, data: bytes) -> int:
        """Take as many bytes as there is room for, and return how many; real-time commands need none."""
        taken, old = 0, self.faults.old_firmware
        while taken < len(data) and (count := self._arrival.fits(data[taken:], old_firmware=old)):
            for command in self._arrival.commands(data[taken : taken + count], old_firmware=old):
                if command.name in REALTIME:
                    REALTIME[command.name](self, command.data)
                else:
                    self._arrival.keep(command)
                self._work()
            taken += count
        return taken

    def advance(self, seconds: float) -> None:
        """Let time pass: rows leave, answers that were held back become due."""
        self._now += seconds
        self._credit += seconds * (self.mechanics.rows_per_s or 0)
        self._work()

    def set(self, faults: Faults) -> None:
        """Break or mend something; paper after there was none is a new roll, and work goes on where it stopped."""
        before, self.faults = self.faults, faults
        self._is_dead = self._is_dead or faults.unrecoverable
        if before.paper_out and not faults.paper_out:
            self.new_roll()
        self._work()

    def new_roll(self) -> None:
        """Put in a new roll: what hangs out of the old one is torn off, and work goes on in the middle of it."""
        was_out = self._told.paper_out
        self.faults, self.left_rows = replace(self.faults, paper_out=False), self.mechanics.roll_rows
        self.tear()
        if was_out and self.faults.loses_image and self._setter.rows_left:
            rest = self._arrival.lost_image()
            self._clear()
            self.feed(rest)
        self._work()

    def tear(self) -> None:
        """Tear off what hangs out, as a visitor does."""
        self._give("torn")

    def lose_power(self) -> None:
        """Lose all that is in the printer's memory and come back; what has come out still hangs there."""
        self._arrival.clear()
        self._setter.reset()
        self._rows.clear()
        self._answers.clear()
        self._credit = 0.0
        self._asb = 0
        self._is_jammed, self._is_dead = False, self.faults.unrecoverable
        self._told = self.condition

    def power_off(self) -> None:
        """Lose the power; what has come out is torn off."""
        self.lose_power()
        self.tear()

    def take_answers(self) -> bytes:
        """Return what the printer has said since the last time."""
        said = b""
        while self._answers and self._answers[0][0] <= self._now:
            said += self._answers.popleft()[1]
        return said

    def take_papers(self) -> list[Paper]:
        """Return the papers that have come out since the last time."""
        papers, self._papers = self._papers, []
        return papers

    def _work(self) -> None:
        """Obey what waits, as long as nothing stops the printer and the rows before have left."""
        self._tell_changes()
        while not self._told.stops:
            if self._rows:
                if not self._move():
                    return
            elif self._arrival.waiting:
                self._obey(self._arrival.next())
            else:
                break
        self._credit = 0.0

    def _move(self) -> bool:
        """Let one row leave or the knife cut, if there is time for it."""
        row = self._rows[0]
        if self.mechanics.rows_per_s is not None:
            rows = 1 if row else KNIFE_ROWS
            if self._credit + HARDLY < rows:
                return False
            self._credit -= rows
        if row:
            self._page.add(self._rows.popleft())
            self._use_roll()
        else:
            self._cut_now()
        return True

    def _use_roll(self) -> None:
        if self.left_rows is not None:
            self.left_rows -= 1
            self._tell_changes()

    def _cut_now(self) -> None:
        """Cut; a knife that jams will cut when it is mended."""
        if self.faults.cutter_jam:
            self._is_jammed = True
            self._tell_changes()
            return
        self._rows.popleft()
        self._give("cut")

    def _obey(self, command: Command) -> None:
        deed = MACHINE.get(command.name)
        if deed is not None and command.name not in self._lacking:
            deed(self, command.data)
            return
        rows = None if deed is not None else self._setter.obey(command)
        if rows is None:
            self.unknown[command.name] += 1
        else:
            self._rows.extend(rows)

    @property
    def _lacking(self) -> frozenset[bytes]:
        """Commands that this printer does not know."""
        lacking = {b"\x1d(H": self.faults.clone, b"\x1dr": self.faults.no_barrier}
        return frozenset(name for name, is_lacking in lacking.items() if is_lacking)

    def _tell_changes(self) -> None:
        """Send the automatic status where it has changed."""
        before, self._told = self._told, self.condition
        if self._told is not before and self._told.differs(before, self._asb):
            self._say(self._told.automatic)

    def _say(self, said: bytes) -> None:
        if not self.faults.silent and not self.faults.one_way:
            self._answers.append((self._now + self.faults.answer_delay_s, said))

    def _give(self, end: End) -> None:
        paper = self._page.take(end)
        if paper is not None:
            self._papers.append(paper)

    # Real-time commands

    def _status(self, data: bytes) -> None:
        """DLE EOT n."""
        answer = self.condition.answer(data[0])
        if answer is not None:
            self._say(bytes((answer,)))

    def _recover(self, data: bytes) -> None:
        """DLE ENQ n: go on after an error whose cause is gone; 2 also clears what waits."""
        if data[0] not in (1, 2) or (self._is_jammed and self.faults.cutter_jam):
            return
        if data[0] == 2:
            self._clear()
        self._is_jammed = False

    def _realtime(self, data: bytes) -> None:
        """DLE DC4 fn: 8 clears the buffers; a drawer or a power switch is not there."""
        if data == CLEAR:
            self._clear()
            self._say(b"\x37\x25\x00")

    def _clear(self) -> None:
        self._arrival.clear_waiting(old_firmware=self.faults.old_firmware)
        self._setter.clear()
        self._rows.clear()

    # Commands of the machine, in order

    def _reset(self, _data: bytes) -> None:
        self._setter.reset()
        self._asb = 0

    def _cut(self, data: bytes) -> None:
        """GS V m [n]: where n stands, feed it first."""
        self._rows.extend(self._setter.end_line())
        if len(data) == SMALL_CUT_FEED:
            self._rows.extend(self._setter.print_line(data[1]))
        self._rows.append(KNIFE)

    def _function_h(self, data: bytes) -> None:
        """GS ( H pL pH fn m d1 d2 d3 d4: function 48 answers with the four bytes."""
        if data[2:4] == b"00" and len(data) == 8:
            self._say(b"\x37\x22" + data[4:] + b"\x00")

    def _barrier(self, data: bytes) -> None:
        """GS r n: 1 or 49 answers with the paper sensors."""
        if data[0] in (1, 49):
            self._say(bytes((self.condition.sensors,)))
        elif data[0] in (2, 50):
            self._say(b"\x00")

    def _automatic(self, data: bytes) -> None:
        """GS a n: report the status now and at each change."""
        self._asb = data[0] & ASB_ALL
        if self._asb:
            self._say(self.condition.automatic)

    def _identity(self, data: bytes) -> None:
        """GS I n."""
        names = {65: FIRMWARE, 66: MAKER, 67: MODEL}
        self._say(b"_" + names[data[0]] + b"\0" if data[0] in names else b"\x02")


Deed = Callable[[Engine, bytes], None]
REALTIME: dict[bytes, Deed] = {
    b"\x10\x04": Engine._status,
    b"\x10\x05": Engine._recover,
    b"\x10\x14": Engine._realtime,
}
MACHINE: dict[bytes, Deed] = {
    b"\x1b@": Engine._reset,
    b"\x1dV": Engine._cut,
    b"\x1bi": Engine._cut,
    b"\x1bm": Engine._cut,
    b"\x1d(H": Engine._function_h,
    b"\x1dr": Engine._barrier,
    b"\x1da": Engine._automatic,
    b"\x1dI": Engine._identity,
}
