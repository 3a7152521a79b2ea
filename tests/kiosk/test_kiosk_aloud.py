"""Visitors who hear the screen: by a key, by touch, or by plugging a headset in."""

import os
from collections.abc import Iterable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk.desk import Desk
from kiosk.jack import EV_SW, SW_HEADPHONE_INSERT, Jack, Moved
from kiosk.stage import Stage
from kiosk.visit import Screen
from tests.kiosk.fakes import (
    MUARA_ENIM,
    REFUSED,
    FakeCommands,
    FakeFeed,
    content_of,
    job_view,
    printer_view,
    refusing,
    service_view,
    snapshot,
    ticket_view,
)
from tests.kiosk.kiosk_at_work import KIOSK, Hall
from ui.tile import Tile


def last(hall: Hall) -> str:
    """Return what was read last, "" where silence was asked for."""
    return hall.aloud.said[-1][0] if hall.aloud.said else "nothing yet"


def test_nothing_is_read_before_somebody_asks_for_it(hall: Hall) -> None:
    hall.tap("agency:dukcapil")

    assert hall.aloud.said == []


def test_a_touch_reads_this_screen_and_every_next_one_and_another_ends_it(hall: Hall) -> None:
    hall.tap("aloud")
    first = last(hall)
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.tap("agency:dukcapil")
    second = last(hall)
    hall.tap("aloud")

    assert first.startswith("Selamat datang")
    assert "Disdukcapil" in first
    assert "Kartu Keluarga" in second
    assert last(hall) == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Asterisk, Qt.Key.Key_F15])
def test_a_key_reads_aloud(hall: Hall, key: Qt.Key) -> None:
    hall.press(key)

    assert "Disdukcapil" in last(hall)


def test_a_headset_wakes_the_screen_and_offers_numbers_to_press(hall: Hall) -> None:
    hall.seconds.now += 200
    hall.desk.tick()
    slept = hall.screen
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.desk.tap("aloud:on")

    assert slept is Screen.ATTRACT
    assert hall.screen is Screen.AGENCIES
    assert "Tekan 1 untuk" in last(hall)

    hall.desk.tap("aloud:off")
    assert last(hall) == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Asterisk])
def test_whoever_presses_a_key_is_told_the_numbers(hall: Hall, key: Qt.Key) -> None:
    hall.press(key)

    assert "Tekan 1 untuk Disdukcapil." in last(hall)


def test_what_is_closed_is_read_as_closed(hall: Hall) -> None:
    hall.feed.change(services=refusing(content_of(MUARA_ENIM), "not_open", REFUSED))
    hall.feed.change(services=[service_view("dpmptsp-aduan")])
    hall.desk.tap("aloud:on")
    shut = [tap for tap in hall.stage.taps() if isinstance(tap, Tile) and not tap.face.open]

    assert shut
    assert f"{shut[0].accessibleName()}, {shut[0].face.brief}" in last(hall)


def test_after_an_outage_whoever_listens_goes_on_listening(hall: Hall) -> None:
    hall.desk.tap("aloud:on")
    hall.feed.here = False
    hall.desk._away()
    away = hall.screen
    hall.feed.here = True
    hall.open()

    assert away is Screen.AWAY
    assert hall.stage.visit.aloud
    assert "Tekan 1 untuk Disdukcapil." in last(hall)


def test_news_about_the_printer_do_not_begin_a_screen_anew(hall: Hall) -> None:
    hall.desk.tap("aloud:on")
    said = len(hall.aloud.said)
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.feed.change(printers=[printer_view(status="PAPER_OUT")])

    assert hall.stage.header.notice.text()
    assert len(hall.aloud.said) == said


def test_that_the_ticket_is_out_is_heard(hall: Hall) -> None:
    hall.desk.tap("aloud:on")
    hall.take_number()
    hall.feed.change(jobs=[job_view("A001-0", "sending")], tickets=[ticket_view("A001", paper="printing")])
    hall.settle()
    printing = last(hall)
    hall.feed.change(jobs=[job_view("A001-0", "done")], tickets=[ticket_view("A001", paper="printed")])
    hall.settle()

    assert "dicetak" in printing
    assert "ambil karcis" in last(hall)


def test_a_headset_pulled_out_at_a_printed_number_leaves_it_its_time(hall: Hall) -> None:
    hall.desk.tap("aloud:on")
    hall.take_number()
    hall.desk._become(replace(hall.desk.visit, printed=hall.seconds()))
    hall.seconds.now += 15
    hall.desk.tap("aloud:off")
    hall.desk.tick()

    assert hall.screen is Screen.TICKET


def test_a_headset_pulled_out_before_the_technician_is_heard(hall: Hall) -> None:
    hall.desk.tap("aloud:on")
    hall.desk._become(hall.desk.visit.onto(Screen.CODE, hall.seconds()))
    silent = last(hall)
    hall.desk.tap("aloud:off")

    assert silent == ""
    assert not hall.desk.visit.aloud


def test_a_plug_that_bounces_is_where_it_ends(hall: Hall) -> None:
    hall.desk._settling_s = 0.4
    ends = []
    for name in ("aloud:on", "aloud:off", "aloud:on"):
        hall.desk.tap(name)
        ends.append(hall.stage.visit.aloud)

    assert ends == [True, False, True]


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_F15])
def test_enter_chooses_nothing_that_was_not_reached(hall: Hall, key: Qt.Key) -> None:
    hall.press(key, Qt.Key.Key_Enter)
    first = hall.screen, last(hall)
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.press(Qt.Key.Key_Enter)

    assert first[0] is Screen.AGENCIES
    assert first[1].startswith("Tekan 1 untuk Disdukcapil.")
    assert hall.screen is Screen.SERVICES


def test_the_search_reads_what_it_found_and_not_its_letters(hall: Hall) -> None:
    hall.tap("aloud")
    hall.tap("search")
    for letter in "akte":
        with hall.qtbot.waitSignal(hall.stage.settled):
            hall.tap(f"letter:{letter}")

    assert last(hall).startswith("AKTE. ")
    assert "Akta Kelahiran" in last(hall)
    assert "Q. " not in last(hall)


def test_the_technicians_screens_are_not_read(hall: Hall) -> None:
    hall.tap("aloud")
    said = len(hall.aloud.said)
    hall.desk._become(hall.desk.visit.onto(Screen.CODE, hall.seconds()))
    hall.settle()
    hall.press(Qt.Key.Key_Down)

    assert hall.aloud.said[said:] == [("", "")]


def test_arrows_read_where_they_stand(hall: Hall) -> None:
    hall.press(Qt.Key.Key_F15)
    hall.press(Qt.Key.Key_Down)
    hall.press(Qt.Key.Key_Down)

    assert last(hall).startswith("Tekan 3 untuk BPJS Kesehatan.")
    assert "menunggu" in last(hall)


def test_a_number_is_read_digit_by_digit(hall: Hall) -> None:
    hall.tap("aloud")
    hall.tap("agency:dpmptsp")
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.tap("service:dpmptsp-aduan")
    hall.settle()

    assert "A 0 0 1" in last(hall)


def test_who_listens_has_more_time_and_the_next_visitor_finds_silence(hall: Hall) -> None:
    hall.tap("aloud")
    hall.tap("agency:dukcapil")
    hall.seconds.now += 60
    hall.desk.tick()
    meanwhile = hall.screen
    for _ in range(3):
        hall.seconds.now += 200
        hall.desk.tick()

    assert meanwhile is Screen.SERVICES
    assert hall.screen in (Screen.AGENCIES, Screen.ATTRACT)
    assert last(hall) == ""
    assert not hall.stage.visit.aloud


def test_another_language_is_read_in_its_own_voice(hall: Hall) -> None:
    hall.tap("aloud")
    with hall.qtbot.waitSignal(hall.stage.settled):
        hall.tap("language")

    assert hall.aloud.said[-1][1] == "en"


def test_a_kiosk_without_a_voice_does_not_offer_one(qtbot: QtBot) -> None:
    stage = Stage(KIOSK, fade_ms=0)
    qtbot.addWidget(stage)
    feed = FakeFeed()
    desk = Desk(stage, feed, FakeCommands(), KIOSK)
    desk.start()
    with qtbot.waitSignal(stage.settled):
        stage.show()
        feed.hear(snapshot(content_of(MUARA_ENIM)))
    feed.stop()

    assert "aloud" not in [tap.objectName() for tap in stage.taps()]
    assert "contrast" in [tap.objectName() for tap in stage.taps()]


class Told:
    """What a device tells."""

    def __init__(self, kind: int, code: int, value: int) -> None:
        self.type, self.code, self.value = kind, code, value


class Socket:
    """A headphone socket, played by a pipe: a byte is an event, a closed end a device that is gone."""

    def __init__(self) -> None:
        self.fd, self.far = os.pipe()
        self.is_open = True

    def move(self, *events: Told) -> None:
        self.events = events
        os.write(self.far, b"!")

    def read(self) -> Iterable[Moved]:
        if not os.read(self.fd, 1):
            raise OSError(19, "No such device")
        return self.events

    def close(self) -> None:
        self.is_open = False
        os.close(self.fd)


def test_a_plug_is_told_and_other_switches_are_not(qtbot: QtBot) -> None:
    jack, socket = Jack(), Socket()
    heard: list[bool] = []
    jack.plugged.connect(heard.append)
    jack.listen([socket])

    with qtbot.waitSignal(jack.plugged):
        socket.move(Told(EV_SW, 4, 1), Told(1, SW_HEADPHONE_INSERT, 1), Told(EV_SW, SW_HEADPHONE_INSERT, 1))
    with qtbot.waitSignal(jack.plugged):
        socket.move(Told(EV_SW, SW_HEADPHONE_INSERT, 0))
    jack.end()
    os.close(socket.far)

    assert heard == [True, False]
    assert not socket.is_open


def test_a_socket_that_is_gone_is_let_go(qtbot: QtBot) -> None:
    jack, socket = Jack(), Socket()
    jack.listen([socket])
    os.close(socket.far)

    qtbot.waitUntil(lambda: not socket.is_open)
