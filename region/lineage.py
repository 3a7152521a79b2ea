"""Which batches make a hall's journal: an epoch that goes on after a common line has those before from earlier ones."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Select, select

from journal.line import genesis
from region.errors import Unavailable
from region.rules import Stream
from region.tables import batch as batches
from region.tables import stream as streams
from sync.wire import Place, WireError, head_after, lines_in


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines `first` to `next` - 1, which are kept under an epoch."""

    epoch: int
    first: int
    next: int


def lineage(connection: Connection, stream: Stream) -> list[Segment]:
    """Return the segments of an epoch's journal, from line 1 on."""
    before = (streams.c.hall == stream.hall, streams.c.epoch <= stream.epoch)
    query = select(streams.c.epoch, streams.c.first).where(*before).order_by(streams.c.epoch.desc())
    segments, upto = list[Segment](), stream.next
    for epoch, first in connection.execute(query).all():
        if first < upto or epoch == stream.epoch:
            segments.insert(0, Segment(epoch, first, upto))
            upto = first
    return segments


def head_before(connection: Connection, stream: Stream, seq: int) -> bytes:
    """Return the chained hash before a line that an epoch's journal reaches; Unavailable where it is not whole."""
    if seq == 1:
        return genesis(stream.hall)
    segment = next((part for part in lineage(connection, stream) if part.first < seq <= part.next), None)
    if segment is None:
        raise Unavailable(why="batch")
    row = connection.execute(batches_of(stream.hall, segment, upto=seq).limit(1)).mappings().first()
    if row is None or row["next"] < seq:
        raise Unavailable(why="batch")
    if row["next"] == seq:
        return bytes(row["head"])
    return head_after(row["previous"], lines_of(row)[: seq - row["first"]])


def batches_of(hall: str, segment: Segment, *, upto: int) -> Select[tuple[object, ...]]:
    """Return the query of a segment's batches that begin before a line, newest first."""
    ours = (batches.c.hall == hall, batches.c.epoch == segment.epoch)
    return select(batches).where(*ours, batches.c.first < min(upto, segment.next)).order_by(batches.c.first.desc())


def pieces(connection: Connection, stream: Stream, first: int, count: int) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the lines of at most `count` batches from a line on, each with the seq of its first; trimmed to a lineage.

    Unavailable where a batch is missing or damaged.
    """
    for segment in lineage(connection, stream):
        if first >= segment.next:
            continue
        ours = (batches.c.hall == stream.hall, batches.c.epoch == segment.epoch)
        within = (batches.c.next > first, batches.c.first < segment.next)
        query = select(batches).where(*ours, *within).order_by(batches.c.first).limit(count)
        for row in connection.execute(query).mappings().all():
            if row["first"] > first:
                raise Unavailable(why=f"no batch from line {first}")
            lines = lines_of(row)[first - row["first"] : segment.next - row["first"]]
            yield first, lines
            first, count = first + len(lines), count - 1
        if first < segment.next or not count:
            return


def places(connection: Connection, stream: Stream, upto: int, count: int) -> list[Place]:
    """Return the last ends of batches at which a journal can be compared, up to a line, newest first."""
    found: list[Place] = []
    for segment in reversed(lineage(connection, stream)):
        ours = (batches.c.hall == stream.hall, batches.c.epoch == segment.epoch)
        within = (batches.c.next <= min(upto, segment.next), batches.c.first >= segment.first)
        query = select(batches.c.next, batches.c.head).where(*ours, *within).order_by(batches.c.first.desc())
        rows = connection.execute(query.limit(count - len(found))).all()
        found += [Place(next_, bytes(head)) for next_, head in rows]
    return found


def lines_of(row: RowMapping) -> list[bytes]:
    """Return the lines that were new in a kept batch; Unavailable where its bytes are damaged."""
    count = row["repeated"] + row["next"] - row["first"]
    try:
        return lines_in(row["content"], count)[row["repeated"] :]
    except WireError as error:
        raise Unavailable(why="batch") from error
