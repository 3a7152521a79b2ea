"""What holds whatever anyone does: no number twice, no ticket at two counters, nobody forgotten, replay is truth."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bench.hall import generated_hall
from config.load import Content
from hub.engine import state_of
from hub.rules import commands as cmd
from hub.rules.calling import next_in_line
from hub.rules.refusal import Refused
from hub.rules.state import Place, State
from journal.line import Line, decode
from tests.hub.rules.play import Play

SERVICES = st.sampled_from([f"layanan-{agency}-{service}" for agency in range(2) for service in range(2)])
COUNTERS = st.integers(1, 4)
CLASSES = st.sampled_from(["normal", "priority", "booked"])
DEEDS = st.sampled_from([cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Start, cmd.Finish, cmd.Miss, cmd.Close])


def small_hall() -> Content:
    """Return two agencies with two counters each, one of them for priority first, helping each other out."""
    content = generated_hall(2, 2, 2)
    content["counters"][0]["priority"] = True
    content["counters"][1]["second_services"] = {"layanan-1-0": 3}
    return content


class Hall(RuleBasedStateMachine):
    """Visitors and clerks who do anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(small_hall())
        self.numbers: list[str] = []

    def attempt(self, command: cmd.Command) -> None:
        """Do something that the rules may refuse; a refusal changes nothing."""
        before = self.play.state
        try:
            self.play.do(command)
        except Refused:
            assert self.play.state == before

    @rule(service=SERVICES, ticket_class=CLASSES, seconds=st.integers(0, 400))
    def issue(self, service: str, ticket_class: str, seconds: int) -> None:
        """A visitor takes a number."""
        self.numbers.append(self.play.wait(seconds).issue(service, ticket_class))

    @rule(counter=COUNTERS)
    def open(self, counter: int) -> None:
        """A clerk begins."""
        self.attempt(cmd.SignIn(counter, "P01"))
        self.attempt(cmd.Open(counter))

    @rule(counter=COUNTERS, deed=DEEDS, seconds=st.integers(0, 60))
    def act(self, counter: int, deed: Any, seconds: int) -> None:
        """A clerk presses a key."""
        self.play.wait(seconds)
        self.attempt(deed(counter))

    @rule(at=st.integers(0, 30))
    def cancel(self, at: int) -> None:
        """A visitor changes their mind."""
        if self.numbers:
            self.attempt(cmd.Cancel(self.numbers[at % len(self.numbers)], "anjungan-1", False))

    @invariant()
    def no_number_twice(self) -> None:
        """Each number was given once."""
        assert len(set(self.numbers)) == len(self.numbers) == len(self.play.state.tickets)

    @invariant()
    def no_ticket_at_two_counters(self) -> None:
        """A ticket that is called or served is at one counter, and that counter knows it."""
        held = [counter.ticket for counter in self.play.state.counters.values() if counter.ticket]
        busy = sorted(t.number for t in self.play.state.tickets.values() if t.state in ("called", "serving"))

        assert sorted(held) == busy

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """Who waits stands in exactly one line, and every line is in order."""
        lines = list(self.play.state.lines.values())
        waiting = sorted(t.number for t in self.play.state.tickets.values() if t.state == "waiting")

        assert sorted(place.number for line in lines for place in line) == waiting
        assert all(list(line) == sorted(line) for line in lines)

    @invariant()
    def the_call_is_the_ticket_with_the_most_points(self) -> None:
        """Looking at the heads alone finds what looking at everyone would."""
        state, hall = self.play.state, self.play.state.hall
        assert hall
        for counter in hall.counters:
            found = next_in_line(state, hall, counter, self.play.now_ms)
            if found:
                assert found[0].place.number == best_of_all(state, counter.number, self.play.now_ms)

    def teardown(self) -> None:
        """The state is what a replay of the journal's bytes gives."""
        lines = [
            Line(seq, 0, 0, event.kind, event.version, event.body()) for seq, event in enumerate(self.play.events, 1)
        ]
        replayed = state_of([decode(line.encode()) for line in lines])

        assert replayed.lines.keys() == self.play.state.lines.keys()
        assert {n: t.state for n, t in replayed.tickets.items()} == {
            n: t.state for n, t in self.play.state.tickets.items()
        }
        assert dict(replayed.counters.items()) == dict(self.play.state.counters.items())


def best_of_all(state: State, number: int, now_ms: int) -> str:
    """Return the number to call at a counter, found by looking at every waiting ticket."""
    assert state.hall
    counter, hall = state.hall.counter_by_number[number], state.hall

    def rank(ticket: Any) -> tuple[bool, int, int, int]:
        waited = max(0, now_ms // 1000 - ticket.clock_ms // 1000)
        rule_of = hall.class_rule(ticket.ticket_class)
        points = 600 * rule_of.head_start_minutes + round(rule_of.weight * 10) * waited
        points -= 600 * counter.second_services.get(ticket.service, 0)
        return (counter.priority and ticket.ticket_class == "priority", points, -ticket.clock_ms, -ticket.issue)

    candidates = [t for t in state.tickets.values() if t.state == "waiting" and counter.serves(t.service)]
    return str(max(candidates, key=rank).number)


TestHall = Hall.TestCase
TestHall.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)


def test_a_place_is_ordered_by_its_clock_and_then_by_issue() -> None:
    assert Place(1, 9, "A009") < Place(2, 1, "A001") < Place(2, 2, "A002")
