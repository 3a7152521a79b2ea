"""The paper in a virtual printer: dots row by row as they leave the head, and the pieces that a visitor can take."""

from dataclasses import dataclass
from typing import Literal

from printer.picture import Raster

DOUBLED = tuple(int("".join(bit * 2 for bit in f"{byte:08b}"), 2).to_bytes(2, "big") for byte in range(256))
"""Each byte with every bit twice."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper in the visitor's hand: what is on it, and whether the knife or a hand took it off."""

    picture: Raster
    end: Literal["cut", "torn"]


class Page:
    """The paper since the last cut."""

    def __init__(self, width: int) -> None:
        self.width, self.stride = width, width // 8
        self._rows = bytearray()

    @property
    def height(self) -> int:
        """Rows that have left the head."""
        return len(self._rows) // self.stride

    def feed(self, rows: int) -> None:
        """Move the paper on."""
        self._rows += bytes(self.stride * rows)

    def print(self, x: int, width: int, data: bytes) -> None:
        """Print rows of `width` bytes, their left edge `x` dots from the left; what is right of the head is lost."""
        total = self.width
        for at in range(0, len(data), width):
            shift = total - x - width * 8
            ink = int.from_bytes(data[at : at + width], "big")
            ink = ink << shift if shift >= 0 else ink >> -shift
            self._rows += (ink & ((1 << total) - 1)).to_bytes(self.stride, "big")

    def take(self, end: Literal["cut", "torn"]) -> Paper | None:
        """Take the paper off; None where nothing has come out."""
        rows, self._rows = bytes(self._rows), bytearray()
        return Paper(Raster(self.width, len(rows) // self.stride, rows), end) if rows else None


def widened(data: bytes) -> bytes:
    """Return rows of dots with every dot twice as wide."""
    return b"".join(DOUBLED[byte] for byte in data)


def heightened(data: bytes, width: int) -> bytes:
    """Return rows of `width` bytes with every row twice."""
    return b"".join(data[at : at + width] * 2 for at in range(0, len(data), width))
