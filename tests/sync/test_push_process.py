"""The processes themselves: what they print, how they end, and that a killed one costs nothing."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from push_halls import HALL, hall_with, held_lines, journal_lines, lines, write_config, write_journal
from push_regions import HALL_KEY, REGION_KEY, STRANGERS_KEY, DirectRegion, pusher_of, served_over

from region.app import wall_ms
from region.invitations import Invitations
from region.store import open_sqlite
from sync.app import drive, run
from sync.ending import Ending
from sync.enrolment import KEY_FILE, REGION_FILE, Region, enrol
from sync.report import Report
from sync.signature import public_text
from sync.watermark import Watermark

REGION = """
import sys; from pathlib import Path; from region.app import run
sys.exit(run(Path(sys.argv[1]), port=int(sys.argv[2])))
"""
SYNC = """
import sys; from pathlib import Path; from sync.app import drive, run
from sync.ending import Ending
sys.exit(run(Path(sys.argv[1]), Path(sys.argv[2]), hall_id=sys.argv[3], once=False, interval_s=0.05))
"""
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a program of ours; whatever still runs after the test is killed."""
    with ExitStack() as running:

        def begin(program: str, *words: object) -> subprocess.Popen[str]:
            command = [sys.executable, "-c", program, *map(str, words)]
            process = running.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            running.callback(process.kill)
            return process

        yield begin


def wait_for(process: subprocess.Popen[str], wanted: str) -> str:
    """Return the first printed line that begins as wanted."""
    assert process.stdout is not None
    return next(line.strip() for line in process.stdout if line.startswith(wanted))


def ended(process: subprocess.Popen[str], number: int) -> int:
    """Send a signal and return the exit code."""
    process.send_signal(number)
    return process.wait(20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a hall's journal of ten lines."""
    hall_with(tmp_path / "hall.db", 10)
    return tmp_path


def enrolled(home: Path, url: str) -> Path:
    """Let the hall enrol with a running region; return where the watermark goes."""
    code = Invitations(home / "region").make(HALL, wall_ms())
    enrol(home / "state", url, HALL, code)
    return home / "state" / "sync.db"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_both_say_what_they_do_and_end_in_order(home: Path, start: Start, number: int) -> None:
    region = start(REGION, home / "region", 0)
    url = wait_for(region, "region ready ").removeprefix("region ready ")
    sync = start(SYNC, home / "hall.db", enrolled(home, url), HALL)

    assert wait_for(sync, "sync ready") == "sync ready"
    assert wait_for(sync, "sync pushed 10") == "sync pushed 10"
    assert (ended(sync, number), ended(region, number)) == (0, 0)


def test_killed_at_either_end_they_go_on_where_they_were(home: Path, start: Start) -> None:
    region = start(REGION, home / "region", 0)
    url = wait_for(region, "region ready ").removeprefix("region ready ")
    state = enrolled(home, url)
    sync = start(SYNC, home / "hall.db", state, HALL)
    wait_for(sync, "sync pushed 10")

    ended(region, signal.SIGKILL)
    write_journal(home / "hall.db", lines(10, first=11))
    ended(sync, signal.SIGKILL)
    region = start(REGION, home / "region", url.rpartition(":")[2])
    wait_for(region, "region ready")
    sync = start(SYNC, home / "hall.db", state, HALL)
    wait_for(sync, "sync pushed 20")
    assert (ended(sync, signal.SIGTERM), ended(region, signal.SIGTERM)) == (0, 0)

    with open_sqlite(home / "region") as store:
        assert held_lines(store) == journal_lines(home / "hall.db")


def test_a_push_that_waits_for_an_answer_ends_at_once(home: Path, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        known(home, f"http://127.0.0.1:{silent.getsockname()[1]}")
        sync = start(SYNC, home / "hall.db", home / "sync.db", HALL)
        with silent.accept()[0] as waiting:
            waiting.recv(1)

            assert ended(sync, signal.SIGTERM) == 0


def known(home: Path, url: str, *, key: Ed25519PrivateKey = HALL_KEY) -> None:
    """Write what an enrolment leaves: the hall's key, and what the region said."""
    (home / KEY_FILE).write_bytes(key.private_bytes_raw())
    told = Region(url, HALL, public_text(REGION_KEY.public_key()))
    (home / REGION_FILE).write_text(json.dumps(asdict(told)))


def once(home: Path, hall: str = HALL) -> int:
    """Push once and return the exit code."""
    return run(home / "hall.db", home / "sync.db", hall_id=hall, once=True, interval_s=1)


def test_once_ends_when_the_region_holds_all(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_sqlite(home / "region") as store, served_over(store, home / "region") as url:
        known(home, url)

        assert once(home) == 0

    assert capsys.readouterr().out.splitlines() == ["sync ready", "sync pushed 0", "sync pushed 10"]


def test_once_says_what_stands_in_the_way(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_sqlite(home / "region") as store, served_over(store, home / "region") as url:
        known(home, url, key=STRANGERS_KEY)
        assert once(home) == 1
        assert once(home, hall="mpp-lain") == 1

    said = capsys.readouterr().err
    assert "Tanda tangan kiriman tidak dikenal" in said
    assert "mpp-lain" in said


def test_a_hall_that_is_not_enrolled_is_told_how(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert once(home) == 1
    assert "antrean sync enrol" in capsys.readouterr().err


class EndingAtRest(Ending):
    """An end that is asked for by the first wait."""

    def wait(self, seconds: float) -> None:
        self.ask()


def test_outside_its_hours_nothing_is_sent(home: Path, watermark: Watermark, region: DirectRegion) -> None:
    opens, closes = (datetime.now(UTC) + timedelta(hours=hours) for hours in (2, 3))
    hours = {"start": f"{opens:%H:%M}", "end": f"{closes:%H:%M}"}
    write_config(home / "hall.db", {"hall": {"timezone": "UTC"}, "sync": hours})

    drive(pusher_of(home / "hall.db", watermark, region), EndingAtRest(), Report(), once=False, interval_s=1)
    sent_by_itself = list(region.pushes)
    drive(pusher_of(home / "hall.db", watermark, region), Ending(), Report(), once=True, interval_s=1)

    assert (sent_by_itself, region.pushes) == ([], [(1, 11)])
