"""Reading the hall's journal: read-only, a second at a time, and never a chain that is not whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from push_halls import HALL, batch, hall_with, lines, write_journal

from journal.line import genesis
from sync.source import JournalAway, JournalBroken, JournalSource, Opening, WrongHall
from sync.wire import MAX_LINE_BYTES, MAX_PLAIN_BYTES


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return hall_with(tmp_path / "hall.db", 10)


def spoilt(journal: Path, statement: str) -> JournalSource:
    """Return the source of a journal that somebody changed."""
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute(statement)
    return JournalSource(journal, HALL)


def test_lines_come_as_a_batch_with_the_hash_before_them(journal: Path) -> None:
    source = JournalSource(journal, HALL)

    assert source.read(1, 100) == batch(1, 10)
    assert source.read(4, 3) == batch(4, 3)


def test_at_the_end_of_the_journal_nothing_comes_and_behind_it_none(journal: Path) -> None:
    source = JournalSource(journal, HALL)

    assert source.read(11, 5) == batch(11, 0)
    assert source.read(12, 5) is None


def test_the_first_line_says_whose_journal_it_is(journal: Path) -> None:
    assert JournalSource(journal, HALL).opening() == Opening(HALL, 1)


def test_another_halls_journal_is_noticed(journal: Path) -> None:
    with pytest.raises(WrongHall):
        JournalSource(journal, "mpp-lain").opening()


def test_the_hash_before_a_line_is_the_genesis_then_the_chain_then_none(journal: Path) -> None:
    source = JournalSource(journal, HALL)

    assert source.hash_before(1) == genesis(HALL)
    assert source.hash_before(11) == batch(1, 10).head
    assert source.hash_before(12) is None


def test_the_newest_line_is_counted(journal: Path) -> None:
    assert JournalSource(journal, HALL).newest() == 10


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET line = line || ' ' WHERE seq = 5",
        "UPDATE journal SET h = zeroblob(32) WHERE seq = 10",
        "DELETE FROM journal WHERE seq = 5",
    ],
)
def test_a_chain_that_is_not_whole_is_not_sent(journal: Path, statement: str) -> None:
    source = spoilt(journal, statement)

    with pytest.raises(JournalBroken):
        source.read(1, 100)


@pytest.mark.parametrize("line", ["[]", '[1,0,0,"hall.opened",1,{}]', '[1,0,0,"epoch.opened",1,{"hall":1}]'])
def test_a_journal_that_does_not_begin_with_its_epoch_is_broken(journal: Path, line: str) -> None:
    source = spoilt(journal, f"UPDATE journal SET line = CAST('{line}' AS BLOB) WHERE seq = 1")

    with pytest.raises(JournalBroken):
        source.opening()


def test_a_journal_that_is_not_there_is_away_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(JournalAway):
        JournalSource(tmp_path / "hall.db", HALL).opening()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_without_a_line_or_a_table_is_away(tmp_path: Path) -> None:
    empty = write_journal(tmp_path / "empty.db", [])
    (tmp_path / "bare.db").touch()

    for path in (empty, tmp_path / "bare.db"):
        with pytest.raises(JournalAway):
            JournalSource(path, HALL).opening()


def test_reading_is_given_up_after_a_second_with_what_there_is(journal: Path) -> None:
    ticks = iter(range(100))
    source = JournalSource(journal, HALL, clock=lambda: next(ticks) * 0.4)

    assert source.read(1, 100) == batch(1, 3)


def test_no_more_is_read_than_one_batch_may_hold(tmp_path: Path) -> None:
    count = MAX_PLAIN_BYTES // MAX_LINE_BYTES + 10
    journal = write_journal(tmp_path / "hall.db", [*lines(1), *([b"x" * MAX_LINE_BYTES] * count)])

    read = JournalSource(journal, HALL).read(2, 5000)

    assert read is not None
    assert len(read.lines) == MAX_PLAIN_BYTES // (MAX_LINE_BYTES + 1)


def test_the_hub_may_write_while_the_push_reads(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as hub:
        hub.execute("PRAGMA journal_mode=WAL")
        hub.execute("BEGIN IMMEDIATE")
        hub.execute("INSERT INTO journal VALUES (11, x'00', x'00')")

        read = JournalSource(journal, HALL).read(1, 100)

    assert read == batch(1, 10)
