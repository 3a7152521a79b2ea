"""Makes the sound of a call: the clips of a pack, else a synthesiser's sentence, else the chime alone."""

from collections.abc import Collection
from pathlib import Path

import structlog

from config.errors import AntreanError
from config.hall import Hall
from config.wording import Words
from display.voice.build import build
from display.voice.join import CHIME, RECALL_CHIME, Gapped, chime, joined
from display.voice.level import mended
from display.voice.pack import CHIME_CLIP, RECALL_CLIP, SETTINGS, Pack
from display.voice.script import announcement, pieces_of
from display.voice.turns import Part
from ui.speech.synthesiser import NoSynthesiser, Synthesiser

PAUSE_MS = 180
log = structlog.get_logger("voice")


class Bank:
    """The packs in a folder, one folder for each language, and the synthesiser that fills them and says what they lack.

    `prepare` reads them, `sound` uses them; what cannot be said is logged once for each language.
    """

    def __init__(self, folder: Path, synthesiser: Synthesiser) -> None:
        self._folder, self._synthesiser = folder, synthesiser
        self._packs: dict[str, Pack] = {}
        self._mute: set[str] = set()

    @property
    def languages(self) -> Collection[str]:
        """The languages there is a pack of."""
        return self._packs.keys()

    def prepare(self, hall: Hall) -> None:
        """Read the packs of a hall's languages; ours are made first where a synthesiser is there."""
        for language in dict.fromkeys((*hall.policy.announce_languages, *hall.hall.languages)):
            folder = self._folder / language
            try:
                build(folder, language, hall, self._synthesiser)
            except (AntreanError, OSError) as error:
                log.warning("voice pack not made", language=language, error=str(error))
            try:
                if (folder / SETTINGS).is_file():
                    self._packs[language] = Pack(folder)
            except AntreanError as error:
                log.warning("voice pack unusable", language=language, error=str(error))

    def sound(self, part: Part, hall: Hall, *, brief: bool = False) -> bytes:
        """Return the sound of a part, nothing where there is neither chime nor voice; a brief one names no agency."""
        spoken = self._from_pack(part, hall, brief=brief) or self._from_text(part, hall, brief=brief)
        if part.opens:
            rest = [(PAUSE_MS, clip) for _, clip in spoken[:1]] + spoken[1:]
            return joined([(0, self._chime(part)), *rest])
        return joined(spoken)

    def _from_pack(self, part: Part, hall: Hall, *, brief: bool) -> list[Gapped]:
        """Return a call's clips, without the agency where that is what the pack lacks; none where it lacks others."""
        pack, words = self._packs.get(part.language), Words(part.language)
        if pack is None:
            return []
        for shorter in (True,) if brief else (False, True):
            clips = pack.clips(pieces_of(part.call, hall, words, brief=shorter))
            if clips:
                return clips
        return []

    def _from_text(self, part: Part, hall: Hall, *, brief: bool) -> list[Gapped]:
        text = announcement(part.call, hall, Words(part.language), brief=brief)
        try:
            return [(PAUSE_MS, mended(self._synthesiser.speak(text, part.language)))]
        except NoSynthesiser as error:
            if part.language not in self._mute:
                self._mute.add(part.language)
                log.warning("calls are chimed, not spoken", language=part.language, error=str(error))
            return []

    def _chime(self, part: Part) -> bytes:
        pack = self._packs.get(part.language)
        own = pack.clip(RECALL_CLIP if part.call.recall else CHIME_CLIP) if pack else b""
        return own or chime(RECALL_CHIME if part.call.recall else CHIME)
