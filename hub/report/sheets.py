"""The tables of a report, one function each; names are those of the newest hall file, an id where it has none."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, get_day_names

from config.wording import Words
from hub.report.build import DAY_MS, Report
from hub.report.opening import length
from hub.report.privacy import HIDDEN, hidden, hidden_cells
from hub.report.sheet import Column, Sheet, Value
from hub.report.tally import COUNTS, Tally, mean_of, median_of, p90_of, share

TIMES: tuple[tuple[str, str, Callable[[Tally], Value]], ...] = (
    ("wait_median", "minutes", lambda tally: median_of(tally.waits)),
    ("wait_p90", "minutes", lambda tally: p90_of(tally.waits)),
    ("wait_mean", "minutes", lambda tally: mean_of(tally.waits)),
    ("within_target", "share", lambda tally: tally.within_target),
    ("service_median", "minutes", lambda tally: median_of(tally.services)),
    ("service_p90", "minutes", lambda tally: p90_of(tally.services)),
    ("service_mean", "minutes", lambda tally: mean_of(tally.services)),
    ("promises_kept", "share", lambda tally: tally.promises_kept),
)
ALWAYS = ("issued", "served", "missed", "unserved", "cancelled")
ONE_DAY = ("days", "weekdays")
"""Tables that would repeat the whole of a single day."""
MOST_DAY_ROWS = 62
"""A longer report is told by months."""
PAPERS = ("done", "assumed", "uncertain", "failed", "expired", "cancelled", "copies", "rolls")


def sheets_of(report: Report, words: Words) -> list[Sheet]:
    """Return the tables of a report in their order, without those that have no rows."""
    made = [summary(report), *broken_down(report, words), heat(report, words)]
    made += [*refused(report, words), opening(report), attendance(report, words), outages(report)]
    made += [faults(report, words), papers(report)]
    if not report.asking.public:
        made.append(out_of_order(report))
    useless = ONE_DAY if report.asking.period.days == 1 else ()
    return [sheet for sheet in made if sheet.rows and sheet.key not in useless]


def summary(report: Report) -> Sheet:
    """Return the figures of the whole, one row."""
    names, kinds, values = [], [], []
    few = report.asking.public and 0 in hidden([report.whole.people])
    for key, kind, value in [*figures(report.whole, COUNTS), *whole_figures(report)]:
        names.append(key)
        kinds.append(kind)
        values.append(HIDDEN if few and kind in ("count", "minutes", "share") else value)
    return Sheet("summary", [Column(*column) for column in zip(names, kinds, strict=True)], [values])


def figures(tally: Tally, counts: Iterable[str]) -> list[tuple[str, str, Value]]:
    """Return a group's figures with their keys and kinds."""
    counted: list[tuple[str, str, Value]] = [(key, "count", tally.counts[key]) for key in counts]
    return [*counted, *((key, kind, figure(tally)) for key, kind, figure in TIMES)]


def whole_figures(report: Report) -> list[tuple[str, str, Value]]:
    """Return the figures that only the whole has."""
    return [
        ("refused", "count", report.refused.total()),
        ("out_of_order", "count", len(report.calls)),
        ("days_open", "days", sum(1 for day in report.days if day.spans)),
        ("hours_open", "hours", sum(length(day.spans) for day in report.days)),
        ("outage", "minutes", sum(within for _, _, within in report.outages)),
    ]


def broken_down(report: Report, words: Words) -> list[Sheet]:
    """Return the tables of tickets by each way to look at them."""
    hall, by = report.halls.newest, report.by
    days = get_day_names("wide", locale=words.language)
    agencies = {agency.id: agency.called(words.language) for agency in hall.agencies}
    services = {key: service.name(words.language) for key, service in hall.services.items()}
    order = {key: at for at, key in enumerate([*agencies, *services])}
    ranked = Names(order)
    sheets = [
        tally_sheet(report, "agencies", by["agencies"], lambda key: agencies.get(key, key), ranked),
        tally_sheet(report, "services", by["services"], lambda key: services.get(key, key), ranked),
        by_time(report, words),
        tally_sheet(report, "hours", by["hours"], lambda key: hour_name(key, words)),
        tally_sheet(report, "weekdays", by["weekdays"], lambda key: days[key - 1].capitalize()),
        tally_sheet(report, "classes", by["classes"], lambda key: words.say(f"report.class_{key}")),
        tally_sheet(report, "counters", by["counters"], lambda key: words.say("report.counter", number=key)),
    ]
    if report.asking.with_clerks and not report.asking.public:
        sheets.append(tally_sheet(report, "clerks", by["clerks"], lambda key: key or "–"))
    return sheets


class Names:
    """Sorts by the order of the hall file, what it no longer has at the end."""

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order

    def __call__(self, key: Any) -> Any:
        """Return what a key is sorted by."""
        return self._order.get(key, len(self._order)), str(key)


def by_time(report: Report, words: Words) -> Sheet:
    """Return the tickets by day, or by month where there are too many days."""
    days: Mapping[date, Tally] = report.by["days"]
    if report.asking.period.days <= MOST_DAY_ROWS:
        return tally_sheet(report, "days", days, lambda day: format_date(day, "EEE, d MMM y", locale=words.language))
    months: dict[date, Tally] = {}
    for day, tally in days.items():
        months.setdefault(day.replace(day=1), Tally()).legs.extend(tally.legs)
    return tally_sheet(report, "months", months, lambda day: format_date(day, "MMMM y", locale=words.language))


def tally_sheet(
    report: Report, key: str, tallies: Mapping[Any, Tally], name: Callable[[Any], str], rank: Any = None
) -> Sheet:
    """Return a table of groups, without counts that are nought and figures that are none throughout."""
    keys = sorted(tallies, key=rank)
    counts = [one for one in COUNTS if one in ALWAYS or any(tallies[k].counts[one] for k in keys)]
    found = [figures(tallies[k], counts) for k in keys]
    used = [at for at, (_, kind, _) in enumerate(figures(Tally(), counts)) if kind == "count" or told_at(found, at)]
    columns = [Column(key, "text"), *(Column(*figures(Tally(), counts)[at][:2]) for at in used)]
    covered = hidden([tallies[k].people for k in keys]) if report.asking.public else set()
    rows: list[list[Value]] = []
    for at, k in enumerate(keys):
        rows.append([name(k), *(HIDDEN if at in covered else found[at][place][2] for place in used)])
    return Sheet(key, columns, rows)


def told_at(found: Sequence[Sequence[tuple[str, str, Value]]], at: int) -> bool:
    """Tell whether any group has a figure at a place."""
    return any(figures[at][2] is not None for figures in found)


def hour_name(hour: int, words: Words) -> str:
    """Return an hour of the day as a span."""
    return f"{words.minute(hour * 60)}–{words.minute(hour * 60 + 59)}"


def heat(report: Report, words: Words) -> Sheet:
    """Return the numbers issued by weekday and hour."""
    found = {hour for _, hour in report.heat}
    hours = range(min(found, default=0), max(found, default=-1) + 1)
    days = sorted({day for day, _ in report.heat})
    grid = [[report.heat[day, hour] for hour in hours] for day in days]
    covered = hidden_cells(grid) if report.asking.public else set()
    names = get_day_names("wide", locale=words.language)
    rows = [
        [
            names[day - 1].capitalize(),
            *(HIDDEN if (at, place) in covered else count for place, count in enumerate(grid[at])),
        ]
        for at, day in enumerate(days)
    ]
    return Sheet("heat", [Column("weekdays", "text"), *(Column(f"{hour:02d}", "count") for hour in hours)], rows)


def refused(report: Report, words: Words) -> list[Sheet]:
    """Return the numbers that were not given: by reason, by service and by hour."""
    services = report.halls.newest.services
    counts = [Column("refused", "count"), Column("asked", "count")]

    def told(
        key: str,
        group: Callable[[str, int, str], tuple[Any, ...]],
        shown: Callable[..., list[str]],
        names: list[Column],
    ) -> Sheet:
        counted: Counter[tuple[Any, ...]] = Counter()
        asked: Counter[tuple[Any, ...]] = Counter()
        for place, count in report.refused.items():
            counted[group(*place)] += count
            asked[group(*place)] += report.asked[place]
        keys = sorted(counted)
        covered = hidden([counted[k] for k in keys]) if report.asking.public else set()
        rows = [
            [*shown(*k), *((HIDDEN, HIDDEN) if at in covered else (counted[k], asked[k]))] for at, k in enumerate(keys)
        ]
        return Sheet(key, [*names, *counts], rows)

    def service_name(key: str) -> str:
        return services[key].name(words.language) if key in services else key

    def why(code: str) -> str:
        key = f"report.why_{code}"
        return code if words.say(key) == key else words.say(key)

    return [
        told("refused", lambda _, __, code: (code,), lambda code: [why(code)], [Column("why", "text")]),
        told(
            "refused_services",
            lambda service, _, code: (service, code),
            lambda service, code: [service_name(service), why(code)],
            [Column("services", "text"), Column("why", "text")],
        ),
        told(
            "refused_hours",
            lambda _, hour, __: (hour,),
            lambda hour: [hour_name(hour, words)],
            [Column("hours", "text")],
        ),
    ]


def opening(report: Report) -> Sheet:
    """Return when the hall was to be open and when it was, day by day."""
    columns = [
        Column("date", "date"), Column("planned_from", "clock"), Column("planned_until", "clock"),
        Column("first_opened", "clock"), Column("last_closed", "clock"), Column("hours_open", "hours"),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for day in report.days:
        planned, spans = day.planned, day.spans
        times = [*(planned or (None, None)), *((spans[0][0], spans[-1][1]) if spans else (None, None))]
        rows.append([day.date.isoformat(), *(clock(report, day.date, ms) for ms in times), length(spans)])
    return Sheet("opening", columns, rows)


def clock(report: Report, day: date, ms: int | None) -> int | str | None:
    """Return a time as ms after the midnight of a day; with its date, 2026-12-01 07:00, where it is of another day."""
    if ms is None:
        return None
    zone = report.halls.newest.timezone
    passed = ms - round(datetime.combine(day, datetime.min.time(), zone).timestamp() * 1000)
    return passed if 0 <= passed <= DAY_MS else f"{datetime.fromtimestamp(ms / 1000, zone):%Y-%m-%d %H:%M}"


def attendance(report: Report, words: Words) -> Sheet:
    """Return how each agency kept its days."""
    hall = report.halls.newest
    columns = [
        Column("agencies", "text"), Column("due", "days"), Column("present", "days"), Column("attended", "share"),
        Column("late", "days"), Column("extra", "days"), Column("first_opened", "clock"), Column("hours_open", "hours"),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for key, kept in report.attendance.items():
        first = median_of(sorted(kept.first))
        told: list[Value] = [kept.due, kept.present, share(kept.present, kept.due), kept.late, kept.extra]
        name = hall.agency_by_id[key].called(words.language)
        rows.append([name, *told, None if first is None else round(first), kept.open_ms])
    return Sheet("attendance", columns, rows)


def outages(report: Report) -> Sheet:
    """Return when the hall stood still."""
    columns = [
        Column("date", "date"), Column("from", "clock"), Column("until", "clock"), Column("lasted", "minutes"),
        Column("outage", "minutes"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [day.isoformat(), clock(report, day, span[0]), clock(report, day, span[1]), span[1] - span[0], within]
        for day, span, within in report.outages
    ]
    return Sheet("outages", columns, rows)


def faults(report: Report, words: Words) -> Sheet:
    """Return what faults printers had, how often and how long."""
    columns = [
        Column("printer", "text"),
        Column("fault", "text"),
        Column("times", "count"),
        Column("lasted", "minutes"),
    ]
    rows: list[list[Value]] = [
        [printer, words.say(f"report.fault_{status}"), len(lasted), sum(lasted)]
        for (printer, status), lasted in sorted(report.faults.items())
    ]
    return Sheet("faults", columns, rows)


def papers(report: Report) -> Sheet:
    """Return what became of the papers of each printer."""
    columns = [Column("printer", "text"), *(Column(f"paper_{state}", "count") for state in PAPERS)]
    rows: list[list[Value]] = [
        [printer, *(counts[state] for state in PAPERS)] for printer, counts in sorted(report.papers.items())
    ]
    return Sheet("papers", columns, rows)


def out_of_order(report: Report) -> Sheet:
    """Return the calls out of the rule's order, with the clerk's reason."""
    columns = [
        Column("date", "date"), Column("at", "clock"), Column("number", "text"), Column("counters", "count"),
        *([Column("clerks", "text")] if report.asking.with_clerks else []),
        Column("passed_over", "count"), Column("reason", "text"),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for day, (ms, number, counter, clerk, why, over) in report.calls:
        who = [clerk] if report.asking.with_clerks else []
        rows.append([day.isoformat(), clock(report, day, ms), number, counter, *who, over, why])
    return Sheet("out_of_order", columns, rows)
