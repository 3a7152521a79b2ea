"""The hall's logo for tickets: a picture file becomes black and white dots that travel within the hall's content."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from io import BytesIO
from pathlib import Path

from PIL import Image

from config.errors import AntreanError

SIZE = (384, 96)
"""Dots across and down: it fits on the narrowest paper, and is 12 mm high."""
LARGEST_BYTES, LARGEST_SIDE = 2_000_000, 4000
CONTRAST = 3
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")


class LogoUnusable(AntreanError):
    """A picture cannot be the hall's logo; `code` is the mistake that `antrean check` tells."""

    key = "check.logo_broken"

    def __init__(self, code: str, value: str) -> None:
        super().__init__(value=value)
        self.code = code


def packed(path: Path) -> str:
    """Return a picture file as a PNG of one bit a dot, in base64: shrunk to `SIZE`, dithered once and for all.

    LogoUnusable where it is missing, huge or broken.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise LogoUnusable("logo_too_large", path.name)
        return png_of(path.read_bytes(), path.name)
    except (OSError, ValueError) as error:
        raise LogoUnusable("logo_missing", path.name) from error


def png_of(file: bytes, name: str) -> str:
    """Return the bytes of a picture file as `packed` does; `name` is for the error."""
    try:
        with Image.open(BytesIO(file), formats=FORMATS) as picture:
            if max(picture.size) > LARGEST_SIDE:
                raise LogoUnusable("logo_too_large", name)
            dots = dithered(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoUnusable("logo_too_large", name) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise LogoUnusable("logo_broken", name) from error
    made = BytesIO()
    dots.save(made, "PNG", optimize=True)
    return b64encode(made.getvalue()).decode()


def dithered(picture: Image.Image) -> Image.Image:
    """Return a picture as black and white dots, what is transparent on white paper.

    Contrast is raised first, so that the edges of drawn emblems stay straight and only true greys become patterns.
    """
    opaque = picture.convert("RGBA")
    paper = Image.new("RGBA", opaque.size, "white")
    grey = Image.alpha_composite(paper, opaque).convert("L")
    grey.thumbnail(SIZE, Image.Resampling.LANCZOS)
    return grey.point([min(255, max(0, CONTRAST * (level - 128) + 128)) for level in range(256)]).convert("1")


def unpacked(logo: str) -> bytes | None:
    """Return the PNG of a hall's `ticket.logo`, None where it has no logo."""
    return b64decode(logo) if logo else None


def is_packed(logo: str) -> bool:
    """Tell whether a text is a logo as `packed` makes it."""
    try:
        with Image.open(BytesIO(b64decode(logo, validate=True)), formats=("PNG",)) as picture:
            picture.load()
            return picture.mode == "1" and all(side <= most for side, most in zip(picture.size, SIZE, strict=True))
    except (NotBase64, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
