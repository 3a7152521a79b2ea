"""What a year's report costs the visitors: the time of issuing while one after another is made, beside none."""

import asyncio
import multiprocessing
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import urllib3

from bench.figures import Figure, percentile
from bench.hall import hall_file
from bench.hub import TEN_ON_MONDAY_MS
from bench.load import Caller, Hub
from bench.pages import AGENCIES, COUNTERS, SERVICES, TURNS, day, open_counters, watcher
from bench.years import LAST_DAY, write_years
from cli.processes import start_hub
from hub.client.http import HubClient
from hub.hub import head_client

YEAR = f"/hall/reports?from={LAST_DAY - timedelta(days=364)}&to={LAST_DAY}"
DAY = f"/hall/reports?from={LAST_DAY}"
TIMED = 5


def measure() -> list[Figure]:
    """Measure issuing in turns without and with reports being made, and how long reports take."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-reports-")))
        lines = write_years(folder / "data", years=1)
        hall = hall_file(folder / "hall.toml", agencies=AGENCIES, services=SERVICES, counters=COUNTERS)
        process, url = start_hub(hall, folder / "data", "--simulated")
        cleaning.callback(process.end)
        head = head_client(folder / "data")
        cleaning.callback(head.close)
        head.set_clock(TEN_ON_MONDAY_MS)
        cookie = watcher(head, "kepala")
        ask(url, DAY, cookie)
        a_day, a_year = (sorted(ask(url, path, cookie) for _ in range(TIMED))[TIMED // 2] for path in (DAY, YEAR))
        plain, busy = asyncio.run(turns(head, cookie))
    before, after = percentile(plain, 99) * 1000, percentile(busy, 99) * 1000
    return [
        Figure("report of a day, the page", round(a_day * 1000, 1), "ms", f"{lines} lines", "<= 300"),
        Figure("report of a year, the page", round(a_year, 2), "s"),
        Figure("issue p99, no report", round(before, 2), "ms"),
        Figure("issue p99, a year's report all the time", round(after, 2), "ms", "no report"),
        Figure("growth of issue p99", round(after / before, 2), "x", "no report", "< 1.5"),
    ]


def ask(url: str, path: str, cookie: str) -> float:
    """Return the seconds until a report's page is here."""
    started = time.perf_counter()
    answer = urllib3.request("GET", url + path, headers={"cookie": cookie}, timeout=150)
    if answer.status != 200:
        raise RuntimeError(f"no report: {answer.status}")
    return time.perf_counter() - started


async def turns(head: HubClient, cookie: str) -> tuple[list[float], list[float]]:
    """Return the seconds of issuing without and with reports, which a process of its own asks for."""
    caller = await Caller(Hub(head.url, head.token)).open()
    await open_counters(caller)
    plain: list[float] = []
    busy: list[float] = []
    now_ms = TEN_ON_MONDAY_MS
    for _ in range(TURNS):
        now_ms = await day(caller, now_ms, plain)
        asking = multiprocessing.get_context("spawn").Process(target=ask_on, args=(head.url, cookie), daemon=True)
        asking.start()
        try:
            now_ms = await day(caller, now_ms, busy)
        finally:
            asking.terminate()
            asking.join()
    caller.close()
    return plain, busy


def ask_on(url: str, cookie: str) -> None:
    """Ask for a year's report again and again until this process is ended."""
    while True:
        ask(url, YEAR, cookie)
