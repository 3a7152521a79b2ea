"""`antrean replay`: a day of visitors through a real hub."""

import json
import time
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from config.errors import AntreanError

MONDAY = datetime(2026, 11, 30)  # noqa: DTZ001  a date, read as the hall's own


class NoKiosk(AntreanError):
    """The hall has no kiosk at which visitors could take numbers."""

    key = "error.no_kiosk"


class FolderUsed(AntreanError):
    """The data folder has a journal already."""

    key = "error.folder_used"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        name="replay",
        epilog="Example: antrean replay config/days/mpp-muara-enim.csv --hall config/halls/mpp-muara-enim.toml"
        " --data /tmp/monday",
    )(replay)


def replay(
    day: Annotated[Path, typer.Argument(help="A day file: time, service, priority and so on, one row a ticket.")],
    hall: Annotated[Path, typer.Option(help="The hall file.")],
    data: Annotated[Path, typer.Option(help="An empty folder for the journal; made if missing.")],
    on: Annotated[datetime, typer.Option("--date", help="The day it is.", formats=["%Y-%m-%d"])] = MONDAY,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Play a day of visitors through a real hub in simulated time and print what happened, as seen from outside.

    Exit code 1 where a number or paper was lost or doubled.
    """
    found = play(day, hall, data, on.date(), show=not as_json)
    print(json.dumps(found) if as_json else table(found))
    raise typer.Exit(0 if sound(found) else 1)


def play(
    day: Path, hall_file: Path, data: Path, on: date, *, show: bool, arrivals: list[Any] | None = None
) -> dict[str, Any]:
    """Return the figures of a day played through a hub of its own.

    Each attempt to take a number is added to `arrivals`, as `cli.simulation.Outcome` has them.
    """
    from cli.dayfile import read_day
    from cli.observer import Observer, summary
    from cli.processes import start_hub
    from cli.simulation import Simulation
    from config.load import load
    from hub.client.device import Device
    from hub.hub import head_client

    rows, hall = read_day(day), load(hall_file)
    if (data / "hall.db").exists():
        raise FolderUsed(path=str(data))
    if not hall.kiosks:
        raise NoKiosk(hall=hall.hall.id)
    started = time.monotonic()
    process, url = start_hub(hall_file, data, "--simulated")
    with ExitStack() as ending:
        ending.callback(process.end)
        head = head_client(data)
        printer = Device(**{"hub": url} | head.pair(head.pairing_code("printer", "replay")["code"]))
        simulation = Simulation(hall, on, rows, head, printer.client())
        simulation.dawn()
        observer = Observer(printer)
        ending.callback(observer.close)
        observer.wait_until(head.state()["seq"])
        run(simulation, show)
        seq = head.state()["seq"]
        complete = observer.wait_until(seq)
        found = summary(observer, len(rows), simulation.outcome.refused)
        if arrivals is not None:
            arrivals += simulation.outcome.arrivals
        missed = {number for number, end in observer.tally.ended.items() if end == "missed"}
        found["missed_though_there"] = len(missed - simulation.outcome.left)
    found |= {"lines": seq, "hub_exit": process.popen.returncode, "feed_complete": complete}
    return found | {"wall_s": round(time.monotonic() - started, 2)}


def sound(found: dict[str, Any]) -> bool:
    """Tell whether a day kept its laws: nothing lost, nothing doubled, nobody missed who was there."""
    zero = ("unserved", "duplicate_numbers", "double_calls", "duplicate_papers", "missed_though_there", "hub_exit")
    whole = found["issued"] + sum(found["refused"].values()) == found["rows"]
    return whole and bool(found["feed_complete"]) and not any(found[name] for name in zero)


def run(simulation: Any, show: bool) -> None:
    """Run a simulation to its end, with a progress bar by the hour on a terminal."""
    with Progress(disable=not show, transient=True) as progress:
        task = progress.add_task("07.30", total=11 * 4)
        for quarter in range(7 * 4 + 2, 18 * 4):
            progress.update(task, advance=1, description=f"{quarter // 4:02d}.{quarter % 4 * 15:02d}")
            if not simulation.run(quarter * 900):
                break
        simulation.run()


def table(found: dict[str, Any]) -> str:
    """Return figures as lines for people."""
    return "\n".join(f"{name:>20}  {value}" for name, value in found.items())
