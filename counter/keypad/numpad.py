"""A USB numpad as a keypad: digits and Enter call a number, the other keys are deeds."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from counter.keypad.presses import Reply

PRESSED = 1
"""The value of a key that goes down; 0 is up, 2 the repetition of one held down (linux/input.h)."""
TURN_S = 0.5
FORGOTTEN_S = 10.0
ENTER, BACK = "enter", "back"
KEYS: Mapping[int, str] = {
    **dict(zip((11, *range(2, 11)), "0123456789", strict=True)),
    **dict(zip((82, 79, 80, 81, 75, 76, 77, 71, 72, 73), "0123456789", strict=True)),
    28: ENTER, 96: ENTER, 14: BACK, 111: BACK,
    78: "R", 12: "S", 74: "S", 53: "P", 98: "P", 55: "F", 52: "B", 83: "B",
}  # fmt: skip
"""What each key is, by its code in linux/input-event-codes.h: the keys of a numpad, and of the main field."""


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One key that moved: its code and value as the kernel tells them."""

    code: int
    value: int


class Pad(Protocol):
    """A keyboard: the seam between the rules and the kernel. Away where it was unplugged."""

    def grab(self) -> None:
        """Keep its keys from every window."""

    def read(self, deadline_s: float) -> Sequence[KeyEvent]:
        """Return the keys that moved, as soon as there are some; none where nothing moves in time."""

    def close(self) -> None:
        """Let it go."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The digits typed so far, and when the last of them was (s)."""

    digits: str = ""
    at_s: float = 0.0


def typed_on(typed: Typed, code: int, now_s: float) -> tuple[Typed, str | None]:
    """Return what is typed after one more key, and the keypad's key it completes, if it does.

    Digits nobody has finished within ten seconds are forgotten; so are those before another deed.
    """
    key = KEYS.get(code)
    digits = typed.digits if now_s - typed.at_s < FORGOTTEN_S else ""
    if key is None:
        return typed, None
    if key == BACK:
        return Typed(digits[:-1], now_s), None
    if key.isdigit():
        return Typed(digits + key, now_s), None
    if key == ENTER:
        return Typed(), f"C{digits}" if digits else "N"
    return Typed(), key


class Numpad:
    """A numpad that belongs to one counter; `counter` tells which now, None where it is bound no more."""

    def __init__(
        self,
        pad: Pad,
        counter: Callable[[], int | None],
        press: Callable[[int, str], Reply],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pad, self._counter, self._press, self._clock = pad, counter, press, clock
        self._typed = Typed()
        pad.grab()

    def turn(self) -> None:
        """Take the keys that are pressed within a while."""
        for event in self._pad.read(TURN_S):
            if event.value == PRESSED:
                self._take(event.code)

    def close(self) -> None:
        """Let the numpad go."""
        self._pad.close()

    def _take(self, code: int) -> None:
        self._typed, key = typed_on(self._typed, code, self._clock())
        counter = self._counter()
        if key is not None and counter is not None:
            self._press(counter, key)
