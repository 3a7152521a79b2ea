"""The push from a hall's journal to its region, both as processes do it, and what the region makes of the lines."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from bench.figures import Figure, spread
from cli.processes import Process
from journal import schema
from journal.line import Line, chained, genesis
from region.app import wall_ms
from region.invitations import Invitations
from region.projector import Projector
from region.store import Store, open_store
from sync.ending import Ending
from sync.enrolment import KEY_FILE, enrol
from sync.link import Link
from sync.push import Pusher
from sync.signature import key_at
from sync.source import JournalSource
from sync.watermark import Watermark
from sync.wire import pack
from tests.postgresql import Cluster

HALL = "mpp-ukur"
LINES = 200_000
SQLITE, POSTGRESQL = 60_000, 100_000
DAY_TICKETS = 3_000
MONDAY_MS = 1_796_000_400_000
STEPS = ("print.queued", "print.sending", "print.done", "ticket.called", "service.started", "service.finished")


def measure() -> list[Figure]:
    """Push a journal to a region of its own process and project what it holds, on each engine."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        journal = written(home / "hall.db", LINES)
        bare = LINES / appended(home / "bare", journal)
        figures = [*wire(journal), *engine("SQLite", home / "sqlite", journal, bare, SQLITE)]
        cluster = Cluster(durable=True)
        try:
            return [*figures, *engine("PostgreSQL", home / "postgresql", journal, bare, POSTGRESQL, cluster.database())]
        finally:
            cluster.end()


def wire(journal: Path) -> Iterator[Figure]:
    """Yield how wide lines are on the wire."""
    batch = JournalSource(journal, HALL).read(1, 1000)
    assert batch
    yield Figure("batch of 1,000 on the wire", len(pack(batch).content) / 1000, "bytes/line", "", "≤ 40")


def engine(
    name: str, home: Path, journal: Path, bare: float, least: int, database: str | None = None
) -> Iterator[Figure]:
    """Yield how fast lines come from the journal to a region's disk and are acknowledged, then how fast they are read.

    `bare` is how many of the same lines a second a file takes, `least` how many are to be reached.
    """
    options = ["region", "run", str(home / "region"), "--port", "0", *(["--database", database] if database else [])]
    home.mkdir()
    region = Process("region", options, home / "region.log")
    try:
        url = region.wait_for("region ready ").removeprefix("region ready ")
        known = enrol(home, url, HALL, Invitations(home / "region").make(HALL, wall_ms()))
        source, link = JournalSource(journal, HALL), Link(url, key_at(home / KEY_FILE), Ending(), region_key=known.key)
        with Watermark(home / "sync.db", HALL) as watermark, closing(link):
            seconds = turns(Pusher(source, watermark, link))
        most_mb = resident_mb(region)
    finally:
        region.end()
    rate = LINES / sum(seconds)
    beside = f"{rate / bare:.0%} of {bare:,.0f} appended"
    yield Figure(f"push, hall.db to acknowledged in {name}", round(rate), "lines/s", beside, f"≥ {least:,}")
    yield from spread(f"push, one batch, {name}", seconds)
    yield Figure(f"region with {name}, most memory", most_mb, "MB", "while it takes and projects", "≤ 150")
    yield projected(name, home / "region", database)


def resident_mb(region: Process) -> int:
    """Return the most memory that a process had, in MB."""
    status = Path(f"/proc/{region.popen.pid}/status").read_text()
    return round(int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def turns(pusher: Pusher) -> list[float]:
    """Return the seconds of each exchange until all is pushed."""
    seconds: list[float] = []
    while True:
        begun = time.perf_counter()
        turn = pusher.turn()
        if turn.outcome == "idle":
            return seconds
        assert turn.trouble is None, turn.trouble
        seconds.append(time.perf_counter() - begun)


def projected(name: str, data: Path, database: str | None) -> Figure:
    """Return how fast the region makes events, tickets and figures of lines it holds."""
    with open_store(data, database) as store:
        Projector(store).forget(HALL)
        begun = time.perf_counter()
        Projector(store).catch_up()
        took = time.perf_counter() - begun
        return Figure(f"projector, {name}", round(LINES / took), "lines/s", f"{tickets(store):,} tickets", "≥ 30,000")


def tickets(store: Store) -> int:
    """Return how many tickets are projected."""
    with store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one())


def appended(path: Path, journal: Path) -> float:
    """Return the seconds to append the same lines to a file, 1,000 at a time, each time to the disk."""
    with closing(sqlite3.connect(journal)) as database:
        lines = [bytes(row[0]) for row in database.execute("SELECT line FROM journal ORDER BY seq")]
    begun = time.perf_counter()
    with path.open("wb", buffering=0) as file:
        for start in range(0, len(lines), 1000):
            file.write(b"\n".join(lines[start : start + 1000]))
            os.fdatasync(file.fileno())
    return time.perf_counter() - begun


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
