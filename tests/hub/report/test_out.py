"""What leaves the program: nothing of few people in public, no formula in a file, words in both languages."""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from config.wording import Words
from hub.report.build import Asking, report_of
from hub.report.csvfile import table_csv
from hub.report.files import TYPES, written
from hub.report.period import period_of
from hub.report.privacy import HIDDEN, LEAST, hidden, hidden_cells
from hub.report.sheet import Column, Sheet
from hub.report.sheets import sheets_of
from hub.report.wording import said
from tests.hub.report.making import MONDAY, OTHER, SERVICE, TUESDAY, called, closed, issued, keep, ms, opened

FORMULA = '=HYPERLINK("http://elsewhere.example")'


def test_a_copy_for_the_public_hides_few_people_clerks_and_calls(tmp_path: Path) -> None:
    reason = {"rule": "number", "why": "Pengunjung sakit", "passed_over": 1}
    few = [issued("08:00", f"B00{at}", OTHER) for at in range(1, 3)]
    many = [issued("08:30", f"A{at:03d}", SERVICE) for at in range(1, 31)]
    keep(tmp_path, opened(), *few, *many, called("08:40", "A001", reason=reason))

    public = Asking(period_of(MONDAY, ""), with_clerks=False, public=True)
    sheets = {sheet.key: sheet for sheet in sheets_of(report_of(tmp_path, public), Words("id"))}
    house = {sheet.key for sheet in sheets_of(report_of(tmp_path, Asking(public.period)), Words("id"))}

    assert [set(row[1:]) for row in sheets["services"].rows] == [{HIDDEN}, {HIDDEN}]
    assert [row[1] for row in sheets["agencies"].rows] == [32]
    assert house - set(sheets) == {"clerks", "out_of_order"}
    for form in TYPES:
        assert b"Pengunjung sakit" not in written(report_of(tmp_path, public), form, Words("id"))


@given(st.lists(st.integers(0, 20), max_size=12))
def test_no_row_of_few_people_is_shown_or_follows_from_the_total(people: list[int]) -> None:
    covered = hidden(people)

    assert covered >= {at for at, count in enumerate(people) if 0 < count < LEAST}
    assert len(covered) != 1 or sum(map(bool, people)) == 1


@given(st.integers(1, 5).flatmap(lambda w: st.lists(st.lists(st.integers(0, 9), min_size=w, max_size=w), max_size=5)))
def test_no_cell_of_few_people_follows_from_its_row_or_column(grid: list[list[int]]) -> None:
    covered = hidden_cells(grid)

    assert covered >= {(r, c) for r, row in enumerate(grid) for c, count in enumerate(row) if 0 < count < LEAST}
    for r, row in enumerate(grid):
        in_row = [c for c in range(len(row)) if (r, c) in covered]
        assert len(in_row) != 1 or sum(map(bool, row)) == 1


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    reason = {"rule": "number", "why": FORMULA, "passed_over": 0}
    keep(tmp_path, opened(), issued("08:00", "A001"), called("08:01", "A001", reason=reason))
    report = report_of(tmp_path, Asking(period_of(MONDAY, "")))

    text = written(report, "csv", Words("id")).decode()
    values = [row["value"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    book = load_workbook(io.BytesIO(written(report, "xlsx", Words("id"))))
    cells = [cell for page in book.worksheets for row in page for cell in row]

    assert f"'{FORMULA}" in values
    assert FORMULA not in values
    assert [cell.data_type for cell in cells if cell.value == FORMULA] == ["s"]


def test_a_table_as_csv_is_quoted_as_the_standard_says() -> None:
    columns = [Column("services", "text"), Column("wait_median", "minutes"), Column("at", "clock")]

    text = table_csv(Sheet("x", columns, [['a "b", c', 90_000, 8 * 3_600_000], ["-1", None, None]]))

    assert text == 'services,wait_median,at\r\n"a ""b"", c",1.5,08:00\r\n\'-1,,\r\n'


def test_every_table_column_and_definition_is_said_in_both_languages(tmp_path: Path) -> None:
    keep(tmp_path, opened(printer="ERROR"), issued("08:00", "A001"), called("08:01", "A001"))
    report = report_of(tmp_path, Asking(period_of(MONDAY, "")))

    for language in ("id", "en"):
        assert "report." not in written(report, "text", Words(language)).decode()


def test_a_time_of_another_day_is_told_with_its_date(tmp_path: Path) -> None:
    dark = {"from_ms": ms(f"{MONDAY} 15:00"), "until_ms": ms(f"{TUESDAY} 07:00")}
    keep(tmp_path, opened(), closed(MONDAY, f"{TUESDAY} 07:00"), opened(TUESDAY, "07:00"),
         (f"{TUESDAY} 07:00", "interruption.noted", dark))  # fmt: skip
    report = report_of(tmp_path, Asking(period_of(MONDAY, TUESDAY)))
    sheet = next(sheet for sheet in sheets_of(report, Words("id")) if sheet.key == "outages")

    assert table_csv(sheet).splitlines()[1] == "2026-12-01,2026-11-30 15:00,07:00,960.0,0.0"
    assert [said(Words(language), sheet.rows[0][1], "clock") for language in ("id", "en")] == [
        "30 Nov 2026 15.00",
        "30 Nov 2026 15:00",
    ]
    book = load_workbook(io.BytesIO(written(report, "xlsx", Words("id"))))
    cells = [cell for page in book for row in page.values for cell in row]
    assert "2026-11-30 15:00" in cells
