"""What a keypad knows of its counter: what the hub told last, and nothing before that."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from counter.keypad.desk import Desk
from hub.client.mirror import Mirror
from tests.counter.keypad.fakes import COUNTER, SERVICES, FakeHub


def test_a_counter_is_seen_with_its_ticket_its_queue_and_its_agency() -> None:
    desk = Desk(Event())
    hub = FakeHub(desk, waiting=4)

    hub.stand("A017", "serving")
    sight = desk.sight(COUNTER)

    assert sight is not None
    assert sight.ticket is not None
    assert (sight.ticket["number"], sight.ticket["state"], sight.state, sight.waiting) == ("A017", "serving", "open", 4)
    assert (sight.letter, sight.services) == ("A", SERVICES)


def test_nothing_is_seen_before_the_hub_has_spoken_and_of_a_counter_it_does_not_have() -> None:
    silent, desk = Desk(Event()), Desk(Event())
    FakeHub(desk)
    silent.look(Mirror())

    assert [silent.sight(COUNTER), desk.sight(99)] == [None, None]


def test_who_waits_for_the_hall_gets_it_as_soon_as_it_is_told() -> None:
    desk = Desk(Event())
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.opened)
        FakeHub(desk)

        hall = waiting.result(10)

    assert hall is not None
    assert COUNTER in hall.counter_by_number


def test_who_waits_for_the_hall_waits_no_longer_than_the_program_runs() -> None:
    stop = Event()
    desk = Desk(stop)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(desk.opened)
        stop.set()
        desk.wake()

        assert waiting.result(10) is None
