"""How fast the hub answers durably, and how soon a call is on a TV."""

import asyncio
import contextlib
import json
import os
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from websockets.asyncio.client import connect

from bench.figures import Figure, percentile, spread
from bench.hall import hall_file
from bench.load import Caller, Hub
from cli.processes import Process, start_hub
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client

TEN_ON_MONDAY_MS = 1_796_007_600_000
BLOCK_BYTES = 4096
SYNCS = 500
CALLS_PAINTED = 150
LISTENING_S = 30.0
COUNTERS_AN_AGENCY = 6
SERVICES = [f"layanan-{agency}-{service}" for agency in range(10) for service in range(3)]

Deed = Callable[[Caller, int, int], Awaitable[float]]


def measure() -> list[Figure]:
    """Measure the hub of a generated hall without quotas, beside an append and fdatasync of the same disk."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-bench-")))
        head = cleaning.enter_context(running(folder))
        hub = Hub(head.url, head.token)
        disk = synced(folder / "blocks")
        figures = spread("append 4 KiB and fdatasync", disk)
        bound = round(percentile(disk, 50) * 1000 + 2, 2)
        for callers, commands in ((1, 1500), (8, 12000)):
            figures += asyncio.run(closed_loops(hub, callers, commands, bound))
        figures += asyncio.run(sixty(hub))
        figures += painted(head, folder)
    return figures


@contextlib.contextmanager
def running(folder: Path) -> Iterator[HubClient]:
    """Run a hub on a generated hall, at ten o'clock of a Monday, and yield its head's client."""
    process, _ = start_hub(hall_file(folder / "hall.toml"), folder / "data", "--simulated")
    head = head_client(folder / "data")
    head.set_clock(TEN_ON_MONDAY_MS)
    try:
        yield head
    finally:
        head.close()
        process.end()


def synced(path: Path) -> list[float]:
    """Return the seconds of appending a block to a file and having the disk keep it, again and again."""
    seconds = []
    block = os.urandom(BLOCK_BYTES)
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            started = time.perf_counter()
            file.write(block)
            os.fdatasync(file.fileno())
            seconds.append(time.perf_counter() - started)
    return seconds


async def issue(caller: Caller, number: int, turn: int) -> float:
    """Issue a ticket and return the seconds."""
    return await done(caller, "/v1/tickets", {"service": SERVICES[(number * 7 + turn) % len(SERVICES)]})


async def call_next(caller: Caller, number: int, _: int) -> float:
    """Issue, call, start and finish; return the seconds of the call."""
    counter = number * COUNTERS_AN_AGENCY % 60 + number // 10 + 1
    await done(caller, "/v1/tickets", {"service": f"layanan-{(counter - 1) // COUNTERS_AN_AGENCY}-0"})
    seconds = await done(caller, f"/v1/counters/{counter}/call-next", {})
    for deed in ("start", "finish"):
        await done(caller, f"/v1/counters/{counter}/{deed}", {})
    return seconds


async def done(caller: Caller, path: str, body: dict[str, object]) -> float:
    """Send a command that must be done, and return the seconds."""
    status, told, seconds = await caller.post(path, body)
    if status != 200:
        raise RuntimeError(f"{path}: {status} {told!r}")
    return seconds


async def open_counters(hub: Hub, callers: int) -> None:
    """Open the counters at which so many callers work."""
    caller = await Caller(hub).open()
    for number in range(callers):
        counter = number * COUNTERS_AN_AGENCY % 60 + number // 10 + 1
        await caller.post(f"/v1/counters/{counter}/sign-in", {"clerk": f"P{counter}"})
        await caller.post(f"/v1/counters/{counter}/open", {})
    caller.close()


async def closed_loops(hub: Hub, callers: int, commands: int, bound_ms: float) -> list[Figure]:
    """Return latency and rate of issuing and calling with callers who each send the next when the last is answered."""
    await open_counters(hub, callers)
    figures = []
    for name, deed, each in (("issue", issue, 1), ("call-next", call_next, 4)):
        seconds, elapsed = await together(hub, callers, commands // callers // each, deed)
        label = f"{name}, {callers} caller{'s' * (callers > 1)}"
        p50 = f"<= {bound_ms}" if callers == 1 else ""
        figures += spread(label, seconds, "fdatasync p50 + 2 ms" if p50 else "", p50)
        rate_bound = ">= 1200" if callers > 1 and name == "issue" else ""
        unit = "/s" if each == 1 else "commands/s"
        figures.append(Figure(f"{label}, rate", round(len(seconds) * each / elapsed), unit, "", rate_bound))
    return figures


async def together(hub: Hub, callers: int, turns: int, deed: Deed) -> tuple[list[float], float]:
    """Return the seconds of every deed of callers at work together, and how long all took."""
    connections = [await Caller(hub).open() for _ in range(callers)]

    async def work(number: int, caller: Caller) -> list[float]:
        return [await deed(caller, number, turn) for turn in range(turns)]

    started = time.perf_counter()
    found = await asyncio.gather(*(work(number, caller) for number, caller in enumerate(connections)))
    elapsed = time.perf_counter() - started
    for caller in connections:
        caller.close()
    return [seconds for times in found for seconds in times], elapsed


async def sixty(hub: Hub, callers: int = 60, rate: float = 60.0, length_s: float = 20.0) -> list[Figure]:
    """Return the latency of 60 callers, each also listening to the feed, who together send 60 commands a second."""
    await open_counters(hub, callers)
    random_ = random.Random(1)
    connections = [await Caller(hub).open() for _ in range(callers)]
    seconds = list[float]()

    async def cycle(number: int, caller: Caller) -> None:
        counter = number * COUNTERS_AN_AGENCY % 60 + number // 10 + 1
        steps = [("/v1/tickets", {"service": f"layanan-{(counter - 1) // COUNTERS_AN_AGENCY}-0"})]
        steps += [(f"/v1/counters/{counter}/{deed}", {}) for deed in ("call-next", "start", "finish")]
        for path, body in steps:
            await asyncio.sleep(random_.expovariate(rate / callers))
            seconds.append(await done(caller, path, dict(body)))

    async def keep_on(number: int, caller: Caller, until: float) -> None:
        while time.perf_counter() < until:
            await cycle(number, caller)

    async with listeners(hub, callers):
        until = time.perf_counter() + length_s
        await asyncio.gather(*(keep_on(number, connections[number], until) for number in range(callers)))
    for caller in connections:
        caller.close()
    return spread("any command, 60 listening callers at 60/s", seconds, f"{len(seconds)} commands", p99="<= 15")


@contextlib.asynccontextmanager
async def listeners(hub: Hub, count: int) -> AsyncIterator[None]:
    """Keep so many connections to the feed open, each reading all it is told."""
    address = "ws" + hub.url.removeprefix("http") + "/v1/feed"
    headers = {"Authorization": f"Bearer {hub.token}"}

    heard = asyncio.Semaphore(0)

    async def listen() -> None:
        async with connect(address, additional_headers=headers, max_size=None, proxy=None) as socket:
            await socket.recv()
            heard.release()
            async for _ in socket:
                pass

    tasks = [asyncio.create_task(listen()) for _ in range(count)]
    async with asyncio.timeout(LISTENING_S):
        for _ in tasks:
            await heard.acquire()
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def painted(head: HubClient, folder: Path) -> list[Figure]:
    """Return the time from pressing call-next to the frame on a real display that shows the call."""
    answer = head.pair(head.pairing_code("display", "layar-1")["code"])
    Device(head.url, "layar-1", "display", answer["token"]).save(folder / "display.json")
    arguments = ["display", "layar-1", "--window", "1920x1080", "--device", str(folder / "display.json")]
    display = Process("display", arguments, folder / "display.log")
    try:
        display.wait_for("display ready")
        seconds = asyncio.run(calls_painted(Hub(head.url, head.token), display))
    finally:
        display.end()
    return spread("call-next to painted, 20 listeners", seconds, f"{len(seconds)} calls", p99="<= 50")


async def calls_painted(hub: Hub, display: Process) -> list[float]:
    """Call some tickets, one every fifth of a second, and wait each time for the display's line."""
    caller, seconds = await Caller(hub).open(), []
    async with listeners(hub, 19):
        for _ in range(CALLS_PAINTED):
            await done(caller, "/v1/tickets", {"service": "layanan-0-0"})
            started = time.perf_counter()
            status, told, _ = await caller.post("/v1/counters/1/call-next", {})
            if status != 200:
                raise RuntimeError(f"call-next: {told!r}")
            seq = json.loads(told)["seq"]
            number = json.loads(told)["ticket"]["number"]
            await asyncio.to_thread(display.wait_for, f"display painted {number} 1 {seq}")
            seconds.append(time.perf_counter() - started)
            for deed in ("start", "finish"):
                await done(caller, f"/v1/counters/1/{deed}", {})
            await asyncio.sleep(0.2)
    caller.close()
    return seconds
