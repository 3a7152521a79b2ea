"""Words, dates and times in each language, and that no language lacks a word of another."""

import string
from datetime import date, time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config.wording import CATALOGUES, Words, languages

DOMAINS = sorted(path.stem for path in (CATALOGUES / "id").glob("*.po"))
MISSPELT = ("antrian", "silahkan", "nomer", "sholat", "ijin ", "mall ")


def entries(language: str, domain: str) -> dict[str, str]:
    with Path(CATALOGUES / language / f"{domain}.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_indonesian_comes_first() -> None:
    assert languages()[:2] == ("id", "en")


def test_dates_and_times_are_written_as_each_language_does() -> None:
    day = date(2026, 11, 30)

    assert (Words("id").day(day), Words("en").day(day)) == ("Senin, 30 November 2026", "Monday, 30 November 2026")
    assert (Words("id").clock(time(8, 14)), Words("en").clock(time(8, 14))) == ("08.14", "08:14")


@pytest.mark.parametrize("domain", DOMAINS)
def test_english_has_every_word_with_no_other_fields(domain: str) -> None:
    indonesian, english = entries("id", domain), entries("en", domain)

    assert indonesian.keys() == english.keys()
    assert all(english.values())
    odd = {k for k in indonesian if not {f.removesuffix("_en") for f in fields(english[k])} <= fields(indonesian[k])}
    assert not odd


def test_a_share_is_written_as_each_language_does() -> None:
    assert [Words(language).share(0.5263) for language in ("id", "en")] == ["52,6%", "52.6%"]


def test_a_text_that_is_like_its_key_is_a_text() -> None:
    assert Words("en").say("printer.torn") == "torn"
    assert Words("en").say("printer.nothing_says_this") == "printer.nothing_says_this"


@pytest.mark.parametrize("language", languages()[2:])
def test_a_further_language_says_what_the_others_say_with_no_other_fields(language: str) -> None:
    for path in (CATALOGUES / language).glob("*.po"):
        indonesian, further = entries("id", path.stem), entries(language, path.stem)

        assert further.keys() <= indonesian.keys()
        assert all(fields(text) <= fields(indonesian[key]) for key, text in further.items())


def test_javanese_is_begun_and_says_the_rest_in_indonesian() -> None:
    words = Words("jv")

    assert words.say("kiosk.welcome", hall="MPP") == "Sugeng rawuh wonten ing MPP"
    assert words.say("kiosk.done") == "Selesai"
    assert (words.clock(time(8, 14)), words.day(date(2026, 11, 30))) == ("08.14", "Senin, 30 November 2026")


@pytest.mark.parametrize("domain", DOMAINS)
def test_indonesian_is_spelt_as_the_dictionary_does(domain: str) -> None:
    texts = " ".join(entries("id", domain).values()).lower().replace("misalnya: ktp", "")

    assert not [word for word in MISSPELT if word in texts]
