"""What the kiosk says: tiles, reasons, tickets, in both languages."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from config.wording import Words
from hub.client.mirror import Mirror
from kiosk.attract import hours_lines
from kiosk.bring import bring_face
from kiosk.faces import closed_words, heading, message, notice, ticket_face
from kiosk.reasons import next_numbers, why
from kiosk.service import Place, program_version, state_lines
from kiosk.tiles import keep_order, tiles
from kiosk.visit import Notice, Screen, Visit
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


EXPECTED = [17 * 60_000, 23 * 60_000]


def test_a_tile_tells_how_long_one_would_wait() -> None:
    mirror = told(services=[service_view("bsb-teller", expected_ms=EXPECTED), service_view("bsb-cs")])

    assert face(mirror, "service:bsb-teller", Screen.SERVICES).wait == "sekitar 15–25 menit"
    assert face(mirror, "service:bsb-cs", Screen.SERVICES).wait == ""
    assert face(mirror, "agency:bsb").wait == "±15–25 menit"


def test_a_tile_that_gives_no_number_tells_no_wait() -> None:
    view = service_view("dukcapil-kk", expected_ms=EXPECTED, refusal="quota_full", words=REFUSED)

    assert face(told(services=[view]), "service:dukcapil-kk", Screen.SERVICES).wait == ""


def names(mirror: Mirror, visit: Visit) -> list[str]:
    return [name for name, _ in tiles(visit, mirror, ID, MONDAY)]


def test_the_most_used_services_stand_first_and_others_as_the_hall_has_them() -> None:
    mirror = told(services=[service_view("bsb-teller", usual=3), service_view("bsb-cs", usual=9)])
    alike = told(services=[service_view("bsb-teller", usual=3), service_view("bsb-cs", usual=3)])
    visit = Visit(screen=Screen.SERVICES, agency="bsb")

    assert names(mirror, visit) == ["service:bsb-cs", "service:bsb-teller"]
    assert names(alike, visit) == ["service:bsb-teller", "service:bsb-cs"]


def test_a_tile_that_is_shown_does_not_move_when_its_service_becomes_more_used() -> None:
    shown = ["service:bsb-teller", "service:bsb-cs"]
    fresh = tiles(
        Visit(screen=Screen.SERVICES, agency="bsb"), told(services=[service_view("bsb-cs", usual=9)]), ID, MONDAY
    )

    assert [name for name, _ in fresh] != shown
    assert [name for name, _ in keep_order(fresh, shown)] == shown
    assert keep_order(fresh, ["service:bsb-teller"]) == fresh


def test_what_was_found_says_whose_it_is_and_why_it_cannot_be_had() -> None:
    mirror = told(services=[service_view("dukcapil-kia", refusal="quota_full", words=REFUSED)])
    found = dict(tiles(Visit(screen=Screen.SEARCH, query="dukcapil"), mirror, ID, MONDAY))

    assert found["service:dukcapil-kk"].detail == "Disdukcapil"
    assert found["service:dukcapil-kia"].detail.startswith("Kuota hari ini habis")


def test_tiles_are_numbered_for_a_keyboard_only() -> None:
    mirror, visit = told(), Visit(screen=Screen.SERVICES, agency="bsb")

    plain = [face.number for _, face in tiles(visit, mirror, ID, MONDAY)]
    keyed = [face.number for _, face in tiles(replace(visit, numbered=True), mirror, ID, MONDAY)]

    assert (plain, keyed) == (["", ""], ["1", "2"])


@pytest.mark.parametrize(
    ("query", "title", "subtitle"),
    [
        ("", "Layanan apa yang Anda cari?", "Cari layanan, misalnya: KTP, SKCK, pajak motor"),
        ("skck", "SKCK\N{LEFT ONE EIGHTH BLOCK}", "1 layanan ditemukan"),
        ("zzz", "ZZZ\N{LEFT ONE EIGHTH BLOCK}", "Belum ditemukan. Coba kata lain, atau panggil petugas."),
    ],
)
def test_the_search_shows_what_was_typed_and_what_came_of_it(query: str, title: str, subtitle: str) -> None:
    found = heading(Visit(screen=Screen.SEARCH, query=query), told(), ID)

    assert (found.title, found.subtitle) == (title, subtitle)


def test_before_a_number_one_reads_what_to_bring_what_it_costs_and_how_long_it_takes() -> None:
    mirror = told(services=[service_view("dukcapil-kk", waiting=3, expected_ms=EXPECTED)])

    found = bring_face(Visit(screen=Screen.BRING, service="dukcapil-kk"), mirror, ID)

    assert found is not None
    assert found.items == ("Kartu Keluarga lama", "Buku nikah atau akta perkawinan", "Formulir F-1.02")
    assert (found.fee, found.waiting) == ("Biaya: Gratis", "3 menunggu · sekitar 15–25 menit")


def test_the_screen_that_invites_tells_todays_hours() -> None:
    hall = told().hall
    assert hall is not None

    monday = hours_lines(hall, datetime(2026, 11, 30, 8, tzinfo=hall.timezone), ID)
    sunday = hours_lines(hall, datetime(2026, 11, 29, 8, tzinfo=hall.timezone), ID)

    assert monday == ("Hari ini buka 08.00–15.00", "Istirahat 12.00–13.00", "Nomor terakhir pukul 14.30")
    assert sunday == ()


def test_the_technician_reads_printer_hub_state_and_version() -> None:
    mirror = told(printers=[printer_view("PAPER_OUT")])

    here = dict(state_lines(Place("anjungan-1", "http://192.0.2.10:8100", here=True), mirror, ID))
    gone = dict(state_lines(Place("anjungan-9", "http://192.0.2.10:8100", here=False), mirror, EN))

    assert here["Pencetak"].startswith("anjungan-1-printer: Kertas habis")
    assert (here["Hub"], here["Sambungan"]) == ("http://192.0.2.10:8100", "Tersambung")
    assert (gone["Kiosk"], gone["Printer"], gone["Connection"]) == ("anjungan-9", "None", "Not connected")
    assert gone["Version"] == program_version()


@pytest.mark.parametrize(
    ("kind", "told_so"),
    [
        ("staff", "Petugas segera datang ke sini. Silakan tunggu sebentar."),
        ("pickup", "Petugas segera datang menjemput Anda. Silakan tunggu di sini."),
    ],
)
def test_who_called_for_help_reads_that_somebody_comes(kind: str, told_so: str) -> None:
    assert message(Visit(screen=Screen.HELP, help=kind), told(), ID)[1] == told_so


def test_all_numbers_of_a_visit_are_named() -> None:
    visit = replace(TICKET, number="C002", numbers=("A001", "B014", "C002"))

    found = ticket_face(visit, told(), ID)

    assert found is not None
    assert found.label == "Nomor Anda: A001, B014, dan C002"
    assert heading(replace(visit, screen=Screen.AGENCIES), told(), EN).subtitle == "Your numbers: A001, B014, and C002"


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
