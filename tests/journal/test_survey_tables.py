"""The tables of the survey: a database from before them is read anew, and is content."""

import sqlite3
from pathlib import Path

from journal.line import Line
from journal.store import Store, Transaction
from journal.verify import verify

SCORES = {f"U{element}": element % 4 + 1 for element in range(1, 10)}
ASKED = {"agency": "a", "service": "", "date": "2026-11-30", "way": "tablet", "trial": False}
LINES = [
    Line(1, 1, 1, "epoch.opened", 1, {"hall": "mpp-uji", "epoch": 1, "simulated": True, "reason": "new", "common": 0}),
    Line(2, 2, 2, "survey.answered", 1, ASKED | {"scores": SCORES, "facts": {"sex": "male"}, "half": "morning"}),
    Line(3, 3, 3, "rating.given", 1, ASKED | {"score": 4}),
]


def test_a_database_without_the_tables_gets_them_from_its_lines(tmp_path: Path) -> None:
    store = Store(tmp_path, "mpp-uji")
    store.append([Transaction(LINES)])
    store.close()
    connection = sqlite3.connect(tmp_path / "hall.db")
    connection.executescript("DROP TABLE survey; DROP TABLE rating;")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_survey'")
    connection.commit()
    connection.close()

    Store(tmp_path, "mpp-uji").close()
    report = verify(tmp_path)

    assert report.content
    assert (report.tables["survey"], report.tables["rating"]) == (1, 1)
    connection = sqlite3.connect(tmp_path / "hall.db")
    row = connection.execute("SELECT u1, u8, u9, sex, education FROM survey").fetchone()
    connection.close()
    assert row == (2, 1, 2, "male", None)
