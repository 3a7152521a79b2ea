"""The reports' page: who sees what, by page and by file."""

import asyncio
import io
import json
import threading
from collections.abc import Callable

import httpx
import pytest
from pypdf import PdfReader

from hub.client.http import CommandRefused
from hub.report.apart import Made
from hub.report.maker import Maker, ReportBusy, ReportFailed
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import Enter

DAY = "from=2026-11-30&to=2026-11-30"
Json = Callable[[httpx.Client], dict[str, list[dict[str, object]]]]


@pytest.fixture
def busy(hub: Running) -> Running:
    """A hall with six numbers at one agency, one at another, one of them served; and one refused."""
    kiosk = hub.device("kiosk", "anjungan-1").client()
    for service in ("layanan-0-0",) * 6 + ("layanan-1-0",):
        kiosk.issue(service, kiosk="anjungan-1")
    panel = hub.device("counter").client()
    panel.sign_in(1, "P77")
    panel.open_counter(1)
    panel.call_next(1)
    panel.start(1)
    hub.head.set_clock(monday("10:05"))
    panel.finish(1)
    hub.head.command("/v1/services/layanan-1-0/pause", {"reason": "Sistem pusat mati", "until_ms": None})
    with pytest.raises(CommandRefused):
        kiosk.issue("layanan-1-0", kiosk="anjungan-1")
    return hub


def tables(browser: httpx.Client, more: str = "") -> dict[str, list[dict[str, object]]]:
    """Return the tables of a person's report."""
    answer = browser.get(f"/hall/reports/file/json?{DAY}{more}")
    assert answer.status_code == 200, answer.text
    found: dict[str, list[dict[str, object]]] = json.loads(answer.text)["tables"]
    return found


def test_the_head_sees_everything(busy: Running, enter: Enter) -> None:
    browser = enter()

    whole = tables(browser)
    shown = browser.get(f"/hall/reports?{DAY}")

    assert (whole["summary"][0]["issued"], whole["summary"][0]["served"]) == (7, 1)
    assert whole["summary"][0]["refused"] == 1
    assert [row["clerks"] for row in whole["clerks"]] == ["P77"]
    assert [row["agencies"] for row in whole["agencies"]] == ["Instansi 0", "Instansi 1"]
    for text in ("Instansi 0", "Menurut petugas", "P77", "Layanan dijeda", "Arti setiap angka"):
        assert text in shown.text
    assert len(shown.content) < 200_000


def test_a_supervisor_sees_their_own_agency_and_its_clerks_alone(busy: Running, enter: Enter) -> None:
    browser = enter("supervisor", "instansi-1")

    own = tables(browser)
    shown = browser.get(f"/hall/reports?{DAY}")

    assert own["summary"][0]["issued"] == 1
    assert [row["agencies"] for row in own["agencies"]] == ["Instansi 1"]
    assert "clerks" not in own
    assert "P77" not in shown.text
    assert "Instansi 0" not in shown.text
    for address in ("/hall/reports", "/hall/reports/file/csv", "/hall/reports/file/pdf"):
        assert browser.get(f"{address}?{DAY}&agency=instansi-0").status_code == 403


def test_a_viewer_sees_what_the_public_may(busy: Running, enter: Enter) -> None:
    browser = enter("viewer")

    seen = tables(browser, "&public=0")

    assert "clerks" not in seen
    assert [row["issued"] for row in seen["agencies"]] == ["<5", "<5"]
    assert "P77" not in browser.get(f"/hall/reports?{DAY}&public=0").text


@pytest.mark.parametrize("path", ["/hall/reports", "/hall/reports/file/pdf", "/hall/reports/file/csv"])
def test_a_stranger_sees_nothing(hub: Running, path: str) -> None:
    assert httpx.get(f"{hub.url}{path}?{DAY}", follow_redirects=True).url.path == "/hall/login"


@pytest.mark.parametrize(
    ("form", "beginning"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"from,to"), ("json", b"{")]
)
def test_each_file_has_its_type_and_a_name(busy: Running, enter: Enter, form: str, beginning: bytes) -> None:
    answer = enter().get(f"/hall/reports/file/{form}?{DAY}&lang=en")

    assert answer.content.startswith(beginning)
    assert f'filename="mpp-uji-2026-11-30.{form}"' in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    if form == "pdf":
        assert "SERVICE REPORT" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_dates_that_are_none_are_said_and_an_empty_day_too(hub: Running, enter: Enter) -> None:
    browser = enter()

    wrong = browser.get("/hall/reports?from=kemarin")
    agency = browser.get(f"/hall/reports/file/csv?{DAY}&agency=nowhere")
    empty = browser.get("/hall/reports?from=2020-01-01")

    assert (wrong.status_code, agency.status_code, empty.status_code) == (422, 422, 200)
    assert "Tanggal laporan tidak dapat dipakai" in wrong.text
    assert "Tidak ada catatan" in empty.text
    assert browser.get("/hall/reports/file/exe").status_code == 404


def test_more_than_a_year_and_a_month_is_said_at_its_field(hub: Running, enter: Enter) -> None:
    browser = enter()

    page = browser.get("/hall/reports?from=2020-01-01&to=2026-11-30")
    file = browser.get("/hall/reports/file/xlsx?from=2020-01-01&to=2026-11-30&lang=en")

    assert (page.status_code, file.status_code) == (422, 422)
    assert 'name="to" value="2026-11-30" required="required" aria-invalid="true"' in page.text
    assert "paling lama 400 hari" in page.text
    assert "at most 400 days" in file.text


@pytest.mark.parametrize(
    ("error", "status", "again", "said"),
    [(ReportBusy(), 429, "5", "Laporan lain sedang dibuat"), (ReportFailed(), 503, None, "tidak berhasil dibuat")],
)
def test_who_has_no_report_yet_is_told_so(
    hub: Running, enter: Enter, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, again: str, said: str
) -> None:
    async def made(*_: object) -> Made:
        raise error

    browser = enter()
    monkeypatch.setattr(Maker, "made", made)

    page = browser.get(f"/hall/reports?{DAY}")

    assert (page.status_code, page.headers.get("refresh")) == (status, again)
    assert said in page.text


def test_a_report_is_made_no_further_when_who_asked_goes_away(
    hub: Running, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    async def made(*_: object) -> Made:
        begun.set()
        try:
            return await asyncio.Future()
        finally:
            ended.set()

    browser = enter()
    monkeypatch.setattr(Maker, "made", made)
    with pytest.raises(httpx.ReadTimeout):
        browser.get(f"/hall/reports?{DAY}", timeout=httpx.Timeout(5, read=0.2))

    assert begun.is_set()
    assert ended.wait(10)
