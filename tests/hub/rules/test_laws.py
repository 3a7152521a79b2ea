"""What holds whatever anyone does: no number twice, no ticket at two counters, nobody forgotten, replay is truth."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bench.hall import generated_hall
from config.hall import Counter, Hall
from config.load import Content
from hub.engine import state_of
from hub.rules import commands as cmd
from hub.rules.calling import RULE, awaited, callable_at, next_in_line, points_of, reason_of, seconds
from hub.rules.event import event_of
from hub.rules.events import TicketCalled
from hub.rules.evolve import evolve
from hub.rules.refusal import Refused
from hub.rules.state import Happened, Place, State, Ticket
from hub.rules.visitor_commands import GiveBack
from journal.line import Line, decode
from tests.hub.rules.play import Play

SERVICES = st.sampled_from([f"layanan-{agency}-{service}" for agency in range(2) for service in range(2)])
COUNTERS = st.integers(1, 4)
CLASSES = st.sampled_from(["normal", "priority", "booked"])
DEEDS = st.sampled_from(
    [*[cmd.CallNext] * 3, *[cmd.Start, cmd.Finish] * 2, cmd.Recall, cmd.Miss, cmd.Hold, cmd.Withdraw, cmd.Close]
)
PICK = st.integers(0, 40)
JOB_STATES = ["sending", "sending", "done", "uncertain", "waiting", "assumed", "failed"]


def hall_of_two(discipline: str, priority_first: bool, behind: int, absent: int) -> Content:
    """Return two agencies with two counters each that help each other out, under one of the disciplines."""
    content = generated_hall(2, 2, 2)
    content["policy"] |= {"discipline": discipline, "starvation_limit_minutes": 10, "agency_absent_minutes": absent}
    content["counters"][0]["priority"] = priority_first
    content["counters"][1]["second_services"] = {"layanan-1-0": behind}
    content["agencies"][0]["services"][1]["bonus_minutes"] = behind
    return content


class Day(RuleBasedStateMachine):
    """Visitors, clerks and a head who do anything at any time, in a hall of any kind."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play(hall_of_two("points", False, 0, 1440))
        self.numbers: list[str] = []
        self.refusals: list[Refused] = []

    @initialize(
        discipline=st.sampled_from(["points", "points", "fifo", "strict"]),
        priority_first=st.booleans(),
        behind=st.integers(0, 5),
        absent=st.sampled_from([1440, 630]),
    )
    def begin(self, discipline: str, priority_first: bool, behind: int, absent: int) -> None:
        """Any hall."""
        self.play = Play(hall_of_two(discipline, priority_first, behind, absent))

    def attempt(self, command: cmd.Command) -> bool:
        """Do something that the rules may refuse; a refusal changes nothing."""
        before = self.play.state
        try:
            self.play.do(command)
        except Refused as refusal:
            self.refusals.append(refusal)
            assert self.play.state == before
            return False
        return True

    def any_number(self, pick: int) -> str:
        """Return some number, of those given if there are any."""
        return self.numbers[pick % len(self.numbers)] if self.numbers else "A001"

    @rule(service=SERVICES, ticket_class=CLASSES, wait=st.integers(0, 400), pick=PICK, again=st.booleans())
    def issue(self, service: str, ticket_class: str, wait: int, pick: int, again: bool) -> None:
        """A visitor takes a number, perhaps one more; some at a kiosk with a printer."""
        self.play.wait(wait)
        visit = self.any_number(pick) if again and self.numbers else None
        kiosk = "anjungan-1" if pick % 2 else None
        if self.attempt(cmd.Issue(service, ticket_class, kiosk, "id", visit)):
            self.numbers.append(self.play.events[-1].body()["number"])

    @rule(pick=PICK, said=st.lists(st.sampled_from(JOB_STATES), min_size=1, max_size=3), wait=st.integers(0, 70))
    def agent(self, pick: int, said: list[str], wait: int) -> None:
        """A printer's agent tells what became of a paper, and how its printer is."""
        self.attempt(cmd.ReportPrinter("anjungan-1-printer", "ONLINE" if pick % 3 else "PAPER_OUT"))
        jobs = sorted(self.play.state.jobs.keys())
        for state in said:
            self.play.wait(wait)
            self.attempt(cmd.TurnDay())
            if jobs:
                self.attempt(cmd.ReportJob(jobs[pick % len(jobs)], state, "process_id", "COVER_OPEN" * (pick % 2), 90))

    @rule(pick=PICK, staff=st.booleans())
    def reprint(self, pick: int, staff: bool) -> None:
        """Somebody wants one more paper, or none."""
        if pick % 5 == 0:
            word = ("noted", "out", "missing")[pick % 3]
            self.attempt(cmd.SettlePaper(self.any_number(pick), word, "loket-1"))
        self.attempt(cmd.Reprint(self.any_number(pick), None, "hilang", "loket-1", staff))

    @rule(counter=COUNTERS)
    def open(self, counter: int) -> None:
        """A clerk begins."""
        self.attempt(cmd.SignIn(counter, "P01"))
        self.attempt(cmd.Open(counter))

    @rule(counter=COUNTERS, deed=DEEDS, wait=st.integers(0, 60))
    def act(self, counter: int, deed: Any, wait: int) -> None:
        """A clerk presses a key."""
        self.play.wait(wait)
        self.attempt(deed(counter))

    @rule(counter=COUNTERS, service=SERVICES)
    def send_on(self, counter: int, service: str) -> None:
        """A clerk sends a visitor on to the next service."""
        self.attempt(cmd.Finish(counter, "done", service))

    @rule(counter=COUNTERS, pick=PICK)
    def call_number(self, counter: int, pick: int) -> None:
        """A clerk calls someone out of order."""
        self.attempt(cmd.CallNumber(counter, self.any_number(pick), "bayi sakit"))

    @rule(pick=PICK, service=SERVICES, counter=st.one_of(st.none(), COUNTERS))
    def transfer(self, pick: int, service: str, counter: int | None) -> None:
        """Someone is sent elsewhere."""
        self.attempt(cmd.Transfer(self.any_number(pick), service, counter, "loket-1"))

    @rule(
        service=SERVICES,
        counter=COUNTERS,
        quota=st.one_of(st.none(), st.integers(0, 9)),
        served=st.lists(SERVICES, max_size=2),
    )
    def head_changes_today(self, service: str, counter: int, quota: int | None, served: list[str]) -> None:
        """The head changes a quota, or what a counter serves, for today."""
        self.attempt(cmd.SetQuota(service, quota, "kepala"))
        self.attempt(cmd.AssignCounter(counter, tuple(served), "kepala"))

    @rule(pick=PICK, text=st.sampled_from(["", "berkas menyusul", "NIK 1608012345670001"]))
    def remark(self, pick: int, text: str) -> None:
        """A clerk writes a remark."""
        self.attempt(cmd.Remark(self.any_number(pick), text, lambda *parts: " ".join(parts), "loket-1"))

    @rule(pick=PICK, deed=st.sampled_from([cmd.Return, cmd.Resume]), wait=st.integers(0, 2000))
    def come_back(self, pick: int, deed: Any, wait: int) -> None:
        """Someone comes back."""
        self.play.wait(wait)
        self.attempt(deed(self.any_number(pick), "loket-1"))

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        """A visitor changes their mind."""
        self.attempt(cmd.Cancel(self.any_number(pick), "anjungan-1", False))

    @rule(pick=PICK)
    def give_back(self, pick: int) -> None:
        """A visitor gives a number back from the phone."""
        self.attempt(GiveBack(self.any_number(pick)))

    @rule(gap=st.integers(61, 600))
    def power_fails(self, gap: int) -> None:
        """The hall stands still for a while."""
        before = self.play.now_ms
        self.play.wait(gap)
        self.attempt(cmd.NoteInterruption(before, self.play.now_ms))

    @rule(mode=st.sampled_from(["open", "closed", "hours"]), scope=st.sampled_from(["hall", "agency:instansi-0"]))
    def force(self, mode: str, scope: str) -> None:
        """The head opens and closes."""
        self.attempt(cmd.Force(scope, mode, "alasan uji", None, "head"))

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
        """Who waits stands in exactly one line, nobody else does, and every line is in order."""
        lines = list(self.play.state.lines.values())
        waiting = sorted(t.number for t in self.play.state.tickets.values() if t.state == "waiting")

        assert sorted(place.number for line in lines for place in line) == waiting
        assert all(list(line) == sorted(line) for line in lines)

    @invariant()
    def nobody_is_at_two_places(self) -> None:
        """Of a visitor's numbers at most one is called or served."""
        busy = [t.visit for t in self.play.state.tickets.values() if t.state in ("called", "serving")]

        assert len(set(busy)) == len(busy)

    @invariant()
    def the_call_is_the_ticket_with_the_most_points(self) -> None:
        """Looking at the heads alone finds what looking at everyone would."""
        state, hall = self.play.state, self.play.state.hall
        assert hall
        for counter in hall.counters:
            found = next_in_line(state, hall, counter, self.play.now_ms)
            best = best_of_all(state, hall, counter, self.play.now_ms)
            assert (found[0].place.number if found else None) == best

    @invariant()
    def quotas_count_the_numbers_that_are_out(self) -> None:
        """What was given of a service are its tickets that were not cancelled."""
        for service in (f"layanan-{agency}-{k}" for agency in range(2) for k in range(2)):
            out = [t for t in self.play.state.tickets.values() if t.service == service and t.state != "cancelled"]
            assert (self.play.state.given.get(service) or 0) == len(out)

    @invariant()
    def every_second_paper_is_marked(self) -> None:
        """Of the papers of a number that may be out, one is unmarked; the hub itself asks for one more at most once."""
        for number in self.numbers:
            jobs = self.play.state.jobs_of(number)
            begun = [job.copy for job in jobs if job.attempt]
            assert begun == list(range(len(begun)))
            assert sum(job.by == "hub" for job in jobs) <= 1

    @invariant()
    def what_waits_for_a_printer_is_known(self) -> None:
        """The index of waiting papers is right."""
        state = self.play.state

        assert sorted(state.queued) == sorted(job.job for job in state.jobs.values() if job.state == "queued")

    def teardown(self) -> None:
        """The state is what a replay of the journal's bytes gives, and the rule makes every call again."""
        self.play.wait(86_400 * 2)
        open_before = [t.number for t in self.play.state.tickets.values() if t.state in ("waiting", "called", "held")]
        live = self.play.state
        lines = self.play.lines
        replayed = state_of([decode(line.encode()) for line in lines])

        assert replayed == live
        assert all(all(refusal.words.values()) for refusal in self.refusals)
        check_every_call(lines)
        events = self.play.do(cmd.TurnDay())
        assert [e.body()["number"] for e in events if e.kind == "ticket.unserved"] == sorted(
            open_before, key=lambda number: live.tickets[number].issue
        )


def check_every_call(lines: list[Line]) -> None:
    """Replay a journal through the rule and demand every call by points again, with its reason."""
    state = State()
    for line in lines:
        happened = Happened(line.seq, line.hall_ms, event_of(line))
        event = happened.event
        if isinstance(event, TicketCalled) and event.reason and event.reason["rule"] == RULE:
            assert state.hall
            counter = state.hall.counter_by_number[event.counter]
            found = next_in_line(state, state.hall, counter, line.hall_ms)
            assert found[0].place.number == event.number
            assert reason_of(found, counter) == event.reason
        state = evolve(state, happened)


def best_of_all(state: State, hall: Hall, counter: Counter, now_ms: int) -> str | None:
    """Return the number to call at a counter, found by looking at every waiting ticket."""

    def rank(ticket: Ticket) -> tuple[Any, ...]:
        waited_s = seconds(ticket.clock_ms, now_ms)
        points = points_of(hall, ticket.service, ticket.ticket_class, waited_s, ticket.extra_minutes)
        points -= 600 * (0 if ticket.service in counter.services else counter.second_services[ticket.service])
        starved = hall.policy.discipline == "strict" and waited_s >= 600
        return (
            awaited(ticket, counter.number, now_ms),
            counter.priority and ticket.ticket_class == "priority",
            starved,
            waited_s if starved else points,
            -ticket.clock_ms,
            -ticket.issue,
        )

    candidates = [
        ticket
        for ticket in state.tickets.values()
        if ticket.state == "waiting"
        and counter.serves(ticket.service)
        and callable_at(state, ticket, counter.number, now_ms)
    ]
    return max(candidates, key=rank).number if candidates else None


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)


def test_a_place_is_ordered_by_its_clock_and_then_by_issue() -> None:
    assert Place(1, 9, "A009") < Place(2, 1, "A001") < Place(2, 2, "A002")
