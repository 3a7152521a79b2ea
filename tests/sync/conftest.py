"""What the tests of the push share: a region's store, a hall's journal and watermark; both ends use this folder."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.line import genesis
from region.store import Store, open_store
from sync.watermark import Watermark

sys.path.insert(0, str(Path(__file__).parent))

from push_halls import HALL, hall_with
from push_regions import DirectRegion


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "region") as store:
        yield store


@pytest.fixture
def region(store: Store) -> DirectRegion:
    return DirectRegion(store, genesis(HALL))


@pytest.fixture
def watermark(tmp_path: Path) -> Iterator[Watermark]:
    with Watermark(tmp_path / "sync.db", HALL) as watermark:
        yield watermark


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return hall_with(tmp_path / "hall.db", 1000)
