"""A printer whose agent is gone does not answer: the hub says so, since nobody else can."""

from collections.abc import Callable

from hub.attendance import GONE_S, Attendance
from hub.client.http import HubClient
from tests.hub.conftest import Running
from tests.hub.test_hub import Ear, code

PRINTER = "anjungan-1-printer"
WELL = {PRINTER: "ONLINE"}


class Clock:
    """Seconds that pass when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def attendance() -> tuple[Attendance, Clock]:
    clock = Clock()
    return Attendance(clock), clock


def test_an_agent_that_is_away_a_moment_is_missed_by_nobody() -> None:
    agents, clock = attendance()
    agents.heard(PRINTER, "agen-1")

    assert agents.gone(WELL, set()) == []
    clock.now = GONE_S
    assert agents.gone(WELL, set()) == []
    assert agents.gone(WELL, {"agen-1"}) == []
    clock.now = 2 * GONE_S
    assert agents.gone(WELL, set()) == []


def test_an_agent_that_stays_away_is_missed() -> None:
    agents, clock = attendance()
    agents.heard(PRINTER, "agen-1")
    agents.gone(WELL, set())
    clock.now = GONE_S + 0.1

    assert agents.gone(WELL, {"agen-2"}) == [PRINTER]
    assert agents.gone({PRINTER: "NO_ANSWER"}, set()) == []


def test_a_printer_that_nobody_spoke_for_since_the_start_is_given_as_long() -> None:
    agents, clock = attendance()

    assert agents.gone(WELL, set()) == []
    clock.now = GONE_S + 0.1
    assert agents.gone(WELL, set()) == [PRINTER]


def test_what_the_head_says_needs_no_agent() -> None:
    agents, clock = attendance()
    agents.heard(PRINTER, None)
    agents.gone(WELL, set())
    clock.now = 10 * GONE_S

    assert agents.gone(WELL, set()) == []


def test_a_dead_agents_printer_is_told_to_every_screen(start: Callable[[], Running]) -> None:
    hub = start()
    agent, kiosk = hub.device("printer", "agen-1"), hub.device("kiosk", "anjungan-1")
    agents_ear, ear = Ear(agent), Ear(kiosk)
    client = HubClient(agent.hub, agent.token)
    agents_ear.wait(lambda mirror: mirror.hall)
    client.report_printer(PRINTER, "ONLINE")
    number = hub.head.issue("layanan-0-0", kiosk="anjungan-1")["ticket"]["number"]
    client.report_job(f"{number}-0", "sending")
    ear.wait(lambda mirror: mirror.printers[PRINTER]["status"] == "ONLINE")

    agents_ear.close()

    ear.wait(lambda mirror: mirror.printers[PRINTER]["status"] == "NO_ANSWER")
    ear.wait(lambda mirror: mirror.jobs[f"{number}-0"]["state"] == "uncertain")
    ear.close()
    client.close()


def test_a_second_agent_for_a_printer_is_refused_while_the_first_is_on_the_line(start: Callable[[], Running]) -> None:
    hub = start()
    first, second = hub.device("printer", "agen-1"), hub.device("printer", "agen-2")
    ear = Ear(first)
    ear.wait(lambda mirror: mirror.hall)
    first.client().report_printer(PRINTER, "ONLINE")

    refused = code(lambda: second.client().report_printer(PRINTER, "NO_ANSWER"))

    assert refused == (409, "printer_taken")
    assert hub.head.state()["printers"][0]["status"] == "ONLINE"
    ear.close()
