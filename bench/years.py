"""Whether ten years of a busy hall in the journal make its hub start later or answer slower."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.figures import Figure, percentile
from bench.hall import generated_hall, hall_file
from bench.hub import TEN_ON_MONDAY_MS, issue, together
from bench.load import Hub
from cli.processes import start_hub
from config.load import hall_from
from hub.codes import keep_key, new_key
from hub.hub import begin_of, head_client
from hub.rules import commands as cmd
from hub.rules.decide import decide, happenings
from hub.rules.evolve import evolve_all
from hub.rules.state import State
from journal.line import Line
from journal.store import Store, Transaction

YEARS = 10
DAYS_A_YEAR = 250
TICKETS_A_DAY = 300
TIMED = 400
LAST_DAY = date(2026, 11, 27)


def measure() -> list[Figure]:
    """Measure starts and issues of a fresh hub and of one with ten years behind it, in one run."""
    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-years-")))
        hall = hall_file(folder / "hall.toml")
        lines = write_years(folder / "old")
        size = (folder / "old" / "hall.db").stat().st_size / 1e9
        fresh, old = timed(hall, folder / "new"), timed(hall, folder / "old")
        beside = f"{lines} lines, {size:.1f} GB"
    return [
        Figure("start, fresh", round(fresh[0], 2), "s"),
        Figure("start, ten years", round(old[0], 2), "s", beside, "<= 3"),
        Figure("issue p50, fresh", round(fresh[1] * 1000, 2), "ms"),
        Figure("issue p50, ten years", round(old[1] * 1000, 2), "ms", beside),
        Figure("issue p50, ten years : fresh", round(old[1] / fresh[1], 2), "ratio", "", "about 1"),
    ]


def timed(hall: Path, data: Path) -> tuple[float, float]:
    """Return the seconds from starting a hub to its being ready, and the median seconds of issuing."""
    started = time.perf_counter()
    process, url = start_hub(hall, data, "--simulated")
    ready = time.perf_counter() - started
    head = head_client(data)
    head.set_clock(TEN_ON_MONDAY_MS)
    seconds, _ = asyncio.run(together(Hub(url, head.token), 1, TIMED, issue))
    head.close()
    process.end()
    return ready, percentile(seconds, 50)


def write_years(data: Path, years: int = YEARS) -> int:
    """Write years of days like one that the rules made, and return the number of lines."""
    begin, template = beginning(), day_of_the_rules()
    store = Store(data, "mpp-uji")
    keep_key(data, new_key())
    seq = len(begin)
    store.append([Transaction(begin)])
    days = list(working_days(years))
    with Progress(transient=True) as progress:
        for day in progress.track(days, description="years"):
            midnight = round(datetime(day.year, day.month, day.day).timestamp() * 1000)  # noqa: DTZ001
            lines = list(stamped(template, day, midnight, seq))
            store.append([Transaction(lines)])
            seq += len(lines)
    store.close()
    return seq


def working_days(years: int) -> Iterator[date]:
    """Yield years of weekdays up to the last Friday."""
    day = LAST_DAY - timedelta(days=years * 7 * DAYS_A_YEAR // 5)
    while day < LAST_DAY:
        day += timedelta(days=1)
        if day.isoweekday() <= 5:
            yield day


def beginning() -> list[Line]:
    """Return the first lines of a simulated journal of the generated hall."""
    begin = begin_of("mpp-uji", generated_hall(), "bench", simulated=True)
    events = decide(State(), begin, 0)
    return [Line(seq, 0, 0, event.kind, event.version, event.body()) for seq, event in enumerate(events, 1)]


def day_of_the_rules() -> list[tuple[int, str, int, dict[str, Any]]]:
    """Return one day of tickets as the rules make it: ms after midnight, kind, version and body of each line."""
    hall = hall_from(generated_hall())
    midnight = round(datetime(2020, 1, 6).timestamp() * 1000)  # noqa: DTZ001
    begin = decide(State(), begin_of("mpp-uji", generated_hall(), "bench", simulated=True), 0)
    state = evolve_all(State(), happenings(State(), begin, 0))
    found: list[tuple[int, str, int, dict[str, Any]]] = []
    services = list(hall.services)
    clock = 8 * 3_600_000

    def do(command: cmd.Command) -> None:
        nonlocal state
        events = decide(state, command, midnight + clock)
        state = evolve_all(state, happenings(state, events, midnight + clock))
        found.extend((clock, event.kind, event.version, event.body()) for event in events)

    for counter in (1, 7, 13, 19):
        do(cmd.SignIn(counter, f"P{counter}"))
        do(cmd.Open(counter))
    for place in range(TICKETS_A_DAY):
        counter = (1, 7, 13, 19)[place % 4]
        clock += 60_000
        do(cmd.Issue(services[(counter - 1) // 2], "normal", "anjungan-1", "id"))
        job = found[-1][3]["job"]
        do(cmd.ReportJob(job, "sending", None, ""))
        do(cmd.ReportJob(job, "done", "process_id", ""))
        for deed in (cmd.CallNext(counter), cmd.Start(counter), cmd.Finish(counter)):
            do(deed)
    return found


def stamped(template: list[tuple[int, str, int, dict[str, Any]]], day: date, midnight: int, seq: int) -> Iterator[Line]:
    """Yield the template's lines for a date, behind a place in the journal."""
    for place, (clock, kind, version, body) in enumerate(template, seq + 1):
        at = midnight + clock
        told = {**body, "date": day.isoformat()} if kind == "day.opened" else body
        yield Line(place, at, at, kind, version, told)
    place = seq + len(template) + 1
    yield Line(place, at, at, "day.closed", 1, {"date": day.isoformat()})
