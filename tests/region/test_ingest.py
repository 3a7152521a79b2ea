"""What the region takes, what it refuses, and that it keeps the bytes as they came."""

from pathlib import Path

import pytest
from push_halls import HALL, batch, held_lines, line, lines

from journal.line import Line, genesis
from region.errors import AlreadyRunning, Fork, Gap, NotThisHall, Simulated, Unavailable, UnknownEpoch
from region.ingest import Ingest
from region.rules import Stream
from region.store import Store, open_sqlite
from region.tables import batch as batches
from sync.signature import Receipt
from sync.wire import Batch, Place, batch_of, pack

NOW_MS = 1_796_010_000_000


def take(store: Store, sent: Batch, *, hall: str = HALL, epoch: int = 1, simulated: bool = False) -> Receipt:
    """Let a store take a batch."""
    return Ingest(store, simulated).take(hall, epoch, sent, pack(sent).content, NOW_MS)


def stream_of(store: Store, hall: str = HALL) -> Stream:
    """Return what is held of a hall."""
    stream = store.latest(hall)
    assert stream is not None
    return stream


def test_a_receipt_says_how_far_the_journal_is_held(store: Store) -> None:
    receipt = take(store, batch(1, 5))

    assert receipt == Receipt(HALL, 1, Place(6, batch(1, 5).head), NOW_MS)
    assert stream_of(store).place == receipt.place


def test_the_bytes_are_kept_as_they_came(store: Store) -> None:
    sent = batch(1, 5)

    take(store, sent)

    with store.shelf(HALL, 1) as shelf:
        rows = shelf._connection.execute(batches.select()).mappings().all()
    assert [(row["first"], row["next"], row["content"]) for row in rows] == [(1, 6, pack(sent).content)]


def test_the_same_batch_twice_is_acknowledged_and_kept_once(store: Store) -> None:
    first = take(store, batch(1, 5))

    again = take(store, batch(1, 5))

    assert again.place == first.place
    assert held_lines(store) == tuple(lines(5))


@pytest.mark.parametrize(("first", "count"), [(1, 3), (2, 3), (3, 3), (5, 1), (4, 10), (1, 20), (6, 2)])
def test_whatever_part_is_repeated_is_dropped_and_the_rest_is_kept(store: Store, first: int, count: int) -> None:
    take(store, batch(1, 2))
    take(store, batch(3, 3))

    receipt = take(store, batch(first, count))

    newest = max(5, first + count - 1)
    assert receipt.place == Place(newest + 1, batch(1, newest).head)
    assert held_lines(store) == tuple(lines(newest))


def test_a_gap_is_refused_and_told_where_to_go_on(store: Store) -> None:
    take(store, batch(1, 5))

    with pytest.raises(Gap) as refused:
        take(store, batch(7, 3))

    assert (refused.value.status, refused.value.code) == (409, "gap")
    assert refused.value.place == Place(6, batch(1, 5).head)
    assert held_lines(store) == tuple(lines(5))


def test_a_hall_never_heard_of_begins_at_its_first_line(store: Store) -> None:
    with pytest.raises(Gap) as refused:
        take(store, batch(2, 3))

    assert refused.value.place == Place(1, genesis(HALL))
    assert store.streams() == []


@pytest.mark.parametrize(("first", "count"), [(2, 2), (2, 9), (5, 1), (6, 2), (1, 5)])
def test_another_line_at_a_held_place_is_a_fork_and_changes_nothing(store: Store, first: int, count: int) -> None:
    take(store, batch(1, 3))
    take(store, batch(4, 2))
    before = stream_of(store)

    with pytest.raises(Fork) as refused:
        take(store, batch(first, count, word="lain"))

    assert (refused.value.status, refused.value.code, refused.value.place) == (409, "fork", before.place)
    assert held_lines(store) == tuple(lines(5))


def test_the_same_lines_after_another_past_are_a_fork(store: Store) -> None:
    take(store, batch(1, 5))
    other = batch_of(4, b"x" * 32, lines(2, first=4))

    with pytest.raises(Fork):
        take(store, other)


def test_a_fork_is_remembered_for_the_page(store: Store) -> None:
    take(store, batch(1, 5))

    with pytest.raises(Fork):
        take(store, batch(2, 4, word="lain"))

    assert stream_of(store).forked_ms == NOW_MS


def test_a_chain_that_begins_elsewhere_is_a_fork(store: Store) -> None:
    with pytest.raises(Fork):
        take(store, batch_of(1, b"x" * 32, lines(3)))


@pytest.mark.parametrize("simulated", [True, None, "false", 0])
def test_a_journal_that_does_not_say_it_is_real_is_refused_unless_simulated_ones_are_taken(
    store: Store, simulated: object
) -> None:
    sent = batch(1, 3, simulated=simulated)

    with pytest.raises(Simulated) as refused:
        take(store, sent)

    assert (refused.value.status, refused.value.code) == (403, "simulated")
    assert store.streams() == []
    assert take(store, sent, simulated=True).place.next == 4


def test_a_simulated_journal_is_refused_again_once_none_are_taken(store: Store) -> None:
    take(store, batch(1, 3, simulated=True), simulated=True)

    with pytest.raises(Simulated):
        take(store, batch(4, 3, simulated=True))


@pytest.mark.parametrize(
    "opening",
    [
        line(1, hall="mpp-lain"),
        line(2),
        b"not json",
        Line(1, 0, 0, "epoch.opened", 1, {"hall": HALL, "epoch": 2, "simulated": False}).encode(),
        Line(2, 0, 0, "epoch.opened", 1, {"hall": HALL, "epoch": 1, "simulated": False}).encode(),
    ],
)
def test_the_first_line_must_open_this_halls_journal(store: Store, opening: bytes) -> None:
    with pytest.raises(NotThisHall):
        take(store, batch_of(1, genesis(HALL), [opening]))


def test_a_later_epoch_of_which_the_beginning_is_not_held_is_not_taken(store: Store) -> None:
    with pytest.raises(UnknownEpoch):
        take(store, batch(2, 3), epoch=2)


def test_halls_do_not_touch_each_other(store: Store) -> None:
    take(store, batch(1, 5))

    take(store, batch(1, 3, hall="mpp-lain"), hall="mpp-lain")

    assert [(stream.hall, stream.next) for stream in store.streams()] == [("mpp-lain", 4), (HALL, 6)]


@pytest.mark.parametrize(
    "odd", [b"not json \xff", b"[2,1e999,0,1,1,{}]", b"[2," + b"9" * 400 + b',0,"x",1,{}]', b"[" * 9000]
)
def test_no_line_is_poison_even_where_it_cannot_be_read(store: Store, odd: bytes) -> None:
    sent = batch_of(1, genesis(HALL), [line(1), odd])

    receipt = take(store, sent)

    assert receipt.place.next == 3
    assert stream_of(store).last_ms is None
    assert held_lines(store) == sent.lines


def test_the_halls_clock_at_the_last_line_is_noted(store: Store) -> None:
    take(store, batch(1, 2))

    assert stream_of(store).last_ms == 1_796_000_402_000
    assert stream_of(store).received_ms == NOW_MS


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with open_sqlite(tmp_path / "region") as store:
        take(store, batch(1, 5))

    with open_sqlite(tmp_path / "region") as again:
        take(again, batch(4, 4))
        assert held_lines(again) == tuple(lines(7))


def test_an_answer_means_on_disk(store: Store) -> None:
    asked = {"sqlite": ("PRAGMA synchronous", "PRAGMA journal_mode"), "postgresql": ("SHOW synchronous_commit",)}
    with store.shelf(HALL, 1) as shelf:
        connection = shelf._connection
        told = [connection.exec_driver_sql(query).scalar() for query in asked[connection.dialect.name]]

    assert told == ([2, "wal"] if connection.dialect.name == "sqlite" else ["on"])


def test_readers_cannot_write_so_one_connection_alone_checkpoints(store: Store) -> None:
    with store._reader.connect() as reader, pytest.raises(Exception, match=r"read-?only"):
        reader.exec_driver_sql("DELETE FROM stream")


def test_two_regions_never_share_their_data(tmp_path: Path) -> None:
    with open_sqlite(tmp_path / "region"), pytest.raises(AlreadyRunning):
        open_sqlite(tmp_path / "region")


def test_damaged_stored_bytes_are_the_regions_own_trouble(store: Store) -> None:
    take(store, batch(1, 5))
    with store.shelf(HALL, 1) as shelf:
        shelf._connection.execute(batches.update().values(content=b"rubbish"))

    with pytest.raises(Unavailable):
        take(store, batch(1, 3))


def test_a_folder_that_cannot_be_used_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "region").write_text("a file")

    with pytest.raises(Unavailable):
        open_sqlite(tmp_path / "region")


def test_a_database_that_is_none_is_told_so_and_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / "region.db").write_bytes(b"rubbish" * 1000)

    for _ in range(2):
        with pytest.raises(Unavailable):
            open_sqlite(tmp_path)
