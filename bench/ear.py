"""A network printer for measurements: it answers, and notes when each ticket came."""

import socket
import threading
import time
from pathlib import Path

from bench.hall import generated_hall, toml
from printer.raster import HEADS
from printer.virtual.engine import AT_ONCE, Engine, Faults

PRINTER = "anjungan-1-printer"


class Ear:
    """A network printer that answers, and notes when the first byte of each ticket came."""

    def __init__(self) -> None:
        self.came: list[float] = []
        self.told = threading.Condition()
        self._engine = Engine(HEADS[80].dots, AT_ONCE)
        self._lock = threading.Lock()
        self._peer: socket.socket | None = None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def wait_for(self, count: int) -> float:
        """Return when the first byte of the `count`th ticket came."""
        with self.told:
            assert self.told.wait_for(lambda: len(self.came) >= count, 20)
            return self.came[count - 1]

    def break_down(self) -> float:
        """Run out of paper, say so as a printer does, and return when."""
        with self._lock:
            self._engine.set(Faults(paper_out=True))
            assert self._peer
            self._peer.sendall(self._engine.take_answers())
        return time.perf_counter()

    def close(self) -> None:
        """Hang up."""
        self._listening.close()

    def _serve(self) -> None:
        peer, _ = self._listening.accept()
        self._peer, inside = peer, False
        with peer:
            while data := peer.recv(65536):
                if not inside and b"\x1dv0" in data:
                    inside = True
                    with self.told:
                        self.came.append(time.perf_counter())
                        self.told.notify_all()
                with self._lock:
                    inside = self._obey(data, peer) and inside

    def _obey(self, data: bytes, peer: socket.socket) -> bool:
        """Take bytes and answer; return whether no paper came out."""
        while data:
            data = data[self._engine.feed(data) :]
        if answers := self._engine.take_answers():
            peer.sendall(answers)
        return not self._engine.take_papers()


def hall_with(port: int, path: Path) -> Path:
    """Write a hall whose printer is at a port of this machine."""
    content = generated_hall(1, 1, 1)
    content["printers"] = [
        {"id": PRINTER, "kiosk": "anjungan-1", "transport": "tcp", "address": f"127.0.0.1:{port}"},
    ]
    path.write_text("".join(f"{key} = {toml(value)}\n" for key, value in content.items()), encoding="utf-8")
    return path
