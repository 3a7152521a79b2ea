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
        """Work until it is over: each turn a visitor goes another of the ways there are."""
        self.deed("sign-in", clerk=f"P{self.counter}")
        self.deed("open")
        turn = 0
        while not self.ledger.over.is_set():
            WAYS[turn % len(WAYS)](self)
            turn += 1
        self.client.close()

    @property
    def counter(self) -> int:
        """The counter of this caller: its agency has one, so no other caller takes its visitors."""
        return self.number + 1

    def issue(self) -> str:
        """Take a number for this caller's agency and return it, "" where it is over."""
        body = {"service": f"layanan-{self.number}-0", "kiosk": "anjungan-1"}
        return str(self.command("/v1/tickets", body).get("ticket", {}).get("number", ""))

    def deed(self, name: str, **body: Any) -> dict[str, Any]:
        """Press a key at this caller's counter."""
        return self.command(f"/v1/counters/{self.counter}/{name}", body)

    def plain(self) -> None:
        """A visitor comes, is called, served and goes."""
        self.issue()
        for name in ("call-next", "start", "finish"):
            self.deed(name)

    def changed_mind(self) -> None:
        """A visitor gives the number back."""
        self.command(f"/v1/tickets/{self.issue()}/cancel", {})

    def fetches_a_paper(self) -> None:
        """A visitor is put aside and comes back."""
        self.issue()
        self.deed("call-next")
        number = self.deed("start").get("ticket", {}).get("number", "")
        self.deed("hold")
        self.command(f"/v1/tickets/{number}/resume", {})
        for name in ("call-next", "start", "finish"):
            self.deed(name)

    def sent_on(self) -> None:
        """A visitor is sent on to the next service of the same agency, and served there."""
        self.issue()
        for name in ("call-next", "start"):
            self.deed(name)
        self.deed("finish", next_service=f"layanan-{self.number}-1")
        for name in ("call-next", "start", "finish"):
            self.deed(name)

    def out_of_order(self) -> None:
        """A visitor is called by number, and the clerk pauses after it."""
        self.deed("call-number", number=self.issue(), reason="bayi sakit")
        for name in ("start", "finish", "pause", "open"):
            self.deed(name)

    def command(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Send one command until it is answered, through as many deaths of the hub as it takes."""
        body = body | {"request": uuid.uuid4().hex}
        while not self.ledger.over.is_set():
            self.ledger.up.wait(30)
            try:
                answer = self.client.ask("POST", path, body)
                self.ledger.take(path, answer)
                return answer
            except CommandRefused as refused:
                self.codes[refused.code] += 1
                return {}
            except HubUnreachable:
                continue
        return {}


WAYS = (Caller.plain, Caller.fetches_a_paper, Caller.changed_mind, Caller.sent_on, Caller.out_of_order)


def lines_of(data: Path) -> list[Line]:
    connection = reading_end(data)
    lines = [decode(raw) for _, raw, _ in read_lines(connection)]
    connection.close()
    return lines


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("callers", "kills"), [(8, 8), *(pytest.param(*more, marks=pytest.mark.slow) for more in ((8, 20), (16, 50)))]
)
def test_what_was_answered_is_in_the_journal_once_whenever_the_hub_is_killed(
    tmp_path: Path, callers: int, kills: int
) -> None:
    hall = hall_file(tmp_path / "hall.toml", agencies=callers, counters=1)
    data, port = tmp_path / "data", free_port()
    ledger = Ledger()
    process, _ = start_hub(hall, data, "--simulated", port=port)
    head = head_client(data)
    head.set_clock(monday())
    ledger.up.set()
    working = [Caller(ledger, head, number) for number in range(callers)]
    for caller in working:
        caller.start()

    for _ in range(kills):
        ledger.wait_for_more(ANSWERS_BETWEEN_KILLS)
        ledger.up.clear()
        process.kill()
        process, _ = start_hub(hall, data, "--simulated", port=port)
        ledger.up.set()
    ledger.wait_for_more(ANSWERS_BETWEEN_KILLS)
    ledger.over.set()
    for caller in working:
        caller.join()
    assert process.end() == 0

    lines = {line.seq: line for line in lines_of(data)}
    numbers = Counter(line.body["number"] for line in lines.values() if line.kind == "ticket.issued")
    assert max(numbers.values()) == 1
    assert verify(data).content
    assert len(ledger.answers) >= kills * ANSWERS_BETWEEN_KILLS
    seqs = Counter(answer["seq"] for _, answer in ledger.answers)
    assert max(seqs.values()) == 1
    for deed, answer in ledger.answers:
        assert answer["seq"] in lines, deed
        if "ticket" in answer and deed == "/v1/tickets":
            issued = lines[answer["seq"] - 1]
            assert (issued.kind, issued.body["number"]) == ("ticket.issued", answer["ticket"]["number"])
    given = Counter(answer["ticket"]["number"] for deed, answer in ledger.answers if deed == "/v1/tickets")
    assert max(given.values()) == 1
    assert given.keys() <= numbers.keys()
    assert sum((caller.codes for caller in working), Counter()) == {}
    assert unanswered(numbers, given) <= callers


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


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    process, _ = start_hub(hall_file(tmp_path / "hall.toml"), tmp_path / "data", "--simulated", log=Path("/dev/full"))
    head = head_client(tmp_path / "data")
    head.set_clock(monday())
    ticket = head.issue("layanan-0-0", kiosk=None)["ticket"]
    head.close()

    assert ticket["number"] == "A001"
    assert process.end() == 0
