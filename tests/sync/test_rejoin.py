"""A hall restored from its backup, as it really goes: a person rejoins it, and the old machine is out."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from push_halls import held_journal, journal_lines
from whole_hall import HALL, Stage

from region.store import open_store
from region.verify import verify
from tests.conftest import ROOT


@pytest.fixture
def stage(tmp_path: Path, database: str | None) -> Iterator[Stage]:
    with ExitStack() as cleaning:
        yield Stage(tmp_path, database, cleaning)


def rejoin(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command that a technician runs."""
    command = [sys.executable, "-m", "cli", "sync", "rejoin", str(data), "--reason", "dipulihkan dari cadangan", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(180)
def test_a_hall_restored_from_yesterday_goes_on_and_the_old_machine_is_out(stage: Stage) -> None:
    stage.write()
    stage.pushed()
    same = rejoin(stage.data)
    stage.hub.end()
    stage.sync.end()
    shutil.copytree(stage.data, stage.folder / "backup")
    stage.start_hub()
    stage.start_sync()
    stage.write()
    stage.write()
    stage.pushed()
    stage.hub.end()
    stage.sync.end()
    stage.data.rename(stage.folder / "old machine")
    shutil.copytree(stage.folder / "backup", stage.data)
    stage.start_hub()
    stage.write()
    stage.start_sync()
    done = rejoin(stage.data)
    stage.pushed()
    journal = journal_lines(stage.data / "hall.db")
    old = once(stage.folder / "old machine")

    assert (same.returncode, "tidak ada yang perlu disambung" in same.stderr) == (1, True)
    assert (done.returncode, done.stdout.split(";")[0]) == (0, "Epoch 2 dibuka")
    assert old.returncode == 1
    assert "komputer lain kini menjadi mal ini" in old.stderr
    assert stage.end() == [0, 0, 0]
    with open_store(stage.region_data, stage.database) as store:
        assert held_journal(store, HALL) == journal
    assert [proof.whole for proof in verify(stage.region_data, stage.database)] == [True, True]


def once(data: Path) -> subprocess.CompletedProcess[str]:
    """Push once from another folder."""
    command = [sys.executable, "-m", "cli", "sync", "run", str(data), "--once"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
