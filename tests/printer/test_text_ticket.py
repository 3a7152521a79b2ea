"""A ticket as characters: the same words as the drawing, in lines that fit, in letters that printers have."""

import re

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from printer_fakes import PAGE, content_of, hall

from hub.client.views import TicketContent
from printer import escpos, text
from printer.layout import Fact, Facts, Item, Layout, Logo, Mark, Number, Qr, Text, ticket_layout
from printer.picture import Raster
from printer.virtual.engine import Engine

HALLS = ["mpp-muara-enim", "mpp-oku-timur"]
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=20), min_size=1, max_size=20).map(" ".join)


def laid(content: TicketContent, copy: int = 0) -> Layout:
    return ticket_layout(content, copy=copy, printed_ms=content["issued_ms"])


def lines(*blocks: text.Block, dots: int = 384) -> list[str]:
    return [row.text for row in text.rows(Layout(blocks), dots) if isinstance(row, text.Line)]


def printed(data: bytes, dots: int) -> Raster:
    engine = Engine(dots)
    engine.feed(data)
    assert not engine.unknown
    return engine.take_papers()[0].picture


@pytest.mark.parametrize(("dots", "columns"), [(384, 32), (512, 42), (576, 48)])
def test_a_line_has_as_many_characters_as_the_head_has_room_for(dots: int, columns: int) -> None:
    assert text.columns_of(dots) == columns


@pytest.mark.parametrize("dots", [384, 512, 576])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", HALLS)
def test_every_ticket_of_every_service_can_be_written_and_is_quickly_sent(name: str, language: str, dots: int) -> None:
    for service in hall(name).services:
        layout = laid(content_of(hall(name), service, language=language, ticket_class="priority", qr=PAGE), copy=1)

        assert text.can_be_written(layout), service
        assert escpos.seconds(len(text.ticket(layout, dots)), 9600) < escpos.SLOW_S
        assert (
            max(len(row.text) * row.wide for row in text.rows(layout, dots) if isinstance(row, text.Line)) <= dots // 12
        )


@given(WORDS, st.integers(8, 48))
def test_lines_are_broken_between_words_and_nothing_is_lost(words: str, columns: int) -> None:
    cut = text.wrapped(words, columns)

    assert all(len(line) <= columns for line in cut)
    assert "".join(cut).replace(" ", "") == words.replace(" ", "")
    if max(map(len, words.split(" "))) <= columns:
        assert " ".join(cut) == words


def test_a_word_longer_than_the_line_is_cut_without_a_hyphen() -> None:
    assert lines(Text("a" * 40)) == ["a" * 32, "a" * 8]


def test_lines_are_about_equally_long() -> None:
    assert lines(Text("Pindai untuk melihat posisi antrean")) == ["Pindai untuk melihat", "posisi antrean"]


def test_two_languages_are_parted_at_their_dot_and_a_date_is_never_broken() -> None:
    assert lines(Text("Silakan menunggu di · Please wait in")) == ["Silakan menunggu di", "Please wait in"]
    assert lines(Text("Loket · Counter")) == ["Loket - Counter"]
    assert lines(Text("Hari Senin, tanggal 30\u00a0November\u00a02026")) == ["Hari Senin, tanggal", "30 November 2026"]


@pytest.mark.parametrize(
    ("number", "dots", "size"),
    [
        ("A043", 384, (6, 8)),
        ("A043", 576, (8, 8)),
        ("A043", 512, (8, 8)),
        ("AB123", 384, (5, 7)),
        ("A" * 12, 384, (2, 4)),
    ],
)
def test_the_number_is_as_large_as_fits(number: str, dots: int, size: tuple[int, int]) -> None:
    (row,) = text.rows(Layout((Number(number),)), dots)

    assert isinstance(row, text.Line)
    assert (row.wide, row.tall) == size


@pytest.mark.parametrize("dots", [384, 512, 576])
def test_marks_are_white_on_black_and_a_wide_one_goes_over_the_whole_paper(dots: int) -> None:
    copy, *_ = text.rows(Layout((Mark("SALINAN", wide=True),)), dots)
    priority, *_ = text.rows(Layout((Mark("PRIORITAS"),)), dots)

    assert isinstance(copy, text.Line)
    assert isinstance(priority, text.Line)
    assert copy.reverse
    assert priority.reverse
    assert len(copy.text) == dots // 12
    assert priority.text == " PRIORITAS "


def test_facts_stand_beside_each_other_where_they_fit_else_below() -> None:
    facts = Facts((Fact("Di depan Anda saat dicetak", "", "12 orang"), Fact("Loket", "", "1, 2")))

    assert lines(facts, dots=576) == ["Di depan Anda saat dicetak" + " " * 17 + "Loket", "12 orang" + " " * 35 + "1, 2"]
    assert lines(facts, dots=384) == ["Di depan Anda saat dicetak", "12 orang", "Loket", "1, 2"]


def test_a_line_of_double_height_has_white_below_it_and_is_followed_by_plain_ones() -> None:
    plain, tall = (Layout((Text("Kartu", size), Text("Keluarga"))) for size in ("body", "title"))

    heights = [printed(text.ticket(layout, 384), 384).height for layout in (plain, tall)]

    assert heights[1] - heights[0] == text.HEIGHT * 2 + text.BELOW_TALL - 30


def test_items_stand_behind_a_dash_and_their_further_lines_below_their_first_letter() -> None:
    assert lines(Item("Surat keterangan kehilangan dari kepolisian")) == [
        "- Surat keterangan kehilangan",
        "  dari kepolisian",
    ]


@pytest.mark.parametrize(("dots", "module"), [(384, 4), (512, 6), (576, 6)])
def test_a_code_is_drawn_by_the_printer_with_modules_that_phones_can_see(dots: int, module: int) -> None:
    codes = [row for row in text.rows(Layout((Qr(PAGE, ()),)), dots) if isinstance(row, text.Code)]

    assert codes == [text.Code(PAGE, module)]


@pytest.mark.parametrize("dots", [384, 512, 576])
def test_a_phone_reads_the_code_of_a_written_ticket(content: TicketContent, dots: int) -> None:
    picture = printed(text.ticket(laid({**content, "qr": PAGE}), dots), dots)

    found = zxingcpp.read_barcodes(picture.image(margin=32).convert("L"))

    assert [code.text for code in found] == [PAGE]


@pytest.mark.parametrize(
    "written", ["Zona 1 – “A” · 30\u00a0orang…", "Café, Jl. Kébon ½", "e\u0301", "Rp 5.000, 50 % ± 2 °C"]
)
def test_latin_texts_can_be_written(written: str) -> None:
    assert text.can_be_written(Layout((Text(written),)))


@pytest.mark.parametrize("drawn", ["ꦏꦂꦠꦸ", "خدمة", "中文", "😀", "₱", "ش" * 3, "a\u0323"])
def test_a_ticket_with_other_characters_is_drawn(drawn: str) -> None:
    assert not text.can_be_written(Layout((Text(drawn),)))
    assert not text.can_be_written(Layout((Facts((Fact("Loket", "", drawn),)),)))


@pytest.mark.parametrize("content", ["\x10\x04", "é", "k" * 251])
def test_a_ticket_whose_code_is_no_plain_address_is_drawn(content: str) -> None:
    assert not text.can_be_written(Layout((Qr(content, ()),)))


def test_the_logo_is_left_out_of_a_written_ticket(content: TicketContent) -> None:
    with_logo = Layout((Logo(b"png"), *laid(content).blocks))

    assert text.ticket(with_logo, 384) == text.ticket(laid(content), 384)


def test_a_written_ticket_begins_with_a_reset_and_ends_like_a_drawn_one(content: TicketContent) -> None:
    data = text.ticket(laid(content), 384, escpos.process_id(42))

    assert data.startswith(b"\x1b@")
    assert data.endswith(escpos.CUT + escpos.process_id(42))


def test_without_a_cutter_a_written_ticket_is_fed_out_to_be_torn(content: TicketContent) -> None:
    cut, fed = (text.ticket(laid(content), 576, cutter=cutter) + escpos.CUT for cutter in (True, False))

    assert printed(fed, 576).height - printed(cut, 576).height == escpos.TEAR_ROWS
    assert fed.count(escpos.CUT) == 1


def test_the_same_ticket_is_always_the_same_bytes(content: TicketContent) -> None:
    priority = {**content, "ticket_class": "priority"}

    first, _, again = (text.ticket(laid(one), 576) for one in (content, priority, content))

    assert first == again


@pytest.mark.parametrize("dots", [384, 512, 576])
def test_a_printer_breaks_no_line_by_itself(content: TicketContent, dots: int) -> None:
    layout = laid({**content, "ticket_class": "priority"}, copy=1)
    expected = [row.text for row in text.rows(layout, dots) if isinstance(row, text.Line) and row.text]
    engine = Engine(dots)

    engine.feed(text.ticket(layout, dots))

    said = [line.decode("cp437").rstrip("\n") for line in engine.texts]
    assert [line for line in said if line] == expected


def test_a_block_that_nobody_can_write_is_an_error() -> None:
    with pytest.raises(TypeError, match=re.escape("no way to write int")):
        list(text.written(7, 384))  # type: ignore[arg-type]
