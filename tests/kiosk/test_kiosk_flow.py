"""Which screen follows which at a kiosk."""

from dataclasses import replace

import pytest

from hub.client.mirror import Mirror
from kiosk import flow
from kiosk.paper import PAPER_PATIENCE_S
from kiosk.visit import Notice, Screen, Visit
from tests.kiosk.fakes import (
    MUARA_ENIM,
    REFUSED,
    content_of,
    job_view,
    refusing,
    service_view,
    snapshot,
    ticket_view,
)

KIOSK = "anjungan-1"
PLAIN = "dpmptsp-aduan"
"""A service that needs no papers."""


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
    chosen = flow.choose_agency(start, mirror, "dukcapil", 1)
    asked = flow.take(flow.choose_service(chosen, mirror, "dukcapil-kk", 2), 2)
    return flow.issued(asked, {"ticket": ticket_view(), "job": "A001-0"}, 3)


def test_before_the_hub_has_spoken_the_kiosk_asks_for_patience() -> None:
    assert flow.home(Visit(), Mirror(), 0).screen is Screen.WAIT


def test_it_begins_with_the_agencies(start: Visit) -> None:
    assert start.screen is Screen.AGENCIES


def test_two_taps_ask_for_the_number_of_a_plain_service(start: Visit, mirror: Mirror) -> None:
    services = flow.choose_agency(start, mirror, "dpmptsp", 1)
    printing = flow.choose_service(services, mirror, PLAIN, 2)

    assert (services.screen, services.agency) == (Screen.SERVICES, "dpmptsp")
    assert (printing.screen, printing.service, printing.ticket_class) == (Screen.PRINTING, PLAIN, "normal")


def test_a_service_that_needs_papers_says_so_before_its_number_is_taken(start: Visit, mirror: Mirror) -> None:
    services = flow.choose_agency(start, mirror, "dukcapil", 1)

    bring = flow.choose_service(services, mirror, "dukcapil-kk", 2)

    assert (bring.screen, bring.service) == (Screen.BRING, "dukcapil-kk")
    assert flow.take(bring, 3).screen is Screen.PRINTING
    assert flow.back(bring, mirror, 3).screen is Screen.SERVICES


def test_a_service_that_gives_no_number_does_not_say_what_to_bring(start: Visit) -> None:
    mirror = told(services=[service_view("dukcapil-kk", refusal="quota_full", words=REFUSED)])

    asked = flow.choose_service(start, mirror, "dukcapil-kk", 2)

    assert asked.screen is Screen.PRINTING


def test_an_agency_with_one_service_takes_one_tap() -> None:
    content = content_of(MUARA_ENIM)
    agency = next(agency for agency in content["agencies"] if agency["id"] == "bsb")
    agency["services"] = [{**agency["services"][0], "requirements": []}]
    next(counter for counter in content["counters"] if counter["agency"] == "bsb")["services"] = ["bsb-teller"]
    mirror = Mirror()
    mirror.apply(snapshot(content))

    visit = flow.choose_agency(flow.home(Visit(), mirror, 0), mirror, "bsb", 1)

    assert (visit.screen, visit.service) == (Screen.PRINTING, "bsb-teller")


def test_a_hall_with_one_agency_begins_with_its_services() -> None:
    content = content_of(MUARA_ENIM)
    content["agencies"] = content["agencies"][:1]
    content["counters"] = [counter for counter in content["counters"] if counter["agency"] == "dukcapil"]
    mirror = Mirror()
    mirror.apply(snapshot(content))

    visit = flow.home(Visit(), mirror, 0)

    assert (visit.screen, visit.agency) == (Screen.SERVICES, "dukcapil")
    assert flow.tick(visit, mirror, flow.ATTRACT_S - 1) == visit


def test_where_all_services_refuse_the_kiosk_says_that_it_is_closed() -> None:
    mirror = told(services=refusing(content_of(MUARA_ENIM), "closed", REFUSED))

    assert flow.home(Visit(), mirror, 0).screen is Screen.CLOSED


def test_a_closed_kiosk_opens_by_itself(mirror: Mirror) -> None:
    closed = Visit(screen=Screen.CLOSED, language="en")

    opened = flow.heard(closed, mirror, KIOSK, 5)

    assert (opened.screen, opened.language) == (Screen.AGENCIES, "en")


def test_priority_is_asked_only_of_those_who_want_it(start: Visit, mirror: Mirror) -> None:
    asked = flow.ask_priority(start, 1)
    answered = flow.answer_priority(asked, mirror, 2, belongs=True)

    assert asked.screen is Screen.PRIORITY
    assert (answered.screen, answered.ticket_class) == (Screen.AGENCIES, "priority")
    assert answered.notice == Notice("kiosk.priority_thanks")
    assert flow.ask_priority(answered, 3).ticket_class == "normal"


def test_priority_asked_among_services_returns_to_them(start: Visit, mirror: Mirror) -> None:
    services = flow.choose_agency(start, mirror, "dukcapil", 1)

    answered = flow.answer_priority(flow.ask_priority(services, 2), mirror, 3, belongs=False)

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


@pytest.mark.parametrize("state", ["done", "assumed"])
def test_a_printed_ticket_returns_after_ten_seconds(ticket: Visit, state: str) -> None:
    mirror = told(tickets=[ticket_view()], jobs=[job_view(state=state)])

    printed = flow.heard(ticket, mirror, KIOSK, 5)

    assert printed.printed == 5
    assert flow.tick(printed, mirror, 14.9).screen is Screen.TICKET
    assert flow.left(printed, 10) == pytest.approx(0.5)
    assert flow.tick(printed, mirror, 15).screen is Screen.AGENCIES


def test_silence_of_the_printer_is_never_success(ticket: Visit, mirror: Mirror) -> None:
    assert flow.tick(ticket, mirror, 3 + PAPER_PATIENCE_S).screen is Screen.PAPER


def test_a_cancelled_number_is_said_to_be_cancelled(ticket: Visit) -> None:
    mirror = told(tickets=[ticket_view(state="cancelled")], jobs=[job_view(state="cancelled")])

    visit = flow.heard(ticket, mirror, KIOSK, 5)

    assert (visit.screen, visit.notice) == (Screen.AGENCIES, Notice("kiosk.cancelled", "A001"))


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
    asked = replace(
        start, screen=Screen.STILL, behind=(Screen.AGENCIES, Screen.SERVICES), agency="dukcapil", language="en"
    )

    visit = flow.still_here(asked, 140)

    assert (visit.screen, visit.agency, visit.language, visit.touched) == (Screen.SERVICES, "dukcapil", "en", 140)


def test_the_next_visitor_finds_the_kiosk_as_it_begins(start: Visit, mirror: Mirror) -> None:
    left = replace(start, language="en", priority=True, lowered=True, touched=100)

    assert flow.tick(left, mirror, 149).language == "en"
    assert flow.tick(left, mirror, 150) == replace(start, touched=150)


def test_the_first_screen_invites_after_a_while_and_one_tap_starts(start: Visit, mirror: Mirror) -> None:
    waiting = flow.tick(start, mirror, flow.ATTRACT_S)

    assert flow.tick(start, mirror, flow.ATTRACT_S - 1) == start
    assert waiting.screen is Screen.ATTRACT
    assert flow.tick(waiting, mirror, 100_000) == waiting
    assert flow.home(waiting, mirror, 100_000).screen is Screen.AGENCIES


def test_the_screen_that_invites_stays_until_the_hall_closes(start: Visit, mirror: Mirror) -> None:
    waiting = replace(start, screen=Screen.ATTRACT)
    closed = told(services=refusing(content_of(MUARA_ENIM), "closed", REFUSED))

    assert flow.heard(waiting, mirror, KIOSK, 70) == waiting
    assert flow.heard(waiting, closed, KIOSK, 70).screen is Screen.CLOSED
    assert flow.hub_away(waiting).screen is Screen.AWAY


@pytest.mark.parametrize("wish", ["lowered", "large", "contrast", "numbered"])
def test_what_makes_the_screen_legible_lasts_until_the_visit_ends(start: Visit, mirror: Mirror, wish: str) -> None:
    visit = replace(start, touched=100, **{wish: True})

    kept = flow.back(flow.choose_agency(visit, mirror, "dukcapil", 110), mirror, 120)

    assert getattr(kept, wish)
    assert getattr(flow.tick(kept, mirror, 169), wish)
    assert not getattr(flow.tick(kept, mirror, 170), wish)


def test_one_more_service_belongs_to_the_same_visit(ticket: Visit, mirror: Mirror) -> None:
    more = flow.another(replace(ticket, printed=4.0, large=True), mirror, 5)
    second = flow.issued(replace(more, screen=Screen.PRINTING), {"ticket": ticket_view("B001"), "job": "B001-0"}, 9)

    assert (more.screen, more.number, more.printed, more.large) == (Screen.AGENCIES, None, None, True)
    assert (second.number, second.numbers) == ("B001", ("A001", "B001"))


def test_who_has_a_number_and_stands_still_is_asked_on_the_first_screen_too(ticket: Visit, mirror: Mirror) -> None:
    more = flow.another(replace(ticket, printed=4.0), mirror, 100)

    asked = flow.tick(more, mirror, 130)

    assert asked.screen is Screen.STILL
    assert flow.tick(asked, mirror, 150).numbers == ()


def test_what_was_searched_for_is_still_there_for_who_stood_still(start: Visit, mirror: Mirror) -> None:
    searching = replace(start.onto(Screen.SEARCH, 100), query="akta")

    asked = flow.tick(searching, mirror, 130)

    assert (asked.screen, flow.still_here(asked, 131).query) == (Screen.STILL, "akta")


def test_who_is_asked_about_priority_and_stood_still_gets_back_to_where_it_was_asked(
    start: Visit, mirror: Mirror
) -> None:
    services = flow.choose_agency(start, mirror, "dukcapil", 1)
    still = flow.tick(flow.ask_priority(services, 100), mirror, 130)

    answered = flow.answer_priority(flow.still_here(still, 131), mirror, 132, belongs=True)

    assert (still.screen, answered.screen, answered.agency) == (Screen.STILL, Screen.SERVICES, "dukcapil")


def test_a_call_for_help_leads_back_to_where_it_was_made(start: Visit, mirror: Mirror) -> None:
    services = flow.choose_agency(start, mirror, "dukcapil", 1)

    called = flow.somebody_comes(services, "pickup", 2)

    assert (called.screen, called.help) == (Screen.HELP, "pickup")
    assert flow.back(called, mirror, 3).screen is Screen.SERVICES
    assert flow.tick(called, mirror, 2 + flow.HELP_S).screen is Screen.AGENCIES


def test_the_technician_stays_when_the_hub_goes(start: Visit, mirror: Mirror) -> None:
    corner = replace(start, screen=Screen.TECHNICIAN, touched=100)

    assert flow.hub_away(corner).screen is Screen.TECHNICIAN
    assert flow.tick(corner, mirror, 100 + flow.SERVICE_S).screen is Screen.AGENCIES


def test_going_back_keeps_language_priority_and_height(start: Visit, mirror: Mirror) -> None:
    visit = replace(start, screen=Screen.REFUSED, language="en", priority=True, lowered=True, service="dukcapil-kk")

    again = flow.back(visit, mirror, 9)

    assert (again.screen, again.service) == (Screen.AGENCIES, None)
    assert (again.language, again.priority, again.lowered) == ("en", True, True)
