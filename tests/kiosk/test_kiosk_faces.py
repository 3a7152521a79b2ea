"""What the kiosk says: tiles, reasons, tickets, in both languages."""

from datetime import date

import pytest

from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.faces import closed_words, heading, notice, ticket_face, tiles
from kiosk.flow import Notice, Screen, Visit
from kiosk.reasons import next_numbers, why
from tests.kiosk.fakes import (
    MUARA_ENIM,
    OKU_TIMUR,
    REFUSED,
    content_of,
    job_view,
    printer_view,
    refusing,
    service_view,
    snapshot,
)

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)
ID, EN = Words("id"), Words("en")
TICKET = Visit(screen=Screen.TICKET, service="dukcapil-kk", agency="dukcapil", number="A001", ahead=3)


def told(hall: str = MUARA_ENIM, **changes: object) -> Mirror:
    mirror = Mirror()
    mirror.apply(snapshot(content_of(hall), **changes))
    return mirror


def face(mirror: Mirror, name: str, screen: Screen = Screen.AGENCIES, words: Words = ID):  # noqa: ANN201
    agency = name.partition(":")[2].partition("-")[0]
    visit = Visit(screen=screen, agency=agency, language=words.language)
    return dict(tiles(visit, mirror, words, MONDAY))[name]


def test_an_agency_shows_letter_icon_zone_and_people_waiting() -> None:
    found = face(told(), "agency:dukcapil")

    assert (found.title, found.letter, found.icon, found.colour) == ("Disdukcapil", "A", "id", "#1565C0")
    assert found.subtitle == "Dinas Kependudukan dan Pencatatan Sipil"
    assert found.detail == "16 menunggu"
    assert found.open


def test_an_agency_whose_services_all_refuse_is_grey_and_says_why() -> None:
    services = [service_view(f"bapenda-{part}", refusal="quota_full", words=REFUSED) for part in ("pbb", "bphtb")]

    found = face(told(services=services), "agency:bapenda")

    assert not found.open
    assert found.brief == "Kuota hari ini habis"
    assert found.detail == "Kuota hari ini habis. Buka lagi Selasa, 07.30"


def test_an_agency_with_one_open_service_is_open() -> None:
    services = [service_view("bapenda-pbb", refusal="quota_full", words=REFUSED), service_view("bapenda-bphtb")]

    assert face(told(services=services), "agency:bapenda").open


def test_a_service_that_gives_no_number_is_grey_not_hidden() -> None:
    mirror = told(services=[service_view("dukcapil-kk", refusal="not_open", words=REFUSED)])

    found = face(mirror, "service:dukcapil-kk", Screen.SERVICES)

    assert (found.title, found.detail, found.open) == (
        "Kartu Keluarga (baru dan perubahan)",
        "Nomor dibuka pukul 07.30",
        False,
    )


def test_services_have_english_names() -> None:
    found = face(told(), "service:dukcapil-kk", Screen.SERVICES, EN)

    assert (found.title, found.detail) == ("Family card (new or changed)", "3 waiting")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("closed", ("Sudah tutup", "Buka lagi Selasa, 07.30")),
        ("last_ticket", ("Nomor hari ini ditutup", "Buka lagi Selasa, 07.30")),
        ("weekday", ("Tidak hadir hari ini", "Buka lagi Selasa, 07.30")),
        ("service_paused", ("Dihentikan sementara",)),
        ("something_new", (REFUSED["id"],)),
    ],
)
def test_a_reason_is_short_and_says_from_when_on(code: str, expected: tuple[str, ...]) -> None:
    hall = told().hall
    assert hall is not None

    view = service_view("dukcapil-kk", refusal=code, words=REFUSED)

    assert why(ID, view, hall, hall.agencies[0], MONDAY) == expected


def test_the_next_day_is_one_on_which_the_agency_comes() -> None:
    hall = told(OKU_TIMUR).hall
    assert hall is not None
    taspen = next(agency for agency in hall.agencies if agency.id == "taspen")
    dukcapil = hall.agencies[0]

    assert next_numbers(hall, taspen, MONDAY) == date(2026, 12, 1)
    assert next_numbers(hall, taspen, date(2026, 12, 1)) == date(2026, 12, 3)
    assert next_numbers(hall, dukcapil, FRIDAY) == date(2026, 12, 7)


def test_priority_groups_are_named_and_the_plain_queue_too() -> None:
    names = [name for name, _ in tiles(Visit(screen=Screen.PRIORITY), told(), ID, MONDAY)]

    assert names == [
        "priority:elderly",
        "priority:disability",
        "priority:pregnant",
        "priority:child",
        "priority:none",
    ]


def test_a_ticket_says_where_to_wait_and_who_is_before() -> None:
    found = ticket_face(TICKET, told(), ID)

    assert found is not None
    assert found.zone == "Zona 1: Kependudukan dan Jaminan Sosial"
    assert (found.counters, found.ahead) == ("Loket 1 atau 2", "Di depan Anda: 3 orang")
    assert found.state == "coming"


def test_who_is_first_is_told_so() -> None:
    found = ticket_face(Visit(screen=Screen.TICKET, service="bsb-cs", number="H001", ahead=0), told(), EN)

    assert found is not None
    assert (found.counters, found.ahead) == ("Counter 9", "Nobody is ahead of you")


@pytest.mark.parametrize(
    ("job", "printed", "title"),
    [
        (None, None, "Nomor Anda segera dicetak"),
        ("sending", None, "Nomor Anda sedang dicetak"),
        ("done", 5.0, "Silakan ambil karcis Anda di bawah layar"),
    ],
)
def test_the_title_above_a_number_says_what_is_known_of_its_paper(
    job: str | None, printed: float | None, title: str
) -> None:
    mirror = told(jobs=[job_view(state=job)] if job else [])
    visit = Visit(screen=Screen.TICKET, service="dukcapil-kk", number="A001", printed=printed)

    assert heading(visit, mirror, ID).title == title


def test_a_number_without_paper_asks_for_a_photo() -> None:
    found = heading(Visit(screen=Screen.PAPER, service="dukcapil-kk", number="A001"), told(), ID)

    assert found.title == "Foto layar ini, atau catat nomornya"
    assert "tetap berlaku" in found.subtitle


def test_a_broken_printer_is_told_before_anybody_taps() -> None:
    mirror = told(printers=[printer_view("PAPER_OUT")])

    assert notice(Visit(screen=Screen.AGENCIES), mirror, ID, "anjungan-1")[1] == "call"
    assert notice(Visit(screen=Screen.AGENCIES), mirror, ID, "anjungan-2") == ("", "good")


def test_a_cancelled_number_is_named_on_the_next_screen_only() -> None:
    said = Notice("kiosk.cancelled", "A001")

    assert notice(Visit(screen=Screen.AGENCIES, notice=said), told(), ID, "x")[0] == "Nomor A001 telah dibatalkan."
    assert notice(Visit(screen=Screen.AWAY, notice=said), told(), ID, "x")[0] == ""


def test_a_closed_hall_speaks_with_the_hubs_words() -> None:
    mirror = told(services=refusing(content_of(MUARA_ENIM), "closed", REFUSED))

    assert closed_words(mirror, ID) == REFUSED["id"]
    assert closed_words(mirror, EN) == REFUSED["en"]


def test_every_sentence_exists_in_both_languages() -> None:
    mirror = told()
    for screen in Screen:
        for words in (ID, EN):
            visit = Visit(screen=screen, agency="dukcapil", service="dukcapil-kk", number="A001")

            assert not heading(visit, mirror, words).title.startswith("kiosk.")
