"""Makes a report: reads the days one after another and adds them up."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from config.errors import AntreanError
from hub.report import opening
from hub.report.halls import Halls, read_halls
from hub.report.opening import Span
from hub.report.period import Period
from hub.report.source import Day, days_between
from hub.report.tally import Leg, Tally
from journal.store import reading_end

HOUR_MS, DAY_MS, MINUTE_MS = 3_600_000, 86_400_000, 60_000
PAPER_STATES = {"confirmed": "done"}
"""A paper that somebody has looked at and found out is as good as done."""


class NoSuchAgency(AntreanError):
    """The hall has and had no agency of this name."""

    key = "error.report_agency"


class NothingRecorded(AntreanError):
    """The journal holds no hall file yet, so there is nothing to report."""

    key = "error.report_empty"


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked for: days, one agency or all of them, with clerks or without, for the public or for the house."""

    period: Period
    agency: str = ""
    with_clerks: bool = True
    public: bool = False


@dataclass(slots=True)
class Attendance:
    """How an agency kept its days: dates due and of those present, and the delays of its first counter in ms."""

    due: int = 0
    present: int = 0
    extra: int = 0
    late: int = 0
    first: list[int] = field(default_factory=list)
    open_ms: int = 0


@dataclass(frozen=True, slots=True)
class DayOpen:
    """One day's hours: those of the hall file, None where it had none, and when at least one counter was open."""

    date: date
    planned: Span | None
    spans: tuple[Span, ...]


@dataclass
class Report:
    """All figures of a report. `by` holds a tally for each value of each way to look at the tickets."""

    asking: Asking
    halls: Halls
    whole: Tally = field(default_factory=Tally)
    by: dict[str, dict[Any, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    heat: Counter[tuple[int, int]] = field(default_factory=Counter)
    refused: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    days: list[DayOpen] = field(default_factory=list)
    attendance: dict[str, Attendance] = field(default_factory=dict)
    outages: list[tuple[date, Span, int]] = field(default_factory=list)
    faults: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    papers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    calls: list[tuple[date, Any]] = field(default_factory=list)
    until_ms: int = 0


def report_of(folder: Path, asking: Asking) -> Report:
    """Return the report of a hub's data folder; JournalError where there is none, NoSuchAgency, NothingRecorded."""
    with closing(reading_end(folder)) as connection:
        return made(connection, asking)


def made(connection: sqlite3.Connection, asking: Asking) -> Report:
    """Return the report of an open database."""
    halls = read_halls(connection)
    if not halls.files or not halls.days:
        raise NothingRecorded
    agency_of = halls.agency_of()
    known = {agency.id for _, hall in halls.files for agency in hall.agencies}
    if asking.agency and asking.agency not in known:
        raise NoSuchAgency(agency=asking.agency)
    report = Report(asking, halls)
    held: dict[date, Day] = {}
    for day, told in days_between(connection, asking.period.first, asking.period.last):
        add_tickets(report, told, agency_of)
        add_refused(report, told, agency_of)
        add_troubles(report, told)
        held[day] = Day(day, [], told.happenings, [], [], [], evening(report, told))
        report.until_ms = max(report.until_ms, told.end_ms)
    add_opening(report, held)
    return report


def add_tickets(report: Report, told: Day, agency_of: Mapping[str, str]) -> None:
    """Add a day's legs to every group they belong to."""
    asking, by, day = report.asking, report.by, told.date
    offset, weekday = report.halls.offset_ms(day), day.isoweekday()
    targets = {key: service.target_wait_minutes for key, service in report.halls.on(day).services.items()}
    for row in told.legs:
        service, ticket_class, arrival, counter, clerk, arrived_ms = row[:6]
        agency = agency_of.get(service, "")
        if asking.agency and agency != asking.agency:
            continue
        leg = leg_of(row, targets.get(service))
        hour = (arrived_ms + offset) % DAY_MS // HOUR_MS
        groups = [
            ("agencies", agency), ("services", service), ("hours", hour), ("weekdays", weekday), ("days", day),
            ("classes", ticket_class),
        ]  # fmt: skip
        if counter is not None:
            groups.append(("counters", counter))
            if asking.with_clerks:
                groups.append(("clerks", clerk))
        report.whole.legs.append(leg)
        for way, value in groups:
            by[way][value].legs.append(leg)
        if arrival == "issued":
            report.heat[weekday, hour] += 1


def leg_of(row: Any, target_minutes: int | None) -> Leg:
    """Return a leg of a row; a day that ended cuts a service short, so that its time tells nothing."""
    _, _, arrival, _, _, arrived_ms, called_ms, kept, served_ms, _, end = row
    wait_ms = None if called_ms is None else called_ms - arrived_ms
    in_time = None if wait_ms is None or target_minutes is None else wait_ms <= target_minutes * MINUTE_MS
    return Leg(
        "issued" if arrival == "issued" else "received",
        "served" if end == "day_ended" else end or "open",
        wait_ms,
        served_ms if end == "served" else None,
        in_time,
        None if kept is None else bool(kept),
    )


def add_refused(report: Report, told: Day, agency_of: Mapping[str, str]) -> None:
    """Add a day's refused numbers."""
    for service, hour, code, counted, asked in told.refused:
        if not report.asking.agency or agency_of.get(service) == report.asking.agency:
            report.refused[service, hour, code] += counted
            report.asked[service, hour, code] += asked


def add_troubles(report: Report, told: Day) -> None:
    """Add a day's interruptions, calls out of order, and what printers and papers went through.

    Printers are the hall's: a single agency's report leaves them out.
    """
    bounds = report.halls.bounds(told.date)
    for span in opening.outages(told.happenings):
        report.outages.append((told.date, span, opening.clipped(span, bounds)))
    counters = report.halls.on(told.date).counter_by_number
    for call in told.calls:
        place = counters.get(call[2])
        if not report.asking.agency or (place and place.agency == report.asking.agency):
            report.calls.append((told.date, call))
    if report.asking.agency:
        return
    for printer, status, span in opening.faults(told.happenings, evening(report, told)):
        report.faults[printer, status].append(opening.clipped(span, bounds))
    for printer, state, is_copy, count in told.papers:
        report.papers[printer][PAPER_STATES.get(state, state)] += count
        report.papers[printer]["copies"] += count if is_copy else 0
    for happening in told.happenings:
        if happening.kind == "roll.changed":
            report.papers[happening.name]["rolls"] += 1


def evening(report: Report, told: Day) -> int:
    """Return when a day's work was over, in ms: at the hall's close, or with the last deed for a visitor after it.

    A counter that somebody forgot to close stays open until the next morning, and was not open so long.
    """
    bounds = report.halls.bounds(told.date)
    if bounds is None:
        return told.end_ms
    deeds: list[int] = [
        row[9]
        for row in told.legs
        if row[9] is not None and row[10] not in ("day_ended", "unserved") and row[3] is not None
    ]
    deeds += [one.hall_ms for one in told.happenings if one.kind == "counter.closed"]
    return min(told.end_ms, max([bounds[1], *deeds]))


def add_opening(report: Report, held: Mapping[date, Day]) -> None:
    """Add when the hall and each agency were open, on each day on which they should have been or were."""
    halls, asking = report.halls, report.asking
    begun, until = halls.days[0][0], halls.days[-1][0]
    for agency in halls.newest.agencies:
        if asking.agency in ("", agency.id):
            report.attendance[agency.id] = Attendance()
    for day in asking.period:
        if not begun <= day.isoformat() <= until:
            continue
        told, planned = held.get(day), halls.bounds(day)
        spans = opening.open_spans(told.happenings, told.end_ms) if told else {}
        if is_closed_by_head(told) and not spans:
            planned = None
        counters = halls.on(day).counter_by_number
        own = {
            number: found
            for number, found in spans.items()
            if not asking.agency or (number in counters and counters[number].agency == asking.agency)
        }
        if planned or own:
            joined = opening.together(span for found in own.values() for span in found)
            report.days.append(DayOpen(day, planned, tuple(joined)))
        has_begun = told is not None and (planned is None or planned[0] <= told.end_ms)
        attend(report, day, own, planned, has_begun=has_begun)


def is_closed_by_head(told: Day | None) -> bool:
    """Tell whether the head closed the whole hall on a day."""
    return told is not None and any(
        one.kind == "hall.forced" and one.name == "hall" and one.detail == "closed" for one in told.happenings
    )


def attend(
    report: Report, day: date, spans: Mapping[int, list[Span]], planned: Span | None, *, has_begun: bool
) -> None:
    """Add one day to the attendance of each agency.

    Nobody is due on a day of which nothing is recorded, nor today before the hall opens, but who has come.
    """
    hall = report.halls.on(day)
    for agency in hall.agencies:
        if agency.id not in report.attendance:
            continue
        kept = report.attendance[agency.id]
        own = [
            span for counter in hall.counters if counter.agency == agency.id for span in spans.get(counter.number, [])
        ]
        is_due = planned is not None and day.isoweekday() in agency.days and (has_begun or bool(own))
        kept.due += is_due
        if not own:
            continue
        kept.present += is_due
        kept.extra += not is_due
        kept.open_ms += opening.length(opening.together(own))
        first_ms = min(span[0] for span in own)
        kept.first.append((first_ms + report.halls.offset_ms(day)) % DAY_MS)
        grace = hall.policy.agency_absent_minutes * MINUTE_MS
        kept.late += is_due and planned is not None and first_ms > planned[0] + grace
