"""How a ticket looks in dots: nothing clipped, the number huge, the code readable by phones."""

import pytest
import zxingcpp
from printer_fakes import PAGE, content_of, hall

from config.hall import Hall
from hub.client.views import TicketContent
from printer.layout import Layout, Number, Text, ticket_layout
from printer.lettering import NoRoom, even_lines, lines_of
from printer.picture import Raster
from printer.raster import HEAD_180_DPI, HEADS, draw
from printer.sheet import Head, Sheet, place

pytestmark = pytest.mark.usefixtures("fonts")
BLEED = 16
ALL_HEADS = [HEADS[58], HEADS[80], HEAD_180_DPI]
HALLS = ["mpp-muara-enim", "mpp-oku-timur"]


def drawn(content: TicketContent, head: Head, copy: int = 0) -> Raster:
    return draw(ticket_layout(content, copy=copy, printed_ms=content["issued_ms"]), head)


def ink_outside(picture: Raster) -> bool:
    side = BLEED // 8
    return any(any(row[:side]) or any(row[-side:]) for row in map(picture.row, range(picture.height)))


@pytest.mark.parametrize("head", ALL_HEADS, ids=["58", "80", "180dpi"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", HALLS)
def test_no_ticket_of_any_service_is_clipped(name: str, language: str, head: Head) -> None:
    for service in hall(name).services:
        content = content_of(hall(name), service, "M888", language=language, ticket_class="priority", qr=PAGE)
        layout = ticket_layout(content, copy=1, printed_ms=content["issued_ms"])

        assert not ink_outside(draw(layout, head, bleed=BLEED)), service


@pytest.mark.parametrize("head", ALL_HEADS, ids=["58", "80", "180dpi"])
def test_a_word_too_long_for_the_paper_is_made_smaller_not_cut(content: TicketContent, head: Head) -> None:
    word = "Pertanggungjawabanpenyelenggaraanpemerintahandaerah"
    layout = ticket_layout({**content, "service": {"id": word, "en": word}}, copy=0, printed_ms=None)

    assert not ink_outside(draw(layout, head, bleed=BLEED))


def test_a_text_that_cannot_fit_is_refused_rather_than_cut() -> None:
    with pytest.raises(NoRoom):
        lines_of("antrean", 8, 28, 500)


@pytest.mark.parametrize("number", ["A043", "B107", "A111", "M888", "AB123", "WW8888"])
@pytest.mark.parametrize(("head", "least_mm"), [(HEADS[58], 18), (HEADS[80], 20), (HEAD_180_DPI, 20)])
def test_the_number_is_18_to_25_mm_high_and_never_wider_than_the_paper(number: str, head: Head, least_mm: int) -> None:
    picture = draw(Layout((Number(number),)), head, bleed=BLEED)

    tall = picture.height / head.per_mm
    assert not ink_outside(picture)
    assert tall <= 25
    assert tall >= (least_mm if len(number) == 4 else 9)


def test_nothing_else_on_the_paper_is_as_large_as_half_the_number(content: TicketContent) -> None:
    sheet = Sheet(HEADS[80])

    assert sheet.px("title") < sheet.dots(20) / 2


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("qr", [PAGE, "k7mx4pvaqz", "https://mpp.okutimurkab.go.id/antrean/tiket/k7mx4pvaqz?l=id"])
def test_a_phone_reads_the_code_of_a_whole_ticket(content: TicketContent, width_mm: int, qr: str) -> None:
    picture = drawn({**content, "qr": qr}, HEADS[width_mm])

    found = zxingcpp.read_barcodes(picture.image(margin=32).convert("L"))

    assert [code.text for code in found] == [qr]


@pytest.mark.parametrize("copy", [0, 1])
def test_every_part_of_a_ticket_is_in_ink(content: TicketContent, copy: int) -> None:
    picture = drawn(content, HEADS[80], copy)

    inked = sum(byte.bit_count() for byte in picture.rows) / (picture.width * picture.height)
    assert 0.05 < inked < 0.35


def test_the_same_ticket_is_always_the_same_dots(content: TicketContent) -> None:
    assert drawn(content, HEADS[58]) == drawn(content, HEADS[58])


def test_a_copy_is_longer_than_its_original_by_its_bar(content: TicketContent) -> None:
    assert drawn(content, HEADS[80], 1).height > drawn(content, HEADS[80]).height


def test_centred_lines_are_about_equally_long() -> None:
    lines = even_lines("Zona 2: Perizinan, Pajak, dan Lainnya", 560, 44, 800, floor=40)

    longest, shortest = max(map(len, lines.lines)), min(map(len, lines.lines))
    assert len(lines.lines) == 2
    assert longest - shortest <= 6


def test_a_date_is_never_broken_inside(content: TicketContent) -> None:
    sheet = Sheet(Head(320))
    place(Text("Senin,\u00a030\u00a0November\u00a02026 · 08.14.05\u00a0WIB", "small", align="centre"), sheet)

    assert [ink.text for ink in sheet.ink if hasattr(ink, "text")] == [
        "Senin, 30 November 2026",
        "08.14.05 WIB",
    ]


def test_a_block_that_nobody_can_draw_is_an_error(muara_enim: Hall) -> None:
    with pytest.raises(TypeError, match="no way to draw Hall"):
        place(muara_enim, Sheet(HEADS[80]))
