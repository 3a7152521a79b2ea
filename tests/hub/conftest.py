"""A real hub process on a generated hall, in simulated time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.hall import hall_file
from cli.processes import Process, start_hub
from hub.client.device import Device
from hub.client.http import HubClient
from hub.hub import head_client
from tests.conftest import monday


@dataclass
class Running:
    """A hub that runs, its address, its data and its head."""

    process: Process
    url: str
    data: Path
    head: HubClient

    def device(self, role: str, name: str | None = None) -> Device:
        """Pair a device as a technician would."""
        code = self.head.pairing_code(role, name or role)["code"]
        return Device(**{"hub": self.url} | self.head.pair(code))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Running]]:
    """Start a hub on one folder, again and again; each must end with exit code 0 unless it was killed."""
    started: list[Running] = []
    data, hall = tmp_path / "data", hall_file(tmp_path / "hall.toml")

    def starting() -> Running:
        process, url = start_hub(hall, data, "--simulated")
        running = Running(process, url, data, head_client(data))
        running.head.set_clock(monday())
        started.append(running)
        return running

    yield starting
    for running in started:
        running.head.close()
        if running.process.popen.poll() is None:
            assert running.process.end() == 0


@pytest.fixture
def hub(start: Callable[[], Running]) -> Running:
    """One hub on Monday at ten."""
    return start()
