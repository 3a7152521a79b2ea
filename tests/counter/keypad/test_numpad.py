"""A USB numpad: its keys are the deeds of one counter and reach no window."""

from threading import Event, Thread

import pytest

from counter.keypad.numpad import KeyEvent, Numpad
from counter.keypad.pad import EvdevPad
from counter.keypad.port import Away
from counter.keypad.presses import Reply
from counter.keypad.run import attend
from tests.counter.keypad.fakes import FakePad, FakeTime, tap

ONE, SEVEN, ZERO, ENTER, BACKSPACE, NUMLOCK = 79, 71, 82, 96, 14, 69
PLUS, MINUS, SLASH, STAR, DOT = 78, 74, 98, 55, 83
MAIN_ONE, MAIN_ENTER = 2, 28


class Desk:
    """What the keys of a numpad come to."""

    def __init__(self) -> None:
        self.pressed: list[tuple[int, str]] = []
        self.time = FakeTime()

    def press(self, counter: int, key: str) -> Reply:
        self.pressed.append((counter, key))
        return Reply("1")

    def numpad(self, pad: FakePad, counter: int | None = 5) -> Numpad:
        return Numpad(pad, lambda: counter, self.press, self.time)

    def after(self, *codes: int) -> list[str]:
        """Return the keys that these presses came to."""
        self.numpad(FakePad([tap(*codes)])).turn()
        return [key for _, key in self.pressed]


def test_a_numpad_is_grabbed_so_that_digits_reach_no_window() -> None:
    pad = FakePad()

    Desk().numpad(pad)

    assert pad.is_grabbed


@pytest.mark.parametrize(
    ("code", "key"),
    [(ENTER, "N"), (MAIN_ENTER, "N"), (PLUS, "R"), (MINUS, "S"), (SLASH, "P"), (STAR, "F"), (DOT, "B")],
)
def test_each_key_is_its_deed(code: int, key: str) -> None:
    assert Desk().after(code) == [key]


@pytest.mark.parametrize("one", [ONE, MAIN_ONE])
def test_digits_and_enter_call_that_number(one: int) -> None:
    assert Desk().after(one, SEVEN, ENTER, ENTER) == ["C17", "N"]


def test_backspace_takes_the_last_digit_and_a_digit_too_many_is_not_dropped() -> None:
    assert Desk().after(ONE, SEVEN, BACKSPACE, ENTER) == ["C1"]
    assert Desk().after(ONE, ONE, ZERO, ZERO, ZERO, SEVEN, ENTER) == ["C110007"]


def test_another_deed_forgets_the_digits() -> None:
    assert Desk().after(ONE, SEVEN, STAR, ENTER) == ["F", "N"]


def test_digits_that_nobody_finished_are_forgotten_after_ten_seconds() -> None:
    desk = Desk()
    numpad = desk.numpad(FakePad([tap(ONE), tap(SEVEN), tap(ENTER), tap(ONE), tap(ENTER)]))

    for pause_s in (0.0, 9.0, 9.0, 1.0, 11.0):
        desk.time.now += pause_s
        numpad.turn()

    assert [key for _, key in desk.pressed] == ["C17", "N"]


def test_a_key_held_down_and_a_key_let_go_do_nothing_more() -> None:
    desk = Desk()

    desk.numpad(FakePad([[KeyEvent(ENTER, 1), KeyEvent(ENTER, 2), KeyEvent(ENTER, 2), KeyEvent(ENTER, 0)]])).turn()

    assert desk.pressed == [(5, "N")]


def test_the_lock_that_cheap_pads_send_around_digits_changes_nothing() -> None:
    assert Desk().after(ONE, NUMLOCK, SEVEN, NUMLOCK, ENTER) == ["C17"]


def test_a_numpad_that_is_bound_no_more_does_nothing() -> None:
    desk = Desk()

    desk.numpad(FakePad([tap(ENTER)]), counter=None).turn()

    assert desk.pressed == []


def test_an_unplugged_numpad_comes_back_by_itself_and_is_grabbed_anew(capsys: pytest.CaptureFixture[str]) -> None:
    desk, stop = Desk(), Event()
    pads = [FakePad([tap(ENTER), None]), FakePad([tap(STAR), None])]
    opened = iter([pads[0], None, pads[1], None])

    def open_next() -> Numpad:
        pad = next(opened)
        if pad is None:
            if pads[1].is_closed:
                stop.set()
            raise Away(name="numpad", why="gone", group="input")
        return desk.numpad(pad)

    attend("numpad", open_next, stop, again_s=0.0)

    assert [key for _, key in desk.pressed] == ["N", "F"]
    assert all(pad.is_grabbed and pad.is_closed for pad in pads)
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("numpad ") and " " not in line[7:]]
    assert told == ["numpad ready", "numpad lost", "numpad back", "numpad lost"]


def test_a_wait_for_a_plug_ends_with_the_program() -> None:
    stop, tried = Event(), Event()

    def away() -> Numpad:
        tried.set()
        raise Away(name="numpad", why="gone", group="input")

    waiting = Thread(target=attend, args=("numpad", away, stop, 600.0))
    waiting.start()
    assert tried.wait(10)
    stop.set()
    waiting.join(10)

    assert not waiting.is_alive()


@pytest.mark.parametrize("path", ["/dev/input/no-such-numpad", "/dev/null"])
def test_what_is_no_numpad_is_away(path: str) -> None:
    with pytest.raises(Away) as away:
        EvdevPad(path)

    assert away.value.fields["group"] == "input"
