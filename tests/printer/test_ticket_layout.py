"""What stands on a ticket, in which order and in which words."""

import pytest
from printer_fakes import ISSUED, PAGE, content_of

from config.hall import Hall
from hub.client.views import TicketContent
from printer.layout import Fact, Facts, Item, Layout, Logo, Mark, Number, Qr, Text, in_ranges, local, ticket_layout

LATER_MS = round(ISSUED.timestamp() * 1000) + 17 * 60_000


def laid(content: TicketContent, copy: int = 0, printed_ms: int | None = None) -> Layout:
    return ticket_layout(content, copy=copy, printed_ms=printed_ms)


def texts(layout: Layout) -> list[str]:
    return [block.text for block in layout.blocks if isinstance(block, Text | Number | Mark | Item)]


def values(layout: Layout) -> list[str]:
    return [fact.value for block in layout.blocks if isinstance(block, Facts) for fact in block.facts]


def test_a_ticket_tells_from_top_to_bottom_where_what_which_number_and_when(content: TicketContent) -> None:
    wanted = [
        "Mal Pelayanan Publik Kabupaten Muara Enim",
        "Dinas Kependudukan dan Pencatatan Sipil",
        "Cetak ulang KTP-el (rusak, hilang, ubah data)",
        "e-KTP replacement",
        "NOMOR ANTREAN · QUEUE NUMBER",
        "A043",
        "Senin, 30 November 2026 · 08.14.05 WIB",
    ]

    assert [text.replace("\u00a0", " ") for text in texts(laid(content))][:7] == wanted
    assert values(laid(content)) == ["12 orang", "1, 2", "08.35–09.10 WIB", "Zona 1: Kependudukan dan Jaminan Sosial"]


def test_an_original_bears_no_mark(content: TicketContent) -> None:
    assert [block for block in laid(content).blocks if isinstance(block, Mark)] == []


def test_a_copy_says_salinan_first_of_all_and_when_it_was_printed_again(content: TicketContent) -> None:
    first = laid(content, copy=1, printed_ms=LATER_MS).blocks[0]

    assert first == Mark("SALINAN · COPY", "dicetak ulang 08.31", wide=True)


def test_a_copy_without_a_time_still_says_salinan(content: TicketContent) -> None:
    assert laid(content, copy=2).blocks[0] == Mark("SALINAN · COPY", "dicetak ulang", wide=True)


def test_a_copy_differs_from_the_original_by_its_mark_alone(content: TicketContent) -> None:
    original, copy = laid(content).blocks, laid(content, copy=1, printed_ms=LATER_MS).blocks

    assert copy[2:] == original


def test_the_halls_logo_stands_above_its_name_and_below_the_bars(content: TicketContent) -> None:
    blocks = ticket_layout(content, copy=1, printed_ms=None, logo=b"png").blocks

    assert blocks[0] == Mark("SALINAN · COPY", "dicetak ulang", wide=True)
    assert blocks[2] == Logo(b"png")
    assert blocks[4:] == laid(content).blocks


def test_a_trial_ticket_says_that_it_is_not_valid(content: TicketContent) -> None:
    first = laid({**content, "trial": True}).blocks[0]

    assert first == Mark("UJI COBA · TRIAL", "tidak berlaku · not valid", wide=True)


@pytest.mark.parametrize(("ticket_class", "mark"), [("priority", "PRIORITAS"), ("booked", "JANJI WAKTU")])
def test_a_class_is_marked_right_below_the_number(muara_enim: Hall, ticket_class: str, mark: str) -> None:
    blocks = laid(content_of(muara_enim, ticket_class=ticket_class)).blocks
    number = next(at for at, block in enumerate(blocks) if isinstance(block, Number))

    below = next(block for block in blocks[number:] if isinstance(block, Mark))

    assert below.text.startswith(mark)


@pytest.mark.parametrize(("ahead", "said"), [(0, "Tidak ada"), (1, "1 orang"), (37, "37 orang")])
def test_people_ahead_are_told_as_they_were_when_printed(content: TicketContent, ahead: int, said: str) -> None:
    assert values(laid({**content, "ahead": ahead}))[0] == said


def test_people_ahead_are_left_out_where_the_hall_shows_none(content: TicketContent) -> None:
    assert values(laid({**content, "ahead": None}))[0] == "1, 2"


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([5], "5"), ([2, 1], "1, 2"), ([1, 2, 3], "1–3"), ([9, 1, 2, 3, 7], "1–3, 7, 9"), ([4, 4], "4")],
)
def test_counters_are_told_at_a_glance(numbers: list[int], said: str) -> None:
    assert in_ranges(numbers) == said


def test_the_visitors_language_comes_first_and_indonesian_second(muara_enim: Hall) -> None:
    layout = laid(content_of(muara_enim, language="en"), copy=1, printed_ms=LATER_MS)

    assert layout.blocks[0] == Mark("COPY · SALINAN", "reprinted 08:31", wide=True)
    assert texts(layout)[3:5] == ["e-KTP replacement", "Cetak ulang KTP-el (rusak, hilang, ubah data)"]
    assert "Monday, 30 November 2026 · 08:14:05 WIB" in [text.replace("\u00a0", " ") for text in texts(layout)]


def test_a_language_without_words_of_its_own_is_printed_in_indonesian(muara_enim: Hall) -> None:
    assert "NOMOR ANTREAN" in texts(laid(content_of(muara_enim, language="jv")))


def test_what_to_bring_is_a_list(content: TicketContent) -> None:
    items = [block.text for block in laid(content).blocks if isinstance(block, Item)]

    assert items == ["KTP-el rusak atau surat kehilangan dari kepolisian", "Fotokopi Kartu Keluarga"]


def test_nothing_to_bring_leaves_no_empty_heading(content: TicketContent) -> None:
    assert "Siapkan · Have ready" not in texts(laid({**content, "requirements": []}))


def test_a_code_stands_beside_its_qr_as_people_type_it(content: TicketContent) -> None:
    qr = next(block for block in laid({**content, "qr": PAGE}).blocks if isinstance(block, Qr))

    assert qr.content == PAGE
    assert [text.text for text in qr.beside][-1] == "K7MX4-PVAQZ"
    assert qr.beside[0].text == "Pindai untuk melihat posisi antrean"


def test_a_bare_code_promises_no_page_to_look_at(content: TicketContent) -> None:
    qr = next(block for block in laid(content).blocks if isinstance(block, Qr))

    assert qr.beside[0].text == "Untuk dipindai petugas"


def test_a_hall_without_codes_prints_none(content: TicketContent) -> None:
    layout = laid({**content, "code": "", "qr": ""})

    assert [block for block in layout.blocks if isinstance(block, Qr)] == []


def test_a_text_that_both_languages_share_is_printed_once(content: TicketContent) -> None:
    layout = laid({**content, "service": {"id": "BPHTB", "en": "BPHTB"}})

    assert texts(layout).count("BPHTB") == 1


def expected_of(content: TicketContent, low_minutes: float, high_minutes: float, language: str = "id") -> list[Fact]:
    """Return what a ticket with a promise says of the call, taken at 08.41."""
    start = content["issued_ms"]
    promise = [round(start + minutes * 60_000) for minutes in (low_minutes, high_minutes)]
    blocks = laid({**content, "promise": promise, "language": language}).blocks
    facts = [fact for block in blocks if isinstance(block, Facts) for fact in block.facts]
    return [fact for fact in facts if fact.label.startswith(("Perkiraan", "Expected"))]


def test_the_forecast_is_told_as_clock_times_rounded_outward(content: TicketContent) -> None:
    (fact,) = expected_of(content, 21, 43)
    low, high = (local(content, content["issued_ms"] + round(minutes * 60_000)) for minutes in (21, 43))
    shown = fact.value.split(" ")[0].split("–")

    assert [int(time[-2:]) % 5 for time in shown] == [0, 0]
    assert shown[0] <= f"{low:%H.%M}"
    assert f"{high:%H.%M}" <= shown[1]


def test_a_call_within_five_minutes_is_soon(content: TicketContent) -> None:
    assert [fact.value for fact in expected_of(content, 0, 4)] == ["Segera"]
    assert [fact.value for fact in expected_of(content, 0, 4, "en")] == ["Soon"]


def test_without_a_forecast_nothing_is_promised(content: TicketContent) -> None:
    blocks = laid({**content, "promise": None}).blocks

    assert not [f for b in blocks if isinstance(b, Facts) for f in b.facts if f.label.startswith("Perkiraan")]
