"""A conversation with one printer: ask its status, send, and hear what it proves."""

import time
from collections.abc import Callable
from functools import partial
from typing import Literal

from hub.client.views import PrinterStatus
from printer.escpos import BARRIER, RESET, process_id, process_text, status_request
from printer.status import QUESTIONS, Answers, Asb, Barrier, ProcessDone, Realtime, status_of, status_of_asb
from printer.transport import Transport

Proof = Literal["process_id", "barrier"]
Clock = Callable[[], float]
PROOFS: tuple[Proof, ...] = ("process_id", "barrier")
ANSWER_S = 0.5
"""How long a printer may take for one answer."""
PROBE_S = 1.0
WRITE_S = 2.0


class Link:
    """One printer over a transport, used by one thread. Raises the errors of `printer.transport`."""

    def __init__(self, transport: Transport, clock: Clock = time.monotonic) -> None:
        self.transport = transport
        self.automatic: PrinterStatus | None = None
        self._clock, self._answers = clock, Answers()
        self._realtime: list[int] = []
        self._process = b""
        self._barriers = 0

    def status(self) -> PrinterStatus:
        """Ask all four questions, one at a time; a printer that can only listen counts as ready."""
        if not self.transport.answers:
            return "ONLINE"
        told: dict[int, int] = {}
        for question in QUESTIONS:
            self._realtime.clear()
            self.transport.write(status_request(question), WRITE_S)
            if not self._heard(lambda: self._realtime, ANSWER_S):
                return "NO_ANSWER"
            told[question] = self._realtime[0]
        return status_of(told)

    def probe(self) -> Proof | None:
        """Find out what this printer proves: process numbers, else that it worked off all before a barrier."""
        if not self.transport.answers:
            return None
        for proof in PROOFS:
            self.forget()
            self.transport.write(RESET + ending(proof, 0), WRITE_S)
            if self._heard(partial(self.proved, proof, 0), PROBE_S):
                return proof
        return None

    def forget(self) -> None:
        """Forget proofs of earlier papers, also those still on their way."""
        while said := self.transport.read(0):
            self._take(said)
        self._process, self._barriers = b"", 0

    def proved(self, proof: Proof, number: int) -> bool:
        """Tell whether the printer has proved this paper since `forget`."""
        return self._process == process_text(number) if proof == "process_id" else self._barriers > 0

    def listen(self, deadline_s: float) -> None:
        """Hear what comes within the deadline; return at the first answer."""
        self._take(self.transport.read(max(0.0, deadline_s)))

    def _heard(self, come: Callable[[], object], deadline_s: float) -> bool:
        until = self._clock() + deadline_s
        while not come():
            left = until - self._clock()
            if left <= 0:
                return False
            self.listen(left)
        return True

    def _take(self, said: bytes) -> None:
        for answer in self._answers.feed(said):
            if isinstance(answer, Realtime):
                self._realtime.append(answer.byte)
            elif isinstance(answer, ProcessDone):
                self._process = answer.process
            elif isinstance(answer, Barrier):
                self._barriers += 1
            elif isinstance(answer, Asb):
                self.automatic = status_of_asb(answer.parts)


def ending(proof: Proof | None, number: int) -> bytes:
    """Return the bytes after a paper that make the printer prove it."""
    if proof is None:
        return b""
    return process_id(number) if proof == "process_id" else BARRIER
