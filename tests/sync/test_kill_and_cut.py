"""The law of kill and cut: hub, push, region and database are killed, their link fails; no line is lost or doubled.

All are the real programs. A fault of the link, or a kill, is done at every step of a push.
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
from tests.postgresql import Cluster


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


def kill_database_within(stage: Stage) -> Fault:
    """Kill PostgreSQL, whatever the region does with a push just then, and lose what it answers."""

    def fault(proxy: Proxy, _: socket.socket, request: bytes) -> None:
        assert stage.cluster
        with socket.create_connection(("127.0.0.1", proxy.region_port), timeout=20) as region:
            region.sendall(request)
            stage.cluster.restart()
        raise ConnectionError

    return fault


KILLS: tuple[Callable[[Stage], Fault], ...] = (
    kill_region_before, kill_region_within, kill_region_after, kill_sync_before_the_answer, kill_sync_after_the_answer,
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A stage on each engine; PostgreSQL has a durable cluster of its own, which may be killed."""
    with ExitStack() as cleaning:
        cluster = None if request.param == "sqlite" else Cluster(durable=True)
        if cluster:
            cleaning.callback(cluster.end)
        yield Stage(tmp_path, cluster.database() if cluster else None, cleaning, cluster)


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
    if stage.cluster:
        stage.proxy.faults.append(kill_database_within(stage))
        stage.write()
        stage.pushed()
    stage.write()
    stage.hub.kill()
    stage.start_hub()
    stage.write()
    stage.pushed()

    assert stage.end() == [0, 0, 0]
    assert stage.proxy.done == [fault.__name__ for fault in FAULTS] + ["fault"] * (len(KILLS) + bool(stage.cluster))
    with open_store(stage.region_data, stage.database) as store:
        assert held_lines(store, HALL) == journal_lines(stage.data / "hall.db")
    assert [proof.whole for proof in verify(stage.region_data, stage.database)] == [True]
