"""The heavy hall of OKU Timur on its Monday at a quarter past ten: numbers given, called, served, some trouble."""

import random
from collections.abc import Callable
from pathlib import Path

from cli.processes import Process, start_hub
from config.hall import Hall
from config.load import load
from hub.client.http import CommandRefused, HubClient
from hub.hub import head_client
from tests.conftest import ROOT, monday

HALL = ROOT / "config" / "halls" / "mpp-oku-timur.toml"
ABSENT = "dpmptsp"
VISITORS = 150
PIN = "482915"


def busy_hub(data: Path, path: Path = HALL) -> tuple[Process, str]:
    """Start a hub on a folder, let a morning go by in it, and return it with its address."""
    process, url = start_hub(path, data, "--simulated")
    head, hall = head_client(data), load(path)
    morning(head, hall)
    head.command("/v1/clerks", {"clerk": "kepala", "pin": PIN, "role": "head"})
    head.close()
    return process, url


def morning(head: HubClient, hall: Hall) -> None:
    """Let two hours go by: one agency stays away, printers work, somebody rings for help."""
    chance = random.Random(5)
    head.set_clock(monday("08:00"))
    for printer in hall.printer_by_id:
        head.report_printer(printer, "ONLINE")
    for counter in hall.counters:
        if counter.agency != ABSENT and chance.random() < 0.8:
            head.sign_in(counter.number, f"P{counter.number:02d}")
            head.open_counter(counter.number)
    minute = 480.0
    for _ in range(VISITORS):
        minute += 135 / VISITORS
        head.set_clock(monday(f"{int(minute) // 60:02d}:{int(minute) % 60:02d}"))
        visitor(head, chance.choice(list(hall.services)), chance)
        for counter in chance.sample(hall.counters, 4):
            clerk(head, counter.number, chance)
    head.ask_help("staff", "anjungan-2")
    head.report_printer(next(iter(hall.printer_by_id)), "PAPER_LOW")


def visitor(head: HubClient, service: str, chance: random.Random) -> None:
    """Take a number, where one is given."""
    attempt(lambda: head.issue(service, kiosk="anjungan-1", ticket_class=chance.choice(["normal"] * 5 + ["priority"])))


def clerk(head: HubClient, counter: int, chance: random.Random) -> None:
    """Press what comes next at a counter."""
    came = attempt(lambda: head.call_next(counter)) or attempt(lambda: head.start(counter))
    if not came and chance.random() < 0.7:
        attempt(lambda: head.finish(counter))


def attempt(deed: Callable[[], object]) -> bool:
    """Do something that the hall may refuse; True where it was done."""
    try:
        deed()
    except CommandRefused:
        return False
    return True
