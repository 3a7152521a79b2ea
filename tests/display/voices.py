"""Voices that a test can read back, and a loudspeaker that it hears."""

from array import array
from itertools import groupby

from config.hall import Hall
from display.board import Call
from display.voice.join import RATE, samples, silence
from display.voice.turns import Heard, Part
from ui.speech.synthesiser import NoSynthesiser

CLIP_MS = 150


class ToneVoice:
    """A synthesiser whose every text is a hum, a millisecond longer than the one before; `silent`, it has no voice."""

    voice = "tone"

    def __init__(self, *, silent: bool = False) -> None:
        self.texts: list[str] = []
        self.silent = silent

    def speak(self, text: str, language: str) -> bytes:
        """Return a hum, with silence before and behind it."""
        if self.silent:
            raise NoSynthesiser(language=language, why="test")
        self.texts.append(text)
        hum = [2000, -2000] * (samples(CLIP_MS + len(self.texts)) // 2)
        return silence(80) + array("h", hum).tobytes() + silence(80)


class NumberSounds:
    """Sounds of calls that are their number's value for so many seconds: 7 for A007."""

    def __init__(self, length_s: float = 8.0, languages: tuple[str, ...] = ("id", "en")) -> None:
        self.languages = languages
        self.said: list[tuple[Part, bool]] = []
        self._count = round(length_s * RATE)

    def prepare(self, hall: Hall) -> None:
        """Need nothing."""

    def sound(self, part: Part, hall: Hall, *, brief: bool = False) -> bytes:
        """Return a part's sound."""
        self.said.append((part, brief))
        return array("h", [int(part.call.number[1:])] * self._count).tobytes()


class Timeline:
    """A clock moved by hand, and a loudspeaker that adds up what is heard from its beginning on."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.heard = array("h")
        self.volumes: list[int] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now_s

    def play(self, sound: bytes, volume: int) -> None:
        """Mix a sound into what is heard, from now on."""
        self.volumes.append(volume)
        at, values = round(self.now_s * RATE), array("h", sound)
        self.heard.extend(array("h", bytes(2 * max(0, at - len(self.heard)))))
        over = len(self.heard) - at
        for place, value in enumerate(values[:over], at):
            self.heard[place] += value
        self.heard.extend(values[over:])

    def numbers(self) -> list[int]:
        """Return the values one hears one after the other; two at once would be their sum."""
        return [value for value, _ in groupby(self.heard) if value]


def call(seq: int, number: str, counter: int = 2, *, attempt: int = 1, service: str = "dukcapil-kk") -> Call:
    """Return a call of zone z1."""
    return Call(seq, number, service, "normal", counter, "z1", attempt, 0)


def heard(hall: Hall, calls: list[Call], called: list[str], *, volume: int = 100, language: str = "id") -> Heard:
    """Return what the hub says when so many calls were made and these numbers are still called."""
    return Heard(hall, calls[-1].seq if calls else 0, tuple(calls), dict.fromkeys(called, language), volume)
