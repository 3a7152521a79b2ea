"""The batch that is made while the one before it travels."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from push_halls import HALL, held_lines, journal_lines, lines, write_journal
from push_regions import FAULTS, DirectRegion, Fault, FaultyRegion, push_all, pusher_of

from sync.ahead import Ahead
from sync.source import JournalBroken, JournalSource
from sync.watermark import Watermark
from sync.wire import pack


@pytest.fixture
def source(journal: Path) -> JournalSource:
    return JournalSource(journal, HALL)


@pytest.fixture
def ahead(source: JournalSource) -> Iterator[Ahead]:
    with closing(Ahead(source)) as ahead:
        yield ahead


def test_what_was_made_ahead_is_what_would_be_read(source: JournalSource, ahead: Ahead) -> None:
    ahead.begin(201, 400)

    made, read = ahead.take(201, 400), source.read(201, 400)

    assert made is not None
    assert read is not None
    assert (made.batch, made.packed) == (read, pack(read))


@pytest.mark.parametrize(("first", "size"), [(201, 200), (601, 400)])
def test_another_batch_than_the_one_asked_for_is_dropped(ahead: Ahead, first: int, size: int) -> None:
    ahead.begin(201, 400)

    assert ahead.take(first, size) is None
    assert ahead.take(201, 400) is None


def test_behind_the_last_line_there_is_nothing(ahead: Ahead) -> None:
    ahead.begin(1001, 5)

    assert ahead.take(1001, 5) is None


def test_a_broken_line_is_told_by_who_sends_it(journal: Path, source: JournalSource, ahead: Ahead) -> None:
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("UPDATE journal SET line = x'00' WHERE seq = 300")
    ahead.begin(201, 400)

    assert ahead.take(201, 400) is None
    with pytest.raises(JournalBroken):
        source.read(201, 400)


@pytest.mark.parametrize("fault", FAULTS)
def test_after_any_fault_the_journal_still_arrives_once(
    journal: Path, watermark: Watermark, region: DirectRegion, ahead: Ahead, fault: Fault
) -> None:
    push_all(pusher_of(journal, watermark, FaultyRegion(region, fault, fault, fault), ahead=ahead))

    assert held_lines(region.store) == journal_lines(journal)


def test_batches_are_the_same_as_without(
    journal: Path, watermark: Watermark, region: DirectRegion, ahead: Ahead
) -> None:
    push_all(pusher := pusher_of(journal, watermark, region, ahead=ahead))
    write_journal(journal, lines(3, first=1001))
    push_all(pusher)

    assert region.pushes == [(1, 200), (201, 400), (601, 400), (1001, 3)]
    assert held_lines(region.store) == journal_lines(journal)
