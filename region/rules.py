"""What the region takes and what it refuses, given what it holds: pure decisions."""

from dataclasses import dataclass, replace

from journal.line import Line, LineError, decode, genesis
from region.errors import Fork, Gap, NotThisHall, Simulated, Superseded, UnknownEpoch
from sync.wire import Batch, Place, head_after

FIRST_EPOCH = 1
LATEST_MS = 253_370_764_800_000
"""The year 9999: a clock beyond its beginning is no time, and could not be told in every zone."""


@dataclass(frozen=True, slots=True)
class Stream:
    """How one epoch of a hall's journal is held, from line `first` on; times are milliseconds since 1970 in UTC.

    `last_ms` is the hall's clock at the last line, None where that line cannot be read; `received_ms` is when it came;
    `forked_ms` is when another journal was last offered under this name.
    """

    hall: str
    epoch: int
    next: int
    head: bytes
    simulated: bool
    last_ms: int | None = None
    received_ms: int = 0
    forked_ms: int | None = None
    first: int = 1

    @property
    def place(self) -> Place:
        """The watermark."""
        return Place(self.next, self.head)


@dataclass(frozen=True, slots=True)
class HallKey:
    """A public key that a hall enrolled, its 32 bytes; `ended_ms` is when another took its place."""

    hall: str
    key_id: str
    public_key: bytes
    enrolled_ms: int
    ended_ms: int | None = None


def opened_by(hall: str, epoch: int, batch: Batch) -> Stream:
    """Return the empty stream that a journal's first batch opens, of this or of an earlier epoch's number.

    Gap where it does not begin at line 1, NotThisHall where line 1 opens another journal, Fork where its chain begins
    elsewhere, UnknownEpoch for an epoch that follows others, of which none is held.
    """
    place = Place(1, genesis(hall))
    if batch.first != place.next:
        raise UnknownEpoch(epoch=epoch) if epoch != FIRST_EPOCH else Gap(place)
    opening = opening_line(batch.lines[0])
    number = opening.body.get("epoch") if opening else None
    if opening is None or opening.body.get("hall") != hall or type(number) is not int or not 1 <= number <= epoch:
        raise NotThisHall(hall=hall)
    if batch.previous != place.head:
        raise Fork(place)
    return Stream(hall, epoch, place.next, place.head, opening.body.get("simulated") is not False)


def follower_of(newest: Stream, epoch: int, batch: Batch, head: bytes) -> Stream:
    """Return the empty stream of a later epoch; it goes on in the newest one's journal, where `head` stands.

    Fork where its chain does not. What the newest epoch holds from there on is kept, and is the hall's no more.
    """
    if batch.previous != head:
        raise Fork(newest.place)
    return replace(newest, epoch=epoch, first=batch.first, next=batch.first, head=head, forked_ms=None)


def check_newest(newest: Stream | None, epoch: int) -> None:
    """Refuse an epoch that a later one has taken the place of."""
    if newest is not None and newest.epoch > epoch:
        raise Superseded(epoch=epoch, newest=newest.epoch)


def opening_line(raw: bytes) -> Line | None:
    """Return the line where it opens an epoch, None where it is another or none."""
    line = readable(raw)
    return line if line and (line.seq, line.kind) == (1, "epoch.opened") else None


def check_simulated(stream: Stream, *, accept_simulated: bool) -> None:
    """Refuse a simulated journal where none is taken; one that does not say what it is counts as simulated."""
    if stream.simulated and not accept_simulated:
        raise Simulated(hall=stream.hall)


def repeated(stream: Stream, batch: Batch) -> int:
    """Return how many of the batch's first lines are held already; Gap where lines before it are missing."""
    if batch.first > stream.next:
        raise Gap(stream.place)
    return min(stream.next - batch.first, len(batch.lines))


def check_repeated(stream: Stream, batch: Batch, again: int, head: bytes) -> None:
    """Compare a batch's first `again` lines with the held ones, after which `head` stands; Fork where they differ.

    The chained hash covers every line before it, so that equal heads mean equal lines (`docs/protocol.md`).
    """
    if head_after(batch.previous, batch.lines[:again]) != head:
        raise Fork(stream.place)


def clock_of(raw: bytes) -> int | None:
    """Return the hall's clock in a line, None where it cannot be read or is no time."""
    line = readable(raw)
    return line.wall_ms if line and 0 <= line.wall_ms < LATEST_MS else None


def readable(raw: bytes) -> Line | None:
    """Return the line that these bytes are, None where they are none, or are nested too deep to be read."""
    try:
        return decode(raw)
    except (LineError, RecursionError):
        return None
