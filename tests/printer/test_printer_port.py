"""Reports reach the hub however long it is away, and a job begins only with its yes."""

from collections import deque
from threading import Event, Thread

import pytest
from printer_fakes import content_of, hall, job_of

from hub.client.http import CommandRefused, HubUnreachable
from printer.port import HubPort

JOB = job_of(content_of(hall("mpp-muara-enim")))
AWAY = HubUnreachable(url="-", why="-")
REFUSED = CommandRefused(409, "job_state", {})
FULL_DISK = CommandRefused(503, "journal_unwritable", {})


class FakeHub:
    """A hub that answers each report as planned, then takes all."""

    def __init__(self, *plan: Exception) -> None:
        self.plan = deque(plan)
        self.heard: list[tuple[str, ...]] = []

    def report_job(self, job: str, state: str, *, proof: str | None = None, reason: str = "", mm: int = 0) -> None:
        """Hear of a job."""
        self._answer("job", job, state, proof or reason)

    def report_printer(self, printer: str, status: str) -> None:
        """Hear of a printer."""
        self._answer("printer", printer, status)

    def _answer(self, *heard: str) -> None:
        if self.plan:
            raise self.plan.popleft()
        self.heard.append(heard)


class Impatient(Event):
    """A stop that never comes and never waits."""

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for nothing."""
        return self.is_set()


def test_a_job_begins_with_the_hubs_yes() -> None:
    hub = FakeHub()

    assert HubPort(hub, Impatient()).begin(JOB) == "yes"
    assert hub.heard == [("job", "A043-0", "sending", "")]


def test_a_job_that_the_hub_no_longer_wants_does_not_begin() -> None:
    assert HubPort(FakeHub(REFUSED), Impatient()).begin(JOB) == "no"


def test_a_lost_answer_is_settled_by_the_feed() -> None:
    hub = FakeHub(AWAY)
    port = HubPort(hub, Impatient())

    assert port.begin(JOB) == "away"
    assert port.unsure == {"A043-0"}
    assert port.begin({**JOB, "state": "sending"}) == "yes"
    assert (port.unsure, hub.heard) == (set(), [])


def test_a_report_that_never_arrived_is_sent_again() -> None:
    hub = FakeHub(AWAY)
    port = HubPort(hub, Impatient())

    assert [port.begin(JOB), port.begin(JOB)] == ["away", "yes"]
    assert port.unsure == set()


@pytest.mark.parametrize("trouble", [[AWAY] * 7, [FULL_DISK], [AWAY, FULL_DISK, AWAY]])
def test_a_state_is_told_until_the_hub_has_it(trouble: list[Exception]) -> None:
    hub = FakeHub(*trouble)

    HubPort(hub, Impatient()).tell("A043-0", "done", proof="process_id")

    assert hub.heard == [("job", "A043-0", "done", "process_id")]


def test_a_state_that_the_hub_already_knows_is_told_once() -> None:
    hub = FakeHub(AWAY, REFUSED)

    HubPort(hub, Impatient()).tell("A043-0", "done", proof="process_id")

    assert hub.heard == []


def test_ending_the_agent_ends_the_telling() -> None:
    stop = Event()
    hub = FakeHub(*[AWAY] * 1000)
    telling = Thread(target=HubPort(hub, stop).tell, args=("A043-0", "done"))
    telling.start()

    stop.set()
    telling.join(5)

    assert not telling.is_alive()


@pytest.mark.parametrize(("trouble", "has_it"), [([], True), ([AWAY], False), ([FULL_DISK], False), ([REFUSED], True)])
def test_a_printers_status_is_known_to_have_arrived_or_not(trouble: list[Exception], has_it: bool) -> None:
    assert HubPort(FakeHub(*trouble), Impatient()).printer("p1", "PAPER_OUT") is has_it
