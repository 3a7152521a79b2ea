"""Clerks' remarks: sealed in the journal, read by staff alone, gone with their key."""

import stat
from datetime import date
from pathlib import Path

import pytest

from hub.client.http import CommandRefused
from hub.remarks import Remarks, names_a_person
from hub.rules.refusal import Refused
from tests.hub.conftest import Running
from tests.hub.ear import Ear
from tests.hub.test_crash import lines_of

DAY = "2026-11-30"


def test_a_remark_is_read_with_its_key_and_for_its_own_ticket_alone(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    sealed = remarks.seal(DAY, "A001", "  berkas \n menyusul ")

    assert "berkas" not in sealed
    assert remarks.read("A001", sealed) == "berkas menyusul"
    assert Remarks(tmp_path).read("A001", sealed) == "berkas menyusul"
    assert remarks.read("A002", sealed) == ""
    assert remarks.seal(DAY, "A001", "berkas menyusul") != sealed
    assert remarks.seal(DAY, "A001", "  ") == ""
    assert stat.S_IMODE((tmp_path / "remarks" / f"{DAY}.key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damaged", ["", " ", "2026-11-30", "2026-11-30 !!", "2026-11-30 AAAA", "../hall AAAA", "kemarin x"]
)
def test_what_was_not_sealed_here_is_read_as_nothing(tmp_path: Path, damaged: str) -> None:
    remarks = Remarks(tmp_path)
    remarks.seal(DAY, "A001", "berkas menyusul")

    assert remarks.read("A001", damaged) == ""


def test_a_key_is_deleted_when_the_hall_keeps_its_day_no_longer(tmp_path: Path) -> None:
    remarks = Remarks(tmp_path)
    old, new = remarks.seal(DAY, "A001", "lama"), remarks.seal("2026-12-02", "A001", "baru")

    remarks.forget(date(2026, 12, 2), 2)
    kept = remarks.read("A001", old)
    remarks.forget(date(2026, 12, 3), 2)

    assert kept == "lama"
    assert (remarks.read("A001", old), remarks.read("A001", new)) == ("", "baru")
    assert Remarks(tmp_path).read("A001", old) == ""


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("NIK 1608012345670001", True),
        ("1608 0123 4567 0001", True),
        ("hp 0812-3456-7890", True),
        ("berkas no 12345678", False),
        ("loket 12, jam 08.30 sampai 09.15", False),
        ("", False),
    ],
)
def test_numbers_of_persons_are_found(tmp_path: Path, text: str, *, personal: bool) -> None:
    assert names_a_person(text) is personal
    if personal:
        with pytest.raises(Refused, match="remark_personal"):
            Remarks(tmp_path).seal(DAY, "A001", text)


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
