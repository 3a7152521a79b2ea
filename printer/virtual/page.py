"""The paper in a virtual printer: dots row by row as they leave the head, and the pieces that a visitor can take."""

from dataclasses import dataclass
from typing import Literal

from printer.picture import Raster

End = Literal["cut", "torn"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper in the visitor's hand: what is on it, and whether the knife or a hand took it off."""

    picture: Raster
    end: End


class Page:
    """The paper since the last cut."""

    def __init__(self, width: int) -> None:
        self.width, self.stride = width, width // 8
        self._rows = bytearray()

    @property
    def height(self) -> int:
        """Rows that have left the head."""
        return len(self._rows) // self.stride

    def add(self, row: bytes) -> None:
        """Let one row leave the head."""
        self._rows += row

    def take(self, end: End) -> Paper | None:
        """Take the paper off; None where nothing has come out."""
        rows, self._rows = bytes(self._rows), bytearray()
        return Paper(Raster(self.width, len(rows) // self.stride, rows), end) if rows else None
