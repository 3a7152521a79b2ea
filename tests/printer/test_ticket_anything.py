"""Whatever stands on a ticket, in whatever script: it is never clipped, and no printer can misunderstand it."""

import re
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from printer import escpos, text
from printer.layout import Block, Fact, Facts, Gap, Item, Layout, Logo, Mark, Number, Qr, Rule, Text
from printer.picture import Raster
from printer.raster import HEAD_180_DPI, HEADS, draw
from printer.sheet import Head
from printer.virtual.parse import Parser, pair

pytestmark = [
    pytest.mark.usefixtures("fonts"),
    # Qt says this of any sign of an Indian script for which the machine has a font without shaping.
    pytest.mark.qt_log_ignore("OpenType support missing"),
]
BLEED = 64
REALTIME = re.compile(rb"\x10[\x04\x05\x14]")
IMAGE, MARGIN = b"\x1dv", b"\x1dL"
HARD = [
    "",
    " ",
    "Pertanggungjawaban" * 12,
    "W" * 300,
    "😀👩‍👩‍👧‍👦🇮🇩",
    "خدمة بطاقة العائلة (جديدة) ﷽",
    "ꦥꦼꦭꦪꦤꦤ꧀ ꦏꦂꦠꦸ ꦏꦸꦭꦮꦂꦒ",
    "中文 ภาษาไทย हिन्दी। ខ្មែរ",
    "\u202egnalu kiteC\u202c",
    "Z̵̛͎a̷͓̐l̶͚̀g̸̱̈o̶̤͑" * 8,
    "baris\nbaru\ttab\x00\x10\x04",
    "jf fj Åj",
    "a\u00a0" * 80,
    "– — · … “” ‘’ €",
]
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(HARD), st.text("aijWM .·-\u00a0", max_size=120))
FACTS = st.builds(Fact, TEXTS, TEXTS, TEXTS, TEXTS)


@st.composite
def logos(draw_from: st.DrawFn) -> Logo:
    """Return a logo full of dots, as dithering makes it."""
    width, height = draw_from(st.integers(1, 384)), draw_from(st.integers(1, 96))
    stride = -(-width // 8)
    seed = draw_from(st.binary(min_size=1, max_size=64))
    dots = (seed * (stride * height // len(seed) + 1))[: stride * height]
    file = BytesIO()
    Image.frombytes("1", (width, height), dots).save(file, "PNG")
    return Logo(file.getvalue())


LINES = st.builds(
    Text,
    TEXTS,
    st.sampled_from(["fine", "small", "body", "strong", "title"]),
    st.sampled_from(["plain", "bold", "black"]),
    st.sampled_from(["left", "centre"]),
)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    LINES,
    st.builds(Number, TEXTS),
    st.builds(Mark, TEXTS, TEXTS, wide=st.booleans()),
    st.builds(Facts, st.lists(FACTS, max_size=3).map(tuple)),
    st.builds(Item, TEXTS),
    st.builds(Qr, st.text(min_size=1, max_size=300), st.lists(LINES, max_size=3).map(tuple)),
    st.builds(Rule),
    st.builds(Gap, st.floats(0, 8)),
    logos(),
)
LAYOUTS = st.builds(Layout, st.lists(BLOCKS, max_size=5).map(tuple))
ANY_HEAD = st.sampled_from([HEADS[58], HEADS[80], HEAD_180_DPI])
thoroughly = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ink_outside(picture: Raster) -> bool:
    side = BLEED // 8
    return any(any(row[:side]) or any(row[-side:]) for row in map(picture.row, range(picture.height)))


@given(LAYOUTS, ANY_HEAD)
@thoroughly
def test_no_ink_of_any_ticket_goes_over_the_edge(layout: Layout, head: Head) -> None:
    assert not ink_outside(draw(layout, head, bleed=BLEED))


@pytest.mark.parametrize("head", [HEADS[58], HEADS[80], HEAD_180_DPI], ids=["58", "80", "180dpi"])
@pytest.mark.parametrize("words", HARD)
def test_no_ink_of_a_hard_text_goes_over_the_edge(words: str, head: Head) -> None:
    layout = Layout((Text(words, "title", "black", "centre"), Number(words), Mark(words, words), Item(words)))

    assert not ink_outside(draw(layout, head, bleed=BLEED))


@pytest.mark.parametrize("head", [HEADS[58], HEADS[80], HEAD_180_DPI], ids=["58", "80", "180dpi"])
def test_a_code_with_very_much_in_it_has_smaller_modules_and_stays_on_the_paper(head: Head) -> None:
    layout = Layout((Qr("k7mx4pvaqz" * 150, ()),))

    assert not ink_outside(draw(layout, head, bleed=BLEED))


@given(LAYOUTS, ANY_HEAD, st.booleans())
@thoroughly
def test_no_printer_misunderstands_any_drawn_ticket(layout: Layout, head: Head, cutter: bool) -> None:
    left = 0
    for command in Parser().feed(escpos.ticket(draw(layout, head), cutter=cutter)):
        if command.name == MARGIN:
            left = pair(command.data, 0)
        elif command.name == IMAGE:
            assert not REALTIME.search(command.data)
            assert left + pair(command.data, 2) * 8 <= head.dots


@given(LAYOUTS, ANY_HEAD)
@thoroughly
def test_no_line_of_any_written_ticket_is_longer_than_the_paper_is_wide(layout: Layout, head: Head) -> None:
    for row in text.rows(layout, head.dots):
        if isinstance(row, text.Line):
            assert len(row.text) * row.wide <= text.columns_of(head.dots)


@given(LAYOUTS, ANY_HEAD)
@thoroughly
def test_what_can_be_written_is_printed_whole_and_obeyed_by_no_old_printer(layout: Layout, head: Head) -> None:
    if not text.can_be_written(layout):
        return

    data = text.ticket(layout, head.dots)

    assert b"?" not in data or any("?" in getattr(row, "text", "?") for row in text.rows(layout, head.dots))
    assert not REALTIME.search(data)
