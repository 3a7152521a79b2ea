"""Speech from text: the seam to a synthesiser, and espeak-ng behind it, a program of its own that needs no network."""

import re
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from config.errors import AntreanError

PROGRAM = "espeak-ng"
RATE, WIDTH = 22_050, 2
"""Its samples a second and their bytes; the sounds of this program are all so, of one channel."""
MANNERS = Path(__file__).with_name("espeak.toml")
PATIENCE_S = 10
HEADER = b"data"


class NoSynthesiser(AntreanError):
    """This machine has no espeak-ng, or it does not speak this language."""

    key = "announce.no_synthesiser"


class Synthesiser(Protocol):
    """A way to make speech of text."""

    voice: str
    """Whose voice it is, as a pack's `voice.toml` names it."""

    def speak(self, text: str, language: str) -> bytes:
        """Return a text as sound; NoSynthesiser. A comma at its end keeps the voice up, a full stop lets it fall."""


@dataclass(frozen=True)
class Manner:
    """How a language is spoken: the program's voice, words a minute, and phonemes of words it says wrongly."""

    voice: str
    speed: int
    repairs: Mapping[str, str] = field(default_factory=dict)


class Espeak:
    """The synthesiser espeak-ng."""

    voice = PROGRAM

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._patience_s = patience_s

    def speak(self, text: str, language: str) -> bytes:
        """Return a text as sound; NoSynthesiser."""
        manner = manners().get(language)
        if manner is None:
            raise NoSynthesiser(language=language, why=language)
        how = [PROGRAM, "-v", manner.voice, "-s", str(manner.speed), "--stdout", "--", repaired(text, manner.repairs)]
        try:
            made = subprocess.run(how, capture_output=True, check=True, timeout=self._patience_s).stdout
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise NoSynthesiser(language=language, why=str(error)) from error
        # A stream's header cannot know its length: what follows its last word is the sound.
        return made.partition(HEADER)[2][4:]


@cache
def manners() -> Mapping[str, Manner]:
    """Return how each language is spoken, as `espeak.toml` tells."""
    return TypeAdapter(dict[str, Manner]).validate_python(tomllib.loads(MANNERS.read_text(encoding="utf-8")))


def repaired(text: str, repairs: Mapping[str, str]) -> str:
    """Return a text in which the words that would be said wrongly are phonemes, "[[lok'Et]]"."""
    return re.sub(r"\w+", lambda word: f"[[{repairs[key]}]]" if (key := word[0].lower()) in repairs else word[0], text)
