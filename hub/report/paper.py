"""A report as a PDF for signature: letterhead, figures, tables, room for the name, and the definitions at the end."""

from base64 import b64decode
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from config.wording import Words
from hub.report.build import Report
from hub.report.sheet import Sheet
from hub.report.wording import agency_name, column_name, definitions, period_name, said, title_of

FONTS = Path(__file__).resolve().parents[2] / "ui" / "fonts"
"""The program's own fonts, read as files: nothing of the screens is imported."""
FAMILY = "Jakarta"
INK, QUIET, LINE, BAND = (11, 31, 58), (67, 85, 110), (190, 202, 218), (238, 243, 249)
MARGIN, FOOT = 14.0, 16.0
LEFT_OUT = ("refused_hours", "days", "opening")
"""Tables that a signed report of more than a month does without: the files have them."""
MONTH = 31
SUMMARY_ACROSS = 5


class Sheets(FPDF):
    """The pages of a report, each with its number and its hall at the foot."""

    def __init__(self, words: Words, foot: str) -> None:
        super().__init__(orientation="L", format="A4")
        self._words, self._foot = words, foot
        for style, name in (("", "400Regular"), ("B", "700Bold")):
            self.add_font(FAMILY, style, FONTS / f"PlusJakartaSans_{name}.ttf")
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=FOOT)
        self.alias_nb_pages("{nb}")

    def footer(self) -> None:
        """Write the foot of a page."""
        self.set_y(-11)
        self.set_font(FAMILY, "", 7.5)
        self.set_text_color(*QUIET)
        self.cell(self.epw / 2, 5, self._foot)
        number = self._words.say("report.page_of", page=self.page_no(), pages="{nb}")
        self.cell(self.epw / 2, 5, number, align="R")

    def line_of(
        self, text: str, size: float, style: str = "", colour: tuple[int, int, int] = INK, align: str = "L"
    ) -> None:
        """Write a line or more across the page and go on below."""
        self.set_font(FAMILY, style, size)
        self.set_text_color(*colour)
        self.multi_cell(0, size * 0.5, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def paper(report: Report, sheets: Sequence[Sheet], words: Words) -> bytes:
    """Return the bytes of a PDF."""
    hall = report.halls.newest
    foot = f"{hall.hall.short} · {period_name(words, report)} · {agency_name(words, report)}"
    pdf = Sheets(words, foot)
    pdf.set_title(f"{words.say('report.title')} {foot}")
    pdf.set_author(hall.hall.name)
    pdf.set_lang("id-ID" if words.language == "id" else "en-GB")
    pdf.add_page()
    letterhead(pdf, report)
    heading(pdf, report, words)
    for sheet in sheets:
        if sheet.key == "summary":
            summary(pdf, sheet, words)
        elif report.asking.period.days <= MONTH or sheet.key not in LEFT_OUT:
            table(pdf, sheet, words)
    if not report.asking.public:
        signature(pdf, report, words)
    meanings(pdf, report, words)
    return bytes(pdf.output())


def letterhead(pdf: Sheets, report: Report) -> None:
    """Write who the hall is: its logo where it has one, operator, name, address, and a double line below."""
    identity, logo, top = report.halls.newest.hall, report.halls.newest.ticket.logo, pdf.get_y()
    left = pdf.l_margin
    if logo:
        shown = pdf.image(BytesIO(b64decode(logo)), x=left, y=top, h=18, w=40, keep_aspect_ratio=True)
        left += shown.rendered_width + 6
    pdf.set_left_margin(left)
    pdf.set_xy(left, top)
    if identity.operator:
        pdf.line_of(identity.operator, 10, "", QUIET)
    pdf.line_of(identity.name, 16, "B")
    ways = [one for one in (identity.phone, identity.email, identity.web) if one]
    told = [one for one in (identity.address, " · ".join(ways)) if one]
    for one in told:
        pdf.line_of(one, 9, "", QUIET)
    pdf.set_left_margin(MARGIN)
    below = max(pdf.get_y(), top + (18 if logo else 0)) + 2
    pdf.set_draw_color(*INK)
    for down, width in ((0.0, 0.9), (1.1, 0.3)):
        pdf.set_line_width(width)
        pdf.line(pdf.l_margin, below + down, pdf.w - pdf.r_margin, below + down)
    pdf.set_xy(pdf.l_margin, below + 5)


def heading(pdf: Sheets, report: Report, words: Words) -> None:
    """Write what the paper is about."""
    pdf.line_of(words.say("report.heading"), 14, "B", align="C")
    about = words.say("report.of", period=period_name(words, report), agency=agency_name(words, report))
    pdf.line_of(about, 11, align="C")
    pdf.ln(4)


def summary(pdf: Sheets, sheet: Sheet, words: Words) -> None:
    """Write the figures of the whole as a grid of names and values."""
    section(pdf, title_of(words, sheet))
    named = list(zip(sheet.columns, sheet.rows[0], strict=True))
    rows = [named[at : at + SUMMARY_ACROSS] for at in range(0, len(named), SUMMARY_ACROSS)]
    width, height = pdf.epw / SUMMARY_ACROSS, 14.0
    for row in rows:
        left, top = pdf.l_margin, pdf.get_y()
        for column, value in row:
            pdf.set_fill_color(*BAND)
            pdf.rect(left, top, width - 2, height - 2, style="F", round_corners=True, corner_radius=1.5)
            pdf.set_xy(left + 2, top + 1)
            small(pdf, width - 6, column_name(words, column))
            pdf.set_xy(left + 2, top + 5.5)
            pdf.set_font(FAMILY, "B", 12)
            pdf.set_text_color(*INK)
            pdf.cell(width - 6, 5.5, said(words, value, column.kind))
            left += width
        pdf.set_xy(pdf.l_margin, top + height)


def small(pdf: Sheets, width: float, text: str) -> None:
    """Write one small line, smaller still where it is too long."""
    pdf.set_text_color(*QUIET)
    size = 7.5
    pdf.set_font(FAMILY, "", size)
    while pdf.get_string_width(text) > width and size > 5:
        size -= 0.25
        pdf.set_font(FAMILY, "", size)
    pdf.cell(width, 4, text)


def section(pdf: Sheets, title: str) -> None:
    """Write the title of a part, on a new page where it would stand alone at the foot."""
    if pdf.will_page_break(34):
        pdf.add_page()
    pdf.ln(2)
    pdf.line_of(title, 11, "B")
    pdf.ln(1)


def table(pdf: Sheets, sheet: Sheet, words: Words) -> None:
    """Write one table; its head comes again on each page."""
    section(pdf, title_of(words, sheet))
    pdf.set_font(FAMILY, "", 7.5 if len(sheet.columns) > 8 else 8.5)
    pdf.set_text_color(*INK)
    pdf.set_draw_color(*LINE)
    pdf.set_line_width(0.2)
    head = FontFace(emphasis="BOLD", color=(255, 255, 255), fill_color=INK, size_pt=7)
    widths = tuple(width_of(column.kind, column.key, sheet) for column in sheet.columns)
    aligns = tuple("LEFT" if column.kind == "text" else "RIGHT" for column in sheet.columns)
    total = min(pdf.epw, sum(widths))
    with pdf.table(
        width=total, col_widths=widths, text_align=aligns, headings_style=head, align="LEFT",
        cell_fill_color=BAND, cell_fill_mode="ROWS", line_height=4, padding=(0.8, 1.2),
        borders_layout="HORIZONTAL_LINES",
    ) as written:  # fmt: skip
        row = written.row()
        for column in sheet.columns:
            row.cell(column_name(words, column))
        for values in sheet.rows:
            row = written.row()
            for column, value in zip(sheet.columns, values, strict=True):
                row.cell(said(words, value, column.kind))


def width_of(kind: str, key: str, sheet: Sheet) -> float:
    """Return the millimetres of a column."""
    if key == "reason":
        return 90
    if kind != "text":
        return 26 if kind == "date" else 17 if len(sheet.columns) > 8 else 26
    return 62 if len(sheet.columns) > 4 else 90


def signature(pdf: Sheets, report: Report, words: Words) -> None:
    """Leave room to sign: place and date, the office, blank space, name and NIP."""
    if pdf.will_page_break(58):
        pdf.add_page()
    identity = report.halls.newest.hall
    pdf.ln(8)
    day = format_date(made_on(report), "d MMMM y", locale=words.language)
    lines = [words.say("report.sign_place", date=day, place="." * 28)]
    lines.append(words.say("report.sign_title", operator=identity.operator or identity.name))
    left, width = pdf.w - pdf.r_margin - 95, 95.0
    pdf.set_font(FAMILY, "", 10)
    pdf.set_text_color(*INK)
    for line in lines:
        pdf.set_x(left)
        pdf.multi_cell(width, 5.5, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(22)
    for key in ("sign_name", "sign_nip"):
        pdf.set_x(left)
        pdf.cell(18, 6, words.say(f"report.{key}"))
        pdf.cell(4, 6, ":")
        pdf.set_draw_color(*QUIET)
        pdf.line(pdf.get_x(), pdf.get_y() + 5, left + width, pdf.get_y() + 5)
        pdf.ln(7)


def made_on(report: Report) -> date:
    """Return the day on which the figures end: that of the newest line, in the hall's zone."""
    return datetime.fromtimestamp(report.until_ms / 1000, report.halls.newest.timezone).date()


def meanings(pdf: Sheets, report: Report, words: Words) -> None:
    """Write what each figure means."""
    section(pdf, words.say("report.definitions"))
    for name, sentence in definitions(words, report):
        if pdf.will_page_break(12):
            pdf.add_page()
        pdf.line_of(name, 8, "B")
        pdf.line_of(sentence, 8, "", QUIET)
        pdf.ln(1)
