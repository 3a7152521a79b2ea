"""The law of kill and cut: hub, push and region are killed and the link between them fails; no line is lost or doubled.

All three are the real processes. A fault of the link, or a kill, is done at every step of a push.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from proxy import FAULTS, Fault, Proxy
from push_halls import held_lines, journal_lines

from bench.hall import hall_file
from cli.processes import Process, start_hub
from hub.hub import head_client
from region.app import wall_ms
from region.invitations import Invitations
from region.store import open_store
from region.verify import verify
from sync.enrolment import enrol
from tests.conftest import monday

HALL = "mpp-uji"


class Stage:
    """A hall and its region as they really run, with a bad link between them."""

    def __init__(self, folder: Path, database: str | None, cleaning: ExitStack) -> None:
        self.folder, self.database, self._cleaning = folder, database, cleaning
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


def kill_region_before(stage: Stage) -> Fault:
    """Kill the region just before a push reaches it."""

    def fault(_: Proxy, __: socket.socket, ___: bytes) -> None:
        stage.region.popen.kill()
        raise ConnectionError

    return fault


def kill_region_after(stage: Stage) -> Fault:
    """Kill the region when it has answered, and lose the answer."""

    def fault(proxy: Proxy, _: socket.socket, request: bytes) -> None:
        proxy.ask(request)
        stage.region.popen.kill()
        raise ConnectionError

    return fault


def kill_region_within(stage: Stage) -> Fault:
    """Kill the region as soon as it has a push, whatever it does with it just then."""

    def fault(proxy: Proxy, _: socket.socket, request: bytes) -> None:
        with socket.create_connection(("127.0.0.1", proxy.region_port), timeout=20) as region:
            region.sendall(request)
            stage.region.popen.kill()
        raise ConnectionError

    return fault


def kill_sync_before_the_answer(stage: Stage) -> Fault:
    """Kill the push when the region has answered."""

    def fault(proxy: Proxy, _: socket.socket, request: bytes) -> None:
        proxy.ask(request)
        stage.sync.popen.kill()

    return fault


def kill_sync_after_the_answer(stage: Stage) -> Fault:
    """Kill the push as soon as it has its answer, whatever it does with it just then."""

    def fault(proxy: Proxy, hall: socket.socket, request: bytes) -> None:
        hall.sendall(proxy.ask(request))
        stage.sync.popen.kill()

    return fault


KILLS: tuple[Callable[[Stage], Fault], ...] = (
    kill_region_before, kill_region_within, kill_region_after, kill_sync_before_the_answer, kill_sync_after_the_answer,
)  # fmt: skip


@pytest.fixture
def stage(tmp_path: Path, database: str | None) -> Iterator[Stage]:
    with ExitStack() as cleaning:
        yield Stage(tmp_path, database, cleaning)


@pytest.mark.timeout(240)
def test_whatever_is_killed_or_cut_the_region_ends_with_the_halls_own_lines(stage: Stage) -> None:
    for fault in FAULTS:
        stage.proxy.faults.append(fault)
        stage.write()
        stage.pushed()
    for kill in KILLS:
        stage.proxy.faults.append(kill(stage))
        stage.write()
        killed = stage.region if "region" in kill.__name__ else stage.sync
        killed.popen.wait(30)
        restart = stage.start_region if killed is stage.region else stage.start_sync
        restart()
        stage.pushed()
    stage.write()
    stage.hub.kill()
    stage.start_hub()
    stage.write()
    stage.pushed()

    assert stage.end() == [0, 0, 0]
    assert stage.proxy.done == [fault.__name__ for fault in FAULTS] + ["fault"] * len(KILLS)
    with open_store(stage.region_data, stage.database) as store:
        assert held_lines(store, HALL) == journal_lines(stage.data / "hall.db")
    assert [proof.whole for proof in verify(stage.region_data, stage.database)] == [True]
