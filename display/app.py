"""The display process: one window for one screen of the hall."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from display.announcement import Announcer
from display.window import DisplayWindow
from hub.client.device import Device
from ui.feed import Feed
from ui.run import run as run_window

SIZE = (1920, 1080)


def run(
    device: Device,
    screen: str,
    *,
    full_screen: bool,
    size: tuple[int, int] | None,
    picture: Path | None,
    announcer: Announcer | None = None,
) -> int:
    """Show a screen of the hall until the process is asked to end; return its exit code."""

    def make_window() -> QWidget:
        feed = Feed(device)
        window = DisplayWindow(feed, screen, announcer=announcer)
        feed.setParent(window)
        window.setWindowTitle(f"antrean display {screen}")
        QCoreApplication.instance().aboutToQuit.connect(feed.stop)  # type: ignore[union-attr]
        show(window, full_screen=full_screen, size=size)
        feed.start()
        return window

    return run_window(make_window, picture=picture)


def show(window: QWidget, *, full_screen: bool, size: tuple[int, int] | None) -> None:
    """Show a screen's window without a pointer: over the whole screen, or at a size."""
    if full_screen:
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setCursor(Qt.CursorShape.BlankCursor)
        window.setGeometry(window.screen().geometry())  # where no window manager makes it full
        window.showFullScreen()
        return
    window.resize(*(size or SIZE))
    window.show()
