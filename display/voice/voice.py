"""Speaks calls one after the other: asks the rules whose turn it is, the bank for the sound, and lets it be heard."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Protocol

from config.hall import Hall
from display.voice.join import seconds
from display.voice.turns import REST_S, Heard, Part, Turns, follow, next_part


class Speaker(Protocol):
    """A way to let a sound be heard."""

    def play(self, sound: bytes, volume: int) -> None:
        """Begin a sound, volume in percent, and return at once; what was heard before has ended, or ends now."""


class Sounds(Protocol):
    """Where the sound of a call comes from: see `Bank`."""

    @property
    def languages(self) -> Collection[str]:
        """The languages there is a voice for."""

    def prepare(self, hall: Hall) -> None:
        """Get ready for a hall's calls."""

    def sound(self, part: Part, hall: Hall, *, brief: bool = False) -> bytes:
        """Return the sound of a part, nothing where there is none."""


class Voice:
    """The voice of one loudspeaker. `clock` is any clock in seconds that only goes forward."""

    def __init__(self, sounds: Sounds, speaker: Speaker, clock: Callable[[], float]) -> None:
        self.turns = Turns()
        self._sounds, self._speaker, self._clock = sounds, speaker, clock
        self._heard: Heard | None = None

    def hear(self, heard: Heard) -> None:
        """Take what the hub said; the same again does nothing."""
        is_new = self._heard is None or heard.hall != self._heard.hall
        if is_new:
            self._sounds.prepare(heard.hall)
        self._heard = heard
        self.turns = follow(self.turns, heard, self._clock())
        # Making a pack takes a while: what came meanwhile is heard before anything is said.
        if not is_new:
            self.run()

    def run(self) -> None:
        """Speak what has its turn, if anything has."""
        part: Part | None = None
        while self._heard is not None:
            brief, now_s = self.turns.busy, self._clock()
            self.turns, part = next_part(self.turns, self._heard, self._sounds.languages, now_s)
            if part is None:
                return
            sound = self._sounds.sound(part, self._heard.hall, brief=brief)
            if sound:
                # The time after the sound was made: a synthesiser may have taken a while.
                self.turns = replace(self.turns, free_s=self._clock() + seconds(sound) + REST_S)
                self._speaker.play(sound, self._heard.volume)
                return
