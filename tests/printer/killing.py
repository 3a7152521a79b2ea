"""The kill law, played: a visitor takes a number, and at one point of its printing something dies.

The hub's real rules, the real agent and the virtual printer play in one fake time. `python -m tests.printer.killing`
prints the table of docs/paper.md.
"""

import contextlib
import io
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, product
from typing import Any, Literal

import structlog

from bench.hall import generated_hall
from config.hall import Hall, Printer
from config.load import Content
from hub.client.http import CommandRefused
from hub.client.mirror import Mirror
from hub.client.views import JobView
from hub.codes import Codes
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from hub.show import in_hall, job_view, snapshot
from kiosk import flow
from printer.job import Payload
from printer.picture import Raster
from printer.port import HubPort
from printer.press import Press
from printer.raster import drawing
from printer.transport import TimedOut, Unplugged
from printer.virtual.device import VirtualPrinter
from printer.virtual.engine import Engine, Faults, Mechanics
from printer.virtual.page import Paper
from printer.virtual.tray import Tray
from printer.worker import Worker
from tests.hub.rules.play import Play

Fault = Literal["agent killed", "power of the printer", "paper", "cover", "cable"]
FAULTS: tuple[Fault, ...] = ("agent killed", "power of the printer", "paper", "cover", "cable")
PRINTER = "anjungan-1-printer"
CHUNK = 256
NO_TICKET = 2048
"""What is shorter is a question, or bytes that free a printer."""
SOON_S, LATE_S = 15.0, 100.0
"""When somebody comes: while the visitor still waits for the paper, or after that."""
PLAYED_S = 150.0
STEP_S = 0.05
CODES = Codes(b"kunci uji")
HANGING = "part + "
"""What stands before a whole paper on the same strip."""


class Killed(BaseException):
    """The agent's process is gone, in the middle of whatever it did."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of printer: how it proves, and how it is built."""

    name: str
    faults: Faults
    mechanics: Mechanics


KINDS = (
    Kind("with process numbers", Faults(), Mechanics(rows_per_s=1200)),
    Kind("clone without them", Faults(clone=True, loses_image=True), Mechanics(rows_per_s=720)),
)


@dataclass(frozen=True, slots=True)
class End:
    """What became of one case: the papers in the visitor's hand, and what the kiosk shows."""

    point: str
    papers: tuple[str, ...]
    screen: Literal["printed", "number"]

    @property
    def whole(self) -> list[str]:
        """The whole papers, in the order in which they came; a part may hang before one."""
        return [paper.removeprefix(HANGING) for paper in self.papers if paper != "part"]

    @property
    def holds(self) -> bool:
        """Whether the law holds.

        There is a whole paper or the number on the screen, no more than one copy, and the second whole paper is marked.
        """
        served = bool(self.whole) or self.screen == "number"
        return served and len(self.whole) <= 2 and all(paper == "SALINAN" for paper in self.whole[1:])


def content() -> Content:
    """Return a hall with one kiosk and a narrow printer."""
    found = generated_hall(1, 1, 1)
    found["printers"] = [
        {"id": PRINTER, "kiosk": "anjungan-1", "transport": "tcp", "address": "127.0.0.1", "width_mm": 58}
    ]
    return found


@cache
def payload(copy: int) -> tuple[Payload, Raster]:
    """Return the bytes of the ticket or of its copy, and what is on the whole paper; both are always the same here."""
    drawing()
    stage = Stage(KINDS[0], "cable", -1)
    job = {**stage.jobs("queued")[0], "copy": copy}
    made = Press(stage.printer, lambda: stage.hall, lambda: stage.issued_ms).make(job)  # type: ignore[arg-type]
    engine = Engine(stage.printer.dots, replace(stage.kind.mechanics, rows_per_s=None, buffer_bytes=None))
    engine.feed(made.data)
    return made, engine.take_papers()[0].picture


class Stage:
    """One case: the fault strikes at point `strike_at`, counted from 0; -1 never.

    The agent is killed as well, at the first report called `then_killed`.
    """

    def __init__(
        self, kind: Kind, fault: Fault, strike_at: int, mended_s: float = SOON_S, *, then_killed: str = ""
    ) -> None:
        self.kind, self.fault, self.strike_at, self.mended_s = kind, fault, strike_at, mended_s
        self.then_killed = then_killed
        self.play = Play(content())
        self.begun_ms = self.play.now_ms
        assert self.play.state.hall
        self.hall: Hall = self.play.state.hall
        self.printer: Printer = self.hall.printer_by_id[PRINTER]
        self.engine = Engine(self.printer.dots, kind.mechanics)
        self.engine.set(kind.faults)
        self.papers: list[Paper] = []
        self.points: list[str] = []
        self.mend_at: float | None = None
        self.is_plugged = self.is_powered = True
        self.turned_s = 0.0
        self.play.do(cmd.ReportPrinter(PRINTER, "ONLINE"))
        self.number = self.play.issue(kiosk="anjungan-1")
        self.issued_ms = self.play.now_ms

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return (self.play.now_ms - self.begun_ms) / 1000

    def __call__(self) -> float:
        """Be the clock of the agent."""
        return self.now

    def jobs(self, *states: str) -> list[JobView]:
        """Return the print jobs in these states."""
        found = [job for job in self.play.state.jobs.values() if job.state in states]
        return [job_view(self.play.state, job, CODES) for job in sorted(found, key=lambda job: job.job)]

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the hub, the printer and whoever mends it."""
        until = self.now + seconds
        while self.now < until - 1e-6:
            step = min(STEP_S, until - self.now)
            self.play.wait(step)
            if self.is_powered:
                self.engine.advance(step)
            self.take_papers()
            if self.mend_at is not None and self.now >= self.mend_at:
                self.mend()
            if self.now - self.turned_s >= 2:
                self.turned_s = self.now
                self.play.do(cmd.TurnDay())

    def take_papers(self) -> None:
        """Let the visitor take what has come out."""
        self.papers += self.engine.take_papers()

    def strike(self, point: str) -> None:
        """Pass a point; at the one of this case something dies."""
        self.points.append(point)
        if point == self.then_killed:
            self.then_killed = ""
            raise Killed
        if len(self.points) - 1 != self.strike_at:
            return
        self.mend_at = self.now + self.mended_s
        if self.fault == "agent killed":
            self.mend_at = None
            raise Killed
        BREAK[self.fault](self)

    def mend(self) -> None:
        """Come with a new roll, close the cover, plug in, switch on."""
        self.mend_at = None
        self.is_plugged = True
        if not self.is_powered:
            self.is_powered = True
        self.engine.set(self.kind.faults)
        self.take_papers()

    def power_off(self) -> None:
        """The printer's memory is gone, and it is silent."""
        self.engine.lose_power()
        self.engine.take_answers()
        self.is_powered = False

    def end(self) -> End:
        """Return what the visitor has, once all is over."""
        self.engine.tear()
        self.take_papers()
        papers = tuple(named for paper in self.papers if (named := name_of(paper)))
        return End(self.point, papers, self.screen())

    @property
    def point(self) -> str:
        """Where it struck."""
        return self.points[self.strike_at] if 0 <= self.strike_at < len(self.points) else ""

    def screen(self) -> Literal["printed", "number"]:
        """Return what the kiosk shows in the end, by its own rules."""
        state, now = self.play.state, self.play.now_ms
        mirror = Mirror()
        message: Any = snapshot(state, now, CODES, in_hall(state))
        mirror.apply({**message, "jobs": [job_view(state, job, CODES) for job in state.jobs.values()]})
        visit = flow.Visit(screen=flow.Screen.TICKET, number=self.number, service="layanan-0-0")
        shown = flow.heard(visit, mirror, "anjungan-1", 0)
        shown = flow.tick(shown, mirror, flow.PAPER_PATIENCE_S)
        return "number" if shown.screen is flow.Screen.PAPER else "printed"


BREAK: dict[Fault, Callable[[Stage], None]] = {
    "power of the printer": Stage.power_off,
    "paper": lambda stage: stage.engine.set(replace(stage.kind.faults, paper_out=True)),
    "cover": lambda stage: stage.engine.set(replace(stage.kind.faults, cover_open=True)),
    "cable": lambda stage: setattr(stage, "is_plugged", False),
}


def name_of(paper: Paper) -> str:
    """Return what a piece of paper is to a visitor: "ticket", "SALINAN", "part", or nothing where it is white."""
    rows = paper.picture.rows.strip(b"\0")
    if not rows:
        return ""
    for copy, name in ((1, "SALINAN"), (0, "ticket")):
        whole = payload(copy)[1].rows.strip(b"\0")
        if whole in rows:
            return name if len(rows) < len(whole) + paper.picture.stride else HANGING + name
    return "part"


class Wire:
    """The cable between agent and printer, in fake time; bytes go in pieces, each of them a point to die at."""

    answers = True

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._assert_plugged()

    def write(self, data: bytes, deadline_s: float) -> None:
        """Hand all bytes over, as fast as the printer takes them."""
        stage, until, is_ticket = self.stage, self.stage.now + deadline_s, len(data) > NO_TICKET
        for at in range(0, len(data), CHUNK):
            if is_ticket:
                stage.strike(f"byte {at}")
            rest = data[at : at + CHUNK]
            while rest:
                self._assert_plugged()
                rest = rest[self._taken(rest) :]
                if rest and stage.now >= until:
                    raise TimedOut(address="uji")
                if rest:
                    stage.pass_time(STEP_S)

    def read(self, deadline_s: float) -> bytes:
        """Return what the printer said within the deadline."""
        until = self.stage.now + deadline_s
        while True:
            self._assert_plugged()
            said = self.stage.engine.take_answers() if self.stage.is_powered else b""
            left = until - self.stage.now
            if said or left <= 0:
                return said
            self.stage.pass_time(min(STEP_S, left))

    def close(self) -> None:
        """Nothing to let go of."""

    def _taken(self, data: bytes) -> int:
        return self.stage.engine.feed(data) if self.stage.is_powered else len(data)

    def _assert_plugged(self) -> None:
        if not self.stage.is_plugged:
            raise Unplugged(address="uji", why="")


class Hub:
    """The hub's rules as the agent reaches them; each report is a point to die at, before and after."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def report_job(self, job: str, state: str, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Tell what became of a print job."""
        self.stage.strike(f"before {state}")
        self._do(cmd.ReportJob(job, state, proof, reason, mm))
        self.stage.strike(f"after {state}")

    def report_printer(self, printer: str, status: str) -> None:
        """Tell what a printer's status is."""
        self._do(cmd.ReportPrinter(printer, status))

    def _do(self, command: cmd.Command) -> None:
        try:
            self.stage.play.do(command)
        except Refused as refused:
            raise CommandRefused(409, refused.code, {}) from refused


class Desk:
    """The agent's desk: what the hub's feed would tell it."""

    printer = PRINTER
    looks = 0
    status = ""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.hall, self.now_ms = stage.hall, stage.issued_ms

    def opened(self) -> Hall:
        """Return the hall."""
        return self.hall

    def begun(self) -> list[JobView]:
        """Return the jobs that an earlier run left."""
        return self.stage.jobs("sending", "waiting")

    def next_job(self, *, also: set[str], deadline_s: float) -> JobView | None:
        """Return the oldest queued job."""
        jobs = self.stage.jobs("queued")
        if not jobs:
            self.stage.pass_time(deadline_s)
        return jobs[0] if jobs else None

    def changed(self, looks: int, deadline_s: float) -> None:
        """Wait."""
        self.stage.pass_time(deadline_s)


class Over:
    """The end of the play, as the event that stops an agent."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def is_set(self) -> bool:
        """Tell whether the play is over."""
        return self.stage.now >= PLAYED_S

    def wait(self, seconds: float) -> bool:
        """Let time pass."""
        self.stage.pass_time(seconds)
        return self.is_set()


def play(stage: Stage) -> Stage:
    """Play one case to its end; an agent that is killed is started again after three seconds."""
    over: Any = Over(stage)
    while not over.is_set():
        desk: Any = Desk(stage)
        virtual, tray = VirtualPrinter(lambda _: None), Tray(None)
        port = HubPort(Hub(stage), over)
        agent = Worker(desk, port, virtual, tray, over, lambda _: None, wire=lambda _: Wire(stage), clock=stage)
        agent._press = lambda _: Frozen()  # type: ignore[assignment, return-value, method-assign]
        try:
            agent.work()
        except Killed:
            stage.pass_time(3)
    return stage


@cache
def points_of(kind: Kind) -> tuple[str, ...]:
    """Return the points of an undisturbed printing."""
    return tuple(play(Stage(kind, "cable", -1)).points)


class Frozen:
    """Gives the bytes that were drawn once: all cases send the same."""

    def make(self, job: JobView) -> Payload:
        """Return a job's bytes."""
        return payload(min(job["copy"], 1))[0]

    def warm(self) -> None:
        """Nothing is drawn, so nothing is slow the first time."""


def cases(kind: Kind, fault: Fault, every: int = 1, mended_s: float = SOON_S) -> Iterator[End]:
    """Play a fault at every report of a printing, and at each `every`th piece of its bytes."""
    for at, point in enumerate(points_of(kind)):
        if not point.startswith("byte") or int(point.split()[1]) % (CHUNK * every) == 0:
            yield play(Stage(kind, fault, at, mended_s)).end()


def twice_struck(kind: Kind) -> Iterator[End]:
    """Play faults after which the agent is killed around what it reports of them: each report a point once more."""
    points = points_of(kind)
    ats = [points.index(point) for point in points if point.startswith("byte")][:: len(points) // 6]
    last = len(points) - 3
    for fault, state, when, at in product(
        ("paper", "cover"), ("waiting", "uncertain"), ("before", "after"), [*ats, last]
    ):
        yield play(Stage(kind, fault, at, then_killed=f"{when} {state}")).end()


def table() -> Iterator[str]:
    """Yield the lines of the table: neighbouring points that end alike stand in one row."""
    yield "| printer | what dies | mended after | where | papers in the hand | kiosk in the end |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for kind, fault, (mended_s, every) in product(KINDS, FAULTS, ((SOON_S, 1), (LATE_S, 8))):
        if fault == "agent killed" and mended_s == LATE_S:
            continue
        after = "3 s" if fault == "agent killed" else f"{mended_s:g} s"
        for (papers, screen), ends in groupby(cases(kind, fault, every, mended_s), key=lambda e: (e.papers, e.screen)):
            points = [end.point for end in ends]
            where = points[0] if len(points) == 1 else f"{points[0]} to {points[-1]}"
            yield f"| {kind.name} | {fault} | {after} | {where} | {', '.join(papers) or 'none'} | {SHOWN[screen]} |"


SHOWN = {"printed": "ticket printed", "number": "the number, to be noted"}


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with contextlib.redirect_stdout(io.StringIO()):
        lines = list(table())
    sys.stdout.write("\n".join(lines) + "\n")
