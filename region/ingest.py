"""Takes a batch: one transaction checks it, keeps its bytes as they came, and moves the watermark."""

from dataclasses import dataclass, field

from region.errors import Fork, Gap
from region.rules import (
    Stream,
    check_newest,
    check_repeated,
    check_simulated,
    clock_of,
    follower_of,
    opened_by,
    repeated,
)
from region.store import Shelf, Store
from sync.signature import Receipt
from sync.wire import Batch, Place, batch_of


@dataclass(frozen=True, slots=True)
class Ingest:
    """The region's door: `accept_simulated` lets journals of simulated hubs in."""

    store: Store
    accept_simulated: bool
    _ends: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Of each hall the epoch and the next line after the last batch that was taken here."""

    def take(self, hall: str, epoch: int, batch: Batch, content: bytes, now_ms: int) -> Receipt:
        """Keep a batch and return its receipt; what is held already is compared and dropped.

        Raises Gap, Fork, Simulated, NotThisHall, UnknownEpoch and Unavailable; then nothing is kept, but that another
        journal was offered is noted.
        """
        try:
            with self.store.shelf(hall, epoch) as shelf:
                place = self._keep(shelf, batch, content, now_ms)
        except Fork:
            with self.store.shelf(hall, epoch) as shelf:
                shelf.note_fork(now_ms)
            raise
        self._ends[hall] = epoch, place.next
        return Receipt(hall, epoch, place, now_ms)

    def goes_on(self, hall: str, epoch: int, first: int) -> bool:
        """Return whether a batch begins where the hall's last one ended, so that `known` need not be asked.

        Nearly all do. Only batches that were taken since the region began are thought of.
        """
        return self._ends.get(hall) == (epoch, first)

    def known(self, hall: str, epoch: int, end: Place, now_ms: int) -> Receipt | None:
        """Return the receipt of a batch of which all is held, None for others; Superseded where its epoch is over."""
        stream = self.store.stream_with(hall, epoch, end)
        if stream is None:
            return None
        check_simulated(stream, accept_simulated=self.accept_simulated)
        return Receipt(hall, epoch, stream.place, now_ms)

    def _keep(self, shelf: Shelf, batch: Batch, content: bytes, now_ms: int) -> Place:
        """Check a batch and keep it, within a transaction; return how far the journal is held after it."""
        since = shelf.since()
        check_newest(since[-1] if since else None, shelf.epoch)
        stream = since[0] if since else self._opened(shelf, batch, shelf.newest())
        check_simulated(stream, accept_simulated=self.accept_simulated)
        again = repeated(stream, batch)
        if again:
            check_repeated(stream, batch, again, shelf.head_before(stream, batch.first + again))
        if again == len(batch.lines):
            return stream.place
        fresh = batch_of(stream.next, stream.head, batch.lines[again:]) if again else batch
        if fresh.previous != stream.head:
            raise Fork(stream.place)
        if fresh.head != batch.head:
            raise Fork(stream.place)
        shelf.append(fresh, again, content, now_ms, clock_of(batch.lines[-1]))
        return Place(fresh.next, fresh.head)

    def _opened(self, shelf: Shelf, batch: Batch, newest: Stream | None) -> Stream:
        """Begin to hold an epoch by its first batch: a new journal, or one that goes on in the newest one."""
        if newest is None or batch.first == 1:
            stream = opened_by(shelf.hall, shelf.epoch, batch)
        elif batch.first > newest.next:
            raise Gap(newest.place)
        else:
            stream = follower_of(newest, shelf.epoch, batch, shelf.head_before(newest, batch.first))
        shelf.open(stream)
        return stream
