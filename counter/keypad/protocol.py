"""The lines between a keypad and its host: frames with a checksum, as docs/keypads.md describes them. Pure."""

import re
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Literal

Code = Literal["EMPTY", "CLOSED", "BUSY", "BAD"]
LONGEST_LINE = 80
DISPLAY_SIGNS = 8
FRAME = re.compile(rb"\$([ -#%-)+-~]+)\*([0-9A-F]{2})")
ADDRESS = "(0[1-9]|[1-9][0-9])"
PRESS = re.compile(rf"K,{ADDRESS},([0-9]{{2}}),([^,]+)")
HELLO = re.compile(rf"H,{ADDRESS},([^,]*)")
IDLE = re.compile(rf"O,{ADDRESS}")


@dataclass(frozen=True, slots=True)
class Press:
    """A key was pressed on the keypad at an address; `seq` is the same whenever the press is told again."""

    address: int
    seq: int
    key: str


@dataclass(frozen=True, slots=True)
class Hello:
    """A keypad has got its power: it counts its presses anew."""

    address: int
    firmware: str


@dataclass(frozen=True, slots=True)
class Idle:
    """A keypad that was polled has nothing new."""

    address: int


Frame = Press | Hello | Idle


def checksum(body: bytes) -> int:
    """Return the XOR of all bytes between `$` and `*`, as in NMEA 0183."""
    return reduce(xor, body, 0)


def framed(body: str) -> bytes:
    """Return a line: the body with its checksum in hexadecimal, CR and LF."""
    data = body.encode("ascii")
    return b"$%s*%02X\r\n" % (data, checksum(data))


def poll(address: int) -> bytes:
    """Return the line that asks a keypad on a shared line for news."""
    return framed(f"P,{address:02d}")


def done(address: int, seq: int, text: str) -> bytes:
    """Return the line that says a press was carried out, with what the keypad's display shows."""
    return framed(f"A,{address:02d},{seq:02d},{shown(text)}")


def refused(address: int, seq: int, code: Code) -> bytes:
    """Return the line that says a press was not carried out."""
    return framed(f"E,{address:02d},{seq:02d},{code}")


def shown(text: str) -> str:
    """Return the last eight signs of a text that a frame may carry: of a number the end tells most."""
    return re.sub(r"[^ -#%-)+\--~]", "", text)[-DISPLAY_SIGNS:]


def parse(line: bytes) -> Frame | None:
    """Return what a keypad says in a line, without its LF; None where it is damaged or no keypad's.

    What stands before the last `$` is noise, or a frame whose end was lost.
    """
    found = FRAME.fullmatch(line[line.rfind(b"$") :].removesuffix(b"\r"))
    if found is None or checksum(found[1]) != int(found[2], 16):
        return None
    body = found[1].decode("ascii")
    if press := PRESS.fullmatch(body):
        return Press(int(press[1]), int(press[2]), press[3])
    if hello := HELLO.fullmatch(body):
        return Hello(int(hello[1]), hello[2])
    idle = IDLE.fullmatch(body)
    return Idle(int(idle[1])) if idle else None


def is_echo(line: bytes) -> bool:
    """Tell whether a line is the host's own: some RS-485 adapters hear themselves."""
    return line[line.rfind(b"$") :].startswith((b"$P,", b"$A,", b"$E,"))


class Lines:
    """Cuts what comes over a serial line into lines; of one that never ends only the last 80 bytes are kept."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes and return the lines they have completed, without their LF."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-LONGEST_LINE:]
        return [line[-LONGEST_LINE:] for line in lines]
