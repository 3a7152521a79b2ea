"""A hall file is read whole, or refused with line, key and remedy of every mistake."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from config.hall import Hall
from config.load import Content, HallFileError, hall_from, load, read
from config.locate import lines_of
from tests.conftest import HALLS

MISTAKEN = """
[hall]
id = "x"
nama = "Mal"
short = "M"

[policy]
kiosk_opens = 730

[[hours]]
day = 1
open = "08:00"
close = "15:00"

[[zones]]
id = "z1"
name_id = "Z"

[[agencies]]
id = "a"
letter = "A"
name = "A"
zone = "z9"

  [[agencies.services]]
  id = "s1"
  name_id = "S"

  [[agencies.services]]
  id = "s2"
  name_id = "S"
  daily_quota = -3

[[counters]]
number = 1
agency = "a"
zone = "z1"
services = ["s1", "s2"]
"""


def mistakes(content: Content) -> list[tuple[str, str]]:
    with pytest.raises(HallFileError) as refused:
        hall_from(content)
    return [(mistake.key, mistake.code) for mistake in refused.value.mistakes]


def test_both_example_halls_are_read(muara_enim: Hall, oku_timur: Hall) -> None:
    sizes = [(len(h.agencies), len(h.services), len(h.counters)) for h in (muara_enim, oku_timur)]

    assert sizes == [(8, 22, 9), (20, 66, 34)]


def test_a_hall_is_the_same_from_its_file_and_from_the_journals_content(muara_enim: Hall) -> None:
    assert hall_from(read(HALLS / "mpp-muara-enim.toml")) == muara_enim


def test_an_agency_is_called_in_the_readers_language(muara_enim: Hall) -> None:
    agency = replace(muara_enim.agencies[0], name="Dinas Sosial", short="Dinsos", name_en="")
    english = replace(agency, name_en="Social Affairs")

    assert [each.called(tongue) for each in (agency, english) for tongue in ("id", "en")] == [
        "Dinas Sosial", "Dinas Sosial", "Dinas Sosial", "Social Affairs",
    ]  # fmt: skip
    assert [each.called(tongue, short=True) for each in (agency, english) for tongue in ("id", "en")] == [
        "Dinsos", "Dinsos", "Dinsos", "Social Affairs",
    ]  # fmt: skip


def test_a_kiosk_without_a_printer_has_a_virtual_one(muara_enim: Hall) -> None:
    printer = muara_enim.printer_of("anjungan-1")

    assert printer
    assert (printer.id, printer.transport, printer.width_mm) == ("anjungan-1-printer", "virtual", 80)


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "hall.toml"
    path.write_text(MISTAKEN)

    with pytest.raises(HallFileError) as refused:
        load(path)

    assert [(found.line, found.key, found.code) for found in refused.value.mistakes] == [
        (2, "hall.name", "missing"),
        (4, "hall.nama", "misspelt"),
        (8, "policy.kiosk_opens", "clock"),
        (23, "agencies[1].zone", "no_zone"),
        (32, "agencies[1].services[2].daily_quota", "at_least"),
    ]


def test_a_mistake_is_told_in_both_languages_with_its_remedy(content: Content) -> None:
    content["policy"]["recal_max"] = 3

    with pytest.raises(HallFileError) as refused:
        hall_from(content)
    told = [refused.value.mistakes[0].sentence(language) for language in ("id", "en")]

    assert told == [
        "policy.recal_max: Kunci ini tidak dikenal. Mungkin maksudnya: recall_max.",
        "policy.recal_max: This key is not known. Did you mean recall_max?",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: c["agencies"][0].pop("letter"), ("agencies[1].letter", "missing")),
        (lambda c: c["agencies"][0].update(letter="I"), ("agencies[1].letter", "letters_read_as_digits")),
        (lambda c: c["agencies"][0].update(letter="a"), ("agencies[1].letter", "letters")),
        (lambda c: c["agencies"][1].update(letter="A"), ("agencies[2].letter", "twice")),
        (lambda c: c["agencies"][0].update(zone="z9"), ("agencies[1].zone", "no_zone")),
        (lambda c: c["agencies"][0].update(kind="mall"), ("agencies[1].kind", "choice")),
        (lambda c: c["agencies"][0].update(days=[8]), ("agencies[1].days[1]", "at_most")),
        (lambda c: c["agencies"][0].update(zzz=1), ("agencies[1].zzz", "unknown")),
        (
            lambda c: c["agencies"][0]["services"][0].update(daily_quota=5, booking_quota=6),
            ("agencies[1].services[1].booking_quota", "booking"),
        ),
        (lambda c: c["agencies"][0]["services"][0].update(minutes=0), ("agencies[1].services[1].minutes", "above")),
        (lambda c: c["counters"][1].update(number=1), ("counters[2].number", "twice")),
        (lambda c: c["counters"][0].update(number="1a"), ("counters[1].number", "whole_number")),
        (lambda c: c["counters"][0].update(zone="z9"), ("counters[1].zone", "no_zone")),
        (lambda c: c["counters"][0].update(agency="x"), ("counters[1].agency", "no_agency")),
        (lambda c: c["counters"][0].update(second_services={"x": 5}), ("counters[1].second_services", "no_service")),
        (lambda c: c["screens"][0].update(zones=["z9"]), ("screens[1].zones", "no_zone")),
        (lambda c: c.update(printers=[{"id": "p", "kiosk": "x"}]), ("printers[1].kiosk", "no_kiosk")),
        (
            lambda c: c.update(printers=[{"id": "p", "kiosk": "anjungan-1", "transport": "tcp"}]),
            ("printers[1].address", "no_address_tcp"),
        ),
        (
            lambda c: c.update(printers=[{"id": "p", "kiosk": "anjungan-1", "transport": "usb", "address": "lp0"}]),
            ("printers[1].address", "usb_address"),
        ),
        (
            lambda c: c.update(printers=[{"id": "p", "kiosk": "anjungan-1", "width_mm": 58, "dpi": 180}]),
            ("printers[1].dpi", "narrow_dpi"),
        ),
        (lambda c: c["hours"][0].update(open="23:59"), ("hours[1].close", "closes_first")),
        (lambda c: c["hours"][0].update(open="8 pagi"), ("hours[1].open", "clock")),
        (lambda c: c["hours"][1].update(day=1), ("hours[2].day", "twice")),
        (lambda c: c["hall"].update(timezone="Asia/Sumatera"), ("hall.timezone", "timezone")),
        (lambda c: c["hall"].update(id="MPP Uji"), ("hall.id", "pattern")),
        (lambda c: c.update(ticket={"format": "{number:03d}"}), ("ticket.format", "number_format")),
        (lambda c: c.update(ticket={"format": "{huruf}{number}"}), ("ticket.format", "number_format")),
        (lambda c: c["hall"].update(name=""), ("hall.name", "empty")),
        (lambda c: c["hall"].update(name=5), ("hall.name", "text")),
        (
            lambda c: c["hours"][0].update(breaks=[{"start": "13:00", "end": "12:00"}]),
            ("hours[1].breaks[1]", "break_ends_first"),
        ),
        (
            lambda c: c["hours"][0].update(
                breaks=[{"start": "12:00", "end": "13:00"}, {"start": "12:30", "end": "14:00"}]
            ),
            ("hours[1].breaks[2]", "break_crosses"),
        ),
    ],
)
def test_a_mistake_is_found_at_its_key(content: Content, change: Callable[..., object], told: tuple[str, str]) -> None:
    change(content)

    assert mistakes(content) == [told]


@pytest.mark.parametrize("transport", ["file", "tcp", "serial", "usb"])
def test_a_printer_at_a_wire_needs_an_address_of_its_own_form(content: Content, transport: str) -> None:
    content["printers"] = [{"id": "p", "kiosk": content["kiosks"][0]["id"], "transport": transport}]

    with pytest.raises(HallFileError) as refused:
        hall_from(content)
    (found,) = refused.value.mistakes
    told = {found.sentence(language) for language in ("id", "en")}

    assert (found.key, found.code) == ("printers[1].address", f"no_address_{transport}")
    assert len(told) == 2


@pytest.mark.parametrize("address", ["04b8:0e28", "04B8:0E28:J2K1", "04b8:0e28:J2:K1"])
def test_a_usb_address_may_name_the_serial_number(content: Content, address: str) -> None:
    content["printers"] = [
        {"id": "p", "kiosk": content["kiosks"][0]["id"], "transport": "usb", "address": address},
    ]

    assert hall_from(content).printer_by_id["p"].address == address


def test_values_of_a_wrong_shape_are_told_and_never_a_traceback(content: Content) -> None:
    content["agencies"][0] |= {"zone": ["z1"], "id": ["x"]}
    content["counters"][0] |= {"services": [["layanan-0-0"]], "number": {}}
    content["hours"] = {"day": 1}
    content["agencies"][1]["services"][0]["minutes"] = float("inf")

    assert len(mistakes(content)) >= 5


def test_a_hall_without_classes_gives_precedence_as_the_law_asks(content: Content) -> None:
    del content["classes"]
    hall = hall_from(content)

    found = [
        (hall.class_rule(c).weight, hall.class_rule(c).head_start_minutes) for c in ("normal", "priority", "booked")
    ]

    assert found == [(1, 0), (3, 0), (3, 5)]


def test_a_service_that_no_counter_serves_is_told(content: Content) -> None:
    for counter in content["counters"]:
        counter["services"] = [service for service in counter["services"] if service != "layanan-0-0"]

    assert mistakes(content) == [("agencies[1].services[1].id", "unserved")]


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"a = 1\nb = ", "syntax", 2),
        (b"a = 1\n\xff", "not_utf8", 2),
        (b"", "empty_file", None),
        (b"x" * 1_000_001, "too_large", None),
    ],
)
def test_a_file_that_is_no_hall_file_is_refused(tmp_path: Path, raw: bytes, code: str, line: int | None) -> None:
    path = tmp_path / "hall.toml"
    path.write_bytes(raw)

    with pytest.raises(HallFileError) as refused:
        load(path)

    assert [(found.code, found.line) for found in refused.value.mistakes] == [(code, line)]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HallFileError) as refused:
        load(tmp_path / "none.toml")

    assert refused.value.mistakes[0].code == "unreadable"


@pytest.mark.parametrize("name", ["mpp-muara-enim", "mpp-oku-timur"])
def test_every_key_of_an_example_hall_is_found_at_its_line(name: str) -> None:
    text = (HALLS / f"{name}.toml").read_text()
    content, lines = read(HALLS / f"{name}.toml"), text.splitlines()

    for place, number in lines_of(text).items():
        value = content
        for part in place:
            value = value[part]  # type: ignore[index]
        key = place[-1] if isinstance(place[-1], str) else place[-2]
        assert str(key) in lines[number - 1]
