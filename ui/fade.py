"""A short fade from what a window showed to what it shows now."""

from PySide6.QtCore import QEasingCurve, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

FADE_MS = 180


class Fade(QWidget):
    """Lies over a window with its last picture and lets it vanish; touches pass through to what is below."""

    finished = Signal()

    def __init__(self, window: QWidget, *, duration_ms: int = FADE_MS) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._picture, self._strength = QPixmap(), 0.0
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(duration_ms)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._step)
        self._animation.finished.connect(self._end)
        self.hide()

    def take(self) -> None:
        """Keep what the window shows, to fade away from it; call it before the window changes."""
        self._animation.stop()
        self.hide()
        self._picture = self._window.grab()

    def start(self) -> None:
        """Let the kept picture vanish."""
        self.setGeometry(self._window.rect())
        self._strength = 1.0
        self.raise_()
        self.show()
        self._animation.start()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what is left of the kept picture."""
        painter = QPainter(self)
        painter.setOpacity(self._strength)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _step(self, strength: float) -> None:
        self._strength = strength
        self.update()

    def _end(self) -> None:
        self.hide()
        self._picture = QPixmap()
        self.finished.emit()
