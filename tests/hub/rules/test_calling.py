"""Waiting points: who is called next, and why."""

from config.load import Content, hall_from
from hub.rules import commands as cmd
from hub.rules.calling import ahead_of, points_of
from tests.hub.rules.play import Play


def called(play: Play, counter: int, times: int) -> list[str]:
    """Return the numbers that a counter calls, one after the other."""
    numbers = []
    for _ in range(times):
        numbers.append(play.call(counter))
        play.do(cmd.Start(counter))
        play.do(cmd.Finish(counter))
    return numbers


def test_points_are_the_head_start_and_the_weighted_wait(content: Content) -> None:
    hall = hall_from(content)

    found = [points_of(hall, "layanan-0-0", ticket_class, 120) for ticket_class in ("normal", "priority", "booked")]

    assert found == [10 * 120, 30 * 120, 3000 + 30 * 120]


def test_within_a_class_who_came_first_is_called_first(content: Content) -> None:
    play = Play(content).open(1)
    numbers = [play.wait(1).issue() for _ in range(5)]

    assert called(play, 1, 5) == numbers


def test_a_minute_of_a_priority_visitor_counts_for_three(content: Content) -> None:
    play = Play(content).open(1)
    normal = play.issue()
    priority = play.wait(600).issue(ticket_class="priority")

    assert play.wait(299).call(1) == normal
    play.do(cmd.Start(1))
    play.do(cmd.Finish(1))
    assert play.call(1) == priority


def test_a_priority_visitor_overtakes_after_a_third_of_the_wait(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    priority = play.wait(600).issue(ticket_class="priority")

    assert play.wait(301).call(1) == priority


def test_a_priority_counter_calls_priority_tickets_before_all_others(content: Content) -> None:
    content["counters"][0]["priority"] = True
    play = Play(content).open(1)
    normal = play.issue()
    play.wait(3000).issue()
    priority = play.issue(ticket_class="priority")

    assert called(play, 1, 2) == [priority, normal]


def test_a_counter_calls_the_longest_weighted_wait_of_all_its_services(content: Content) -> None:
    play = Play(content).open(1)
    second = play.issue("layanan-0-1")
    first = play.wait(60).issue("layanan-0-0")

    assert called(play, 1, 2) == [second, first]


def test_a_second_service_stands_some_minutes_behind(content: Content) -> None:
    content["counters"][0]["second_services"] = {"layanan-1-0": 5}
    play = Play(content).open(1)
    other = play.issue("layanan-1-0")
    own = play.wait(299).issue()

    assert called(play, 1, 2) == [own, other]


def test_a_call_tells_why(content: Content) -> None:
    play = Play(content).open(1)
    normal = play.issue()
    play.wait(600).issue(ticket_class="priority")
    play.wait(400)

    play.call(1)
    event = play.events[-1]

    assert event.body()["reason"] == {
        "rule": "points/1",
        "points": 12000,
        "class": "priority",
        "waited_s": 400,
        "weight": 3.0,
        "next": {"number": normal, "points": 10000, "class": "normal", "waited_s": 1000, "weight": 1.0},
    }


def test_fifo_calls_who_came_first_whatever_the_class(content: Content) -> None:
    content["policy"]["discipline"] = "fifo"
    play = Play(content).open(1)
    normal = play.issue()
    booked = play.wait(1).issue(ticket_class="booked")
    priority = play.wait(1).issue(ticket_class="priority")
    play.wait(3000)

    assert called(play, 1, 3) == [normal, booked, priority]


def test_strict_calls_priority_then_booked_then_normal_until_someone_starves(content: Content) -> None:
    content["policy"] |= {"discipline": "strict", "starvation_limit_minutes": 60}
    play = Play(content).open(1)
    starving = play.issue()
    normal = play.wait(600).issue()
    booked = play.issue(ticket_class="booked")
    priority = play.wait(1).issue(ticket_class="priority")

    assert called(play.wait(2999), 1, 4) == [starving, priority, booked, normal]


def test_a_bonus_puts_a_service_ahead(content: Content) -> None:
    content["agencies"][0]["services"][1]["bonus_minutes"] = 5
    play = Play(content).open(1)
    plain = play.issue("layanan-0-0")
    ahead = play.wait(299).issue("layanan-0-1")

    assert called(play, 1, 2) == [ahead, plain]


def test_people_ahead_are_those_who_would_be_called_before(content: Content) -> None:
    play = Play(content)
    for _ in range(4):
        play.wait(200).issue()
    play.wait(200)
    assert play.state.hall

    ahead = {c: ahead_of(play.state, play.state.hall, "layanan-0-0", c, play.now_ms) for c in ("normal", "booked")}

    assert ahead == {"normal": 4, "booked": 3}
