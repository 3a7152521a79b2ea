"""What measurements of the region share: its two engines, the barest way into each, and what processes used."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.figures import Figure
from tests.postgresql import Cluster

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = (SQLITE, POSTGRESQL)
NAMES = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Base:
    """Where a region keeps what it holds: in its own folder, or in a database of a cluster."""

    engine: str
    database: str | None = None
    cluster: Cluster | None = None

    @property
    def name(self) -> str:
        """The engine's name for people."""
        return NAMES[self.engine]

    @property
    def options(self) -> tuple[str, ...]:
        """The options that name it to `antrean region`."""
        return ("--database", self.database) if self.database else ()

    def most_mb(self) -> float | None:
        """Return the most memory that one of the database's own processes has had, None for SQLite: it has none."""
        return max(map(peak_mb, below(self.cluster.pid))) if self.cluster else None


@contextmanager
def base_of(engine: str) -> Iterator[Base]:
    """Yield a new and empty base of an engine, durable as a region's is; gone afterwards."""
    if engine == SQLITE:
        yield Base(engine)
        return
    cluster = Cluster(durable=True)
    try:
        yield Base(engine, cluster.database(), cluster)
    finally:
        cluster.end()


def copied(database: str, halls: Iterator[tuple[str, Sequence[bytes]]]) -> float:
    """Return the seconds of a bare COPY of the halls' lines into a table without an index, one commit a hall."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (hall text, seq bigint, line bytea)")
        seconds = 0.0
        for hall, lines in halls:
            rows = [(hall, seq, line) for seq, line in enumerate(lines, 1)]
            begun = time.perf_counter()
            with connection.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            seconds += time.perf_counter() - begun
    return seconds


def inserted(path: Path, contents: Sequence[bytes]) -> float:
    """Return the seconds of bare inserts of the batches into a fresh SQLite file, each on disk by its commit."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "CREATE TABLE batch (content BLOB)"):
            database.execute(statement)
        begun = time.perf_counter()
        for content in contents:
            database.execute("INSERT INTO batch VALUES (?)", (content,))
        return time.perf_counter() - begun


def below(process: int) -> list[int]:
    """Return a process's id and those of the processes it started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *map(int, children)]


def cpu_s(process: int) -> float:
    """Return the seconds of a core that a process has used."""
    words = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(process: int) -> float:
    """Return the most memory a process has had, as the kernel counts it, shared pages included."""
    return int(Path(f"/proc/{process}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1000


def memory(name: str, most_mb: float, beside: str) -> Figure:
    """Return the figure of a process's memory."""
    return Figure(f"{name}, most memory", round(most_mb, 1), "MB", beside, "≤ 150")
