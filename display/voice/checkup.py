"""What is wrong with a voice pack: clips missing or superfluous, too long, too soft, cut; each with its remedy."""

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from config.hall import Hall
from config.mistakes import Mistake, mistake
from config.wording import Words
from display.voice.join import seconds
from display.voice.level import EDGE_MS, PEAK_DB, TARGET_DB, TOLERANCE_DB, edges_ms, level_db, mended, peak_db
from display.voice.pack import (
    CHIME_CLIP,
    END,
    RECALL_CLIP,
    SETTINGS,
    ClipUnusable,
    read_clip,
    settings_of,
    write_clip,
)
from display.voice.script import bank

SHORTEST_S = 0.1
LONGEST_S, LONGEST_PER_SIGN_S = 0.8, 0.12
"""A clip may last so long, and so much longer for each sign of its text."""


def checked(folder: Path, hall: Hall | None = None) -> tuple[Mistake, ...]:
    """Return what is wrong with a pack; with a hall, its agencies' names must be there too. PackUnusable."""
    pieces = bank(Words(settings_of(folder / SETTINGS).language), hall)
    texts = {piece.clip: piece.text for piece in pieces}
    known = {*texts, *(f"{piece.clip}{END}" for piece in pieces if piece.last), CHIME_CLIP, RECALL_CLIP}
    there = {path.stem: path for path in sorted(folder.glob("*.wav"))}
    found = [mistake((f"{clip}.wav",), "voice_missing", text=text) for clip, text in texts.items() if clip not in there]
    for clip, path in there.items():
        if clip not in known and hall is not None:
            found.append(superfluous(clip, set(texts) - there.keys()))
        elif not clip.startswith(CHIME_CLIP):
            found += clip_faults(path, texts.get(clip.removesuffix(END), clip))
    return tuple(found)


def superfluous(clip: str, lacking: set[str]) -> Mistake:
    """Return the mistake of a clip that nothing says, with the one that was likely meant."""
    likely = get_close_matches(clip, lacking, 1)
    if likely:
        return mistake((f"{clip}.wav",), "voice_misnamed", likely=f"{likely[0]}.wav")
    return mistake((f"{clip}.wav",), "voice_superfluous")


def clip_faults(path: Path, text: str) -> Iterator[Mistake]:
    """Yield what is wrong with one clip."""
    try:
        sound = read_clip(path)
    except ClipUnusable:
        yield mistake((path.name,), "voice_format")
        return
    yield from length_faults(path.name, sound, text)
    yield from level_faults(path.name, sound)


def length_faults(name: str, sound: bytes, text: str) -> Iterator[Mistake]:
    """Yield a clip that is too short or too long for its text, or has silence at its ends."""
    length, longest = seconds(sound), LONGEST_S + LONGEST_PER_SIGN_S * len(text)
    if length < SHORTEST_S:
        yield mistake((name,), "voice_short", seconds=f"{length:.2f}")
    elif length > longest:
        yield mistake((name,), "voice_long", seconds=f"{length:.2f}", limit=f"{longest:.1f}", text=text)
    begins, ends = edges_ms(sound)
    if max(begins, ends) > EDGE_MS:
        yield mistake((name,), "voice_silence", begins=begins, ends=ends, limit=EDGE_MS)


def level_faults(name: str, sound: bytes) -> Iterator[Mistake]:
    """Yield a clip whose level is far from that of speech, or whose peaks are cut."""
    level, peak = level_db(sound), peak_db(sound)
    if peak > PEAK_DB:
        yield mistake((name,), "voice_peak", level=f"{peak:.1f}", limit=f"{PEAK_DB:.0f}")
    if level < TARGET_DB - TOLERANCE_DB:
        yield mistake((name,), "voice_soft", level=f"{level:.1f}", target=f"{TARGET_DB:.0f}")
    elif level > TARGET_DB + TOLERANCE_DB:
        yield mistake((name,), "voice_loud", level=f"{level:.1f}", target=f"{TARGET_DB:.0f}")


def mend(folder: Path) -> int:
    """Trim and level every clip of a pack that can be read and return how many were changed; OSError."""
    count = 0
    for path in sorted(folder.glob("*.wav")):
        try:
            sound = read_clip(path)
        except ClipUnusable:
            continue
        if not path.stem.startswith(CHIME_CLIP) and mended(sound) != sound:
            write_clip(path, mended(sound))
            count += 1
    return count
