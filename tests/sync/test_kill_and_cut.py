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
from whole_hall import HALL, Stage

from region.store import open_store
from region.verify import verify


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
