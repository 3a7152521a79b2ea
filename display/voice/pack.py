"""A voice pack: a folder with `voice.toml` and one WAV file for each text, named after it."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from wave import Error as NotWave
from wave import open as open_wave

import structlog
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from config.errors import AntreanError
from config.values import Language, Name
from display.voice.join import Gapped, wav
from display.voice.script import Piece
from ui.speech.synthesiser import RATE, WIDTH

SETTINGS = "voice.toml"
END = ".end"
"""What the name of a clip has behind it that is said at the end of a sentence, with a falling voice."""
CHIME_CLIP, RECALL_CLIP = "chime", "chime-recall"
"""Clips that a pack may have in place of the program's own chimes."""
Gap = Annotated[int, Field(ge=90, le=180)]
log = structlog.get_logger("voice")


class PackUnusable(AntreanError):
    """A folder is no voice pack, or its `voice.toml` cannot be read."""

    key = "announce.pack_unusable"


class ClipUnusable(AntreanError):
    """A file is not a WAV of one channel, 16 bits and 22,050 samples a second."""

    key = "announce.clip_unusable"


@dataclass(frozen=True, kw_only=True, config=ConfigDict(extra="forbid"))
class Settings:
    """The file `voice.toml`: the language, whose `voice` it is, and the silence between words and at commas."""

    language: Language
    voice: Name
    gap_ms: Gap = 90
    pause_ms: Gap = 180


class Pack:
    """The clips of one voice; each is read once. PackUnusable where the folder is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = settings_of(folder / SETTINGS)
        self._read: dict[str, bytes] = {}

    def clips(self, pieces: Sequence[Piece]) -> list[Gapped] | None:
        """Return the clips of pieces with the gaps before them; None where one of them is not there."""
        found = [(self._gap(piece), self._of(piece)) for piece in pieces]
        return [(gap_ms, clip) for gap_ms, clip in found if clip] if all(clip for _, clip in found) else None

    def clip(self, name: str) -> bytes:
        """Return the sound of a clip, nothing where it is not there or cannot be used."""
        if name not in self._read:
            self._read[name] = self._sound(self.folder / f"{name}.wav")
        return self._read[name]

    def _of(self, piece: Piece) -> bytes:
        return (self.clip(f"{piece.clip}{END}") if piece.last else b"") or self.clip(piece.clip)

    def _gap(self, piece: Piece) -> int:
        return self.settings.pause_ms if piece.pause else self.settings.gap_ms

    def _sound(self, path: Path) -> bytes:
        try:
            return read_clip(path) if path.is_file() else b""
        except ClipUnusable as error:
            log.warning("clip unusable", path=str(path), error=str(error))
            return b""


def settings_of(path: Path) -> Settings:
    """Return what a `voice.toml` says; PackUnusable."""
    try:
        return TypeAdapter(Settings).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise PackUnusable(path=str(path), why=f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise PackUnusable(path=str(path), why=str(error)) from error


def read_clip(path: Path) -> bytes:
    """Return the samples of a WAV file; ClipUnusable."""
    try:
        with path.open("rb") as opened, open_wave(opened, "rb") as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, WIDTH, RATE):
                return file.readframes(file.getnframes())
    except (OSError, EOFError, NotWave) as error:
        raise ClipUnusable(path=str(path)) from error
    raise ClipUnusable(path=str(path))


def write_clip(path: Path, sound: bytes) -> None:
    """Write a WAV file whole or not at all: another screen may be reading it; OSError."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(wav(sound))
    fresh.replace(path)
