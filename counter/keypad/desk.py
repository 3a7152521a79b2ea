"""The hall as the hub's feed tells it: one thread listens and fills it, another looks at a counter."""

from collections.abc import Callable
from threading import Condition, Event

from config.hall import Hall
from counter.keypad.rules import Sight
from hub.client.device import Device
from hub.client.listen import listen
from hub.client.mirror import Mirror
from hub.client.views import CounterView, ServiceView, TicketView

CATCH_UP_S = 0.2


class Desk:
    """What the hub said last; whoever waits here waits no longer than `stop`."""

    def __init__(self, stop: Event) -> None:
        self.hall: Hall | None = None
        self._seq = 0
        self._counters: dict[int, CounterView] = {}
        self._tickets: dict[str, TicketView] = {}
        self._services: dict[str, ServiceView] = {}
        self._changed, self._stop = Condition(), stop

    def look(self, mirror: Mirror) -> None:
        """Take over what a mirror says now. Views are replaced, never changed: copies of the tables are enough."""
        with self._changed:
            self.hall, self._seq = mirror.hall, mirror.seq
            self._counters, self._tickets = dict(mirror.counters), dict(mirror.tickets)
            self._services = dict(mirror.services)
            self._changed.notify_all()

    def wake(self) -> None:
        """Let whoever waits here see that `stop` is set."""
        with self._changed:
            self._changed.notify_all()

    def opened(self) -> Hall | None:
        """Wait for the hub's first word and return the hall; None where the end came first."""
        self._wait(lambda: self.hall is not None, None)
        return self.hall

    def catch_up(self, seq: int) -> None:
        """Wait until the feed has told of a line of the journal, but not long: the keypad waits for its answer."""
        self._wait(lambda: self._seq >= seq, CATCH_UP_S)

    def sight(self, number: int) -> Sight | None:
        """Return a counter as it is now; None where the hub has told nothing yet, or its hall has no such counter."""
        with self._changed:
            hall, view = self.hall, self._counters.get(number)
            counter = hall.counter_by_number.get(number) if hall else None
            if hall is None or counter is None or view is None:
                return None
            agency = hall.agency_by_id[counter.agency]
            return Sight(
                counter=number,
                state=view["state"],
                ticket=self._tickets.get(view["ticket"]) if view["ticket"] else None,
                waiting=self._waiting((*counter.services, *counter.second_services)),
                letter=agency.letter,
                services=tuple(service.id for service in agency.services),
                form=hall.ticket,
                all_services=frozenset(hall.services),
                language=next(iter(hall.hall.languages)),
            )

    def _waiting(self, services: tuple[str, ...]) -> int:
        return sum(self._services[service]["waiting"] for service in services if service in self._services)

    def _wait(self, come: Callable[[], bool], deadline_s: float | None) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._stop.is_set() or come(), deadline_s)


def follow(device: Device, desk: Desk, stop: Event) -> None:
    """Keep a desk up to date until `stop` is set."""
    mirror = Mirror()
    for events in listen(device, mirror, stop):
        if events is not None:
            desk.look(mirror)
