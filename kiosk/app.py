"""The kiosk as a process."""

from pathlib import Path
from shutil import which

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from config.wording import Words
from hub.client.device import Device
from kiosk.desk import Desk
from kiosk.jack import Jack
from kiosk.stage import Stage
from ui.commands import Commands
from ui.feed import Feed
from ui.run import run as run_window
from ui.speech.aloud import Aloud
from ui.speech.synthesiser import PROGRAM

DEFAULT_SIZE = (540, 960)


def run(
    device: Device,
    kiosk: str,
    *,
    language: str = "id",
    full_screen: bool,
    size: tuple[int, int] | None,
    picture: Path | None,
) -> int:
    """Serve visitors at a kiosk until SIGTERM; return the exit code.

    Prints "kiosk ready", "kiosk screen <name> <places as JSON>", "kiosk tapped <service>", "kiosk issued <number>",
    "kiosk shown <number>", "kiosk hub lost" and "kiosk hub back". SIGUSR1 saves a picture to `picture`.
    """
    return run_window(Opening(device, kiosk, language, full_screen=full_screen, size=size).window, picture=picture)


class Opening:
    """Makes a kiosk's window, and puts all behind it in order when the program ends."""

    def __init__(
        self, device: Device, kiosk: str, language: str, *, full_screen: bool, size: tuple[int, int] | None
    ) -> None:
        self._device, self._kiosk, self._language = device, kiosk, language
        self._full_screen, self._size = full_screen, size or DEFAULT_SIZE

    def window(self) -> QWidget:
        """Return the window, at work."""
        stage = Stage(self._kiosk, hub=self._device.hub, locked=self._full_screen)
        stage.setWindowTitle(Words(self._language).say("kiosk.window", kiosk=self._kiosk))
        self._feed, self._commands = Feed(self._device, stage), Commands(self._device.client(), stage)
        self._aloud, self._jack = Aloud(stage), Jack(stage)
        self._desk = Desk(
            stage,
            self._feed,
            self._commands,
            self._kiosk,
            language=self._language,
            aloud=self._aloud if which(PROGRAM) else None,
        )
        self._jack.plugged.connect(lambda is_in: self._desk.tap("aloud:on" if is_in else "aloud:off"))
        stage.settled.connect(self._jack.listen, Qt.ConnectionType.SingleShotConnection)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.end)
        self._desk.leaving.connect(application.exit)
        if self._full_screen:
            stage.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            stage.setCursor(Qt.CursorShape.BlankCursor)
            stage.showFullScreen()
        else:
            stage.resize(*self._size)
            stage.show()
        self._desk.start()
        self._feed.start()
        return stage

    def end(self) -> None:
        """Stop all that works behind the window."""
        self._desk.end()
        self._jack.end()
        self._aloud.end()
        self._feed.stop()
        self._commands.end()
