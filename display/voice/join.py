"""Sounds as bytes: clips joined with fixed gaps behind a chime. Pure; mono, 16 bits, 22,050 samples a second."""

from array import array
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from math import exp, pi, sin
from wave import open as open_wave

from ui.speech.synthesiser import RATE, WIDTH

E5, C5 = 659.26, 523.25
"""Hertz of the two notes of the chime."""
CHIME = ((E5, 400), (C5, 600))
RECALL_CHIME = ((E5, 250), (C5, 250), (E5, 500))
"""Notes with their milliseconds; a recall has three, so that people hear that a number was missed."""
CHIME_PEAK = 0.35
DECAY_S, RAMP_S = 0.3, 0.01
Notes = tuple[tuple[float, int], ...]
Gapped = tuple[int, bytes]
"""The milliseconds of silence before a clip, and the clip."""


def silence(ms: int) -> bytes:
    """Return so much silence."""
    return bytes(WIDTH * samples(ms))


def samples(ms: int) -> int:
    """Return the number of samples in so many milliseconds."""
    return RATE * ms // 1000


def seconds(sound: bytes) -> float:
    """Return how long a sound is."""
    return len(sound) / (WIDTH * RATE)


def joined(clips: Sequence[Gapped]) -> bytes:
    """Return clips as one sound, each behind its gap; before the first there is none."""
    return b"".join((silence(gap_ms) if at else b"") + clip for at, (gap_ms, clip) in enumerate(clips))


@cache
def chime(notes: Notes = CHIME) -> bytes:
    """Return a chime of about one second: notes that fade like struck bars, without a click between them."""
    return b"".join(note(hertz, ms) for hertz, ms in notes)


def note(hertz: float, ms: int) -> bytes:
    """Return one note."""
    count, loudest = samples(ms), 32_767 * CHIME_PEAK
    ramp = RAMP_S * RATE
    return array(
        "h",
        (
            round(
                loudest * min(1, at / ramp, (count - at) / ramp)
                * exp(-at / (DECAY_S * RATE)) * sin(2 * pi * hertz * at / RATE)
            )
            for at in range(count)
        ),
    ).tobytes()  # fmt: skip


def wav(sound: bytes) -> bytes:
    """Return a sound as a WAV file."""
    made = BytesIO()
    with open_wave(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(RATE)
        file.writeframes(sound)
    return made.getvalue()
