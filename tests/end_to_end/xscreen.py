"""A screen of its own for tests: Xvfb with openbox, fingers by xdotool."""

import os
import shutil
import subprocess
from pathlib import Path

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")


class Screen:
    """A virtual screen, 1920 by 1600 pixels, with a window manager."""

    def __init__(self) -> None:
        missing = [name for name in PROGRAMS if shutil.which(name) is None]
        assert not missing, f"{missing} missing: ./antrean test installs them"
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1600x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"
        self.environment = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self._manager = subprocess.Popen(["openbox"], env={**os.environ, **self.environment}, stderr=subprocess.DEVNULL)

    def window_of(self, pid: int) -> str:
        """Return the visible window of a process, once it is there."""
        return self._do("xdotool", "search", "--sync", "--onlyvisible", "--pid", str(pid)).split()[0]

    def place(self, window: str, x: int, y: int) -> None:
        """Move a window, and wait until it is there."""
        self._do("xdotool", "windowmove", "--sync", window, str(x), str(y))

    def tap(self, window: str, place: list[int]) -> None:
        """Tap the middle of a rectangle [x, y, width, height] of a window."""
        x, y, width, height = place
        middle = (str(x + width // 2), str(y + height // 2))
        self._do("xdotool", "mousemove", "--window", window, *middle, "click", "1")

    def key(self, window: str, key: str) -> None:
        """Press a key while a window has the focus."""
        self._do("xdotool", "windowactivate", "--sync", window, "key", key)

    def picture(self, path: Path) -> None:
        """Save what the whole screen shows."""
        self._do("import", "-window", "root", str(path))

    def close(self) -> None:
        """End the window manager and the screen."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(10)

    def _do(self, *command: str) -> str:
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=20, check=True).stdout
