"""Refused numbers are counted with their answers: each visitor once, however often a tile is tapped."""

import sqlite3
from contextlib import closing
from pathlib import Path

from journal.store import DATABASE, RefusedNumber, Store, Transaction, reading_end
from journal.verify import verify
from tests.hub.report.making import MONDAY, issued, keep, ms, opened


def refused(second: int, code: str = "quota_full", place: str = "anjungan-1") -> Transaction:
    moment = ms(f"{MONDAY} 09:00") + second * 1000
    return Transaction([], refused=RefusedNumber(MONDAY, 9, "s", code, place, moment))


def rows(folder: Path) -> list[tuple[str, str, int, int]]:
    with closing(reading_end(folder)) as connection:
        return connection.execute("SELECT code, place, asked, counted FROM refused ORDER BY code, place").fetchall()


def test_a_tile_that_is_tapped_all_the_time_grows_two_numbers(tmp_path: Path) -> None:
    store = Store(tmp_path, "mpp-uji")
    store.append([refused(second) for second in range(0, 3000, 3)])
    store.close()

    assert rows(tmp_path) == [("quota_full", "anjungan-1", 1000, 1)]


def test_another_minute_another_kiosk_and_another_reason_are_another_visitor(tmp_path: Path) -> None:
    store = Store(tmp_path, "mpp-uji")
    store.append([refused(0), refused(60), refused(1, place="anjungan-2"), refused(2, "last_ticket")])
    store.close()

    assert rows(tmp_path) == [
        ("last_ticket", "anjungan-1", 1, 1),
        ("quota_full", "anjungan-1", 2, 2),
        ("quota_full", "anjungan-2", 1, 1),
    ]


def test_a_database_of_an_older_program_gets_its_new_tables_and_their_rows(tmp_path: Path) -> None:
    keep(tmp_path, opened(), issued("08:00", "A001"))
    with closing(sqlite3.connect(tmp_path / DATABASE)) as old, old:
        old.executescript("DROP TABLE leg; DROP TABLE happening; DROP TABLE refused; DROP INDEX idx_call_date;")
        old.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm002%'")

    Store(tmp_path, "mpp-uji").close()

    assert verify(tmp_path).content
    assert verify(tmp_path).tables["leg"] == 1
    assert rows(tmp_path) == []
