"""What the region holds, in SQLite: batches as they came, and how far each hall's journal reaches."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Self

from sqlalchemy import Connection, Engine, RowMapping, create_engine, delete, event, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from config.private import make_private_folder
from region.errors import AlreadyRunning, Unavailable
from region.rules import HallKey, Stream
from region.tables import batch as batches
from region.tables import hall_key as keys
from region.tables import metadata
from region.tables import stream as streams
from sync.wire import Batch, Place, WireError, head_after, lines_in

DATABASE = "region.db"
LOCK = "region.lock"
WAIT_S = 10


class Shelf:
    """One epoch of one hall within one transaction: everything is read and written under its hall and epoch."""

    def __init__(self, connection: Connection, hall: str, epoch: int) -> None:
        self._connection = connection
        self.hall, self.epoch = hall, epoch

    def stream(self) -> Stream | None:
        """Return how the epoch is held, locked until the transaction ends; None where it is not."""
        query = select(streams).where(streams.c.hall == self.hall, streams.c.epoch == self.epoch).with_for_update()
        row = self._connection.execute(query).mappings().first()
        return Stream(**row) if row else None

    def open(self, stream: Stream) -> None:
        """Begin to hold an epoch."""
        values = {column.name: getattr(stream, column.name) for column in streams.c}
        self._connection.execute(insert(streams).values(values))

    def head_before(self, seq: int) -> bytes:
        """Return the chained hash before the line `seq`; the lines up to it must be held, and be more than none."""
        query = select(batches).where(batches.c.hall == self.hall, batches.c.epoch == self.epoch)
        last = query.where(batches.c.first < seq).order_by(batches.c.first.desc()).limit(1)
        row = self._connection.execute(last).mappings().first()
        if row is None or row["next"] < seq:
            raise Unavailable(why="batch")
        if row["next"] == seq:
            return bytes(row["head"])
        return head_after(row["previous"], lines_of(row)[: seq - row["first"]])

    def append(self, fresh: Batch, repeated: int, content: bytes, now_ms: int, last_ms: int | None) -> None:
        """Keep a batch's bytes, of which `fresh` is new, and move the watermark behind it."""
        row = {
            "hall": self.hall,
            "epoch": self.epoch,
            "first": fresh.first,
            "next": fresh.next,
            "repeated": repeated,
            "previous": fresh.previous,
            "head": fresh.head,
            "content": content,
            "received_ms": now_ms,
        }
        self._connection.execute(insert(batches).values(row))
        self._move(next=fresh.next, head=fresh.head, last_ms=last_ms, received_ms=now_ms)

    def note_fork(self, now_ms: int) -> None:
        """Remember that another journal was offered under this name."""
        self._move(forked_ms=now_ms)

    def _move(self, **values: Any) -> None:
        """Change the epoch's row."""
        change = update(streams).where(streams.c.hall == self.hall, streams.c.epoch == self.epoch).values(values)
        self._connection.execute(change)


class Store:
    """The region's one truth. `writer` has a single connection, which alone commits and checkpoints; readers only read.

    An append is on disk when `shelf` ends without an error.
    """

    def __init__(self, writer: Engine, reader: Engine, lock: IO[bytes] | None = None) -> None:
        self._writer, self._reader, self._lock = writer, reader, lock

    def make_tables(self) -> None:
        """Make the tables that are not there yet."""
        with self.writing() as connection:
            metadata.create_all(connection)

    @contextmanager
    def shelf(self, hall: str, epoch: int) -> Iterator[Shelf]:
        """Open one hall's epoch for one transaction; Unavailable where it cannot be read or written."""
        with self.writing() as connection:
            yield Shelf(connection, hall, epoch)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction; Unavailable where it cannot be read or written."""
        with translated(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a reading connection."""
        with translated(), self._reader.connect() as connection:
            yield connection

    def streams(self) -> list[Stream]:
        """Return every epoch of every hall that is held, by hall."""
        query = select(streams).order_by(streams.c.hall, streams.c.epoch)
        with self.reading() as connection:
            return [Stream(**row) for row in connection.execute(query).mappings()]

    def latest(self, hall: str) -> Stream | None:
        """Return how a hall's newest epoch is held, None where nothing of it is."""
        query = select(streams).where(streams.c.hall == hall).order_by(streams.c.epoch.desc()).limit(1)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        return Stream(**row) if row else None

    def stream_with(self, hall: str, epoch: int, place: Place) -> Stream | None:
        """Return how an epoch is held if a kept batch ends at this place, else None.

        The chained hash covers all lines before it, however they were cut into batches.
        """
        ours = (batches.c.hall == hall, batches.c.epoch == epoch, batches.c.first < place.next)
        last = select(batches.c.next, batches.c.head).where(*ours).order_by(batches.c.first.desc()).limit(1)
        query = select(streams).where(streams.c.hall == hall, streams.c.epoch == epoch)
        with self.reading() as connection:
            end = connection.execute(last).first()
            row = connection.execute(query).mappings().first() if end == (place.next, place.head) else None
        return Stream(**row) if row else None

    def key(self, hall: str, key_id: str) -> HallKey | None:
        """Return a hall's key by its id, ended or not, None where it never enrolled such a key."""
        query = select(keys).where(keys.c.hall == hall, keys.c.key_id == key_id)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
        return HallKey(**row) if row else None

    def keep_key(self, hall: str, key_id: str, public_key: bytes, now_ms: int) -> None:
        """Keep a hall's new key, and end the one before; a key that had ended counts again."""
        row = {"hall": hall, "key_id": key_id, "public_key": public_key, "enrolled_ms": now_ms}
        before = update(keys).where(keys.c.hall == hall, keys.c.ended_ms.is_(None)).values(ended_ms=now_ms)
        with self.writing() as connection:
            connection.execute(before)
            connection.execute(delete(keys).where(keys.c.hall == hall, keys.c.key_id == key_id))
            connection.execute(insert(keys).values(row))

    def close(self) -> None:
        """Close every connection, and let another region in."""
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_sqlite(data: Path) -> Store:
    """Return the store in a folder, made where it is not there; AlreadyRunning where another region has it."""
    with translated():
        make_private_folder(data)
        lock = locked(data / LOCK)
    store = Store(writing_engine(f"sqlite:///{uri_of(data)}?uri=true"), reading_engine(data), lock)
    try:
        store.make_tables()
    except Unavailable:
        store.close()
        raise
    return store


def reading_sqlite(data: Path) -> Store:
    """Return the store in a folder for reading alone, whether a region writes it or not."""
    return Store(reading_engine(data), reading_engine(data))


def uri_of(data: Path) -> str:
    """Return the address of the database in a folder."""
    return (data / DATABASE).absolute().as_uri()


def reading_engine(data: Path) -> Engine:
    """Return the engine of connections that cannot write."""
    return create_engine(f"sqlite:///{uri_of(data)}?mode=ro&uri=true", poolclass=QueuePool)


def writing_engine(url: str) -> Engine:
    """Return the engine of the one connection that writes; who wants to write waits for it."""
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


def lines_of(row: RowMapping) -> list[bytes]:
    """Return the lines that were new in a kept batch; Unavailable where its bytes are damaged."""
    count = row["repeated"] + row["next"] - row["first"]
    try:
        return lines_in(row["content"], count)[row["repeated"] :]
    except WireError as error:
        raise Unavailable(why="batch") from error


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database and the file system say into Unavailable."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(why=type(error).__name__) from error
