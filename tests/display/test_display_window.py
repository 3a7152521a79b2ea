"""A screen as visitors see it: the right calls, one after the other, in words that fit, also while the hub is away."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from display.board import TURN_S
from display.faces import ranges
from tests.display.fakes import FakeHub, MakeScreen, Screen
from ui.parts import Part

HALLS = ("mpp-muara-enim", "mpp-oku-timur")
SIZES = ((1920, 1080), (1366, 768), (1024, 768), (640, 360), (1080, 1920), (3840, 2160))


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    QApplication.processEvents()
    QApplication.processEvents()
    return capsys.readouterr().out.splitlines()


def row_texts(screen: Screen) -> list[str]:
    return screen.window.rows.text().splitlines()[1:]


def visible(screen: Screen) -> Iterator[Part]:
    window = screen.window
    for part in window.findChildren(Part):
        if part.isVisible() and part is not window.stripe:
            yield part


def test_before_the_first_call_it_welcomes_and_shows_where_the_counters_are(make_screen: MakeScreen) -> None:
    screen = make_screen()

    screen.hub.snapshot()

    assert screen.window.welcome.isVisible()
    assert "Selamat datang" in screen.window.welcome.text()
    assert row_texts(screen) == ["Disdukcapil Loket 1–2", "BPJS Kesehatan Loket 3", "BPJS Ketenagakerjaan Loket 4",
                                 "Kemenag Loket 5"]  # fmt: skip


def test_a_call_is_shown_big_and_in_the_rows(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()

    screen.hub.tell(("A043", 2))

    assert screen.window.big.isVisible()
    assert not screen.window.welcome.isVisible()
    assert screen.window.big.text() == ("Nomor yang dipanggil A043 ke LOKET 2 Dinas Kependudukan dan Pencatatan Sipil")
    assert row_texts(screen) == ["A043 Loket 2"]


def test_calls_of_other_zones_are_not_shown(make_screen: MakeScreen) -> None:
    screen = make_screen(screen="layar-2")
    screen.hub.snapshot()

    screen.hub.tell(("A043", 2), ("B007", 6))

    assert row_texts(screen) == ["B007 Loket 6"]


def test_three_calls_in_one_second_are_each_shown_big_in_their_order(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()

    screen.hub.tell(("A001", 1), ("C001", 3), ("A002", 2))
    shown = [screen.window.big.text().split()[3]]
    for _ in range(2):
        screen.wait(TURN_S + 0.02)
        shown.append(screen.window.big.text().split()[3])

    assert shown == ["A001", "C001", "A002"]
    assert row_texts(screen) == ["A002 Loket 2", "C001 Loket 3", "A001 Loket 1"]


def test_a_recall_and_a_priority_ticket_are_marked_in_words(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()

    screen.hub.tell(("A043", 2), attempt=2, ticket_class="priority")

    assert screen.window.big.text().startswith("Panggilan ulang Prioritas A043")


def test_a_call_taken_back_leaves_the_screen(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))

    screen.hub.change({"kind": "call.withdrawn", "body": {"number": "A043"}}, tickets=[screen.hub.waits("A043")])

    assert screen.window.welcome.isVisible()
    assert "A043" not in screen.window.rows.text()


def test_only_a_new_call_pulses(make_screen: MakeScreen) -> None:
    hub = FakeHub()
    hub.call("A042", 2)
    screen = make_screen(hub)
    hub.snapshot()
    screen.wait(0.26)
    before = screen.window.big.strength

    hub.tell(("A043", 2))
    screen.wait(0.26)
    during = screen.window.big.strength
    screen.wait(2)

    assert before == 0
    assert during > 0.9
    assert screen.window.big.strength == 0


def test_a_painted_call_is_told_once_and_after_its_frame(
    make_screen: MakeScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    assert lines(capsys) == ["display ready"]

    seqs = screen.hub.tell(("A043", 2))

    assert lines(capsys) == [f"display painted A043 2 {seqs[0]}"]
    screen.window.repaint()
    assert lines(capsys) == []


def test_it_says_that_the_hub_is_away_keeps_its_state_and_recovers_without_a_flash(
    make_screen: MakeScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))
    screen.wait(5)
    lines(capsys)

    screen.hub.feed.lose()
    assert lines(capsys) == ["display hub lost"]
    assert screen.window.strip.text().startswith("Layar sedang menyambung kembali")
    assert not screen.window.marquee.isVisible()
    assert row_texts(screen) == ["A043 Loket 2"]

    screen.hub.snapshot()
    screen.wait(0.26)
    assert lines(capsys) == ["display hub back"]
    assert screen.window.strip.isHidden()
    assert screen.window.marquee.isVisible()
    assert screen.window.big.strength == 0


def test_a_call_made_while_the_hub_was_away_is_shown_when_it_is_back(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))
    screen.wait(5)
    screen.hub.feed.lose()
    screen.hub.call("C001", 3)

    screen.hub.snapshot()
    screen.wait(0.26)

    assert "C001" in screen.window.big.text()
    assert screen.window.big.strength > 0.9


def test_a_screen_that_never_reached_its_hub_says_so(
    make_screen: MakeScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = make_screen()

    screen.hub.feed.lose()

    assert lines(capsys) == ["display hub lost"]
    assert "menyambung" in screen.window.welcome.text()


def test_a_screen_the_hall_does_not_know_shows_all_calls_and_says_so(make_screen: MakeScreen) -> None:
    screen = make_screen(screen="layar-9")
    screen.hub.snapshot()

    screen.hub.tell(("A043", 2), ("B007", 6))

    assert len(row_texts(screen)) == 2
    assert "layar-9" in screen.window.strip.text()


def test_in_a_long_pause_the_screen_greets_again_and_keeps_the_rows(make_screen: MakeScreen) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))
    screen.wait(5)
    screen.hub.answer("A043")

    screen.hub.tick("2026-11-30T12:10:00")

    assert screen.window.welcome.isVisible()
    assert "Istirahat sampai pukul 13.00 WIB" in screen.window.welcome.text()
    assert row_texts(screen) == ["A043 Loket 2"]


def test_the_line_runs_at_140_design_pixels_a_second(make_screen: MakeScreen) -> None:
    screen = make_screen(size=(1920, 1080))
    screen.hub.snapshot()
    screen.wait(1)
    before = screen.window.marquee.offset

    screen.wait(2)

    assert screen.window.marquee.offset - before == pytest.approx(280, abs=4)


def busy(hub: FakeHub, screen: Screen, stage: int) -> None:
    """Bring a screen into one of its states, with the longest numbers."""
    hub.snapshot()
    calls = [(f"{hub.hall.agencies[0].letter}B{1000 + c.number}", c.number) for c in hub.hall.counters]
    if stage > 0:
        hub.tell(*calls, attempt=2, ticket_class="booked")
    if stage > 1:
        screen.wait(TURN_S * (stage - 1))
    if stage == 6:
        hub.feed.lose()


@pytest.mark.parametrize("languages", [["id", "en"], ["en", "id"]], ids=["id", "en"])
@pytest.mark.parametrize("hall", HALLS)
@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_nothing_is_clipped_with_the_longest_texts(
    make_screen: MakeScreen, qtbot: QtBot, size: tuple[int, int], hall: str, languages: list[str]
) -> None:
    for name in ("layar-1", "layar-2") if hall == HALLS[0] else ("layar-lobi", "layar-z1a", "layar-z4"):
        hub = FakeHub(hall, languages=languages)
        screen = make_screen(hub, name, size)
        for stage in range(7):
            busy(hub, screen, stage) if stage in (0, 1, 6) else screen.wait(TURN_S + 0.02, step=0.5)
            assert [part.objectName() for part in visible(screen) if not part.fits()] == []


@pytest.mark.parametrize("languages", [["id", "en"], ["en", "id"]], ids=["id", "en"])
@pytest.mark.parametrize("hall", HALLS)
@pytest.mark.parametrize("clock", ["2026-11-29T10:00", "2026-11-30T07:00", "2026-11-30T07:40", "2026-11-27T12:00",
                                   "2026-11-30T16:00"])  # fmt: skip
def test_every_greeting_fits(make_screen: MakeScreen, clock: str, hall: str, languages: list[str]) -> None:
    for size in SIZES:
        hub = FakeHub(hall, f"{clock}:00", languages=languages)
        screen = make_screen(hub, next(iter(hub.hall.screen_by_id)), size)
        hub.snapshot()

        assert [part.objectName() for part in visible(screen) if not part.fits()] == []


def test_every_agency_of_a_large_hall_comes_by_in_the_directory(make_screen: MakeScreen) -> None:
    hub = FakeHub("mpp-oku-timur")
    screen = make_screen(hub, "layar-lobi")
    hub.snapshot()
    seen: set[str] = set()

    for _ in range(4):
        seen.update(row_texts(screen))
        assert screen.window.rows.fits()
        screen.wait(10, step=0.5)

    assert len(seen) == len(hub.hall.agencies)


@pytest.mark.parametrize(("numbers", "text"), [([1], "1"), ([2, 1], "1–2"), ([1, 2, 3, 7], "1–3, 7"), ([4, 6], "4, 6")])
def test_counters_are_written_as_people_do(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


@pytest.mark.parametrize("layout", ["calls", "media", "counters", "today"])
def test_parts_cover_the_window_at_every_size_and_minute_and_never_overlap(
    make_screen: MakeScreen, layout: str
) -> None:
    screen = make_screen(FakeHub(layout=layout))
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))

    for size in SIZES:
        screen.window.resize(*size)
        screen.wait(61, step=0.5)
        bare = QRegion(screen.window.rect())
        for part in (*visible(screen), screen.window.stripe):
            assert bare.intersected(part.geometry()) == QRegion(part.geometry()).intersected(screen.window.rect())
            bare -= QRegion(part.geometry())
        assert bare.isEmpty()


def test_a_journal_that_begins_anew_has_its_calls_painted_again(
    make_screen: MakeScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = make_screen()
    screen.hub.snapshot()
    screen.hub.tell(("A001", 1), ("A002", 2))
    lines(capsys)

    screen.hub.calls, screen.hub.tickets, screen.hub.seq = [], {}, 10
    screen.hub.call("A001", 2)
    screen.hub.snapshot()

    assert lines(capsys) == ["display painted A001 2 11"]


def test_a_call_taken_back_while_the_screen_was_away_leaves_it(make_screen: MakeScreen) -> None:
    screen = make_screen()
    hub = screen.hub
    hub.snapshot()
    hub.tell(("A043", 2))
    hub.feed.lose()
    hub.waits("A043")
    hub.calls.clear()
    hub.seq += 1
    hub.snapshot()

    assert screen.window.welcome.isVisible()
    assert "A043" not in screen.window.rows.text()
