"""May a number be issued now? One answer, with its code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import Content, read
from hub.rules import commands as cmd
from hub.rules.issuing import may_issue
from hub.rules.refusal import Refused
from hub.rules.state import moment
from tests.conftest import HALLS, monday
from tests.hub.rules.play import Play

MUARA_ENIM = read(HALLS / "mpp-muara-enim.toml")
DAY_MS = 86_400_000


def code(play: Play, service: str, now_ms: int) -> str | None:
    assert play.state.hall
    refusal = may_issue(play.state, service, moment(play.state.hall, now_ms))
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("clock", "answer"),
    [
        ("07:29", "not_open"),
        ("07:30", None),
        ("08:00", None),
        ("12:30", None),
        ("14:29", None),
        ("14:30", "last_ticket"),
        ("14:59", "last_ticket"),
        ("15:00", "closed"),
        ("23:59", "closed"),
    ],
)
def test_the_clock_of_a_day_of_service(clock: str, answer: str | None) -> None:
    assert code(Play(MUARA_ENIM, "07:00").open(1), "dukcapil-kk", monday(clock)) == answer


def test_a_weekday_without_hours_gives_no_numbers() -> None:
    assert code(Play(MUARA_ENIM), "dukcapil-kk", monday("10:00") + 6 * DAY_MS) == "weekday"


def test_an_agency_gives_numbers_on_its_own_days_and_until_its_own_end(content: Content) -> None:
    content["agencies"][0]["days"] = [2]
    content["agencies"][1]["close"] = "11:00"
    play = Play(content)

    assert code(play, "layanan-0-0", monday("10:00")) == "weekday"
    assert code(play, "layanan-0-0", monday("10:00") + DAY_MS) is None
    assert code(play, "layanan-1-0", monday("10:59")) is None
    assert code(play, "layanan-1-0", monday("11:00")) == "agency_gone"


def test_the_quota_of_a_day_is_used_up_and_a_cancelled_number_frees_its_place(content: Content) -> None:
    content["agencies"][0]["services"][0]["daily_quota"] = 2
    play = Play(content)
    first = play.issue()
    play.issue()

    assert code(play, "layanan-0-0", play.now_ms) == "quota_full"
    play.do(cmd.Cancel(first, "anjungan-1", False))
    assert code(play, "layanan-0-0", play.now_ms) is None


def test_a_refusal_has_warm_words_in_both_languages() -> None:
    play = Play(MUARA_ENIM, "14:45")

    with pytest.raises(Refused) as refused:
        play.issue("dukcapil-kk")

    assert refused.value.words["id"].startswith("Mohon maaf, pengambilan nomor untuk layanan ini ditutup pukul 14.30.")
    assert "14.30" in refused.value.words["en"]


def test_a_holiday_closes_the_hall_unless_the_head_keeps_it_open(content: Content) -> None:
    content["holidays"] = [{"date": "2026-11-30", "name_id": "Hari Uji", "name_en": "Test day"}]

    assert code(Play(content), "layanan-0-0", monday()) == "holiday"
    content["holidays"].insert(0, {"date": "2026-11-30", "name_id": "Buka khusus", "open": True})
    assert code(Play(content), "layanan-0-0", monday()) is None


def test_the_nations_holidays_need_no_rows() -> None:
    new_year = monday() + 32 * DAY_MS

    assert code(Play(MUARA_ENIM), "dukcapil-kk", new_year) == "holiday"


def test_an_agency_that_did_not_come_gives_no_numbers_until_it_has(content: Content) -> None:
    content["policy"]["agency_absent_minutes"] = 15
    play = Play(content, "00:10")

    assert code(play, "layanan-0-0", monday("00:15")) is None
    assert code(play, "layanan-0-0", monday("00:16")) == "agency_absent"
    play.open(1)
    assert code(play, "layanan-0-0", monday("00:16")) is None
    assert code(play, "layanan-1-0", monday("00:16")) == "agency_absent"


def test_an_agency_whose_counters_have_all_closed_is_gone(content: Content) -> None:
    play = Play(content).open(1, 2)

    play.do(cmd.Close(1))
    assert code(play, "layanan-0-0", play.now_ms) is None
    play.do(cmd.Close(2))
    assert code(play, "layanan-0-0", play.now_ms) == "agency_gone"


def test_numbers_rest_in_breaks_only_where_the_hall_says_so(content: Content) -> None:
    content["hours"][0]["breaks"] = [{"start": "12:00", "end": "13:00"}]

    assert code(Play(content), "layanan-0-0", monday("12:00")) is None
    content["policy"]["numbers_in_breaks"] = False
    found = [code(Play(content), "layanan-0-0", monday(clock)) for clock in ("11:59", "12:00", "12:59", "13:00")]
    assert found == [None, "break", "break", None]


@pytest.mark.parametrize("scope", ["hall", "agency:instansi-0", "service:layanan-0-0"])
def test_the_head_closes_and_opens_by_force_until_a_time(content: Content, scope: str) -> None:
    play = Play(content)

    play.do(cmd.Force(scope, "closed", "Pohon tumbang", monday("11:00"), "head"))
    assert [code(play, "layanan-0-0", monday(clock)) for clock in ("10:59", "11:00")] == ["forced_closed", None]
    play.do(cmd.Force(scope, "hours", "", None, "head"))
    assert code(play, "layanan-0-0", play.now_ms) is None
    play.do(cmd.Force(scope, "open", "Buka khusus", None, "head"))
    assert code(play, "layanan-0-0", monday() + 20 * 3_600_000) is None


def test_the_narrowest_word_of_the_head_counts(content: Content) -> None:
    play = Play(content)
    play.do(cmd.Force("hall", "open", "Buka khusus", None, "head"))
    play.do(cmd.Force("agency:instansi-0", "closed", "Sistem pusat mati", None, "head"))

    assert code(play, "layanan-0-0", play.now_ms) == "forced_closed"
    assert code(play, "layanan-1-0", play.now_ms) is None


def test_a_paused_service_gives_no_numbers_until_it_is_resumed(content: Content) -> None:
    play = Play(content)
    play.do(cmd.PauseService("layanan-0-0", "Jaringan pusat terputus.", monday("11:00"), "head"))

    assert [code(play, "layanan-0-0", monday(c)) for c in ("10:59", "11:00")] == ["service_paused_until", None]
    assert code(play, "layanan-0-1", play.now_ms) is None
    play.do(cmd.ResumeService("layanan-0-0", "head"))
    assert code(play, "layanan-0-0", play.now_ms) is None


def test_trial_tickets_have_numbers_of_their_own_and_take_no_quota(content: Content) -> None:
    content["agencies"][0]["services"][0]["daily_quota"] = 1
    play = Play(content)
    play.do(cmd.SetTrial(True, "head"))
    trials = [play.issue() for _ in range(3)]
    play.do(cmd.SetTrial(False, "head"))

    assert trials == ["UJI01", "UJI02", "UJI03"]
    assert play.issue() == "A001"
    assert code(play, "layanan-0-0", play.now_ms) == "quota_full"


def test_an_unknown_service_is_not_found(content: Content) -> None:
    assert code(Play(content), "layanan-99", monday()) == "service_not_found"


@given(
    st.integers(0, 7 * 24 * 60 - 1), st.sampled_from([s["id"] for a in MUARA_ENIM["agencies"] for s in a["services"]])
)
def test_what_is_told_equals_what_issuing_does(minute: int, service: str) -> None:
    play = Play(MUARA_ENIM, "00:00")
    play.now_ms += minute * 60_000
    play.do(cmd.TurnDay())
    told = code(play, service, play.now_ms)

    try:
        play.issue(service)
        done = None
    except Refused as refusal:
        done = refusal.code

    assert told == done
