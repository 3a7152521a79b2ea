"""Images and codes that a printer is told to print, as rows of dots.

Sources: Epson ESC/POS reference, pages gs_lv_0, gs_lparen_cl_fn112, gs_lparen_lk (functions 165 to 181).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import segno

from printer.virtual.line import stretched
from printer.virtual.parse import Rest, pair

LEVELS: Mapping[int, str] = MappingProxyType({48: "l", 49: "m", 50: "q", 51: "h"})
LARGEST_MODULE = 16
GRAPHIC_HEAD = 8
MONOCHROME = 48


@dataclass(frozen=True, slots=True)
class Image:
    """How the rows of an image are printed: bytes of each, times wider and higher, dots to its left."""

    stride: int
    wide: int
    high: int
    x: int = 0

    @property
    def width(self) -> int:
        """Dots on the paper."""
        return self.stride * 8 * self.wide

    def row(self, data: bytes) -> int:
        """Return a row as dots."""
        ink = int.from_bytes(data, "big")
        return stretched(ink, self.stride * 8, self.wide) if self.wide > 1 else ink


@dataclass(frozen=True, slots=True)
class Graphic:
    """An image that GS ( L function 112 has stored."""

    image: Image
    data: bytes

    @property
    def rows(self) -> Iterator[int]:
        """The rows as dots, each as often as it is printed."""
        for at in range(0, len(self.data), self.image.stride):
            for _ in range(self.image.high):
                yield self.image.row(self.data[at : at + self.image.stride])


def raster_image(head: Rest) -> Image:
    """Return what GS v 0 m xL xH yL yH says; bit 0 of m doubles the width, bit 1 the height."""
    return Image(pair(head, 2), 2 if head[1] & 1 else 1, 2 if head[1] & 2 else 1)


def stored_graphic(body: bytes) -> Graphic | None:
    """Return what a bx by c xL xH yL yH d1...dk of function 112 says; None where it is not whole or of one colour."""
    if len(body) < GRAPHIC_HEAD or body[0] != MONOCHROME or not 1 <= body[1] <= 2 or not 1 <= body[2] <= 2:
        return None
    stride, height = -(-pair(body, 4) // 8), pair(body, 6)
    data = body[GRAPHIC_HEAD : GRAPHIC_HEAD + stride * height]
    if not data or len(data) < stride * height:
        return None
    return Graphic(Image(stride, body[1], body[2]), data)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as GS ( k sets it: dots of a module, level of correction, what it says."""

    module: int = 3
    level: int = 48
    content: bytes = b""

    def rows(self) -> list[str]:
        """Return the code as rows of "1" and "0"; none where it says nothing or too much."""
        if not self.content:
            return []
        try:
            code = segno.make_qr(self.content, error=LEVELS[self.level], boost_error=False)
        except segno.DataOverflowError:
            return []
        rows = ("".join(str(dot) * self.module for dot in row) for row in code.matrix)
        return [row for row in rows for _ in range(self.module)]
