"""Makes the pictures of the region's pages: `.venv/bin/python docs/pictures/make_region.py`.

Two halls' days are played in simulated time, pushed to a region of their own, and looked at with Debian's Chromium. The
days are today's, or Friday's on a weekend: only of the same day are the tickets counted as today's.
"""

import csv
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FloatRect, sync_playwright

from cli.processes import Process
from config.load import HALLS

OUT = Path(__file__).parent
DAYS = HALLS.parent / "days"
CHROMIUM = Path("/usr/bin/chromium")
ZONE = ZoneInfo("Asia/Jakarta")
PLAYED = ("mpp-muara-enim", "mpp-oku-timur")
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
COLOURS = 128
LOOK_S, FOLLOW_S = 0.5, 60.0
PASSWORD = secrets.token_urlsafe()
PICTURES = {
    "region-phone-id": (PHONE, 1760, "/?lang=id"),
    "region-desktop-en": (DESKTOP, 1200, "/?lang=en"),
    "region-hall-phone-id": (PHONE, 1760, f"/halls/{PLAYED[0]}?lang=id"),
    "region-hall-desktop-id": (DESKTOP, 1200, f"/halls/{PLAYED[0]}?lang=id"),
}
"""Each picture's screen, its height at most, and its address, by its name."""


def antrean(*arguments: str | Path) -> str:
    """Run a command of the program and return what it prints."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def play(hall: str, data: Path) -> int:
    """Play a hall's newest working day; return how many tickets it issued."""
    day = datetime.now(ZONE).date()
    while day.weekday() > 4:
        day -= timedelta(days=1)
    files = (DAYS / f"{hall}.csv", "--hall", HALLS / f"{hall}.toml", "--data", data)
    return int(json.loads(antrean("replay", *files, "--date", day.isoformat(), "--json"))["issued"])


def push(hall: str, data: Path, region: Path, url: str) -> None:
    """Let a hall enrol, and push all it has."""
    code = json.loads(antrean("region", "invite", hall, region, "--json"))["code"]
    antrean("sync", "enrol", code, data, "--region", url)
    antrean("sync", "run", data, "--once")


@contextmanager
def region_of(folder: Path) -> Iterator[str]:
    """Run a region that holds the days of the halls in a folder; yield its address."""
    region = folder / "region"
    antrean("region", "password", region, "--password", PASSWORD)
    arguments = ["region", "run", str(region), "--port", "0", "--accept-simulated"]
    process = Process("region", arguments, folder / "region.log")
    try:
        url = process.wait_for("region ready ").removeprefix("region ready ")
        for hall in PLAYED:
            push(hall, folder / hall, region, url)
        yield url
    finally:
        process.end()


def wait_for_figures(context: BrowserContext, issued: dict[str, int]) -> None:
    """Log in, and wait until the figures have followed the lines; TimeoutError where they do not in a minute."""
    context.request.post("/login", form={"password": PASSWORD})
    until = time.monotonic() + FOLLOW_S
    while time.monotonic() < until:
        rows = csv.DictReader(StringIO(context.request.get("/days.csv").text()))
        if {row["hall"]: int(row["issued"]) for row in rows} == issued:
            return
        time.sleep(LOOK_S)
    raise TimeoutError


def photograph(browser: Browser, url: str, issued: dict[str, int]) -> None:
    """Write every picture of a region's pages."""
    for name, (screen, most, address) in PICTURES.items():
        with browser.new_context(base_url=url, **screen) as context:
            wait_for_figures(context, issued)
            page = context.new_page()
            page.goto(address)
            height = min(page.evaluate("document.documentElement.scrollHeight"), most)
            clip = FloatRect(x=0, y=0, width=screen["viewport"]["width"], height=height)
            with Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))) as shown:
                shown.convert("RGB").quantize(COLOURS).save(OUT / f"{name}.png", optimize=True)


def main() -> None:
    """Play, push, and write the pictures."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        issued = {hall: play(hall, Path(folder) / hall) for hall in PLAYED}
        with region_of(Path(folder)) as url:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=options)
            photograph(browser, url, issued)
            browser.close()


if __name__ == "__main__":
    main()
