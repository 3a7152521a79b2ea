"""Joined sounds, byte for byte: fixed gaps, a chime of one second, and another one for recalls."""

from array import array
from io import BytesIO
from itertools import pairwise
from wave import open as open_wave

import pytest

from display.voice.join import C5, CHIME, E5, RATE, RECALL_CHIME, chime, joined, note, samples, seconds, silence, wav
from display.voice.level import edges_ms, level_db, levelled, mended, peak_db, trimmed

CLIP = array("h", [3000, -3000] * 2205).tobytes()


def hertz(sound: bytes) -> float:
    """Return the pitch of a note by its crossings of zero."""
    values = array("h", sound)
    rising = sum(1 for before, after in pairwise(values) if before < 0 <= after)
    return rising / seconds(sound)


def test_clips_stand_behind_their_gaps() -> None:
    made = joined([(0, CLIP), (180, CLIP), (90, CLIP)])

    assert made == CLIP + bytes(2 * 3969) + CLIP + bytes(2 * 1984) + CLIP


def test_nothing_stands_before_the_first_clip() -> None:
    assert joined([(180, CLIP)]) == CLIP
    assert joined([]) == b""


def test_a_file_is_mono_with_16_bits_and_22050_samples_a_second() -> None:
    with open_wave(BytesIO(wav(CLIP)), "rb") as file:
        form = (file.getnchannels(), file.getsampwidth(), file.getframerate())

        assert form == (1, 2, 22_050)
        assert file.readframes(file.getnframes()) == CLIP


def test_the_chime_is_an_e_and_a_c_and_lasts_one_second() -> None:
    first, second = (samples(ms) * 2 for _, ms in CHIME)
    sound = chime()

    assert seconds(sound) == pytest.approx(1.0, abs=0.01)
    assert hertz(sound[:first]) == pytest.approx(E5, rel=0.02)
    assert hertz(sound[first : first + second]) == pytest.approx(C5, rel=0.02)


def test_a_recall_sounds_different_and_as_long() -> None:
    assert chime(RECALL_CHIME) != chime()
    assert seconds(chime(RECALL_CHIME)) == pytest.approx(1.0, abs=0.01)


def test_notes_begin_and_end_without_a_click() -> None:
    values = array("h", note(E5, 400))

    assert max(map(abs, (*values[:3], *values[-3:]))) < 500


def test_trimming_leaves_a_breath_at_each_end() -> None:
    assert edges_ms(trimmed(silence(300) + CLIP + silence(500))) == (14, 14)
    assert trimmed(CLIP) == CLIP


@pytest.mark.parametrize("factor", [0.05, 0.4, 3.0])
def test_levelling_brings_a_clip_to_the_level_of_speech(factor: float) -> None:
    clip = array("h", [round(value * factor) for value in array("h", CLIP)]).tobytes()

    assert level_db(levelled(clip)) == pytest.approx(-20.0, abs=0.1)


def test_levelling_never_cuts_a_peak() -> None:
    clip = array("h", [30_000, *[20] * RATE]).tobytes()

    assert peak_db(levelled(clip)) < -1.0


def test_silence_and_nothing_stay_what_they_are() -> None:
    assert mended(b"") == b""
    assert level_db(silence(100)) == peak_db(silence(100)) == float("-inf")
    assert levelled(silence(100)) == silence(100)
