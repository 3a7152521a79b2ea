"""What becomes of a number's paper, and what its visitor can do about it."""

from dataclasses import replace

import pytest

from hub.client.mirror import Mirror
from kiosk import flow, paper
from kiosk.visit import Screen, Visit
from tests.kiosk.fakes import MUARA_ENIM, content_of, job_view, printer_view, snapshot, ticket_view

KIOSK = "anjungan-1"


def told(**changes: object) -> Mirror:
    """Return a mirror of the hall of Muara Enim."""
    mirror = Mirror()
    mirror.apply(snapshot(content_of(MUARA_ENIM), **changes))
    return mirror


@pytest.fixture
def ticket() -> Visit:
    asked = Visit(screen=Screen.PRINTING, agency="dukcapil", service="dukcapil-kk")
    return flow.issued(asked, {"ticket": ticket_view(), "job": "A001-0"}, 3)


def test_a_number_may_be_cancelled_until_its_printing_begins(ticket: Visit) -> None:
    assert paper.may_cancel(ticket, None)
    assert paper.may_cancel(ticket, job_view(state="queued"))
    assert not paper.may_cancel(ticket, job_view(state="sending"))
    assert not paper.may_cancel(replace(ticket, printed=4.0), job_view(state="done"))
    assert not paper.may_cancel(replace(ticket, cancelling=True), job_view(state="queued"))


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_paper_that_does_not_come_leaves_the_number_on_the_screen(ticket: Visit, state: str) -> None:
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state=state)])

    visit = flow.heard(ticket, mirror, KIOSK, 5)

    assert (visit.screen, visit.number) == (Screen.PAPER, "A001")
    assert flow.tick(visit, mirror, 10_000).screen is Screen.PAPER


@pytest.mark.parametrize("status", ["PAPER_OUT", "COVER_OPEN", "NO_ANSWER", "OFFLINE"])
def test_a_printer_that_cannot_print_is_no_reason_to_wait(ticket: Visit, status: str) -> None:
    mirror = told(tickets=[ticket_view()], jobs=[job_view()], printers=[printer_view(status)])

    assert flow.heard(ticket, mirror, KIOSK, 5).screen is Screen.PAPER


def test_a_printer_low_on_paper_prints(ticket: Visit) -> None:
    mirror = told(tickets=[ticket_view()], jobs=[job_view()], printers=[printer_view("PAPER_LOW")])

    assert flow.heard(ticket, mirror, KIOSK, 5).screen is Screen.TICKET


def test_paper_that_comes_late_is_said_to_have_come(ticket: Visit) -> None:
    late = replace(ticket, screen=Screen.PAPER)
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state="done")])

    visit = flow.heard(late, mirror, KIOSK, 60)

    assert (visit.screen, visit.printed) == (Screen.TICKET, 60)


def test_a_copy_that_the_hub_asks_for_itself_is_waited_for(ticket: Visit) -> None:
    copy = {**job_view(), "job": "A001-1", "copy": 1}
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state="uncertain"), copy])

    assert flow.heard(ticket, mirror, KIOSK, 5).screen is Screen.TICKET


def test_a_paper_that_was_waited_for_too_long_is_missing(ticket: Visit) -> None:
    mirror = told(tickets=[ticket_view(paper="failed")], jobs=[job_view(state="expired")])

    assert flow.heard(ticket, mirror, KIOSK, 5).screen is Screen.PAPER


OTHER = {**printer_view(), "printer": "anjungan-2-printer", "kiosk": "anjungan-2"}


@pytest.mark.parametrize(
    ("state", "keys"),
    [
        ("queued", ("elsewhere", "noted")),
        ("uncertain", ("seen", "elsewhere", "noted")),
        ("expired", ("elsewhere", "noted")),
        ("sending", ("noted",)),
    ],
)
def test_without_paper_a_visitor_may_note_the_number_or_print_it_elsewhere(
    ticket: Visit, state: str, keys: tuple[str, ...]
) -> None:
    tickets = [ticket_view(paper="uncertain" if state == "uncertain" else "failed")]
    mirror = told(tickets=tickets, jobs=[job_view(state=state)], printers=[printer_view("PAPER_OUT"), OTHER])

    assert paper.ticket_keys(replace(ticket, screen=Screen.PAPER), mirror, KIOSK) == keys


def test_a_printer_that_was_tried_already_or_is_broken_is_not_offered(ticket: Visit) -> None:
    missing = replace(ticket, screen=Screen.PAPER)
    broken = told(tickets=[ticket_view()], jobs=[job_view()], printers=[{**OTHER, "status": "COVER_OPEN"}])
    well = told(tickets=[ticket_view()], jobs=[job_view()], printers=[OTHER])

    assert paper.other_printer(missing, broken, KIOSK) is None
    assert paper.other_printer(replace(missing, elsewhere="anjungan-2"), well, KIOSK) is None
    assert paper.other_printer(missing, well, KIOSK) == OTHER


def test_a_paper_printed_elsewhere_is_followed_at_that_printer(ticket: Visit) -> None:
    moved = {**job_view(), "job": "A001-1", "printer": OTHER["printer"]}
    mirror = told(tickets=[ticket_view()], jobs=[moved], printers=[printer_view("PAPER_OUT"), OTHER])

    visit = flow.heard(flow.sent_elsewhere(ticket, "anjungan-2", 20), mirror, KIOSK, 21)

    assert (visit.screen, visit.elsewhere) == (Screen.TICKET, "anjungan-2")
    assert flow.tick(visit, mirror, 20 + paper.PAPER_PATIENCE_S).screen is Screen.PAPER


@pytest.mark.parametrize(("numbers", "keys"), [(1, ("another", "done")), (2, ("another", "done")), (3, ("done",))])
def test_after_a_paper_one_more_service_may_follow_up_to_the_halls_limit(
    ticket: Visit, numbers: int, keys: tuple[str, ...]
) -> None:
    printed = replace(ticket, printed=4.0, numbers=("A001", "B001", "C001")[:numbers])

    assert paper.ticket_keys(printed, told(), KIOSK) == keys


def test_no_service_follows_before_the_paper_is_out(ticket: Visit) -> None:
    assert not paper.may_take_another(ticket, told())
