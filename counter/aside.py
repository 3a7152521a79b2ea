"""The deeds beside the round of calling: leads a clerk through their steps and tells when one is whole."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter.choices import choices, title
from counter.course import Course, Name, Scene, back, pick, seek, type_sign
from counter.drawer import Drawer
from ui.look import Look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Aside(QObject):
    """Opens and closes the drawer. `scene` tells the hall as it is now; `wanted(course)` carries a whole course.

    While the panel is `busy` the last step stays open: nothing that was written is lost.
    """

    wanted = Signal(object)

    def __init__(
        self, look: Look, window: QWidget, scene: Callable[[], Scene | None], busy: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self.drawer, self.course = Drawer(look, window), Course()
        self._scene, self._busy = scene, busy
        self.drawer.picked.connect(self._picked)
        self.drawer.typed.connect(self._typed)
        self.drawer.entered.connect(self._entered)
        self.drawer.left.connect(self._back)

    @property
    def is_open(self) -> bool:
        """Whether the drawer covers the panel."""
        return not self.drawer.isHidden()

    def open(self, deed: Name | None = None) -> None:
        """Show what there is to do, or begin a certain deed."""
        self.course = Course()
        if deed is None:
            self._go(self.course)
        else:
            self._picked(deed)

    def close(self) -> None:
        """Show the panel again."""
        self.drawer.hide()

    def key(self, event: QKeyEvent) -> None:
        """Take a key of the keyboard: Escape goes back, digits choose or are typed, Enter takes the number."""
        key, text = event.key(), event.text()
        repeats = event.isAutoRepeat() and key != Qt.Key.Key_Backspace
        if repeats or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        if key == Qt.Key.Key_Escape:
            self._back()
        elif not self.drawer.is_pad:
            self._choose_by(key, text)
        elif key in ENTER:
            self._entered()
        elif key == Qt.Key.Key_Backspace:
            self._typed("back")
        elif text.isascii() and text.isalnum():
            self._typed(text)

    def _choose_by(self, key: int, text: str) -> None:
        """Choose by a digit, or search by letters; a remark is written with all signs, and kept by Enter."""
        writes = self.course.step == "remark"
        if writes and key in ENTER and self.course.sought.strip():
            self.drawer.press(0)
        elif writes and text and text.isprintable():
            self._go(seek(self.course, text))
        elif text.isascii() and text.isdigit():
            self.drawer.press(int(text) - 1)
        elif key == Qt.Key.Key_Backspace or text.isalpha() or (text == " " and self.course.sought):
            self._go(seek(self.course, "back" if key == Qt.Key.Key_Backspace else text))

    def _picked(self, value: str) -> None:
        scene = self._scene()
        if scene is not None:
            self._go(pick(self.course, value, scene))

    def _typed(self, sign: str) -> None:
        scene = self._scene()
        if scene is not None:
            self._go(type_sign(self.course, sign, scene))

    def _entered(self) -> None:
        """Take the number that was typed, once it has a digit."""
        if self.course.typed[-1:].isdigit():
            self._picked(self.course.typed)

    def _back(self) -> None:
        before = back(self.course)
        if before is None:
            self.close()
        else:
            self._go(before)

    def _go(self, course: Course) -> None:
        """Show the next step, or tell that all are done."""
        scene = self._scene()
        if course.whole and self._busy():
            return
        self.course = course
        if course.whole:
            self.close()
            self.wanted.emit(course)
        elif scene is not None:
            self._show(course, scene)

    def _show(self, course: Course, scene: Scene) -> None:
        if course.step == "number":
            self.drawer.ask_number(title(course, scene), course.typed, scene.words)
        else:
            self.drawer.choose(title(course, scene), choices(course, scene), scene.words)
        self.drawer.show()
        self.drawer.raise_()
