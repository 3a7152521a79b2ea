"""Pictures and videos beside the calls: in the order of their names, and a broken one never stops a screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from structlog.testing import capture_logs

from display.gallery import Gallery, read
from display.playlist import Playlist, following, playable, without
from tests.display.film import save_film
from ui.fonts import load_fonts
from ui.look import Look
from ui.theme import NIGHT

A, B, C = (Path(f"/media/{name}") for name in ("a.png", "b.mp4", "c.jpg"))
BLUE, RED, GREEN = QColor("#0B5CAD"), QColor("#C8102E"), QColor("#15803D")


def test_only_pictures_and_videos_count_in_the_order_of_their_names() -> None:
    assert playable([C, Path("/media/notes.txt"), B, A]) == (A, B, C)


def test_files_follow_each_other_and_begin_again() -> None:
    playlist = Playlist()
    seen = []

    for _ in range(4):
        playlist = following(playlist, (A, B, C))
        seen.append(playlist.at)

    assert seen == [A, B, C, A]


def test_a_broken_file_is_passed_over_until_it_is_taken_away() -> None:
    playlist = without(Playlist((A, B), A), B)

    assert following(playlist, (A, B)).at == A
    assert following(following(playlist, (A,)), (A, B)).at == B


def test_a_folder_may_change_while_it_is_shown() -> None:
    playlist = Playlist((A, C), A)

    assert following(playlist, (A, B, C)).at == B
    assert following(playlist, (C,)).at == C
    assert following(playlist, ()).at is None


@pytest.fixture
def folder(qtbot: QtBot, tmp_path: Path) -> Path:
    load_fonts()
    for name, colour in (("a.png", BLUE), ("c.png", RED)):
        image = QImage(64, 36, QImage.Format.Format_RGB32)
        image.fill(colour)
        image.save(str(tmp_path / name))  # type: ignore[call-overload]
    return tmp_path


def shown(qtbot: QtBot, folder: Path | None) -> Gallery:
    gallery = Gallery(Look(NIGHT), folder=folder, picture_s=0.05)
    qtbot.addWidget(gallery)
    gallery.resize(320, 180)
    gallery.show()
    gallery.set_awake(awake=True)
    return gallery


def middle(gallery: Gallery) -> QColor:
    return gallery.grab().toImage().pixelColor(160, 90)


def alike(one: QColor, other: QColor) -> bool:
    """Tell whether two colours differ by no more than a video's compression."""
    return all(abs(a - b) < 16 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))  # type: ignore[call-overload]


def test_pictures_are_shown_whole_one_after_the_other(qtbot: QtBot, folder: Path) -> None:
    gallery = shown(qtbot, folder)

    for colour in (BLUE, RED, BLUE):
        qtbot.waitUntil(lambda colour=colour: alike(middle(gallery), colour))

    gallery.end()


def test_a_broken_picture_is_logged_once_and_passed_over(qtbot: QtBot, folder: Path) -> None:
    (folder / "b.png").write_bytes(b"no picture")
    with capture_logs() as lines:
        gallery = shown(qtbot, folder)

        for colour in (BLUE, RED, BLUE, RED):
            qtbot.waitUntil(lambda colour=colour: alike(middle(gallery), colour))
    gallery.end()

    assert [line["file"] for line in lines] == [str(folder / "b.png")]


@pytest.mark.qt_log_ignore("pipewire", r"(load|resolve) va\b", "Could not open media")
def test_a_broken_video_is_passed_over_too(qtbot: QtBot, folder: Path) -> None:
    (folder / "b.mp4").write_bytes(b"no video")
    with capture_logs() as lines:
        gallery = shown(qtbot, folder)

        for colour in (BLUE, RED, BLUE):
            qtbot.waitUntil(lambda colour=colour: alike(middle(gallery), colour))
    gallery.end()

    assert len(lines) == 1


@pytest.mark.qt_log_ignore("pipewire", r"(load|resolve) va\b", "No RHI backend")
def test_a_video_plays_to_its_end_and_begins_again_where_it_is_alone(qtbot: QtBot, folder: Path) -> None:
    save_film(folder / "b.avi", GREEN)
    gallery = shown(qtbot, folder)

    for colour in (BLUE, GREEN, RED, BLUE, GREEN):
        qtbot.waitUntil(lambda colour=colour: alike(middle(gallery), colour))
    for name in ("a.png", "c.png"):
        (folder / name).unlink()
    with qtbot.waitSignals([gallery.video.over, gallery.video.over]):
        gallery.advance()
    gallery.end()


def test_without_a_folder_or_with_an_empty_one_there_is_nothing_to_show(qtbot: QtBot, tmp_path: Path) -> None:
    load_fonts()

    for folder in (None, tmp_path, tmp_path / "missing"):
        gallery = shown(qtbot, folder)
        assert gallery.empty
        gallery.end()


def test_a_picture_that_comes_later_is_found(qtbot: QtBot, folder: Path) -> None:
    empty = folder / "later"
    empty.mkdir()
    gallery = shown(qtbot, empty)

    (folder / "a.png").rename(empty / "a.png")

    qtbot.waitUntil(lambda: not gallery.empty)
    gallery.end()


def test_a_large_picture_is_read_no_larger_than_its_place(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(1600, 400, QImage.Format.Format_RGB32)
    image.fill(BLUE)
    image.save(str(tmp_path / "wide.jpg"))  # type: ignore[call-overload]

    assert read(tmp_path / "wide.jpg", QSize(320, 180)).size() == QSize(320, 80)
    assert read(tmp_path / "missing.jpg", QSize(320, 180)).isNull()
