"""A hall file is read whole, or refused with the key and the remedy of each mistake."""

from pathlib import Path

import pytest

from config.hall import Hall
from config.load import Content, HallFileError, hall_from, load, read
from tests.conftest import HALLS


def mistakes(content: Content) -> list[str]:
    with pytest.raises(HallFileError) as refused:
        hall_from(content)
    return [str(mistake) for mistake in refused.value.mistakes]


def test_both_example_halls_are_read(muara_enim: Hall, oku_timur: Hall) -> None:
    sizes = [(len(h.agencies), len(h.services), len(h.counters)) for h in (muara_enim, oku_timur)]

    assert sizes == [(8, 22, 9), (20, 66, 34)]


def test_a_hall_is_the_same_from_its_file_and_from_the_journals_content(muara_enim: Hall) -> None:
    assert hall_from(read(HALLS / "mpp-muara-enim.toml")) == muara_enim


def test_a_kiosk_without_a_printer_has_a_virtual_one(muara_enim: Hall) -> None:
    printer = muara_enim.printer_of("anjungan-1")

    assert printer
    assert (printer.id, printer.transport, printer.width_mm) == ("anjungan-1-printer", "virtual", 80)


def test_an_unknown_key_is_named(content: Content) -> None:
    content["policy"]["recal_max"] = 3

    assert mistakes(content) == ["policy.recal_max: this key is not known; remove it or correct its spelling"]


def test_a_missing_key_is_named(content: Content) -> None:
    del content["agencies"][0]["letter"]

    assert mistakes(content) == ["agencies.0.letter: Field required; add it"]


def test_every_mistake_is_told_at_once(content: Content) -> None:
    content["agencies"][0]["letter"] = "I"
    content["hours"][0]["open"] = "8 pagi"

    assert [told.split(":")[0] for told in mistakes(content)] == ["hours.0.open", "agencies.0.letter"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c["agencies"][1].update(letter="A"), "agencies.letter: A stands 2 times"),
        (lambda c: c["counters"][1].update(number=1), "counters.number: 1 stands 2 times"),
        (lambda c: c["agencies"][0].update(zone="z9"), "agencies.instansi-0.zone: there is no zone z9"),
        (lambda c: c["counters"][0].update(zone="z9"), "counters.1.zone: there is no zone z9"),
        (lambda c: c["counters"][0].update(agency="x"), "counters.1.agency: there is no agency x"),
        (lambda c: c["counters"][0].update(services=["x"]), "counters.1.services: there is no service x"),
        (lambda c: c["screens"][0].update(zones=["z9"]), "screens.layar-1.zones: there is no zone z9"),
        (lambda c: c.update(printers=[{"id": "p", "kiosk": "x"}]), "printers.p.kiosk: there is no kiosk x"),
        (lambda c: c["hours"][0].update(open="23:59"), "hours.1: it closes before it opens"),
        (lambda c: c["hall"].update(timezone="Asia/Sumatera"), "hall.timezone: Asia/Sumatera is not known"),
        (
            lambda c: c["hours"][0].update(breaks=[{"start": "13:00", "end": "12:00"}]),
            "hours.1.breaks: a break ends before it begins",
        ),
    ],
)
def test_what_one_table_says_wrongly_about_another_is_told(content: Content, change, told: str) -> None:
    change(content)

    assert [mistake.split(";")[0] for mistake in mistakes(content)] == [told]


def test_a_service_that_no_counter_serves_is_told(content: Content) -> None:
    for counter in content["counters"]:
        counter["services"] = [service for service in counter["services"] if service != "layanan-0-0"]

    assert mistakes(content) == ["agencies.services.layanan-0-0: no counter serves it; add it to a counter's services"]


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [(b"a = ", "Invalid value"), (b"\xff", "not UTF-8"), (b"", "Field required"), (b"x" * 1_000_001, "over 1 MB")],
)
def test_a_file_that_is_no_hall_file_is_refused_with_a_sentence(tmp_path: Path, raw: bytes, wrong: str) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(raw)

    with pytest.raises(HallFileError) as refused:
        load(path)

    assert wrong in str(refused.value.mistakes[0])


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(HallFileError) as refused:
        load(tmp_path / "none.toml")

    assert "check the file's name" in str(refused.value.mistakes[0])
