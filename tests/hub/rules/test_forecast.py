"""The first forecast: a range from people ahead, learned minutes and open counters."""

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.forecast import forecast, minutes_of
from hub.rules.state import moment
from tests.conftest import monday
from tests.hub.rules.play import Play


def told(play: Play, service: str = "layanan-0-0") -> tuple[float, float] | None:
    """Return the forecast in minutes from now."""
    hall = play.state.hall
    assert hall
    found = forecast(play.state, hall, service, "normal", moment(hall, play.now_ms))
    return None if found is None else ((found[0] - play.now_ms) / 60_000, (found[1] - play.now_ms) / 60_000)


def test_without_an_open_counter_nobody_knows(content: Content) -> None:
    assert told(Play(content)) is None


def test_more_people_take_longer_and_more_counters_are_faster(content: Content) -> None:
    play = Play(content).open(1)
    empty = told(play)
    for _ in range(6):
        play.issue()
    full = told(play)
    shared = told(play.open(2))

    assert empty
    assert full
    assert shared
    assert empty[0] == 0
    assert empty[1] < full[0] < full[1]
    assert shared[1] < full[1]


def test_people_who_wait_for_the_counters_other_services_count_as_well(content: Content) -> None:
    play = Play(content).open(1)
    alone = told(play)
    for _ in range(6):
        play.issue("layanan-0-1")
    behind_others = told(play)

    assert alone
    assert behind_others
    assert behind_others[0] > alone[1]


def test_before_opening_the_time_until_then_comes_on_top(content: Content) -> None:
    content["hours"] = [{"day": day, "open": "08:00", "close": "15:00"} for day in range(1, 8)]
    found = told(Play(content, "07:30"))

    assert found
    assert found[0] == 30


def test_a_break_on_the_way_comes_on_top(content: Content) -> None:
    plain = told(crowd(content))
    content["hours"][0]["breaks"] = [{"start": "12:00", "end": "13:00"}]
    paused = told(crowd(content))

    assert plain
    assert paused
    assert paused[1] == plain[1] + 60


def crowd(content: Content) -> Play:
    """Return a play shortly before noon with ten people before one counter."""
    play = Play(content, "11:50").open(1)
    for _ in range(10):
        play.issue()
    return play


def test_minutes_are_learned_from_call_to_finish_and_kept_over_night(content: Content) -> None:
    play = Play(content).open(1)
    hall = play.state.hall
    assert hall
    for _ in range(10):
        play.issue()
        play.call(1)
        play.do(cmd.Start(1))
        play.wait(120).do(cmd.Finish(1))
    learned = minutes_of(play.state, hall, "layanan-0-0")
    play.wait(86_400).do(cmd.TurnDay())

    assert 2 < learned < 5
    assert learned < minutes_of(play.state, hall, "layanan-0-0") < 10


def test_the_promise_is_kept_in_the_event_and_printed(content: Content) -> None:
    play = Play(content).open(1)
    issued, queued = play.do(cmd.Issue("layanan-0-0", "normal", "anjungan-1", "id"))

    low, high = issued.body()["promise"]
    assert monday() <= low < high
    assert queued.body()["content"]["promise"] == [low, high]
    assert play.state.tickets["A001"].promise_ms == high
