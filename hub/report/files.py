"""The forms in which a report leaves the program."""

from config.wording import Words
from hub.report.build import Report
from hub.report.csvfile import figures_csv
from hub.report.plain import as_json, text
from hub.report.sheets import sheets_of

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
}
"""Each form with the type under which it is sent."""


def written(report: Report, form: str, words: Words) -> bytes:
    """Return the bytes of a report in one of TYPES.

    What makes PDFs and workbooks is read when the first is asked for: a hub starts half a second sooner without.
    """
    sheets = sheets_of(report, words)
    if form == "pdf":
        from hub.report.paper import paper  # noqa: PLC0415  see above

        return paper(report, sheets, words)
    if form == "xlsx":
        from hub.report.workbook import workbook  # noqa: PLC0415  see above

        return workbook(report, sheets, words)
    if form == "csv":
        return figures_csv(report, sheets).encode()
    return (as_json if form == "json" else text)(report, sheets, words).encode()
