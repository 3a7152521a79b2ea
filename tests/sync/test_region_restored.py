"""A region restored from its backup, by the commands its page names: halls notice it and send again what it lost."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest
from push_halls import held_journal, journal_lines
from whole_hall import HALL, Stage

from region.store import open_store
from region.verify import verify
from tests.postgresql import program


@pytest.fixture
def stage(tmp_path: Path, database: str | None) -> Iterator[Stage]:
    with ExitStack() as cleaning:
        yield Stage(tmp_path, database, cleaning)


def back_up(stage: Stage) -> None:
    """Copy what the region holds, while it runs."""
    backup = stage.folder / "backup"
    if stage.database:
        subprocess.run([program("pg_dump"), "-Fc", "-f", str(backup), "-d", stage.database], check=True)
        return
    with (
        closing(sqlite3.connect(stage.region_data / "region.db")) as running,
        closing(sqlite3.connect(backup)) as copy,
    ):
        running.backup(copy)


def restore(stage: Stage) -> None:
    """Put the copy in the place of what the region held; its key and its invitations are still there."""
    backup = stage.folder / "backup"
    if stage.database:
        with psycopg.connect(stage.database, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        command = [program("pg_restore"), "--no-owner", "-n", "public", "-d", stage.database, str(backup)]
        subprocess.run(command, check=True)
        return
    for path in stage.region_data.glob("region.db*"):
        path.unlink()
    shutil.copy(backup, stage.region_data / "region.db")


@pytest.mark.timeout(120)
def test_a_region_restored_from_yesterday_is_noticed_and_made_whole(stage: Stage) -> None:
    stage.write()
    stage.pushed()
    back_up(stage)
    held = stage.newest()
    stage.write()
    stage.pushed()
    lost = stage.newest()
    modes = {path.stat().st_mode & 0o077 for path in stage.region_data.rglob("*")}
    stage.region.end()
    restore(stage)
    stage.start_region()
    stage.sync.end()
    stage.start_sync()
    stage.write()
    stage.pushed()
    told = (stage.folder / "sync.log").read_text()

    assert f"Server daerah kehilangan baris {held + 1} sampai {lost}" in " ".join(told.split())
    assert modes == {0}
    assert stage.end() == [0, 0, 0]
    with open_store(stage.region_data, stage.database) as store:
        assert held_journal(store, HALL) == journal_lines(stage.data / "hall.db")
    assert [proof.whole for proof in verify(stage.region_data, stage.database)] == [True]
