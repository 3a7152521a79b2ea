"""The region's pages: true, complete in two languages, readable in light and dark, and nothing comes from elsewhere."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product

import pytest

from region.figures import Figures, Waits
from region.hall_page import hall_page
from region.overview import Day, Hall, HallInFull, Hour
from region.page import page
from region.rules import Stream
from region.words import LANGUAGES, Words, catalogue
from web.style import STYLE

NOW_MS = 1_796_010_000_000
HEAD = bytes(range(32))
VOID = {"meta", "link"}


def stream(**known: object) -> Stream:
    """Return what is held of a hall: 12,345 lines, the last made three seconds before it came, two minutes ago."""
    usual = {"hall": "mpp-uji", "epoch": 1, "next": 12_346, "head": HEAD, "simulated": False}
    times = {"last_ms": NOW_MS - 123_000, "received_ms": NOW_MS - 120_000}
    return Stream(**(usual | times | known))


def text_of(html: str) -> str:
    """Return what a reader sees, on one line."""
    body = html.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()


DAY = Day(
    "2026-11-30", Figures(issued=1234, called=1000, served=900, missed=70, cancelled=4), Waits(600_000, 1_500_000)
)


def hall(**known: object) -> Hall:
    """Return a hall in the middle of its day."""
    return Hall(stream(**known), "MPP Uji", "Asia/Jakarta", DAY)


def page_of(*halls: Hall, language: str = "id") -> str:
    return page(halls, language, NOW_MS)


def in_full(**known: object) -> HallInFull:
    """Return all about a hall."""
    hours = (Hour(8, "kk", Figures(issued=30, served=29)), Hour(9, "ktp", Figures(issued=40, missed=2)))
    return HallInFull(hall(**known), (DAY, replace(DAY, date="2026-11-27")), hours, dead=3, unknown=7)


def test_it_shows_how_each_halls_day_goes() -> None:
    shown = text_of(page_of(hall(), Hall(stream(hall="mpp-lain"))))

    for wanted in (
        "MPP Uji", "mpp-lain", "2 dari 2", "Sen, 30 Nov 2026", "Nomor diambil 1.234", "Masih dalam antrean 260",
        "Selesai dilayani 900", "Tidak hadir 70", "10 menit", "25 menit", "3 detik", "Hari Belum ada",
    ):  # fmt: skip
        assert wanted in shown


def test_only_todays_tickets_count_as_todays() -> None:
    yesterday = Hall(stream(hall="mpp-lain"), "", "Asia/Jakarta", replace(DAY, date="2026-11-29"))

    assert "Nomor hari ini 1.234" in text_of(page_of(hall(), yesterday))


def test_a_halls_day_turns_with_its_own_zone() -> None:
    east = Hall(stream(), "", "Pacific/Auckland", DAY)
    late_ms = NOW_MS + 10 * 3_600_000

    assert "Nomor hari ini 0" in text_of(page([east], "id", late_ms))
    assert "Nomor hari ini 1.234" in text_of(page([hall()], "id", late_ms))


def test_a_silent_hall_is_not_on_line() -> None:
    shown = text_of(page_of(hall(received_ms=NOW_MS - 3 * 3_600_000), hall()))

    assert "1 dari 2" in shown
    assert "Kabar terakhir 3 jam yang lalu" in shown


def test_it_speaks_english_when_asked() -> None:
    shown = text_of(page_of(hall(), language="en"))

    for wanted in ("1 of 1", "Mon, 30 Nov 2026", "Tickets 1,234", "No-shows 70", "3 seconds"):
        assert wanted in shown


def test_a_halls_own_page_tells_its_hours_its_days_and_its_records() -> None:
    shown = text_of(hall_page(in_full(), "id", NOW_MS))

    for wanted in (
        "MPP Uji", "08.00 30 29 0", "09.00 40 0 2", "ktp 40 0 2", "kk 30 29 0",
            "Jum, 27 Nov 2026", "baris 1 sampai 12.345", "mpp-uji",
        "Baris tidak terbaca 3", "Baris jenis baru 7", "2 menit yang lalu", HEAD.hex()[:16],
    ):  # fmt: skip
        assert wanted in shown


def test_a_halls_own_page_is_there_before_its_first_day() -> None:
    assert "Belum ada" in text_of(hall_page(HallInFull(Hall(stream())), "id", NOW_MS))


@pytest.mark.parametrize("language", ["id", "", "xx", "../en"])
def test_it_speaks_indonesian_first(language: str) -> None:
    html = page_of(hall(), language=language)

    assert '<html lang="id">' in html
    assert "Tidak hadir" in html


def test_times_are_those_of_the_region() -> None:
    shown = text_of(page_of(hall()))

    assert "30 Nov 2026, 10.40 WIB" in shown


def test_it_says_what_to_do_where_there_is_no_hall_yet() -> None:
    shown = text_of(page_of())

    assert "Belum ada mal yang mengirim" in shown
    assert "antrean sync" in shown


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"simulated": True}, "Simulasi"),
        ({"simulated": True}, "Keterlambatan kiriman tidak berlaku"),
        ({"forked_ms": NOW_MS}, "Jurnal lain ditolak, 30 Nov 2026, 10.40 WIB"),
        ({"last_ms": None}, "tidak terbaca"),
        ({"last_ms": NOW_MS + 86_400_000}, "jam mal lebih cepat 1 hari"),
        ({"last_ms": NOW_MS - 120_000}, "kurang dari 1 detik"),
        ({"last_ms": 0}, "57 tahun"),
        ({"last_ms": 253_370_764_799_999}, "jam mal lebih cepat"),
    ],
)
def test_what_is_odd_is_said(known: dict[str, object], wanted: str) -> None:
    assert wanted in text_of(page_of(hall(**known)))


def test_what_a_hall_wrote_is_text_and_never_markup() -> None:
    told = HallInFull(Hall(stream(), '<script>"&'), hours=(Hour(8, '<script>"&', Figures()),))

    for html in (page_of(told.hall), hall_page(told, "id", NOW_MS)):
        assert "<script" not in html
        assert "&lt;script&gt;&quot;&amp;" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_loaded_from_elsewhere(language: str) -> None:
    html = page_of(hall(), language=language) + hall_page(in_full(), language, NOW_MS)

    assert not re.search(r"https?:|//|\bsrc=|url\(|@import|<script|<iframe|\son\w+=|\sstyle=", html)


class Outline(HTMLParser):
    """Notes the elements that stand open, the headings and the ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.headings += [tag] if tag in {"h1", "h2", "h3"} else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("html", [page_of(), page_of(hall(), hall()), hall_page(in_full(), "id", NOW_MS)])
def test_it_is_well_formed_with_one_title_and_a_way_past_the_head(html: str) -> None:
    outline = Outline()

    outline.feed(html)

    assert outline.open == []
    assert outline.headings.count("h1") == 1
    assert outline.ids == ["isi"]
    assert 'href="#isi"' in html
    assert 'name="viewport"' in html


def test_both_languages_have_every_word_with_the_same_fields() -> None:
    for domain in ("region", "sync"):
        indonesian, english = (words_of(language, domain) for language in LANGUAGES)

        assert indonesian.keys() == english.keys()
        for key, text in indonesian.items():
            assert fields_in(text) == fields_in(english[key]), key


def words_of(language: str, domain: str) -> dict[str, str]:
    """Return the words of a catalogue by their keys."""
    return {key: text for key, text in catalogue(language, domain)._catalog.items() if key}


def fields_in(text: str) -> set[str]:
    """Return the names of a text's fields."""
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize(("dark", "ground"), list(product((False, True), ("ground", "card"))))
def test_every_text_can_be_read_on_its_ground(dark: bool, ground: str) -> None:
    colours = palette(dark=dark)
    pairs = [("ink", ground), ("quiet", ground), ("blue", ground)]
    pairs += [(name, f"{name}-ground") for name in ("good", "note", "alarm")]

    for text, behind in pairs:
        assert contrast(colours[text], colours[behind]) >= 4.5, (text, behind)


def palette(*, dark: bool) -> dict[str, str]:
    """Return the colours of the style by their names."""
    light_part, _, dark_part = STYLE.partition("prefers-color-scheme: dark")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark_part if dark else light_part))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 computes it."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_word_that_is_not_there_shows_its_name() -> None:
    assert Words("id").say("region.nix") == "nix"
