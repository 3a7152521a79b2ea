"""How smoothly the screens move, what that costs, how soon they are there, and whether a day makes them grow."""

import itertools
import json
import os
import resource
import tempfile
import time
from contextlib import ExitStack, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bench.figures import Figure, percentile
from bench.frames import SETTLED_MS, Frames, kept, paired
from bench.hall import generated_hall
from bench.hub import TEN_ON_MONDAY_MS, painted, running
from cli.processes import Process
from display.window import DisplayWindow
from hub.client.device import Device
from hub.client.http import HubClient
from ui.feed import Feed
from ui.fonts import load_fonts

SIZE = (1920, 1080)
WATCHED_MS, CALL_EVERY_MS = 20_000, 700
STARTS = 5
DAY_S, STEP_S, CALL_EVERY_S = 86_400, 10, 40
CALLS_IN_THE_HALL = 24


class Hub:
    """A hub in the same process: it tells a window of calls, and costs the measurement nothing else."""

    def __init__(self) -> None:
        self.feed = Feed(Device("http://127.0.0.1:9", "layar-1", "display", "token"))
        self.content, self.now_ms = generated_hall(), TEN_ON_MONDAY_MS
        self._seqs = itertools.count(1)
        self.seq = 0

    def snapshot(self) -> None:
        """Tell all there is: a hall with nobody in it."""
        parts = ("tickets", "counters", "services", "printers", "jobs", "calls")
        told: dict[str, Any] = {"type": "snapshot", "version": 1, "seq": self.seq, "simulated": True}
        self._tell({**told, "now": self.now_ms, "hall": self.content, **{part: [] for part in parts}})

    def call(self) -> None:
        """Call the next number to the next counter."""
        after, self.seq = self.seq, next(self._seqs)
        counter, number = self.seq % 6 + 1, f"A{self.seq:03d}"
        call = {"seq": self.seq, "number": number, "service": "layanan-0-0", "ticket_class": "normal"}
        call |= {"counter": counter, "zone": "z1", "attempt": 1, "called_ms": self.now_ms}
        tickets = [ticket(number, "called", self.now_ms)]
        if self.seq > CALLS_IN_THE_HALL:
            tickets.append(ticket(f"A{self.seq - CALLS_IN_THE_HALL:03d}", "served", self.now_ms))
        at = {"counter": counter, "state": "open", "ticket": number, "reason": None, "until_ms": None}
        event = {"kind": "ticket.called", "body": {"number": number, "attempt": 1, "reason": {"rule": "points"}}}
        told = {"type": "change", "after": after, "seq": self.seq, "now": self.now_ms, "events": [event]}
        self._tell({**told, "tickets": tickets, "counters": [at], "calls": [call]})

    def clock(self, seconds: float) -> None:
        """Let time pass and tell it."""
        self.now_ms += round(seconds * 1000)
        self._tell({"type": "clock", "now": self.now_ms})

    def _tell(self, message: dict[str, Any]) -> None:
        self.feed._hear(json.dumps(message))


def ticket(number: str, state: str, now_ms: int) -> dict[str, Any]:
    """Return a ticket's view."""
    times = {"issued_ms": now_ms - 600_000, "called_ms": now_ms, "promise_ms": now_ms}
    return {"number": number, "state": state, "trial": False, **times}


def measure() -> list[Figure]:
    """Measure a display in this process, then kiosk and display as processes of their own beside a hub."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if QApplication.instance() is None:
        kept.append(QApplication([]))
    load_fonts()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        figures = [*motion(), *day()]
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-bench-")))
        head = cleaning.enter_context(running(folder))
        figures += starts(head, folder)
        figures += painted(head, folder)
    return figures


def motion() -> list[Figure]:
    """Return frames a second, the longest gap between two and the CPU of a display that calls all the time."""
    hub, loop, frames = Hub(), QEventLoop(), Frames()
    window = DisplayWindow(hub.feed, "layar-1")
    window.resize(*SIZE)
    window.show()
    hub.snapshot()
    window.marquee.installEventFilter(frames)
    calls = QTimer(window)
    calls.timeout.connect(hub.call)
    calls.start(CALL_EVERY_MS)
    QTimer.singleShot(WATCHED_MS, loop.quit)
    began, busy = time.perf_counter(), os.times()
    loop.exec()
    elapsed, now = time.perf_counter() - began, os.times()
    closed(window)
    settled = [at for at in frames.painted if at - frames.painted[0] > SETTLED_MS / 1000]
    gaps = [after - before for before, after in pairwise(settled)]
    cpu = (now.user - busy.user + now.system - busy.system) / elapsed
    beside = f"{WATCHED_MS // 1000} s, a call every {CALL_EVERY_MS / 1000:g} s, 1920x1080"
    return [
        Figure("display, frames", round(len(gaps) / sum(gaps), 1), "/s", beside, ">= 58"),
        Figure("display, longest gap", round(max(gaps) * 1000, 1), "ms", "", "<= 50"),
        Figure("display, CPU", round(cpu * 100, 1), "% of a core", "without video", "< 20"),
    ]


def day() -> list[Figure]:
    """Return by how much a display's memory grows in its second day of 24 simulated hours."""
    hub, passed = Hub(), Passed()
    window = DisplayWindow(hub.feed, "layar-1", clock=passed)
    window.resize(*SIZE)
    window.show()
    play(window, hub, passed)
    first = resident_mb()
    play(window, hub, passed)
    grown = resident_mb() - first
    closed(window)
    beside = f"{first:.0f} MB after the first day, {hub.seq} calls in two"
    return [Figure("display, memory grown in 24 simulated hours", round(grown, 1), "MB", beside, "about 0")]


class Passed:
    """A clock in seconds that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> float:
        """Return the time."""
        return self.seconds


def play(window: DisplayWindow, hub: Hub, passed: Passed) -> None:
    """Play a day of calls, painting every ten simulated seconds; it begins with a snapshot, as each day does."""
    hub.snapshot()
    for _ in range(DAY_S // STEP_S):
        passed.seconds += STEP_S
        hub.clock(STEP_S)
        if passed.seconds % CALL_EVERY_S == 0:
            hub.call()
        window.run_frame()
        QApplication.processEvents()


def resident_mb() -> float:
    """Return how much memory the process has in use."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def closed(window: DisplayWindow) -> None:
    """Let a window go."""
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def starts(head: HubClient, folder: Path) -> list[Figure]:
    """Return how long kiosk and display take from the start of the process until their first frame, each a median."""
    head.sign_in(1, "P1")
    head.open_counter(1)
    head.issue("layanan-0-0")
    head.call_next(1)
    figures = [
        start("kiosk", head, folder, "anjungan-1", "1080x1920", "kiosk ready"),
        start("display", head, folder, "layar-1", "1920x1080", "display painted"),
    ]
    head.start(1)
    head.finish(1)
    return figures


def start(role: str, head: HubClient, folder: Path, name: str, size: str, line: str) -> Figure:
    """Return the median start of one screen, and the slowest beside it."""
    file, seconds = folder / f"{role}.json", []
    paired(head, role, name).save(file)
    for _ in range(STARTS):
        began = time.perf_counter()
        process = Process(role, [role, name, "--window", size, "--device", str(file)], folder / f"{role}.log")
        try:
            process.wait_for(line)
            seconds.append(time.perf_counter() - began)
        finally:
            process.end()
    median = round(percentile(seconds, 50) * 1000)
    return Figure(
        f"{role}, start to first frame", median, "ms", f"slowest of {STARTS}: {max(seconds) * 1000:.0f}", "<= 1000"
    )
