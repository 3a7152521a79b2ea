"""Painted parts: what they say, how they are touched, and that they stand in their boxes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from config.wording import Words
from ui.faces import TileFace
from ui.fade import Fade
from ui.fonts import load_fonts
from ui.keys import KINDS, Key
from ui.look import Look
from ui.parts import Bar, BigNumber, Clock, Label, StatusStrip
from ui.theme import HIGH_CONTRAST, LIGHT, NIGHT, Theme
from ui.tile import Tile, even_titles

THEMES = [pytest.param(theme, id=theme.name) for theme in (LIGHT, NIGHT, HIGH_CONTRAST)]


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    load_fonts()


def shown(part: Any, qtbot: QtBot, width: int = 400, height: int = 120) -> Any:
    qtbot.addWidget(part)
    part.resize(width, height)
    part.show()
    return part


def test_a_tap_on_a_key_is_told(qtbot: QtBot) -> None:
    key = shown(Key(Look(), size=28, icon="check", name="done"), qtbot)
    key.set_texts("Selesai", "Terima kasih")

    with qtbot.waitSignal(key.clicked):
        qtbot.mouseClick(key, Qt.MouseButton.LeftButton)

    assert (key.said(), key.detail, key.accessibleName(), key.accessibleDescription()) == (
        "Selesai",
        "Terima kasih",
        "Selesai",
        "Terima kasih",
    )


def test_a_key_that_is_not_enabled_tells_nothing(qtbot: QtBot) -> None:
    key = shown(Key(Look(), size=28), qtbot)
    key.setEnabled(False)

    with qtbot.assertNotEmitted(key.clicked):
        qtbot.mouseClick(key, Qt.MouseButton.LeftButton)


def test_an_ampersand_is_said_as_it_is_written(qtbot: QtBot) -> None:
    key = shown(Key(Look(), size=28), qtbot)
    key.set_texts("Paspor & Imigrasi")

    assert key.said() == "Paspor & Imigrasi"
    assert key.shortcut().isEmpty()


def test_a_key_that_is_reached_by_keyboard_has_a_ring_at_once(qtbot: QtBot) -> None:
    key = shown(Key(Look(), size=28), qtbot)
    key.activateWindow()
    qtbot.waitUntil(key.isActiveWindow)

    key.reach()

    assert key.ring(LIGHT.line) == (LIGHT.ink, Look().px(LIGHT.focus))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stacked", [False, True])
def test_a_key_is_painted_in_every_theme(qtbot: QtBot, theme: Theme, kind: str, stacked: bool) -> None:
    key = shown(Key(Look(theme), size=28, kind=kind, icon="check", hint="S", stacked=stacked), qtbot)
    key.set_texts("Turunkan layar", "" if stacked else "Semua ke bawah")
    key.setDown(True)

    assert key.fits()
    assert not key.grab().isNull()


def test_a_label_that_does_not_fit_at_its_floor_says_so(qtbot: QtBot) -> None:
    label = shown(Label(Look(), size=40, floor=30), qtbot, width=120)

    label.set_text("Selesai")
    assert label.fits()
    label.set_text("Kependudukan dan Pencatatan Sipil")
    assert not label.fits()
    assert label.accessibleName() == "Kependudukan dan Pencatatan Sipil"


def test_a_part_takes_another_scale(qtbot: QtBot) -> None:
    number = shown(BigNumber(Look(), size=80), qtbot)
    number.set_text("A001")

    number.set_look(Look(scale=0.5))

    assert number.look.px(80) == 40
    assert number.fits()


def test_a_clock_writes_the_time_as_its_language_does(qtbot: QtBot) -> None:
    clock = shown(Clock(Look(), size=56), qtbot)

    clock.set_moment(datetime(2026, 11, 30, 8, 14), Words("id"))  # noqa: DTZ001
    assert clock.text() == "08.14"
    clock.set_moment(None, Words("id"))
    assert clock.text() == ""


def test_a_strip_without_a_sentence_is_hidden(qtbot: QtBot) -> None:
    strip = shown(StatusStrip(Look(), size=28), qtbot)

    strip.set_state("Kertas habis", tone="alarm", icon="printer-off")
    assert strip.isVisible()
    assert (strip.text(), strip.tone) == ("Kertas habis", "alarm")
    assert not strip.grab().isNull()
    strip.set_state("")
    assert not strip.isVisible()


def test_a_bar_shows_what_is_left(qtbot: QtBot) -> None:
    bar = shown(Bar(Look()), qtbot, height=12)

    bar.set_left(-1)

    assert bar.left == 0
    assert not bar.grab().isNull()


SIZES = [(480, 252), (480, 188), (480, 100), (402, 128), (333, 96), (980, 180), (980, 90)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("is_open", [True, False])
def test_a_tile_stands_in_every_size(qtbot: QtBot, theme: Theme, size: tuple[int, int], is_open: bool) -> None:
    tile = shown(Tile(Look(theme), name="agency:bpjstk"), qtbot, *size)
    tile.set_face(
        TileFace(
            title="BPJS Kesehatan",
            subtitle="Badan Penyelenggara Jaminan Sosial",
            detail="Kuota hari ini habis. Buka lagi Selasa, 07.30",
            brief="Kuota hari ini habis",
            detail_icon="clock",
            letter="D",
            icon="helmet",
            colour="#43A047",
            open=is_open,
        )
    )

    assert tile.fits()
    assert not tile.grab().isNull()


FORECAST = TileFace("Akta Kelahiran", detail="3 menunggu", wait="sekitar 15–25 menit", detail_icon="users")


def test_a_tile_tells_its_forecast_where_there_is_room_and_a_screen_reader_always(qtbot: QtBot) -> None:
    wide, low = shown(Tile(Look()), qtbot, 980, 120), shown(Tile(Look()), qtbot, 430, 84)
    wide.set_face(FORECAST)
    low.set_face(replace(FORECAST, icon="id"))

    assert wide._texts()[1].text == "3 menunggu · sekitar 15–25 menit"
    assert low._texts()[1].text == "3 menunggu"
    assert low.fits()
    assert low.detail == "3 menunggu · sekitar 15–25 menit"


def test_a_number_on_a_tile_says_what_to_type(qtbot: QtBot) -> None:
    tile = shown(Tile(Look()), qtbot, 980, 120)
    tile.set_face(FORECAST)
    plain = tile.grab().toImage()

    tile.set_face(replace(FORECAST, number="12"))

    assert tile.grab().toImage() != plain


def test_the_titles_of_a_grid_have_one_size(qtbot: QtBot) -> None:
    tiles = [shown(Tile(Look()), qtbot, 480, 188) for _ in range(5)]
    for tile, title in zip(tiles, ("PLN", "BPN", "Polres", "Bank Sumsel Babel Syariah", "PDAM"), strict=True):
        tile.set_face(TileFace(title, icon="bolt", letter="A"))

    even_titles(tiles)

    assert len({tile.title_limit for tile in tiles}) == 1


def test_a_fade_ends_and_hides_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(100, 100)
    window.show()
    fade = Fade(window, duration_ms=20)

    fade.take()
    with qtbot.waitSignal(fade.finished):
        fade.start()

    assert not fade.isVisible()
