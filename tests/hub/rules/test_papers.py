"""Papers that come too late are not printed any more, and an answer is about what was asked."""

from config.load import Content
from hub.carry import told_of
from hub.rules import commands as cmd
from hub.rules.decide import decide
from tests.hub.rules.play import Play


def test_a_paper_that_waits_for_a_minute_while_its_visitor_is_served_is_cancelled(content: Content) -> None:
    play = Play(content).open(1)
    play.issue(kiosk="anjungan-1")
    play.call(1)

    events = play.wait(61).do(cmd.Start(1))

    assert [event.kind for event in events] == ["service.started", "print.cancelled"]


def test_a_paper_of_this_minute_is_still_printed(content: Content) -> None:
    play = Play(content).open(1)
    play.issue(kiosk="anjungan-1")
    play.call(1)

    assert [event.kind for event in play.wait(5).do(cmd.Start(1))] == ["service.started"]


def test_going_back_to_the_file_in_force_drops_what_was_planned(content: Content) -> None:
    play = Play(content)
    play.issue()
    changed = {**content, "agencies": content["agencies"][1:], "counters": content["counters"][6:]}
    play.do(cmd.Begin("mpp-uji", False, changed, "new", "head"))

    play.do(cmd.Begin("mpp-uji", False, content, "digest", "head"))
    play.wait(86_400).do(cmd.TurnDay())

    assert play.state.config_digest == "digest"
    assert play.issue() == "A001"


def test_an_answer_tells_of_the_commands_own_counter(content: Content) -> None:
    play = Play(content).open(1, 7)
    play.issue()
    play.do(cmd.Issue("layanan-1-0", "normal", None, "id", "A001"))
    play.call(1)
    play.do(cmd.Start(1))
    play.do(cmd.CallNext(7))

    command = cmd.Finish(1)
    events = decide(play.state, command, play.now_ms)
    play.do(command)
    answer = told_of(command)(play.state, events)

    assert [event.kind for event in events] == ["service.finished", "ticket.resumed", "ticket.called"]
    assert (answer["ticket"]["number"], answer["counter"]["counter"]) == ("A001", 1)
