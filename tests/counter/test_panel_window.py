"""The panel as a clerk uses it: one key at a time, always told what happened, never two calls by a double tap."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.load import HALLS, load
from hub.client.http import CommandRefused, HubUnreachable
from tests.counter.fakes import CLERK, FakeHub, MakePanel, Panel

SIZES = ((420, 640), (840, 1280), (900, 640), (336, 512), (1640, 224), (1920, 264))


LONGEST_WRITTEN = "Wawancara paspor menunggu berkas asli dari kantor kecamatan "
"""Sixty letters, as long as a remark may be."""


def open_panel(panel: Panel, waiting: int = 12) -> Panel:
    panel.hub.snapshot()
    panel.hub.stand("open")
    panel.hub.wait(waiting, 18)
    return panel


def unlocked(qtbot: QtBot, panel: Panel) -> None:
    qtbot.waitUntil(lambda: not panel.window.locked)


def test_a_closed_counter_offers_to_open_it(make_panel: MakePanel) -> None:
    panel = make_panel()

    panel.hub.snapshot()

    assert panel.enabled() == {"open"}
    assert panel.window.head.text() == "Loket 2 Disdukcapil Tutup"
    assert CLERK in panel.window.message.text()


def test_opening_signs_the_clerk_in_first(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.hub.snapshot()

    panel.window.press("open")

    assert panel.hub.commands.sent() == [f"sign-in {CLERK}", "open"]


def test_taking_over_an_open_counter_only_signs_in(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.hub.snapshot()
    panel.hub.stand("open", "P01")

    panel.window.press("open")

    assert "P01" in panel.window.card.text()
    assert panel.hub.commands.sent("open") == [f"sign-in {CLERK}"]


def test_an_open_counter_says_how_many_wait_and_how_long(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    assert panel.window.queue.text() == "12 menunggu terlama 18 menit"
    assert panel.enabled() == {"call_next", "pause", "close"}


def test_calling_shows_the_number_its_service_and_since_when(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = open_panel(make_panel())

    panel.window.press("call_next")
    sent = panel.hub.commands.sent()
    panel.hub.commands.answer("A043")
    panel.hub.ticket("called")
    unlocked(qtbot, panel)

    assert sent == ["call-next"]
    assert panel.window.message.text() == "A043 dipanggil."
    assert panel.window.card.text() == "A043 Cetak ulang KTP-el (rusak, hilang, ubah data) dipanggil 08.14"
    assert panel.enabled() == {"start", "undo"}


def test_a_hub_that_has_stopped_says_why_and_whom_to_ask(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.hub.feed.hear({"type": "farewell", "code": "hub_stopped", "words": {"id": "Hubungi teknisi.", "en": "Ask."}})
    panel.hub.feed.lose()

    assert panel.window.message.text() == "Hubungi teknisi."


def test_a_visitor_who_is_elsewhere_is_told_to_the_clerk_who_called(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.window.press("call_next")
    panel.hub.commands.answer("B001", state="held", elsewhere="A012")

    assert panel.window.message.text() == "B001 menunggu sampai selesai dengan nomor A012, lalu terpanggil sendiri."


def test_the_clerk_who_serves_sees_where_the_visitor_is_awaited(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())
    panel.hub.tickets["B001"] = {"number": "B001", "held_why": "visit", "elsewhere": "A012", "counter": 7}

    panel.hub.ticket("serving", "A012")

    assert "Ditunggu di loket 7" in panel.window.card.text()
    assert all(part.fits() for part in (panel.window.card, panel.window.message))


def test_a_double_tap_calls_once(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = open_panel(make_panel(lock_ms=60_000))
    key = panel.window.keys["call_next"]

    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    panel.hub.commands.answer("A043")
    qtbot.mouseClick(key, Qt.MouseButton.LeftButton)
    qtbot.keyClick(panel.window, Qt.Key.Key_Space)

    assert panel.hub.commands.asked == []
    assert panel.enabled() == set()


def test_the_keys_stay_locked_until_the_hub_has_answered(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = open_panel(make_panel(lock_ms=0))

    panel.window.press("call_next")
    qtbot.wait(20)
    panel.window.press("call_next")

    assert len(panel.hub.commands.asked) == 1
    assert panel.enabled() == set()


@pytest.mark.parametrize(
    ("letter", "state", "ago_s", "attempt", "sent"),
    [
        (Qt.Key.Key_R, "called", 60, 1, "recall"),
        (Qt.Key.Key_M, "called", 60, 1, "start"),
        (Qt.Key.Key_L, "called", 60, 3, "miss"),
        (Qt.Key.Key_S, "serving", 60, 1, "finish"),
    ],
)
def test_a_letter_presses_its_key(
    make_panel: MakePanel, qtbot: QtBot, letter: Qt.Key, state: str, ago_s: int, attempt: int, sent: str
) -> None:
    panel = open_panel(make_panel())
    panel.hub.ticket(state, ago_s=ago_s, attempt=attempt)

    qtbot.keyClick(panel.window, letter)

    assert panel.hub.commands.sent() == [sent]


@pytest.mark.parametrize("letter", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_space_and_enter_call_the_next(make_panel: MakePanel, qtbot: QtBot, letter: Qt.Key) -> None:
    panel = open_panel(make_panel())

    qtbot.keyClick(panel.window, letter)

    assert panel.hub.commands.sent() == ["call-next"]


def test_a_key_that_cannot_be_pressed_says_why(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = open_panel(make_panel())
    panel.hub.ticket("called", ago_s=8)

    qtbot.keyClick(panel.window, Qt.Key.Key_L)

    assert panel.hub.commands.asked == []
    assert panel.window.message.text() == "Lewati: setelah 3 panggilan"
    assert panel.window.keys["miss"].detail == "setelah 3 panggilan"
    assert panel.window.keys["recall"].detail == "12 detik lagi"
    assert panel.window.keys["call_next"].detail == "Selesaikan A043 dahulu."


def test_the_no_show_key_works_once_the_last_call_had_its_time(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())
    panel.hub.ticket("called", attempt=3, ago_s=12)
    before = panel.enabled()

    panel.hub.tick("08:14:08")

    assert before == {"start"}
    assert panel.enabled() == {"start", "miss"}


def test_a_refusal_is_shown_in_the_hubs_words(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.window.press("close")
    panel.hub.commands.refuse(CommandRefused(409, "tickets_waiting", {"id": "Masih ada 12 orang.", "en": "12 wait."}))

    assert panel.window.message.text() == "Masih ada 12 orang."
    assert panel.window.message.tone == "alarm"


def test_a_missing_answer_asks_the_clerk_to_look_before_pressing_again(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.window.press("call_next")
    panel.hub.commands.refuse(HubUnreachable(url="http://hub", why="timeout"))

    assert "Lihat nomor di atas" in panel.window.message.text()


def test_a_visitor_without_paper_and_a_priority_ticket_are_marked(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.hub.ticket("called", paper="failed", ticket_class="priority", attempt=2)

    assert panel.window.card.text().startswith("Prioritas Tanpa kertas A043")
    assert panel.window.card.text().endswith("panggilan ke-2")


def test_while_the_hub_is_away_no_key_works_and_the_panel_recovers(
    make_panel: MakePanel, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = open_panel(make_panel())
    panel.hub.ticket("serving")

    panel.hub.feed.lose()
    away = panel.enabled(), panel.window.head.text(), panel.window.message.tone
    panel.hub.snapshot()

    assert away == (set(), "Loket 2 Disdukcapil Terputus", "alarm")
    assert panel.enabled() == {"finish"}
    assert panel.window.message.text() == "Tersambung kembali."
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "hub" in line] == ["counter hub lost", "counter hub back"]


def test_a_paused_counter_offers_to_go_back_to_work(make_panel: MakePanel) -> None:
    panel = open_panel(make_panel())

    panel.hub.stand("paused")

    assert panel.enabled() == {"open", "close"}
    assert panel.window.keys["open"].said() == "Kembali bertugas"


def test_a_counter_the_hall_does_not_have_is_said(make_panel: MakePanel) -> None:
    panel = make_panel(FakeHub(counter=77))

    panel.hub.snapshot()

    assert "tidak dikenal" in panel.window.card.text()
    assert panel.enabled() == set()


def test_it_prints_what_an_end_to_end_test_waits_for(
    make_panel: MakePanel, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = open_panel(make_panel())
    panel.window.press("call_next")
    panel.hub.commands.answer("A043")
    panel.hub.ticket("called", ago_s=30)
    unlocked(qtbot, panel)
    panel.window.press("start")
    panel.hub.commands.answer("A043")
    panel.window.refresh()
    lines = capsys.readouterr().out.splitlines()

    said = [line for line in lines if not line.startswith("counter keys")]
    keys = [json.loads(line.removeprefix("counter keys ")) for line in lines if line.startswith("counter keys")]

    assert said == ["counter ready", "counter called A043", "counter did call_next A043", "counter did start A043"]
    assert set(keys[0]) == {"open", "more"}
    assert {"recall", "start", "undo", "more"} in [set(each) for each in keys]
    assert keys[0]["open"] == list(panel.window.keys["open"].geometry().getRect())


def test_the_printed_places_are_those_of_the_keys_after_resizing(
    make_panel: MakePanel, capsys: pytest.CaptureFixture[str]
) -> None:
    panel = open_panel(make_panel())
    capsys.readouterr()

    panel.window.resize(840, 1280)
    QApplication.processEvents()

    line = capsys.readouterr().out.splitlines()[-1]
    at = json.loads(line.removeprefix("counter keys "))
    assert at["call_next"] == list(panel.window.keys["call_next"].geometry().getRect())


@pytest.mark.parametrize("languages", [["id", "en"], ["en", "id"]], ids=["id", "en"])
@pytest.mark.parametrize("hall", ["mpp-muara-enim", "mpp-oku-timur"])
def test_nothing_is_clipped_with_the_longest_texts(
    make_panel: MakePanel, qtbot: QtBot, hall: str, languages: list[str]
) -> None:
    for number in (counter.number for counter in load(HALLS / f"{hall}.toml").counters):
        panel = make_panel(FakeHub(hall, number, languages=languages), SIZES[number % len(SIZES)])
        for stage in stages(panel):
            assert clipped(panel) == [], stage
        panel.window.hide()


def stages(panel: Panel) -> Iterator[str]:
    """Bring a panel through all its stages, with every service of its counter; yield each stage's name."""
    hub = panel.hub
    hub.snapshot()
    yield "closed"
    hub.stand("open", "P01")
    yield "another clerk's"
    hub.stand("open")
    hub.wait(0)
    yield "nobody waits"
    hub.wait(1234, 187)
    yield "idle"
    counter = hub.hall.counter_by_number[hub.number]
    for service in (*counter.services, *counter.second_services):
        for attempt in (1, 3):
            hub.ticket("called", "AB1234", attempt=attempt, service=service, ticket_class="priority", paper="uncertain")
            yield f"called {service}"
    hub.ticket("serving", "AB1234", service=service)
    yield "serving"
    hub.remark("AB1234", LONGEST_WRITTEN)
    yield "serving with a remark"
    hub.ticket("called", "AB1234", attempt=3, service=service, ticket_class="priority", paper="uncertain")
    yield "called with a remark"
    hub.stand("paused")
    yield "paused"
    hub.feed.lose()
    yield "away"


def clipped(panel: Panel) -> list[str]:
    """Return the parts whose texts do not stand in their boxes."""
    window = panel.window
    parts = (window.head, window.card, window.queue, window.message, *window.keys.values())
    return [part.objectName() for part in parts if part.isVisible() and not part.fits()]


@pytest.mark.parametrize("size", SIZES, ids=[f"{w}x{h}" for w, h in SIZES])
def test_parts_stand_inside_the_window_and_never_overlap(make_panel: MakePanel, size: tuple[int, int]) -> None:
    panel = open_panel(make_panel(size=size))
    window = panel.window
    parts = (window.head, window.card, window.queue, window.message, *window.keys.values())
    rects = [part.geometry() for part in parts if part.isVisible()]

    assert all(window.rect().contains(rect) for rect in rects)
    assert not [(a, b) for at, a in enumerate(rects) for b in rects[at + 1 :] if a.intersects(b)]
