"""The layouts of a screen beside the calls: every counter, the day's figures, the notices that run along."""

import pytest
from PySide6.QtWidgets import QApplication

from config.load import HallFileError, hall_from
from display.board import SHORT_TURN_S, TURN_S
from display.overview import PAGE_S
from tests.display.fakes import FakeHub, MakeScreen, Screen
from ui.parts import Part

SIZES = ((1920, 1080), (1366, 768), (640, 360), (1080, 1920), (3840, 2160))
LAYOUTS = ("calls", "media", "counters", "today")


def counters(screen: Screen) -> list[str]:
    return screen.window.grid.text().splitlines()


def figures(screen: Screen) -> list[str]:
    return screen.window.figures.text().splitlines()[1:]


def test_a_pause_chosen_at_an_english_panel_is_told_in_the_screens_language(make_screen: MakeScreen) -> None:
    screen = make_screen(working("counters"))
    hub = screen.hub
    hub.snapshot()

    hub.set_counter(3, "paused", reason="Meeting")
    hub.set_counter(4, "paused", reason="Menunggu teknisi AC")
    hub.tell(("A043", 2))

    assert counters(screen)[2:4] == [
        "3 BPJS Kesehatan Istirahat Rapat",
        "4 BPJS Ketenagakerjaan Istirahat Menunggu teknisi AC",
    ]


def test_the_halls_own_word_runs_on_its_days_in_the_languages_it_has(make_screen: MakeScreen) -> None:
    hub = FakeHub()
    hub.content["notices"] = [
        {"text_id": "Bawalah KTP asli.", "text_en": "Bring your ID card."},
        {"text_id": "Hanya hari ini.", "start": "2026-11-30", "end": "2026-11-30"},
        {"text_id": "Baru besok.", "start": "2026-12-01"},
        {"text_id": "Sudah lewat.", "end": "2026-11-29"},
    ]
    screen = make_screen(hub)
    hub.snapshot()

    told = screen.window.marquee.sentences
    assert {"Bawalah KTP asli.", "Bring your ID card.", "Hanya hari ini."} <= set(told)
    assert not {"Baru besok.", "Sudah lewat.", ""} & set(told)


def test_a_notice_that_ends_before_it_begins_is_a_mistake_of_the_hall_file() -> None:
    content = FakeHub().content
    content["notices"] = [{"text_id": "Libur.", "start": "2026-12-02", "end": "2026-12-01"}]

    with pytest.raises(HallFileError) as raised:
        hall_from(content)

    assert [(found.key, found.code) for found in raised.value.mistakes] == [("notices[1].end", "ends_first")]


def working(layout: str) -> FakeHub:
    hub = FakeHub(layout=layout)
    hub.waiting = 3
    hub.snapshot()
    return hub


def test_a_layout_that_does_not_exist_is_a_mistake_of_the_hall_file() -> None:
    content = FakeHub().content
    content["screens"][0]["layout"] = "clock"

    with pytest.raises(HallFileError) as raised:
        hall_from(content)

    assert [(found.key, found.code) for found in raised.value.mistakes] == [("screens[1].layout", "choice")]


def test_the_overview_tells_of_every_counter_what_it_does(make_screen: MakeScreen) -> None:
    screen = make_screen(working("counters"))
    hub = screen.hub
    hub.snapshot()

    hub.set_counter(1, "open")
    hub.set_counter(3, "paused", reason="Rapat", until_ms=hub.now + 46 * 60_000)
    hub.set_counter(4, "paused")
    hub.tell(("A043", 2))

    assert screen.window.grid.isVisible()
    assert counters(screen) == [
        "1 Disdukcapil Buka",
        "2 Disdukcapil A043",
        "3 BPJS Kesehatan Istirahat sampai 09.00 Rapat",
        "4 BPJS Ketenagakerjaan Istirahat",
        "5 Kemenag Tutup",
    ]


def test_a_served_number_and_a_recall_are_told_from_a_first_call(make_screen: MakeScreen) -> None:
    screen = make_screen(working("counters"))
    screen.hub.snapshot()
    screen.hub.tell(("A043", 2))
    screen.wait(TURN_S + 0.1)

    screen.hub.answer("A043")
    screen.hub.tell(("A044", 1), attempt=2)

    assert counters(screen)[:2] == ["1 Disdukcapil A044 Panggilan ulang", "2 Disdukcapil A043 Dilayani"]


def test_a_new_call_pulses_at_its_counter_and_is_told_as_painted(
    make_screen: MakeScreen, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = make_screen(working("counters"))
    screen.hub.snapshot()

    seqs = screen.hub.tell(("A043", 2))
    screen.wait(0.26)

    assert screen.window.grid.strength > 0.9
    assert screen.window.grid.current == seqs[0]
    QApplication.processEvents()
    QApplication.processEvents()
    assert f"display painted A043 2 {seqs[0]}" in capsys.readouterr().out


def test_of_ten_calls_within_a_second_at_five_counters_each_stands_on_the_screen_in_order(
    make_screen: MakeScreen,
) -> None:
    screen = make_screen(working("counters"))
    screen.hub.snapshot()
    numbers = [f"A{number:03d}" for number in range(1, 11)]
    seen = list[str]()

    for at, number in enumerate(numbers):
        if at >= 5:
            screen.hub.answer(numbers[at - 5])
        screen.hub.tell((number, at % 5 + 1))
        screen.wait(0.1)
    for _ in range(600):
        current = screen.window.board.big
        if current and current.number in screen.window.grid.text() and current.number not in seen:
            seen.append(current.number)
        screen.wait(SHORT_TURN_S / 20, step=SHORT_TURN_S / 20)

    assert seen == numbers


def test_more_counters_than_fit_come_by_in_pages_and_a_call_brings_its_page(make_screen: MakeScreen) -> None:
    hub = FakeHub("mpp-oku-timur", layout="counters")
    hub.waiting = 3
    screen = make_screen(hub, "layar-lobi", (1920, 1080))
    hub.snapshot()
    seen = set[str]()

    for _ in range(4):
        seen.update(line.split()[0] for line in counters(screen))
        screen.wait(PAGE_S, step=0.5)
    hub.tell(("Z034", 34))

    assert seen == {str(counter.number) for counter in hub.hall.counters}
    assert any(line.startswith("34 ") for line in counters(screen))


def test_today_counts_what_happens_while_it_listens_and_says_since_when(make_screen: MakeScreen) -> None:
    screen = make_screen(working("today"))
    hub = screen.hub
    hub.snapshot()

    for number, waited, promise, rule in (("A1", 4, 1, "points"), ("A2", 8, -1, "number"), ("A3", 30, 1, "points")):
        ticket = hub.ticket(number, "called", waited_ms=waited * 60_000, promise_ms=hub.now + promise)
        called = {"number": number, "attempt": 1, "reason": {"rule": rule}}
        hub.change({"kind": "ticket.called", "body": called}, tickets=[ticket])
    hub.change({"kind": "service.finished", "body": {"number": "A1"}})
    screen.wait(1.1)

    assert screen.window.figures.isVisible()
    assert figures(screen) == [
        f"Nomor diberikan {4 * len(hub.hall.services)}",
        "Sedang menunggu 3",
        "Selesai dilayani 1 sejak 08.14",
        "Median waktu tunggu 8 menit sejak 08.14",
        "Janji waktu ditepati 66% sejak 08.14",
        "Panggilan di luar urutan 1 sejak 08.14",
    ]


def test_what_was_taken_back_recalled_or_a_trial_does_not_count(make_screen: MakeScreen) -> None:
    screen = make_screen(working("today"))
    hub = screen.hub
    hub.snapshot()
    by_number = {"number": "A1", "attempt": 1, "reason": {"rule": "number"}}

    hub.change({"kind": "ticket.called", "body": by_number}, tickets=[hub.ticket("A1", "called")])
    hub.change({"kind": "call.withdrawn", "body": {"number": "A1"}})
    trial = {"kind": "service.finished", "body": {"number": "A2"}}
    hub.change(trial, tickets=[hub.ticket("A2", "served") | {"trial": True}])
    hub.change({"kind": "service.finished", "body": {"number": "A1"}})
    hub.change({"kind": "finish.withdrawn", "body": {"number": "A1"}})
    screen.wait(1.1)

    assert [line.split(" sejak")[0] for line in figures(screen)[2:]] == [
        "Selesai dilayani 0",
        "Median waktu tunggu –",
        "Janji waktu ditepati –",
        "Panggilan di luar urutan 0",
    ]


def test_figures_go_on_after_a_reconnection_that_missed_nothing_and_else_begin_anew(make_screen: MakeScreen) -> None:
    screen = make_screen(working("today"))
    hub = screen.hub
    hub.snapshot()
    hub.change({"kind": "service.finished", "body": {"number": "A1"}}, tickets=[hub.ticket("A1", "served")])

    hub.set_clock("2026-11-30T09:30:00")
    hub.feed.lose()
    hub.snapshot()
    unbroken = figures(screen)[2]
    hub.seq += 1
    hub.snapshot()

    assert unbroken == "Selesai dilayani 1 sejak 08.14"
    assert figures(screen)[2] == "Selesai dilayani 0 sejak 09.30"


def test_the_running_line_tells_breaks_and_closed_counters_before_all_else(make_screen: MakeScreen) -> None:
    screen = make_screen(working("calls"))
    hub = screen.hub
    hub.snapshot()

    for counter in (1, 2):
        hub.set_counter(counter, "paused", until_ms=hub.now + 46 * 60_000)
    hub.set_counter(3, "paused")
    hub.set_counter(4, "open")
    hub.set_counter(5, "closed")

    assert screen.window.marquee.sentences[:3] == (
        "Loket 1–2 istirahat sampai pukul 09.00 WIB.",
        "Loket 3 sedang istirahat.",
        "Loket 5 sedang tutup.",
    )


def test_outside_the_halls_hours_and_while_all_are_closed_no_counter_is_named(make_screen: MakeScreen) -> None:
    hub = FakeHub(clock="2026-11-30T07:50:00")
    screen = make_screen(hub)
    hub.snapshot()

    hub.set_counter(1, "open")
    hub.set_counter(2, "closed")

    assert "Loket" not in screen.window.marquee.sentences[0]


def test_a_notice_comes_in_behind_what_is_being_read(make_screen: MakeScreen) -> None:
    screen = make_screen(working("calls"), size=(1920, 1080))
    screen.hub.snapshot()
    screen.wait(1)
    before = screen.window.marquee.grab().toImage().copy(0, 0, 900, 90)

    screen.hub.set_counter(1, "paused")

    assert screen.window.marquee.sentences[0] == "Loket 1 sedang istirahat."
    assert screen.window.marquee.grab().toImage().copy(0, 0, 900, 90) == before


def test_an_empty_hall_sees_a_large_clock_and_after_closing_the_screen_is_dim_then_black(
    make_screen: MakeScreen,
) -> None:
    screen = make_screen()
    hub = screen.hub
    hub.snapshot()

    hub.tick("2026-11-30T10:54:00")
    calm = screen.window.calm.text()
    hub.tick("2026-11-30T15:10:00")
    dim = screen.window.shade.brightness
    hub.tick("2026-11-30T20:00:00")

    assert calm.splitlines()[0] == "10.54"
    assert screen.window.calm.isVisible()
    assert dim == 0.6
    assert screen.window.shade.brightness == 0
    assert screen.window.grab().toImage().pixelColor(480, 270).name() == "#000000"


def test_a_call_wakes_a_black_screen(make_screen: MakeScreen) -> None:
    screen = make_screen(FakeHub(clock="2026-11-30T20:00:00"))
    screen.hub.snapshot()

    screen.hub.tell(("A043", 2))

    assert screen.window.shade.isHidden()
    assert screen.window.big.isVisible()


def busy(screen: Screen) -> None:
    """Bring a screen into its fullest state, with the longest numbers."""
    hub = screen.hub
    hub.waiting = 1234
    hub.snapshot()
    for at, counter in enumerate(hub.hall.counters):
        if at % 2:
            hub.set_counter(counter.number, "paused", reason="Gangguan teknis", until_ms=hub.now + 3_600_000)
        else:
            number = f"{hub.hall.agencies[0].letter}B{1000 + counter.number}"
            hub.tell((number, counter.number), attempt=2, ticket_class="priority")
            if at % 4:
                hub.answer(number)
    screen.wait(60, step=0.5)


@pytest.mark.parametrize("languages", [["id", "en"], ["en", "id"]], ids=["id", "en"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
@pytest.mark.parametrize("hall", ["mpp-muara-enim", "mpp-oku-timur"])
def test_nothing_is_clipped_in_any_layout(
    make_screen: MakeScreen, hall: str, size: tuple[int, int], layout: str, languages: list[str]
) -> None:
    hub = FakeHub(hall, "2026-11-30T10:14:00", layout=layout, languages=languages)
    screen = make_screen(hub, next(iter(hub.hall.screen_by_id)), size)
    narrow = [part for part in screen.window.findChildren(Part) if part.isVisible() and not part.fits()]

    for clock in ("10:14", "15:10"):
        hub.set_clock(f"2026-11-30T{clock}:00")
        busy(screen)
        narrow += [part for part in screen.window.findChildren(Part) if part.isVisible() and not part.fits()]
        hub.waiting, hub.tickets, hub.calls, hub.counters = 0, {}, [], {}
        hub.seq = 5
        hub.snapshot()
        narrow += [part for part in screen.window.findChildren(Part) if part.isVisible() and not part.fits()]

    assert [part.objectName() for part in narrow] == []
