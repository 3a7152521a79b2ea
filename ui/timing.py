"""Timers that belong to an object and do one thing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def timer(parent: QObject, interval_ms: int, deed: Callable[[], None], *, single: bool = True) -> QTimer:
    """Return a timer, not yet started."""
    made = QTimer(parent)
    made.setSingleShot(single)
    made.setInterval(interval_ms)
    made.timeout.connect(deed)
    return made
