"""The clips of a call: the same words as its sentence, in its order, with a pause where the sentence has a mark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.hall import Hall
from config.load import HALLS, load
from config.wording import Words
from display.board import Call
from display.voice.script import Piece, announcement, bank, number, pieces, pieces_of, rhyme, whole
from tests.display.voices import call

HALL = load(HALLS / "mpp-oku-timur.toml")


def texts(found: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in found]


def test_a_call_is_made_of_phrases_letter_digits_and_counter(muara_enim: Hall) -> None:
    found = pieces_of(call(1, "A043", 21), muara_enim, Words("id"))

    assert texts(found) == [
        "Nomor antrean", "a", "nol", "empat", "tiga", "silakan menuju loket", "dua puluh", "satu",
    ]  # fmt: skip


def test_the_voice_pauses_at_marks_and_falls_at_the_end(muara_enim: Hall) -> None:
    found = pieces_of(call(1, "A04", 5, attempt=2), muara_enim, Words("id"))

    assert [(piece.text, piece.pause) for piece in found] == [
        ("Panggilan ulang", False),
        ("Nomor antrean", True),
        ("a", True),
        ("nol", True),
        ("empat", False),
        ("silakan menuju loket", True),
        ("lima", False),
    ]
    assert [piece.last for piece in found] == [False] * 6 + [True]


def test_english_joins_its_numbers_with_words_of_its_own() -> None:
    assert number(21, Words("en")) == ("twenty", "one")
    assert number(211, Words("en")) == ("two hundred", "and", "eleven")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_counter_has_the_same_words_in_clips_and_in_the_sentence(language: str) -> None:
    words = Words(language)

    assert all(" ".join(number(n, words)) == whole(n, words).replace("-", " ") for n in range(1000))


@given(
    letters=st.sampled_from(["A", "B", "AB", "Z"]),
    digits=st.integers(0, 999),
    counter=st.integers(1, 999),
    attempt=st.integers(1, 4),
    ticket_class=st.sampled_from(["normal", "priority", "booked"]),
    service=st.sampled_from([service.id for agency in HALL.agencies for service in agency.services]),
    language=st.sampled_from(["id", "en"]),
    brief=st.booleans(),
)
def test_clips_and_sentence_say_the_same_and_the_bank_has_each_clip(
    letters, digits, counter, attempt, ticket_class, service, language, brief
) -> None:
    words = Words(language)
    made = Call(1, f"{letters}{digits:03d}", service, ticket_class, counter, "z1", attempt, 0)

    found = pieces_of(made, HALL, words, brief=brief)
    spoken = " ".join(texts(found))
    known = {piece.clip for piece in bank(words, HALL)}

    assert re.findall(r"\w+", spoken) == re.findall(r"\w+", announcement(made, HALL, words, brief=brief))
    assert {piece.clip for piece in found} <= known


def test_an_agency_is_named_where_another_of_its_zone_has_a_rhyming_letter(muara_enim: Hall) -> None:
    agency = next(agency for agency in muara_enim.agencies if agency.letter == "C")
    rhyming = call(1, "C001", 3, service=agency.services[0].id)

    said = announcement(rhyming, muara_enim, Words("id"))
    brief = announcement(rhyming, muara_enim, Words("id"), brief=True)

    assert said.endswith("silakan menuju loket tiga, be pe je es Kesehatan.")
    assert brief.endswith("silakan menuju loket tiga.")


def test_letters_that_a_hall_confuses_rhyme() -> None:
    assert rhyme("B") == rhyme("D") == rhyme("T")
    assert rhyme("M") == rhyme("N")
    assert rhyme("A") == rhyme("H") == rhyme("K")
    assert rhyme("A") != rhyme("B")


def test_a_clip_is_named_after_its_text() -> None:
    assert Piece("silakan menuju loket").clip == "silakan-menuju-loket"
    assert Piece("A").clip == "a"


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_two_texts_of_a_language_share_a_clip(language: str, oku_timur: Hall) -> None:
    found = bank(Words(language), oku_timur)

    assert len({piece.text.lower() for piece in found}) == len({piece.clip for piece in found})


def test_a_language_may_put_its_words_in_any_order() -> None:
    found = pieces("{counter}: {digits}!", {"counter": ("five",), "digits": ("one", "two")})

    assert found == (Piece("five"), Piece("one", pause=True), Piece("two", last=True))
