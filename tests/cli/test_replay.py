"""A day of visitors through a real hub: counted from outside, the same every time, within its time."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cli.dayfile import DayFileError, Row, read_day
from cli.replay import MONDAY, play, sound
from journal.verify import verify
from tests.conftest import DAYS, HALLS, ROOT


def replayed(data: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "cli", "replay", str(DAYS / "mpp-muara-enim.csv")]
    command += ["--hall", str(HALLS / "mpp-muara-enim.toml"), "--data", str(data), "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def after_the_last_ticket(rows: list[Row]) -> int:
    """Count by hand whom the clock refuses: nobody's second errand is put off past the last ticket on this day."""
    return sum(row.time_s >= 14 * 3600 + 30 * 60 for row in rows)


@pytest.mark.timeout(180)
def test_the_day_of_muara_enim(tmp_path: Path) -> None:
    rows = read_day(DAYS / "mpp-muara-enim.csv")

    found = replayed(tmp_path / "one")
    again = replayed(tmp_path / "two")

    assert found["rows"] == len(rows) == 286
    assert found["issued"] + sum(found["refused"].values()) == 286
    assert found["refused"]["last_ticket"] == after_the_last_ticket(rows)
    assert found["served"] + found["missed"] == found["issued"] == found["papers"]
    assert (found["unserved"], found["missed_though_there"]) == (0, 0)
    assert (found["duplicate_numbers"], found["duplicate_papers"], found["double_calls"]) == (0, 0, 0)
    assert 0 < found["wait_mean_min"] < found["wait_p90_min"]
    assert found["hub_exit"] == 0
    assert {k: v for k, v in found.items() if k != "wall_s"} == {k: v for k, v in again.items() if k != "wall_s"}
    assert verify(tmp_path / "one").content


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_heavy_monday_of_oku_timur(tmp_path: Path) -> None:
    arrivals: list[tuple[int, str, str]] = []
    hall = HALLS / "mpp-oku-timur.toml"

    found = play(DAYS / "mpp-oku-timur.csv", hall, tmp_path, MONDAY.date(), show=False, arrivals=arrivals)

    late, full = counted_by_hand(arrivals, tomllib.loads(hall.read_text()))
    refused = found["refused"]
    assert found["rows"] == len(arrivals) == 1242
    assert sum(refused.get(code, 0) for code in ("last_ticket", "closed", "agency_gone")) == late > 0
    assert refused["quota_full"] == full > 0
    assert found["issued"] + late + full == 1242
    assert found["served"] + found["missed"] == found["issued"] == found["papers"]
    assert sound(found)
    assert verify(tmp_path).content


def counted_by_hand(arrivals: list[tuple[int, str, str]], hall: dict[str, Any]) -> tuple[int, int]:
    """Count from the attempts alone who came too late, and whom the quota left without a number.

    Independent of the program's own rules: the file's plain minutes and quotas, and a running count.
    """
    last, quotas = {}, {}
    for agency in hall["agencies"]:
        for service in agency["services"]:
            hours, minutes = (int(part) for part in agency.get("close", "15:00").split(":"))
            last[service["id"]] = min(14 * 60 + 30, hours * 60 + minutes) * 60
            quotas[service["id"]] = service["daily_quota"]
    late, full, given = 0, 0, Counter[str]()
    for second, service, _ in arrivals:
        if second >= last[service]:
            late += 1
        elif given[service] >= quotas[service]:
            full += 1
        else:
            given[service] += 1
    return late, full


def test_a_folder_that_holds_a_journal_is_not_played_over(tmp_path: Path) -> None:
    (tmp_path / "hall.db").write_bytes(b"")
    command = [sys.executable, "-m", "cli", "replay", str(DAYS / "mpp-muara-enim.csv")]
    command += ["--hall", str(HALLS / "mpp-muara-enim.toml"), "--data", str(tmp_path)]

    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)

    assert told.returncode == 1
    assert "Choose an empty folder" in told.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("time,service\n", "columns missing: abandons_after_minutes"),
        ("HEAD\n8.30,s,none,0,,60,1\n", "line 2"),
        ("HEAD\n08:30:00,s,none,0,soon,60,1\n", "line 2"),
    ],
)
def test_a_day_file_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "day.csv"
    path.write_text(
        text.replace("HEAD", "time,service,priority,is_booked,abandons_after_minutes,service_seconds,visitor")
    )

    with pytest.raises(DayFileError) as refused:
        read_day(path)

    assert why in str(refused.value.fields["why"])
