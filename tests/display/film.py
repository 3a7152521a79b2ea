"""Makes the smallest video there is: pictures of one colour as Motion JPEG in an AVI file."""

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

WIDE, HIGH, RATE = 64, 48, 25


def save_film(path: Path, colour: QColor, frames: int = 10) -> None:
    """Save a film of so many equal pictures at 25 a second (AVI RIFF File Reference, OpenDML not needed)."""
    jpeg = still(colour)
    header = struct.pack("<14I", 1_000_000 // RATE, 0, 0, 0x10, frames, 0, 1, len(jpeg), WIDE, HIGH, 0, 0, 0, 0)
    stream = b"vidsMJPG" + struct.pack("<10I", 0, 0, 0, 1, RATE, 0, frames, len(jpeg), 0xFFFFFFFF, 0)
    stream += struct.pack("<4H", 0, 0, WIDE, HIGH)
    form = struct.pack("<IiiHH4sIiiII", 40, WIDE, HIGH, 1, 24, b"MJPG", WIDE * HIGH * 3, 0, 0, 0, 0)
    streams = listed(b"strl", chunk(b"strh", stream) + chunk(b"strf", form))
    movie = listed(b"movi", chunk(b"00dc", jpeg) * frames)
    body = b"AVI " + listed(b"hdrl", chunk(b"avih", header) + streams) + movie
    path.write_bytes(chunk(b"RIFF", body))


def still(colour: QColor) -> bytes:
    """Return one picture as JPEG."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(colour)
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]
    return bytes(store.data())


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a RIFF file, padded to an even length."""
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def listed(name: bytes, content: bytes) -> bytes:
    """Return a list of chunks."""
    return chunk(b"LIST", name + content)
