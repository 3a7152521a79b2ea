"""A real hub process on a generated hall, in simulated time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.hall import hall_file
from cli.processes import start_hub
from hub.hub import head_client
from tests.conftest import monday
from tests.hub.inside import hub_inside
from tests.hub.running import Running

__all__ = ["Running"]


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
def hub(tmp_path: Path) -> Iterator[Running]:
    """One hub on Monday at ten, inside this process; `start` makes one of its own."""
    running = hub_inside(hall_file(tmp_path / "hall.toml"), tmp_path / "data")
    yield running
    running.head.close()
    assert running.process.end() == 0
