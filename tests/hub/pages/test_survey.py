"""The survey at a tablet and on the hall's page: who may answer, how often, and what comes of it."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import httpx
import pytest

from config.wording import Words
from hub.codes import new_token
from hub.pages.survey import period_name
from hub.survey.tablets import COOKIE
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import PIN
from tests.hub.pages.visiting import SCORES, TOGETHER, Hall

AGENCY = "/skm/instansi-0"
FACTS = {"service": "layanan-0-1", "sex": "male", "education": "", "occupation": "farmer"}


@contextmanager
def logged_in(hub: Running, role: str, agency: str = "") -> Iterator[httpx.Client]:
    name = f"{role}{agency}"
    hub.head.command("/v1/clerks", {"clerk": name, "pin": PIN, "role": role, "agency": agency})
    with httpx.Client(base_url=hub.url, follow_redirects=True) as browser:
        assert browser.post("/hall/login", data={"clerk": name, "pin": PIN}).status_code == 200
        yield browser


@contextmanager
def tablet(hub: Running, role: str = "head", agency: str = "", at: str = "") -> Iterator[httpx.Client]:
    with logged_in(hub, role, agency) as browser:
        assert browser.post("/hall/survey/tablet", data={"agency": at}).status_code == 200
        yield browser


def answers(hall: Hall, browser: httpx.Client, count: int, path: str = AGENCY, **scores: str) -> None:
    """Answer so often at one tablet, each time half a minute later."""
    for _ in range(count):
        now = hall.hub.head.ask("GET", "/v1/state")["now"]
        hall.hub.head.set_clock(now + 30_000)
        assert browser.post(f"{path}/survey", data=SCORES | scores).status_code == 200


def month_over(hall: Hall) -> None:
    """Let the last day of November pass: from now on its figures are told."""
    hall.hub.head.set_clock(monday() + 24 * 3600 * 1000)


def test_a_tablet_is_opened_by_staff_and_then_nobody_is_logged_in_there(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        start = browser.get("/skm").text

        assert "Instansi 0" in start
        assert "Instansi 1" in start
        assert browser.get("/hall").url.path == "/hall/login"


def test_nobody_answers_from_a_device_that_was_not_opened(hall_at_work: Hall) -> None:
    answer = hall_at_work.post(f"{AGENCY}/survey", SCORES)
    forged = hall_at_work.post(f"{AGENCY}/survey", SCORES, cookies={COOKIE: new_token()})

    assert "tablet yang disediakan petugas" in answer.text
    assert "tablet yang disediakan petugas" in forged.text
    assert hall_at_work.said() == []


def test_a_viewer_opens_no_tablet_and_a_supervisor_only_their_agencys(hall_at_work: Hall) -> None:
    with logged_in(hall_at_work.hub, "viewer") as viewer:
        assert viewer.post("/hall/survey/tablet", data={"agency": ""}).status_code == 403
    with tablet(hall_at_work.hub, "supervisor", "instansi-1", at="instansi-0") as browser:
        assert browser.get("/skm").url.path == "/skm/instansi-1"
        assert browser.get(AGENCY).url.path == "/skm/instansi-1"


def test_a_tablet_closes_after_a_month(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        hall_at_work.hub.head.set_clock(monday() + 32 * 24 * 3600 * 1000)

        assert "tablet yang disediakan petugas" in browser.get("/skm").text


def test_an_answer_at_a_tablet_is_thanked_for_and_returns_to_the_start(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        answer = browser.post(f"{AGENCY}/survey?lang=en", data=SCORES | FACTS)

        assert "Thank you" in answer.text
        assert answer.headers["refresh"] == "8; url=/skm"
        assert browser.get(f"{AGENCY}/survey").headers["refresh"] == "600; url=/skm"


def test_a_tablet_cannot_be_made_to_flood_the_survey(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        first = browser.post(f"{AGENCY}/survey", data=SCORES)
        second = browser.post(f"{AGENCY}/survey", data=SCORES)
        ratings = [browser.post(f"{AGENCY}/rating", data={"score": "1"}).status_code for _ in range(2)]

    assert first.status_code == 200
    assert second.status_code == 429
    assert second.text.count(" checked") == 9
    assert ratings == [200, 429]


def test_a_form_that_a_tablet_sends_twice_counts_once_and_is_thanked_for_twice(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        names = [
            re.findall(r'name="form" value="(\w{32})"', browser.get(f"{AGENCY}{at}").text) for at in ("", "/survey")
        ]
        touches = [browser.post(f"{AGENCY}/rating", data={"score": "4", "form": names[0][0]}) for _ in range(2)]
        sheets = [browser.post(f"{AGENCY}/survey", data=SCORES | {"form": names[1][0]}) for _ in range(2)]
        hall_at_work.hub.head.set_clock(monday() + 60_000)
        sheets.append(browser.post(f"{AGENCY}/survey", data=SCORES | {"form": names[1][0]}))
    month_over(hall_at_work)

    assert all("Terima kasih" in answer.text for answer in (*touches, *sheets))
    assert sorted(line.kind for line in hall_at_work.said()) == ["rating.given", "survey.answered"]


def test_bad_answers_at_a_tablet_are_asked_again(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        wrong = [{"U9": ""}, {"U9": "0"}, {"U9": "5"}, {"U9": "x"}, {"U8": ["1", "1"]}, {"education": "secret"}]
        statuses = [browser.post(f"{AGENCY}/survey", data=SCORES | each).status_code for each in wrong]
        elsewhere = browser.post(f"{AGENCY}/survey", data=SCORES | {"service": "layanan-1-0"})
        long = browser.post(f"{AGENCY}/survey", data=SCORES | {"x": "y" * 9_000})

    assert statuses == [422] * len(wrong)
    assert elsewhere.status_code == 422
    assert long.status_code == 413


def test_the_facilities_are_asked_eighth_and_kept_as_u9(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        page = browser.get(f"{AGENCY}/survey").text

    assert page.index("Pertanyaan 8 dari 9") < page.index("sarana dan prasarana?") < page.index('name="U9"')
    assert page.index("Pertanyaan 9 dari 9") < page.index("penanganan pengaduan") < page.index('name="U8"')


def test_the_index_has_its_number_grade_and_what_is_needed(hall_at_work: Hall) -> None:
    for _ in range(2):
        hall_at_work.take()
    hall_at_work.serve(2)
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER - 1, **dict.fromkeys(SCORES, "4"))
        answers(hall_at_work, browser, 1, **dict.fromkeys(SCORES, "3"))
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "viewer") as viewer:
        exact = viewer.get("/hall/survey").text
        printed = viewer.get("/hall/survey?weight=0.11").text
        rows = list(csv.DictReader(io.StringIO(viewer.get("/hall/survey/csv").text.removeprefix("\ufeff"))))

    # Four answers of 4 and one of 3: 3.8 in each element, 3.8 x 25 = 95; with 0.11: 3.8 x 0.99 x 25 = 94.05.
    assert "95,00" in exact
    assert "A (Sangat Baik)" in exact
    assert "94,05" in printed
    assert [(row["agency"], row["n"], row["needed"], row["visitors"], row["ikm"]) for row in rows] == [
        ("", "5", "2", "2", "95.00"), ("instansi-0", "5", "2", "2", "95.00"), ("instansi-1", "0", "0", "0", ""),
    ]  # fmt: skip
    assert (rows[0]["U9"], rows[0]["weight"], rows[0]["grade"]) == ("3.800", "1/9", "A")


def test_quick_ratings_stand_apart_and_change_no_index(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        for at in range(TOGETHER):
            hall_at_work.hub.head.set_clock(monday() + at * 10_000)
            browser.post(f"{AGENCY}/rating", data={"score": "1"})
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "head") as head:
        row = next(csv.DictReader(io.StringIO(head.get("/hall/survey/csv").text.removeprefix("\ufeff"))))

    assert [line.kind for line in hall_at_work.said()] == ["rating.given"] * TOGETHER
    assert (row["n"], row["ikm"], row["rating_1"], row["rating_4"]) == ("0", "", "5", "0")


def test_under_five_answers_no_figures_are_shown(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER - 2)
        browser.post(f"{AGENCY}/rating", data={"score": "1"})
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "head") as head:
        page = head.get("/hall/survey?period=2026-m11").text

    assert len(hall_at_work.said()) == TOGETHER - 1
    assert "terkumpul kurang dari lima" in page
    assert page.count("&lt; 5") == 2 * 4 + 1


def test_a_supervisor_sees_their_own_agency_whatever_they_ask_for(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER)
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "supervisor", "instansi-1") as supervisor:
        pages = [
            supervisor.get(f"/hall/survey{path}?agency=instansi-0").text
            for path in ("", "/csv", "/publication", "/evidence")
        ]

    told = [page.replace("agency=instansi-0", "") for page in pages]  # what was asked for stands in the way to EN
    assert not [page for page in told if "Instansi 0" in page or "instansi-0" in page]
    assert "instansi-1,0," in pages[1]


def test_the_page_is_for_those_who_have_logged_in(hall_at_work: Hall) -> None:
    for path in ("", "/csv", "/publication", "/evidence"):
        assert hall_at_work.get(f"/hall/survey{path}").url.path == "/hall/login"
    assert hall_at_work.post("/hall/survey/tablet", {"agency": ""}).status_code == 401


@pytest.mark.parametrize(("language", "said"), [("id", "5 responden"), ("en", "5 respondents")])
def test_what_is_published_tells_number_period_grade_and_graphic(hall_at_work: Hall, language: str, said: str) -> None:
    hall_at_work.take()
    hall_at_work.serve()
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER)
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "head") as head:
        sheet = head.get(f"/hall/survey/publication?lang={language}").text
        evidence = head.get(f"/hall/survey/evidence?lang={language}").text

    # U1 to U9 are 1 2 3 4 1 2 3 4 1: 21 of 36, times 25: 58.33, grade D.
    assert "58,33" in sheet or "58.33" in sheet
    assert said in sheet
    assert "<svg" in sheet
    assert "1/9" in evidence
    assert evidence.count("<table") == 3


def test_a_month_is_told_of_when_it_is_over(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER)
    with logged_in(hall_at_work.hub, "head") as head:
        today = head.get("/hall/survey").text
        asked = [head.get(f"/hall/survey?period={name}").text for name in ("2026-m11", "2026-y", "kemarin")]
        assert head.get("/hall/survey?agency=lain").status_code == 404
        files = [head.get(f"/hall/survey/csv?period={name}") for name in ("2026-m10", "2026-y")]

    assert [file.headers["Content-Disposition"].partition("=")[2] for file in files] == [
        '"skm-2026-m10.csv"', '"skm-2026-y-until-2026-10.csv"',
    ]  # fmt: skip
    assert "1 Oktober 2026 – 31 Oktober 2026" in today
    assert "bulan berjalan (November 2026): 5" in today
    assert [("belum berakhir; yang ditampilkan" in page, "58,33" in page) for page in asked] == [
        (True, False), (False, False), (True, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [
        ("2026-m10", "id", "Oktober 2026"),
        ("2026-y", "id", "Tahun 2026 sampai Oktober 2026"),
        ("2026-y", "en", "Year 2026 until October 2026"),
        ("2026-q3", "id", "Triwulan III 2026"),
    ],
)
def test_a_part_of_a_year_that_lasts_is_called_with_the_month_until_which_it_tells(
    name: str, language: str, called: str
) -> None:
    assert period_name(Words(language), name, date(2026, 11, 30)) == called


def test_an_answer_that_could_not_be_kept_may_be_sent_again_at_once(hall_at_work: Hall) -> None:
    in_the_way = hall_at_work.hub.data / "survey" / "box.json.new"
    in_the_way.mkdir(parents=True)
    with tablet(hall_at_work.hub) as browser:
        lost = browser.post(f"{AGENCY}/survey", data=SCORES)
        in_the_way.rmdir()
        kept = browser.post(f"{AGENCY}/survey", data=SCORES)

    assert (lost.status_code, kept.status_code, kept.url.path) == (503, 200, "/skm")


def test_nothing_is_told_while_answers_of_a_day_that_is_over_are_still_in_the_box(hall_at_work: Hall) -> None:
    in_the_way = hall_at_work.hub.data / "survey" / "box.json.new"
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER + 2)
    in_the_way.mkdir()
    month_over(hall_at_work)
    with logged_in(hall_at_work.hub, "head") as head:
        refused = [head.get(f"/hall/survey{way}?period=2026-m11") for way in ("", "/csv", "/publication", "/evidence")]
        in_the_way.rmdir()
        told = head.get("/hall/survey/csv?period=2026-m11").text

    assert [answer.status_code for answer in refused] == [503] * 4
    assert all("58,33" not in answer.text and "survey/box.json" in answer.text for answer in refused)
    assert next(csv.DictReader(io.StringIO(told.lstrip("\ufeff"))))["n"] == str(TOGETHER + 2)


def test_what_lies_in_the_box_of_a_month_that_is_over_is_told_with_it(hall_at_work: Hall) -> None:
    with tablet(hall_at_work.hub) as browser:
        answers(hall_at_work, browser, TOGETHER + 1)
    hall_at_work.hub.head.now_ms = monday() + 24 * 3600 * 1000
    hall_at_work.hub.head.issue("layanan-0-0")  # the first number of a day turns it, and leaves the box as it was
    left = TOGETHER + 1 - len(hall_at_work.said())
    with logged_in(hall_at_work.hub, "head") as head:
        row = next(csv.DictReader(io.StringIO(head.get("/hall/survey/csv").text.removeprefix("\ufeff"))))

    assert left == 1
    assert (row["from"], row["n"]) == ("2026-11-01", str(TOGETHER + 1))
