"""What is read aloud of a screen: whole sentences, numbers digit by digit, choices with the number to press."""

import pytest

from config.wording import Words
from kiosk.reading import Choice, choice_text, screen_text, spoken

INDONESIAN, ENGLISH = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Nomor Anda A007", "Nomor Anda A 0 0 7"),
        ("3 orang menunggu · 12–20 menit", "3 orang menunggu, 12 sampai 20 menit"),
        ("Dukcapil\nKartu Keluarga", "Dukcapil, Kartu Keluarga"),
        ("F-1.02", "F-1.02"),
        ("(0735) 000-0000", "(0735) 000-0000"),
        ("", ""),
    ],
)
def test_a_voice_is_given_what_it_can_say(text: str, heard: str) -> None:
    assert spoken(text, INDONESIAN) == heard


def test_a_screen_is_read_from_its_title_to_its_choices_and_nothing_twice() -> None:
    choices = [Choice("Dukcapil", "3 orang menunggu", "1"), Choice("Samsat", "", "2")]

    heard = screen_text(["Selamat datang!", "Pilih instansi", "Pilih instansi"], choices, INDONESIAN)

    assert heard == "Selamat datang! Pilih instansi. Tekan 1 untuk Dukcapil. Tekan 2 untuk Samsat."


def test_without_a_keypad_a_choice_is_only_named() -> None:
    assert screen_text(["Choose"], [Choice("Passport")], ENGLISH) == "Choose. Passport."


def test_what_the_keyboard_stands_on_is_read_with_all_that_is_known_of_it() -> None:
    assert choice_text(Choice("Passport", "2–3 minutes", "1"), ENGLISH) == "Press 1 for Passport. 2 to 3 minutes."
