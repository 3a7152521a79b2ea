"""The demo plays the whole hall without a screen, and survives its power cut."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ROOT

SIZES = {"kiosk": (1080, 1920), "display": (1920, 1080), "counter": (420, 640)}


@pytest.mark.timeout(180)
def test_a_headless_demo_leaves_four_pictures_and_a_summary_through_a_power_cut(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "cli",
        "demo",
        "--headless",
        "--seconds",
        "20",
        "--out",
        str(tmp_path),
        "--powercut",
    ]

    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=150)

    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads((tmp_path / "summary.json").read_text())
    assert found["powercut"]["all_kept"]
    assert found["powercut"]["numbers_go_on"]
    assert found["verify"]
    assert found["region_holds"] == found["lines"]
    assert set(found["exit_codes"].values()) == {0}
    assert found["issued"] == found["papers"] + found["papers_cancelled"]
    assert found["papers"] > 0
    for name, size in SIZES.items():
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.size == size
            assert len(picture.convert("RGB").getcolors(1 << 24)) > 50
    with Image.open(tmp_path / "ticket.png") as ticket:
        assert ticket.width >= 576
