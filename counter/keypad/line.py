"""The host's end of a serial line: polls the keypads, hears their presses, and answers each, acting once."""

import time
from collections.abc import Callable, Mapping

import structlog

from counter.keypad.port import Wire
from counter.keypad.presses import Reply
from counter.keypad.protocol import LONGEST_LINE, Hello, Idle, Lines, Press, done, is_echo, parse, poll, refused

log = structlog.get_logger("keypad")
ALONE = 0
"""The address under which a keypad is bound that is alone on its line and speaks by itself."""
SAME_PRESS_S = 5.0
POLL_S = 0.06
"""How long a polled keypad may take until its answer begins, our own line included, and how long a frame may pause."""
WAIT_S = 0.5


class Memory:
    """What was answered in the last five seconds, by address and sequence number: told again, it is answered again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[int, int], tuple[float, bytes]] = {}

    def answer(self, press: Press) -> bytes | None:
        """Return what a press was answered when it was told within the last five seconds."""
        kept_s, answer = self._kept.get((press.address, press.seq), (0.0, None))
        return answer if self._clock() - kept_s < SAME_PRESS_S else None

    def keep(self, press: Press, answer: bytes) -> None:
        """Remember an answer, and forget the old ones."""
        now = self._clock()
        self._kept = {which: kept for which, kept in self._kept.items() if now - kept[0] < SAME_PRESS_S}
        self._kept[press.address, press.seq] = now, answer

    def forget(self, address: int) -> None:
        """Forget what a keypad was answered: it counts anew."""
        self._kept = {which: kept for which, kept in self._kept.items() if which[0] != address}


class Line:
    """One serial line. `counters` tells which counter each address is bound to now, `press` carries a key out."""

    def __init__(
        self,
        wire: Wire,
        counters: Callable[[], Mapping[int, int]],
        press: Callable[[int, str], Reply],
        memory: Memory,
    ) -> None:
        self._wire, self._counters, self._press, self._memory = wire, counters, press, memory
        self._lines = Lines()

    def turn(self) -> None:
        """Poll each keypad of a shared line once, or wait a while for the one that speaks by itself."""
        shared = [address for address in self._counters() if address != ALONE]
        for address in shared:
            self._wire.write(poll(address))
            self._hear(POLL_S)
        if not shared:
            self._hear(WAIT_S)

    def close(self) -> None:
        """Let the port go."""
        self._wire.close()

    def _hear(self, wait_s: float) -> None:
        """Take what comes until a line is whole, nothing more comes, or it is longer than any line."""
        for byte in range(LONGEST_LINE):
            said = self._wire.read(POLL_S if byte else wait_s)
            lines = [line for line in self._lines.feed(said) if not is_echo(line)]
            for line in lines:
                self._take(line)
            if lines or not said:
                return

    def _take(self, line: bytes) -> None:
        frame = parse(line)
        if not isinstance(frame, Idle):
            log.info("heard", line=line, understood=frame is not None)
        if isinstance(frame, Hello):
            self._memory.forget(frame.address)
        elif isinstance(frame, Press):
            self._answer(frame)

    def _answer(self, press: Press) -> None:
        answer = self._memory.answer(press)
        if answer is None:
            answer = self._carried_out(press)
        self._memory.keep(press, answer)
        self._wire.write(answer)
        log.info("said", line=answer)

    def _carried_out(self, press: Press) -> bytes:
        counters = self._counters()
        counter = counters.get(press.address, counters.get(ALONE))
        reply = Reply(code="BAD") if counter is None else self._press(counter, press.key)
        if reply.code is not None:
            return refused(press.address, press.seq, reply.code)
        return done(press.address, press.seq, reply.text)
