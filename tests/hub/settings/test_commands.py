"""`antrean hall`: a running hub's settings read and changed from the command line."""

import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from config.load import HALLS
from hub.client.http import CommandRefused
from hub.settings.acts import with_ramadan
from hub.settings.document import plain, rewritten
from hub.settings.keys import KeyUnknown
from tests.hub.conftest import Running

Hall = Callable[..., str]


@pytest.fixture
def hall(hub: Running) -> Hall:
    """Return what runs `antrean hall …` on the hub's data folder and returns what it prints."""

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["hall", *arguments, "--data", str(hub.data)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


def file_of(hub: Running) -> Path:
    return hub.data.parent / "hall.toml"


def test_a_key_is_set_in_hub_and_file(hub: Running, hall: Hall) -> None:
    assert hall("get", "policy.recall_max") == "3\n"

    told = hall("set", "policy.recall_max", "5")

    assert "(policy.recall_max): nilai baku → 5" in told
    assert hall("get", "policy.recall_max") == "5\n"
    assert hub.head.state()["hall"]["policy"]["recall_max"] == 5
    assert tomllib.loads(file_of(hub).read_text())["policy"]["recall_max"] == 5
    assert hall("export") == file_of(hub).read_text()


def test_what_is_wrong_is_refused_with_its_key_and_nothing_changes(hub: Running, hall: Hall) -> None:
    before = file_of(hub).read_text()

    for key, value in (
        ("agencies[instansi-1].letter", "A"),
        ("policy.recall_max", "viel"),
        ("hours[1].close", "00:00"),
    ):
        with pytest.raises(CommandRefused, match="hall_file") as refused:
            hall("set", key, value)
        assert key.rpartition(".")[2] in refused.value.words["en"]
    with pytest.raises(KeyUnknown):
        hall("set", "policy.unknown", "1")

    assert file_of(hub).read_text() == before


def test_the_calendar_by_command(hub: Running, hall: Hall) -> None:
    hall("open-on", "2026-12-25")
    hall("hours", "2026-12-24", "08:00", "11:00")
    hall("ramadan", "2027-02-08", "2027-03-09", "08:00", "14:00", "--friday", "08:00-14:30")
    hall("notice", "Lift sedang diperbaiki.", "--until", "2026-12-01")

    content = hub.head.state()["hall"]
    assert content["holidays"][0]["open"] is True
    assert content["holidays"][0]["kind"] == "libur_nasional"
    assert [row["close"] for row in content["hours_special"]] == ["11:00", "14:00", "14:30"]
    assert [row.get("days") for row in content["hours_special"]] == [None, [1, 2, 3, 4, 6, 7], [5]]
    assert content["notices"] == [{"text_id": "Lift sedang diperbaiki.", "end": "2026-12-01"}]


def test_the_history_tells_who_changed_what_and_the_way_back(hub: Running, hall: Hall) -> None:
    first = hall("history").split()[0]
    hall("set", "hall.phone", "0735")

    told = hall("history")
    plain = json.loads(hall("history", "--json"))
    hall("rollback", first)

    assert "oleh head · berlaku" in told
    assert "(hall.phone): nilai baku → 0735" in told
    assert plain[0]["changes"] == [{"key": "hall.phone", "before": None, "after": "0735"}]
    assert "phone" not in hub.head.state()["hall"]["hall"]
    assert "phone" not in tomllib.loads(file_of(hub).read_text())["hall"]


def test_an_expected_ramadan_is_confirmed_and_fridays_keep_their_hours() -> None:
    text = (HALLS / "mpp-oku-timur.toml").read_text()

    wanted = with_ramadan(plain(text), date(2027, 2, 9), date(2027, 3, 10), ("08:00", "13:30"), None, "Ramadan")

    told = [(row["name_id"], row["start"], row["close"], row["sure"]) for row in wanted["hours_special"]]
    assert told == [
        ("Ramadan 1448 H", "2027-02-09", "13:30", True),
        ("Ramadan 1448 H, Jumat", "2027-02-09", "14:30", True),
    ]
    assert "# expected, not yet decreed" in rewritten(text, wanted)


def test_the_hub_refuses_a_text_made_from_another_file(hub: Running) -> None:
    held = hub.head.ask("GET", "/v1/hall/file")
    changed = held["text"].replace("MPP Uji", "MPP Lain")
    hub.head.ask("POST", "/v1/hall/file", {"text": changed, "base": held["digest"]})

    with pytest.raises(CommandRefused, match="hall_file_changed"):
        hub.head.ask("POST", "/v1/hall/file", {"text": held["text"], "base": held["digest"]})

    assert hub.head.state()["hall"]["hall"]["short"] == "MPP Lain"


@pytest.mark.parametrize("role", ["kiosk", "counter", "display", "printer"])
def test_no_device_but_the_head_reads_or_writes_the_file(hub: Running, role: str) -> None:
    device = hub.device(role).client()

    for method, path in (("GET", "/v1/hall/file"), ("GET", "/v1/hall/history"), ("GET", "/v1/hall/history/2")):
        with pytest.raises(CommandRefused, match="role"):
            device.ask(method, path)
    with pytest.raises(CommandRefused, match="role"):
        device.ask("POST", "/v1/hall/file", {"text": "", "base": "0" * 64})
