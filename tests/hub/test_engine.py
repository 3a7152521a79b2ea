"""Commands that wait together commit together, and only what is on disk is answered and shown."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest

from bench.hall import generated_hall
from hub.carry import told
from hub.engine import Answer, Committed, Engine, HubStopped, RequestReused, request_of
from hub.rules import commands as cmd
from hub.rules.state import State
from journal.clock import SimulatedClock
from journal.store import JournalUnwritable, Transaction
from tests.conftest import monday


class FakeJournal:
    """A journal in memory that waits for its gate and can run out of disk."""

    def __init__(self) -> None:
        self.batches: list[list[Transaction]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.full = False

    def append(self, batch: Sequence[Transaction]) -> None:
        self.gate.wait(10)
        if self.full:
            raise JournalUnwritable(why="database or disk is full")
        self.batches.append(list(batch))


class Desk:
    """An engine that runs, and what it published."""

    def __init__(self) -> None:
        self.clock = SimulatedClock(None)
        self.clock.set(monday())
        self.journal = FakeJournal()
        self.published: list[Committed] = []
        self.engine = Engine(self.journal, State(), self.clock, (), self.published.append)

    async def issue(self, request: str, service: str = "layanan-0-0") -> Answer:
        command = cmd.Issue(service, "normal", None, "id")
        return await self.engine.submit(command, request_of(request, service.encode()), told)


def with_desk(play: Callable[[Desk], Awaitable[None]]) -> None:
    """Run a play with an engine on its open Monday."""

    async def run() -> None:
        desk = Desk()
        writing = asyncio.create_task(desk.engine.run())
        await desk.engine.act(cmd.Begin("mpp-uji", True, generated_hall(), "digest", "test"))
        await desk.engine.act(cmd.TurnDay())
        try:
            await play(desk)
        finally:
            desk.journal.gate.set()
            writing.cancel()
            desk.engine.close()

    asyncio.run(run())


def number(answer: Answer) -> Any:
    return json.loads(answer[1])["ticket"]["number"]


def test_commands_that_wait_together_commit_together() -> None:
    async def play(desk: Desk) -> None:
        desk.journal.gate.clear()
        first = asyncio.create_task(desk.issue("request-0"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        others = [asyncio.create_task(desk.issue(f"request-{i}")) for i in range(1, 6)]
        await asyncio.sleep(0)
        desk.journal.gate.set()
        answers = await asyncio.gather(first, *others)

        assert [number(answer) for answer in answers] == [f"A00{i}" for i in range(1, 7)]
        assert [len(batch) for batch in desk.journal.batches] == [1, 1, 1, 5]

    with_desk(play)


def test_nothing_is_answered_or_shown_before_it_is_on_disk() -> None:
    async def play(desk: Desk) -> None:
        desk.journal.gate.clear()
        waiting = asyncio.create_task(desk.issue("request-1"))
        for _ in range(20):
            await asyncio.sleep(0)

        assert not waiting.done()
        assert not desk.engine.committed.tickets
        assert [event.kind for seen in desk.published for event in seen.events][-1] == "day.opened"

        desk.journal.gate.set()
        await waiting
        assert list(desk.engine.committed.tickets) == ["A001"]
        assert desk.published[-1].events[0].kind == "ticket.issued"

    with_desk(play)


def test_the_same_request_gets_the_same_answer_and_acts_once() -> None:
    async def play(desk: Desk) -> None:
        desk.journal.gate.clear()
        together = [asyncio.create_task(desk.issue("request-1")) for _ in range(3)]
        await asyncio.sleep(0)
        desk.journal.gate.set()
        answers = {*await asyncio.gather(*together), await desk.issue("request-1")}

        assert len(answers) == 1
        assert len(desk.engine.committed.tickets) == 1

    with_desk(play)


def test_a_request_id_cannot_ask_for_something_else() -> None:
    async def play(desk: Desk) -> None:
        await desk.issue("request-1")
        with pytest.raises(RequestReused):
            await desk.issue("request-1", "layanan-0-1")

    with_desk(play)


def test_a_refusal_is_an_answer_too_and_stays_the_same() -> None:
    async def play(desk: Desk) -> None:
        answers = [await desk.issue("request-1", "layanan-99") for _ in range(2)]

        assert answers[0] == answers[1]
        assert (answers[0][0], json.loads(answers[0][1])["code"]) == (404, "service_not_found")
        assert not desk.journal.batches[-1][0].lines

    with_desk(play)


def test_answers_are_forgotten_after_48_hours_of_hall_time() -> None:
    async def play(desk: Desk) -> None:
        await desk.issue("request-1")
        desk.clock.set(monday() + 48 * 3_600_000)
        assert number(await desk.issue("request-1")) == "A001"
        desk.clock.set(monday() + 48 * 3_600_000 + 1)
        await desk.issue("request-2", "layanan-1-0")

        assert number(await desk.issue("request-1")) == "A001"
        assert sorted(desk.engine.committed.tickets) == ["A001", "B001"]

    with_desk(play)


def test_a_write_that_fails_stops_the_taking_of_commands_and_says_yes_to_nothing() -> None:
    async def play(desk: Desk) -> None:
        await desk.issue("request-1")
        desk.journal.full = True
        outcomes = await asyncio.gather(*(desk.issue(f"request-{i}") for i in (2, 3)), return_exceptions=True)
        desk.journal.full = False

        assert [type(outcome) for outcome in outcomes] == [HubStopped, HubStopped]
        assert list(desk.engine.committed.tickets) == ["A001"]
        assert len(desk.published) == 3
        with pytest.raises(HubStopped):
            await desk.issue("request-4")

    with_desk(play)


def test_whatever_goes_wrong_in_writing_nobody_waits_for_ever() -> None:
    async def play(desk: Desk) -> None:
        desk.journal.append = None  # type: ignore[method-assign, assignment]
        with pytest.raises(HubStopped):
            await desk.issue("request-1")

        assert desk.engine.failure

    with_desk(play)


def test_what_was_answered_before_is_still_answered_after_the_stop() -> None:
    async def play(desk: Desk) -> None:
        answer = await desk.issue("request-1")
        desk.journal.full = True
        with pytest.raises(HubStopped):
            await desk.issue("request-2")

        assert await desk.issue("request-1") == answer

    with_desk(play)
