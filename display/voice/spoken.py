"""Speaks what the hub's feed tells, in a thread of its own."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot

from display.voice.bank import Bank
from display.voice.turns import Heard, heard_by
from display.voice.voice import Voice
from ui.feed import Feed
from ui.speech.speaker import CardSpeaker
from ui.speech.synthesiser import Espeak
from ui.timing import timer

TICK_MS, HOURS_MS = 50, 1000
PATIENCE_MS = 15_000


class Mouth(QObject):
    """What lives in the voice's thread."""

    def __init__(self, packs: Path) -> None:
        super().__init__()
        self._bank = Bank(packs, Espeak())
        self._voice: Voice | None = None
        self._last: Heard | None = None
        self._soon = timer(self, 0, self._take)

    @Slot(object)
    def hear(self, heard: Heard) -> None:
        """Take what the hub said; of what came while a pack was made only the last counts."""
        self._last = heard
        if self._voice is None:
            self._voice = self._begun()
            self._take()
        else:
            self._soon.start()

    def _take(self) -> None:
        if self._voice is not None and self._last is not None:
            self._voice.hear(self._last)

    def _begun(self) -> Voice:
        voice = Voice(self._bank, CardSpeaker(self), time.monotonic)
        timer(self, TICK_MS, self._run, single=False).start()
        return voice

    def _run(self) -> None:
        """Speak what has its turn; first what came while a pack was made is heard."""
        if self._soon.isActive():
            self._soon.stop()
            self._take()
        elif self._voice is not None:
            self._voice.run()


class SpokenCalls(QObject):
    """Speaks the calls of screens that share a loudspeaker, if the hall file lets them.

    `packs` holds one folder for each language. Nothing is loaded before the hall wants something to be heard.
    """

    _heard = Signal(object)

    def __init__(self, feed: Feed, screens: Sequence[str], packs: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed, self._screens = feed, screens
        self._thread = QThread(self)
        self._mouth = Mouth(packs)
        self._mouth.moveToThread(self._thread)
        self._heard.connect(self._mouth.hear)
        self._thread.finished.connect(self._mouth.deleteLater)
        feed.changed.connect(self._listen)
        # The hour may ask for silence, or for another volume, while no call comes.
        self._hours = timer(self, HOURS_MS, self._listen, single=False)
        self._hours.start()

    @Slot()
    def end(self) -> None:
        """Fall silent: the process ends."""
        self._hours.stop()
        self._thread.quit()
        self._thread.wait(PATIENCE_MS)

    def _listen(self) -> None:
        now = self._feed.now()
        heard = heard_by(self._feed.mirror, self._screens, now) if now else None
        if heard is None or not (heard.volume or self._thread.isRunning()):
            return
        if not self._thread.isRunning():
            self._thread.start()
        self._heard.emit(heard)
