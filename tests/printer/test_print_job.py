"""A job is printed only when the printer says so; silence is never success."""

from collections.abc import Callable
from typing import Literal

import pytest
from printer_fakes import FakePort, FakePrinter, FakeTime, black, content_of, hall, job_of

from config.hall import Printer
from hub.client.views import JobView
from printer import escpos
from printer.job import Outcome, Patience, Payload, Runner, orphaned, patience_with
from printer.lettering import NoRoom
from printer.link import Link, Proof
from printer.virtual.engine import Faults

OK, SILENT, PAPER_OUT = Faults(), Faults(silent=True), Faults(paper_out=True)
JOB = job_of(content_of(hall("mpp-muara-enim")))
PICTURE = black()
PAPER = Payload(escpos.ticket(PICTURE), PICTURE.height / 8)
MM = round(PAPER.mm)


class Bench:
    """One printer, one port, one runner, and fake time."""

    def __init__(self, faults: Faults = OK, answer: Literal["yes", "no", "away"] = "yes") -> None:
        self.time = FakeTime()
        self.printer = FakePrinter(self.time, faults=faults)
        self.port = FakePort(answer, printer=self.printer)
        self.link = Link(self.printer, self.time)

    def run(self, proof: Proof | None = "process_id", job: JobView = JOB, **more: Callable[[], bool]) -> Outcome:
        """Run one job."""
        return Runner(self.link, self.port, lambda _: PAPER, proof, clock=self.time, **more).run(job)


def test_a_printed_job_is_done_by_its_process_number() -> None:
    bench = Bench()

    outcome = bench.run()

    assert outcome == Outcome("done", "process_id", mm=MM)
    assert bench.port.told == [("A043-0", "sending", None, ""), ("A043-0", "done", "process_id", "")]
    assert [paper.picture for paper in bench.printer.papers] == [PICTURE]


def test_the_hub_has_accepted_the_job_before_the_first_byte_leaves() -> None:
    bench = Bench()

    bench.run()

    assert bench.port.bytes_at_begin == 0
    assert bench.printer.picture_bytes > 0


@pytest.mark.parametrize(("answer", "state"), [("no", "not_ours"), ("away", "delayed")])
def test_without_the_hubs_yes_not_a_byte_is_printed(answer: Literal["no", "away"], state: str) -> None:
    bench = Bench(answer=answer)

    outcome = bench.run()

    assert outcome.state == state
    assert bench.printer.picture_bytes == 0
    assert bench.port.states == []


@pytest.mark.parametrize(
    ("faults", "reason"),
    [(PAPER_OUT, "PAPER_OUT"), (Faults(cover_open=True), "COVER_OPEN"), (SILENT, "NO_ANSWER")],
)
def test_a_printer_that_is_not_well_costs_the_job_nothing(faults: Faults, reason: str) -> None:
    bench = Bench(faults)

    outcome = bench.run()

    assert outcome == Outcome("delayed", reason=reason)
    assert bench.port.told == []
    assert bench.printer.picture_bytes == 0


def test_low_paper_still_prints() -> None:
    assert Bench(Faults(paper_low=True)).run().state == "done"


@pytest.mark.parametrize("proof", ["process_id", "barrier", None])
def test_a_printer_that_falls_silent_is_never_done(proof: Proof | None) -> None:
    bench = Bench()
    bench.port.begin = silenced(bench)  # type: ignore[method-assign]

    outcome = bench.run(proof)

    assert outcome.state == "uncertain"
    assert "done" not in bench.port.states
    assert "assumed" not in bench.port.states


def silenced(bench: Bench) -> Callable[[JobView], Literal["yes"]]:
    """Let the printer fall silent right after the hub's yes."""

    def begin(_job: JobView) -> Literal["yes"]:
        bench.printer.engine.set(SILENT)
        return "yes"

    return begin


def test_silence_is_waited_out_no_longer_than_patience_allows() -> None:
    bench = Bench()
    bench.port.begin = silenced(bench)  # type: ignore[method-assign]

    outcome = bench.run()

    assert outcome == Outcome("uncertain", reason="silence", mm=MM)
    assert bench.time.now < Patience().print_s(PAPER) + 5


def test_a_clone_without_process_numbers_is_done_by_the_barrier() -> None:
    bench = Bench(Faults(clone=True))

    assert bench.run("barrier") == Outcome("done", "barrier", mm=MM)


def test_a_clone_taken_for_a_better_printer_is_uncertain_not_done() -> None:
    assert Bench(Faults(clone=True)).run("process_id") == Outcome("uncertain", reason="no_proof", mm=MM)


def test_a_printer_that_proves_nothing_is_assumed_after_its_time() -> None:
    bench = Bench()

    assert bench.run(None) == Outcome("assumed", mm=MM)
    assert bench.time.now >= Patience().print_s(PAPER)


def test_paper_that_ends_in_mid_ticket_waits_for_a_new_roll_and_is_then_done() -> None:
    bench = Bench()
    bench.port.begin = with_paper_out(bench)  # type: ignore[method-assign]
    bench.printer.plan.extend([nothing] * 12 + [lambda: bench.printer.engine.set(OK)])

    outcome = bench.run()

    assert outcome == Outcome("done", "process_id", "PAPER_OUT", mm=MM)
    assert bench.port.states == ["waiting", "done"]
    assert [paper.end for paper in bench.printer.papers] == ["cut"]


def with_paper_out(bench: Bench) -> Callable[[JobView], Literal["yes"]]:
    """Let the paper end right after the hub's yes."""

    def begin(_job: JobView) -> Literal["yes"]:
        bench.printer.engine.set(PAPER_OUT)
        return "yes"

    return begin


def nothing() -> None:
    """Let a read pass."""


def test_a_printer_that_nobody_mends_leaves_the_job_uncertain() -> None:
    bench = Bench()
    bench.port.begin = with_paper_out(bench)  # type: ignore[method-assign]

    outcome = bench.run()

    assert outcome == Outcome("uncertain", reason="stopped_too_long", mm=MM)
    assert Patience().stopped_s <= bench.time.now < Patience().stopped_s + 10


def test_ending_the_agent_leaves_a_stopped_job_to_the_next_start() -> None:
    bench = Bench()
    bench.port.begin = with_paper_out(bench)  # type: ignore[method-assign]

    outcome = bench.run(stopping=lambda: True)

    assert outcome.state == "left"
    assert bench.port.states == ["waiting"]


def test_a_cable_pulled_in_mid_ticket_leaves_the_job_uncertain() -> None:
    bench = Bench()
    bench.printer.unplug_at = 100

    outcome = bench.run()

    assert outcome == Outcome("uncertain", reason="printer.unplugged", mm=MM)
    assert bench.port.states == ["sending", "uncertain"]


def test_a_late_proof_of_an_earlier_paper_proves_nothing() -> None:
    bench = Bench()
    bench.printer.engine.feed(b"\x1d(H\x06\x00\x30\x300002")
    bench.port.begin = silenced(bench)  # type: ignore[method-assign]

    assert bench.run().state == "uncertain"


def test_each_paper_has_a_process_number_of_its_own() -> None:
    bench = Bench()
    runner = Runner(bench.link, bench.port, lambda _: PAPER, "process_id", clock=bench.time, first_process=9998)

    states = [runner.run(JOB).state for _ in range(4)]

    assert states == ["done"] * 4
    assert len(bench.printer.papers) == 4


def test_a_ticket_that_cannot_be_drawn_has_failed_and_nothing_was_printed() -> None:
    bench = Bench()

    def undrawable(_job: JobView) -> Payload:
        raise NoRoom(text="antrean", dots=8)

    outcome = Runner(bench.link, bench.port, undrawable, "process_id", clock=bench.time).run(JOB)

    assert outcome == Outcome("failed", reason="printer.no_room")
    assert bench.port.told == [("A043-0", "failed", None, "printer.no_room")]
    assert bench.printer.picture_bytes == 0


def test_a_job_found_under_way_after_a_restart_is_uncertain() -> None:
    port = FakePort()

    orphaned([job_of(JOB["content"], state="sending"), job_of(JOB["content"], copy=1, state="waiting")], port)

    assert port.told == [("A043-0", "uncertain", None, "restart"), ("A043-1", "uncertain", None, "restart")]


@pytest.mark.parametrize(
    ("faults", "proof"),
    [(OK, "process_id"), (Faults(clone=True), "barrier"), (SILENT, None)],
)
def test_a_printer_is_asked_what_it_can_prove(faults: Faults, proof: Proof | None) -> None:
    assert Bench(faults).link.probe() == proof


def test_asking_a_silent_printer_takes_no_longer_than_its_deadline() -> None:
    bench = Bench(SILENT)

    assert bench.link.status() == "NO_ANSWER"
    assert bench.time.now <= 1.0


def test_a_printer_that_can_only_listen_is_assumed() -> None:
    bench = Bench(SILENT)
    bench.printer.answers = False

    assert bench.link.probe() is None
    assert bench.run(None) == Outcome("assumed", mm=MM)


def test_a_job_that_the_hub_believes_on_its_way_fails_where_the_printer_cannot_begin_it() -> None:
    bench = Bench(PAPER_OUT)

    outcome = bench.run(job=job_of(JOB["content"], state="sending"))

    assert (outcome.state, outcome.reason) == ("failed", "PAPER_OUT")
    assert bench.port.states == ["failed"]
    assert bench.printer.picture_bytes == 0


def test_what_the_system_still_holds_of_a_paper_on_a_slow_line_is_waited_for() -> None:
    slow = Printer(id="p", kiosk="k", transport="serial", address="/dev/ttyS0", baud=9600)

    patience = patience_with(slow)

    drain_s = 4096 / (9600 / 10)
    assert patience.print_s(Payload(bytes(30_000), 0)) > drain_s
    assert patience.print_s(Payload(bytes(30), 0)) < drain_s


def test_how_a_printer_is_is_told_while_it_keeps_a_paper_waiting() -> None:
    bench, heard = Bench(), []
    bench.port.begin = stopped_by_paper(bench)  # type: ignore[method-assign]

    Runner(
        bench.link, bench.port, lambda _: PAPER, "process_id", clock=bench.time, on_status=heard.append,
        stopping=lambda: len(heard) > 2,
    ).run(JOB)  # fmt: skip

    assert heard == ["PAPER_OUT"] * len(heard)
    assert heard


def stopped_by_paper(bench: Bench) -> Callable[[JobView], Literal["yes"]]:
    """Let the paper end right after the hub's yes."""

    def begin(_job: JobView) -> Literal["yes"]:
        bench.printer.engine.set(PAPER_OUT)
        return "yes"

    return begin
