"""A hall's day played through a hub's API in simulated time: visitors from a day file, and a clerk at each counter."""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cli.dayfile import Row
from config.hall import Counter, Hall
from config.hours import Hours, hours_of
from hub.client.http import CommandRefused, HubClient

SECOND_ERRAND_AFTER_S = 60

Deed = Callable[[], None]


@dataclass(slots=True)
class Visit:
    """One row of the day file on its way through the hall. Times are seconds after midnight."""

    row: Row
    previous: "Visit | None" = None
    number: str | None = None
    issued_s: int | None = None
    ended: bool = False
    next_from_s: int = 0
    waiting_for_it: "Visit | None" = None

    def there(self, now_s: int) -> bool:
        """Tell whether the visitor is still in the hall."""
        patience = self.row.patience_s
        return patience is None or self.issued_s is None or now_s < self.issued_s + patience


@dataclass(slots=True)
class Desk:
    """One counter and its simulated clerk."""

    counter: Counter
    hours: Hours
    closes: int
    free: bool = False
    closed: bool = True
    calls: int = 0


@dataclass(slots=True)
class Outcome:
    """What the players themselves saw.

    Refusals by code; the numbers of visitors who had left when called; and each attempt to take a number, with its
    second of the day, its service, and the code of its refusal or "".
    """

    refused: dict[str, int] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    arrivals: list[tuple[int, str, str]] = field(default_factory=list)


class Simulation:
    """Plays a day: a heap of moments, each with its deed; at each the hub's clock is set, then the deed is done.

    `head` commands everything but the papers, which `printer` reports; None where a real agent does. The order of
    deeds at one moment is fixed, so the same day ends the same every time.
    """

    def __init__(
        self,
        hall: Hall,
        day: date,
        rows: Sequence[Row],
        head: HubClient,
        printer: HubClient | None,
        *,
        without_clerk: frozenset[int] = frozenset(),
    ) -> None:
        self.hall, self.day, self.head, self.printer = hall, day, head, printer
        self.kiosk = hall.kiosks[0].id
        self._without_clerk = without_clerk
        self.outcome = Outcome()
        self.now_s = 0
        self.arrived = 0
        self._midnight = datetime(day.year, day.month, day.day, tzinfo=hall.timezone)
        self._moments: list[tuple[int, int, Deed]] = []
        self._order = 0
        self._visits: dict[str, Visit] = {}
        self.desks = self._make_desks()
        self._plan_visits(rows)
        for desk in self.desks:
            self.at(desk.hours.open * 60, lambda desk=desk: self._open(desk))  # type: ignore[misc]
            for pause in desk.hours.breaks:
                self.at(pause.end * 60, lambda desk=desk: self._resume(desk))  # type: ignore[misc]

    def at(self, second: int, deed: Deed) -> None:
        """Plan a deed for a second of the day, behind those planned for it already."""
        self._order += 1
        heapq.heappush(self._moments, (max(second, self.now_s), self._order, deed))

    def ms(self, second: int) -> int:
        """Return a second of the day as hall time in ms."""
        return round((self._midnight + timedelta(seconds=second)).timestamp() * 1000)

    def dawn(self, second: int = 0) -> None:
        """Set the hub's clock to a second of the day before anything happens, so that the day is open."""
        self.now_s = second
        self.head.now_ms = self.ms(second)
        self.head.set_clock(self.ms(second))

    def pass_to(self, second: int) -> None:
        """Do all deeds up to a second of the day, then let the hub's clock stand there."""
        self.run(second)
        if second > self.now_s:
            self.dawn(second)

    def run(self, until_s: int | None = None) -> bool:
        """Do all deeds planned up to a second of the day (all there are, if None); False when none are left."""
        while self._moments and (until_s is None or self._moments[0][0] <= until_s):
            second, _, deed = heapq.heappop(self._moments)
            self._pass(second)
            deed()
        return bool(self._moments)

    def _pass(self, second: int) -> None:
        """Let commands happen at a second of the day; once a minute the screens are told the time as well."""
        if second // 60 != self.now_s // 60:
            self.head.set_clock(self.ms(second))
        self.now_s = second
        self.head.now_ms = self.ms(second)

    def _make_desks(self) -> list[Desk]:
        hours = hours_of(self.hall, self.day)
        agencies = {agency.id: agency for agency in self.hall.agencies}
        desks = []
        for counter in sorted(self.hall.counters, key=lambda counter: counter.number):
            agency = agencies[counter.agency]
            if hours and self.day.isoweekday() in agency.days and counter.number not in self._without_clerk:
                own = Hours(hours.open, hours.close, (*hours.breaks, *agency.breaks, *counter.breaks))
                closes = hours.close if agency.close is None else min(hours.close, agency.close)
                desks.append(Desk(counter, own, closes))
        return desks

    def _plan_visits(self, rows: Sequence[Row]) -> None:
        latest: dict[str, Visit] = {}
        opens = self.hall.policy.kiosk_opens * 60
        for row in rows:
            visit = Visit(row, latest.get(row.visitor))
            latest[row.visitor] = visit
            self.at(max(row.time_s, opens), lambda visit=visit: self._arrive(visit))  # type: ignore[misc]

    def _arrive(self, visit: Visit) -> None:
        """Take a number, unless an earlier errand of the same visitor is not over yet."""
        previous = visit.previous
        if previous and not previous.ended:
            previous.waiting_for_it = visit
            return
        if previous and self.now_s < previous.next_from_s:
            self.at(previous.next_from_s, lambda: self._arrive(visit))
            return
        self.arrived += 1
        row = visit.row
        try:
            answer = self.head.issue(row.service, ticket_class=row.ticket_class, kiosk=self.kiosk)
        except CommandRefused as refusal:
            self.outcome.refused[refusal.code] = self.outcome.refused.get(refusal.code, 0) + 1
            self.outcome.arrivals.append((self.now_s, row.service, refusal.code))
            self._over(visit, self.now_s)
            return
        visit.number, visit.issued_s = answer["ticket"]["number"], self.now_s
        self._visits[answer["ticket"]["number"]] = visit
        self.outcome.arrivals.append((self.now_s, row.service, ""))
        self._print(answer["job"])
        self._look_up(row.service)

    def _print(self, job: str | None) -> None:
        if self.printer and job:
            self.printer.report_job(job, "sending")
            self.printer.report_job(job, "done", proof="process_id")

    def _over(self, visit: Visit, next_s: int) -> None:
        """An errand has ended: the visitor's next one may begin."""
        visit.ended, visit.next_from_s = True, next_s
        if visit.waiting_for_it:
            following = visit.waiting_for_it
            self.at(max(next_s, following.row.time_s), lambda: self._arrive(following))

    def _look_up(self, service: str) -> None:
        """Let a free clerk notice that somebody waits."""
        for desk in self.desks:
            if desk.free and desk.counter.serves(service) and self._next(desk):
                return

    def _open(self, desk: Desk) -> None:
        number = desk.counter.number
        self.head.sign_in(number, f"P{number:02d}")
        self.head.open_counter(number)
        desk.closed = False
        self.at(desk.closes * 60, lambda: self._go_home(desk))
        for pause in desk.hours.breaks:
            self.at(pause.start * 60, lambda: self._rest(desk))
        self._free(desk)

    def _free(self, desk: Desk) -> None:
        """A clerk has nobody: rests in a break, else calls the next, and goes home when the day is done."""
        desk.free = True
        if desk.hours.pause_at(self.now_s // 60):
            self._rest(desk)
        elif not self._next(desk):
            self._go_home(desk)

    def _rest(self, desk: Desk) -> None:
        if desk.free and not desk.closed:
            pause = desk.hours.pause_at(self.now_s // 60)
            self.head.pause_counter(desk.counter.number, pause.name_id if pause else "")
            desk.free = False

    def _resume(self, desk: Desk) -> None:
        if not desk.closed and not desk.free and desk.calls == 0:
            self.head.open_counter(desk.counter.number)
            self._free(desk)

    def _go_home(self, desk: Desk) -> None:
        """Close after closing time, once nobody waits."""
        if desk.free and not desk.closed and self.now_s >= desk.closes * 60 and not self._next(desk):
            self.head.close_counter(desk.counter.number)
            desk.free, desk.closed = False, True

    def _next(self, desk: Desk) -> bool:
        """Call the next ticket; False where nobody waits."""
        try:
            answer = self.head.call_next(desk.counter.number)
        except CommandRefused as refusal:
            if refusal.code != "nobody_waiting":
                raise
            return False
        desk.free, desk.calls = False, 1
        self._called(desk, answer["ticket"]["number"])
        return True

    def _called(self, desk: Desk, number: str) -> None:
        visit = self._visits.get(number)
        if visit is None or visit.there(self.now_s):
            self.head.start(desk.counter.number)
            service_s = visit.row.service_s if visit else 120
            self.at(self.now_s + service_s, lambda: self._finish(desk, visit))
            return
        self.outcome.left.add(number)
        self.at(self.now_s + self.hall.policy.recall_min_seconds, lambda: self._again(desk, visit))

    def _again(self, desk: Desk, visit: Visit) -> None:
        """Call someone who did not come once more, or give up."""
        if desk.calls < self.hall.policy.recall_max:
            self.head.recall(desk.counter.number)
            desk.calls += 1
            self.at(self.now_s + self.hall.policy.recall_min_seconds, lambda: self._again(desk, visit))
            return
        self.head.miss(desk.counter.number)
        self._leave(desk, visit, self.now_s)

    def _finish(self, desk: Desk, visit: Visit | None) -> None:
        self.head.finish(desk.counter.number)
        self._leave(desk, visit, self.now_s + SECOND_ERRAND_AFTER_S)

    def _leave(self, desk: Desk, visit: Visit | None, next_s: int) -> None:
        desk.calls = 0
        if visit:
            self._over(visit, next_s)
        self._free(desk)
