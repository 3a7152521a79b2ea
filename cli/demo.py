"""`antrean demo`: the whole hall on one machine, in simulated time."""

import os
import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

HALL = "mpp-muara-enim"
MONDAY = date(2026, 11, 30)
OPENS_S = 8 * 3600
AT_THE_DOOR = 14
TICK_S = 0.2
HEADLESS_SECONDS = 60.0
FOREVER_SECONDS = 8 * 3600.0
COUNTER = 1


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(name="demo", epilog="Example: ./antrean demo --headless --seconds 60 --out out")(demo)


def demo(
    headless: Annotated[bool, typer.Option("--headless", help="Show no windows; leave pictures in OUT.")] = False,
    seconds: Annotated[float | None, typer.Option(help="How long it plays (60 without windows).", min=5)] = None,
    speed: Annotated[float, typer.Option(help="Simulated seconds in one second.", min=0.1, max=600)] = 25.0,
    out: Annotated[Path, typer.Option(help="The folder for pictures, summary and logs.")] = Path("out"),
    powercut: Annotated[
        bool, typer.Option("--powercut", help="Kill everything in the middle, start again, and show that all is there.")
    ] = False,
) -> None:
    """Play the hall of Muara Enim from a Monday at eight, with visitors and clerks, in simulated time.

    With a screen it opens windows to tap and press: counter 1 is yours. Without one it plays by itself.
    """
    if headless or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        headless = True
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out.mkdir(parents=True, exist_ok=True)
    length = seconds or (HEADLESS_SECONDS if headless else FOREVER_SECONDS)
    found = play(out.resolve(), length, speed, headless=headless, powercut=powercut)
    for name, value in found.items():
        print(f"{name:>20}  {value}")
    raise typer.Exit(0 if sound(found) else 1)


def sound(found: dict[str, Any]) -> bool:
    """Tell whether all processes ended well, the journal is whole, and a power cut lost nothing."""
    cut = found.get("powercut") or {"all_kept": True, "numbers_go_on": True}
    return bool(found["verify"] and cut["all_kept"] and cut["numbers_go_on"] and not any(found["exit_codes"].values()))


def play(out: Path, seconds: float, speed: float, *, headless: bool, powercut: bool) -> dict[str, Any]:
    """Play the demo and return what happened; the same goes into `summary.json`."""
    from cli.observer import Observer
    from cli.simulation import Simulation
    from cli.stage import FULL, SMALL, Stage, write_summary
    from config.load import HALLS, load
    from hub.client.device import Device
    from journal.verify import verify

    with ExitStack() as cleaning:
        folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="antrean-demo-")))
        hall_file = patient(HALLS / f"{HALL}.toml", folder, speed)
        hall = load(hall_file)
        stage = Stage(hall_file, hall, folder, out, FULL if headless else SMALL, COUNTER)
        cleaning.callback(stage.end)
        head = stage.start_hub()
        simulation = Simulation(
            hall, MONDAY, rows(), head, None, without_clerk=frozenset() if headless else frozenset({COUNTER})
        )
        simulation.dawn(OPENS_S)
        stage.pair(head)
        observer = Observer(Device(head.url, "head", "head", head.token))
        cleaning.callback(observer.close)
        stage.start_push()
        stage.start_devices()
        cut = run(stage, simulation, observer, seconds, speed, powercut=powercut)
        papers_out(observer)
        pictures = stage.pictures() if headless else []
        found = figures(simulation, observer) | cut
        codes = stage.end()
        report = verify(stage.data)
        found |= {
            "lines": report.lines,
            "verify": report.content,
            "region_holds": pushed(stage),
            "exit_codes": codes,
            "pictures": [str(path) for path in pictures],
        }
        write_summary(out / "summary.json", found)
    return found


def patient(hall_file: Path, folder: Path, speed: float) -> Path:
    """Write the hall file with a minute of real time for each paper: printers are no faster in simulated time."""
    text = hall_file.read_text(encoding="utf-8")
    found = folder / hall_file.name
    line = f"[policy]\npaper_expires_seconds = {max(60, round(60 * speed))}\n"
    found.write_text(text.replace("[policy]\n", line, 1), encoding="utf-8")
    return found


def rows() -> list[Any]:
    """Return the day's visitors, of those before eight only as many as stand at the door."""
    from cli.dayfile import read_day
    from config.load import HALLS

    found = read_day(HALLS.parent / "days" / f"{HALL}.csv")
    early = [row for row in found if row.time_s < OPENS_S]
    return [*early[:AT_THE_DOOR], *(row for row in found if row.time_s >= OPENS_S)]


def run(stage: Any, simulation: Any, observer: Any, seconds: float, speed: float, *, powercut: bool) -> dict[str, Any]:
    """Let simulated time pass beside real time; return what the power cut showed, if there was one."""
    started = time.monotonic()
    cut: dict[str, Any] = {}
    while (elapsed := time.monotonic() - started) < seconds and not stage.closed_by_hand():
        simulation.pass_to(OPENS_S + int(elapsed * speed))
        if powercut and not cut and elapsed > seconds / 2:
            cut = cut_power(stage, simulation, observer)
        time.sleep(TICK_S)
    return {"powercut": after_cut(cut, observer)} if cut else {}


def cut_power(stage: Any, simulation: Any, observer: Any) -> dict[str, Any]:
    """Kill everything, start it again, and return the numbers that had been given."""
    observer.wait_until(simulation.head.state()["seq"])
    numbers = sorted(observer.tally.issued)
    stage.power_cut()
    stage.start_hub()
    stage.start_sync()
    stage.start_devices()
    return {"numbers_before": numbers}


def after_cut(cut: dict[str, Any], observer: Any) -> dict[str, Any]:
    """Return whether all numbers from before the cut are still there and the next ones go on without a gap."""
    before, after = set(cut["numbers_before"]), set(observer.tally.issued)
    series: dict[str, list[int]] = {}
    for number in after:
        series.setdefault(number[0], []).append(int(number[1:]))
    whole = all(sorted(runs) == list(range(1, len(runs) + 1)) for runs in series.values())
    return {
        "numbers_before": len(before),
        "numbers_after": len(after),
        "all_kept": before <= after,
        "numbers_go_on": whole and len(after) > len(before),
    }


def papers_out(observer: Any, seconds: float = 20.0) -> None:
    """Give the printer time for the papers that wait."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and any(
        job["state"] in ("queued", "sending", "waiting") for job in tuple(observer.mirror.jobs.values())
    ):
        time.sleep(TICK_S)


def figures(simulation: Any, observer: Any) -> dict[str, Any]:
    """Return the figures so far, as the feed and the papers tell them."""
    from cli.observer import summary

    observer.wait_until(simulation.head.state()["seq"])
    found = summary(observer, simulation.arrived, simulation.outcome.refused)
    clock = f"{simulation.now_s // 3600:02d}.{simulation.now_s // 60 % 60:02d}"
    found["waiting"] = found.pop("unserved")
    return {"hall": simulation.hall.hall.name, "simulated_time": clock} | found


def pushed(stage: Any) -> int:
    """Return up to which line the region has acknowledged."""
    lines = [line for line in stage.servers["sync"].lines if line.startswith("sync pushed ")]
    return int(lines[-1].split()[-1]) if lines else 0
