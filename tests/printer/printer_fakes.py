"""Fakes for tests of the printer: a clock, a hub's port, a printer that answers as told."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from config.hall import Hall
from config.load import HALLS, load
from hub.client.views import JobState, JobView, TicketContent
from printer.picture import Raster
from printer.sample import sample_content
from printer.transport import TimedOut, Unplugged
from printer.virtual.engine import Engine, Faults
from printer.virtual.page import Paper

ISSUED = datetime(2026, 11, 30, 8, 14, 5, tzinfo=ZoneInfo("Asia/Jakarta"))
PAGE = "https://antre.muaraenimkab.go.id/t/k7mx4pvaqz"


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Assert that what stands inside ends in time."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@contextmanager
def leaves_nothing() -> Iterator[None]:
    """Assert that what stands inside leaves no thread and no open file behind."""
    threads, files = set(threading.enumerate()), open_files()
    yield
    assert set(threading.enumerate()) <= threads
    assert open_files() <= files


def open_files() -> set[tuple[str, str]]:
    """Return the numbers of this process's open files, and what they are; not the one that lists them."""
    listed = Path("/proc/self/fd").iterdir()
    return {(each.name, str(each.readlink())) for each in listed if each.is_symlink()}


@cache
def hall(name: str) -> Hall:
    """Return an example hall."""
    return load(HALLS / f"{name}.toml")


def content_of(of: Hall, service: str = "dukcapil-ktp-cetak", number: str = "A043", **changes: Any) -> TicketContent:
    """Return a ticket's content, changed where a test says so."""
    content = sample_content(of, service, number, issued=ISSUED, language=changes.get("language", "id"))
    return {**content, **changes}  # type: ignore[typeddict-item]


def job_of(content: TicketContent, *, copy: int = 0, state: JobState = "queued", printer: str = "p1") -> JobView:
    """Return a print job of a ticket."""
    number = content["number"]
    return {
        "job": f"{number}-{copy}", "number": number, "copy": copy, "printer": printer, "state": state,
        "attempt": 0, "queued_ms": content["issued_ms"], "content": content,
    }  # fmt: skip


def black(width: int = 384, height: int = 80) -> Raster:
    """Return a small picture with some ink."""
    row = b"\xff" + bytes(width // 8 - 1)
    return Raster(width, height, row * height)


@dataclass
class FakeTime:
    """Seconds that pass only while somebody waits for a printer."""

    now: float = 0.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


@dataclass
class FakePort:
    """A hub that answers as told, and remembers all it heard; `heard_before` counts bytes sent at each report."""

    answer: Literal["yes", "no", "away"] = "yes"
    told: list[tuple[str, str, str | None, str]] = field(default_factory=list)
    printer: "FakePrinter | None" = None
    bytes_at_begin: int = -1

    def begin(self, job: JobView) -> Literal["yes", "no", "away"]:
        """Hear that a job begins."""
        if self.printer is not None:
            self.bytes_at_begin = self.printer.picture_bytes
        if self.answer == "yes":
            self.told.append((job["job"], "sending", None, ""))
        return self.answer

    def tell(self, job: str, state: JobState, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Hear of a later state."""
        self.told.append((job, state, proof, reason))

    @property
    def states(self) -> list[str]:
        """The states heard, in order."""
        return [state for _, state, _, _ in self.told]


class FakePrinter:
    """A transport with a virtual printer at its end; reading moves the fake time on instead of waiting.

    `plan` is what happens before each read: each deed is called once, in order.
    """

    answers = True

    def __init__(self, time: FakeTime, width: int = 384, faults: Faults | None = None) -> None:
        self.engine = Engine(width)
        self.engine.set(faults or Faults())
        self.papers: list[Paper] = []
        self.picture_bytes = 0
        self.plan: deque[Any] = deque()
        self.unplug_at: int | None = None
        self._time = time

    def write(self, data: bytes, deadline_s: float) -> None:
        """Feed the virtual printer, at most until the cable is pulled or its buffer is full."""
        self.picture_bytes += len(data) if len(data) > 50 else 0
        if self.unplug_at is not None and self.picture_bytes >= self.unplug_at:
            self.engine.feed(data[: self.unplug_at])
            raise Unplugged(address="fake", why="")
        taken = self.engine.feed(data)
        self.papers += self.engine.take_papers()
        if taken < len(data):
            self._time.now += deadline_s
            raise TimedOut(address="fake")

    def read(self, deadline_s: float) -> bytes:
        """Return the answers, or let the deadline pass."""
        if self.plan and deadline_s > 0:
            self.plan.popleft()()
            self.papers += self.engine.take_papers()
        said = self.engine.take_answers()
        self._time.now += 0 if said else deadline_s
        return said

    def close(self) -> None:
        """Close nothing."""
