"""What an empty hall reads: a greeting that fits the hour, in the hall's words and times."""

from datetime import datetime
from pathlib import Path

import pytest

from config.hall import Hall
from config.load import HALLS, load
from config.wording import Words
from display.welcome import Greeting, greeting, ticker

HALL_FILES = sorted(HALLS.glob("*.toml"))


@pytest.fixture(scope="module")
def hall() -> Hall:
    return load(Path(HALLS / "mpp-muara-enim.toml"))


def at(hall: Hall, clock: str, day: int = 30, language: str = "id") -> Greeting:
    moment = datetime.fromisoformat(f"2026-11-{day:02d}T{clock}:00").replace(tzinfo=hall.timezone)
    return greeting(hall, moment, Words(language))


def test_before_the_kiosk_opens_it_says_when_numbers_are_given(hall: Hall) -> None:
    assert at(hall, "07:00") == Greeting(
        "Pelayanan dimulai pukul 08.00 WIB",
        "Nomor antrean dapat diambil mulai pukul 07.30 WIB.",
        ("Buka hari ini pukul 08.00–15.00 WIB", "Istirahat pukul 12.00–13.00"),
    )


def test_once_the_kiosk_is_open_it_says_to_take_a_number(hall: Hall) -> None:
    early = at(hall, "07:30")

    assert early.title == "Pelayanan dimulai pukul 08.00 WIB"
    assert early.rest.startswith("Ambil nomor di anjungan")


def test_in_opening_hours_it_welcomes(hall: Hall) -> None:
    assert at(hall, "08:00").title == "Selamat datang"
    assert at(hall, "08:00", language="en").title == "Welcome"


def test_in_a_break_it_says_until_when_and_that_numbers_stay_valid(hall: Hall) -> None:
    pause = at(hall, "12:10")

    assert pause.title == "Istirahat sampai pukul 13.00 WIB"
    assert "tetap berlaku" in pause.rest


def test_after_closing_it_thanks(hall: Hall) -> None:
    assert at(hall, "15:00").title == "Pelayanan hari ini telah selesai"


def test_on_a_closed_day_it_says_when_the_hall_opens_again(hall: Hall) -> None:
    sunday = at(hall, "10:00", day=29)

    assert sunday.title == "Hari ini kami tutup"
    assert sunday.rest == "Kami buka kembali\nSenin, 30 November 2026\npukul 08.00 WIB."


def test_the_running_line_holds_the_halls_words_free_of_charge_and_where_to_complain(hall: Hall) -> None:
    said = ticker(hall, Words("id"))

    assert said[0] == hall.ticket.footer_id
    assert "gratis" in said[1]
    assert "SMS 1708" in said[-1]


@pytest.mark.parametrize("path", HALL_FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_text_shows_a_key_instead_of_words(path: Path, language: str) -> None:
    file = load(path)
    hours = [at(file, f"{hour:02d}:05", day, language) for hour in range(24) for day in range(23, 30)]

    said = [*ticker(file, Words(language)), *(line for each in hours for line in (each.title, each.rest, *each.hours))]

    assert not [line for line in said if "display." in line or "{" in line]
