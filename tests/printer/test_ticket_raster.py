"""How a ticket looks in dots: nothing clipped, the number huge, the code readable by phones."""

from typing import Literal

import pytest
import zxingcpp
from printer_fakes import PAGE, content_of, hall

from config.hall import Hall, Printer
from hub.client.views import TicketContent
from printer.layout import Layout, Number, Qr, Text, ticket_layout
from printer.lettering import LEAST_PX, NoRoom, drawable, even_lines, lines_of, reach, without
from printer.picture import Raster
from printer.raster import HEAD_180_DPI, HEADS, draw, head_of
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


def test_a_word_that_would_be_too_small_to_read_is_broken_instead() -> None:
    lines = lines_of("pertanggungjawaban " + "W" * 100, 200, 28, 500)

    assert lines.px == LEAST_PX
    assert lines.width <= 200
    assert "".join(lines.lines[1:]) == "W" * 100


def test_letters_are_never_parted_from_their_marks() -> None:
    family, letter = "👩‍👩‍👧‍👦", "ꦏꦸ"
    lines = lines_of(family * 30 + letter * 30, 100, 20, 500)

    assert len(lines.lines) > 2
    assert not [line for line in lines.lines if line[0] in "\u200d\ua9b8" or line[-1] == "\u200d"]


def test_a_character_that_cannot_fit_is_refused_rather_than_cut() -> None:
    with pytest.raises(NoRoom):
        lines_of("antrean", 4, 28, 500)


def test_a_code_that_no_paper_could_hold_is_refused() -> None:
    with pytest.raises(NoRoom):
        draw(Layout((Qr("k" * 2400, ()),)), HEADS[80])


def test_lines_of_tall_letters_never_touch() -> None:
    lines = lines_of("Ẳ Ẳ Ẳ", 110, 100, 800)

    assert len(lines.lines) == 3
    assert lines.step >= lines.above + lines.below
    assert lines.base >= lines.above


def test_ink_that_leans_out_of_its_letter_counts_for_a_lines_width() -> None:
    leaning = reach("j", 100, 700)

    assert leaning.left > 0
    assert leaning.below > 0
    assert reach("x", 100, 700).left == 0


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Kartu Keluarga", "Kartu Keluarga"),
        ("  Kartu\n\tKeluarga ", "Kartu Keluarga"),
        ("30\u00a0November", "30\u00a0November"),
        ("\u202eKTP\u202c\x07", "KTP"),
        ("Layanan \U000e0041 \ufdd0", "Layanan"),
        ("", ""),
    ],
)
def test_a_text_is_drawn_with_single_spaces_and_without_control_characters(text: str, drawn: str) -> None:
    assert drawable(text) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Kartu xx x baru", "Kartu … baru"),
        ("xx", "…"),
        ("xKTPx", "…KTP…"),
        ("a\u0323bc", "abc"),
        ("Kartu", "Kartu"),
    ],
)
def test_what_no_font_has_is_an_ellipsis_and_never_an_empty_box(text: str, drawn: str) -> None:
    assert without(text, {"x", "\u0323"}) == drawn


@pytest.mark.parametrize(
    ("width_mm", "dpi", "dots", "per_mm"),
    [(58, 203, 384, 8), (58, 180, 384, 8), (80, 203, 576, 8), (80, 180, 512, 7.09)],
)
def test_a_head_is_known_by_its_paper_and_its_dots_an_inch(
    width_mm: Literal[58, 80], dpi: Literal[180, 203], dots: int, per_mm: float
) -> None:
    head = head_of(width_mm, dpi)

    assert (head.dots, head.per_mm) == (dots, per_mm)
    assert Printer(id="p", kiosk="k", width_mm=width_mm, dpi=dpi).dots == dots


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


def test_what_stands_in_brackets_is_kept_together_where_it_fits() -> None:
    wide, narrow = (even_lines("Kartu Keluarga (baru dan perubahan)", width, 43, 800, floor=37) for width in (560, 320))

    assert wide.lines == ("Kartu Keluarga", "(baru dan perubahan)")
    assert narrow.width <= 320
    assert even_lines("Kartu Identitas Anak (KIA)", 384, 37, 800, floor=31).lines == ("Kartu Identitas", "Anak (KIA)")


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
