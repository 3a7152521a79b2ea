"""Clerks' remarks: sealed in the journal, read by staff alone, gone with their key."""

import hashlib
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from hub.client.http import CommandRefused
from hub.remarks import Remarks
from hub.rules.refusal import Refused
from hub.rules.remarks import names_a_person, tidy
from tests.hub.conftest import Running
from tests.hub.ear import Ear
from tests.hub.test_crash import lines_of

DAY = "2026-11-30"


def test_a_remark_is_read_with_its_key_and_for_its_own_ticket_alone(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    sealed = remarks.seal(DAY, "A001", "berkas menyusul")

    assert "berkas" not in sealed
    assert remarks.read("A001", sealed) == "berkas menyusul"
    assert Remarks(tmp_path).read("A001", sealed) == "berkas menyusul"
    assert remarks.read("A002", sealed) == ""
    assert remarks.seal(DAY, "A001", "berkas menyusul") != sealed
    assert stat.S_IMODE((tmp_path / "remarks" / f"{DAY}.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damaged", ["", " ", "2026-11-30", "2026-11-30 !!", "2026-11-30 AAAA", "../hall AAAA", "kemarin x"]
)
def test_what_was_not_sealed_here_is_read_as_nothing(tmp_path: Path, damaged: str) -> None:
    remarks = Remarks(tmp_path)
    remarks.seal(DAY, "A001", "berkas menyusul")

    assert remarks.read("A001", damaged) == ""


def test_a_key_is_deleted_when_its_day_is_over(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    old, new = remarks.seal(DAY, "A001", "lama"), remarks.seal("2026-12-02", "A001", "baru")

    remarks.forget("2026-11-30")
    kept = remarks.read("A001", old)
    remarks.forget("2026-12-01")

    assert kept == "lama"
    assert (remarks.read("A001", old), remarks.read("A001", new)) == ("", "baru")
    assert Remarks(tmp_path).read("A001", old) == ""


def test_a_key_that_stays_keeps_no_other(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    sealed = remarks.seal(DAY, "A001", "lama")
    (tmp_path / "remarks" / "2026-11-29.key").mkdir()
    (tmp_path / "remarks" / f"{DAY}.key.new").write_bytes(b"half a key")

    remarks.forget("2026-12-01")

    assert remarks.read("A001", sealed) == ""
    assert [path.name for path in (tmp_path / "remarks").iterdir()] == ["2026-11-29.key"]


def test_a_damaged_key_is_never_replaced(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    sealed = remarks.seal(DAY, "A001", "lama")
    path = tmp_path / "remarks" / f"{DAY}.key"
    key = path.read_bytes()
    path.write_bytes(key[:24])
    anew = Remarks(tmp_path)

    with pytest.raises(Refused, match="remark_unsealed"):
        anew.seal(DAY, "A001", "baru")
    read_meanwhile = anew.read("A001", sealed)
    path.write_bytes(key)

    assert (read_meanwhile, anew.read("A001", sealed)) == ("", "lama")


def test_a_key_that_somebody_removed_seals_no_more(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    old = remarks.seal(DAY, "A001", "lama")
    (tmp_path / "remarks" / f"{DAY}.key").unlink()
    new = remarks.seal(DAY, "A001", "baru")

    assert [Remarks(tmp_path).read("A001", sealed) for sealed in (old, new)] == ["", "baru"]


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("NIK 1608012345670001", True),
        ("1608  0123  4567  0001", True),
        ("hp 0812-3456-7890", True),
        ("hp 0812 - 3456 - 7890", True),
        ("(0812)3456_7890", True),
        ("0812\u200b3456\u20137890", True),
        ("berkas no 12345678", False),
        ("Kembali 30-11-2026 10.30", False),
        ("loket 12, jam 08.30-09.15 2 lembar", False),
        ("Rp 150.000.000", False),
        ("", False),
    ],
)
def test_numbers_of_persons_are_found(text: str, *, personal: bool) -> None:
    assert names_a_person(tidy(text)) is personal


def test_a_text_is_made_tidy() -> None:
    assert tidy("  berkas \n menyusul ") == "berkas menyusul"
    assert tidy("w" * 45) == f"{'w' * 20} {'w' * 20} {'w' * 5}"


@pytest.mark.parametrize(
    ("role", "told"), [("counter", True), ("display", False), ("kiosk", False), ("printer", False)]
)
def test_staff_read_a_remark_and_nobody_else_does(hub: Running, role: str, *, told: bool) -> None:
    first, second = (hub.head.issue("layanan-0-0")["ticket"]["number"] for _ in range(2))
    hub.head.remark(first, "berkas menyusul")
    ear = Ear(hub.device(role))
    ear.wait(lambda mirror: first in mirror.tickets)
    hub.head.remark(second, "tinggal diambil")
    hub.head.cancel(second)
    mirror = ear.wait(lambda mirror: mirror.tickets[second]["state"] == "cancelled")
    ear.close()

    texts = {number: view["text"] for number, view in mirror.remarks.items()}
    assert texts == ({first: "berkas menyusul", second: "tinggal diambil"} if told else {})


def test_the_journal_holds_no_word_of_a_remark(hub: Running) -> None:
    head = hub.head
    number = head.issue("layanan-0-0")["ticket"]["number"]
    head.remark(number, "rahasia pengunjung")
    lines = [line for line in lines_of(hub.data) if line.kind == "ticket.remarked"]

    assert [line.body["number"] for line in lines] == [number]
    assert all(b"rahasia" not in path.read_bytes() for path in hub.data.glob("hall.db*"))


def test_a_remark_that_names_a_person_is_refused(hub: Running) -> None:
    head = hub.head
    number = head.issue("layanan-0-0")["ticket"]["number"]

    with pytest.raises(CommandRefused) as refused:
        head.remark(number, "NIK 1608012345670001")

    assert refused.value.code == "remark_personal"


def test_the_table_of_answers_proves_no_text(hub: Running) -> None:
    number = hub.head.issue("layanan-0-0")["ticket"]["number"]
    hub.head.command(f"/v1/tickets/{number}/remark", {"text": "rahasia"})
    with sqlite3.connect(hub.data / "hall.db") as database:
        digests = {bytes(row[0]) for row in database.execute("SELECT digest FROM answer")}
        requests = [row[0] for row in database.execute("SELECT request FROM answer")]
    guesses = {
        hashlib.sha256(f"head /v1/tickets/{number}/remark {json.dumps(body, separators=(',', ':'))}".encode()).digest()
        for request in requests
        for body in ({"request": request, "text": "rahasia"}, {"text": "rahasia", "request": request})
    }

    assert digests
    assert not digests & guesses


def test_a_folder_that_cannot_be_used_is_told_and_the_answer_stays(hub: Running) -> None:
    number = hub.head.issue("layanan-0-0")["ticket"]["number"]
    (hub.data / "remarks").write_text("a file")

    with pytest.raises(CommandRefused) as refused:
        hub.head.remark(number, "berkas menyusul")

    assert (refused.value.status, refused.value.code) == (409, "remark_unsealed")
