"""What all tests share: no screen, a generated hall, and moments of its Monday."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bench.hall import generated_hall
from config.hall import Hall
from config.load import Content, hall_from, load
from tests.postgresql import Cluster

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Speed is measured in bench/: an example that is slow beside other work is no fault.
settings.register_profile("antrean", deadline=None)
settings.load_profile("antrean")

ROOT = Path(__file__).resolve().parent.parent
HALLS = ROOT / "config" / "halls"
DAYS = ROOT / "config" / "days"
JAKARTA = ZoneInfo("Asia/Jakarta")


def monday(clock: str = "10:00") -> int:
    """Return a time of Monday, 30 November 2026, in Jakarta as ms since 1970."""
    hours, _, minutes = clock.partition(":")
    return round(datetime(2026, 11, 30, int(hours), int(minutes), tzinfo=JAKARTA).timestamp() * 1000)


@pytest.fixture(scope="session")
def muara_enim() -> Hall:
    return load(HALLS / "mpp-muara-enim.toml")


@pytest.fixture(scope="session")
def oku_timur() -> Hall:
    return load(HALLS / "mpp-oku-timur.toml")


@pytest.fixture
def content() -> Content:
    return generated_hall()


@pytest.fixture
def hall(content: Content) -> Hall:
    return hall_from(content)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL of our own."""
    cluster = Cluster()
    yield cluster
    cluster.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str | None:
    """The URL of an empty database, None for SQLite: a test that has it runs on both engines."""
    if request.param == "sqlite":
        return None
    cluster: Cluster = request.getfixturevalue("postgresql")
    return cluster.database()
