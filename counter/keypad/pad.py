"""The kernel's side of a numpad: evdev reads its keys and keeps them from every window."""

import select

from evdev import InputDevice, ecodes

from counter.keypad.numpad import KeyEvent
from counter.keypad.port import Away


class EvdevPad:
    """A keyboard below /dev/input."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            self._device = InputDevice(path)
        except OSError as error:
            raise self._away(error) from error

    def grab(self) -> None:
        """Keep its keys from every window; Away where another program has done so."""
        try:
            self._device.grab()
        except OSError as error:
            self.close()
            raise self._away(error) from error

    def read(self, deadline_s: float) -> list[KeyEvent]:
        """Return the keys that moved, as soon as there are some; none where nothing moves in time."""
        if not select.select([self._device.fd], [], [], deadline_s)[0]:
            return []
        try:
            return [KeyEvent(event.code, event.value) for event in self._device.read() if event.type == ecodes.EV_KEY]
        except OSError as error:
            raise self._away(error) from error

    def close(self) -> None:
        """Let it go."""
        self._device.close()

    def _away(self, error: OSError) -> Away:
        return Away(name=self._path, why=error.strerror or error, group="input")
