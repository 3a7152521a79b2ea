"""What visitors may do by themselves, by the rules alone."""

from collections.abc import Callable

import pytest

from config.load import Content
from hub.codes import Codes
from hub.rules import commands as cmd
from hub.rules.events import SurveyAnswered
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.standing import call_expected, people_ahead
from hub.rules.state import moment
from hub.rules.visitor_commands import GiveBack
from hub.rules.visitors import answered, rated
from hub.survey.elements import ELEMENTS
from hub.survey.tickets import CodeIndex
from tests.hub.rules.play import Play

GOOD = dict.fromkeys(ELEMENTS, 3)
ABOUT = ("instansi-0", "layanan-0-0")


def said(play: Play, scores: dict[str, int], facts: dict[str, str], about: tuple[str, str] = ABOUT) -> SurveyAnswered:
    now = moment(hall_of(play.state), play.now_ms)
    return answered(play.state, about, scores, facts, "code", now)


def test_a_printed_number_may_be_given_back_from_the_phone(content: Content) -> None:
    play = Play(content)
    number = play.issue(kiosk="anjungan-1")
    play.do(cmd.ReportJob(f"{number}-0", "sending", None, ""))

    with pytest.raises(Refused, match="already_printing"):
        play.do(cmd.Cancel(number, "anjungan-1", staff=False))
    events = play.do(GiveBack(number))

    assert [(event.kind, event.body()["by"]) for event in events] == [("ticket.cancelled", "phone")]


def test_an_answer_is_checked_before_it_is_kept(content: Content) -> None:
    play = Play(content)

    answer = said(play, GOOD, {"sex": "male"})

    assert (answer.agency, answer.service, answer.trial) == ("instansi-0", "layanan-0-0", False)
    for scores, facts in (
        ({}, {}), (GOOD | {"U1": 0}, {}), (GOOD | {"U1": 5}, {}), (GOOD | {"U10": 3}, {}), (GOOD, {"name": "x"}),
        (GOOD, {"sex": "x"}),
    ):  # fmt: skip
        with pytest.raises(Refused, match="survey_incomplete"):
            said(play, scores, facts)
    for about in (("nowhere", ""), ("instansi-0", "layanan-1-0")):
        with pytest.raises(Refused):
            said(play, GOOD, {}, about)
    with pytest.raises(Refused, match="rating_unknown"):
        rated(play.state, ABOUT, 5, "code")


def test_answers_of_a_trial_are_marked(content: Content) -> None:
    play = Play(content)
    play.do(cmd.SetTrial(on=True, by="head"))

    assert said(play, GOOD, {}).trial
    assert rated(play.state, ABOUT, 4, "tablet").trial


def test_people_ahead_are_those_who_would_be_called_before(content: Content) -> None:
    play = Play(content)
    numbers = [play.issue() for _ in range(3)]
    play.wait(60)
    priority = play.issue(ticket_class="priority")
    play.wait(60)
    state, hall = play.state, hall_of(play.state)
    now = moment(hall, play.now_ms)

    ahead = {number: people_ahead(state, hall, "layanan-0-0", state.tickets[number], now) for number in numbers}

    # Two minutes of waiting against one that counts for three: 1,200 points against 1,800.
    assert ahead == {number: at + 1 for at, number in enumerate(numbers)}
    assert people_ahead(state, hall, "layanan-0-0", state.tickets[priority], now) == 0


def test_a_forecast_needs_a_counter_and_grows_with_the_people_ahead(content: Content) -> None:
    play = Play(content)
    first, second = play.issue(), play.issue()
    hall, now = hall_of(play.state), moment(hall_of(play.state), play.now_ms)
    nobody = call_expected(play.state, hall, play.state.tickets[first], now)
    play.do(cmd.SignIn(1, "P01"))
    play.do(cmd.Open(1))

    soon = call_expected(play.state, hall, play.state.tickets[first], now)
    later = call_expected(play.state, hall, play.state.tickets[second], now)

    assert nobody is None
    assert soon
    assert later
    assert now.ms <= soon[0] <= soon[1] < later[1]


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return how many codes have been derived."""
    derived = []
    plain = Codes.of_ticket

    def counted(self: Codes, date: str, number: str) -> str:
        derived.append(number)
        return plain(self, date, number)

    monkeypatch.setattr(Codes, "of_ticket", counted)
    return lambda: len(derived)


def test_each_code_of_the_day_is_derived_once(content: Content, counting: Callable[[], int]) -> None:
    play, codes = Play(content), Codes(b"k" * 32)
    index = CodeIndex(codes)
    numbers = [play.issue() for _ in range(20)]
    code = codes.of_ticket(play.state.date, numbers[7])

    found = [index.find(play.state, each) for each in (code, code.lower(), "0" * 10, "", "é" * 10)]
    derived = counting()
    play.issue()
    again = index.find(play.state, code)

    assert [ticket.number if ticket else None for ticket in (*found, again)] == [
        numbers[7], numbers[7], None, None, None, numbers[7],
    ]  # fmt: skip
    assert derived == 21
    assert counting() == 22


def test_letters_that_only_look_like_those_of_a_code_are_none(content: Content) -> None:
    play, codes = Play(content), Codes(b"k" * 32)
    of_day = [codes.of_ticket(play.state.date, play.issue()) for _ in range(20)]
    code = next(code for code in of_day if "S" in code)

    found = [CodeIndex(codes).find(play.state, each) for each in (code, code.replace("S", "\u017f"))]

    assert found[0]
    assert found[1] is None
