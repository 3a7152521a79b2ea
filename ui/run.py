"""The one place that starts and ends a Qt process: fonts, system signals, a picture on demand, an orderly end."""

import signal
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from ui.fonts import forget_fonts, load_fonts
from ui.icons import icon
from ui.lines import tell

ENDING = (signal.SIGTERM, signal.SIGINT)


class SystemSignals(QObject):
    """SIGTERM and SIGINT end the event loop; SIGUSR1 saves a picture of the window.

    `exit`, not `quit`: that one asks the windows first, and a kiosk's window refuses to close.
    Python's own handlers run only between two bytecodes, which an idle event loop never reaches: the wake-up socket
    brings each signal into the loop as a readable byte.
    """

    def __init__(self, window: QWidget, picture: Path | None) -> None:
        super().__init__()
        self._window, self._picture = window, picture
        self._near, self._far = socket.socketpair()
        self._near.settimeout(0)
        self._far.settimeout(0)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._came)
        signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        for number in (*ENDING, signal.SIGUSR1):
            signal.signal(number, handled_in_the_loop)

    def end(self) -> None:
        """Give the signals back to the system."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in (*ENDING, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        self._near.close()
        self._far.close()

    def _came(self) -> None:
        for number in self._near.recv(64):
            if number == signal.SIGUSR1:
                self._save_picture()
            elif number in ENDING:
                QCoreApplication.exit(0)

    def _save_picture(self) -> None:
        if self._picture is not None and save_picture(self._window, self._picture):
            tell(f"picture {self._picture}")


def handled_in_the_loop(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: the wake-up socket has already told the event loop."""


def save_picture(window: QWidget, path: Path) -> bool:
    """Save what a window shows as PNG, whole or not at all; tell whether it was saved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    if not window.grab().save(str(fresh), "PNG"):
        return False
    fresh.replace(path)
    return True


def run(make_window: Callable[[], QWidget], *, picture: Path | None = None) -> int:
    """Show the window that `make_window` makes until SIGTERM, SIGINT or its own end; return the exit code.

    The window may connect `QCoreApplication.aboutToQuit` for what it must put in order. It is deleted before the
    application, and the loop spun once: left to the interpreter, Qt objects die in any order and some exits crash.
    """
    app = QApplication.instance() or QApplication([])
    load_fonts()
    window = make_window()
    signals = SystemSignals(window, picture)
    if not window.isVisible():
        window.show()
    code = app.exec()
    signals.end()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    app.processEvents()
    forget_fonts()
    icon.cache_clear()
    return code
