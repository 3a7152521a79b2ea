"""`antrean report`: figures for a terminal, for programs and as files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.hub.report.making import called, issued, keep, opened


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return keep(tmp_path / "data", opened(), issued("08:00", "A001"), called("08:07", "A001"))


def report(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "report", "--data", str(data), "--from", "2026-11-30", *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_it_prints_figures_and_what_they_mean(data: Path) -> None:
    told = report(data, "--language", "en")

    assert told.returncode == 0, told.stderr
    assert "Monday, 30 November 2026" in told.stdout
    assert "Wait, median (min)" in told.stdout
    assert "to the first call" in told.stdout


def test_programs_get_json_and_people_a_file(data: Path, tmp_path: Path) -> None:
    figures = json.loads(report(data, "--json", "--agency", "instansi-0").stdout)["tables"]["summary"][0]
    paper = report(data, "--format", "pdf", "--out", str(tmp_path / "report.pdf"))

    assert (figures["issued"], figures["wait_median"], figures["within_target"]) == (1, 7.0, 1.0)
    assert paper.returncode == 0, paper.stderr
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("more", "code", "why"),
    [
        (["--format", "pdf"], 1, "--out"),
        (["--format", "doc"], 2, "doc is none of"),
        (["--to", "2026-11-29"], 1, "cannot be used"),
        (["--agency", "nowhere"], 1, "nowhere"),
        (["--language", "jv"], 2, "neither id nor en"),
    ],
)
def test_what_cannot_be_reported_is_said(data: Path, more: list[str], code: int, why: str) -> None:
    told = report(data, *more)

    assert told.returncode == code
    assert why in told.stderr
    assert "Traceback" not in told.stderr
