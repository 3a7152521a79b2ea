"""A visitor at the kiosk: taps, numbers, paper, a hub that goes and comes back."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from pytestqt.qtbot import QtBot

from hub.client.http import CommandRefused, HubUnreachable
from kiosk.stage import Stage
from kiosk.visit import Screen
from tests.kiosk.fakes import (
    MUARA_ENIM,
    REFUSED,
    content_of,
    job_view,
    printer_view,
    refusing,
    service_view,
    snapshot,
    ticket_view,
)
from tests.kiosk.kiosk_at_work import KIOSK, Hall
from ui.theme import HIGH_CONTRAST, LIGHT


def test_two_taps_bring_the_number_of_a_plain_service(hall: Hall) -> None:
    hall.tap("agency:dpmptsp")
    hall.tap("service:dpmptsp-aduan")

    assert hall.commands.hub.asked == [("issue", "dpmptsp-aduan", "normal", KIOSK, "id")]
    assert hall.screen is Screen.TICKET
    assert hall.stage.scene.ticket.number.text() == "A001"
    assert [key.objectName() for key in hall.stage.taps()] == ["cancel"]


def test_what_to_bring_is_read_before_one_more_tap_takes_the_number(hall: Hall) -> None:
    hall.tap("agency:dukcapil")
    hall.tap("service:dukcapil-kk")
    read = [line.text() for line in hall.stage.scene.bring.items if line.isVisible()]
    asked_before = list(hall.commands.hub.asked)
    hall.tap("take")

    assert read == ["Kartu Keluarga lama", "Buku nikah atau akta perkawinan", "Formulir F-1.02"]
    assert asked_before == []
    assert hall.commands.hub.asked == [("issue", "dukcapil-kk", "normal", KIOSK, "id")]


def test_a_number_key_that_bounces_does_not_choose_on_the_screen_it_has_brought(hall: Hall) -> None:
    hall.desk._settling_s = 0.4
    hall.seconds.now += 1
    hall.type("1")
    hall.type("1")
    first = hall.screen
    hall.seconds.now += 1
    hall.type("1")

    assert first is Screen.SERVICES
    assert hall.screen is not Screen.SERVICES


def test_help_that_cannot_be_called_says_so_and_leads_back_to_where_the_visitor_was(hall: Hall) -> None:
    hall.tap("agency:dukcapil")
    hall.commands.hub.error = HubUnreachable(url="http://127.0.0.1:9", why="NewConnectionError")
    hall.tap("staff")
    told = hall.screen
    hall.tap("back")

    assert told is Screen.REFUSED
    assert hall.screen is Screen.SERVICES


def test_a_search_finds_a_service_and_its_number(hall: Hall) -> None:
    hall.tap("search")
    for letter in "akte":
        hall.tap(f"letter:{letter}")
    assert hall.stage.header.title.text().startswith("AKTE")

    hall.tap("service:dukcapil-akta-lahir")
    hall.tap("take")

    assert hall.commands.hub.asked == [("issue", "dukcapil-akta-lahir", "normal", KIOSK, "id")]


def test_one_more_service_belongs_to_the_first_number(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="done")])
    hall.commands.hub.number, hall.commands.hub.job = "B001", "B001-0"
    hall.tap("another")
    assert hall.stage.header.title.text() == "Ada keperluan lain?"

    hall.tap("agency:dpmptsp")
    hall.tap("service:dpmptsp-aduan")

    assert hall.commands.hub.asked[-1] == ("issue", "dpmptsp-aduan", "normal", KIOSK, "id", "A001")
    assert hall.stage.scene.ticket.number.text() == "B001"
    assert hall.stage.scene.ticket.label.text() == "Nomor Anda: A001 dan B001"


@pytest.mark.parametrize("kind", ["staff", "pickup"])
def test_a_call_for_help_reaches_the_staff_and_says_that_somebody_comes(hall: Hall, kind: str) -> None:
    hall.tap("agency:dukcapil")
    hall.tap(kind)
    assert (hall.screen, hall.commands.hub.asked) == (Screen.HELP, [("ask_help", kind, KIOSK)])

    hall.tap("back")

    assert hall.screen is Screen.SERVICES


def test_a_call_for_help_that_reaches_nobody_says_so(hall: Hall) -> None:
    hall.commands.hub.error = HubUnreachable(url="http://127.0.0.1:9", why="NewConnectionError")

    hall.tap("staff")

    assert hall.screen is Screen.REFUSED
    assert "127.0.0.1" not in hall.stage.scene.message.sentence.text()


def test_large_text_and_high_contrast_last_until_the_visit_ends(hall: Hall) -> None:
    hall.tap("large")
    hall.tap("contrast")
    assert hall.stage.scene.grid.tiles[0].look.theme is HIGH_CONTRAST

    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="done")])
    assert (hall.desk.visit.large, hall.desk.visit.contrast) == (True, True)
    hall.tap("done")

    assert hall.stage.scene.grid.tiles[0].look.theme is LIGHT
    assert not hall.desk.visit.large


def test_an_idle_kiosk_invites_and_a_tap_anywhere_starts(hall: Hall) -> None:
    hall.seconds.now += 61
    hall.desk.tick()
    assert (hall.screen, list(hall.stage.places())) == (Screen.ATTRACT, ["start"])

    hall.tap("start")

    assert hall.screen is Screen.AGENCIES


def test_priority_and_language_go_with_the_number(hall: Hall) -> None:
    hall.tap("language")
    hall.tap("priority")
    hall.tap("priority:elderly")
    hall.take_number()

    assert hall.commands.hub.asked == [("issue", "dukcapil-kk", "priority", KIOSK, "en")]


def test_a_number_that_takes_its_time_asks_for_patience(hall: Hall) -> None:
    hall.commands.held = True
    hall.take_number()
    assert hall.screen is Screen.BRING

    hall.qtbot.waitUntil(lambda: hall.screen is Screen.PRINTING)
    hall.commands.let()

    assert hall.screen is Screen.TICKET


def test_a_second_tap_takes_no_second_number(hall: Hall) -> None:
    hall.commands.held = True
    hall.take_number()
    hall.tap("take")
    hall.commands.let()

    assert len(hall.commands.hub.asked) == 1


def test_a_printed_ticket_makes_room_for_the_next_visitor(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view()], jobs=[job_view(state="done")])
    assert [key.objectName() for key in hall.stage.taps()] == ["another", "done"]

    hall.seconds.now += 5
    hall.desk.tick()
    assert hall.stage.scene.ticket.bar.left == pytest.approx(0.5)
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
    assert hall.stage.scene.ticket.strip.text() == REFUSED["id"]


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
    assert (hall.screen, hall.stage.scene.ticket.number.text()) == (Screen.PAPER, "A001")

    hall.tap("noted")

    assert hall.screen is Screen.AGENCIES
    assert hall.commands.hub.asked[-1] == ("settle_paper", "A001", "noted")


OTHER = {**printer_view(), "printer": "anjungan-2-printer", "kiosk": "anjungan-2"}


def test_a_visitor_who_holds_the_paper_settles_the_doubt(hall: Hall) -> None:
    hall.take_number()
    hall.feed.change(tickets=[ticket_view(paper="uncertain")], jobs=[job_view(state="uncertain")])

    hall.tap("seen")

    assert hall.screen is Screen.AGENCIES
    assert hall.commands.hub.asked[-1] == ("settle_paper", "A001", "out")


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

    assert (hall.screen, hall.stage.scene.ticket.strip.text()) == (Screen.PAPER, REFUSED["id"])


def test_a_refusal_is_shown_in_the_visitors_language(hall: Hall) -> None:
    hall.tap("language")
    hall.commands.hub.error = CommandRefused(409, "quota_full", REFUSED)
    hall.take_number()
    assert (hall.screen, hall.stage.scene.message.sentence.text()) == (Screen.REFUSED, REFUSED["en"])

    hall.tap("back")

    assert hall.screen is Screen.AGENCIES


def test_a_grey_service_can_be_asked_and_explains_itself(hall: Hall) -> None:
    hall.feed.change(services=[service_view("dukcapil-kk", refusal="quota_full", words=REFUSED)])
    hall.commands.hub.error = CommandRefused(409, "quota_full", REFUSED)

    hall.take_number()

    assert hall.stage.scene.message.sentence.text() == REFUSED["id"]


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
    assert "127.0.0.1" not in hall.stage.scene.message.sentence.text()


def test_a_tile_is_not_replaced_under_a_finger(hall: Hall) -> None:
    tile = hall.stage.scene.grid.tiles[0]

    hall.feed.change(services=[service_view("dukcapil-kk", waiting=99)])

    assert hall.stage.scene.grid.tiles[0] is tile
    assert "menunggu" in tile.detail


def test_a_closed_hall_says_so_and_opens_by_itself(hall: Hall) -> None:
    hall.feed.change(services=refusing(content_of(MUARA_ENIM), "not_open", REFUSED))
    assert (hall.screen, hall.stage.scene.message.sentence.text()) == (Screen.CLOSED, REFUSED["id"])

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
    hall.take_number()
    hall.settle()
    hall.feed.lose()
    hall.feed.hear(snapshot(content_of(MUARA_ENIM), tickets=[ticket_view()]))

    screen = next(line for line in hall.lines if line.startswith("kiosk screen agencies "))
    assert json.loads(screen.split(" ", 3)[3])["agency:dukcapil"] == [24, 320, 240, 120]
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
