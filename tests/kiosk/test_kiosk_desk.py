"""A visitor at the kiosk: taps, numbers, paper, a hub that goes and comes back."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from hub.client.http import CommandRefused, HubUnreachable
from kiosk.desk import Desk
from kiosk.flow import Screen
from kiosk.stage import Stage
from tests.kiosk.fakes import (
    MUARA_ENIM,
    REFUSED,
    FakeCommands,
    FakeFeed,
    FakeSeconds,
    content_of,
    job_view,
    printer_view,
    refusing,
    service_view,
    snapshot,
    ticket_view,
)
from ui.fonts import load_fonts

KIOSK = "anjungan-1"


class Hall:
    """A kiosk with a hub that is not there."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        load_fonts()
        self.qtbot, self.lines = qtbot, list[str]()
        monkeypatch.setattr("kiosk.desk.tell", self.lines.append)
        self.feed, self.commands, self.seconds = FakeFeed(), FakeCommands(), FakeSeconds()
        self.stage = Stage(KIOSK, fade_ms=0)
        qtbot.addWidget(self.stage)
        self.stage.resize(540, 960)
        self.desk = Desk(self.stage, self.feed, self.commands, KIOSK, seconds=self.seconds, settling_s=0)
        self.desk.start()
        self.stage.show()

    def open(self) -> None:
        """Let the hub speak."""
        with self.qtbot.waitSignal(self.stage.settled):
            self.feed.hear(snapshot(content_of(MUARA_ENIM)))

    def tap(self, name: str) -> None:
        """Tap the middle of what has this name, as a finger would."""
        key = next(key for key in self.stage.taps() if key.objectName() == name)
        self.qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    def take_number(self) -> None:
        """Take a number for a family card."""
        self.tap("agency:dukcapil")
        self.tap("service:dukcapil-kk")

    @property
    def screen(self) -> Screen:
        """The screen that stands."""
        return self.stage.visit.screen

    def settle(self) -> None:
        """Wait until a screen is painted."""
        with self.qtbot.waitSignal(self.stage.settled):
            self.stage._unpainted = True
            self.stage.update()


@pytest.fixture
def unopened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    hall = Hall(qtbot, monkeypatch)
    yield hall
    hall.desk.end()
    hall.feed.stop()
    for made in (hall.desk, hall.feed):
        made.deleteLater()


@pytest.fixture
def hall(unopened: Hall) -> Hall:
    unopened.open()
    return unopened


def test_two_taps_bring_a_number(hall: Hall) -> None:
    hall.take_number()

    assert hall.commands.hub.asked == [("issue", "dukcapil-kk", "normal", KIOSK, "id")]
    assert hall.screen is Screen.TICKET
    assert hall.stage.ticket.number.text() == "A001"
    assert [key.objectName() for key in hall.stage.taps()] == ["cancel"]


def test_priority_and_language_go_with_the_number(hall: Hall) -> None:
    hall.tap("language")
    hall.tap("priority")
    hall.tap("priority:elderly")
    hall.take_number()

    assert hall.commands.hub.asked == [("issue", "dukcapil-kk", "priority", KIOSK, "en")]


def test_a_number_that_takes_its_time_asks_for_patience(hall: Hall) -> None:
    hall.commands.held = True
    hall.take_number()
    assert hall.screen is Screen.SERVICES

    hall.qtbot.waitUntil(lambda: hall.screen is Screen.PRINTING)
    hall.commands.let()

    assert hall.screen is Screen.TICKET


def test_a_second_tap_takes_no_second_number(hall: Hall) -> None:
    hall.commands.held = True
    hall.take_number()
    hall.tap("service:dukcapil-kk")
    hall.commands.let()

    assert len(hall.commands.hub.asked) == 1


def test_a_printed_ticket_makes_room_for_the_next_visitor(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="done")])
    assert [key.objectName() for key in hall.stage.taps()] == ["done"]

    hall.seconds.now += 5
    hall.desk.tick()
    assert hall.stage.ticket.bar.left == pytest.approx(0.5)
    hall.seconds.now += 5
    hall.desk.tick()

    assert hall.screen is Screen.AGENCIES


def test_a_wrong_choice_is_undone_before_printing(hall: Hall) -> None:
    hall.take_number()
    hall.tap("cancel")

    assert hall.commands.hub.asked[-1] == ("cancel", "A001")
    assert hall.screen is Screen.AGENCIES
    assert hall.stage.header.notice.text() == "Nomor A001 telah dibatalkan."


def test_an_undo_that_comes_too_late_is_explained(hall: Hall) -> None:
    hall.take_number()
    hall.commands.hub.error = CommandRefused(409, "already_printing", REFUSED)
    hall.tap("cancel")

    assert hall.screen is Screen.TICKET
    assert hall.stage.ticket.strip.text() == REFUSED["id"]


def test_an_undo_is_gone_once_printing_has_begun(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="sending")])

    assert hall.stage.taps() == []
    assert hall.stage.header.title.text() == "Nomor Anda sedang dicetak"


def test_without_paper_the_number_stays_until_it_was_noted(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="failed")], printers=[printer_view("PAPER_OUT")])
    hall.seconds.now += 10_000
    hall.desk.tick()
    assert (hall.screen, hall.stage.ticket.number.text()) == (Screen.PAPER, "A001")

    hall.tap("noted")

    assert hall.screen is Screen.AGENCIES
    assert hall.commands.hub.asked[-1] == ("withdraw_paper", "A001-0")


OTHER = {**printer_view(), "printer": "anjungan-2-printer", "kiosk": "anjungan-2"}


def test_a_visitor_who_holds_the_paper_settles_the_doubt(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="uncertain")])

    hall.tap("seen")

    assert hall.screen is Screen.AGENCIES
    assert hall.commands.hub.asked[-1] == ("resolve_paper", "A001-0", "True")


def test_a_paper_can_be_fetched_at_another_kiosk(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view()], printers=[printer_view("PAPER_OUT"), OTHER])

    hall.tap("elsewhere")

    assert hall.commands.hub.asked[-1] == ("reprint", "A001", "anjungan-2-printer")
    assert (hall.screen, hall.desk.visit.elsewhere) == (Screen.TICKET, "anjungan-2")
    assert hall.stage.header.title.text() == "Silakan ambil karcis Anda di"


def test_a_paper_that_cannot_come_elsewhere_leaves_the_number_and_says_why(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view()], printers=[printer_view("PAPER_OUT"), OTHER])
    hall.commands.hub.error = CommandRefused(409, "paper_ask_staff", REFUSED)

    hall.tap("elsewhere")

    assert (hall.screen, hall.stage.ticket.strip.text()) == (Screen.PAPER, REFUSED["id"])


def test_a_refusal_is_shown_in_the_visitors_language(hall: Hall) -> None:
    hall.tap("language")
    hall.commands.hub.error = CommandRefused(409, "quota_full", REFUSED)
    hall.take_number()
    assert (hall.screen, hall.stage.message.sentence.text()) == (Screen.REFUSED, REFUSED["en"])

    hall.tap("back")

    assert hall.screen is Screen.AGENCIES


def test_a_grey_service_can_be_asked_and_explains_itself(hall: Hall) -> None:
    hall.feed.change(services=[service_view("dukcapil-kk", refusal="quota_full", words=REFUSED)])
    hall.commands.hub.error = CommandRefused(409, "quota_full", REFUSED)

    hall.take_number()

    assert hall.stage.message.sentence.text() == REFUSED["id"]


def test_a_hub_that_goes_sends_people_to_the_staff_and_recovers(hall: Hall) -> None:
    hall.feed.lose()
    assert (hall.screen, hall.stage.header.title.text()) == (Screen.AWAY, "Mohon ke petugas")

    hall.feed.hear(snapshot(content_of(MUARA_ENIM)))

    assert hall.screen is Screen.AGENCIES


def test_a_hub_that_goes_while_asked_shows_no_error_code(hall: Hall) -> None:
    hall.commands.held = True
    hall.commands.hub.error = HubUnreachable(url="http://127.0.0.1:9", why="NewConnectionError")
    hall.take_number()
    hall.feed.lose()
    hall.commands.let()

    assert hall.screen is Screen.AWAY
    assert "127.0.0.1" not in hall.stage.message.sentence.text()


def test_a_tile_is_not_replaced_under_a_finger(hall: Hall) -> None:
    tile = hall.stage.grid.tiles[0]

    hall.feed.change(services=[service_view("dukcapil-kk", waiting=99)])

    assert hall.stage.grid.tiles[0] is tile
    assert "menunggu" in tile.detail


def test_a_closed_hall_says_so_and_opens_by_itself(hall: Hall) -> None:
    hall.feed.change(services=refusing(content_of(MUARA_ENIM), "not_open", REFUSED))
    assert (hall.screen, hall.stage.message.sentence.text()) == (Screen.CLOSED, REFUSED["id"])

    hall.feed.hear(snapshot(content_of(MUARA_ENIM)))

    assert hall.screen is Screen.AGENCIES


def test_who_has_left_is_asked_then_forgotten(hall: Hall) -> None:
    hall.tap("agency:dukcapil")
    hall.seconds.now += 31
    hall.desk.tick()
    assert hall.screen is Screen.STILL
    hall.tap("here")
    assert hall.screen is Screen.SERVICES

    hall.seconds.now += 31
    hall.desk.tick()
    hall.seconds.now += 20
    hall.desk.tick()

    assert hall.screen is Screen.AGENCIES


def test_everything_moves_down_on_demand(hall: Hall) -> None:
    hall.tap("lower")

    assert all(y >= 960 * 0.55 - 1 for _, y, _, _ in hall.stage.places().values())


def test_it_prints_what_a_test_waits_for(hall: Hall) -> None:
    hall.tap("agency:dukcapil")
    hall.tap("service:dukcapil-kk")
    hall.settle()
    hall.feed.lose()
    hall.feed.hear(snapshot(content_of(MUARA_ENIM), tickets=[ticket_view()]))

    screen = next(line for line in hall.lines if line.startswith("kiosk screen agencies "))
    assert json.loads(screen.split(" ", 3)[3])["agency:dukcapil"] == [24, 320, 240, 126]
    assert [line for line in hall.lines if not line.startswith("kiosk screen")] == [
        "kiosk ready",
        "kiosk tapped dukcapil-kk",
        "kiosk issued A001",
        "kiosk shown A001",
        "kiosk hub lost",
        "kiosk hub back",
    ]


def test_the_first_screen_after_a_snapshot_is_ready(unopened: Hall) -> None:
    hall = unopened
    hall.settle()
    assert "kiosk ready" not in hall.lines

    hall.lines.clear()
    hall.open()
    hall.desk.end()

    assert hall.lines[0] == "kiosk ready"
    assert hall.lines[1].startswith("kiosk screen agencies {")


def test_a_visitor_finds_no_way_out(qtbot: QtBot) -> None:
    stage = Stage(KIOSK, fade_ms=0, locked=True)
    qtbot.addWidget(stage, before_close_func=lambda stage: setattr(stage, "_locked", False))
    event = QCloseEvent()

    stage.closeEvent(event)
    qtbot.keyClick(stage, Qt.Key.Key_Escape)

    assert not event.isAccepted()
    assert stage.contextMenuPolicy() is Qt.ContextMenuPolicy.PreventContextMenu
