"""The few threads in which requests ask."""

import asyncio
from threading import Event, Semaphore

import pytest

from region.askers import Askers
from region.errors import Busy, NotFound

SOON_S = 10.0
"""Far longer than anything here takes; what does not come by then does not come."""


def test_as_many_ask_at_a_time_as_there_are_threads_and_the_next_one_when_one_is_free() -> None:
    begun, end = Semaphore(0), Event()

    def question(number: int) -> int:
        begun.release()
        assert end.wait(SOON_S)
        return number

    async def ask() -> list[int]:
        askers = Askers(threads=2, wait_s=SOON_S)
        asking = [asyncio.create_task(askers.ask(question, number)) for number in range(5)]
        for _ in range(2):
            assert await asyncio.to_thread(begun.acquire, timeout=SOON_S)
        assert not begun.acquire(blocking=False)
        end.set()
        return await asyncio.gather(*asking)

    assert asyncio.run(ask()) == [0, 1, 2, 3, 4]


def test_who_waits_too_long_for_a_thread_is_asked_to_come_back_and_one_that_has_a_thread_is_not() -> None:
    begun, end = Event(), Event()

    def slow() -> str:
        begun.set()
        assert end.wait(SOON_S)
        return "answer"

    async def ask() -> tuple[str, str]:
        askers = Askers(threads=1, wait_s=0.01)
        first = asyncio.create_task(askers.ask(slow))
        assert await asyncio.to_thread(begun.wait, SOON_S)
        with pytest.raises(Busy):
            await askers.ask(slow)
        end.set()
        return await first, await askers.ask(slow)

    assert asyncio.run(ask()) == ("answer", "answer")


def test_a_question_that_fails_says_why_and_gives_its_thread_back() -> None:
    def fail() -> None:
        raise NotFound

    async def ask() -> str:
        askers = Askers(threads=1, wait_s=SOON_S)
        for _ in range(3):
            with pytest.raises(NotFound):
                await askers.ask(fail)
        return await askers.ask(str, "answer")

    assert asyncio.run(ask()) == "answer"
