"""An invitation on one line: printed with its QR code by the region, typed by a scanner at the hall."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from push_halls import HALL, hall_with
from push_regions import served

from region.app import create, wall_ms
from region.store import open_store
from sync.card import Card, card_in
from sync.enrolment import region_of
from sync.signature import made_key_at
from tests.conftest import ROOT

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def antrean(*words: object) -> subprocess.CompletedProcess[str]:
    """Run a command of the program."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@given(TEXT, TEXT, TEXT)
def test_what_is_written_is_read(region: str, hall: str, code: str) -> None:
    card = Card(region, hall, code)

    assert card_in(f"  {card.text()}\n") == card


@pytest.mark.parametrize(
    "text", ["7Q2M-94XC-KB0D-31VN", "", "//[", "antrean:enrol?hall=x", "https://wilayah.example?hall=x"]
)
def test_another_text_is_no_card(text: str) -> None:
    assert card_in(text) is None


def test_a_hall_enrols_by_what_the_region_printed(tmp_path: Path) -> None:
    hall_with(tmp_path / "hall.db", 3)
    data = tmp_path / "region"
    with (
        open_store(data) as store,
        served(create(store, data, made_key_at(data / "region.key"), accept_simulated=False, clock=wall_ms)) as url,
    ):
        printed = antrean("region", "invite", HALL, data, "--url", url)
        wrong = antrean("sync", "enrol", Card(url, "mpp-lain", "X").text(), tmp_path)
        nowhere = antrean("sync", "enrol", "7Q2M-94XC-KB0D-31VN", tmp_path)
        done = antrean("sync", "enrol", printed.stdout.splitlines()[1], tmp_path)
        told = json.loads(antrean("region", "invite", "mpp-lain", data, "--url", url, "--json").stdout)

    assert "█" in printed.stdout
    assert (done.returncode, done.stdout) == (0, f"enrolled {HALL} {url}\n")
    assert region_of(tmp_path).url == url
    assert (wrong.returncode, nowhere.returncode) == (2, 2)
    assert "mpp-lain" in wrong.stderr
    assert "--region" in nowhere.stderr
    assert card_in(told["card"]) == Card(url, "mpp-lain", told["code"])
