"""A hall and its region as they really run: hub, push and region as processes, with a bad link between them."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from proxy import Proxy
from push_halls import journal_lines

from bench.hall import hall_file
from cli.processes import Process, start_hub
from hub.hub import head_client
from region.app import wall_ms
from region.invitations import Invitations
from sync.enrolment import enrol
from tests.conftest import ROOT, monday
from tests.postgresql import Cluster

HALL = "mpp-uji"


class Stage:
    """A hall and its region as they really run, with a bad link between them."""

    def __init__(self, folder: Path, database: str | None, cleaning: ExitStack, cluster: Cluster | None = None) -> None:
        self.folder, self.database, self._cleaning, self.cluster = folder, database, cleaning, cluster
        self.data, self.region_data = folder / "hall", folder / "region"
        self.hall = hall_file(folder / "hall.toml")
        self.region_port = 0
        self.start_hub()
        self.start_region()
        self.proxy = Proxy(self.region_port)
        cleaning.callback(self.proxy.close)
        code = Invitations(self.region_data).make(HALL, wall_ms())
        enrol(self.data, f"http://127.0.0.1:{self.proxy.port}", HALL, code)
        self.start_sync()

    def start_hub(self) -> None:
        """Start the hub."""
        self.hub, _ = start_hub(self.hall, self.data, "--simulated", log=self.folder / "hub.log")
        self._cleaning.callback(self.hub.kill)
        self.head = head_client(self.data)
        self._cleaning.callback(self.head.close)
        self.head.set_clock(monday())

    def start_region(self) -> None:
        """Start the region, where it was."""
        options = ["--port", str(self.region_port), "--accept-simulated"]
        options += ["--database", self.database] if self.database else []
        self.region = Process("region", ["region", "run", str(self.region_data), *options], self.folder / "region.log")
        self._cleaning.callback(self.region.kill)
        self.region_port = int(self.region.wait_for("region ready ").rpartition(":")[2])

    def start_sync(self) -> None:
        """Start the push."""
        options = ["sync", "run", str(self.data), "--every", "0.1"]
        self.sync = Process("sync", options, self.folder / "sync.log")
        self._cleaning.callback(self.sync.kill)

    def write(self) -> None:
        """Let the hub write lines."""
        for _ in range(3):
            self.head.issue("layanan-0-0", kiosk="anjungan-1")

    def newest(self) -> int:
        """Return the seq of the hall's newest line."""
        return len(journal_lines(self.data / "hall.db"))

    def pushed(self) -> None:
        """Wait until the push says that the region holds all."""
        self.sync.wait_for(f"sync pushed {self.newest()}", 60)

    def end(self) -> list[int]:
        """End all in order and return their exit codes."""
        return [process.end() for process in (self.sync, self.region, self.hub)]

    def clock(self, time: str) -> int:
        """Return a time of the hall's Monday in ms."""
        return monday(time)

    def verified(self) -> int:
        """Let the journal be proved as `antrean verify` does; return the exit code."""
        command = [sys.executable, "-m", "cli", "verify", str(self.data)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode
