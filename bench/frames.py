"""The frames of a kiosk's screen while the agent of its printer meets a peer that is not well."""

import contextlib
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from bench.ear import PRINTER, Ear, hall_with
from bench.hub import TEN_ON_MONDAY_MS
from cli.processes import Process, start_hub
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client
from kiosk.app import Opening
from printer.raster import HEADS
from printer.virtual.engine import Engine, Mechanics
from ui.fonts import load_fonts

WATCHED_MS, FRAME_MS = 5000, 16
TAP_EVERY_S = 0.5
SETTLED_MS = 1000
"""The first second belongs to the window's own start."""


class Frames(QObject):
    """Notes when a window is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[float] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note a paint and let it happen."""
        if event.type() == QEvent.Type.Paint:
            self.painted.append(time.perf_counter())
        return False


def longest_gap_ms(peer: str) -> float:
    """Watch a real kiosk's window for some seconds, with taps elsewhere that keep the agent busy."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if QApplication.instance() is None:
        kept.append(QApplication([]))
    load_fonts()
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-bench-")))
        port = cleaning.enter_context(PEERS[peer]())
        hub, _ = start_hub(hall_with(port, folder / "hall.toml"), folder / "data", "--simulated")
        cleaning.callback(hub.end)
        head = head_client(folder / "data")
        head.set_clock(TEN_ON_MONDAY_MS)
        paired(head, "printer", PRINTER).save(folder / "device.json")
        options = ["printer", "run", PRINTER, "--device", str(folder / "device.json")]
        cleaning.callback(Process("printer", options, folder / "printer.log").end)
        cleaning.enter_context(tapping(head))
        return watched(paired(head, "kiosk", "anjungan-1"))


kept: list[QApplication] = []
"""The application, which must live as long as the program."""


def paired(head: HubClient, role: str, name: str) -> Device:
    """Pair a device."""
    return Device(head.url, name, role, head.pair(head.pairing_code(role, name)["code"])["token"])


def watched(device: Device) -> float:
    """Repaint a kiosk's window all the time, and return the longest time between two frames in ms."""
    opening = Opening(device, device.device, "id", full_screen=False, size=(540, 960))
    window, frames, loop = opening.window(), Frames(), QEventLoop()
    window.installEventFilter(frames)
    again = QTimer(window)
    again.timeout.connect(window.update)
    again.start(FRAME_MS)
    QTimer.singleShot(WATCHED_MS, loop.quit)
    loop.exec()
    opening.end()
    window.close()
    window.deleteLater()
    settled = [at for at in frames.painted if at - frames.painted[0] > SETTLED_MS / 1000]
    gaps = [after - before for before, after in pairwise(settled)]
    return round(max(gaps) * 1000, 1)


@contextlib.contextmanager
def tapping(head: HubClient) -> Iterator[None]:
    """Take a number twice a second."""
    over = threading.Event()

    def tap() -> None:
        while not over.wait(TAP_EVERY_S):
            head.issue("layanan-0-0", kiosk="anjungan-1")

    thread = threading.Thread(target=tap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def well() -> Iterator[int]:
    """Be a printer that works."""
    ear = Ear()
    yield ear.port
    ear.close()


@contextlib.contextmanager
def refusing() -> Iterator[int]:
    """Be a port at which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        yield int(found.getsockname()[1])


@contextlib.contextmanager
def peer(meet: Callable[[socket.socket], None]) -> Iterator[int]:
    """Be a peer that treats each connection so."""
    listening, met = socket.create_server(("127.0.0.1", 0)), []

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                met.append(connection)
                meet(connection)

    threading.Thread(target=serve, daemon=True).start()
    yield int(listening.getsockname()[1])
    listening.close()
    for connection in met:
        connection.close()


def stall(connection: socket.socket) -> None:
    """Answer until the first drawing comes, and read no more then."""
    engine = Engine(HEADS[80].dots, Mechanics(buffer_bytes=None))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

    def answer() -> None:
        with contextlib.suppress(OSError):
            while (data := connection.recv(1024)) and b"\x1dv0" not in data:
                engine.feed(data)
                connection.sendall(engine.take_answers())

    threading.Thread(target=answer, daemon=True).start()


def read_all(connection: socket.socket) -> None:
    """Take everything and say nothing."""

    def read() -> None:
        with contextlib.suppress(OSError):
            while connection.recv(65536):
                pass

    threading.Thread(target=read, daemon=True).start()


PEERS: dict[str, Callable[[], AbstractContextManager[int]]] = {
    "well": well,
    "refusing": refusing,
    "silent": lambda: peer(read_all),
    "stalled": lambda: peer(stall),
    "vanishing": lambda: peer(lambda connection: connection.close()),
}
