"""The engines that a region stands on: one SQLite file by default, PostgreSQL where a setting names one."""

import fcntl
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import IO, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from region.errors import AlreadyRunning, DatabaseUnknown, Unavailable

DATABASE = "region.db"
LOCK = "region.lock"
WAIT_S = 10
LOOK_S = 1.0
POSTGRESQL = "postgresql"
CONNECTIONS = 10
"""Enough for all of `region.admission`'s places, the projector, and the lock."""
ALONE = 7_290_113_505
"""The number of the lock that keeps a second region out of a database; any number serves that nobody else takes."""
SESSION = {
    "synchronous_commit": "on",
    "lock_timeout": f"{WAIT_S}s",
    "statement_timeout": "120s",
    "idle_in_transaction_session_timeout": "60s",
}
"""A commit means: on disk. Nobody waits for ever, and a region that died holds nothing."""

NOTICED = {
    "connect_timeout": WAIT_S,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""That the database or the way to it is gone is noticed after some 25 s; libpq's names, all but the last in seconds."""


def postgresql_engines(database: str) -> tuple[Engine, Engine]:
    """Return the engines that write and that read a PostgreSQL database; DatabaseUnknown for another kind of URL."""
    url = postgresql_url(database)
    options = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
    settings: dict[str, Any] = {
        "pool_size": CONNECTIONS,
        "max_overflow": 0,
        "pool_timeout": WAIT_S,
        "pool_pre_ping": True,
        "connect_args": {"options": options, "application_name": "antrean region", **NOTICED},
    }
    reader = create_engine(url, **settings).execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    return create_engine(url, **settings), reader


def postgresql_url(database: str) -> URL:
    """Return the URL of a database, "postgresql://user@host/name", with the driver that we speak it by."""
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise DatabaseUnknown from error
    if url.drivername not in (POSTGRESQL, "postgres", "postgresql+psycopg"):
        raise DatabaseUnknown
    return url.set(drivername="postgresql+psycopg")


class Alone:
    """A connection that keeps other regions out of a PostgreSQL database while it is open.

    A lock ends with its connection, so that is looked at before writing, though not each time.
    """

    def __init__(self, engine: Engine, data: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._data, self._clock = engine, data, clock
        self._turn, self._connection, self._looked_at = Lock(), self._taken(), clock()

    def was_lost(self) -> bool:
        """Make sure of the lock; return whether it was lost and is taken again, Unavailable where another has it."""
        with self._turn:
            if self._clock() - self._looked_at < LOOK_S:
                return False
            lost = False
            try:
                self._connection.exec_driver_sql("SELECT 1")
            except SQLAlchemyError:
                self.close()
                lost = True
                try:
                    self._connection = self._taken()
                except AlreadyRunning as error:
                    raise Unavailable(why=error.key) from error
            self._looked_at = self._clock()
            return lost

    def close(self) -> None:
        """Let other regions in."""
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()

    def _taken(self) -> Connection:
        """Return a connection that holds the lock; AlreadyRunning where another region holds it."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({ALONE})").scalar_one():
            connection.close()
            raise AlreadyRunning(path=self._data)
        return connection


def uri_of(data: Path) -> str:
    """Return the address of the SQLite database in a folder."""
    return (data / DATABASE).absolute().as_uri()


def sqlite_reader(data: Path) -> Engine:
    """Return the engine of connections that cannot write."""
    return create_engine(f"sqlite:///{uri_of(data)}?mode=ro&uri=true", poolclass=QueuePool)


def sqlite_writer(data: Path) -> Engine:
    """Return the engine of the one connection that writes; who wants to write waits for it."""
    url = f"sqlite:///{uri_of(data)}?uri=true"
    engine = create_engine(url, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=WAIT_S)
    event.listen(engine, "connect", set_up_writer)
    event.listen(engine, "begin", begin_writing)
    return engine


def locked(path: Path) -> IO[bytes]:
    """Return a lock file that is ours until it is closed; AlreadyRunning where it is another's."""
    lock = path.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        raise AlreadyRunning(path=path.parent) from error
    return lock


def set_up_writer(connection: Any, _: object) -> None:
    """Make a commit mean: on disk. We begin transactions ourselves."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def begin_writing(connection: Connection) -> None:
    """Take the write lock at once, so that what a transaction read still holds when it writes."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
