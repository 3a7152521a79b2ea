"""What a year's report costs the visitors: the time of issuing while one after another is made, beside none."""

import asyncio
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import urllib3

from bench.figures import Figure
from bench.hall import hall_file
from bench.hub import TEN_ON_MONDAY_MS
from bench.pages import AGENCIES, COUNTERS, SERVICES, growth, turns, watcher
from bench.years import LAST_DAY, write_years
from cli.processes import start_hub
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
        seconds = asyncio.run(turns(head, ask_on, [cookie]))
    return [
        Figure("report of a day, the page", round(a_day * 1000, 1), "ms", f"{lines} lines", "<= 300"),
        Figure("report of a year, the page", round(a_year, 2), "s"),
        *growth(seconds, "no report", "a year's report all the time"),
    ]


def ask(url: str, path: str, cookie: str) -> float:
    """Return the seconds until a report's page is here."""
    started = time.perf_counter()
    answer = urllib3.request("GET", url + path, headers={"cookie": cookie}, timeout=150)
    if answer.status != 200:
        raise RuntimeError(f"no report: {answer.status}")
    return time.perf_counter() - started


def ask_on(url: str, cookies: list[str]) -> None:
    """Ask for a year's report again and again until this process is ended."""
    while True:
        ask(url, YEAR, cookies[0])
