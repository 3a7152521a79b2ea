"""The survey's figures from a journal written by hand: what an agency was called then, and when the hall was open."""

from datetime import date
from pathlib import Path
from typing import Any

from config.load import Content
from config.wording import Words
from hub.pages.survey_paper import open_day
from hub.report.period import Period
from hub.survey.elements import ELEMENTS
from hub.survey.periods import whole_months
from hub.survey.report import Asked, Report, report_of
from tests.hub.report.making import MONDAY, Entry, called, finished, hall, issued, keep, opened

FRIDAY = "2027-01-08"


def answer(at: str, agency: str, score: int, day: str) -> Entry:
    body: dict[str, Any] = {"agency": agency, "service": "", "scores": dict.fromkeys(ELEMENTS, score), "facts": {}}
    return f"{day} {at}", "survey.answered", body | {"date": day, "half": "morning", "way": "tablet", "trial": False}


def rating(at: str, agency: str, score: int, day: str) -> Entry:
    body: dict[str, Any] = {"agency": agency, "service": "", "score": score, "date": day, "way": "tablet"}
    return f"{day} {at}", "rating.given", body | {"trial": False}


def changed() -> Content:
    """Return the hall without its second agency, the first renamed, open until noon."""
    content = hall()
    content["agencies"] = content["agencies"][:1]
    content["agencies"][0] |= {"name": "Nama Baru", "short": "Baru"}
    content["counters"] = [counter for counter in content["counters"] if counter["agency"] == "instansi-0"]
    content["hours"] = [{"day": day, "open": "08:00", "close": "12:00"} for day in range(1, 6)]
    return content


def two_months(folder: Path) -> Path:
    """Keep a November of two agencies, and a January of one that is called otherwise."""
    applied = {"content": changed(), "digest": "two", "author": "test"}
    return keep(
        folder,
        opened(),
        issued("09:00", "A001"), called("09:05", "A001"), finished("09:15", "A001"),
        issued("09:00", "B001", "layanan-1-0"), called("09:10", "B001", counter=3),
        finished("09:40", "B001", counter=3),
        *(answer("10:00", "instansi-0", 4, MONDAY) for _ in range(6)),
        *(answer("10:00", "instansi-1", 2, MONDAY) for _ in range(5)),
        *(rating("10:00", "instansi-1", 1, MONDAY) for _ in range(4)),
        (f"{MONDAY} 16:00", "day.closed", {"date": MONDAY}),
        (f"{FRIDAY} 06:00", "config.applied", applied),
        opened(FRIDAY, "07:00"),
        *(answer("10:00", "instansi-0", 1, FRIDAY) for _ in range(4)),
    )  # fmt: skip


def told(folder: Path, name: str, agency: str = "") -> Report:
    return report_of(folder, Asked(whole_months(name), agency))


def test_an_agency_that_has_gone_keeps_its_answers_and_its_name_of_then(tmp_path: Path) -> None:
    november = told(two_months(tmp_path), "2026-m11")

    assert [agency.name for agency in november.agencies] == ["Instansi 0", "Instansi 1"]
    assert [(one.agency, one.n, one.visitors, str(one.index.ikm)) for one in november.results if one.index] == [
        ("instansi-0", 6, 1, "100.00"), ("instansi-1", 5, 1, "50.00"),
    ]  # fmt: skip
    assert (november.whole.n, november.whole.visitors, november.given) == (11, 2, 4)


def test_answers_since_then_are_told_of_the_agency_alone_that_was_asked_for(tmp_path: Path) -> None:
    folder = two_months(tmp_path)

    assert [told(folder, "2026-m11", agency).given for agency in ("instansi-0", "instansi-1")] == [4, 0]


def test_an_agency_is_called_as_its_months_called_it(tmp_path: Path) -> None:
    january = told(two_months(tmp_path), "2027-m1")

    assert [agency.name for agency in january.every] == ["Nama Baru"]
    assert (january.whole.n, january.whole.waiting, january.whole.index) == (0, 4, None)


def test_few_answers_of_an_agency_are_in_no_total(tmp_path: Path) -> None:
    folder = two_months(tmp_path)

    both, alone = told(folder, "2026-y"), told(folder, "2026-y", "instansi-1")

    assert both.whole.ratings == alone.whole.ratings == {}
    assert (both.whole.unrated, alone.whole.unrated) == (4, 4)
    assert both.whole.n == sum(one.n for one in both.results) == 11


def test_a_day_has_the_hours_of_its_own_hall_file(tmp_path: Path) -> None:
    report = told(two_months(tmp_path), "2026-q4")

    assert open_day(Words(), report.halls, report.days[0])[1:] == ["08.00–15.00", "09.05", "09.40", "2"]
    assert report.halls.on(date(2027, 1, 8)).agency_by_id.keys() == {"instansi-0"}


def test_an_agency_that_never_was_has_no_report(tmp_path: Path) -> None:
    report = report_of(two_months(tmp_path), Asked(Period(date(2026, 11, 1), date(2026, 11, 30)), "lain"))

    assert (report.agencies, report.whole.n, report.whole.visitors, report.days) == ((), 0, 0, ())
