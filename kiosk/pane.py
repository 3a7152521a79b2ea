"""A part of the kiosk's screen that holds what can be touched."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.keys import Key, Tap
from ui.look import Look


class Pane(QWidget):
    """A room for keys and tiles; `chosen(name)` tells the object name of the one tapped."""

    chosen = Signal(str)

    def taps(self) -> list[Tap]:
        """Return what can be touched, in the order in which it is read."""
        return []

    def fits(self) -> bool:
        """Tell whether what changes by itself still stands in its boxes."""
        return True

    def key(
        self, look: Look, name: str, *, size: int, kind: str = "plain", icon: str = "", stacked: bool = False
    ) -> Key:
        """Return a new key that tells when it is tapped."""
        made = Key(look, self, size=size, kind=kind, icon=icon, stacked=stacked, name=name)
        made.clicked.connect(self.tapped)
        return made

    def tapped(self) -> None:
        """Tell what was tapped."""
        self.chosen.emit(self.sender().objectName())
