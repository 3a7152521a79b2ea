"""The drawer: rarer deeds in a few plain steps, each with the words the clerk needs, none clipped."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from config.load import HALLS, load
from counter.course import MENU, REASONS, STEPS, Course, Name
from hub.client.http import CommandRefused
from tests.counter.fakes import FakeHub, MakePanel, Panel

PRINTER = {"printer": "anjungan-1-printer", "kiosk": "anjungan-1", "status": "ONLINE", "tickets_left": 120}


class Recorder:
    """A client that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*values: Any, **named: Any) -> dict[str, Any]:
            self.asked.append((name, values, named))
            return {}

        return call


def at_work(panel: Panel, **printer: Any) -> Panel:
    """Open the counter and serve A043; one printer is there."""
    hub = panel.hub
    hub.snapshot()
    hub.stand("open")
    hub.ticket("serving")
    after, hub.seq = hub.seq, hub.seq + 1
    views = {
        "tickets": [],
        "counters": [],
        "services": [],
        "jobs": [],
        "calls": [],
        "printers": [{**PRINTER, **printer}],
    }
    hub.feed.hear({"type": "change", "after": after, "seq": hub.seq, "now": hub.now, "events": [], **views})
    return panel


def asked(panel: Panel) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Return what the last press asks of the hub."""
    client = Recorder()
    call, _, _ = panel.hub.commands.asked[-1]
    call(client)  # type: ignore[arg-type]
    return client.asked[0]


def choose(panel: Panel, *values: str) -> None:
    """Open the drawer and choose; a value with "=" is typed as a number."""
    panel.window.press("more")
    for value in values:
        if value.startswith("="):
            panel.window.aside.course = Course(
                panel.window.aside.course.deed, panel.window.aside.course.picked, value[1:]
            )
            panel.window.aside.drawer.entered.emit()
        else:
            panel.window.aside.drawer.picked.emit(value)


WAYS: list[tuple[tuple[str, ...], tuple[str, tuple[Any, ...], dict[str, Any]]]] = [
    (("hold",), ("hold", (2,), {})),
    (("resume", "A012"), ("resume", ("A012",), {})),
    (("return", "=A012"), ("return_ticket", ("A012",), {})),
    (("call_number", "=A012", "Keadaan mendesak"), ("call_number", (2, "A012", "Keadaan mendesak"), {})),
    (("transfer", "=A043", "samsat", "samsat-pkb"), ("transfer", ("A043",), {"service": "samsat-pkb"})),
    (("remark", "=A043", "Berkas menyusul"), ("remark", ("A043", "Berkas menyusul"), {})),
    (("reprint", "=A043", "Karcis hilang"), ("reprint", ("A043",), {"reason": "Karcis hilang"})),
    (
        ("issue", "dukcapil-kk", "priority", "Pengunjung perlu dibantu"),
        (
            "issue",
            ("dukcapil-kk",),
            {"ticket_class": "priority", "kiosk": "anjungan-1", "reason": "Pengunjung perlu dibantu"},
        ),
    ),
    (("block", "dukcapil-kk", "=A701"), ("enter_block_number", ("dukcapil-kk", "A701"), {})),
    (("roll", "anjungan-1-printer", "new"), ("change_roll", ("anjungan-1-printer",), {})),
    (("paper", "=A043", "missing"), ("settle_paper", ("A043", "missing"), {})),
    (("answer", "staff@anjungan-1"), ("answer_help", ("staff@anjungan-1",), {})),
    (("ask_help",), ("ask_help", ("staff", "2"), {})),
    (("emergency",), ("ask_help", ("emergency", "2"), {})),
]


@pytest.mark.parametrize(("values", "call"), WAYS, ids=[values[0] for values, _ in WAYS])
def test_each_deed_asks_the_hub_for_what_was_chosen(
    make_panel: MakePanel, values: tuple[str, ...], call: tuple[str, tuple[Any, ...], dict[str, Any]]
) -> None:
    panel = at_work(make_panel())

    choose(panel, *values)

    assert asked(panel) == call
    assert not panel.window.aside.is_open


def test_every_deed_has_its_way() -> None:
    assert {values[0] for values, _ in WAYS} == set(MENU)
    assert set(REASONS) == {deed for deed, steps in STEPS.items() if "reason" in steps}


def test_what_was_done_is_said(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())
    choose(panel, "reprint", "=A043", "Karcis hilang")

    panel.hub.commands.answer("A043", job="A043-1", printer="anjungan-1-printer")
    asked_for = panel.window.message.text()
    for paper in ("queued", "uncertain"):
        panel.hub.ticket("serving", paper=paper)

    panel.hub.wait(5)

    assert asked_for == "A043 sedang dicetak di Pintu utama."
    assert panel.window.message.text().startswith("Karcis A043 tidak keluar.")
    assert panel.window.message.tone == "alarm"


def test_a_number_without_paper_is_to_be_told_to_the_visitor(make_panel: MakePanel) -> None:
    panel = at_work(make_panel(), status="PAPER_OUT")
    choose(panel, "issue", "dukcapil-kk", "normal", "Anjungan tidak dapat dipakai")
    named = asked(panel)[2]

    panel.hub.commands.answer("A044")

    assert named["kiosk"] is None
    assert panel.window.message.text() == "A044 diberikan tanpa karcis. Mohon sampaikan nomornya kepada pengunjung."


def test_a_refusal_is_told_in_the_hubs_words(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())
    choose(panel, "return", "=A012")

    panel.hub.commands.refuse(CommandRefused(409, "return_once", {"id": "Sudah pernah kembali.", "en": "Once."}))

    assert (panel.window.message.text(), panel.window.message.tone) == ("Sudah pernah kembali.", "alarm")


def test_a_deed_that_is_not_possible_now_is_grey_and_says_why(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())

    panel.window.press("more")

    grey = {key.objectName(): key.detail for key in panel.window.aside.drawer.keys if not key.isEnabled()}
    assert grey == {"resume": "tidak ada nomor yang ditunda", "call_number": "loket harus buka dan kosong"}


def test_back_leads_through_the_steps_and_out(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())
    choose(panel, "issue", "dukcapil-kk")
    aside = panel.window.aside

    steps = []
    while aside.is_open:
        steps.append(aside.course.step)
        aside.drawer.left.emit()

    assert steps == ["class", "service", None]
    assert panel.hub.commands.asked == []


def test_a_number_is_typed_on_the_pad_and_on_the_keyboard(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())
    choose(panel, "return")
    drawer = panel.window.aside.drawer
    first = drawer.number.text()

    drawer.typed.emit("letter")
    lettered = drawer.number.text()
    for sign in ("0", "1", "7", "back", "2"):
        drawer.typed.emit(sign)
    for key in (Qt.Key.Key_Backspace, Qt.Key.Key_5, Qt.Key.Key_Return):
        qtbot.keyClick(panel.window, key)

    assert (first, lettered) == ("A", "B")
    assert asked(panel) == ("return_ticket", ("B015",), {})


def test_a_letter_alone_is_no_number(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())
    choose(panel, "return")

    panel.window.aside.drawer.entered.emit()

    assert panel.window.aside.course.step == "number"


def test_the_keyboard_chooses_by_digits_and_escape_leaves(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())

    qtbot.keyClick(panel.window, Qt.Key.Key_N)
    qtbot.keyClick(panel.window, Qt.Key.Key_7)
    qtbot.keyClick(panel.window, Qt.Key.Key_1)
    deed = panel.window.aside.course.deed
    for _ in range(3):
        qtbot.keyClick(panel.window, Qt.Key.Key_Escape)

    assert deed == "issue"
    assert not panel.window.aside.is_open


def test_space_in_the_drawer_calls_nobody(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.hub.snapshot()
    panel.hub.stand("open")
    panel.hub.wait(3)
    panel.window.press("more")

    qtbot.keyClick(panel.window, Qt.Key.Key_Space)

    assert panel.hub.commands.asked == []


def test_a_printer_in_trouble_is_told_at_once_and_when_it_is_well_again(make_panel: MakePanel) -> None:
    panel = at_work(make_panel(), status="PAPER_OUT")
    trouble = panel.window.message.text(), panel.window.message.tone

    at_work(panel)

    assert trouble == ("Pintu utama: Kertas habis: pasang gulungan baru", "call")
    assert (panel.window.message.text(), panel.window.message.tone) == ("Semua baik kembali.", "good")


def test_the_paper_left_is_told_with_each_printer(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())

    choose(panel, "roll")

    assert [key.detail for key in panel.window.aside.drawer.keys] == ["Siap mencetak · sekitar 120 karcis lagi"]


def write(qtbot: QtBot, panel: Panel, text: str) -> None:
    """Begin a remark on the number at the counter and type it on the keyboard."""
    choose(panel, "remark", "=A043")
    qtbot.keyClicks(panel.window, text)


def test_a_remark_is_written_on_the_keyboard_with_all_signs(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())

    write(qtbot, panel, "Berkas 2 lembar, cap basahx")
    qtbot.keyClick(panel.window, Qt.Key.Key_Backspace)
    shown = [key.objectName() for key in panel.window.aside.drawer.keys]
    qtbot.keyClick(panel.window, Qt.Key.Key_Return)

    assert shown == ["Berkas 2 lembar, cap basah"]
    assert asked(panel) == ("remark", ("A043", "Berkas 2 lembar, cap basah"), {})


def test_a_remark_ends_at_sixty_letters_and_stands_in_the_drawer(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())

    write(qtbot, panel, "Wawancara " * 9)

    assert panel.window.aside.drawer.fits()
    assert len(panel.window.aside.course.sought) == 60


def test_a_remark_may_begin_with_any_sign_and_chooses_nothing_by_it(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())

    write(qtbot, panel, "3 lembar (asli)")
    qtbot.keyClick(panel.window, Qt.Key.Key_Return)

    assert asked(panel) == ("remark", ("A043", "3 lembar (asli)"), {})


def test_a_usual_remark_is_chosen_by_touch(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())

    choose(panel, "remark", "=A043", "Berkas menyusul")

    assert asked(panel) == ("remark", ("A043", "Berkas menyusul"), {})


def test_what_was_written_stays_while_the_panel_is_busy(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel(lock_ms=60_000))
    write(qtbot, panel, "berkas")
    panel.window._lock.start()

    qtbot.keyClick(panel.window, Qt.Key.Key_Return)
    kept = panel.window.aside.course.sought
    panel.window._lock.stop()
    qtbot.keyClick(panel.window, Qt.Key.Key_Return)

    assert kept == "berkas"
    assert asked(panel) == ("remark", ("A043", "berkas"), {})


def test_escape_gives_a_remark_up(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())

    write(qtbot, panel, "berkas")
    steps = []
    while panel.window.aside.is_open:
        steps.append((panel.window.aside.course.step, panel.window.aside.course.sought))
        qtbot.keyClick(panel.window, Qt.Key.Key_Escape)

    assert steps == [("remark", "berkas"), ("remark", ""), ("number", ""), (None, "")]
    assert panel.hub.commands.asked == []


def test_a_remark_stands_on_the_card_and_can_be_taken_away(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())

    panel.hub.remark("A043", "berkas menyusul")
    shown = panel.window.card.face.remark
    choose(panel, "remark", "=A043", " ")
    away = asked(panel)
    panel.hub.remark("A043", "")
    panel.hub.commands.answer("A043")

    assert shown == "berkas menyusul"
    assert away == ("remark", ("A043", ""), {})
    assert panel.window.card.face.remark == ""
    assert panel.window.message.text() == "Catatan pada A043 dihapus."


@pytest.mark.parametrize("languages", [["id"], ["en", "id"]], ids=["id", "en"])
@pytest.mark.parametrize("hall", ["mpp-muara-enim", "mpp-oku-timur"])
def test_nothing_is_clipped_in_any_drawer(make_panel: MakePanel, hall: str, languages: list[str]) -> None:
    for place, agency in enumerate(load(HALLS / f"{hall}.toml").agencies):
        number = next(c.number for c in load(HALLS / f"{hall}.toml").counters if c.agency == agency.id)
        panel = at_work(
            make_panel(FakeHub(hall, number, languages=languages), ((420, 640), (900, 640), (1640, 224))[place % 3])
        )
        for course in pages(agency.id):
            panel.window.aside._go(course)
            assert panel.window.aside.drawer.fits(), course
        panel.window.hide()


def pages(agency: str) -> Iterator[Course]:
    """Yield a course at every step of every deed."""
    values = {"number": "A043", "agency": agency, "service": "x", "class": "normal", "reason": "x",
        "printer": "anjungan-1-printer", "out": "out", "new": "new", "minutes": "0", "held": "A043", "help": "x",
        "remark": "x",
    }  # fmt: skip
    yield Course()
    for deed, steps in STEPS.items():
        name: Name = deed
        for count, step in enumerate(steps):
            yield Course(name, tuple(values[s] for s in steps[:count]), "AB1234" if step == "number" else "")


def ring(panel: Panel, kind: str, place: str, answered_by: str | None = None) -> None:
    """Let somebody call for help."""
    hub = panel.hub
    after, hub.seq = hub.seq, hub.seq + 1
    asked = {"help": f"{kind}@{place}", "kind": kind, "place": place, "asked_ms": hub.now, "answered_by": answered_by}
    hub.feed.hear({"type": "change", "after": after, "seq": hub.seq, "now": hub.now, "events": [], "helps": [asked]})


def test_a_call_for_help_is_told_and_can_be_answered(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())

    ring(panel, "pickup", "anjungan-1")
    told = panel.window.message.text()
    choose(panel, "answer")
    keys = {key.objectName(): key.said() for key in panel.window.aside.drawer.keys}
    ring(panel, "pickup", "anjungan-1", "loket-9")

    assert told == "Pintu utama: ada pengunjung yang mohon dijemput."
    assert keys == {"pickup@anjungan-1": told}
    assert panel.window.message.text() == "Semua baik kembali."


def test_an_emergency_elsewhere_goes_before_all_and_ones_own_shows_nothing(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())
    before = panel.window.message.text()

    qtbot.keyClick(panel.window, Qt.Key.Key_F12)
    sent = asked(panel)
    ring(panel, "emergency", "2")
    own = panel.window.message.text()
    ring(panel, "emergency", "5")

    assert sent == ("ask_help", ("emergency", "2"), {})
    assert own == before
    assert (panel.window.message.text(), panel.window.message.tone) == ("Darurat di Loket 5.", "alarm")


def test_trouble_from_before_the_panel_was_opened_is_told(make_panel: MakePanel) -> None:
    panel = make_panel()
    hub = panel.hub
    views = {"tickets": [], "counters": [hub.counter], "services": [], "jobs": [], "calls": [], "helps": []}
    day = {"version": 1, "seq": 1, "now": hub.now, "simulated": True, "date": "2026-11-30", "hall": hub.content}

    hub.feed.hear({"type": "snapshot", **day, **views, "printers": [{**PRINTER, "status": "COVER_OPEN"}]})

    assert panel.window.message.text().startswith("Pintu utama: Penutup terbuka")


def test_a_second_printer_in_trouble_is_told_beside_the_first(make_panel: MakePanel) -> None:
    panel = at_work(make_panel(), status="NO_ANSWER")

    at_work(panel, printer="anjungan-2-printer", kiosk="anjungan-2", status="PAPER_OUT")

    assert panel.window.message.text().startswith("anjungan-2: Kertas habis")


def test_a_pause_has_a_reason_and_a_time_that_visitors_read(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.hub.snapshot()
    panel.hub.stand("open")

    panel.window.press("pause")
    drawer = panel.window.aside.drawer
    drawer.picked.emit("Salat")
    details = [key.detail for key in drawer.keys]
    drawer.picked.emit("15")

    assert details[2] == "sampai 08.29"
    assert asked(panel) == ("pause_counter", (2, "Salat"), {"until_ms": panel.hub.now + 900_000})


def test_who_thinks_again_does_not_pause(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.hub.snapshot()
    panel.hub.stand("open")
    panel.window.press("pause")

    panel.window.aside.drawer.left.emit()

    assert not panel.window.aside.is_open
    assert panel.hub.commands.asked == []


def test_a_search_finds_a_service_of_any_agency(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = at_work(make_panel())
    choose(panel, "transfer", "=A043")

    for key in (Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_J, Qt.Key.Key_A, Qt.Key.Key_K):
        qtbot.keyClick(panel.window, key)
    drawer = panel.window.aside.drawer
    found = [key.said().lower() for key in drawer.keys]
    drawer.press(0)

    assert found
    assert all("pajak" in text for text in found)
    assert asked(panel)[0] == "transfer"


def test_a_call_can_be_taken_back_while_its_key_is_there(make_panel: MakePanel, qtbot: QtBot) -> None:
    panel = make_panel()
    panel.hub.snapshot()
    panel.hub.stand("open")
    panel.hub.wait(3)
    assert "undo" not in panel.enabled()
    panel.window.press("call_next")
    panel.hub.commands.answer("A043")
    panel.hub.ticket("called")
    qtbot.waitUntil(lambda: not panel.window.locked)
    shown = "undo" in panel.enabled()

    panel.window.press("undo")

    assert shown
    assert asked(panel) == ("withdraw", (2,), {})
    panel.hub.commands.answer("A043")
    assert panel.window.message.text() == "A043 diurungkan."
    assert "undo" not in panel.enabled()


def test_a_break_is_told_ten_minutes_before(make_panel: MakePanel) -> None:
    panel = make_panel(FakeHub(clock="11:49:00"))
    panel.hub.snapshot()
    panel.hub.stand("open")
    panel.hub.wait(3)
    early = panel.window.message.text()

    panel.hub.tick("11:51:00")
    panel.hub.wait(3)

    assert "Istirahat" not in early
    assert panel.window.message.text() == "Istirahat pukul 12.00. Masih menunggu: 3 orang."


def test_zero_and_a_key_held_down_choose_nothing(make_panel: MakePanel) -> None:
    panel = at_work(make_panel())
    panel.window.press("more")
    aside = panel.window.aside

    aside.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_0, Qt.KeyboardModifier.NoModifier, "0"))
    aside.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True))
    aside.key(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier, "1"))

    assert aside.course == Course()


def test_the_drawer_waits_for_the_hub(make_panel: MakePanel) -> None:
    panel = make_panel()

    panel.window.press("more")

    assert not panel.window.aside.is_open
