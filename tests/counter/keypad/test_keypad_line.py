"""A serial line of keypads: polled or speaking by themselves, each press acts once, through any noise."""

import itertools
import os
import random
import select
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from threading import Event

import pytest

from counter.keypad.desk import Desk
from counter.keypad.line import ALONE, Line, Memory
from counter.keypad.port import Away, SerialPort
from counter.keypad.presses import Presses, Reply
from tests.counter.keypad.fakes import COUNTER, FakeHub, FakeTime, FakeWire, heard_in, line_of, mangled

PRESSES, TRIES, PATIENCE_S, CLERK_S = 300, 4, 0.3, 2.0


class Host:
    """The host of a line whose keys count how often they are pressed."""

    def __init__(self, wire: FakeWire, counters: Mapping[int, int]) -> None:
        self.pressed: list[tuple[int, str]] = []
        self.time = FakeTime()
        self.line = Line(wire, lambda: counters, self._press, Memory(self.time))

    def _press(self, counter: int, key: str) -> Reply:
        self.pressed.append((counter, key))
        return Reply(f"A{len(self.pressed):03d}")


def test_a_keypad_that_speaks_by_itself_is_answered_whatever_its_address() -> None:
    wire = FakeWire()
    host = Host(wire, {ALONE: 5})
    wire.say(line_of("K,07,12,N"))

    host.line.turn()

    assert (host.pressed, wire.said) == ([(5, "N")], ["A,07,12,A001"])


def test_the_same_press_told_again_is_answered_again_and_acts_once() -> None:
    wire = FakeWire()
    host = Host(wire, {ALONE: 5})

    for pause_s in (0.0, 0.3, 4.9, 5.1):
        host.time.now += pause_s
        wire.say(line_of("K,07,12,N"))
        host.line.turn()

    assert wire.said == ["A,07,12,A001"] * 3 + ["A,07,12,A002"]


def test_a_keypad_that_was_switched_on_again_may_begin_with_the_same_number() -> None:
    wire = FakeWire()
    host = Host(wire, {7: 5, 8: 6})

    for body in ("K,07,00,N", "K,08,00,N", "H,07,1.0", "K,07,00,R", "K,08,00,N"):
        wire.say(line_of(body))
        host.line.turn()

    assert host.pressed == [(5, "N"), (6, "N"), (5, "R")]


def test_a_shared_line_is_polled_and_only_its_own_addresses_act() -> None:
    news = {"P,07": line_of("O,07"), "P,08": line_of("K,08,41,F")}
    wire = FakeWire(lambda body: news.get(body, b""))
    host = Host(wire, {7: 5, 8: 6, 9: 4})

    host.line.turn()

    assert wire.said == ["P,07", "P,08", "A,08,41,A001", "P,09"]
    assert host.pressed == [(6, "F")]


def test_a_keypad_that_belongs_to_no_counter_is_told_so() -> None:
    wire = FakeWire(lambda body: line_of("K,33,01,N") if body == "P,07" else b"")
    host = Host(wire, {7: 5})

    host.line.turn()

    assert (host.pressed, wire.said) == ([], ["P,07", "E,33,01,BAD"])


def test_an_adapter_that_hears_itself_does_not_end_the_wait_for_the_keypad() -> None:
    wire = FakeWire(lambda body: line_of(body) + (line_of("K,07,02,N") if body == "P,07" else b""))
    host = Host(wire, {7: 5})

    host.line.turn()

    assert (host.pressed, wire.said) == ([(5, "N")], ["P,07", "A,07,02,A001"])


def test_what_never_becomes_a_line_does_not_hold_the_host() -> None:
    wire = FakeWire()
    host = Host(wire, {ALONE: 5})
    wire.say(*[b"x"] * 500)

    for _ in range(7):
        host.line.turn()
    wire.say(b"\n", line_of("K,07,12,N"))
    host.line.turn()
    host.line.turn()

    assert host.pressed == [(5, "N")]


class Tty:
    """A serial line made of a pseudo-terminal: `far` is the keypad's end, `name` the port of ours."""

    def __init__(self) -> None:
        self.far, self.near = os.openpty()
        tty.setraw(self.near)
        self.name = os.ttyname(self.near)

    def cut(self) -> None:
        """Cut the line at the keypad's end."""
        os.close(self.far)
        self.far = -1

    def close(self) -> None:
        """Close what is still open."""
        for end in (self.far, self.near):
            if end >= 0:
                os.close(end)


@pytest.fixture
def wire() -> Iterator[Tty]:
    with closing(Tty()) as made:
        yield made


class HastyPort(SerialPort):
    """A port that waits no longer than a test needs, and counts what it writes."""

    written = 0

    def read(self, deadline_s: float) -> bytes:
        """Wait a hundredth of a second at most for the rest of a frame."""
        return super().read(min(deadline_s, 0.01) if deadline_s < 0.5 else 10.0)

    def write(self, data: bytes) -> None:
        """Count the lines."""
        super().write(data)
        self.written += 1


class NoisyKeypad:
    """A keypad as docs/keypads.md describes it, behind a line that cuts, flips, loses and adds."""

    def __init__(self, far: int, port: HastyPort, host: Line, time: FakeTime, seed: int) -> None:
        self.retries, self._seed = 0, seed
        self._far, self._port, self._host, self._time = far, port, host, time
        self._presses = 0

    def press(self, key: str) -> str:
        """Press a key, again where the display shows nothing after all tries; return what it shows."""
        body = f"07,{self._presses % 100:02d}"
        for attempt in itertools.count():
            chance = random.Random(f"{self._seed} {self._presses} {attempt}")
            if answer := self._told(f"K,{body},{key}", chance):
                break
            self.retries += 1
            if attempt % TRIES == TRIES - 1:
                self._time.now += CLERK_S
        self._presses += 1
        assert answer.split(",")[1:3] == body.split(",")
        return answer

    def _told(self, body: str, chance: random.Random) -> str:
        before = self._port.written
        os.write(self._far, mangled(line_of(body), chance))
        self._host.turn()
        self._time.now += PATIENCE_S
        if self._port.written == before:
            return ""
        assert select.select([self._far], [], [], 10.0)[0]
        bodies = heard_in(os.read(self._far, 4096))
        return "" if chance.random() < 0.1 else bodies[-1]


@pytest.mark.parametrize("seed", range(3))
def test_300_presses_through_bit_errors_cut_frames_lost_answers_and_junk_are_300_deeds(wire: Tty, seed: int) -> None:
    time, desk = FakeTime(), Desk(Event())
    hub = FakeHub(desk, waiting=PRESSES)
    presses = Presses("keypad", hub, desk, {}.get, time)
    with closing(HastyPort(wire.name)) as port:
        host = Line(port, lambda: {ALONE: COUNTER}, presses.press, Memory(time))
        keypad = NoisyKeypad(wire.far, port, host, time, seed)

        answers = [keypad.press("NBF"[turn % 3]) for turn in range(PRESSES)]

    numbers = [f"A{17 + turn:03d}" for turn in range(PRESSES // 3)]
    assert hub.deeds == [deed for number in numbers for deed in ("call-next", f"start {number}", f"finish {number}")]
    assert [answer[0] for answer in answers] == ["A"] * PRESSES
    assert keypad.retries > 60


@pytest.fixture
def opened(wire: Tty) -> Callable[[], SerialPort]:
    return lambda: SerialPort(wire.name)


def test_a_port_carries_bytes_both_ways_and_waits_no_longer_than_told(
    wire: Tty, opened: Callable[[], SerialPort]
) -> None:
    with closing(opened()) as port:
        port.write(b"$P")
        os.write(wire.far, b"$O")

        assert (os.read(wire.far, 10), port.read(10.0), port.read(0.01)) == (b"$P", b"$O", b"")


def test_a_port_that_another_program_holds_is_away(opened: Callable[[], SerialPort]) -> None:
    with closing(opened()), pytest.raises(Away):
        opened()


def test_a_pulled_plug_is_noticed(wire: Tty, opened: Callable[[], SerialPort]) -> None:
    with closing(opened()) as port:
        wire.cut()

        with pytest.raises(Away):
            port.read(10.0)


def test_a_port_that_is_not_there_is_away() -> None:
    with pytest.raises(Away) as away:
        SerialPort("/dev/no-such-port")

    assert "No such file" in str(away.value.fields["why"])
