"""Which screen follows which at a kiosk."""

from dataclasses import replace

import pytest

from hub.client.mirror import Mirror
from kiosk import flow
from kiosk.flow import Notice, Screen, Visit
from tests.kiosk.fakes import (
    MUARA_ENIM,
    REFUSED,
    content_of,
    job_view,
    printer_view,
    refusing,
    snapshot,
    ticket_view,
)

KIOSK = "anjungan-1"


def told(**changes: object) -> Mirror:
    """Return a mirror of the hall of Muara Enim."""
    mirror = Mirror()
    mirror.apply(snapshot(content_of(MUARA_ENIM), **changes))
    return mirror


@pytest.fixture(scope="module")
def mirror() -> Mirror:
    return told()


@pytest.fixture
def start(mirror: Mirror) -> Visit:
    return flow.home(Visit(), mirror, 0)


@pytest.fixture
def ticket(start: Visit, mirror: Mirror) -> Visit:
    assert mirror.hall is not None
    chosen = flow.choose_agency(start, mirror.hall, "dukcapil", 1)
    asked = flow.choose_service(chosen, "dukcapil-kk", 2)
    return flow.issued(asked, {"ticket": ticket_view(), "job": "A001-0"}, 3)


def test_before_the_hub_has_spoken_the_kiosk_asks_for_patience() -> None:
    assert flow.home(Visit(), Mirror(), 0).screen is Screen.WAIT


def test_it_begins_with_the_agencies(start: Visit) -> None:
    assert start.screen is Screen.AGENCIES


def test_two_taps_ask_for_a_number(start: Visit, mirror: Mirror) -> None:
    assert mirror.hall is not None

    services = flow.choose_agency(start, mirror.hall, "dukcapil", 1)
    printing = flow.choose_service(services, "dukcapil-kk", 2)

    assert (services.screen, services.agency) == (Screen.SERVICES, "dukcapil")
    assert (printing.screen, printing.service, printing.ticket_class) == (Screen.PRINTING, "dukcapil-kk", "normal")


def test_an_agency_with_one_service_takes_one_tap() -> None:
    content = content_of(MUARA_ENIM)
    agency = next(agency for agency in content["agencies"] if agency["id"] == "bsb")
    agency["services"] = agency["services"][:1]
    next(counter for counter in content["counters"] if counter["agency"] == "bsb")["services"] = ["bsb-teller"]
    mirror = Mirror()
    mirror.apply(snapshot(content))
    assert mirror.hall is not None

    visit = flow.choose_agency(flow.home(Visit(), mirror, 0), mirror.hall, "bsb", 1)

    assert (visit.screen, visit.service) == (Screen.PRINTING, "bsb-teller")


def test_a_hall_with_one_agency_begins_with_its_services() -> None:
    content = content_of(MUARA_ENIM)
    content["agencies"] = content["agencies"][:1]
    content["counters"] = [counter for counter in content["counters"] if counter["agency"] == "dukcapil"]
    mirror = Mirror()
    mirror.apply(snapshot(content))

    visit = flow.home(Visit(), mirror, 0)

    assert (visit.screen, visit.agency) == (Screen.SERVICES, "dukcapil")
    assert flow.tick(visit, mirror, 1000).screen is Screen.SERVICES


def test_where_all_services_refuse_the_kiosk_says_that_it_is_closed() -> None:
    mirror = told(services=refusing(content_of(MUARA_ENIM), "closed", REFUSED))

    assert flow.home(Visit(), mirror, 0).screen is Screen.CLOSED


def test_a_closed_kiosk_opens_by_itself(mirror: Mirror) -> None:
    closed = Visit(screen=Screen.CLOSED, language="en")

    opened = flow.heard(closed, mirror, KIOSK, 5)

    assert (opened.screen, opened.language) == (Screen.AGENCIES, "en")


def test_priority_is_asked_only_of_those_who_want_it(start: Visit) -> None:
    asked = flow.ask_priority(start, 1)
    answered = flow.answer_priority(asked, 2, belongs=True)

    assert asked.screen is Screen.PRIORITY
    assert (answered.screen, answered.ticket_class) == (Screen.AGENCIES, "priority")
    assert answered.notice == Notice("kiosk.priority_thanks")
    assert flow.ask_priority(answered, 3).ticket_class == "normal"


def test_priority_asked_among_services_returns_to_them(start: Visit, mirror: Mirror) -> None:
    assert mirror.hall is not None
    services = flow.choose_agency(start, mirror.hall, "dukcapil", 1)

    answered = flow.answer_priority(flow.ask_priority(services, 2), 3, belongs=False)

    assert (answered.screen, answered.agency, answered.ticket_class) == (Screen.SERVICES, "dukcapil", "normal")


def test_languages_follow_each_other(start: Visit) -> None:
    english = flow.change_language(start, ("id", "en"), 1)

    assert english.language == "en"
    assert flow.change_language(english, ("id", "en"), 2).language == "id"


def test_a_number_is_shown_with_its_job(ticket: Visit) -> None:
    assert (ticket.screen, ticket.number, ticket.ahead) == (Screen.TICKET, "A001", 3)


def test_a_number_without_a_print_job_must_be_written_down(start: Visit) -> None:
    visit = flow.issued(start, {"ticket": ticket_view(), "job": None}, 3)

    assert visit.screen is Screen.PAPER


def test_a_number_may_be_cancelled_until_its_printing_begins(ticket: Visit) -> None:
    assert flow.may_cancel(ticket, None)
    assert flow.may_cancel(ticket, job_view(state="queued"))
    assert not flow.may_cancel(ticket, job_view(state="sending"))
    assert not flow.may_cancel(replace(ticket, printed=4.0), job_view(state="done"))
    assert not flow.may_cancel(replace(ticket, cancelling=True), job_view(state="queued"))


@pytest.mark.parametrize("state", ["done", "assumed"])
def test_a_printed_ticket_returns_after_ten_seconds(ticket: Visit, state: str) -> None:
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state=state)])

    printed = flow.heard(ticket, mirror, KIOSK, 5)

    assert printed.printed == 5
    assert flow.tick(printed, mirror, 14.9).screen is Screen.TICKET
    assert flow.left(printed, 10) == pytest.approx(0.5)
    assert flow.tick(printed, mirror, 15).screen is Screen.AGENCIES


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


def test_silence_of_the_printer_is_never_success(ticket: Visit, mirror: Mirror) -> None:
    assert flow.tick(ticket, mirror, 3 + flow.PAPER_PATIENCE_S).screen is Screen.PAPER


def test_paper_that_comes_late_is_said_to_have_come(ticket: Visit) -> None:
    late = replace(ticket, screen=Screen.PAPER)
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state="done")])

    visit = flow.heard(late, mirror, KIOSK, 60)

    assert (visit.screen, visit.printed) == (Screen.TICKET, 60)


def test_a_cancelled_number_is_said_to_be_cancelled(ticket: Visit) -> None:
    mirror = told(tickets=[ticket_view(state="cancelled")], jobs=[job_view(state="cancelled")])

    visit = flow.heard(ticket, mirror, KIOSK, 5)

    assert (visit.screen, visit.notice) == (Screen.AGENCIES, Notice("kiosk.cancelled", "A001"))


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
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state=state)], printers=[printer_view("PAPER_OUT"), OTHER])

    assert flow.ticket_keys(replace(ticket, screen=Screen.PAPER), mirror, KIOSK) == keys


def test_a_printer_that_was_tried_already_or_is_broken_is_not_offered(ticket: Visit) -> None:
    missing = replace(ticket, screen=Screen.PAPER)
    broken = told(tickets=[ticket_view()], jobs=[job_view()], printers=[{**OTHER, "status": "COVER_OPEN"}])
    well = told(tickets=[ticket_view()], jobs=[job_view()], printers=[OTHER])

    assert flow.other_printer(missing, broken, KIOSK) is None
    assert flow.other_printer(replace(missing, elsewhere="anjungan-2"), well, KIOSK) is None
    assert flow.other_printer(missing, well, KIOSK) == OTHER


def test_a_paper_printed_elsewhere_is_followed_at_that_printer(ticket: Visit) -> None:
    moved = {**job_view(), "job": "A001-1", "printer": OTHER["printer"]}
    mirror = told(tickets=[ticket_view()], jobs=[moved], printers=[printer_view("PAPER_OUT"), OTHER])

    visit = flow.heard(flow.sent_elsewhere(ticket, "anjungan-2", 20), mirror, KIOSK, 21)

    assert (visit.screen, visit.elsewhere) == (Screen.TICKET, "anjungan-2")
    assert flow.tick(visit, mirror, 20 + flow.PAPER_PATIENCE_S).screen is Screen.PAPER


def test_a_refusal_shows_the_hubs_words(start: Visit) -> None:
    visit = flow.refused(replace(start, screen=Screen.PRINTING), REFUSED, 2)

    assert (visit.screen, visit.words) == (Screen.REFUSED, REFUSED)


def test_a_refused_cancellation_keeps_the_number(ticket: Visit) -> None:
    visit = flow.refused(replace(ticket, cancelling=True), REFUSED, 4)

    assert (visit.screen, visit.words, visit.cancelling) == (Screen.TICKET, REFUSED, False)


def test_without_the_hub_people_are_sent_to_the_staff(start: Visit, mirror: Mirror) -> None:
    away = flow.hub_away(start)

    assert away.screen is Screen.AWAY
    assert flow.tick(away, mirror, 10_000).screen is Screen.AWAY
    assert flow.heard(away, mirror, KIOSK, 5).screen is Screen.AGENCIES


@pytest.mark.parametrize("screen", [Screen.TICKET, Screen.PAPER, Screen.PRINTING])
def test_a_number_stays_on_the_screen_when_the_hub_goes(ticket: Visit, screen: Screen) -> None:
    assert flow.hub_away(replace(ticket, screen=screen)).screen is screen


@pytest.mark.parametrize("screen", [Screen.SERVICES, Screen.PRIORITY, Screen.REFUSED])
def test_who_stands_still_is_asked_and_has_twenty_seconds(start: Visit, mirror: Mirror, screen: Screen) -> None:
    visit = replace(start, screen=screen, agency="dukcapil", touched=100)

    asked = flow.tick(visit, mirror, 130)

    assert flow.tick(visit, mirror, 129.9).screen is screen
    assert asked.screen is Screen.STILL
    assert flow.left(asked, 140) == pytest.approx(0.5)
    assert flow.tick(asked, mirror, 149.9).screen is Screen.STILL
    assert flow.tick(asked, mirror, 150).screen is Screen.AGENCIES


def test_who_is_still_here_goes_on_where_they_were(start: Visit) -> None:
    asked = replace(start, screen=Screen.STILL, behind=Screen.SERVICES, agency="dukcapil", language="en")

    visit = flow.still_here(asked, 140)

    assert (visit.screen, visit.agency, visit.language, visit.touched) == (Screen.SERVICES, "dukcapil", "en", 140)


def test_the_next_visitor_finds_the_kiosk_as_it_begins(start: Visit, mirror: Mirror) -> None:
    left = replace(start, language="en", priority=True, lowered=True, touched=100)

    assert flow.tick(left, mirror, 149).language == "en"
    assert flow.tick(left, mirror, 150) == replace(start, touched=150)


def test_the_first_screen_has_no_time_limit(start: Visit, mirror: Mirror) -> None:
    assert flow.tick(start, mirror, 100_000) == start


def test_going_back_keeps_language_priority_and_height(start: Visit, mirror: Mirror) -> None:
    visit = replace(start, screen=Screen.REFUSED, language="en", priority=True, lowered=True, service="dukcapil-kk")

    again = flow.back(visit, mirror, 9)

    assert (again.screen, again.service) == (Screen.AGENCIES, None)
    assert (again.language, again.priority, again.lowered) == ("en", True, True)
