"""The push from a hall's journal to its region, both as processes do it, and what the region makes of the lines."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path

from sqlite_utils import Database

from bench.engines import ENGINES, POSTGRESQL, SQLITE, Base, base_of, copied, memory, peak_mb
from bench.figures import Figure, spread
from cli.processes import Process
from journal import schema
from journal.line import Line, chained, genesis
from region.app import wall_ms
from region.invitations import Invitations
from region.projector import Projector
from region.store import Store, open_store
from sync.enrolment import enrol
from sync.source import JournalSource
from sync.wire import Packed, pack

HALL = "mpp-ukur"
LINES = 1_000_000
LEAST = {SQLITE: 60_000, POSTGRESQL: 100_000}
LONGEST_S = 600.0
DAY_TICKETS = 3_000
MONDAY_MS = 1_796_000_400_000
STEPS = ("print.queued", "print.sending", "print.done", "ticket.called", "service.started", "service.finished")
PUSHED = "sync pushed "


def measure(lines: int = LINES, engines: Sequence[str] = ENGINES) -> list[Figure]:
    """Push a journal to a region, each in its process, and project what that holds, on each engine."""
    with tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder:
        home = Path(folder)
        journal = written(home / "hall.db", lines)
        seconds = appended(home / "bare", journal)
        figures = list(wire(journal, lines))
        for engine in engines:
            with base_of(engine) as base:
                figures += on(base, home / engine, journal, lines, seconds)
        return figures


def wire(journal: Path, lines: int) -> Iterator[Figure]:
    """Yield how wide lines are on the wire, content and signed headers alike."""
    for size in (1_000, 5_000):
        packed = [packed_at(journal, first, size) for first in range(1, lines, lines // 20)]
        contents, headers = sum(len(each.content) for each in packed), sum(map(headers_of, packed))
        beside = f"{headers / len(packed):,.0f} bytes of headers a batch before its signature"
        name = f"batch of {size:,} on the wire"
        yield Figure(name, round(contents / size / len(packed), 1), "bytes/line", beside, "≤ 40")


def packed_at(journal: Path, first: int, size: int) -> Packed:
    """Return a batch as it travels."""
    batch = JournalSource(journal, HALL).read(first, size)
    assert batch
    return pack(batch)


def headers_of(packed: Packed) -> int:
    """Return the bytes of a batch's headers."""
    return sum(len(name) + len(value) + 4 for name, value in packed.headers.items())


def on(base: Base, home: Path, journal: Path, lines: int, bare_s: float) -> Iterator[Figure]:
    """Yield how fast lines come from the journal to a region's disk and are acknowledged, then how fast they are read.

    `bare_s` is how many seconds a file takes for the same bytes.
    """
    data = home / "region"
    home.mkdir()
    region = Process("region", ["region", "run", str(data), "--port", "0", *base.options], home / "region.log")
    try:
        url = region.wait_for("region ready ").removeprefix("region ready ")
        enrol(home, url, HALL, Invitations(data).make(HALL, wall_ms()))
        seconds, sync_mb = pushed(home, journal, lines)
        region_mb, base_mb = peak_mb(region.popen.pid), base.most_mb()
    finally:
        region.end()
    beside = f"{sum(seconds) / bare_s:.0f} times the {bare_s:.2f} s of a bare append and fdatasync of the same bytes"
    name = f"push of {lines:,} lines, hall.db to acknowledged in {base.name}"
    yield Figure(name, round(lines / sum(seconds)), "lines/s", beside, f"≥ {LEAST[base.engine]:,}")
    yield from spread(f"push, one batch, {base.name}", seconds)
    yield memory(f"push to {base.name}", sync_mb, "the hall's process")
    yield memory(f"region with {base.name}", region_mb, "while it takes and projects")
    if base_mb is not None:
        yield memory(f"one process of {base.name}", base_mb, "what all of them share included")
    yield projected(base, data, lines, journal)


def pushed(home: Path, journal: Path, lines: int) -> tuple[list[float], float]:
    """Return the seconds of each batch that the push brought, and the most memory it had."""
    (home / "hall.db").symlink_to(journal)
    push = Process("sync", ["sync", "run", str(home), "--every", "0.1"], home / "sync.log")
    try:
        push.wait_for("sync ready")
        begun = [time.perf_counter()]
        while not push.lines[-1].startswith(f"{PUSHED}{lines}"):
            push.wait_for(PUSHED, LONGEST_S, after=1 + len(begun))
            begun.append(time.perf_counter())
        return [later - earlier for earlier, later in pairwise(begun)], peak_mb(push.popen.pid)
    finally:
        push.end()


def projected(base: Base, data: Path, lines: int, journal: Path) -> Figure:
    """Return how fast the region makes events, tickets and figures of lines it holds."""
    with open_store(data, base.database) as store:
        Projector(store).forget(HALL)
        begun = time.perf_counter()
        Projector(store).catch_up()
        took = time.perf_counter() - begun
        beside = f"{tickets(store):,} tickets"
    if base.database is not None:
        bare_s = copied(base.database, iter([(HALL, lines_of(journal))]))
        beside += f"; {lines / bare_s:,.0f} by a bare COPY of the lines"
    return Figure(f"projector, {base.name}", round(lines / took), "lines/s", beside, "≥ 30,000")


def tickets(store: Store) -> int:
    """Return how many tickets are projected."""
    with store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one())


def appended(path: Path, journal: Path) -> float:
    """Return the seconds to append the same lines to a file, 5,000 at a time, each time to the disk."""
    lines = lines_of(journal)
    begun = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(lines), 5_000):
            file.write(b"\n".join(lines[start : start + 5_000]))
            os.fdatasync(file.fileno())
    return time.perf_counter() - begun


def lines_of(journal: Path) -> list[bytes]:
    """Return a journal's lines."""
    with closing(sqlite3.connect(journal)) as database:
        return [bytes(row[0]) for row in database.execute("SELECT line FROM journal ORDER BY seq")]


def written(path: Path, count: int) -> Path:
    """Write a journal of days of 3,000 tickets, as the hub's own tables are."""
    database = Database(path)
    schema.journal.apply(database)
    schema.projections.apply(database)
    with closing(database.conn) as connection, connection:
        connection.executemany("INSERT INTO journal (seq, line, h) VALUES (?, ?, ?)", rows(count))
    return path


def rows(count: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield a journal's rows."""
    head = genesis(HALL)
    for seq, (kind, body) in enumerate(islice(happenings(), count), 1):
        raw = Line(seq, MONDAY_MS + seq * 900, MONDAY_MS + seq * 900, kind, 1, body).encode()
        head = chained(head, raw)
        yield seq, raw, head


def happenings() -> Iterator[tuple[str, dict[str, object]]]:
    """Yield what happens: an opening, then days of tickets, each issued, printed, called and served."""
    hall = {"name": HALL, "timezone": "Asia/Jakarta"}
    yield "epoch.opened", {"hall": HALL, "epoch": 1, "simulated": False, "reason": "new", "common": 0}
    yield "config.applied", {"content": {"hall": hall}, "digest": "", "author": ""}
    day = 0
    while True:
        day += 1
        yield "day.opened", {"date": f"{2026 + day // 300}-{day % 12 + 1:02d}-{day % 28 + 1:02d}", "learned": {}}
        for number in range(DAY_TICKETS):
            yield from ticket(f"{'ABCDEFGH'[number % 8]}{number // 8:03d}", number)


def ticket(number: str, issue: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the life of one ticket."""
    names = {"number": number, "service": f"layanan-{issue % 15}", "ticket_class": "normal", "kiosk": "anjungan-1"}
    yield "ticket.issued", {**names, "issue": issue, "ahead": issue % 20, "visit": number, "trial": False}
    for kind in STEPS:
        yield kind, {"number": number, "counter": issue % 60, "clerk": f"petugas-{issue % 60}", "attempt": 1}
