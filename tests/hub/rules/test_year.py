"""What `may_issue` says is what issuing does, at every minute of a year."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from config.hall import Hall
from config.load import Content, read
from hub.rules import commands as cmd
from hub.rules.decide import decide, happenings
from hub.rules.evolve import evolve_all
from hub.rules.issuing import may_issue
from hub.rules.refusal import Refused
from hub.rules.state import State, moment
from tests.conftest import HALLS, JAKARTA

YEAR = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
HALL_FILES = ["mpp-muara-enim", "mpp-oku-timur"]
CODES = {"holiday", "weekday", "not_open", "closed", "last_ticket", "agency_absent", "agency_gone", None}


def days(content: Content, on: list[date]) -> Iterator[tuple[State, Hall, date]]:
    """Yield the state of a hall at the beginning of some days, with the first counter of every other agency open."""
    state = State()
    for day in on:
        midnight = at(content, day, 0)
        commands: list[cmd.Command] = [cmd.TurnDay()]
        if not state.seq:
            commands = [cmd.Begin("hall", True, content, "digest", "test"), *commands]
        for command in commands:
            events = decide(state, command, midnight)
            state = evolve_all(state, happenings(state, events, midnight))
        hall = state.hall
        assert hall
        opened = state
        for agency in hall.agencies[::2]:
            number = next(counter.number for counter in hall.counters if counter.agency == agency.id)
            for deed in (cmd.SignIn(number, "P01"), cmd.Open(number)):
                events = decide(opened, deed, midnight)
                opened = evolve_all(opened, happenings(opened, events, midnight))
        yield opened, hall, day


def at(content: Content, day: date, minute: int) -> int:
    """Return a minute of a day as hall time in ms; both halls are in Jakarta."""
    return round(datetime(day.year, day.month, day.day, tzinfo=JAKARTA).timestamp() * 1000) + minute * 60_000


def differing(
    content: Content, on: list[date], minutes: list[int], agencies: int = 99
) -> tuple[list[object], set[str | None]]:
    """Return where saying and doing differ, and every code that was said, for so many agencies at each minute."""
    wrong: list[object] = []
    said: set[str | None] = set()
    for state, hall, day in days(content, on):
        for minute in minutes:
            now = at(content, day, minute)
            first = minute % len(hall.agencies)
            for agency in (*hall.agencies[first:], *hall.agencies[:first])[:agencies]:
                service = agency.services[minute % len(agency.services)].id
                refusal = may_issue(state, service, moment(hall, now))
                told = refusal.code if refusal else None
                said.add(told)
                if told != done(state, service, now):
                    wrong.append((day, minute, service, told))
    return wrong, said


def done(state: State, service: str, now: int) -> str | None:
    """Return what issuing does: the code of its refusal, None where it gives a number."""
    try:
        decide(state, cmd.Issue(service, "normal", None, "id"), now)
    except Refused as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("name", HALL_FILES)
def test_at_the_edges_of_every_day_of_a_year(name: str) -> None:
    edges = [0, 449, 450, 480, 494, 495, 720, 839, 840, 869, 870, 899, 900, 1439]

    wrong, said = differing(read(HALLS / f"{name}.toml"), YEAR[::5], edges)

    assert wrong == []
    assert said >= {"holiday", "weekday", "not_open", "closed", "last_ticket", "agency_absent", None}
    assert said <= CODES


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", HALL_FILES)
def test_at_every_minute_of_a_year(name: str) -> None:
    wrong, _ = differing(read(HALLS / f"{name}.toml"), YEAR, list(range(1440)), agencies=2)

    assert wrong == []
