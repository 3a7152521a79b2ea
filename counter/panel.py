"""The panel process: the clerk's window of one counter."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from counter.window import PanelWindow
from hub.client.device import Device
from ui.commands import Commands
from ui.feed import Feed
from ui.run import run as run_window

SIZE = (420, 640)


def run(
    device: Device,
    counter: int,
    *,
    clerk: str,
    full_screen: bool = False,
    on_top: bool = False,
    size: tuple[int, int] | None = None,
    picture: Path | None = None,
) -> int:
    """Show the panel of a counter until the process is asked to end; return its exit code.

    With `on_top` it stays above the clerk's other programs.
    """

    def make_window() -> QWidget:
        feed, commands = Feed(device), Commands(device.client())
        window = PanelWindow(feed, commands, counter, clerk)
        for part in (feed, commands):
            part.setParent(window)
        window.setWindowTitle(f"antrean counter {counter}")
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(feed.stop)
        application.aboutToQuit.connect(commands.end)
        window.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on_top)
        window.resize(*(size or SIZE))
        if full_screen:
            window.showFullScreen()
        else:
            window.show()
        feed.start()
        return window

    return run_window(make_window, picture=picture)
