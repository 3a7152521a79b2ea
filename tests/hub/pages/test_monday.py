"""The hall's page after the heavy Monday was played: its report is the day's, and its acts work, in a real browser."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.processes import start_hub
from config.load import HALLS
from hub.acts import ACTS
from hub.client.http import HubClient
from hub.hub import head_client
from tests.browser import Visit, chromium, visit_to
from tests.conftest import ROOT
from tests.hub.pages.busy import HALL, PIN
from tests.hub.pages.pressing import Deed, press_all

OPEN, BUSY, PAUSED = "bpjskes-daftar", "bpjskes-ubah", "bpjskes-tagihan"
MONDAY = "from=2026-11-30&to=2026-11-30&lang=id"


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visit, HubClient, dict[str, Any], Path]]:
    data = tmp_path_factory.mktemp("monday") / "data"
    day = HALLS.parent / "days" / f"{HALL.stem}.csv"
    command = [sys.executable, "-m", "cli", "replay", str(day), "--hall", str(HALL), "--data", str(data), "--json"]
    played = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    process, url = start_hub(HALL, data, "--simulated")
    with chromium() as browser, visit_to(browser, url, accept_downloads=True) as visit:
        head = head_client(data)
        head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
        head.command("/v1/force", {"scope": "hall", "mode": "open", "reason": "malam layanan"})
        visit.page.context.request.post(f"{url}/hall/login", form={"clerk": "kepala", "pin": PIN})
        yield visit, head, played, data
        head.close()
    assert process.end() == 0


Monday = tuple[Visit, HubClient, dict[str, Any], Path]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_report_of_the_monday_is_what_was_played(monday: Monday, tmp_path: Path) -> None:
    visit, _, played, _ = monday
    page = visit.open(f"/hall/reports?{MONDAY}")
    totals = dict(
        zip(page.locator(".total dt").all_inner_texts(), page.locator(".total dd").all_inner_texts(), strict=True)
    )

    assert totals["Nomor diberikan"] == f"{played['issued']:,}".replace(",", ".")
    assert totals["Selesai dilayani"] == f"{played['served']:,}".replace(",", ".")
    assert totals["Tidak hadir"] == str(played["missed"])
    for form in ("PDF", "Excel", "CSV"):
        with page.expect_download() as download:
            page.get_by_role("link", name=form).first.click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.stat().st_size > 1_000
    cells = [
        cell for sheet in openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))) for row in sheet.values for cell in row
    ]
    assert played["issued"] in cells


def prepared(head: HubClient, hub: str) -> list[str]:
    """Make every act of the page possible in the evening; return the numbers that were taken for it."""
    head.sign_in(26, "P26")
    head.sign_in(27, "P27")
    head.open_counter(26)
    head.open_counter(27)
    numbers = [head.issue(OPEN, kiosk="anjungan-1")["ticket"]["number"] for _ in range(5)]
    head.report_job(f"{numbers[2]}-0", "sending")
    head.call_next(27)
    head.start(27)
    head.hold(27)
    now = head.state()["now"]
    for seconds in (0, 30, 60):
        head.set_clock(now + seconds * 1000)
        head.recall(26) if seconds else head.call_next(26)
    head.set_clock(now + 120_000)
    head.miss(26)
    head.report_job(f"{numbers[2]}-0", "uncertain", reason="silence")
    head.command(f"/v1/services/{PAUSED}/pause", {"reason": "listrik"})
    head.ask_help("staff", "anjungan-1")
    HubClient(hub, "").pair(head.pairing_code("kiosk", "anjungan-8")["code"])
    return numbers


def deeds(numbers: list[str]) -> list[Deed]:
    """Return each act of the page at least once, in an order in which all succeed."""
    held, missed, doubtful, lost, away = numbers
    agency, service, counter, ticket = "/hall/agencies/bpjskes", "/hall/services", "/hall/counters", "/hall/tickets"
    machines, people = "/hall/machines", "/hall/people"
    return [
        Deed("force", agency, "Tutup", ("hall.forced", {"mode": "closed", "reason": "rapat", "was": "hours"}),
             {"Alasan": "rapat"}, sees="rapat"),
        Deed("force", agency, "Kembali ke jam biasa", ("hall.forced", {"mode": "hours", "was": "closed"}),
             gone="rapat"),
        Deed("pause-service", f"{service}/{BUSY}", "Jeda", ("service.paused", {"reason": "gangguan", "was": ""}),
             {"Alasan": "gangguan"}, sees="gangguan"),
        Deed("resume-service", f"{service}/{PAUSED}", "Beri nomor lagi", ("service.resumed", {"was": "listrik"}),
             gone="listrik"),
        Deed("set-quota", f"{service}/{OPEN}", "Tetapkan kuota", ("quota.set", {"quota": 390, "was": 40}),
             {"Kuota hari ini": "390"}, sees="dari 390"),
        Deed("issue", f"{service}/{OPEN}", "Beri nomor",
             ("ticket.issued", {"source": "head", "reason": "anjungan rusak"}),
             {"Alasan": "anjungan rusak"}, sees="dari 390"),
        Deed("assign-counter", f"{counter}/28", "Tetapkan layanan",
             ("counter.assigned", {"services": [PAUSED], "was": [BUSY, PAUSED]}),
             {"Perubahan data dan fasilitas kesehatan": False}, sees="Kembali ke pengaturan mal"),
        Deed("pause-counter", f"{counter}/26", "Jeda loket", ("counter.paused", {"reason": "salat", "was": "open"}),
             {"Alasan": "salat"}, sees="Buka loket"),
        Deed("open-counter", f"{counter}/26", "Buka loket", ("counter.opened", {"was": "paused"}), sees="Jeda loket"),
        Deed("close-counter", f"{counter}/26", "Tutup loket", ("counter.closed", {"was": "open", "consent": None}),
             gone="Tutup loket"),
        Deed("resume", f"{ticket}/{held}", "Lanjutkan", ("ticket.resumed", {"number": held}), sees="menunggu"),
        Deed("return", f"{ticket}/{missed}", "Antrekan lagi", ("ticket.returned", {"number": missed}), sees="menunggu"),
        Deed("settle-paper", f"{ticket}/{doubtful}", "Catat", ("print.resolved", {"is_out": False}),
             {"Kertas": "kertas tidak keluar"}, sees="tidak tercetak"),
        Deed("reprint", f"{ticket}/{lost}", "Cetak ulang", ("print.queued", {"number": lost, "why": "hilang"}),
             {"Alasan": "hilang", "Pencetak": "anjungan-1-printer"}, sees="menunggu dicetak"),
        Deed("transfer", f"{ticket}/{away}", "Alihkan",
             ("ticket.transferred", {"service": PAUSED, "was": OPEN, "clerk": ""}),
             {"Alihkan ke layanan": "Tagihan dan cicilan tunggakan (REHAB)"}, sees="REHAB"),
        Deed("cancel", f"{ticket}/{away}", "Batalkan nomor", ("ticket.cancelled", {"number": away}), sees="dibatalkan"),
        Deed("answer-help", machines, "Saya datang", ("help.answered", {"help": "staff@anjungan-1"}),
             gone="Saya datang"),
        Deed("new-roll", machines, "Gulungan baru", ("roll.changed", {"printer": "anjungan-1-printer"}),
             row="anjungan-1-printer"),
        Deed("trial", machines, "Mulai mode uji coba", ("trial.started", {}), sees="Akhiri mode uji coba"),
        Deed("trial", machines, "Akhiri mode uji coba", ("trial.ended", {}), sees="Mulai mode uji coba"),
        Deed("revoke-device", people, "Cabut", ("device.revoked", {"device": "anjungan-8", "was": "kiosk"}),
             row="anjungan-8", gone="anjungan-8"),
        Deed("add-clerk", people, "Simpan petugas", ("clerk.added", {"role": "viewer", "was": ""}),
             {"Kode petugas": "P50", "PIN": PIN, "Peran": "Peninjau"}, sees="P50"),
        Deed("remove-clerk", people, "Hapus", ("clerk.removed", {"clerk": "P50", "was": "viewer"}),
             row="P50", gone="P50"),
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_every_act_is_pressed_on_the_evening_of_the_monday(monday: Monday) -> None:
    visit, head, _, data = monday
    table = deeds(prepared(head, visit.url))
    visit.page.on("dialog", lambda dialog: dialog.accept())
    visit.open("/hall?lang=id")

    press_all(visit, data, table)

    assert {deed.name for deed in table} == ACTS.keys()
    assert visit.complaints == []
