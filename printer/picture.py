"""A picture of one bit a dot, as printers take and give it: no Qt, no printer."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of `height` rows, each `width` / 8 bytes, leftmost dot in the highest bit, 1 = ink."""

    width: int
    height: int
    rows: bytes

    def __post_init__(self) -> None:
        if self.width % 8 or len(self.rows) != self.stride * self.height:
            raise ValueError(f"{len(self.rows)} bytes are not {self.height} rows of {self.width} dots")

    @property
    def stride(self) -> int:
        """Bytes of a row."""
        return self.width // 8

    def row(self, y: int) -> bytes:
        """Return one row."""
        return self.rows[y * self.stride : (y + 1) * self.stride]

    def image(self, margin: int = 0) -> Image.Image:
        """Return the picture as black on white, with that many white dots around it."""
        ink = Image.frombytes("1", (self.width, self.height), bytes(byte ^ 0xFF for byte in self.rows))
        paper = Image.new("1", (self.width + 2 * margin, self.height + 2 * margin), 1)
        paper.paste(ink, (margin, margin))
        return paper

    def png(self, margin: int = 0) -> bytes:
        """Return the picture as a PNG file."""
        file = io.BytesIO()
        self.image(margin).save(file, "PNG")
        return file.getvalue()


def save(content: bytes, path: Path) -> None:
    """Write a file whole or not at all, its folder made where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    fresh.replace(path)
