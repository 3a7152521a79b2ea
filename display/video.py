"""Plays a video without sound: its pictures come as a signal, so that whoever shows them paints them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame


class Video(QObject):
    """One player: `shown(QImage)` for each picture, `over()` at the end, `failed()` where a file cannot be played."""

    shown = Signal(object)
    over = Signal()
    failed = Signal()

    def __init__(self, parent: QObject) -> None:
        # Only a screen that plays a video loads the sound and video system of its machine.
        from PySide6.QtMultimedia import QMediaPlayer, QVideoSink  # noqa: PLC0415

        super().__init__(parent)
        self._status = QMediaPlayer.MediaStatus
        self._sink = QVideoSink(self)
        self._sink.videoFrameChanged.connect(self._frame)
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(self._sink)
        self._player.mediaStatusChanged.connect(self._changed)

    def play(self, path: Path) -> None:
        """Play a file from its beginning."""
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.play()

    def end(self) -> None:
        """Let go of the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    def _frame(self, frame: "QVideoFrame") -> None:
        if frame.isValid():
            self.shown.emit(frame.toImage())

    def _changed(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status == self._status.EndOfMedia:
            self.over.emit()
        elif status == self._status.InvalidMedia:
            self.failed.emit()
