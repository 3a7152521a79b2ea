"""Sixty clerks press at the same instant: each waiting ticket goes to one of them."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable

import pytest

from bench.load import Caller, Hub
from tests.hub.conftest import Running

COUNTERS = 60
TICKETS = 30


async def pressed_together(url: str, token: str, rounds: int) -> list[tuple[list[str], int]]:
    """Return for each round the numbers that were called and how many clerks were told that nobody waits."""
    hub = Hub(url, token)
    callers = [await Caller(hub).open() for _ in range(COUNTERS)]
    for number, caller in enumerate(callers, 1):
        await caller.post(f"/v1/counters/{number}/sign-in", {"clerk": f"P{number}"})
        await caller.post(f"/v1/counters/{number}/open", {})
    found = [await one_round(callers) for _ in range(rounds)]
    for caller in callers:
        caller.close()
    return found


async def one_round(callers: list[Caller]) -> tuple[list[str], int]:
    """Issue tickets, let every counter call at the same instant, and serve who was called."""
    services = [f"layanan-{k % 10}-{k % 3}" for k in range(TICKETS)]
    await asyncio.gather(*(callers[k].post("/v1/tickets", {"service": service}) for k, service in enumerate(services)))
    presses = (caller.post(f"/v1/counters/{number}/call-next", {}) for number, caller in enumerate(callers, 1))
    answers = await asyncio.gather(*presses)
    called = {n: json.loads(told) for n, (status, told, _) in enumerate(answers, 1) if status == 200}
    refused = [json.loads(told)["code"] for status, told, _ in answers if status != 200]
    for deed in ("start", "finish"):
        await asyncio.gather(*(callers[n - 1].post(f"/v1/counters/{n}/{deed}", {}) for n in called))
    return [answer["ticket"]["number"] for answer in called.values()], refused.count("nobody_waiting")


@pytest.mark.parametrize("rounds", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_each_ticket_is_called_once_every_time(start: Callable[[], Running], rounds: int) -> None:
    hub = start()
    found = asyncio.run(pressed_together(hub.url, hub.head.token, rounds))

    numbers = Counter(number for called, _ in found for number in called)
    assert [(len(called), idle) for called, idle in found] == [(TICKETS, COUNTERS - TICKETS)] * rounds
    assert len(numbers) == rounds * TICKETS
    assert max(numbers.values()) == 1
