"""Help rings until somebody goes, and says where, never who."""

import pytest

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from tests.hub.rules.play import Play


def test_who_rings_twice_rings_once_until_somebody_goes(content: Content) -> None:
    play = Play(content)
    ask = cmd.AskHelp("pickup", "anjungan-1", "anjungan-1")

    kinds = [
        [event.kind for event in play.do(command)]
        for command in (ask, ask, cmd.AnswerHelp("pickup@anjungan-1", "loket-1"), ask)
    ]

    assert kinds == [["help.asked"], [], ["help.answered"], ["help.asked"]]


def test_help_is_answered_once(content: Content) -> None:
    play = Play(content)
    play.do(cmd.AskHelp("emergency", "3", "loket-3"))
    play.do(cmd.AnswerHelp("emergency@3", "loket-1"))

    with pytest.raises(Refused, match="help_not_found"):
        play.do(cmd.AnswerHelp("emergency@3", "loket-2"))
    with pytest.raises(Refused, match="place_not_found"):
        play.do(cmd.AskHelp("staff", "anjungan-9", "anjungan-9"))


def test_yesterdays_ring_is_over(content: Content) -> None:
    play = Play(content)
    play.do(cmd.AskHelp("staff", "anjungan-1", "anjungan-1"))

    play.wait(86_400).do(cmd.TurnDay())

    assert len(play.state.helps) == 0
