"""A whole day, played through a real hub and pushed by the real processes, has the same figures at both ends."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from push_regions import REGION_KEY, served
from region_days import project

from config.load import HALLS
from region.app import create, wall_ms
from region.invitations import Invitations
from region.store import open_sqlite
from sync.app import run
from sync.enrolment import enrol
from tests.conftest import ROOT

DAYS = ["mpp-muara-enim", pytest.param("mpp-oku-timur", marks=pytest.mark.slow)]
"""A plain day, and the heavy Monday."""
COLUMNS = "date, number, service, ticket_class, state, issued_ms, {called}, started_ms, ended_ms"


def replayed(hall: str, data: Path) -> dict[str, int]:
    """Play a hall's day through a hub; return what happened."""
    day = ROOT / "config" / "days" / f"{hall}.csv"
    command = [sys.executable, "-m", "cli", "replay", str(day), "--hall", str(HALLS / f"{hall}.toml")]
    played = subprocess.run([*command, "--data", str(data), "--json"], cwd=ROOT, capture_output=True, check=True)
    return dict(json.loads(played.stdout))


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query in order."""
    with closing(sqlite3.connect(database)) as connection:
        return sorted(connection.execute(query).fetchall())


@pytest.mark.parametrize("name", DAYS)
def test_a_replayed_day_gives_the_region_the_halls_own_figures(tmp_path: Path, name: str) -> None:
    hall, data = tmp_path / "hall", tmp_path / "region"
    told = replayed(name, hall)

    with open_sqlite(data) as store:
        with served(create(store, data, REGION_KEY, accept_simulated=True)) as url:
            enrol(hall, url, name, Invitations(data).make(name, wall_ms()))
            assert run(hall / "hall.db", hall / "sync.db", hall_id=name, once=True, interval_s=1) == 0
        project(store)

    days = rows(data / "region.db", "SELECT issued, served, missed, unserved FROM day")
    ours = rows(data / "region.db", f"SELECT {COLUMNS.format(called='called_ms')} FROM ticket")
    assert days == [(told["issued"], told["served"], told["missed"], told["unserved"])]
    assert ours == rows(hall / "hall.db", f"SELECT {COLUMNS.format(called='first_called_ms')} FROM ticket")
    assert rows(data / "region.db", "SELECT * FROM dead_event") == []
    assert rows(data / "region.db", "SELECT * FROM unknown_kind") == []
