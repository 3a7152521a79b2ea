"""Reads a text aloud by the synthesiser, in a thread of its own; what is said next ends what is being said."""

from collections.abc import Callable
from typing import Protocol

import structlog
from PySide6.QtCore import QObject, QThread, Signal, Slot

from config.wording import FIRST_LANGUAGE
from ui.speech.speaker import CardSpeaker
from ui.speech.synthesiser import Espeak, NoSynthesiser, Synthesiser
from ui.timing import timer

VOLUME = 85
ESPEAK_S, PATIENCE_MS = 3.0, 15_000
"""How long a text may take to be made, and the thread to end: longer than two texts, one for each language tried."""
log = structlog.get_logger("voice")


class Speaker(Protocol):
    """What makes a sound heard."""

    def play(self, sound: bytes, volume: int) -> None:
        """Begin a sound, volume in percent as people hear it; one that plays is over."""

    def stop(self) -> None:
        """Let nothing be heard any more."""


MakeSpeaker = Callable[[QObject], Speaker]


class Reader(QObject):
    """What lives in the thread."""

    def __init__(self, synthesiser: Synthesiser, speaker: MakeSpeaker) -> None:
        super().__init__()
        self._make = speaker
        self._speaker: Speaker | None = None
        self._synthesiser = synthesiser
        self._wanted = "", ""
        self._soon = timer(self, 0, self._speak)
        self._is_mute = False
        self.wishes = 0
        """How many texts and silences were asked for, counted by who asks: a text that is not the last is not begun."""

    @Slot(str, str)
    def say(self, text: str, language: str) -> None:
        """Say a text next; of several that came while one was made only the last is said. An empty one is silence."""
        self._wanted = text, language
        self._soon.start()

    def _speak(self) -> None:
        text, language = self._wanted
        wish = self.wishes
        if self._speaker is None:
            self._speaker = self._make(self)
        sound = self._sound(text, language) if text else b""
        if sound and wish == self.wishes:
            self._speaker.play(sound, VOLUME)
        else:
            self._speaker.stop()

    def _sound(self, text: str, language: str) -> bytes:
        """Return a text as sound; a language that is not spoken here is read as Indonesian is."""
        for spoken in dict.fromkeys((language, FIRST_LANGUAGE)):
            try:
                return self._synthesiser.speak(text, spoken)
            except NoSynthesiser as error:
                trouble = error
        if not self._is_mute:
            self._is_mute = True
            log.warning("nothing is read aloud", error=str(trouble))
        return b""


class Aloud(QObject):
    """Reads aloud; the thread and what it needs are there from the first text on."""

    _asked = Signal(str, str)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        synthesiser: Synthesiser | None = None,
        speaker: MakeSpeaker = CardSpeaker,
    ) -> None:
        super().__init__(parent)
        self._thread = QThread(self)
        self._reader = Reader(synthesiser or Espeak(ESPEAK_S), speaker)
        self._reader.moveToThread(self._thread)
        self._asked.connect(self._reader.say)
        self._thread.finished.connect(self._reader.deleteLater)

    def say(self, text: str, language: str) -> None:
        """Read a text aloud, instead of what is being read."""
        self._thread.start()
        self._reader.wishes += 1
        self._asked.emit(text, language)

    def hush(self) -> None:
        """Fall silent."""
        if self._thread.isRunning():
            self._reader.wishes += 1
            self._asked.emit("", FIRST_LANGUAGE)

    def end(self) -> None:
        """Fall silent for good: the process ends."""
        self._reader.wishes += 1
        self._thread.quit()
        self._thread.wait(PATIENCE_MS)
