"""The journal on disk: gap-free, chained, all or nothing."""

import sqlite3
from pathlib import Path

import pytest

from journal.line import Line, chained, decode, genesis
from journal.store import (
    JournalBroken,
    JournalError,
    JournalLocked,
    JournalUnwritable,
    Store,
    StoredAnswer,
    Transaction,
    checked,
    reading_end,
)
from journal.store import read_lines as lines_of

HALL = "mpp-uji"


def line(seq: int, kind: str = "clerk.signed_in", **body) -> Line:
    return Line(seq, seq * 10, seq * 10, kind, 1, body)


def stored(folder: Path) -> list[tuple[int, bytes, bytes]]:
    connection = reading_end(folder)
    rows = list(lines_of(connection))
    connection.close()
    return rows


def test_lines_are_chained_in_their_order(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    store.append([Transaction([line(1), line(2)]), Transaction([line(3)])])
    store.close()

    head = genesis(HALL)
    for seq, raw, h in stored(tmp_path):
        head = chained(head, raw)
        assert (decode(raw).seq, h) == (seq, head)
    assert [row[0] for row in stored(tmp_path)] == [1, 2, 3]


def test_a_store_goes_on_where_it_ended(tmp_path: Path) -> None:
    for seq in (1, 2, 3):
        store = Store(tmp_path, HALL)
        store.append([Transaction([line(seq)])])
        store.close()

    assert [line.seq for line, _ in checked(stored(tmp_path), genesis(HALL))] == [1, 2, 3]


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    store.append([Transaction([line(1)])])

    with pytest.raises(JournalUnwritable):
        store.append([Transaction([line(2)]), Transaction([line(1)])])
    store.close()

    assert [row[0] for row in stored(tmp_path)] == [1]


def test_the_disk_is_told_to_keep_every_commit(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    settings = [store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    store.close()

    assert settings == ["wal", 2]


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)

    with pytest.raises(JournalLocked):
        Store(tmp_path, HALL)
    store.close()


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    store.append([Transaction([line(1)])])
    reader = reading_end(tmp_path)

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM journal")
    reader.close()
    store.close()


def test_answers_are_kept_for_48_hours_of_hall_time(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    old, young = (StoredAnswer(name, b"d", 200, "{}", at) for name, at in (("old-one", 0), ("young-one", 3_600_000)))
    store.append([Transaction([], old), Transaction([], young)])

    assert store.answers(48 * 3_600_000) == [old, young]
    assert store.answers(49 * 3_600_000) == [young]
    store.close()


def test_a_hub_starts_from_the_open_day_and_from_what_outlasts_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    kinds = ["epoch.opened", "config.applied", "day.opened", "clerk.signed_in", "device.paired", "day.closed"]
    days = iter(["2026-11-30", "2026-11-30", "2026-12-01"])
    lines = [
        line(seq, kind, **({"date": next(days)} if kind.startswith("day.") else {"hall": HALL}))
        for seq, kind in enumerate([*kinds, "day.opened", "counter.opened"], 1)
    ]
    store.append([Transaction(lines)])

    assert [found.seq for found in store.lines_to_start_from()] == [1, 2, 5, 7, 8]
    store.close()


def test_a_table_that_is_gone_is_made_again_from_the_journal(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    store.append([Transaction([line(1, "day.opened", date="2026-11-30"), line(2, "config.applied")])])
    store.db.execute("DROP TABLE standing")
    store.close()

    store = Store(tmp_path, HALL)

    assert store.db.execute("SELECT seq, kind FROM standing").fetchall() == [(2, "config.applied")]
    assert store.db.execute("SELECT date FROM day").fetchall() == [("2026-11-30",)]
    store.close()


def test_an_answer_may_be_written_again(tmp_path: Path) -> None:
    store = Store(tmp_path, HALL)
    for status in (200, 409):
        store.append([Transaction([], StoredAnswer("request-1", b"d", status, "{}", 0))])

    assert [answer.status for answer in store.answers(0)] == [409]
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(JournalError):
        Store(tmp_path / "file" / "data", HALL)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (
            "UPDATE journal SET line = CAST(replace(CAST(line AS TEXT), '20', '21') AS BLOB) WHERE seq = 2",
            "not the one that was written",
        ),
        ("DELETE FROM journal WHERE seq = 2", "line 2 is missing"),
        ("UPDATE journal SET line = 'x' WHERE seq = 2", "not bytes"),
    ],
)
def test_a_changed_journal_is_found_out(tmp_path: Path, damage: str, why: str) -> None:
    store = Store(tmp_path, HALL)
    store.append([Transaction([line(1), line(2), line(3)])])
    store.db.execute(damage)
    store.db.conn.commit()
    store.close()

    with pytest.raises(JournalBroken, match=why):
        list(checked(stored(tmp_path), genesis(HALL)))
