"""`antrean verify` is content with a whole journal, and says what is wrong with any other."""

import sqlite3
from pathlib import Path

import pytest

from journal.line import Line
from journal.store import JournalError, Store, Transaction
from journal.verify import verify

DAY = [
    ("epoch.opened", {"hall": "mpp-uji", "epoch": 1, "simulated": True, "reason": "new", "common": 0}),
    ("day.opened", {"date": "2026-11-30"}),
    (
        "ticket.issued",
        {
            "number": "A001",
            "issue": 1,
            "service": "s",
            "ticket_class": "normal",
            "kiosk": "k",
            "ahead": 0,
            "visit": "A001",
            "source": "kiosk",
            "trial": False,
            "promise": [50, 90],
        },
    ),
    ("print.queued", {"job": "A001-0", "number": "A001", "copy": 0, "printer": "p", "content": {}}),
    ("print.sending", {"job": "A001-0", "attempt": 1}),
    ("print.done", {"job": "A001-0", "proof": "process_id"}),
    ("ticket.called", {"number": "A001", "counter": 1, "clerk": "P01", "attempt": 1, "reason": {"points": 1}}),
    ("ticket.called", {"number": "A001", "counter": 1, "clerk": "P01", "attempt": 2, "reason": None}),
    ("service.started", {"number": "A001", "counter": 1, "clerk": "P01"}),
    ("service.finished", {"number": "A001", "counter": 1, "clerk": "P01", "outcome": "done"}),
    ("day.closed", {"date": "2026-11-30"}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store(tmp_path, "mpp-uji")
    lines = [Line(seq, seq * 10, seq * 10, kind, 1, body) for seq, (kind, body) in enumerate(DAY, 1)]
    store.append([Transaction(lines)])
    store.close()
    return tmp_path


def changed(folder: Path, sql: str) -> None:
    connection = sqlite3.connect(folder / "hall.db")
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_a_whole_journal_is_content(folder: Path) -> None:
    report = verify(folder)

    assert report.content
    assert (report.hall, report.lines, report.simulated) == ("mpp-uji", len(DAY), True)
    told = {"day": 1, "standing": 1, "ticket": 1, "call": 2, "print_job": 1, "leg": 1, "happening": 2}
    assert report.tables == {**told, "survey": 0, "rating": 0}


def test_the_tables_tell_the_way_of_the_ticket(folder: Path) -> None:
    connection = sqlite3.connect(folder / "hall.db")
    ticket = connection.execute(
        "SELECT state, counter, attempts, issued_ms, first_called_ms, called_ms, started_ms, ended_ms FROM ticket"
    ).fetchone()
    job = connection.execute("SELECT state, attempt, proof, ended_ms FROM print_job").fetchone()
    connection.close()

    assert ticket == ("served", 1, 2, 30, 70, 80, 90, 100)
    assert job == ("done", 1, "process_id", 60)


def test_a_changed_table_is_told_with_the_row(folder: Path) -> None:
    changed(folder, "UPDATE ticket SET state = 'missed'")

    problems = verify(folder).problems

    assert len(problems) == 2
    assert problems[0].startswith("table ticket lacks ('2026-11-30', 'A001'")


def test_a_changed_line_is_told_with_its_number(folder: Path) -> None:
    changed(folder, "UPDATE journal SET h = zeroblob(32) WHERE seq = 5")

    assert verify(folder).problems[0] == "line 5: the line is not the one that was written"


def test_a_line_taken_off_the_end_is_told_by_the_tables(folder: Path) -> None:
    changed(folder, "DELETE FROM journal WHERE seq = 11")

    assert not verify(folder).content


@pytest.mark.parametrize("damage", ["UPDATE journal SET line = 'x' WHERE seq = 1", "DROP TABLE ticket"])
def test_whatever_is_damaged_is_told_and_never_a_traceback(folder: Path, damage: str) -> None:
    changed(folder, damage)

    assert not verify(folder).content


def test_a_folder_without_a_journal_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(JournalError):
        verify(tmp_path)
