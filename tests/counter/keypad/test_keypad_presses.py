"""A press is carried out once, whatever becomes of the hub's answer."""

from threading import Event

import pytest

from counter.keypad.desk import Desk
from counter.keypad.presses import Presses, Reply
from tests.counter.keypad.fakes import COUNTER, FakeHub, FakeTime, Link


class Counter:
    """A counter with a hub, a clock, and a keypad that is pressed without a wire."""

    def __init__(self, state: str = "open", clerk: str | None = None, waiting: int = 3) -> None:
        self.time, desk = FakeTime(), Desk(Event())
        self.hub = FakeHub(desk, state=state, waiting=waiting)
        self._presses = Presses("keypad", self.hub, desk, {COUNTER: clerk}.get, self.time)

    def press(self, key: str, after_s: float = 10.0) -> str:
        """Press a key so long after the last one and return what the display shows."""
        self.time.now += after_s
        reply = self._presses.press(COUNTER, key)
        return reply.code or reply.text


def test_a_round_with_next_and_finish_alone() -> None:
    counter = Counter()

    shown = [counter.press(key) for key in "NFNF"]

    assert shown == ["A017", "2", "A018", "1"]
    assert counter.hub.deeds == ["call-next", "start A017", "finish A017", "call-next", "start A018", "finish A018"]


def test_the_keys_of_the_field_each_do_their_deed() -> None:
    counter = Counter()

    shown = [counter.press(key) for key in ("N", "R", "S", "N", "P", "C42", "B", "T2")]

    assert shown == ["A017", "A017", "2", "A018", "1", "A042", "A042", "0"]
    assert counter.hub.deeds[-3:] == ["call-number A042 Dipanggil dengan papan tombol", "start A042",
                                      "transfer layanan-0-1 A042"]  # fmt: skip


def test_next_is_refused_while_somebody_is_at_the_counter() -> None:
    counter = Counter()

    assert [counter.press("N"), counter.press("N"), counter.press("B"), counter.press("N")] == [
        "A017", "BUSY", "A017", "BUSY",
    ]  # fmt: skip
    assert counter.hub.deeds == ["call-next", "start A017"]


def test_an_empty_queue_and_an_empty_counter_are_told() -> None:
    counter = Counter(waiting=0)

    assert [counter.press("N"), counter.press("F"), counter.press("R")] == ["EMPTY"] * 3


def test_next_opens_the_counter_of_a_clerk_who_is_named_and_of_nobody_else() -> None:
    unnamed, named = Counter("closed"), Counter("closed", clerk="P05")

    assert (unnamed.press("N"), named.press("N")) == ("CLOSED", "A017")
    assert named.hub.deeds == ["sign-in P05", "open", "call-next"]


@pytest.mark.parametrize("link", ["away", "answers lost"])
def test_a_press_that_the_hub_did_not_answer_is_asked_for_again_and_done_once(link: Link) -> None:
    counter = Counter()
    counter.hub.link = link
    unanswered = counter.press("N")
    counter.hub.link = "up"

    again = counter.press("N", after_s=3.0)

    assert (unanswered, again) == ("BUSY", "A017")
    assert counter.hub.deeds == ["call-next"]


def test_a_finish_that_broke_in_the_middle_goes_on_where_it_was() -> None:
    counter = Counter()
    counter.press("N")
    counter.hub.link = "answers lost"
    unanswered = [counter.press("F"), counter.press("F", after_s=3.0)]
    counter.hub.link = "up"

    assert (unanswered, counter.press("F", after_s=3.0)) == (["BUSY", "BUSY"], "2")
    assert counter.hub.deeds == ["call-next", "start A017", "finish A017"]


def test_a_second_press_within_two_seconds_of_an_unanswered_one_is_not_even_asked() -> None:
    counter = Counter()
    counter.hub.link = "away"

    shown = [counter.press("N"), counter.press("N", after_s=0.1), counter.press("N", after_s=1.8)]

    assert shown == ["BUSY"] * 3
    assert counter.hub.asked == ["call-next"]


def test_a_second_press_right_after_an_answer_is_asked() -> None:
    counter = Counter(waiting=0)

    assert [counter.press("N"), counter.press("N", after_s=0.5)] == ["EMPTY", "EMPTY"]
    assert counter.hub.asked == ["call-next"] * 2


def test_another_key_and_a_long_time_end_what_was_not_answered() -> None:
    counter = Counter()
    counter.hub.link = "answers lost"
    counter.press("N")
    counter.hub.link = "up"

    shown = [counter.press("F", after_s=1.0), counter.press("N", after_s=1.0)]
    counter.hub.link = "away"
    counter.press("F")
    counter.hub.link = "up"
    shown.append(counter.press("F", after_s=11.0))

    assert shown == ["2", "A018", "1"]


def test_before_the_hub_has_spoken_a_press_is_refused() -> None:
    hub, desk = Counter().hub, Desk(Event())

    assert Presses("keypad", hub, desk, {}.get).press(COUNTER, "N") == Reply(code="BUSY")
    assert hub.asked == []


def test_every_press_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    counter = Counter(waiting=1)

    for key in "NFN":
        counter.press(key)

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("keypad ")]
    assert told == ["keypad 5 N A017", "keypad 5 F 0", "keypad 5 N EMPTY"]
