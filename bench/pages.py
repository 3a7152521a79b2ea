"""What open pages of the hall cost its visitors: the time of issuing with 20 pages kept fresh, beside none."""

import asyncio
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import urllib3

from bench.figures import Figure, percentile
from bench.hall import hall_file
from bench.hub import TEN_ON_MONDAY_MS
from bench.load import Caller, Hub
from cli.processes import start_hub
from hub.client.http import HubClient
from hub.hub import head_client
from hub.pages.streams import MOST_OF_ONE

AGENCIES, SERVICES, COUNTERS = 20, 4, 2
OPEN_PAGES = 20
FRESH_S = 2.0
"""How often an open page is told what is new."""
TURNS = 3
TURN_S = 15.0
A_SECOND = 25
"""Numbers a second: the heavy Monday at 30 times its speed has 1.3."""
SPEED = 30
PIN = "482915"
Seconds = tuple[list[float], list[float]]
"""How long each number took to be given, without and with something beside it."""


def measure() -> list[Figure]:
    """Measure issuing while a day goes by at 30 times its speed, in turns without and with open pages."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-bench-")))
        hall = hall_file(folder / "hall.toml", agencies=AGENCIES, services=SERVICES, counters=COUNTERS)
        process, url = start_hub(hall, folder / "data", "--simulated")
        cleaning.callback(process.end)
        head = head_client(folder / "data")
        cleaning.callback(head.close)
        head.set_clock(TEN_ON_MONDAY_MS)
        cookies = [watcher(head, f"kepala-{at}") for at in range(-(-OPEN_PAGES // MOST_OF_ONE))]
        paint = first_paint(url, cookies[0])
        seconds = asyncio.run(turns(head, watch_all, cookies))
    return [
        Figure("hall page, whole answer", round(paint[0] * 1000, 1), "ms", "", "<= 300"),
        Figure("hall page, size", paint[1], "bytes", "", "<= 200000"),
        *growth(seconds, "no page open", f"{OPEN_PAGES} pages open"),
    ]


def growth(seconds: Seconds, plain: str, busy: str) -> Iterator[Figure]:
    """Yield the p99 of issuing without and with something beside it, each under its name, and how much it grew."""
    before, after = (percentile(each, 99) * 1000 for each in seconds)
    yield Figure(f"issue p99, {plain}", round(before, 2), "ms")
    yield Figure(f"issue p99, {busy}", round(after, 2), "ms", plain)
    yield Figure("growth of issue p99", round(after / before, 2), "x", plain, "< 1.5")


def watcher(head: HubClient, name: str) -> str:
    """Return the cookie of a session of a new account of the head's."""
    head.command("/v1/clerks", {"clerk": name, "pin": PIN, "role": "head"})
    form = urlencode({"clerk": name, "pin": PIN})
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = urllib3.request("POST", f"{head.url}/hall/login", body=form, headers=kind, redirect=False)
    return answer.headers["set-cookie"].split(";")[0]


def first_paint(url: str, cookie: str) -> tuple[float, int]:
    """Return the seconds and bytes of the whole first page: all that a browser needs to paint."""
    started = time.perf_counter()
    answer = urllib3.request("GET", f"{url}/hall", headers={"cookie": cookie})
    return time.perf_counter() - started, len(answer.data)


async def turns(head: HubClient, beside: Callable[[str, list[str]], None], cookies: list[str]) -> Seconds:
    """Return the seconds of issuing without and with what is done `beside` it, in a process of its own.

    That is told the hub's address and the cookies of people who have logged in.
    """
    caller = await Caller(Hub(head.url, head.token)).open()
    await open_counters(caller)
    plain: list[float] = []
    busy: list[float] = []
    now_ms = TEN_ON_MONDAY_MS
    for _ in range(TURNS):
        now_ms = await day(caller, now_ms, plain)
        process = multiprocessing.get_context("spawn").Process(target=beside, args=(head.url, cookies), daemon=True)
        process.start()
        try:
            now_ms = await day(caller, now_ms, busy)
        finally:
            process.terminate()
            process.join()
    caller.close()
    return plain, busy


async def open_counters(caller: Caller) -> None:
    """Let every counter work."""
    for counter in range(1, AGENCIES * COUNTERS + 1):
        await caller.post(f"/v1/counters/{counter}/sign-in", {"clerk": f"P{counter}"})
        await caller.post(f"/v1/counters/{counter}/open", {})


async def day(caller: Caller, now_ms: int, seconds: list[float]) -> int:
    """Let a part of the day go by, in which numbers are given and called; return the hall time after it."""
    chance, steps = random.Random(len(seconds)), round(TURN_S * A_SECOND)
    began = time.perf_counter()
    for step in range(steps):
        now_ms += 1000 * SPEED // A_SECOND
        if step % A_SECOND == 0:
            await caller.post("/v1/clock", {"now": now_ms})
        service = f"layanan-{chance.randrange(AGENCIES)}-{chance.randrange(SERVICES)}"
        status, _, took = await caller.post("/v1/tickets", {"service": service})
        if status == 200:
            seconds.append(took)
        counter = chance.randrange(AGENCIES * COUNTERS) + 1
        for deed in ("call-next", "start", "finish"):
            await caller.post(f"/v1/counters/{counter}/{deed}", {})
        await asyncio.sleep(max(0.0, began + (step + 1) / A_SECOND - time.perf_counter()))
    return now_ms


def watch_all(url: str, cookies: list[str]) -> None:
    """Keep the pages open, shared among the people, until this process is ended."""

    async def together() -> None:
        delays = [(cookies[page % len(cookies)], page * FRESH_S / OPEN_PAGES) for page in range(OPEN_PAGES)]
        await asyncio.gather(*(watch(url, cookie, after_s) for cookie, after_s in delays))

    asyncio.run(together())


async def watch(url: str, cookie: str, after_s: float) -> None:
    """Keep a page open that was opened a little later than the one before, as people do."""
    await asyncio.sleep(after_s)
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(f"GET /hall/live HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    if b" 200 " not in await reader.readuntil(b"\r\n"):
        raise RuntimeError("the page is not kept fresh")
    while await reader.read(1 << 16):
        pass
    writer.close()
