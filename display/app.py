"""The display process: one window for each of its screens of the hall, all of one feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from display.voice.spoken import SpokenCalls
from display.window import DisplayWindow
from hub.client.device import Device
from ui.feed import Feed
from ui.run import run as run_window

SIZE = (1920, 1080)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a display shows its screens: over whole screens, else in windows of a size.

    `media` is a folder of pictures and videos, `packs` the folder of the voice packs; without it nothing is spoken.
    """

    full_screen: bool = False
    size: tuple[int, int] | None = None
    media: Path | None = None
    packs: Path | None = None


def run(device: Device, screens: Sequence[str], setting: Setting, *, picture: Path | None = None) -> int:
    """Show screens of the hall until the process is asked to end; return its exit code. Pictures are of the first."""

    def make_windows() -> QWidget:
        feed = Feed(device)
        first, *others = (made(feed, screen, setting) for screen in screens)
        feed.setParent(first)
        for window in others:
            window.setParent(first, Qt.WindowType.Window)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(feed.stop)
        for at, window in enumerate((first, *others)):
            app.aboutToQuit.connect(window.gallery.end)
            show(window, at, setting)
        if setting.packs is not None:
            app.aboutToQuit.connect(SpokenCalls(feed, screens, setting.packs, parent=first).end)
        feed.start()
        return first

    return run_window(make_windows, picture=picture)


def made(feed: Feed, screen: str, setting: Setting) -> DisplayWindow:
    """Return the window of a screen, not yet shown."""
    window = DisplayWindow(feed, screen, media=setting.media)
    window.setWindowTitle(f"antrean display {screen}")
    return window


def show(window: QWidget, at: int, setting: Setting) -> None:
    """Show a window: without a pointer over the machine's screen of its place, or at a size."""
    if not setting.full_screen:
        window.resize(*(setting.size or SIZE))
        window.show()
        return
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setCursor(Qt.CursorShape.BlankCursor)
    window.setGeometry(place_of(at, [screen.geometry() for screen in QGuiApplication.screens()]))
    window.showFullScreen()


def place_of(at: int, screens: Sequence[QRect]) -> QRect:
    """Return where the window of a place stands: on the machine's screens in order, from left to right."""
    ordered = sorted(screens, key=lambda screen: (screen.left(), screen.top()))
    return ordered[at % len(ordered)]
