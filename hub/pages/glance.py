"""How the hall is at a glance: alarms, then figures by zone, agency, service and counter. Pure, from the state."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from config.hall import Agency, Counter, Hall
from hub.client.views import READY
from hub.pages.door import Person
from hub.pages.outside import Outside
from hub.rules.issuing import hall_of, may_issue
from hub.rules.printing import tickets_left
from hub.rules.state import CounterState, Milliseconds, Moment, State, Ticket, moment
from hub.rules.tickets import MINUTE_MS

A_TURN = 200
"""Tickets that are counted at once."""
LITTLE_PAPER = 50
"""Tickets that a roll is still good for when the page begins to say so."""
SYNC_SILENT_MS = 15 * MINUTE_MS
MANY_LINES = 5_000
"""More lines that wait for the region than these are told, whatever the push says."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that needs somebody: a key of the catalogue `hall` with its fields, and the page that mends it.

    `is_grave` is what keeps visitors from being served; the rest is to be known.
    """

    key: str
    fields: Mapping[str, object] = field(default_factory=dict)
    where: str = ""
    is_grave: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one service, agency or zone. `longest_ms` is the longest wait now, `words` why no numbers."""

    name: str
    waiting: int
    longest_ms: Milliseconds | None
    open: int
    counters: int
    issued: int
    served: int
    missed: int
    quota: int | None = None
    code: str = ""
    words: dict[str, str] = field(default_factory=dict)
    key: str = ""
    services: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One counter and what it does; `since_ms` is since when its ticket is called or served."""

    number: int
    agency: str
    agency_name: str
    state: CounterState
    ticket_state: str = ""
    since_ms: Milliseconds | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the page shows of now."""

    alarms: tuple[Alarm, ...]
    total: Row
    zones: tuple[Row, ...]
    agencies: tuple[Row, ...]
    desks: tuple[Desk, ...]


@dataclass(slots=True)
class Count:
    """What is counted over all tickets of the day, which are many: `by_state` by (service, state)."""

    by_state: dict[tuple[str, str], int] = field(default_factory=dict)
    papers: int = 0

    def take(self, state: State, ticket: Ticket) -> None:
        """Count one ticket; those for trial count nowhere."""
        if ticket.trial:
            return
        key = ticket.service, ticket.state
        self.by_state[key] = self.by_state.get(key, 0) + 1
        if ticket.state == "waiting" and ticket.job and not ticket.noted:
            self.papers += state.jobs[ticket.job].state in ("uncertain", "failed")


def glance_in_turns(
    state: State, now_ms: Milliseconds, outside: Outside, person: Person, language: str
) -> Generator[None, None, Glance]:
    """Return what a person sees of now: a supervisor their own agency, everybody else the hall.

    It is done in small turns, after each of which others may have theirs: the state of a hall does not change.
    """
    hall, count = hall_of(state), Count()
    now = moment(hall, now_ms)
    for at, ticket in enumerate(state.tickets.values()):
        count.take(state, ticket)
        if at % A_TURN == 0:
            yield
    seen, rows = [agency for agency in hall.agencies if person.sees(agency.id)], []
    for agency in seen:
        rows.append(agency_row(state, hall, agency, count, now, language))
        yield
    desks = tuple(desk(state, hall, c, language) for c in hall.counters if person.sees(c.agency))
    yield
    found = alarms(hall, now, rows, desks)
    if person.role != "supervisor":
        found = [*of_hall(state, hall, now_ms, outside, language, count.papers), *found]
    return Glance(
        alarms=tuple(sorted(found, key=lambda alarm: not alarm.is_grave)),
        total=summed("", rows),
        zones=tuple(zone_rows(hall, seen, rows, language)),
        agencies=tuple(rows),
        desks=desks,
    )


def agency_row(state: State, hall: Hall, agency: Agency, count: Count, now: Moment, language: str) -> Row:
    """Return the figures of an agency, with its services in it."""
    services = tuple(service_row(state, hall, service.id, count.by_state, now, language) for service in agency.services)
    own = [counter for counter in hall.counters if counter.agency == agency.id]
    whole, first = summed(agency.called(language, short=True), services), services[0]
    is_one = len({row.code for row in services}) == 1
    return Row(
        whole.name, whole.waiting, whole.longest_ms,
        sum(state.counter(counter.number).state == "open" for counter in own), len(own),
        whole.issued, whole.served, whole.missed,
        code=first.code if is_one else "", words=first.words if is_one else {}, key=agency.id, services=services,
    )  # fmt: skip


def service_row(
    state: State, hall: Hall, service_id: str, counted: dict[tuple[str, str], int], now: Moment, language: str
) -> Row:
    """Return the figures of one service."""
    service, counters = hall.services[service_id], hall.counters_of[service_id]
    waiting = [p for _, _, line in state.lines_of(service_id) for p in line if not state.tickets[p.number].trial]
    oldest = min((place.clock_ms for place in waiting), default=None)
    refusal = may_issue(state, service_id, now)
    return Row(
        name=service.name(language),
        waiting=len(waiting),
        longest_ms=None if oldest is None else now.ms - oldest,
        open=sum(state.counter(counter.number).state == "open" for counter in counters),
        counters=len(counters),
        issued=state.given.get(service_id) or 0,
        served=counted.get((service_id, "served"), 0),
        missed=counted.get((service_id, "missed"), 0),
        quota=service.daily_quota,
        code=refusal.code if refusal else "",
        words=refusal.words if refusal else {},
        key=service_id,
    )


def zone_rows(hall: Hall, agencies: Sequence[Agency], rows: Sequence[Row], language: str) -> Iterable[Row]:
    """Yield a row for each zone that has agencies in it, where there is more than one."""
    by_zone = {zone.id: [r for a, r in zip(agencies, rows, strict=True) if a.zone == zone.id] for zone in hall.zones}
    if sum(map(bool, by_zone.values())) > 1:
        for zone in hall.zones:
            if by_zone[zone.id]:
                yield summed((zone.name_en if language == "en" else "") or zone.name_id, by_zone[zone.id])


def summed(name: str, rows: Sequence[Row]) -> Row:
    """Return the figures of several rows together."""
    longest = max((row.longest_ms for row in rows if row.longest_ms is not None), default=None)
    return Row(
        name, sum(r.waiting for r in rows), longest, sum(r.open for r in rows), sum(r.counters for r in rows),
        sum(r.issued for r in rows), sum(r.served for r in rows), sum(r.missed for r in rows),
    )  # fmt: skip


def desk(state: State, hall: Hall, counter: Counter, language: str) -> Desk:
    """Return what a counter does."""
    at, agency = state.counter(counter.number), hall.agency_by_id[counter.agency]
    name = agency.called(language, short=True)
    ticket = state.tickets.get(at.ticket) if at.ticket else None
    if ticket is None:
        return Desk(counter.number, counter.agency, name, at)
    return Desk(counter.number, counter.agency, name, at, ticket.state, ticket.started_ms or ticket.called_ms)


def alarms(hall: Hall, now: Moment, rows: Iterable[Row], desks: Iterable[Desk]) -> list[Alarm]:
    """Return what is wrong with agencies, services and counters."""
    found: list[Alarm] = []
    for row in rows:
        if any(service.code == "agency_absent" for service in row.services):
            found.append(Alarm("alarm_absent", {"agency": row.name}, f"/hall/agencies/{row.key}"))
        for service in row.services:
            where = f"/hall/services/{service.key}"
            target = hall.services[service.key].target_wait_minutes
            minutes = (service.longest_ms or 0) // MINUTE_MS
            if service.waiting and not service.open:
                found.append(Alarm("alarm_unserved", {"service": service.name, "count": service.waiting}, where))
            elif target is not None and minutes > target:
                told = {"service": service.name, "minutes": minutes, "target": target}
                found.append(Alarm("alarm_long", told, where, is_grave=False))
            if service.code in ("quota_full", "service_paused", "service_paused_until"):
                found.append(Alarm(f"alarm_{service.code}", {"service": service.name}, where, is_grave=False))
    for at in desks:
        if at.state.state == "paused" and at.state.until_ms is not None and at.state.until_ms < now.ms:
            late = (now.ms - at.state.until_ms) // MINUTE_MS
            told = {"counter": at.number, "minutes": late}
            found.append(Alarm("alarm_pause_over", told, f"/hall/counters/{at.number}", is_grave=False))
    return found


def of_hall(
    state: State, hall: Hall, now_ms: Milliseconds, outside: Outside, language: str, papers: int
) -> Iterable[Alarm]:
    """Yield what is wrong with the hall as a whole and its machines."""
    if outside.is_stopped:
        yield Alarm("alarm_stopped")
    if outside.is_clock_doubted:
        yield Alarm("alarm_clock")
    for asked in state.helps.values():
        if asked.answered_by is None:
            yield Alarm(f"alarm_help_{asked.kind}", {"place": asked.place}, "/hall/machines")
    for printer in hall.printer_by_id:
        status, left = state.printers.get(printer) or "NO_ANSWER", tickets_left(state, printer)
        if status not in READY:
            yield Alarm(f"alarm_printer_{status}", {"printer": printer}, "/hall/machines")
        elif status == "PAPER_LOW" or (left is not None and left < LITTLE_PAPER):
            yield Alarm("alarm_paper_low", {"printer": printer}, "/hall/machines", is_grave=False)
    for device in sorted(state.devices.values(), key=lambda device: device.device):
        if device.role in ("kiosk", "display") and device.device not in outside.connected:
            yield Alarm(f"alarm_{device.role}_away", {"device": device.device}, "/hall/machines")
    if papers:
        yield Alarm("alarm_papers", {"count": papers}, "/hall/tickets?paper=missing", is_grave=False)
    yield from to_know(state, now_ms, outside, language)


def to_know(state: State, now_ms: Milliseconds, outside: Outside, language: str) -> Iterable[Alarm]:
    """Yield what the head should know though nothing is broken."""
    if state.trial:
        yield Alarm("alarm_trial", where="/hall/machines", is_grave=False)
    if state.planned is not None:
        yield Alarm("alarm_planned", where="/hall/settings", is_grave=False)
    for scope, force in state.forces.items():
        if force.until_ms is None or force.until_ms > now_ms:
            told = {"scope": scope_name(state, scope, language), "reason": force.reason}
            yield Alarm(f"alarm_forced_{force.mode}", told, scope_page(scope), is_grave=False)
    yield from of_sync(outside)


def of_sync(outside: Outside) -> Iterable[Alarm]:
    """Yield that the push to the region fails or is silent; nothing is wrong while it rests by the hall file."""
    sync, where = outside.sync, "/hall/machines"
    if sync is None:
        return
    is_failing = sync.failing_since_ms is not None and outside.wall_ms - sync.failing_since_ms > SYNC_SILENT_MS
    if sync.waiting and is_failing:
        yield Alarm("alarm_sync", {"count": sync.waiting}, where, is_grave=False)
    elif outside.wall_ms - sync.at_ms > SYNC_SILENT_MS or (sync.waiting > MANY_LINES and not sync.is_resting):
        yield Alarm("alarm_sync_silent", {"count": sync.waiting}, where, is_grave=False)


def scope_name(state: State, scope: str, language: str) -> str:
    """Return what a scope of the head's word is called."""
    hall = hall_of(state)
    kind, _, name = scope.partition(":")
    if kind == "agency" and name in hall.agency_by_id:
        agency: Agency = hall.agency_by_id[name]
        return agency.called(language, short=True)
    if kind == "service" and name in hall.services:
        return hall.services[name].name(language)
    return hall.hall.short if kind == "hall" else name


def scope_page(scope: str) -> str:
    """Return the page on which a word of the head is taken back."""
    kind, _, name = scope.partition(":")
    return {"agency": f"/hall/agencies/{name}", "service": f"/hall/services/{name}"}.get(kind, "/hall/machines")
