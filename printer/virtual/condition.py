"""How a virtual printer is, and the bits that say it.

Sources: Epson ESC/POS reference, pages dle_eot, gs_la, gs_lr.
"""

from dataclasses import dataclass

ASB_ONLINE, ASB_ERROR, ASB_PAPER = 0x02, 0x04, 0x08
ASB_ALL = ASB_ONLINE | ASB_ERROR | ASB_PAPER


@dataclass(frozen=True, slots=True)
class Condition:
    """What a printer's sensors tell; `hot` mends itself, `jammed` waits for DLE ENQ, `dead` for its power switch."""

    paper_out: bool = False
    paper_low: bool = False
    cover_open: bool = False
    jammed: bool = False
    dead: bool = False
    hot: bool = False

    @property
    def stops(self) -> bool:
        """Whether the printer is offline and prints nothing."""
        return self.paper_out or self.cover_open or self.has_error

    @property
    def has_error(self) -> bool:
        """Whether something is broken."""
        return self.jammed or self.dead or self.hot

    def answer(self, question: int) -> int | None:
        """Return the byte that answers DLE EOT 1 to 4; None where there is no such question."""
        bits = {
            1: 0x08 * self.stops,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.has_error,
            3: self._errors,
            4: 0x0C * self.paper_low | 0x60 * self.paper_out,
        }.get(question)
        return None if bits is None else 0x12 | bits

    @property
    def sensors(self) -> int:
        """The byte that answers GS r 1: bits 0, 1 near end and 2, 3 end."""
        return 0x03 * self.paper_low | 0x0C * self.paper_out

    @property
    def automatic(self) -> bytes:
        """The four bytes of the automatic status."""
        return bytes((0x10 | 0x08 * self.stops | 0x20 * self.cover_open, self._errors, self.sensors, 0))

    def differs(self, other: "Condition", wanted: int) -> bool:
        """Tell whether one of the wanted kinds of automatic status is another now; `wanted` as in GS a."""
        kinds = (ASB_ONLINE, ASB_ERROR, ASB_PAPER)
        told = zip(kinds, self.automatic, other.automatic, strict=False)
        return any(wanted & kind and now != before for kind, now, before in told)

    @property
    def _errors(self) -> int:
        return 0x08 * self.jammed | 0x20 * self.dead | 0x40 * self.hot
