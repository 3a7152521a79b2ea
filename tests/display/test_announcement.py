"""How a call is spoken: digits one by one, counters as whole numbers, Indonesian forms as they are said."""

from pathlib import Path

import pytest

from config.hall import Hall
from config.load import HALLS, load
from config.wording import Words
from display.board import Call
from display.voice.script import announcement, whole

HALL = HALLS / "mpp-muara-enim.toml"


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load(Path(HALL))


def call(number: str, counter: int, *, attempt: int = 1, ticket_class: str = "normal") -> Call:
    return Call(9, number, "dukcapil-kk", ticket_class, counter, "z1", attempt, 0)


def test_a_call_names_the_letter_each_digit_and_the_counter(hall: Hall) -> None:
    said = announcement(call("A043", 5), hall, Words("id"))

    assert said == "Nomor antrean, a, nol empat tiga, silakan menuju loket lima."


def test_it_is_said_in_english_too(hall: Hall) -> None:
    said = announcement(call("B107", 21), hall, Words("en"))

    assert said == "Number, B, one zero seven, please go to counter twenty-one."


def test_two_letters_are_said_one_by_one(hall: Hall) -> None:
    assert ", a be, " in announcement(call("AB001", 5), hall, Words("id"))


def test_a_recall_says_so_and_the_last_one_too(hall: Hall) -> None:
    second = announcement(call("A043", 5, attempt=2), hall, Words("id"))
    third = announcement(call("A043", 5, attempt=3), hall, Words("id"))

    assert second.startswith("Panggilan ulang.")
    assert third.startswith("Panggilan terakhir.")


def test_a_priority_ticket_is_called_as_one(hall: Hall) -> None:
    said = announcement(call("A043", 5, ticket_class="priority"), hall, Words("id"))

    assert said.startswith("Antrean prioritas, a,")


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (20, "dua puluh", "twenty"),
        (34, "tiga puluh empat", "thirty-four"),
        (100, "seratus", "one hundred"),
        (211, "dua ratus sebelas", "two hundred and eleven"),
    ],
)
def test_counters_are_whole_numbers(number: int, indonesian: str, english: str) -> None:
    assert whole(number, Words("id")) == indonesian
    assert whole(number, Words("en")) == english


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_letter_and_every_counter_has_its_words(language: str) -> None:
    words = Words(language)

    assert all("." not in words.say(f"announce.letter_{letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert all("." not in whole(number, words) for number in range(1000))
