"""The search forgives: what people call things, how they begin, and one wrong letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.wording import languages
from hub.client.mirror import Mirror
from kiosk.search import MOST_FOUND, find, is_near, synonyms, words_of
from tests.kiosk.fakes import MUARA_ENIM, OKU_TIMUR, content_of, service_view, snapshot


def told(hall: str = MUARA_ENIM, **changes: object) -> Mirror:
    mirror = Mirror()
    mirror.apply(snapshot(content_of(hall), **changes))
    return mirror


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("ktp", "dukcapil-ktp-cetak"),
        ("KTP-el", "dukcapil-ktp-cetak"),
        ("akte", "dukcapil-akta-lahir"),
        ("akte lahir", "dukcapil-akta-lahir"),
        ("kartu kel", "dukcapil-kk"),
        ("kk", "dukcapil-kk"),
        ("nikahh", "kemenag-nikah"),
        ("kelakuan", "polres-skck"),
        ("motor", None),
        ("nib", "dpmptsp-nib"),
    ],
)
def test_people_find_a_service_by_what_they_call_it(query: str, service: str | None) -> None:
    found = find(query, told(), "id")

    assert (found[0] if found else None) == service


@pytest.mark.parametrize(("query", "agency"), [("motor", "samsat"), ("paspor", "imigrasi"), ("pensiun", "taspen")])
def test_a_hall_with_more_agencies_answers_more_words(query: str, agency: str) -> None:
    assert find(query, told(OKU_TIMUR), "id")[0].startswith(agency)


def test_an_old_spelling_finds_the_new_one() -> None:
    content = content_of(MUARA_ENIM)
    content["agencies"][1]["services"][3]["name_id"] = "Informasi antrean"
    mirror = Mirror()
    mirror.apply(snapshot(content))

    assert find("antrian", mirror, "id") == ("dpmptsp-aduan",)


def test_english_words_are_known_where_english_is_spoken() -> None:
    assert find("marriage", told(), "en")[0].startswith("kemenag")


def test_all_words_must_be_met() -> None:
    assert find("akta xyz", told(), "id") == ()


def test_without_a_word_the_most_used_services_stand_first() -> None:
    services = [service_view("bsb-teller", usual=40), service_view("polres-skck", usual=60)]

    found = find("", told(services=services), "id")

    assert found[:2] == ("polres-skck", "bsb-teller")
    assert len(found) == MOST_FOUND


def test_of_services_that_are_met_alike_the_most_used_stands_first() -> None:
    services = [service_view("dpmptsp-aduan", usual=5), service_view("bpjstk-info", usual=9)]

    assert find("informasi", told(services=services), "id")[:2] == ("bpjstk-info", "dpmptsp-aduan")


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("akte", "akta", True),
        ("antrian", "antrean", True),
        ("nikahh", "nikah", True),
        ("ktpp", "ktp", False),
        ("sim", "sip", False),
        ("bayi", "bapak", False),
    ],
)
def test_one_letter_of_four_and_more_may_be_wrong(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is near


@given(word=st.text("abcdefghij", min_size=5, max_size=9), place=st.integers(0, 4), letter=st.sampled_from("kz"))
def test_any_single_slip_is_near(word: str, place: int, letter: str) -> None:
    assert is_near(word, word)
    assert is_near(word, word[:place] + letter + word[place + 1 :])
    assert is_near(word, word[:place] + letter + word[place:])
    assert is_near(word, word[:place] + word[place + 1 :])
    assert not is_near(word, word[: place % 4] + "kz" + word[place % 4 + 2 :])


def test_words_are_compared_without_case_accents_and_marks() -> None:
    assert words_of("KTP-el (Réplika)") == ("ktp", "el", "replika")


@pytest.mark.parametrize("language", languages())
def test_the_words_of_the_table_can_be_typed(language: str) -> None:
    odd = [word for word in synonyms(language) if words_of(word) != (word,)]

    assert odd == []
