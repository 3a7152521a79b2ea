"""A conversation with one printer: ask its status, send, and hear what it proves."""

import time
from collections.abc import Callable
from functools import partial
from typing import Literal

from hub.client.views import READY, PrinterStatus
from printer.escpos import BARRIER, RESET, process_id, process_text, status_request
from printer.status import (
    QUESTIONS,
    Answers,
    Asb,
    Barrier,
    ProcessDone,
    Realtime,
    Told,
    status_of,
    status_of_asb,
)
from printer.transport import Transport

Proof = Literal["process_id", "barrier"]
Clock = Callable[[], float]
PROOFS: tuple[Proof, ...] = ("process_id", "barrier")
AUTOMATIC = b"\x1da\x0e"
"""GS a 0Eh: the printer says by itself when it goes on or off line, and of errors and paper (page gs_la)."""
MAKER, MODEL, NAME_HEAD = b"\x1dI\x42", b"\x1dI\x43", 0x5F
"""GS I 66 and 67, answered by 5Fh, the name, 00h (page gs_ci)."""
ANSWER_S = 0.5
"""How long a printer may take for one answer."""
PROBE_S = 1.0
CATCH_UP_S = 0.2
WRITE_S = 2.0


class Link:
    """One printer over a transport, used by one thread. Raises the errors of `printer.transport`."""

    def __init__(self, transport: Transport, clock: Clock = time.monotonic, *, mute: bool = False) -> None:
        self.transport = transport
        self.automatic: PrinterStatus | None = None
        self._mute, self._has_spoken = mute, False
        self._clock, self._answers = clock, Answers()
        self._realtime: list[int] = []
        self._names: list[bytes] = []
        self._process = b""
        self._barriers = 0

    def status(self) -> PrinterStatus:
        """Ask all four questions, one at a time.

        A printer that can only listen counts as ready, as does a silent one that is said to be `mute`.
        """
        if not self.transport.answers:
            return "ONLINE"
        told = self.answers()
        return "ONLINE" if self._mute and not self._has_spoken else status_of(told)

    def answers(self) -> dict[int, int]:
        """Ask DLE EOT 1 to 4 and return the byte said to each, up to the first that was not answered in time.

        An answer does not name its question: one that comes too late is heard before the first is asked.
        """
        told: dict[int, int] = {}
        self._catch_up()
        for question in QUESTIONS:
            self._realtime.clear()
            self.transport.write(status_request(question), WRITE_S)
            if not self._heard(lambda: self._realtime, ANSWER_S):
                break
            told[question] = self._realtime[0]
        return told

    def identity(self) -> str:
        """Ask for maker and model and return both as one text, such as "EPSON TM-T82"; "" where none is told."""
        if not self.transport.answers:
            return ""
        return " ".join(name for name in (self._name(MAKER), self._name(MODEL)) if name)

    def probe(self, first: Proof | None = None) -> Proof | None:
        """Find out what this printer proves: process numbers, else that it worked off all before a barrier.

        `first` is tried first: what it is remembered to prove. From then on it says by itself how it is, where that
        cannot be taken for a proof: three of the four bytes look like the answer to a barrier.
        """
        if not self.transport.answers:
            return None
        found = next(filter(self.proves, sorted(PROOFS, key=lambda proof: proof != first)), None)
        if found == "process_id":
            self.transport.write(AUTOMATIC, WRITE_S)
        return found

    def proves(self, proof: Proof) -> bool:
        """Ask for one proof without a paper, which comes at once where the printer knows it."""
        self.forget()
        self.transport.write(RESET + request(proof, 0), WRITE_S)
        return self._heard(partial(self.proved, proof, 0), PROBE_S)

    def forget(self) -> None:
        """Forget proofs of earlier papers, also those still on their way."""
        self._catch_up()
        self._process, self._barriers = b"", 0

    def proved(self, proof: Proof, number: int) -> bool:
        """Tell whether the printer has proved this paper since `forget`."""
        return self._process == process_text(number) if proof == "process_id" else self._barriers > 0

    def last_word(self) -> PrinterStatus | None:
        """Return what stopped the printer, as it said by itself; None where it said nothing of the kind."""
        self._catch_up()
        return self.automatic if self.automatic not in READY else None

    def listen(self, deadline_s: float) -> None:
        """Hear what comes within the deadline; return at the first answer."""
        self._take(self.transport.read(max(0.0, deadline_s)))

    def _name(self, question: bytes) -> str:
        self._names.clear()
        self.transport.write(question, WRITE_S)
        self._heard(lambda: self._names, ANSWER_S)
        return self._names[0].decode("ascii", "replace").strip() if self._names else ""

    def _catch_up(self) -> None:
        """Hear what has come already; of a peer that never stops talking, no longer than a moment."""
        until = self._clock() + CATCH_UP_S
        while (said := self.transport.read(0)) and self._clock() < until:
            self._take(said)

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
            self._has_spoken = True
            if isinstance(answer, Realtime):
                self._realtime.append(answer.byte)
            elif isinstance(answer, ProcessDone):
                self._process = answer.process
            elif isinstance(answer, Barrier):
                self._barriers += 1
            elif isinstance(answer, Asb):
                self.automatic = status_of_asb(answer.parts)
            elif isinstance(answer, Told) and answer.head == NAME_HEAD:
                self._names.append(answer.content)


def proving(data: bytes, proof: Proof | None, number: int) -> bytes:
    """Return a paper's bytes with what makes the printer prove it.

    With process numbers the printer also says by itself how it is: from the beginning, since ESC @ ends that.
    """
    if proof is None:
        return data
    opening = RESET + AUTOMATIC if proof == "process_id" else RESET
    return opening + data.removeprefix(RESET) + request(proof, number)


def request(proof: Proof, number: int) -> bytes:
    """Return the bytes that ask for a proof alone."""
    return process_id(number) if proof == "process_id" else BARRIER
