"""The kill law: whatever dies, there is one whole paper or the number on the screen, and second papers are marked."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.printer.killing import (
    FAULTS,
    KINDS,
    LATE_S,
    SOON_S,
    End,
    Fault,
    Kind,
    cases,
    play,
    points_of,
    table,
    twice_struck,
)
from tests.printer.killing import Stage as Case

pytestmark = pytest.mark.usefixtures("fonts")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "paper.md"
KIND = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])


@KIND
def test_nothing_dies_and_one_unmarked_paper_is_out(kind: Kind) -> None:
    end = play(Case(kind, "cable", -1)).end()

    assert (end.papers, end.screen) == (("ticket",), "printed")


@KIND
def test_a_printer_that_is_only_busy_is_not_said_to_be_silent(kind: Kind) -> None:
    stage = play(Case(kind, "cable", -1))

    assert [line.body["status"] for line in stage.play.lines if line.kind == "printer.changed"] == ["ONLINE"]


@KIND
@pytest.mark.parametrize("mended_s", [SOON_S, LATE_S])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_dies_the_visitor_is_served(kind: Kind, fault: Fault, mended_s: float) -> None:
    broken = [end for end in cases(kind, fault, 8, mended_s) if not end.holds]

    assert broken == []


def test_a_visitor_who_has_gone_finds_no_stale_paper_after_the_repair() -> None:
    ends = list(cases(KINDS[0], "power of the printer", 8, LATE_S))

    late = [end for end in ends if end.screen == "number"]
    assert len(late) > 5
    assert all("SALINAN" not in end.papers for end in late)


def test_the_law_would_notice_a_second_unmarked_paper_and_a_paper_that_is_only_said_to_be_out() -> None:
    assert not End("byte 0", ("ticket", "ticket"), "printed").holds
    assert not End("byte 0", ("part",), "printed").holds
    assert not End("byte 0", ("ticket", "SALINAN", "SALINAN"), "printed").holds
    assert not End("byte 0", ("ticket", "part + ticket"), "printed").holds
    assert End("byte 0", ("part",), "number").holds


def test_the_points_are_every_report_and_every_256_bytes() -> None:
    points = points_of(KINDS[0])

    reports = [point for point in points if not point.startswith("byte")]
    assert reports == ["before sending", "after sending", "before done", "after done"]
    assert len(points) - len(reports) > 60


@KIND
def test_an_agent_that_is_killed_over_what_it_has_to_say_loses_nobody(kind: Kind) -> None:
    broken = [end for end in twice_struck(kind) if not end.holds]

    assert broken == []


def test_screens_hear_within_two_seconds_that_a_printer_has_stopped_in_the_middle() -> None:
    last = len(points_of(KINDS[0])) - 3
    stage = play(Case(KINDS[0], "paper", last, LATE_S))

    waiting = next(line.hall_ms for line in stage.play.lines if line.kind == "print.waiting")
    changed = next(line.hall_ms for line in stage.play.lines if line.body.get("status") == "PAPER_OUT")
    assert abs(changed - waiting) <= 2000


def test_what_carries_and_proves_the_bytes_needs_no_qt() -> None:
    code = "import sys, printer.job, printer.open; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_table_in_the_docs_is_what_is_played(capsys: pytest.CaptureFixture[str]) -> None:
    assert documented(DOCS.read_text()) == list(table())


def documented(page: str) -> list[str]:
    """Return the lines of the table in the docs."""

    def lines() -> Iterator[str]:
        yield from (
            line
            for line in page.splitlines()
            if line.startswith(("| printer | what", "| --- | --- | --- | --- | --- |", "| with process", "| clone"))
        )

    return list(lines())
