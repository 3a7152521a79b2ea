"""The pictures and videos of a folder beside the calls; a file that cannot be shown is passed over and logged once."""

from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter
from PySide6.QtWidgets import QWidget

from display.playlist import PICTURE_S, Playlist, following, is_picture, playable, without
from ui.look import Look, colour
from ui.parts import Part
from ui.timing import timer

if TYPE_CHECKING:
    from display.video import Video

log = structlog.get_logger("display")
LARGEST = QSize(3840, 2160)


class Gallery(Part):
    """Shows the files of a folder in turn, each whole. It never stops a screen: without any it is simply `empty`."""

    loaded = Signal(object, object)

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, folder: Path | None = None, picture_s: float = PICTURE_S
    ) -> None:
        super().__init__(look, parent, name="media")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.image = QImage()
        self.playlist = Playlist()
        self._folder, self._awake = folder, False
        self.video: Video | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._turn = timer(self, round(picture_s * 1000), self.advance)
        self.loaded.connect(self._take)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.image.isNull()

    def set_awake(self, *, awake: bool) -> None:
        """Play, or rest while nobody looks."""
        if awake == self._awake or self._folder is None:
            return
        self._awake = awake
        if awake:
            self.advance()
        else:
            self.rest()

    def rest(self) -> None:
        """Show nothing; a picture that is still being read is dropped when it comes."""
        self._turn.stop()
        self._end_video()
        self._show(QImage())

    def end(self) -> None:
        """Show nothing any more and hold no file."""
        self.rest()
        self._pool.waitForDone()

    def advance(self) -> None:
        """Go on to the next file of what the folder holds now; an empty one is looked into again later."""
        self.playlist = following(self.playlist, listed(self._folder))
        path = self.playlist.at
        if path is None or is_picture(path):
            self._turn.start()
            self._end_video()
        if path is None:
            self._show(QImage())
        elif is_picture(path):
            self._load(path)
        else:
            self._play(path)

    def draw(self, painter: QPainter) -> None:
        """Paint the picture whole, as large as the place allows."""
        painter.fillRect(self.rect(), colour(self.look.theme.ground))
        if not self.image.isNull():
            painter.drawImage(whole(self.image.size(), self.box()), self.image)

    def _load(self, path: Path) -> None:
        """Read a picture on a thread of its own: the screen never waits for a disk."""
        ratio = self.devicePixelRatioF()
        room = (self.size() * ratio).boundedTo(LARGEST)
        self._pool.start(lambda: self.loaded.emit(path, read(path, room)))

    def _take(self, path: Path, image: QImage) -> None:
        if not self._awake or path != self.playlist.at:
            return
        if image.isNull():
            self._skip()
        else:
            self._show(image)

    def _play(self, path: Path) -> None:
        self.video = self.video or self._player()
        if self.video is None:
            self._skip()
        else:
            self.video.play(path)

    def _player(self) -> "Video | None":
        """Return a player, None where the machine lacks a library that it needs."""
        try:
            from display.video import Video  # noqa: PLC0415 - loads only where there is a video
        except ImportError as error:
            log.warning("videos cannot be played", why=str(error))
            return None
        video = Video(self)
        video.shown.connect(self._frame)
        video.over.connect(self.advance, Qt.ConnectionType.QueuedConnection)
        video.failed.connect(self._skip, Qt.ConnectionType.QueuedConnection)
        return video

    def _end_video(self) -> None:
        if self.video:
            self.video.end()

    def _frame(self, image: QImage) -> None:
        if self._awake and self.playlist.at and not is_picture(self.playlist.at):
            self._show(image)

    def _skip(self) -> None:
        path = self.playlist.at
        if path is None:
            return
        log.warning("a file cannot be shown and is passed over", file=str(path))
        self.playlist = without(self.playlist, path)
        self.advance()

    def _show(self, image: QImage) -> None:
        self.image = image
        self.set_text(self.playlist.at.stem if self.playlist.at else "")
        self.update()


def listed(folder: Path | None) -> tuple[Path, ...]:
    """Return what a folder holds to show; nothing where it cannot be read."""
    try:
        return playable(folder.iterdir()) if folder else ()
    except OSError:
        return ()


def read(path: Path, room: QSize) -> QImage:
    """Return a picture no larger than a room, upright as its camera was held; a null one where it is broken."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.boundedTo(room) != size:
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def whole(size: QSize, box: QRectF) -> QRectF:
    """Return where a picture of a size stands in a box: whole, as large as it can be, in the middle."""
    scale = min(box.width() / size.width(), box.height() / size.height())
    corner = QPointF(box.center().x() - size.width() * scale / 2, box.center().y() - size.height() * scale / 2)
    return QRectF(corner.x(), corner.y(), size.width() * scale, size.height() * scale)
