"""Numbers, papers and days."""

from datetime import timedelta
from itertools import groupby
from typing import Any

import pytest

from config.load import Content
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from tests.hub.rules.play import Play


def test_services_of_one_agency_share_its_series(content: Content) -> None:
    play = Play(content)

    numbers = [play.issue(service) for service in ("layanan-0-0", "layanan-0-1", "layanan-1-0", "layanan-0-2")]

    assert numbers == ["A001", "A002", "B001", "A003"]


def test_a_ticket_and_its_paper_are_one_transaction(content: Content) -> None:
    play = Play(content)

    events = play.do(cmd.Issue("layanan-0-0", "normal", "anjungan-1", "en"))

    assert [event.kind for event in events] == ["ticket.issued", "print.queued"]
    body = events[1].body()
    assert (body["job"], body["printer"], body["copy"]) == ("A001-0", "anjungan-1-printer", 0)
    assert (body["content"]["number"], body["content"]["ahead"], body["content"]["language"]) == ("A001", 0, "en")


def test_the_journal_never_holds_a_tickets_code(content: Content) -> None:
    events = Play(content).do(cmd.Issue("layanan-0-0", "normal", "anjungan-1", "id"))

    assert not {"code", "qr"} & set(events[1].body()["content"])


def test_a_visitor_can_undo_until_printing_starts_and_staff_later_too(content: Content) -> None:
    play = Play(content)
    first, second = (play.issue(kiosk="anjungan-1") for _ in range(2))

    undone = play.do(cmd.Cancel(first, "anjungan-1", False))
    play.do(cmd.ReportJob(f"{second}-0", "sending", None, ""))

    assert [event.kind for event in undone] == ["ticket.cancelled", "print.cancelled"]
    with pytest.raises(Refused, match="already_printing"):
        play.do(cmd.Cancel(second, "anjungan-1", False))
    assert [event.kind for event in play.do(cmd.Cancel(second, "loket-1", True))] == ["ticket.cancelled"]


def test_a_cancelled_number_is_never_given_again(content: Content) -> None:
    play = Play(content)
    play.do(cmd.Cancel(play.issue(), "anjungan-1", False))

    assert play.issue() == "A002"


def test_a_called_number_cannot_be_cancelled(content: Content) -> None:
    play = Play(content).open(1)
    number = play.issue()
    play.call(1)

    with pytest.raises(Refused, match="ticket_not_waiting"):
        play.do(cmd.Cancel(number, "loket-1", True))


STEPS = [
    (["sending", "done"], None),
    (["sending", "assumed"], None),
    (["sending", "uncertain"], None),
    (["sending", "waiting", "done"], None),
    (["failed"], None),
    (["done"], "queued"),
    (["sending", "sending"], "sending"),
    (["sending", "done", "sending"], "done"),
    (["sending", "done", "failed"], "done"),
    (["sending", "uncertain", "done"], None),
    (["sending", "uncertain", "waiting"], "uncertain"),
]


@pytest.mark.parametrize(("steps", "stands"), STEPS)
def test_a_print_job_moves_only_forward(content: Content, steps: list[str], stands: str | None) -> None:
    play = Play(content)
    job = f"{play.issue(kiosk='anjungan-1')}-0"
    for step in steps[: None if stands is None else -1]:
        play.do(cmd.ReportJob(job, step, "process_id", ""))

    assert play.state.jobs[job].state == (stands or steps[-1])
    if stands:
        with pytest.raises(Refused, match="job_state"):
            play.do(cmd.ReportJob(job, steps[-1], "process_id", ""))


def test_a_paper_is_done_only_with_the_printers_word(content: Content) -> None:
    play = Play(content)
    job = f"{play.issue(kiosk='anjungan-1')}-0"
    play.do(cmd.ReportJob(job, "sending", None, ""))

    with pytest.raises(Refused, match="proof_missing"):
        play.do(cmd.ReportJob(job, "done", None, ""))


def test_what_a_printer_said_outlasts_the_day(content: Content) -> None:
    play = Play(content)
    play.do(cmd.ReportPrinter("anjungan-1-printer", "ONLINE"))
    play.wait(86_400).do(cmd.TurnDay())

    assert dict(play.state.printers.items()) == {"anjungan-1-printer": "ONLINE"}


def test_a_printers_state_is_recorded_when_it_changes(content: Content) -> None:
    play = Play(content)

    told = [
        len(play.do(cmd.ReportPrinter("anjungan-1-printer", status))) for status in ("ONLINE", "ONLINE", "PAPER_OUT")
    ]

    assert told == [1, 0, 1]


def test_numbers_start_anew_each_day_and_who_still_waits_ends_unserved(content: Content) -> None:
    play = Play(content, "22:00").open(1)
    numbers = [play.issue() for _ in range(4)]
    play.call(1)
    play.do(cmd.Start(1))
    play.wait(timedelta(hours=3).total_seconds())

    kinds = [event.kind for event in play.do(cmd.TurnDay())]
    told: list[tuple[str, Any]] = [(kind, len(list(same))) for kind, same in groupby(kinds)]

    assert told == [("service.finished", 1), ("ticket.unserved", 3), ("day.closed", 1), ("day.opened", 1)]
    assert not play.state.tickets
    assert play.issue() == numbers[0]


def test_a_command_on_a_new_day_opens_it_first(content: Content) -> None:
    play = Play(content, "22:00")
    play.issue()
    play.wait(timedelta(hours=3).total_seconds())

    events = play.do(cmd.Issue("layanan-0-0", "normal", None, "id"))

    assert [event.kind for event in events] == ["ticket.unserved", "day.closed", "day.opened", "ticket.issued"]
