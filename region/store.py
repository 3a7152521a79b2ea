"""What the region holds: batches as they came, and how far each hall's journal reaches."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import RLock
from typing import IO, Any, Self

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from config.private import make_private_folder
from region.engines import LOCK, Alone, locked, postgresql_engines, sqlite_reader, sqlite_writer
from region.errors import DatabaseAway, Unavailable
from region.lineage import head_before, places
from region.migrate import migrate
from region.rules import HallKey, Stream, check_newest
from region.tables import batch as batches
from region.tables import hall_key as keys
from region.tables import stream as streams
from sync.wire import Batch, Place

Keys = dict[tuple[str, str], HallKey]
"""Keys by hall and id."""


class Shelf:
    """One epoch of one hall within one transaction: everything is read and written under its hall and epoch."""

    def __init__(self, connection: Connection, hall: str, epoch: int) -> None:
        self._connection = connection
        self.hall, self.epoch = hall, epoch

    def since(self) -> list[Stream]:
        """Return how the epoch and those after it are held, in order, locked until the transaction ends."""
        theirs = (streams.c.hall == self.hall, streams.c.epoch >= self.epoch)
        query = select(streams).where(*theirs).order_by(streams.c.epoch).with_for_update()
        return [Stream(**row) for row in self._connection.execute(query).mappings()]

    def open(self, stream: Stream) -> None:
        """Begin to hold an epoch."""
        values = {column.name: getattr(stream, column.name) for column in streams.c}
        self._connection.execute(insert(streams).values(values))

    def newest(self) -> Stream | None:
        """Return how the hall's newest epoch is held, locked until the transaction ends."""
        query = select(streams).where(streams.c.hall == self.hall).order_by(streams.c.epoch.desc()).limit(1)
        row = self._connection.execute(query.with_for_update()).mappings().first()
        return Stream(**row) if row else None

    def head_before(self, stream: Stream, seq: int) -> bytes:
        """Return the chained hash before the line `seq` of an epoch's journal, which must reach that far."""
        return head_before(self._connection, stream, seq)

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
        """Remember with the hall's newest epoch that another journal was offered under its name."""
        newest = self.newest()
        if newest is not None:
            Shelf(self._connection, self.hall, newest.epoch)._move(forked_ms=now_ms)

    def _move(self, **values: Any) -> None:
        """Change the epoch's row."""
        change = update(streams).where(streams.c.hall == self.hall, streams.c.epoch == self.epoch).values(values)
        self._connection.execute(change)


class Store:
    """The region's one truth. In SQLite `writer` has a single connection, which alone commits and checkpoints.

    An append is on disk when `shelf` ends without an error. `lock` and `alone` keep other regions out until the end.
    """

    def __init__(
        self, writer: Engine, reader: Engine, lock: IO[bytes] | None = None, alone: Alone | None = None
    ) -> None:
        self._writer, self._reader, self._lock, self._alone = writer, reader, lock, alone
        self._keys, self._keys_turn, self._keys_are_old = Keys(), RLock(), False

    def make_tables(self) -> None:
        """Bring the tables to what this program needs."""
        with self.writing() as connection:
            migrate(connection)

    @contextmanager
    def shelf(self, hall: str, epoch: int) -> Iterator[Shelf]:
        """Open one hall's epoch for one transaction; Unavailable where it cannot be read or written."""
        with self.writing() as connection:
            yield Shelf(connection, hall, epoch)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction; Unavailable where it cannot be read or written, or another region has the database."""
        with translated():
            if self._alone is not None and self._alone.was_lost():
                self._keys_are_old = True
        if self._keys_are_old:
            self.read_keys()
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

    def places(self, hall: str, upto: int, count: int) -> list[Place]:
        """Return the last ends of batches of a hall's newest journal, up to a line, newest first."""
        stream = self.latest(hall)
        if stream is None:
            return []
        with self.reading() as connection:
            return places(connection, stream, upto, count)

    def stream_with(self, hall: str, epoch: int, place: Place) -> Stream | None:
        """Return how a hall's newest epoch is held if it has this place in its lines, else None.

        Superseded where a later epoch than this one is held. The chained hash covers all lines before it, however they
        were cut into batches.
        """
        query = select(streams).where(streams.c.hall == hall).order_by(streams.c.epoch.desc()).limit(1)
        with self.reading() as connection:
            row = connection.execute(query).mappings().first()
            newest = Stream(**row) if row else None
            check_newest(newest, epoch)
            if newest is None or newest.epoch != epoch or newest.next < place.next:
                return None
            return newest if head_before(connection, newest, place.next) == place.head else None

    def key(self, hall: str, key_id: str) -> HallKey | None:
        """Return a hall's key by its id, ended or not, None where it never enrolled such a key.

        All are in memory: each request asks for one, and a stranger's must not keep the database busy.
        """
        return self._keys.get((hall, key_id))

    def keep_key(self, hall: str, key_id: str, public_key: bytes, now_ms: int) -> None:
        """Keep a hall's new key, and end the one before; a key that had ended counts again."""
        row = {"hall": hall, "key_id": key_id, "public_key": public_key, "enrolled_ms": now_ms}
        before = update(keys).where(keys.c.hall == hall, keys.c.ended_ms.is_(None)).values(ended_ms=now_ms)
        with self._keys_turn:
            with self.writing() as connection:
                connection.execute(before)
                connection.execute(delete(keys).where(keys.c.hall == hall, keys.c.key_id == key_id))
                connection.execute(insert(keys).values(row))
                found = keys_in(connection)
            self._keys = found

    def read_keys(self) -> None:
        """Read the keys of all halls into memory."""
        with self._keys_turn, self.reading() as connection:
            self._keys, self._keys_are_old = keys_in(connection), False

    def close(self) -> None:
        """Close every connection, and let another region in."""
        if self._alone is not None:
            self._alone.close()
        self._reader.dispose()
        self._writer.dispose()
        if self._lock is not None:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def keys_in(connection: Connection) -> Keys:
    """Return the keys of all halls, those too that have ended."""
    rows = connection.execute(select(keys)).mappings()
    return {(row["hall"], row["key_id"]): HallKey(**row) for row in rows}


def open_store(data: Path, database: str | None = None) -> Store:
    """Return the store of a region: the SQLite file in its folder, or the PostgreSQL database of this URL.

    The folder is made where it is not there. AlreadyRunning where another region has the folder or the database,
    DatabaseAway where it does not answer, DatabaseNewer where a later program has made its tables.
    """
    with translated():
        make_private_folder(data)
        lock = locked(data / LOCK)
    with ExitStack() as undoing:
        undoing.callback(lock.close)
        store = opened_postgresql(data, database, lock) if database else opened_sqlite(data, lock)
        undoing.pop_all()
    return store


def open_sqlite(data: Path) -> Store:
    """Return the store in a folder."""
    return open_store(data)


def opened_sqlite(data: Path, lock: IO[bytes]) -> Store:
    """Return the store in a folder that is ours alone."""
    return with_tables(Store(sqlite_writer(data), sqlite_reader(data), lock))


def opened_postgresql(data: Path, database: str, lock: IO[bytes]) -> Store:
    """Return the store in a database that is ours alone."""
    writer, reader = postgresql_engines(database)
    with ExitStack() as undoing:
        undoing.callback(writer.dispose)
        try:
            alone = Alone(writer, data)
        except SQLAlchemyError as error:
            raise DatabaseAway(why=first_line(error)) from error
        undoing.pop_all()
    return with_tables(Store(writer, reader, lock, alone))


def with_tables(store: Store) -> Store:
    """Return a store with the tables of this program and the keys in memory; it is closed where they cannot be had."""
    with ExitStack() as undoing:
        undoing.callback(store.close)
        store.make_tables()
        store.read_keys()
        undoing.pop_all()
    return store


def reading_store(data: Path, database: str | None = None) -> Store:
    """Return a region's store for reading alone, whether a region writes it or not."""
    if database is None:
        return Store(sqlite_reader(data), sqlite_reader(data))
    _, reader = postgresql_engines(database)
    return Store(reader, reader)


def reading_sqlite(data: Path) -> Store:
    """Return the store in a folder for reading alone."""
    return reading_store(data)


def first_line(error: Exception) -> str:
    """Return what an error says first: of a database its own words, without our query."""
    told = getattr(error, "orig", None) or error
    return next(iter(str(told).splitlines()), type(told).__name__)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database and the file system say into Unavailable."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(why=type(error).__name__) from error
