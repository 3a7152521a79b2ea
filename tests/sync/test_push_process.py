"""The processes themselves: what they print, how they end, and that a killed one costs nothing."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from push_halls import HALL, hall_with, held_lines, journal_lines, lines, write_journal
from push_regions import served

from region.app import create
from region.store import open_sqlite
from sync.app import TOKEN_FILE, run

REGION = """
import sys; from pathlib import Path; from region.app import run
sys.exit(run(Path(sys.argv[1]), port=int(sys.argv[2])))
"""
SYNC = """
import sys; from pathlib import Path; from sync.app import run
sys.exit(run(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), hall_id=sys.argv[4], once=False, interval_s=0.05))
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


def with_token(home: Path) -> Path:
    """Take the region's token to the hall; return where the watermark goes."""
    (home / "state").mkdir(exist_ok=True)
    (home / "state" / TOKEN_FILE).write_text((home / "region" / "push.token").read_text())
    return home / "state" / "sync.db"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_both_say_what_they_do_and_end_in_order(home: Path, start: Start, number: int) -> None:
    region = start(REGION, home / "region", 0)
    url = wait_for(region, "region ready ").removeprefix("region ready ")
    sync = start(SYNC, home / "hall.db", url, with_token(home), HALL)

    assert wait_for(sync, "sync ready") == "sync ready"
    assert wait_for(sync, "sync pushed 10") == "sync pushed 10"
    assert (ended(sync, number), ended(region, number)) == (0, 0)


def test_killed_at_either_end_they_go_on_where_they_were(home: Path, start: Start) -> None:
    region = start(REGION, home / "region", 0)
    url = wait_for(region, "region ready ").removeprefix("region ready ")
    state = with_token(home)
    sync = start(SYNC, home / "hall.db", url, state, HALL)
    wait_for(sync, "sync pushed 10")

    ended(region, signal.SIGKILL)
    write_journal(home / "hall.db", lines(10, first=11))
    ended(sync, signal.SIGKILL)
    region = start(REGION, home / "region", url.rpartition(":")[2])
    wait_for(region, "region ready")
    sync = start(SYNC, home / "hall.db", url, state, HALL)
    wait_for(sync, "sync pushed 20")
    assert (ended(sync, signal.SIGTERM), ended(region, signal.SIGTERM)) == (0, 0)

    with open_sqlite(home / "region") as store:
        assert held_lines(store) == journal_lines(home / "hall.db")


def test_a_push_that_waits_for_an_answer_ends_at_once(home: Path, start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        (home / TOKEN_FILE).write_text("rahasia")
        sync = start(SYNC, home / "hall.db", f"http://127.0.0.1:{silent.getsockname()[1]}", home / "sync.db", HALL)
        with silent.accept()[0] as waiting:
            waiting.recv(1)

            assert ended(sync, signal.SIGTERM) == 0


def once(home: Path, url: str, token: str | None = "rahasia", hall: str = HALL) -> int:
    """Push once and return the exit code."""
    return run(home / "hall.db", url, home / "sync.db", hall_id=hall, once=True, interval_s=1, token=token)


def test_once_ends_when_the_region_holds_all(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_sqlite(home / "region") as store, served(create(store, accept_simulated=False, token="rahasia")) as url:
        assert once(home, url) == 0

    assert capsys.readouterr().out.splitlines() == ["sync ready", "sync pushed 0", "sync pushed 10"]


def test_once_says_what_stands_in_the_way(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_sqlite(home / "region") as store, served(create(store, accept_simulated=False, token="rahasia")) as url:
        assert once(home, url, token="salah") == 1
        assert once(home, url, hall="mpp-lain") == 1

    said = capsys.readouterr().err
    assert "Kunci akses tidak dikenal" in said
    assert "mpp-lain" in said
    assert "salah" not in said


def test_without_a_token_it_says_where_one_belongs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert once(home, "http://127.0.0.1:9", token=None) == 1
    assert TOKEN_FILE in capsys.readouterr().err
