"""Proves from the stored bytes alone that each hall's chain is whole; the region may run meanwhile."""

from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import RowMapping, select

from region.errors import Unavailable
from region.lineage import head_before, lines_of
from region.rules import Stream
from region.store import Store, reading_store
from region.tables import batch as batches
from sync.wire import Place, head_after


@dataclass(frozen=True, slots=True)
class Proof:
    """What the stored bytes of one epoch say: lines that are whole, and the first line where they are not."""

    hall: str
    epoch: int
    lines: int
    head: str
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """Whether every line is there, in order and unchanged."""
        return self.broken_at is None


def verify(data: Path, database: str | None = None) -> list[Proof]:
    """Return a proof of every epoch that a region holds; Unavailable where there is nothing to read."""
    with reading_store(data, database) as store:
        return [proof(store, stream) for stream in store.streams()]


def proof(store: Store, stream: Stream) -> Proof:
    """Recompute an epoch's chain from its first batch, and compare its end with the watermark."""
    query = select(batches).where(batches.c.hall == stream.hall, batches.c.epoch == stream.epoch)
    with store.reading() as connection:
        try:
            place = Place(stream.first, head_before(connection, replace(stream, next=stream.first), stream.first))
        except Unavailable:
            return Proof(stream.hall, stream.epoch, 0, "", stream.first)
        upto = query.where(batches.c.next <= stream.next).order_by(batches.c.first)
        for row in connection.execute(upto).mappings():
            after = place_after(place, row)
            if after is None:
                return Proof(stream.hall, stream.epoch, place.next - 1, place.head.hex(), place.next)
            place = after
    broken_at = None if place == stream.place else min(place.next, stream.next)
    return Proof(stream.hall, stream.epoch, place.next - 1, place.head.hex(), broken_at)


def place_after(place: Place, row: RowMapping) -> Place | None:
    """Return the place after a stored batch, None where it does not follow, or its bytes are not what they were."""
    if (row["first"], row["previous"]) != (place.next, place.head):
        return None
    try:
        head = head_after(place.head, lines_of(row))
    except Unavailable:
        return None
    return Place(row["next"], head) if head == row["head"] else None
