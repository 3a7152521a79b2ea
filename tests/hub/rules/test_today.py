"""What the head changes for today alone: quotas and counters, gone with the day."""

import pytest

from bench.hall import generated_hall
from hub.engine import state_of
from hub.rules import commands as cmd
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from tests.conftest import monday
from tests.hub.rules.play import Play

DAY_MS = 24 * 3_600_000


@pytest.fixture
def play() -> Play:
    """Two agencies with two counters each."""
    return Play(generated_hall(2, 2, 2))


def refused(play: Play, command: cmd.Command) -> str:
    with pytest.raises(Refused) as error:
        play.do(command)
    return error.value.code


def test_a_quota_of_today_ends_the_numbers_and_the_hall_file_gives_them_again(play: Play) -> None:
    play.do(cmd.SetQuota("layanan-0-0", 2, "kepala"))
    play.issue(), play.issue()

    assert refused(play, cmd.Issue("layanan-0-0", "normal", None, "id")) == "quota_full"
    assert play.do(cmd.SetQuota("layanan-0-0", None, "kepala"))[0].body()["was"] == 2
    assert play.issue() == "A003"


def test_a_pause_is_written_with_the_one_that_holds_and_not_with_one_that_is_over(play: Play) -> None:
    def pause(until: str) -> str:
        told = play.do(cmd.PauseService("layanan-0-0", "listrik padam", monday(until), "kepala"))
        return str(told[0].body()["was"])

    assert [pause("11:00"), pause("11:30")] == ["", "listrik padam"]
    play.wait((monday("11:30") - play.now_ms) // 1000)
    assert pause("12:30") == ""


def test_a_counter_serves_something_else_today(play: Play) -> None:
    play.do(cmd.AssignCounter(3, ("layanan-0-0",), "kepala"))
    play.open(3)
    number = play.issue("layanan-0-0")

    assert play.call(3) == number
    assert play.events[-1].kind == "ticket.called"


def test_nobody_who_waits_is_left_without_a_counter(play: Play) -> None:
    play.open(3)
    play.issue("layanan-1-0")

    assert refused(play, cmd.AssignCounter(3, ("layanan-0-0",), "kepala")) == "tickets_waiting"
    play.open(4)
    assert play.do(cmd.AssignCounter(3, ("layanan-0-0",), "kepala"))


def test_what_a_hall_file_could_not_say_is_refused_in_its_words(play: Play) -> None:
    one_counter = Play(generated_hall(2, 2, 1))

    assert refused(one_counter, cmd.AssignCounter(1, ("layanan-1-0",), "kepala")) == "not_today"
    assert refused(play, cmd.AssignCounter(1, ("nowhere",), "kepala")) == "service_not_found"
    assert refused(play, cmd.AssignCounter(77, (), "kepala")) == "counter_not_found"
    assert refused(play, cmd.SetQuota("nowhere", 3, "kepala")) == "service_not_found"


def test_the_next_day_begins_without_it_and_a_replay_agrees(play: Play) -> None:
    before = hall_of(play.state)
    play.do(cmd.SetQuota("layanan-0-0", 2, "kepala"))
    play.do(cmd.AssignCounter(3, ("layanan-0-0",), "kepala"))
    assert state_of(play.lines) == play.state

    play.now_ms = monday() + DAY_MS
    play.do(cmd.TurnDay())

    assert hall_of(play.state) == before
    assert play.state.config_today == play.state.config
    assert state_of(play.lines) == play.state


def test_a_new_hall_file_keeps_what_still_fits_it(play: Play) -> None:
    play.do(cmd.SetQuota("layanan-0-0", 2, "kepala"))
    play.do(cmd.AssignCounter(3, ("layanan-0-1",), "kepala"))
    smaller = generated_hall(2, 1, 2)
    play.do(cmd.Begin("mpp", False, smaller, "other", "kepala"))

    hall = hall_of(play.state)
    assert hall.services["layanan-0-0"].daily_quota == 2
    assert hall.counter_by_number[3].services == ("layanan-1-0",)


def test_giving_back_what_was_never_taken_changes_nothing(play: Play) -> None:
    assert play.do(cmd.SetQuota("layanan-0-0", None, "kepala")) == []
    assert play.do(cmd.AssignCounter(3, (), "kepala")) == []


def test_what_was_lent_is_given_back_in_an_order_that_leaves_no_service_alone() -> None:
    play = Play(generated_hall(2, 2, 1))
    play.do(cmd.AssignCounter(1, ("layanan-0-0", "layanan-0-1", "layanan-1-0", "layanan-1-1"), "kepala"))
    play.do(cmd.AssignCounter(2, ("layanan-0-0",), "kepala"))

    assert refused(play, cmd.AssignCounter(1, (), "kepala")) == "not_today"
    assert play.do(cmd.AssignCounter(2, (), "kepala"))
    assert play.do(cmd.AssignCounter(1, (), "kepala"))


def test_a_hall_file_that_today_cannot_be_laid_over_waits_for_the_next_day() -> None:
    play = Play(generated_hall(2, 2, 2))
    play.do(cmd.AssignCounter(1, ("layanan-1-0",), "kepala"))
    fewer = generated_hall(2, 2, 2)
    fewer["counters"] = [counter for counter in fewer["counters"] if counter["number"] != 2]

    assert play.do(cmd.Begin("mpp", False, fewer, "other", "kepala"))[0].kind == "config.planned"


def test_an_end_that_has_passed_is_refused(play: Play) -> None:
    past = play.now_ms - 60_000
    play.open(1)

    assert refused(play, cmd.Force("hall", "closed", "listrik padam", past, "kepala")) == "time_past"
    assert refused(play, cmd.PauseService("layanan-0-0", "listrik padam", past, "kepala")) == "time_past"
    assert refused(play, cmd.Pause(1, "salat", past)) == "time_past"
