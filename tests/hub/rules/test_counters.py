"""The clerk's deeds, and when each is refused."""

from collections.abc import Callable

import pytest

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from tests.hub.rules.play import Play


def code(deed: Callable[[], object]) -> str:
    """Return the code with which a deed is refused."""
    with pytest.raises(Refused) as refused:
        deed()
    assert all(refused.value.words.values())
    return refused.value.code


def test_a_ticket_goes_its_way_from_issue_to_finish(content: Content) -> None:
    play = Play(content).open(1)
    number = play.issue()

    states = [play.state.tickets[number].state]
    for deed in (cmd.CallNext(1), cmd.Start(1), cmd.Finish(1)):
        play.do(deed)
        states.append(play.state.tickets[number].state)

    assert states == ["waiting", "called", "serving", "served"]
    assert play.state.counter(1).ticket is None


@pytest.mark.parametrize(
    ("deeds", "refused"),
    [
        ([cmd.Open(1)], "not_signed_in"),
        ([cmd.CallNext(1)], "counter_not_open"),
        ([cmd.CallNext(99)], "counter_not_found"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.Open(1)], "already_open"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.CallNext(1)], "nobody_waiting"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.Recall(1)], "nothing_called"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.Start(1)], "nothing_called"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.Finish(1)], "nothing_serving"),
        ([cmd.SignIn(1, "P01"), cmd.Open(1), cmd.Miss(1)], "nothing_called"),
        ([cmd.Close(1)], "counter_not_open"),
        ([cmd.Pause(1, "salat")], "counter_not_open"),
    ],
)
def test_a_deed_out_of_place_is_refused(content: Content, deeds: list[cmd.Command], refused: str) -> None:
    play = Play(content)
    for deed in deeds[:-1]:
        play.do(deed)

    assert code(lambda: play.do(deeds[-1])) == refused


def test_a_counter_calls_one_ticket_at_a_time(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    play.issue()
    play.call(1)

    assert code(lambda: play.call(1)) == "counter_busy"


def test_a_recall_gives_the_visitor_time_and_has_a_limit(content: Content) -> None:
    play = Play(content).open(1)
    play.issue()
    play.call(1)

    assert code(lambda: play.wait(19).do(cmd.Recall(1))) == "recall_too_soon"
    play.wait(1).do(cmd.Recall(1))
    play.wait(20).do(cmd.Recall(1))
    assert code(lambda: play.wait(20).do(cmd.Recall(1))) == "recall_limit"


def test_a_ticket_is_missed_after_enough_calls_each_with_its_time(content: Content) -> None:
    play = Play(content).open(1)
    number = play.issue()
    play.call(1)

    assert code(lambda: play.wait(20).do(cmd.Miss(1))) == "miss_too_early"
    play.do(cmd.Recall(1))
    play.wait(20).do(cmd.Recall(1))
    assert code(lambda: play.wait(19).do(cmd.Miss(1))) == "miss_too_soon"
    play.wait(1).do(cmd.Miss(1))
    assert play.state.tickets[number].state == "missed"


def test_the_last_counter_of_waiting_tickets_does_not_close(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()

    play.do(cmd.Close(2))

    assert code(lambda: play.do(cmd.Close(1))) == "tickets_waiting"


def test_a_counter_with_a_visitor_does_not_pause_or_close(content: Content) -> None:
    play = Play(content).open(1, 2)
    play.issue()
    play.call(1)

    assert code(lambda: play.do(cmd.Close(1))) == "counter_busy"
    assert code(lambda: play.do(cmd.Pause(1, ""))) == "counter_busy"
    assert code(lambda: play.do(cmd.SignIn(1, "P09"))) == "counter_busy"


def test_a_printed_number_is_served_after_closing(content: Content) -> None:
    content["hours"] = [{"day": day, "open": "08:00", "close": "15:00"} for day in range(1, 8)]
    play = Play(content, "14:00").open(1)
    number = play.issue()

    assert play.at("16:00").call(1) == number
