"""One worker owns one printer: it prints the jobs of its desk in order, and starts anew after a doubtful one."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
from printer_fakes import content_of, hall, job_of

from config.hall import Hall, Printer
from hub.client.http import CommandRefused, HubUnreachable
from hub.client.mirror import Mirror
from hub.client.views import JobState, JobView, PrinterStatus
from printer.capability import Capability, remember, remembered
from printer.desk import Desk
from printer.job import PATIENCE, Patience
from printer.port import HubPort
from printer.virtual.device import VirtualPrinter
from printer.virtual.engine import Faults
from printer.virtual.tray import Tray
from printer.worker import UnknownPrinter, Worker

pytestmark = pytest.mark.usefixtures("fonts")
PRINTER = "anjungan-1-printer"
OF = hall("mpp-muara-enim")
AWAY = HubUnreachable(url="-", why="-")


FOLLOWS = {"queued": {"sending", "failed"}, "sending": {"waiting", "done", "assumed", "uncertain"}}


class FakeHub:
    """A hub that keeps jobs, tells a desk of them, and follows the same rules as the real one."""

    def __init__(self, desk: Desk, of: Hall = OF) -> None:
        self.mirror, self.desk = Mirror(), desk
        self.mirror.hall, self.mirror.now_ms = of, 1
        self.heard: list[tuple[str, str]] = []
        self.statuses: list[str] = []
        self.settled, self.spoken = Event(), Event()
        self.lose_answers = 0

    def queue(self, *jobs: JobView) -> None:
        """Queue jobs, and wait until each has come to its end."""
        self.settled.clear()
        self.mirror.jobs.update((job["job"], job) for job in jobs)
        self.desk.look(self.mirror)

    def report_job(self, job: str, state: JobState, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Take a report that may follow, and lose answers as planned."""
        view = self.mirror.jobs[job]
        if state not in FOLLOWS.get(view["state"], {"done", "uncertain"}):
            raise CommandRefused(409, "job_state", {})
        view["state"] = state
        self.heard.append((job, state if state != "done" else f"done {proof}"))
        self.desk.look(self.mirror)
        if all(view["state"] not in ("queued", "sending", "waiting") for view in self.mirror.jobs.values()):
            self.settled.set()
        if self.lose_answers:
            self.lose_answers -= 1
            raise AWAY

    def report_printer(self, printer: str, status: str) -> None:
        """Hear how the printer is."""
        self.statuses.append(status)
        self.spoken.set()


@dataclass
class Shop:
    """A worker in its thread, with everything around it."""

    folder: Path
    of: Hall = OF
    patience: Patience = PATIENCE
    memory: Path | None = None
    stop: Event = field(default_factory=Event)
    statuses: list[PrinterStatus] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk = Desk(PRINTER, self.stop)
        self.hub = FakeHub(self.desk, self.of)
        self.tray = Tray(self.folder)
        self.virtual = VirtualPrinter(self.tray.take)
        port = HubPort(self.hub, self.stop)
        self.worker = Worker(
            self.desk,
            port,
            self.virtual,
            self.tray,
            self.stop,
            self.statuses.append,
            patience=self.patience,
            memory=self.memory,
        )
        self.thread = Thread(target=self.worker.work)

    def run_until_settled(self) -> None:
        """Start the worker and wait until no job is open."""
        self.thread.start()
        assert self.hub.settled.wait(30)

    def close(self) -> None:
        """End the worker."""
        self.stop.set()
        self.desk.wake()
        if self.thread.ident:
            self.thread.join(10)
        assert not self.thread.is_alive()

    @property
    def names(self) -> list[str]:
        """Names of the papers' pictures."""
        return sorted(path.name for path in self.folder.glob("[0-9]*.png"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    made.close()


def job(number: str, *, queued_ms: int = 0, **changes: JobState) -> JobView:
    return {**job_of(content_of(OF, number=number), printer=PRINTER, **changes), "queued_ms": queued_ms}


def test_jobs_are_printed_in_the_order_in_which_they_were_queued(shop: Shop) -> None:
    shop.hub.queue(job("A003", queued_ms=3), job("A001", queued_ms=1), job("A002", queued_ms=2))

    shop.run_until_settled()

    assert shop.names == ["0001-A001.png", "0002-A002.png", "0003-A003.png"]
    assert shop.hub.heard[:2] == [("A001-0", "sending"), ("A001-0", "done process_id")]


def test_jobs_of_other_printers_and_jobs_that_are_over_are_left_alone(shop: Shop) -> None:
    other = {**job("A001"), "printer": "anjungan-2-printer", "state": "done"}
    shop.hub.queue(other, job("A002", state="done"), job("A003", state="cancelled"), job("A004"))  # type: ignore[arg-type]

    shop.run_until_settled()

    assert shop.names == ["0001-A004.png"]


def test_a_job_left_under_way_by_an_earlier_run_is_uncertain_and_not_printed(shop: Shop) -> None:
    shop.hub.queue(job("A001", state="sending"), job("A002"))

    shop.run_until_settled()

    assert shop.hub.heard[0] == ("A001-0", "uncertain")
    assert shop.names == ["0001-A002.png"]


def test_an_answer_lost_on_its_way_prints_one_paper_all_the_same(shop: Shop) -> None:
    shop.hub.lose_answers = 1
    shop.hub.queue(job("A001"))

    shop.run_until_settled()

    assert shop.hub.heard == [("A001-0", "sending"), ("A001-0", "done process_id")]
    assert shop.names == ["0001-A001.png"]


def test_the_printers_status_is_told_once_for_each_change(shop: Shop) -> None:
    shop.virtual.set(Faults(paper_out=True))
    shop.hub.queue(job("A001"))
    shop.thread.start()
    assert shop.hub.spoken.wait(30)

    shop.virtual.set(Faults())
    assert shop.hub.settled.wait(30)

    assert shop.hub.statuses == ["PAPER_OUT", "ONLINE"]
    assert shop.statuses == ["PAPER_OUT", "ONLINE"]
    assert shop.names == ["0001-A001.png"]


def test_a_job_waits_for_paper_and_is_printed_once(shop: Shop) -> None:
    shop.hub.queue(job("A001"))
    shop.virtual.set(Faults(cover_open=True))
    shop.thread.start()
    assert shop.hub.spoken.wait(30)
    assert shop.hub.heard == []

    shop.virtual.set(Faults())
    assert shop.hub.settled.wait(30)

    assert shop.names == ["0001-A001.png"]


def test_a_clone_is_found_out_and_proved_by_the_barrier(shop: Shop) -> None:
    shop.virtual.set(Faults(clone=True))
    shop.hub.queue(job("A001"))

    shop.run_until_settled()

    assert shop.hub.heard[-1] == ("A001-0", "done barrier")


def test_a_content_that_cannot_be_drawn_fails_and_the_next_job_is_printed(shop: Shop) -> None:
    broken = job("A001", queued_ms=1)
    broken["content"] = {**broken["content"], "timezone": "Asia/Nowhere"}
    shop.hub.queue(broken, job("A002", queued_ms=2))

    shop.run_until_settled()

    assert shop.hub.heard[0] == ("A001-0", "failed")
    assert shop.names == ["0001-A002.png"]


def test_a_printer_that_the_hall_does_not_have_is_an_error(tmp_path: Path) -> None:
    shop = Shop(tmp_path, replace(OF, kiosks=()))
    shop.hub.queue()

    with pytest.raises(UnknownPrinter):
        shop.worker.work()


def test_a_file_printer_gets_whole_tickets_and_is_only_assumed(tmp_path: Path) -> None:
    out = tmp_path / "lp.bin"
    printer = Printer(id=PRINTER, kiosk="anjungan-1", transport="file", address=str(out), width_mm=58)
    shop = Shop(tmp_path / "papers", replace(OF, printers=(printer,)), Patience(extra_s=0, mm_per_s=10_000))
    shop.hub.queue(job("A001"))

    shop.run_until_settled()
    shop.close()

    assert shop.hub.heard[-1] == ("A001-0", "assumed")
    assert out.read_bytes().lstrip(b"\0").startswith(b"\x1b@")
    assert out.read_bytes().endswith(b"\x1dV\x42\x00")


def test_a_network_printer_that_is_not_there_is_reported_as_no_answer(tmp_path: Path) -> None:
    printer = Printer(id=PRINTER, kiosk="anjungan-1", transport="tcp", address="127.0.0.1:1")
    shop = Shop(tmp_path, replace(OF, printers=(printer,)))
    shop.hub.queue(job("A001"))
    shop.thread.start()
    assert shop.hub.spoken.wait(30)

    shop.close()

    assert shop.hub.statuses == ["NO_ANSWER"]
    assert shop.hub.heard == []


def test_a_copy_is_drawn_as_a_copy(shop: Shop, tmp_path: Path) -> None:
    shop.hub.queue(job("A001", queued_ms=1), {**job("A001", queued_ms=2), "job": "A001-1", "copy": 1})

    shop.run_until_settled()

    original, copy = (tmp_path / name for name in shop.names)
    assert original.read_bytes() != copy.read_bytes()
    assert (tmp_path / "ticket.png").read_bytes() == copy.read_bytes()


def test_a_printer_that_has_proved_papers_before_is_never_only_assumed(tmp_path: Path) -> None:
    memory = tmp_path / "printers.json"
    remember(memory, "ANTREAN VIRTUAL", Capability("process_id", datetime.now(UTC)))
    shop = Shop(tmp_path / "papers", memory=memory, patience=Patience(extra_s=0.2, mm_per_s=10_000, poll_s=0.05))
    shop.virtual.set(Faults(clone=True, no_barrier=True))
    shop.hub.queue(job("A001"))

    shop.run_until_settled()
    shop.close()

    assert shop.hub.heard[-1] == ("A001-0", "uncertain")
    assert remembered(memory)["ANTREAN VIRTUAL"].proof == "process_id"


def test_a_status_that_the_hub_believes_otherwise_is_told_again(shop: Shop) -> None:
    shop.desk.look(shop.hub.mirror)
    shop.thread.start()
    assert shop.hub.spoken.wait(30)
    shop.hub.spoken.clear()

    shop.hub.mirror.printers[PRINTER] = {"printer": PRINTER, "kiosk": "k", "status": "NO_ANSWER", "tickets_left": None}
    shop.desk.look(shop.hub.mirror)

    assert shop.hub.spoken.wait(30)
    assert shop.hub.statuses[:2] == ["ONLINE", "ONLINE"]


def test_a_changed_hall_file_reaches_the_agent_at_work(tmp_path: Path) -> None:
    first, then = (
        Printer(id=PRINTER, kiosk="anjungan-1", transport="file", address=str(tmp_path / name), width_mm=58)
        for name in ("first.bin", "then.bin")
    )
    shop = Shop(tmp_path / "papers", replace(OF, printers=(first,)), Patience(extra_s=0, mm_per_s=10_000))
    shop.hub.queue(job("A001"))
    shop.run_until_settled()

    shop.hub.mirror.hall = replace(OF, printers=(then,))
    shop.hub.queue(job("A002"))
    assert shop.hub.settled.wait(30)
    shop.close()

    assert (tmp_path / "then.bin").read_bytes().count(b"\x1dV") == 1
    assert (tmp_path / "first.bin").read_bytes().count(b"\x1dV") == 1


def test_a_printer_that_the_hall_has_no_more_ends_its_agent(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.desk.look(shop.hub.mirror)
    failed: list[UnknownPrinter] = []

    def work() -> None:
        try:
            shop.worker.work()
        except UnknownPrinter as error:
            failed.append(error)

    shop.thread = Thread(target=work)
    shop.thread.start()
    assert shop.hub.spoken.wait(30)
    shop.hub.mirror.hall = replace(OF, kiosks=())
    shop.desk.look(shop.hub.mirror)
    shop.thread.join(30)

    assert [error.fields["printer"] for error in failed] == [PRINTER]
