"""A hub of one counter, a clock, and the far ends of the wires: what stands around keypads and numpads."""

import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from bench.hall import generated_hall
from counter.keypad.desk import Desk
from counter.keypad.numpad import PRESSED, KeyEvent
from counter.keypad.port import Away
from hub.client.http import CommandRefused, HubUnreachable
from hub.client.mirror import Mirror
from tests.conftest import monday

COUNTER = 5
SERVICES = ("layanan-0-0", "layanan-0-1", "layanan-0-2")
Link = Literal["up", "away", "answers lost"]


class FakeTime:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class FakeHub:
    """A hub with one counter: does each request once, tells the desk by its feed, notes what it did in `deeds`."""

    def __init__(self, desk: Desk, *, state: str = "open", waiting: int = 3) -> None:
        self.link: Link = "up"
        self.deeds: list[str] = []
        self.asked: list[str] = []
        self._desk, self._mirror, self._seq = desk, Mirror(), 1
        self._answers: dict[str, dict[str, Any] | CommandRefused] = {}
        self._state, self._clerk, self.waiting, self.issued = state, "P05", waiting, 16
        self.number: str | None = None
        self._ticket_state = "waiting"
        self._mirror.apply({**self._views(), "type": "snapshot", "version": 1, "simulated": True, **self._snapshot()})
        desk.look(self._mirror)

    def command(self, path: str, body: dict[str, Any], *, request: str | None = None) -> dict[str, Any]:
        """Take one command as `HubClient.command` does."""
        assert request is not None
        self.asked.append(path.rsplit("/", 1)[1])
        if self.link == "away":
            raise HubUnreachable(url="-", why="-")
        if request not in self._answers:
            self._answers[request] = self._carried_out(path, body)
        if self.link == "answers lost":
            raise HubUnreachable(url="-", why="-")
        answer = self._answers[request]
        if isinstance(answer, CommandRefused):
            raise answer
        return answer

    def stand(self, ticket: str | None, state: str = "called") -> None:
        """Put a ticket to the counter."""
        self.number, self._ticket_state = ticket, state
        self._tell()

    def _carried_out(self, path: str, body: dict[str, Any]) -> dict[str, Any] | CommandRefused:
        deed = path.rsplit("/", 1)[1]
        why = self._why_not(deed)
        if why:
            return CommandRefused(409, why, {})
        self.deeds.append(" ".join([deed, *(str(value) for value in body.values()), self.number or ""]).strip())
        self._do(deed, body)
        self._tell()
        return {"seq": self._seq, **({} if deed == "transfer" else {"counter": self._counter()})}

    def _why_not(self, deed: str) -> str:
        if deed in ("sign-in", "open"):
            return ""
        if deed in ("call-next", "call-number"):
            if self._state != "open":
                return "counter_not_open"
            if self.number:
                return "counter_busy"
            return "" if self.waiting else "nobody_waiting"
        wanted = "called" if deed in ("start", "recall", "miss") else "serving"
        fits = self.number and (deed == "transfer" or self._ticket_state == wanted)
        return "" if fits else f"nothing_{wanted}"

    def _do(self, deed: str, body: dict[str, Any]) -> None:
        if deed == "open":
            self._state = "open"
        elif deed in ("call-next", "call-number"):
            self.waiting, self.issued = self.waiting - 1, self.issued + 1
            self.number, self._ticket_state = body.get("number", f"A{self.issued:03d}"), "called"
        elif deed == "start":
            self._ticket_state = "serving"
        elif deed in ("finish", "hold", "miss", "transfer"):
            self.number = None

    def _tell(self) -> None:
        self._seq += 1
        self._mirror.apply({**self._views(), "type": "change", "after": self._seq - 1, "events": []})
        self._desk.look(self._mirror)

    def _views(self) -> dict[str, Any]:
        ticket = {"number": self.number, "state": self._ticket_state}
        service = {"service": SERVICES[0], "waiting": self.waiting}
        tickets = [ticket] if self.number else []
        return {"seq": self._seq, "now": monday(), "tickets": tickets, "counters": [self._counter()],
                "services": [service]}  # fmt: skip

    def _snapshot(self) -> dict[str, Any]:
        return {"hall": generated_hall(agencies=1), "printers": [], "jobs": [], "calls": []}

    def _counter(self) -> dict[str, Any]:
        return {"counter": COUNTER, "state": self._state, "clerk": self._clerk, "ticket": self.number}


def line_of(body: str) -> bytes:
    """Return a frame as docs/keypads.md tells a builder to make it."""
    total = 0
    for sign in body.encode():
        total ^= sign
    return f"${body}*{total:02X}\r\n".encode()


def heard_in(said: bytes) -> list[str]:
    """Return the bodies of the host's whole frames, as a keypad reads them."""
    bodies = [line.strip(b"$").rsplit(b"*", 1)[0].decode() for line in said.split(b"\r\n")[:-1]]
    assert all(line_of(body) in said for body in bodies)
    return bodies


class FakeWire:
    """A line whose far end is a function: it hears each line of the host, and says something or nothing."""

    def __init__(self, far_end: Callable[[str], bytes] = lambda _: b"") -> None:
        self.said: list[str] = []
        self._far_end = far_end
        self._coming: deque[bytes] = deque()
        self.is_closed = False

    def say(self, *data: bytes) -> None:
        """Let bytes come from the far end, in these pieces."""
        self._coming.extend(data)

    def read(self, _deadline_s: float) -> bytes:
        """Return what came."""
        return self._coming.popleft() if self._coming else b""

    def write(self, data: bytes) -> None:
        """Hear the host."""
        for body in heard_in(data):
            self.said.append(body)
            if answer := self._far_end(body):
                self.say(answer)

    def close(self) -> None:
        """Let go."""
        self.is_closed = True


class FakePad:
    """A numpad: `moves` are what is read from it, one list a turn; None is the plug that is pulled."""

    def __init__(self, moves: Iterable[Sequence[KeyEvent] | None] = ()) -> None:
        self.is_grabbed = self.is_closed = False
        self._moves = deque(moves)

    def grab(self) -> None:
        """Take the keys for us alone."""
        self.is_grabbed = True

    def read(self, _deadline_s: float) -> Sequence[KeyEvent]:
        """Return the next keys."""
        moved = self._moves.popleft() if self._moves else ()
        if moved is None:
            raise Away(name="numpad", why="unplugged", group="input")
        return moved

    def close(self) -> None:
        """Let go."""
        self.is_closed = True


def tap(*codes: int) -> list[KeyEvent]:
    """Return keys pressed and let go, one after the other."""
    return [KeyEvent(code, value) for code in codes for value in (PRESSED, 0)]


def mangled(frame: bytes, chance: random.Random) -> bytes:
    """Return a frame after a bad line: junk before it, one bit in ten frames, the rest cut off another tenth."""
    junk = bytes(chance.randrange(256) for _ in range(chance.randrange(4)))
    if chance.random() < 0.1:
        place = chance.randrange(8 * len(frame))
        frame = frame[: place // 8] + bytes([frame[place // 8] ^ 1 << place % 8]) + frame[place // 8 + 1 :]
    if chance.random() < 0.1:
        frame = frame[: chance.randrange(1, len(frame))]
    return junk + frame
