"""A region after an outage: hundreds of halls bring back their lines at once, while one more hall is open."""

import heapq
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

from bench.engines import ENGINES, Base, base_of, copied, cpu_s, inserted, memory, peak_mb
from bench.figures import Figure, percentile, spread, told
from bench.push import MONDAY_MS, happenings
from cli.__main__ import PARENT, end_with_parent
from cli.processes import Process
from journal.line import HASH_BYTES, Line, chained, genesis
from region.app import wall_ms
from region.invitations import Invitations
from sync.ending import Ending
from sync.enrolment import KEY_FILE, enrol, region_of
from sync.link import Answer, Link, LinkCut
from sync.push import Pusher, Turn
from sync.rules import Pace
from sync.signature import key_at
from sync.source import JournalSource, Opening, checked
from sync.watermark import Watermark
from sync.wire import Batch, Packed, Place

HALLS, EVENTS, LIMIT_S = 300, 3_000, 300.0
OPEN_HALL, OPEN_LINES, OPEN_EVERY_S, OPEN_BATCHES = "mpp-buka", 50, 0.5, 720
"""It writes for a minute longer than the others may take."""
LOST_ANSWERS = 0.05
"""As over poor lines: the region holds the batch, the hall does not know it and sends it again."""
Heads = Mapping[str, Place]
Live = tuple[list[tuple[float, float]], Counter[str], Place]
"""Of the open hall: when each batch was written and the seconds until acknowledged; what it met; how far it came."""


class MemoryJournal(JournalSource):
    """A hall's journal in memory: a line 1 of its own, then lines it shares with others, chained for this hall."""

    def __init__(self, hall: str, following: Sequence[bytes]) -> None:
        super().__init__(Path(), hall)
        body = {"hall": hall, "epoch": 1, "simulated": False, "reason": "new", "common": 0}
        self._lines = (Line(1, MONDAY_MS, MONDAY_MS, "epoch.opened", 1, body).encode(), *following)
        hashes: Iterator[bytes] = accumulate(self._lines, chained, initial=genesis(hall))
        self._hashes = b"".join(hashes)

    @property
    def lines(self) -> Sequence[bytes]:
        """All lines, in order."""
        return self._lines

    @property
    def end(self) -> Place:
        """The place after the last line."""
        return Place(len(self._lines) + 1, self._hashes[-HASH_BYTES:])

    def opening(self) -> Opening:
        """Return what line 1 says."""
        return Opening(self.hall, 1)

    def hash_before(self, seq: int) -> bytes | None:
        """Return the chained hash before a line, or None where the journal does not reach that far."""
        return self._hashes[HASH_BYTES * (seq - 1) : HASH_BYTES * seq] or None

    def read(self, first: int, size: int) -> Batch | None:
        """Return at most `size` lines from `first` on, checked as those of a real journal are."""
        previous = self.hash_before(first)
        upto = min(first + size, self.end.next)
        rows = [(seq, self._lines[seq - 1], self.hash_before(seq + 1) or b"") for seq in range(first, upto)]
        return None if previous is None else checked(first, previous, rows)


class OpenJournal(MemoryJournal):
    """The journal of a hall that is open: `OPEN_LINES` more are written every `OPEN_EVERY_S`."""

    def __init__(self, hall: str) -> None:
        super().__init__(hall, following(OPEN_BATCHES * OPEN_LINES))
        self._begun = time.monotonic()

    def written_at(self, number: int) -> float:
        """Return when a batch of lines, counted from 0, is written."""
        return self._begun + number * OPEN_EVERY_S

    def read(self, first: int, size: int) -> Batch | None:
        """Return at most `size` of the lines that are written by now."""
        written = OPEN_LINES * (1 + int((time.monotonic() - self._begun) / OPEN_EVERY_S))
        return super().read(first, min(size, written + 1 - first))


class MemoryWatermark(Watermark):
    """A watermark without a disk: those of the halls are not measured."""

    def __init__(self, hall: str) -> None:
        self._place, self._pace = Place(1, genesis(hall)), Pace()

    def place(self) -> Place:
        """Return how far the region acknowledged the journal."""
        return self._place

    def pace(self) -> Pace:
        """Return the size of the next batch and the failures in a row."""
        return self._pace

    def receipt(self) -> dict[str, Any]:
        """Return no receipt: none is kept."""
        return {}

    def move(self, place: Place, receipt: Mapping[str, Any], pace: Pace) -> None:
        """Remember a place the region named, and the pace."""
        del receipt
        self._place, self._pace = place, pace

    def keep_pace(self, pace: Pace) -> None:
        """Remember the pace alone."""
        self._pace = pace


class PoorLink(Link):
    """The real link, on which `lost` of the answers are; `taken` has the contents the region took, by first seq."""

    def __init__(self, folder: Path, lost: float) -> None:
        known = region_of(folder)
        super().__init__(known.url, key_at(folder / KEY_FILE), Ending(), region_key=known.key)
        self._lost, self._chance = lost, random.Random(known.hall)
        self.taken: dict[int, bytes] = {}

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        """Send a batch, and lose the answer to some."""
        answer = super().push(hall, epoch, first, packed)
        if answer.status == 200:
            self.taken.setdefault(first, packed.content)
            if self._chance.random() < self._lost:
                raise LinkCut(url=self.url, why="lost")
        return answer


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall that has enrolled, and its push."""

    journal: MemoryJournal
    link: PoorLink
    pusher: Pusher

    @classmethod
    def at(cls, folder: Path, journal: MemoryJournal, lost: float = 0.0) -> Self:
        """Return the hall whose key lies in a folder."""
        link = PoorLink(folder, lost)
        return cls(journal, link, Pusher(journal, MemoryWatermark(journal.hall), link))


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of the halls that were away: when they began, and the seconds until each was drained, in order."""

    begun: float
    acked_s: Sequence[float]
    cpu_s: float
    troubles: Counter[str]
    contents: Sequence[bytes]
    heads: Heads


def measure(halls: int = HALLS, events: int = EVENTS, engines: Sequence[str] = ENGINES) -> list[Figure]:
    """Let halls with so many lines each come back at once to a region, on each engine."""
    figures = list[Figure]()
    for engine in engines:
        with base_of(engine) as base, tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
            figures += on(base, Path(folder), halls, events)
    return figures


def on(base: Base, home: Path, halls: int, events: int) -> Iterator[Figure]:
    """Yield how halls fare that come back at once to a region on a base."""
    data, names = home / "region", [f"mpp-{number:03d}" for number in range(halls)]
    with running(data, base.options) as (process, url):
        for name in (OPEN_HALL, *names):
            enrol(home / name, url, name, Invitations(data).make(name, wall_ms()))
        before = cpu_s(process)
        storm, live = beside(home, names, events)
        used_s, most_mb, base_mb = cpu_s(process) - before, peak_mb(process), base.most_mb()
    assert held(data, base.options) == {**storm.heads, OPEN_HALL: live[2]}, "lines are lost, doubled or changed"
    yield from drain(base, storm, live, halls * events, bare(base, home, storm, names, events), used_s)
    yield memory(f"region with {base.name}", most_mb, "its projector at work too")
    if base_mb is not None:
        yield memory(f"one process of {base.name}", base_mb, "what all of them share included")


def bare(base: Base, home: Path, storm: Storm, names: Sequence[str], events: int) -> str:
    """Return how fast the same goes in by the barest way of an engine."""
    if base.database is None:
        seconds, way = inserted(home / "bare.db", storm.contents), "a bare insert and commit of the same batches"
    else:
        shared = following(events)
        halls = ((name, MemoryJournal(name, shared).lines) for name in names)
        seconds, way = copied(base.database, halls), "a bare COPY of the same lines"
    return f"{len(names) * events / seconds:,.0f} by {way}"


def drain(base: Base, storm: Storm, live: Live, lines: int, beside: str, region_s: float) -> Iterator[Figure]:
    """Yield how fast all were drained, beside the barest way, and how the open hall fared meanwhile."""
    seconds, halls = storm.acked_s[-1], len(storm.acked_s)
    yield Figure(
        f"drain of {halls} halls that return at once to {base.name}", round(lines / seconds), "lines/s", beside
    )
    cores = f"halls and region share two cores: {storm.cpu_s:.0f} and {region_s:.0f} s of CPU"
    median = f"{lines:,} lines; the median hall {percentile(storm.acked_s, 50):.1f} s; {cores}"
    yield Figure("drained, the last hall", round(seconds, 1), "s", median)
    batches = f"{len(storm.contents):,} batches; met: {told(storm.troubles)}"
    yield Figure("refused for now", storm.troubles["429"] + storm.troubles["503"], "answers", batches)
    waits = [took for written, took in live[0] if 0 <= written - storm.begun <= seconds]
    batches = f"{len(waits)} of {OPEN_LINES} lines, waits included; met: {told(live[1])}"
    yield from spread("batch of an open hall, written to acknowledged,", waits, batches, p99="≤ 2,000 ms")


@contextmanager
def running(data: Path, options: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Run a region for a while; yield its process id and its address."""
    process = Process("region", ["region", "run", str(data), "--port", "0", *options], data.with_suffix(".log"))
    try:
        yield process.popen.pid, process.wait_for("region ready ").removeprefix("region ready ")
    finally:
        process.end()


def held(data: Path, options: Sequence[str]) -> Heads:
    """Return how far a region holds each hall, by chains recomputed from the bytes it kept; each must be whole."""
    command = [sys.executable, "-m", "cli", "region", "verify", str(data), "--json", *options]
    proofs = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return {proof["hall"]: Place(proof["lines"] + 1, bytes.fromhex(proof["head"])) for proof in proofs}


def beside(home: Path, names: Sequence[str], events: int) -> tuple[Storm, Live]:
    """Let the halls come back, in a process of their own, while another one is open in this one."""
    with ProcessPoolExecutor(1, get_context("spawn"), ends_with, (os.getpid(),)) as others:
        storm = others.submit(returned, home, names, events)
        live = stayed(home, storm.done)
        return storm.result(), live


def ends_with(parent: int) -> None:
    """Let this process end with the one that started it."""
    os.environ[PARENT] = str(parent)
    end_with_parent()


def stayed(home: Path, ended: Callable[[], bool]) -> Live:
    """Push what an open hall writes, until the others are done and nothing of its own waits."""
    journal, batches, troubles = OpenJournal(OPEN_HALL), list[tuple[float, float]](), Counter[str]()
    hall = Hall.at(home / OPEN_HALL, journal)
    with closing(hall.link):
        while time.monotonic() < journal.written_at(OPEN_BATCHES):
            turn, now = hall.pusher.turn(), time.monotonic()
            for number in range(len(batches), hall.pusher.pushed // OPEN_LINES):
                batches.append((journal.written_at(number), now - journal.written_at(number)))
            troubles.update(trouble(turn))
            if turn.outcome == "idle" and ended():
                return batches, troubles, hall.pusher.watermark.place()
            next_s = journal.written_at(len(batches)) - now if turn.outcome == "idle" else turn.wait_s
            time.sleep(max(0.0, next_s))
    raise TimeoutError(f"{OPEN_HALL} is not drained: {told(troubles)}")


def returned(home: Path, names: Sequence[str], events: int) -> Storm:
    """Drain every hall. One that waits holds no thread; TimeoutError where it takes too long."""
    shared = following(events)
    halls = [Hall.at(home / name, MemoryJournal(name, shared), LOST_ANSWERS) for name in names]
    begun, cpu = time.monotonic(), cpu_s(os.getpid())
    troubles, acked = Counter[str](), list[float]()
    for hall, turn in turns(halls, begun + LIMIT_S):
        troubles.update(trouble(turn))
        if turn.outcome == "idle":
            acked.append(time.monotonic() - begun)
            hall.link.close()
    contents, used_s = [content for hall in halls for content in hall.link.taken.values()], cpu_s(os.getpid()) - cpu
    return Storm(begun, acked, used_s, troubles, contents, {hall.journal.hall: hall.journal.end for hall in halls})


def turns(halls: Sequence[Hall], until: float) -> Iterator[tuple[Hall, Turn]]:
    """Yield each exchange of halls that all begin now, each going on when its last turn says, until all are idle."""
    due, left = [(0.0, number) for number in range(len(halls))], len(halls)
    done, asked = SimpleQueue[Future[Turn]](), dict[Future[Turn], int]()
    with ThreadPoolExecutor(len(halls)) as at_once:
        while left:
            now = time.monotonic()
            if now > until:
                raise TimeoutError(f"{left} of {len(halls)} halls are not drained after {LIMIT_S:g} s")
            while due and due[0][0] <= now:
                number = heapq.heappop(due)[1]
                asked[future := at_once.submit(halls[number].pusher.turn)] = number
                future.add_done_callback(done.put)
            with suppress(Empty):
                future = done.get(timeout=max(0.0, min(until, due[0][0] if due else until) - now))
                number, turn = asked.pop(future), future.result()
                left -= turn.outcome == "idle"
                if turn.outcome != "idle":
                    heapq.heappush(due, (time.monotonic() + turn.wait_s, number))
                yield halls[number], turn


def trouble(turn: Turn) -> list[str]:
    """Return what stood in a turn's way, by status or name; raise what only a person can mend."""
    if turn.trouble is None:
        return []
    if turn.outcome == "stuck":
        raise turn.trouble
    fields = turn.trouble.fields
    return [str(fields.get("status") or fields.get("why") or turn.trouble.key)]


def following(count: int) -> list[bytes]:
    """Return lines 2 to `count` of a journal."""
    told = ((seq, MONDAY_MS + seq * 900, *happened) for seq, happened in enumerate(happenings(), 1))
    return [Line(seq, at_ms, at_ms, kind, 1, body).encode() for seq, at_ms, kind, body in islice(told, 1, count)]
