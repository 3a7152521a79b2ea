"""Reading aloud in a thread of its own: the last word counts, a missing voice is Indonesian, silence is at once."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from structlog.testing import capture_logs

from ui.speech.aloud import Aloud
from ui.speech.synthesiser import NoSynthesiser


class Voice:
    """Says each text as its bytes, in the languages it knows; it waits before each until it may."""

    voice = "uji"

    def __init__(self, *languages: str) -> None:
        self.languages, self.may = languages, Event()
        self.made: list[tuple[str, str]] = []
        self.may.set()

    def speak(self, text: str, language: str) -> bytes:
        assert self.may.wait(10)
        if language not in self.languages:
            raise NoSynthesiser(language=language, why=language)
        self.made.append((text, language))
        return text.encode()


class Ear:
    """Keeps what is heard; None is silence."""

    def __init__(self) -> None:
        self.heard: list[str | None] = []

    def play(self, sound: bytes, volume: int) -> None:
        self.heard.append(sound.decode())

    def stop(self) -> None:
        self.heard.append(None)


@pytest.fixture
def voice() -> Voice:
    return Voice("id", "en")


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def aloud(voice: Voice, ear: Ear) -> Iterator[Aloud]:
    def make(_: QObject) -> Ear:
        return ear

    reading = Aloud(synthesiser=voice, speaker=make)
    yield reading
    reading.end()


def test_a_text_is_heard_as_often_as_it_is_said(qtbot: QtBot, aloud: Aloud, ear: Ear) -> None:
    for count in (1, 2):
        aloud.say("Selamat datang.", "id")
        qtbot.waitUntil(lambda count=count: len(ear.heard) == count)

    assert ear.heard == ["Selamat datang."] * 2


def test_of_what_comes_while_a_text_is_made_only_the_last_is_heard(
    qtbot: QtBot, aloud: Aloud, voice: Voice, ear: Ear
) -> None:
    voice.may.clear()
    for text in ("satu", "dua", "tiga"):
        aloud.say(text, "id")
    voice.may.set()

    qtbot.waitUntil(lambda: ear.heard[-1:] == ["tiga"])
    assert "dua" not in ear.heard


def test_a_language_without_a_voice_is_read_as_indonesian(qtbot: QtBot, aloud: Aloud, ear: Ear) -> None:
    aloud.say("Sugeng rawuh.", "jv")

    qtbot.waitUntil(lambda: ear.heard == ["Sugeng rawuh."])


def test_silence_ends_what_is_read(qtbot: QtBot, aloud: Aloud, ear: Ear) -> None:
    aloud.say("panjang", "id")
    aloud.hush()

    qtbot.waitUntil(lambda: ear.heard[-1:] == [None])


def test_before_the_first_text_there_is_no_thread_to_hush(aloud: Aloud, ear: Ear) -> None:
    aloud.hush()
    aloud.end()

    assert ear.heard == []


def test_without_any_voice_the_log_says_so_once(qtbot: QtBot, ear: Ear) -> None:
    reading = Aloud(synthesiser=Voice(), speaker=lambda _: ear)
    with capture_logs() as lines:
        for count in (1, 2):
            reading.say("diam", "id")
            qtbot.waitUntil(lambda count=count: len(ear.heard) == count)
        reading.end()

    assert [line["event"] for line in lines] == ["nothing is read aloud"]
