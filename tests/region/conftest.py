"""Lets the tests of both ends of the push share what stands in `tests/sync`."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from region.store import Store, open_store

sys.path[:0] = [str(Path(__file__).parents[1] / "sync"), str(Path(__file__).parent)]


@pytest.fixture
def store(tmp_path: Path, database: str | None) -> Iterator[Store]:
    with open_store(tmp_path / "region", database) as store:
        yield store
