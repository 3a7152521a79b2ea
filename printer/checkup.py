"""Tries one printer out: what it is, how it is, what it proves, and whether a ticket comes out."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from config.hall import Hall, Printer
from config.logo import unpacked
from hub.client.views import READY, PrinterStatus
from printer import escpos
from printer.job import Payload, patience_with
from printer.layout import ticket_layout
from printer.link import PROOFS, Clock, Link, Proof, proving
from printer.press import payload_of
from printer.raster import drawing
from printer.sample import sample_content
from printer.status import QUESTIONS, bits_of, status_of
from printer.transport import PrinterError, Transport

NUMBER = "A000"
PROCESS = escpos.LAST_PROCESS
LISTEN_S = 0.5

Step = Literal["open", "identity", "status", "proof", "paper", "wait"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A ticket that was sent: its bytes, the seconds until they were taken, and until the proof came or was given up.

    "assumed" is a printer that is well but proves nothing; "unproved" one that should have said something.
    """

    count: int
    sent_s: float
    out_s: float
    end: Literal["proved", "assumed", "unproved"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was seen of a printer, as far as it was reached: `error` is what ended it, `told` its answers to DLE EOT."""

    printer: Printer
    error: PrinterError | None = None
    can_answer: bool = True
    identity: str = ""
    told: Mapping[int, int] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()
    trial: Trial | None = None

    @property
    def answers(self) -> bool:
        """Whether all four questions were answered."""
        return len(self.told) == len(QUESTIONS)

    @property
    def status(self) -> PrinterStatus:
        """How the printer is; one that can only listen counts as ready."""
        return status_of(self.told) if self.can_answer else "ONLINE"

    def bits(self, question: int) -> tuple[str, ...]:
        """Return what the answer to a question says, as names of words."""
        return bits_of(question, self.told[question])

    @property
    def is_well(self) -> bool:
        """Whether it was reached and is ready, and the ticket came out where one was sent."""
        if self.error is not None:
            return False
        return self.status in READY if self.trial is None else self.trial.end != "unproved"


class Checkup:
    """The check-up of one printer over one way. `say` hears each step as it begins; waiting is by `clock`."""

    def __init__(
        self, printer: Printer, hall: Hall, say: Callable[[Step], None], clock: Clock = time.monotonic
    ) -> None:
        self._printer, self._hall, self._say, self._clock = printer, hall, say, clock
        self.report = Report(printer)

    def run(self, way: Callable[[Printer], Transport], now: datetime, *, paper: bool) -> Report:
        """Open the way, ask all there is to ask, and print a ticket of that moment where `paper` is wanted."""
        try:
            self._say("open")
            transport = way(self._printer)
        except PrinterError as error:
            return replace(self.report, error=error)
        try:
            link = Link(transport, self._clock)
            self._ask(link)
            if paper and self._may_print():
                self._print(link, now)
        except PrinterError as error:
            self._note(error=error)
        finally:
            transport.close()
        return self.report

    def _note(self, **seen: object) -> None:
        self.report = replace(self.report, **seen)  # type: ignore[arg-type]

    def _ask(self, link: Link) -> None:
        self._note(can_answer=link.transport.answers)
        if not link.transport.answers:
            return
        self._say("status")
        self._note(told=link.answers())
        if self.report.status not in (*READY, "NO_ANSWER"):
            return
        self._say("identity")
        self._note(identity=link.identity())
        self._say("proof")
        self._note(proofs=tuple(proof for proof in PROOFS if link.proves(proof)))

    def _may_print(self) -> bool:
        """Tell whether a ticket is worth trying: even a silent printer may print."""
        return self.report.status in (*READY, "NO_ANSWER")

    def _print(self, link: Link, now: datetime) -> None:
        proof = next(iter(self.report.proofs), None)
        paper, patience = ticket(self._printer, self._hall, now), patience_with(self._printer)
        data = proving(paper.data, proof, PROCESS)
        self._say("paper")
        link.forget()
        began = self._clock()
        link.transport.write(data, patience.write_s(data))
        sent_s = self._clock() - began
        self._say("wait")
        is_proved = self._waited(link, proof, began + sent_s + patience.print_s(paper))
        self._note(told=link.answers() if link.transport.answers else {})
        end = "proved" if is_proved else self._unproved(proof)
        self._note(trial=Trial(len(data), sent_s, self._clock() - began, end))

    def _waited(self, link: Link, proof: Proof | None, until: float) -> bool:
        """Listen until the proof comes, or for as long as the paper may take."""
        while (left := until - self._clock()) > 0:
            if proof is not None and link.proved(proof, PROCESS):
                return True
            link.listen(min(LISTEN_S, left))
        return proof is not None and link.proved(proof, PROCESS)

    def _unproved(self, proof: Proof | None) -> Literal["assumed", "unproved"]:
        """Tell what a paper without proof is: silence is only good from a printer that is known for it."""
        if self._printer.confirmation == "none":
            return "assumed"
        return "assumed" if proof is None and self.report.status in READY else "unproved"


def ticket(printer: Printer, hall: Hall, now: datetime) -> Payload:
    """Return a ticket that is marked as a trial, drawn or written as the printer's settings ask."""
    drawing()
    content = sample_content(hall, next(iter(hall.services)), NUMBER, issued=now)
    content["trial"] = True
    return payload_of(printer, ticket_layout(content, copy=0, printed_ms=None, logo=unpacked(hall.ticket.logo)))
