"""The window of a virtual printer: papers slide out of its slot, and three keys break and mend it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEasingCurve, QVariantAnimation, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from config.wording import Words
from hub.client.views import PrinterStatus
from printer.crew import Crew, PaperHook, StatusHook
from printer.virtual.device import VirtualPrinter
from printer.virtual.page import Paper
from printer.virtual.scene import HEIGHT, KEPT, WIDTH, Scene, paint_scene, sheet_of
from ui.keys import Key
from ui.look import Look, colour, smooth_painter
from ui.run import run as run_window

MS_A_ROW = 0.8
"""A row of dots leaves the slot in this time: 150 mm a second."""
KEYS = (("paper_out", "printer-off"), ("cover_open", "alert-triangle"), ("silent", "plug-connected-x"))
KEY_BOX = (32, 924, 254, 56)
KEY_STEP = 271


class PrinterWindow(QWidget):
    """Shows what a virtual printer prints. Its signals may be emitted from any thread."""

    paper_came = Signal(object, str)
    status_came = Signal(str)
    failed = Signal()

    def __init__(self, name: str, printer: VirtualPrinter | None = None) -> None:
        super().__init__()
        self.scene = Scene(name)
        self.printer = printer
        self._look = Look()
        self.keys = {fault: self._key(fault, icon) for fault, icon in KEYS}
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.Linear)
        self._slide.valueChanged.connect(self._slid)
        self.paper_came.connect(self.show_paper)
        self.status_came.connect(self.show_status)
        self._say()

    def show_paper(self, paper: Paper, number: str) -> None:
        """Let a paper slide out; the ones before move aside."""
        sheets = (sheet_of(paper, number), *self.scene.sheets)[:KEPT]
        self.scene = replace(self.scene, sheets=sheets, out=0.0)
        self._slide.stop()
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setDuration(round(paper.picture.height * MS_A_ROW))
        self._slide.start()
        self._say()

    def show_status(self, status: PrinterStatus) -> None:
        """Show how the printer is."""
        self.scene = replace(self.scene, status=status)
        self._say()
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Scale everything to the window, in its middle."""
        self._look = Look(scale=min(self.width() / WIDTH, self.height() / HEIGHT))
        left, (x, y, width, height) = self._left(), KEY_BOX
        for place, key in enumerate(self.keys.values()):
            key.set_look(self._look)
            key.setGeometry(self._look.rect(x + place * KEY_STEP, y, width, height).toRect().translated(left, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the scene."""
        painter = smooth_painter(self)
        painter.fillRect(self.rect(), colour(self._look.theme.ground))
        painter.translate(self._left(), 0)
        paint_scene(painter, self._look, self.scene)
        painter.end()

    def _left(self) -> int:
        return round((self.width() - self._look.px(WIDTH)) / 2)

    def _key(self, fault: str, icon: str) -> Key:
        key = Key(self._look, self, size=18, icon=icon, lines=1, name=fault)
        key.set_texts(Words().say(f"printer.{fault}"))
        key.setCheckable(True)
        key.toggled.connect(self._break_or_mend)
        return key

    def _break_or_mend(self) -> None:
        broken = {fault: key.isChecked() for fault, key in self.keys.items()}
        for key in self.keys.values():
            key.set_kind("call" if key.isChecked() else "plain")
        if self.printer is not None:
            self.printer.set(replace(self.printer.faults, **broken))

    def _slid(self, out: float) -> None:
        self.scene = replace(self.scene, out=out)
        self.update()

    def _say(self) -> None:
        """Let screen readers and tests know what the eye sees."""
        newest = self.scene.sheets[0].number if self.scene.sheets else ""
        self.setAccessibleName(f"{Words().say('printer.title')} {self.scene.name} {newest}".strip())
        self.setAccessibleDescription(Words().say(f"printer.status_{self.scene.status}"))


def show(name: str, make_crew: Callable[[PaperHook, StatusHook], Crew], picture: Path | None) -> int:
    """Show the virtual printer of a crew until the process is asked to end; return the exit code."""

    def make_window() -> QWidget:
        window = PrinterWindow(name)
        crew = make_crew(window.paper_came.emit, window.status_came.emit)
        crew.on_failure = window.failed.emit
        window.printer = crew.virtual
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(crew.end)
        window.failed.connect(application.quit)
        window.setWindowTitle(f"antrean printer {name}")
        window.resize(WIDTH * 3 // 4, HEIGHT * 3 // 4)
        crew.start()
        return window

    return run_window(make_window, picture=picture)
