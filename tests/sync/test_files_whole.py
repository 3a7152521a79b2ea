"""The region's files with the real programs: published, fetched and applied through a running hub, or refused."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from push_halls import journal_lines
from whole_hall import HALL, Stage

from tests.conftest import ROOT


def antrean(*words: str | Path) -> str:
    """Return what a command prints; it must end well."""
    command = [sys.executable, "-m", "cli", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def database() -> None:
    """Files are the same on both engines."""


@pytest.fixture
def stage(tmp_path: Path, database: None) -> Iterator[Stage]:
    with ExitStack() as cleaning:
        stage = Stage(tmp_path, database, cleaning)
        stage.sync.kill()
        yield stage


def pull(stage: Stage, *options: str) -> None:
    """Let the push run once."""
    antrean("sync", "run", stage.data, "--once", *options)


def test_a_running_hub_takes_the_regions_hall_file_and_its_journal_says_whose_it_is(stage: Stage) -> None:
    changed = stage.folder / "new" / "hall.toml"
    changed.parent.mkdir()
    changed.write_text(stage.hall.read_text().replace('short = "MPP Uji"', 'short = "MPP Uji", phone = "0735-1"'))
    picture = stage.folder / "iklan.png"
    picture.write_bytes(b"\x89PNG")
    antrean("region", "publish", HALL, stage.region_data, changed, picture)

    pull(stage)
    assert stage.head.state()["hall"]["hall"].get("phone") != "0735-1"
    pull(stage, "--take-files")

    assert stage.head.state()["hall"]["hall"]["phone"] == "0735-1"
    applied = [line for line in map(json.loads, journal_lines(stage.data / "hall.db")) if line[3] == "config.applied"]
    assert applied[-1][5]["author"] == "region"
    assert (stage.data / "region-media" / "iklan.png").read_bytes() == b"\x89PNG"
    told = json.loads(antrean("region", "published", HALL, stage.region_data, "--json"))
    assert told["verdict"] == {"version": told["manifest"]["version"], "mistakes": []}


def test_a_hall_file_that_the_hub_would_not_take_is_refused_with_words_for_both_ends(stage: Stage) -> None:
    foreign = stage.folder / "new" / "holidays.toml"
    foreign.parent.mkdir()
    foreign.write_text('[[holidays]]\ndate = "kemarin"\nwarna = 1\n')
    before = stage.head.state()["hall"]
    antrean("region", "publish", HALL, stage.region_data, foreign)

    pull(stage, "--take-files")

    status = json.loads(antrean("sync", "status", stage.data, "--json"))
    told = json.loads(antrean("region", "published", HALL, stage.region_data, "--json"))
    assert len(status["files_mistakes"]) == 3
    assert told["verdict"] == {"version": status["files_version"], "mistakes": status["files_mistakes"]}
    assert stage.head.state()["hall"] == before
    assert "holidays[1]" in antrean("sync", "status", stage.data)
    assert "refused this version" in antrean("region", "published", HALL, stage.region_data)
