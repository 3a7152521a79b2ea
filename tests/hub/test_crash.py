"""Power may fail at any moment: what was answered is on disk, once; what is on disk was given once."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bench.hall import hall_file
from cli.processes import start_hub
from hub.client.http import CommandRefused, HubClient, HubUnreachable
from hub.hub import head_client
from journal.line import Line, decode
from journal.store import read_lines, reading_end
from journal.verify import verify
from tests.conftest import monday

KILLS = 20
CALLERS = 8
ANSWERS_BETWEEN_KILLS = 40


@dataclass
class Ledger:
    """What the callers were answered, and how to wait for more of it."""

    answers: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    told: threading.Condition = field(default_factory=threading.Condition)
    up: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def take(self, deed: str, answer: dict[str, Any]) -> None:
        """Keep an answer."""
        with self.told:
            self.answers.append((deed, answer))
            self.told.notify_all()

    def wait_for_more(self, count: int) -> None:
        """Wait until so many more answers have come."""
        with self.told:
            target = len(self.answers) + count
            assert self.told.wait_for(lambda: len(self.answers) >= target, 30)


class Caller(threading.Thread):
    """A counter whose clerk issues, calls, serves; each command is repeated under its id until it is answered."""

    def __init__(self, ledger: Ledger, head: HubClient, number: int) -> None:
        super().__init__(name=f"caller-{number}")
        self.ledger, self.number = ledger, number
        self.client = HubClient(head.url, head.token, deadline_s=2.0, tries=1)
        self.codes: Counter[str] = Counter()

    def run(self) -> None:
        """Work until it is over."""
        counter, agency = self.number * 6 + 1, self.number
        self.command(f"/v1/counters/{counter}/sign-in", {"clerk": f"P{counter}"})
        self.command(f"/v1/counters/{counter}/open", {})
        while not self.ledger.over.is_set():
            self.command("/v1/tickets", {"service": f"layanan-{agency}-0", "kiosk": "anjungan-1"})
            for deed in ("call-next", "start", "finish"):
                self.command(f"/v1/counters/{counter}/{deed}", {})
        self.client.close()

    def command(self, path: str, body: dict[str, Any]) -> None:
        """Send one command until it is answered, through as many deaths of the hub as it takes."""
        body = body | {"request": uuid.uuid4().hex}
        while not self.ledger.over.is_set():
            self.ledger.up.wait(30)
            try:
                self.ledger.take(path, self.client.ask("POST", path, body))
                return
            except CommandRefused as refused:
                self.codes[refused.code] += 1
                return
            except HubUnreachable:
                continue


def lines_of(data: Path) -> list[Line]:
    connection = reading_end(data)
    lines = [decode(raw) for _, raw, _ in read_lines(connection)]
    connection.close()
    return lines


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.mark.timeout(180)
def test_what_was_answered_is_in_the_journal_once_through_twenty_kills(tmp_path: Path) -> None:
    hall, data, port = hall_file(tmp_path / "hall.toml"), tmp_path / "data", free_port()
    ledger = Ledger()
    process, _ = start_hub(hall, data, "--simulated", port=port)
    head = head_client(data)
    head.set_clock(monday())
    ledger.up.set()
    callers = [Caller(ledger, head, number) for number in range(CALLERS)]
    for caller in callers:
        caller.start()

    for _ in range(KILLS):
        ledger.wait_for_more(ANSWERS_BETWEEN_KILLS)
        ledger.up.clear()
        process.kill()
        process, _ = start_hub(hall, data, "--simulated", port=port)
        ledger.up.set()
    ledger.wait_for_more(ANSWERS_BETWEEN_KILLS)
    ledger.over.set()
    for caller in callers:
        caller.join()
    assert process.end() == 0

    lines = {line.seq: line for line in lines_of(data)}
    numbers = Counter(line.body["number"] for line in lines.values() if line.kind == "ticket.issued")
    assert max(numbers.values()) == 1
    assert verify(data).content
    assert len(ledger.answers) >= KILLS * ANSWERS_BETWEEN_KILLS
    for deed, answer in ledger.answers:
        last = lines[answer["seq"]]
        assert last.body.get("number") == answer.get("ticket", {}).get("number"), deed
    given = Counter(answer["ticket"]["number"] for deed, answer in ledger.answers if deed == "/v1/tickets")
    assert max(given.values()) == 1
    assert given.keys() <= numbers.keys()
    assert not [code for caller in callers for code in caller.codes]
    assert unanswered(numbers, given) <= CALLERS


def unanswered(numbers: Counter[str], given: Counter[str]) -> int:
    """Return how many numbers are in the journal whose callers ended before they were told."""
    return len(numbers.keys() - given.keys())


CALL = re.compile(r"^\d+\s+(?P<call>\w+)\((?P<rest>.*)$")


def traced(trace: str) -> str:
    """Return what a hub did, one letter each: W it wrote to its journal, S the disk was told to keep it, A an answer.

    A call that strace cut in two counts where it ended.
    """
    deeds, open_syncs = [], set()
    for line in trace.splitlines():
        pid = line.split()[0]
        if "pwrite64(" in line:
            deeds.append("W")
        elif "fdatasync(" in line and "unfinished" in line:
            open_syncs.add(pid)
        elif "fdatasync(" in line or (pid in open_syncs and "fdatasync resumed" in line):
            deeds.append("S")
        elif "HTTP/1.1 200" in line:
            deeds.append("A")
    return "".join(deeds)


def test_the_disk_has_been_told_to_keep_each_commit_before_its_answer(tmp_path: Path) -> None:
    assert shutil.which("strace"), "strace is missing: ./antrean test installs it"
    hall, data, trace = hall_file(tmp_path / "hall.toml"), tmp_path / "data", tmp_path / "trace"
    process, _ = start_hub(hall, data, "--simulated")
    head = head_client(data)
    head.set_clock(monday())
    calls = "trace=pwrite64,fdatasync,write,writev,sendto,sendmsg"
    tracer = subprocess.Popen(
        ["strace", "-f", "-e", calls, "-s", "20", "-o", str(trace), "-p", str(process.popen.pid)],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr
    assert "attached" in tracer.stderr.readline()

    for _ in range(20):
        head.issue("layanan-0-0", kiosk="anjungan-1")
    tracer.send_signal(signal.SIGINT)
    tracer.communicate(timeout=20)
    assert process.end() == 0

    assert re.fullmatch("(W+SA){20}", traced(trace.read_text())), traced(trace.read_text())


def test_a_second_hub_on_the_same_folder_says_so_and_ends(tmp_path: Path) -> None:
    hall, data = hall_file(tmp_path / "hall.toml"), tmp_path / "data"
    process, _ = start_hub(hall, data)
    second = subprocess.run(
        [sys.executable, "-m", "cli", "hub", "--hall", str(hall), "--data", str(data), "--port", "0"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert process.end() == 0

    assert second.returncode == 1
    assert "Another hub uses this folder" in second.stderr
    assert "Traceback" not in second.stderr
