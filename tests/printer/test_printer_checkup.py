"""A printer is tried out without a hub, and the report says what a technician must do."""

from collections.abc import Callable
from typing import Any

import pytest
from printer_fakes import ISSUED, FakePrinter, FakeTime, hall

from config.hall import Printer
from printer.checkup import NUMBER, Checkup, Report, ticket
from printer.escpos import CUT
from printer.transport import Refused, TimedOut, Unplugged
from printer.virtual.engine import Engine, Faults, Mechanics

pytestmark = pytest.mark.usefixtures("fonts")
HALL = hall("mpp-muara-enim")
OK = Faults()


def printer_with(**settings: Any) -> Printer:
    return Printer(id="p", kiosk="k", transport="tcp", address="10.0.0.9", **settings)


class Bench:
    """One printer with some faults, and a check-up of it in fake time."""

    def __init__(self, faults: Faults = OK, **settings: Any) -> None:
        self.time, self.steps = FakeTime(), []  # type: ignore[var-annotated]
        self.printer = printer_with(**settings)
        self.real = FakePrinter(self.time, width=self.printer.dots, faults=faults)
        self.is_closed = False
        self.real.close = self._close  # type: ignore[method-assign]

    def run(self, *, paper: bool = True) -> Report:
        checkup = Checkup(self.printer, HALL, self.steps.append, self.time)
        return checkup.run(lambda _printer: self.real, ISSUED, paper=paper)

    def _close(self) -> None:
        self.is_closed = True


def test_a_good_printer_proves_the_trial_ticket() -> None:
    bench = Bench()

    report = bench.run()

    assert report.is_well
    assert report.trial
    assert (report.trial.end, report.identity, report.status) == ("proved", "ANTREAN VIRTUAL", "ONLINE")
    assert report.proofs == ("process_id", "barrier")
    assert [paper.end for paper in bench.real.papers] == ["cut"]
    assert bench.is_closed


def test_every_step_is_told_as_it_begins() -> None:
    bench = Bench()

    bench.run()

    assert bench.steps == ["open", "status", "identity", "proof", "paper", "wait"]


def test_without_paper_nothing_is_printed() -> None:
    bench = Bench()

    report = bench.run(paper=False)

    assert report.is_well
    assert report.trial is None
    assert bench.real.papers == []


def test_a_clone_proves_by_the_barrier() -> None:
    report = Bench(Faults(clone=True)).run()

    assert report.proofs == ("barrier",)
    assert report.is_well


def test_a_printer_without_paper_is_sent_nothing() -> None:
    bench = Bench(Faults(paper_out=True))

    report = bench.run()

    assert (report.status, report.trial, report.is_well) == ("PAPER_OUT", None, False)
    assert "paper_stop" in report.bits(2)
    assert bench.real.picture_bytes == 0


def test_a_silent_printer_gets_a_ticket_and_proves_nothing() -> None:
    bench = Bench(Faults(silent=True))

    report = bench.run()

    assert report.trial
    assert (report.status, report.trial.end, report.is_well) == ("NO_ANSWER", "unproved", False)
    assert len(bench.real.papers) == 1
    assert bench.time.now < 30


def test_a_silent_printer_that_the_hall_file_knows_for_it_is_assumed() -> None:
    report = Bench(Faults(silent=True), confirmation="none").run()

    assert report.trial
    assert (report.trial.end, report.is_well) == ("assumed", True)


def test_a_printer_that_can_only_listen_is_assumed_after_its_time() -> None:
    bench = Bench(Faults(silent=True))
    bench.real.answers = False

    report = bench.run()

    assert report.trial
    assert (report.trial.end, report.can_answer, report.is_well) == ("assumed", False, True)
    assert bench.time.now > 2


def without_paper_from_the_ticket_on(bench: Bench) -> None:
    """Let the paper end when the ticket begins."""
    bench.steps = Hooked({"paper": lambda: bench.real.engine.set(Faults(paper_out=True))})  # type: ignore[assignment]


def test_paper_that_ends_under_the_trial_ticket_stops_it() -> None:
    bench = Bench()
    without_paper_from_the_ticket_on(bench)

    report = bench.run()

    assert isinstance(report.error, TimedOut)
    assert not report.is_well
    assert bench.is_closed


def test_paper_that_ends_when_all_bytes_are_taken_is_told_as_the_printers_state() -> None:
    bench = Bench()
    bench.real.engine = Engine(bench.printer.dots, Mechanics(buffer_bytes=None))
    without_paper_from_the_ticket_on(bench)

    report = bench.run()

    assert report.trial
    assert (report.trial.end, report.status, report.is_well) == ("unproved", "PAPER_OUT", False)


class Hooked(list[str]):
    """Steps at which something happens."""

    def __init__(self, hooks: dict[str, Callable[[], object]]) -> None:
        super().__init__()
        self._hooks = hooks

    def append(self, step: str) -> None:
        super().append(step)
        self._hooks.get(step, lambda: None)()


def test_a_cable_pulled_under_the_trial_ticket_ends_the_report_there() -> None:
    bench = Bench()
    bench.real.unplug_at = 1000

    report = bench.run()

    assert isinstance(report.error, Unplugged)
    assert report.identity == "ANTREAN VIRTUAL"
    assert not report.is_well
    assert bench.is_closed


def test_a_printer_that_is_not_there_is_reported_and_never_a_traceback() -> None:
    def nobody(_printer: Printer) -> FakePrinter:
        raise Refused(address="10.0.0.9", why="-")

    report = Checkup(printer_with(), HALL, lambda _step: None).run(nobody, ISSUED, paper=True)

    assert isinstance(report.error, Refused)
    assert not report.is_well


@pytest.mark.parametrize("settings", [{"width_mm": 58}, {"width_mm": 80}, {"dpi": 180}])
def test_the_trial_ticket_is_drawn_for_the_printers_own_head(settings: dict[str, Any]) -> None:
    bench = Bench(**settings)

    bench.run()

    assert [paper.picture.width for paper in bench.real.papers] == [bench.printer.dots]


def test_a_slow_serial_line_gets_the_trial_ticket_as_text_that_says_it_is_one() -> None:
    slow = Printer(id="p", kiosk="k", transport="serial", address="/dev/ttyUSB0", baud=9600)

    written = ticket(slow, HALL, ISSUED).data

    assert b"UJI COBA" in written
    assert NUMBER.encode() in written
    assert len(written) < 2000


def test_a_printer_without_a_cutter_is_not_told_to_cut() -> None:
    assert CUT not in ticket(printer_with(cutter=False), HALL, ISSUED).data
