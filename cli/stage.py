"""The demo's hall: every process of the product on one machine, started, killed, started again, ended in order."""

import json
import os
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.processes import Process, start_hub
from config.hall import Hall
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client
from region.app import wall_ms
from region.invitations import Invitations
from sync.enrolment import enrol

SIMULATED = ("--simulated",)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Window sizes of the screens, "WxH"."""

    kiosk: str
    display: str
    counter: str


FULL = Sizes("1080x1920", "1920x1080", "420x640")
SMALL = Sizes("540x960", "960x540", "420x640")
"""What fits on one desktop, and what stands in a hall."""


class Stage:
    """Hub, kiosk, display, panel, printer agent, region and push of one hall, in folders of their own."""

    def __init__(self, hall_file: Path, hall: Hall, folder: Path, out: Path, sizes: Sizes, counter: int) -> None:
        self.hall_file, self.hall, self.folder, self.out = hall_file, hall, folder, out
        self.sizes, self.counter = sizes, counter
        self.data, self.papers, self.logs = folder / "hall", folder / "papers", out / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.screens: dict[str, Process] = {}
        self.servers: dict[str, Process] = {}
        self.port = 0

    def start_hub(self) -> HubClient:
        """Start the hub, on the same address each time, and return its head's client."""
        self.servers["hub"], url = start_hub(
            self.hall_file, self.data, *SIMULATED, port=self.port, log=self.logs / "hub.log"
        )
        self.port = int(url.rpartition(":")[2])
        return head_client(self.data)

    def pair(self, head: HubClient) -> None:
        """Pair each device once, as a technician does."""
        for role, name in self.devices():
            answer = head.pair(head.pairing_code(role, name)["code"])
            Device(head.url, name, role, answer["token"]).save(self.folder / f"{name}.json")

    def devices(self) -> Sequence[tuple[str, str]]:
        """Return the role and name of each device."""
        kiosk = self.hall.kiosks[0].id
        return (
            ("kiosk", kiosk),
            ("display", self.hall.screens[0].id),
            ("counter", f"loket-{self.counter}"),
            ("printer", f"{kiosk}-printer"),
        )

    def start_devices(self) -> None:
        """Start kiosk, display, panel and printer agent, and wait until each shows something."""
        kiosk, screen = self.hall.kiosks[0].id, self.hall.screens[0].id
        window = [] if os.environ.get("QT_QPA_PLATFORM") == "offscreen" else ["--window"]
        started = {
            "kiosk": self._device("kiosk", kiosk, kiosk, "--window", self.sizes.kiosk),
            "display": self._device("display", screen, screen, "--window", self.sizes.display),
            "counter": self._device(
                "counter", f"loket-{self.counter}", str(self.counter), "--clerk", f"P{self.counter:02d}",
                "--window", self.sizes.counter,
            ),
            "printer": self._device(
                "printer", f"{kiosk}-printer", "run", f"{kiosk}-printer", "--papers", str(self.papers), *window
            ),
        }  # fmt: skip
        self.screens |= started
        for name, process in started.items():
            process.wait_for(f"{name} ready")

    def start_push(self) -> None:
        """Start the regional server, let the hall enrol there, and start the push."""
        region_data = self.folder / "region"
        region = Process(
            "region", ["region", str(region_data), "--port", "0", "--accept-simulated"], self.logs / "region.log"
        )
        self.servers["region"] = region
        self.region = region.wait_for("region ready ").removeprefix("region ready ")
        code = Invitations(region_data).make(self.hall.hall.id, wall_ms())
        enrol(self.data, self.region, self.hall.hall.id, code)
        self.start_sync()

    def start_sync(self) -> None:
        """Start the push."""
        self.servers["sync"] = Process("sync", ["sync", str(self.data), "--every", "0.5"], self.logs / "sync.log")

    def power_cut(self) -> None:
        """Kill everything in the hall at once; the region is elsewhere and goes on."""
        for process in (*self.screens.values(), self.servers["sync"], self.servers["hub"]):
            process.kill()

    def pictures(self) -> list[Path]:
        """Let each screen save what it shows, copy the newest ticket, and return the files."""
        shown = []
        for name in ("kiosk", "display", "counter"):
            process = self.screens[name]
            before = len(process.lines)
            process.signal(signal.SIGUSR1)
            process.wait_for("picture ", after=before)
            shown.append(self.out / f"{name}.png")
        ticket = self.out / "ticket.png"
        shutil.copyfile(self.papers / "ticket.png", ticket)
        return [*shown, ticket]

    def end(self) -> dict[str, int]:
        """End all in order, screens first and the hub last, and return the exit codes."""
        last = ("sync", "region", "hub")
        order = [*self.screens.items(), *((name, self.servers[name]) for name in last if name in self.servers)]
        return {name: process.end() for name, process in order}

    def closed_by_hand(self) -> bool:
        """Tell whether someone has closed a window."""
        return any(process.popen.poll() is not None for process in self.screens.values())

    def _device(self, command: str, device: str, *arguments: str) -> Process:
        file = str(self.folder / f"{device}.json")
        picture = str(self.out / f"{command}.png")
        first, *rest = arguments
        parts = [command, first, *rest, "--device", file, "--picture", picture]
        return Process(command, parts, self.logs / f"{command}.log")


def write_summary(path: Path, found: dict[str, object]) -> None:
    """Write what happened as JSON for people and programs."""
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
