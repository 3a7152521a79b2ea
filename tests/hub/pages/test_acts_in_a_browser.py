"""Every act, report and file of the hall's page in a real browser: filled in, pressed, seen, and in the journal."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from bench.hall import hall_file
from hub.acts import ACTS
from hub.pages.reports import FILES
from tests.browser import Visit, chromium, visit_to
from tests.hub.inside import hub_inside
from tests.hub.pages.conftest import PIN
from tests.hub.pages.pressing import Deed, answer, asked, lines, press_all
from tests.hub.pages.test_acts import OWN, prepared
from tests.hub.running import Running

DAY = "from=2026-11-30&to=2026-11-30&lang=id"
AGENCY, SERVICE = f"/hall/agencies/{OWN}", "/hall/services/layanan-0"
COUNTER, TICKET = "/hall/counters", "/hall/tickets"
SERVICES = "layanan-0-0", "layanan-0-1", "layanan-0-2"
MACHINES, PEOPLE = "/hall/machines", "/hall/people"


DEEDS = (
    Deed("force", AGENCY, "Tutup", ("hall.forced", {"mode": "closed", "reason": "rapat", "was": "hours"}),
         {"Alasan": "rapat", "Sampai jam": "23:30"}, sees="rapat"),
    Deed("force", AGENCY, "Kembali ke jam biasa", ("hall.forced", {"mode": "hours", "was": "closed"}), gone="rapat"),
    Deed("force", AGENCY, "Buka khusus", ("hall.forced", {"mode": "open", "was": "hours", "until_ms": None}),
         {"Alasan": "buka khusus warga"}, sees="buka khusus warga"),
    Deed("pause-service", f"{SERVICE}-1", "Jeda", ("service.paused", {"reason": "listrik", "was": ""}),
         {"Alasan": "listrik", "Sampai jam": "23:30"}, sees="listrik"),
    Deed("resume-service", f"{SERVICE}-2", "Beri nomor lagi", ("service.resumed", {"was": "listrik"}), gone="listrik"),
    Deed("set-quota", f"{SERVICE}-0", "Tetapkan kuota", ("quota.set", {"quota": 90, "was": None}),
         {"Kuota hari ini": "90"}, sees="5 dari 90"),
    Deed("issue", f"{SERVICE}-0", "Beri nomor", ("ticket.issued", {"source": "head", "reason": "anjungan rusak"}),
         {"Alasan": "anjungan rusak"}, sees="6 dari 90"),
    Deed("set-quota", f"{SERVICE}-0", "Kembali ke pengaturan mal", ("quota.set", {"quota": None, "was": 90}),
         gone="dari 90"),
    Deed("assign-counter", f"{COUNTER}/3", "Tetapkan layanan",
         ("counter.assigned", {"services": list(SERVICES[:2]), "was": list(SERVICES)}),
         {"Layanan 0.2": False}, sees="Kembali ke pengaturan mal"),
    Deed("pause-counter", f"{COUNTER}/1", "Jeda loket", ("counter.paused", {"reason": "salat", "was": "open"}),
         {"Alasan": "salat"}, sees="Buka loket"),
    Deed("open-counter", f"{COUNTER}/1", "Buka loket", ("counter.opened", {"was": "paused"}), sees="Jeda loket"),
    Deed("close-counter", f"{COUNTER}/1", "Tutup loket", ("counter.closed", {"was": "open", "consent": None}),
         gone="Tutup loket"),
    Deed("close-counter", f"{COUNTER}/2", "Tutup walau masih ada yang menunggu",
         ("counter.closed", {"was": "open", "consent": "kepala"}), gone="Tutup loket"),
    Deed("resume", f"{TICKET}/A001", "Lanjutkan", ("ticket.resumed", {"number": "A001"}), sees="menunggu"),
    Deed("return", f"{TICKET}/A002", "Antrekan lagi", ("ticket.returned", {"number": "A002"}), sees="menunggu"),
    Deed("settle-paper", f"{TICKET}/A003", "Catat", ("print.resolved", {"is_out": False}),
         {"Kertas": "kertas tidak keluar"}, sees="tidak tercetak"),
    Deed("reprint", f"{TICKET}/A004", "Cetak ulang", ("print.queued", {"number": "A004", "why": "hilang"}),
         {"Alasan": "hilang", "Pencetak": "anjungan-1-printer"}, sees="menunggu dicetak"),
    Deed("transfer", f"{TICKET}/A005", "Alihkan",
         ("ticket.transferred", {"service": "layanan-0-1", "was": "layanan-0-0", "clerk": ""}),
         {"Alihkan ke layanan": "Layanan 0.1"}, sees="Layanan 0.1"),
    Deed("cancel", f"{TICKET}/A005", "Batalkan nomor", ("ticket.cancelled", {"number": "A005"}), sees="dibatalkan"),
    Deed("answer-help", MACHINES, "Saya datang", ("help.answered", {"help": "staff@anjungan-1"}), gone="Saya datang"),
    Deed("new-roll", MACHINES, "Gulungan baru", ("roll.changed", {"printer": "anjungan-1-printer"}),
         row="anjungan-1-printer", sees="anjungan-1-printer"),
    Deed("trial", MACHINES, "Mulai mode uji coba", ("trial.started", {}), sees="Akhiri mode uji coba"),
    Deed("trial", MACHINES, "Akhiri mode uji coba", ("trial.ended", {}), sees="Mulai mode uji coba"),
    Deed("revoke-device", PEOPLE, "Cabut", ("device.revoked", {"device": "anjungan-8", "was": "kiosk"}),
         row="anjungan-8", gone="anjungan-8"),
    Deed("add-clerk", PEOPLE, "Simpan petugas", ("clerk.added", {"role": "viewer", "was": "", "was_agency": ""}),
         {"Kode petugas": "P50", "PIN": PIN, "Peran": "Peninjau"}, sees="P50"),
    Deed("add-clerk", PEOPLE, "Simpan petugas",
         ("clerk.added", {"role": "supervisor", "agency": OWN, "was": "viewer", "was_agency": ""}),
         {"Kode petugas": "P50", "PIN": PIN, "Peran": "Penyelia instansi", "Instansi penyelia": "Instansi 0"},
         sees="Penyelia instansi · Instansi 0"),
    Deed("remove-clerk", PEOPLE, "Hapus", ("clerk.removed", {"clerk": "P50", "was": "supervisor", "was_agency": OWN}),
         row="P50", gone="P50"),
)  # fmt: skip
"""Each act at least once, in an order in which all succeed."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("hall")
    running = hub_inside(hall_file(folder / "hall.toml"), folder / "data")
    prepared(running)
    running.head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    yield running
    running.head.close()
    assert running.process.end() == 0


@pytest.fixture(scope="module")
def visit(hall: Running) -> Iterator[Visit]:
    with chromium() as browser, visit_to(browser, hall.url, accept_downloads=True) as visit:
        page = visit.open("/hall/login?lang=id")
        page.on("dialog", lambda dialog: dialog.accept())
        page.get_by_label("Kode petugas").fill("kepala")
        page.get_by_label("PIN").fill(PIN)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Sekarang")).to_be_visible()
        yield visit
    assert visit.complaints == []


def test_the_table_has_every_act() -> None:
    assert {deed.name for deed in DEEDS} == ACTS.keys()


def test_every_act_is_pressed_seen_and_written_with_its_author_and_the_old_value(hall: Running, visit: Visit) -> None:
    press_all(visit, hall.data, DEEDS)


def test_a_device_is_paired_by_a_code_that_the_page_shows_once(hall: Running, visit: Visit) -> None:
    page = visit.open(PEOPLE)
    form = page.locator("form").filter(has=page.get_by_role("button", name="Buat kode"))
    answer(asked(form, "Perangkat"), "layar-9")
    answer(asked(form, "Peran"), "Layar")
    form.get_by_role("button", name="Buat kode").click()
    digits = page.locator(".code").inner_text().replace(" ", "")

    assert hall.head.pair(digits)["role"] == "display"
    assert lines(hall.data)[-1].body | {"device": "layar-9", "by": "kepala", "was": ""} == lines(hall.data)[-1].body


def test_the_report_of_a_day_is_asked_for_shown_and_given_as_every_file(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/hall/reports?lang=id")
    page.get_by_label("Dari").fill("2026-11-30")
    page.get_by_label("Sampai").fill("2026-11-30")
    answer(asked(page, "Instansi"), "Instansi 0")
    page.get_by_role("button", name="Tampilkan").click()
    totals = dict(
        zip(page.locator(".total dt").all_inner_texts(), page.locator(".total dd").all_inner_texts(), strict=True)
    )
    issued = int(totals["Nomor diberikan"])
    files = {form: saved(visit, page.locator(f"a[href*='/file/{form}']"), tmp_path) for form in FILES}

    assert issued == 6
    assert "LAPORAN PELAYANAN" in PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    assert issued in [cell for row in book.worksheets[0].values for cell in row]
    assert json.loads(files["json"])["tables"]["summary"][0]["issued"] == issued
    assert files["csv"].startswith(b"from,to")


def test_every_other_report_and_file_is_reached_by_its_link(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/hall/reports")
    for way in ("Kemarin", "Bulan ini", "Bulan lalu", "Tahun ini", "Salinan untuk umum", "Laporan lengkap", "Hari ini"):
        with page.expect_navigation():
            page.get_by_role("link", name=way, exact=True).click()
        expect(page.get_by_role("heading", name="Pilih laporan"), way).to_be_visible()
    page = visit.open(f"/hall/survey?{DAY}")
    assert b"U1" in saved(visit, page.locator("main a[href*='/survey/csv']"), tmp_path)
    for paper in ("publication", "evidence"):
        visit.open(f"/hall/survey?{DAY}").locator(f"main a[href*='/survey/{paper}']").first.click()
        expect(visit.page).to_have_url(re.compile(f"/survey/{paper}"))
        expect(visit.page.locator("h1").first).to_be_visible()
    page = visit.open("/hall/settings")
    assert b"Mal Pelayanan Publik Uji" in saved(visit, page.locator("a[href*='/export']"), tmp_path)


def saved(visit: Visit, link: Locator, folder: Path) -> bytes:
    """Return the file that a link gives."""
    download = visit.downloaded(link.first)
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes()
