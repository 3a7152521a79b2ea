"""Makes a voice pack with a synthesiser: every clip that is not there yet, trimmed and levelled."""

from collections.abc import Iterable
from pathlib import Path

from config.hall import Hall
from config.wording import Words
from display.voice.level import mended
from display.voice.pack import END, SETTINGS, settings_of, write_clip
from display.voice.script import Piece, bank
from ui.speech.synthesiser import Synthesiser


def build(folder: Path, language: str, hall: Hall | None, synthesiser: Synthesiser) -> int:
    """Make the clips that a folder lacks and return how many they were; a pack of another voice is left alone.

    PackUnusable, NoSynthesiser, OSError.
    """
    settings = folder / SETTINGS
    if settings.is_file() and settings_of(settings).voice != synthesiser.voice:
        return 0
    made = 0
    for piece in lacking(folder, bank(Words(language), hall)):
        sound = mended(synthesiser.speak(spoken(piece), language))
        folder.mkdir(parents=True, exist_ok=True)
        write_clip(file_of(folder, piece), sound)
        made += 1
    if not settings.is_file():
        settings.write_text(f'language = "{language}"\nvoice = "{synthesiser.voice}"\n', encoding="utf-8")
    return made


def lacking(folder: Path, pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces that a folder has no clip of."""
    return [piece for piece in pieces if not file_of(folder, piece).is_file()]


def file_of(folder: Path, piece: Piece) -> Path:
    """Return the file of a piece's clip."""
    return folder / f"{piece.clip}{END if piece.last else ''}.wav"


def spoken(piece: Piece) -> str:
    """Return what a synthesiser gets for a piece: the voice falls at the end of a sentence, and stays up elsewhere."""
    return piece.text + ("." if piece.last else ",")
