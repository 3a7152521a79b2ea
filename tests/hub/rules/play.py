"""Plays commands on the rules alone, without a hub."""

from typing import Any

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.decide import decide, happenings
from hub.rules.events import Event
from hub.rules.evolve import evolve_all
from hub.rules.state import State
from journal.line import Line
from tests.conftest import monday


class Play:
    """A hall on its Monday: `do` carries a command out, `at` sets the clock. All events are kept."""

    def __init__(self, content: Content, clock: str = "10:00") -> None:
        self.now_ms = monday(clock)
        self.state = State()
        self.events: list[Event] = []
        self.lines: list[Line] = []
        self.do(cmd.Begin("mpp", False, content, "digest", "test"))
        self.do(cmd.TurnDay())

    def at(self, clock: str) -> "Play":
        """Set the time of this Monday."""
        self.now_ms = monday(clock)
        return self

    def wait(self, seconds: float) -> "Play":
        """Let time pass."""
        self.now_ms += round(seconds * 1000)
        return self

    def do(self, command: cmd.Command) -> list[Event]:
        """Carry a command out; Refused where the rules say no."""
        events = decide(self.state, command, self.now_ms)
        self.lines += [
            Line(self.state.seq + place, self.now_ms, self.now_ms, event.kind, event.version, event.body())
            for place, event in enumerate(events, 1)
        ]
        self.state = evolve_all(self.state, happenings(self.state, events, self.now_ms))
        self.events += events
        return events

    def issue(self, service: str = "layanan-0-0", ticket_class: str = "normal", kiosk: str | None = None) -> str:
        """Issue a ticket and return its number."""
        issued: Any = self.do(cmd.Issue(service, ticket_class, kiosk, "id"))[0]
        return str(issued.number)

    def open(self, *counters: int) -> "Play":
        """Open counters with a clerk each."""
        for counter in counters:
            self.do(cmd.SignIn(counter, f"P{counter:02d}"))
            self.do(cmd.Open(counter))
        return self

    def call(self, counter: int) -> str:
        """Call the next ticket and return its number."""
        called: Any = self.do(cmd.CallNext(counter))[0]
        return str(called.number)
