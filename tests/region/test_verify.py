"""The stored bytes prove each hall's chain, or tell where it ends."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from push_halls import HALL
from region_days import keep, story
from sqlalchemy import update
from typer.testing import CliRunner

from cli.main import app
from journal.line import genesis
from region.errors import Unavailable
from region.store import Store, open_sqlite
from region.tables import batch as batches
from region.tables import stream as streams
from region.verify import Proof, verify
from sync.wire import head_after

LINES = story([("ticket.issued", f"A{number:03d}", number) for number in range(1, 28)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_sqlite(tmp_path) as store:
        keep(store, LINES, sizes=[10])
        yield store


def change(store: Store, first: int, **values: object) -> None:
    """Change a stored batch behind everybody's back."""
    with store.writing() as connection:
        connection.execute(update(batches).where(batches.c.first == first).values(values))


def test_a_whole_chain_is_proved_while_the_region_runs(store: Store, tmp_path: Path) -> None:
    assert verify(tmp_path) == [Proof(HALL, 1, 30, head_after(genesis(HALL), LINES).hex())]


def test_damaged_bytes_are_found(store: Store, tmp_path: Path) -> None:
    change(store, 11, content=b"rubbish")

    assert [(proof.broken_at, proof.lines) for proof in verify(tmp_path)] == [(11, 10)]


def test_other_lines_in_a_batchs_place_are_found(store: Store, tmp_path: Path) -> None:
    with store.reading() as connection:
        rows = connection.execute(batches.select().order_by(batches.c.first)).mappings().all()
    change(store, 11, content=rows[2]["content"])

    assert [proof.broken_at for proof in verify(tmp_path)] == [11]


@pytest.mark.parametrize("first", [1, 11, 21])
def test_a_missing_batch_is_found(store: Store, tmp_path: Path, first: int) -> None:
    with store.writing() as connection:
        connection.execute(batches.delete().where(batches.c.first == first))

    assert [proof.broken_at for proof in verify(tmp_path)] == [first]


def test_a_watermark_that_lies_is_found(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        connection.execute(update(streams).values(head=b"x" * 32))

    assert not verify(tmp_path)[0].whole


def test_where_there_is_no_region_it_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        verify(tmp_path / "nowhere")

    assert not (tmp_path / "nowhere").exists()


def test_the_command_ends_by_what_it_found(store: Store, tmp_path: Path) -> None:
    whole = CliRunner().invoke(app, ["region", "verify", str(tmp_path), "--json"])
    change(store, 21, head=b"x" * 32)
    broken = CliRunner().invoke(app, ["region", "verify", str(tmp_path)])

    assert (whole.exit_code, json.loads(whole.output)[0]["whole"]) == (0, True)
    assert (broken.exit_code, "BROKEN at line 21" in broken.output) == (1, True)
