"""Who is let in while many halls come at once."""

import asyncio
from contextlib import AsyncExitStack, suppress

import pytest

from region.admission import Admission
from region.errors import Busy

Visit = tuple[str, int]
"""A hall, and how many lines its batch has."""


async def admitted(*visits: Visit) -> list[str]:
    """Return the halls in the order in which they are let in through one place; one comes again when it was in."""
    admission, order = Admission(places=1, wait_s=10), list[str]()

    async def come(hall: str) -> None:
        for lines in [lines for name, lines in visits if name == hall]:
            async with admission.place(hall, lines):
                order.append(hall)

    async with admission.place("inside", 1):
        coming = [asyncio.create_task(come(hall)) for hall in dict(visits)]
        await asyncio.sleep(0)
    await asyncio.gather(*coming)
    return order


def test_who_brings_few_lines_does_not_wait_for_backlogs() -> None:
    backlogs = [(f"away-{number}", 1_000) for number in range(40)]
    assert asyncio.run(admitted(*backlogs, ("open", 300)))[0] == "open"


def test_backlogs_whose_batches_grow_go_in_by_turns() -> None:
    visits = [("first", 200), ("first", 400), ("second", 200), ("third", 200), ("second", 400)]
    assert asyncio.run(admitted(*visits)) == ["first", "second", "third", "first", "second"]


def test_those_who_bring_as_much_are_let_in_as_they_came() -> None:
    visits = [(f"hall-{number:02d}", 200) for number in range(40)]
    assert asyncio.run(admitted(*visits)) == [hall for hall, _ in visits]


def test_who_waits_too_long_is_asked_to_come_back() -> None:
    async def arrive() -> None:
        admission = Admission(places=1, wait_s=0.01)
        async with admission.place("inside", 5):
            with pytest.raises(Busy):
                await admission.place("late", 5).__aenter__()
        async with admission.place("late", 5):
            pass

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


def test_a_place_is_given_back_however_it_was_left() -> None:
    async def arrive() -> None:
        admission = Admission(places=2, wait_s=0.01)
        for _ in range(4):
            with pytest.raises(RuntimeError):
                async with admission.place("hall", 500):
                    raise RuntimeError

    asyncio.run(arrive())


@pytest.mark.parametrize("has_been_let_in", [False, True])
def test_who_goes_away_while_waiting_keeps_no_place(has_been_let_in: bool) -> None:
    async def wait_in(admission: Admission) -> None:
        async with admission.place("gone", 5):
            raise AssertionError("who has gone away was let in")

    async def arrive() -> None:
        admission = Admission(places=1, wait_s=0.01)
        async with AsyncExitStack() as inside:
            await inside.enter_async_context(admission.place("inside", 5))
            gone = asyncio.create_task(wait_in(admission))
            await asyncio.sleep(0)
            if has_been_let_in:
                await inside.aclose()
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone
        async with admission.place("next", 5):
            pass

    asyncio.run(arrive())


def test_a_refusal_asks_to_come_back() -> None:
    assert (Busy.status, Busy.code) == (429, "busy")
