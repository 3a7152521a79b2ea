"""The hall's page after the heavy Monday was played: its report is the day's, and its acts work, in a real browser."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

from cli.processes import start_hub
from config.load import HALLS
from hub.hub import head_client
from tests.browser import Visit, chromium, visit_to
from tests.conftest import ROOT
from tests.hub.pages.busy import HALL, PIN

MONDAY = "from=2026-11-30&to=2026-11-30&lang=id"


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visit, Any, dict[str, Any]]]:
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
        yield visit, head, played
        head.close()
    assert process.end() == 0


Monday = tuple[Visit, Any, dict[str, Any]]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_report_of_the_monday_is_what_was_played(monday: Monday, tmp_path: Path) -> None:
    visit, _, played = monday
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


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_acts_work_on_the_evening_of_the_monday(monday: Monday) -> None:
    visit, head, _ = monday
    number = head.issue("samsat-tahunan")["ticket"]["number"]
    page = visit.open(f"/hall/tickets/{number}?lang=id")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Batalkan nomor").click()
    expect(page.locator("dd", has_text="dibatalkan")).to_be_visible()
    page = visit.open("/hall/services/samsat-tahunan?lang=id")
    page.get_by_label("Alasan").first.fill("sistem terganggu")
    page.get_by_role("button", name="Jeda", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Sudah dilaksanakan")
    visit.open("/hall?lang=id")

    assert visit.complaints == []
