"""Who is let in while many halls come at once."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from region.admission import CATCHING_UP_LINES, CATCHING_UP_PLACES, Admission
from region.errors import Busy

MANY = CATCHING_UP_LINES + 1


def test_a_hall_that_is_up_to_date_finds_room_while_others_catch_up() -> None:
    async def arrive() -> None:
        admission = Admission(wait_s=0.01)
        async with AsyncExitStack() as inside:
            for number in range(CATCHING_UP_PLACES):
                await inside.enter_async_context(admission.place(f"hall-{number}", MANY))
            with pytest.raises(Busy):
                await inside.enter_async_context(admission.place("late", MANY))
            await inside.enter_async_context(admission.place("live", 5))

    asyncio.run(arrive())


def test_one_batch_of_a_hall_is_under_way_at_a_time() -> None:
    async def arrive() -> None:
        admission = Admission()
        async with admission.place("hall", 5):
            with pytest.raises(Busy):
                await admission.place("hall", 5).__aenter__()
        async with admission.place("hall", 5):
            pass

    asyncio.run(arrive())


def test_those_who_wait_are_let_in_in_order() -> None:
    async def arrive() -> list[int]:
        admission, order = Admission(wait_s=10), []

        async def visit(number: int) -> None:
            async with admission.place(f"hall-{number}", MANY):
                order.append(number)
                await asyncio.sleep(0)

        await asyncio.gather(*(visit(number) for number in range(40)))
        return order

    assert asyncio.run(arrive()) == list(range(40))


def test_a_place_is_given_back_however_it_was_left() -> None:
    async def arrive() -> None:
        admission = Admission(wait_s=0.01)
        for _ in range(CATCHING_UP_PLACES * 2):
            with pytest.raises(RuntimeError):
                async with admission.place("hall", MANY):
                    raise RuntimeError

    asyncio.run(arrive())


def test_a_refusal_asks_to_come_back() -> None:
    assert (Busy.status, Busy.code) == (429, "busy")
