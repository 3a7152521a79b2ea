"""How loud a clip is and how much silence it has at its ends, and the same clip as it should be. Pure.

Levels are in dBFS: decibels below the loudest that 16 bits hold, as root mean square over the whole clip or as peak.
"""

from array import array
from math import inf, log10, sqrt

from display.voice.join import samples
from ui.speech.synthesiser import RATE

FULL = 32_768
TARGET_DB, TOLERANCE_DB = -20.0, 4.0
"""The level of speech, and how far a clip may be from it."""
PEAK_DB = -1.0
FLOOR_DB = -45.0
"""What is below is silence."""
EDGE_MS, LEFT_MS = 60, 15
"""The silence a clip may have at an end, and what is left there by trimming."""


def values(sound: bytes) -> "array[int]":
    """Return the samples of a sound."""
    return array("h", sound)


def decibels(value: float) -> float:
    """Return the level of a sample's value, minus infinity for none."""
    return 20 * log10(value / FULL) if value else -inf


def peak_db(sound: bytes) -> float:
    """Return the level of the loudest sample."""
    return decibels(max(map(abs, values(sound)), default=0))


def level_db(sound: bytes) -> float:
    """Return the level of a sound."""
    found = values(sound)
    return decibels(sqrt(sum(value * value for value in found) / len(found))) if found else -inf


def edges(sound: bytes) -> tuple[int, int]:
    """Return the samples of silence at the beginning and at the end."""
    found, floor = values(sound), FULL * 10 ** (FLOOR_DB / 20)
    begins = next((at for at, value in enumerate(found) if abs(value) > floor), len(found))
    ends = next((at for at, value in enumerate(reversed(found)) if abs(value) > floor), 0)
    return begins, ends


def edges_ms(sound: bytes) -> tuple[int, int]:
    """Return the milliseconds of silence at the beginning and at the end."""
    begins, ends = edges(sound)
    return begins * 1000 // RATE, ends * 1000 // RATE


def trimmed(sound: bytes) -> bytes:
    """Return a sound with next to no silence at its ends."""
    found, left = values(sound), samples(LEFT_MS)
    begins, ends = edges(sound)
    return found[max(0, begins - left) : len(found) - max(0, ends - left)].tobytes()


def levelled(sound: bytes) -> bytes:
    """Return a sound at the level of speech, or as near as its peaks allow."""
    gain_db = min(TARGET_DB - level_db(sound), PEAK_DB - 0.5 - peak_db(sound))
    if gain_db == inf:
        return sound
    gain = 10 ** (gain_db / 20)
    return array("h", (round(value * gain) for value in values(sound))).tobytes()


def mended(sound: bytes) -> bytes:
    """Return a clip trimmed and at the level of speech."""
    return levelled(trimmed(sound))
