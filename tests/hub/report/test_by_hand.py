"""Figures of journals written by hand: what is counted, from when until when, and for whom."""

from pathlib import Path

import pytest

from config.load import with_national_holidays
from hub.report.build import Asking, NoSuchAgency, NothingRecorded, Report, report_of
from hub.report.period import PeriodWrong, period_of
from journal.store import Store
from journal.verify import verify
from tests.hub.report.making import (
    ELSEWHERE,
    MONDAY,
    OTHER,
    SERVICE,
    TUESDAY,
    Entry,
    at_counter,
    called,
    closed,
    deed,
    finished,
    hall,
    issued,
    keep,
    ms,
    opened,
)

MINUTE = 60_000


def told(folder: Path, *entries: Entry, first: str = MONDAY, last: str = "", agency: str = "") -> Report:
    """Return the report of a journal, which must please `antrean verify`."""
    keep(folder, *entries)
    assert verify(folder).content
    return report_of(folder, Asking(period_of(first, last), agency))


def counts(report: Report) -> dict[str, int]:
    return {key: count for key, count in report.whole.counts.items() if count}


def test_a_wait_ends_with_the_first_call_and_a_service_lasts_until_its_finish(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), issued("08:00", "A001"), called("08:07", "A001"), called("08:08", "A001", 2),
        deed("08:09", "service.started", "A001"), finished("08:14", "A001"),
    )  # fmt: skip

    assert list(report.whole.waits) == [7 * MINUTE]
    assert list(report.whole.services) == [5 * MINUTE]
    assert counts(report) == {"issued": 1, "served": 1, "aimed": 1, "in_time": 1}
    assert report.heat == {(1, 8): 1}


def test_a_hold_is_no_service_and_no_second_wait(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), issued("08:00", "A001"), called("08:02", "A001"), deed("08:03", "service.started", "A001"),
        deed("08:05", "ticket.held", "A001", why="papers", other=None), deed("09:00", "ticket.resumed", "A001"),
        called("09:10", "A001"), deed("09:11", "service.started", "A001"), finished("09:15", "A001"),
    )  # fmt: skip

    assert list(report.whole.waits) == [2 * MINUTE]
    assert list(report.whole.services) == [6 * MINUTE]


def test_a_call_taken_back_is_no_call_and_a_finish_taken_back_no_end(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), issued("08:00", "A001"), called("08:02:00", "A001"),
        deed("08:02:04", "call.withdrawn", "A001"), called("08:20", "A001", counter=2, clerk="P02"),
        deed("08:21", "service.started", "A001", counter=2, clerk="P02"),
        finished("08:24:00", "A001", counter=2, clerk="P02"),
        deed("08:24:03", "finish.withdrawn", "A001", counter=2, clerk="P02"),
        finished("08:26", "A001", counter=2, clerk="P02"),
    )  # fmt: skip

    assert list(report.whole.waits) == [20 * MINUTE]
    assert list(report.whole.services) == [5 * MINUTE]
    assert list(report.by["counters"]) == [2]
    assert list(report.by["clerks"]) == ["P02"]
    assert (report.whole.counts["aimed"], report.whole.within_target) == (1, 0.0)


def test_a_missed_visitor_who_returns_is_served_once(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), issued("08:00", "A001"), called("08:05", "A001"), called("08:06", "A001", 2),
        deed("08:07", "ticket.missed", "A001"), deed("08:20", "ticket.returned", "A001"), called("08:30", "A001"),
        deed("08:31", "service.started", "A001"), finished("08:33", "A001"),
    )  # fmt: skip

    assert counts(report) == {"issued": 1, "served": 1, "aimed": 1, "in_time": 1}
    assert list(report.whole.waits) == [5 * MINUTE]


def test_a_number_sent_on_and_one_moved_stand_in_two_lines(tmp_path: Path) -> None:
    sent = {"for_counter": None, "clock_ms": 0, "extra_minutes": 0}
    report = told(
        tmp_path, opened(),
        issued("08:00", "A001"), called("08:01", "A001"), deed("08:02", "service.started", "A001"),
        finished("08:06", "A001", "sent_on"),
        deed("08:06", "ticket.transferred", "A001", service=ELSEWHERE, why="chain", **sent),
        called("08:16", "A001", counter=3), deed("08:17", "service.started", "A001", counter=3),
        finished("08:19", "A001", counter=3),
        issued("09:00", "A002"), called("09:03", "A002"),
        deed("09:04", "ticket.transferred", "A002", service=OTHER, why="transfer", **sent),
        called("09:10", "A002"), deed("09:11", "service.started", "A002"), finished("09:12", "A002"),
    )  # fmt: skip

    services = report.by["services"]
    assert {key: dict(tally.counts) for key, tally in services.items()} == {
        SERVICE: {"issued": 2, "served": 1, "moved": 1, "aimed": 2, "in_time": 2},
        ELSEWHERE: {"received": 1, "served": 1},
        OTHER: {"received": 1, "served": 1},
    }
    assert list(services[ELSEWHERE].waits) == [10 * MINUTE]
    assert list(services[OTHER].waits) == [6 * MINUTE]
    assert report.heat.total() == 2


def test_trial_numbers_are_outside_the_figures(tmp_path: Path) -> None:
    report = told(tmp_path, opened(), issued("08:00", "U001", trial=True), issued("08:01", "A001"))

    assert counts(report) == {"issued": 1, "open": 1}


def test_what_the_day_could_not_serve_is_unserved_and_breaks_its_promise(tmp_path: Path) -> None:
    soon = [ms(f"{MONDAY} 08:10"), ms(f"{MONDAY} 08:20")]
    report = told(
        tmp_path, opened(), issued("08:00", "A001", promise=soon), issued("08:00", "A002", promise=soon),
        issued("08:00", "A003", promise=soon), called("08:20", "A001"), deed("08:21", "service.started", "A001"),
        ("08:30", "ticket.cancelled", {"number": "A003", "by": "staff"}),
        finished(f"{TUESDAY} 07:00", "A001", "day_ended"),
        (f"{TUESDAY} 07:00", "ticket.unserved", {"number": "A002"}), closed(MONDAY, f"{TUESDAY} 07:00"),
    )  # fmt: skip

    assert report.whole.promises_kept == 0.5
    assert (report.whole.counts["served"], report.whole.counts["unserved"], report.whole.counts["cancelled"]) == (
        1,
        1,
        1,
    )
    assert list(report.whole.services) == []


def test_an_interruption_puts_promises_off_and_is_told_within_opening_hours(tmp_path: Path) -> None:
    dark = {"from_ms": ms(f"{MONDAY} 14:30"), "until_ms": ms(f"{MONDAY} 15:30")}
    report = told(
        tmp_path, opened(), issued("14:00", "A001", promise=[0, ms(f"{MONDAY} 14:40")]),
        ("15:30", "interruption.noted", dark), called("15:40", "A001"),
    )  # fmt: skip

    assert report.whole.promises_kept == 1.0
    assert [(span[1] - span[0], within) for _, span, within in report.outages] == [(60 * MINUTE, 30 * MINUTE)]


def test_a_number_taken_before_midnight_belongs_to_its_day(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), issued("23:58", "A001"), called(f"{TUESDAY} 00:03", "A001"),
        deed(f"{TUESDAY} 00:04", "service.started", "A001"), finished(f"{TUESDAY} 00:05", "A001"),
        closed(MONDAY, f"{TUESDAY} 00:06"), opened(TUESDAY, "00:06"), issued(f"{TUESDAY} 00:07", "A001"),
        last=MONDAY,
    )  # fmt: skip

    assert counts(report)["issued"] == 1
    assert list(report.whole.waits) == [5 * MINUTE]
    assert list(report.by["hours"]) == [23]


def test_hours_are_those_with_a_counter_open_and_one_left_open_ends_in_the_evening(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), at_counter("08:30", "opened"), at_counter("09:00", "opened", 3),
        at_counter("10:00", "paused", reason="istirahat", until_ms=None), at_counter("10:30", "closed", 3),
        at_counter("11:00", "opened"), closed(MONDAY, f"{TUESDAY} 07:00"), opened(TUESDAY), last=TUESDAY,
    )  # fmt: skip

    day = report.days[0]
    assert [(until - since) // MINUTE for since, until in day.spans] == [120, 240]
    first, second = report.attendance["instansi-0"], report.attendance["instansi-1"]
    assert (first.due, first.present, first.late) == (1, 1, 1)
    assert (second.due, second.present, second.late) == (1, 1, 1)
    assert second.open_ms == 90 * MINUTE


@pytest.mark.parametrize(
    ("now", "due"),
    [("07:59", 0), ("08:00", 1)],
)
def test_today_an_agency_is_due_from_the_opening_on_and_before_it_if_it_has_come(
    tmp_path: Path, now: str, due: int
) -> None:
    early = told(tmp_path, opened(), at_counter("07:50", "opened"), at_counter(now, "opened", 2)).attendance

    assert (early["instansi-0"].due, early["instansi-0"].present, early["instansi-0"].extra) == (1, 1, 0)
    assert (early["instansi-1"].due, early["instansi-1"].present) == (due, 0)


def test_nobody_is_due_on_a_holiday_and_on_a_day_that_the_head_closed(tmp_path: Path) -> None:
    christmas, shut = "2026-12-25", {"scope": "hall", "mode": "closed", "reason": "banjir", "until_ms": None}
    keep(
        tmp_path, opened(), ("07:30", "hall.forced", shut), closed(MONDAY, f"{christmas} 07:00"),
        opened(christmas, "07:00"), at_counter(f"{christmas} 09:00", "closed"),
        content=with_national_holidays(hall()),
    )  # fmt: skip

    reports = [report_of(tmp_path, Asking(period_of(day, ""))) for day in (MONDAY, christmas)]

    assert [report.attendance["instansi-0"].due for report in reports] == [0, 0]


def test_nobody_is_due_on_a_day_of_which_nothing_is_recorded(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(), at_counter("08:00", "opened"), closed(MONDAY, "16:00"), opened("2026-12-02", "07:00"),
        at_counter("2026-12-02 08:00", "opened"), closed("2026-12-02", "2026-12-02 16:00"), last="2026-12-02",
    )  # fmt: skip

    kept = report.attendance["instansi-0"]
    assert (kept.due, kept.present) == (2, 2)
    assert [day.spans != () for day in report.days] == [True, False, True]


def test_printers_that_were_at_fault_overnight_still_are_in_the_morning(tmp_path: Path) -> None:
    report = told(
        tmp_path, opened(printer="PAPER_OUT"),
        ("08:20", "printer.changed", {"printer": "printer", "status": "ONLINE"}),
        ("09:00", "printer.changed", {"printer": "printer", "status": "COVER_OPEN"}),
        ("09:01", "printer.changed", {"printer": "printer", "status": "PAPER_LOW"}),
        ("09:01", "roll.changed", {"printer": "printer", "by": "P01"}),
    )  # fmt: skip

    assert report.faults == {("printer", "PAPER_OUT"): [20 * MINUTE], ("printer", "COVER_OPEN"): [1 * MINUTE]}
    assert report.papers["printer"]["rolls"] == 1


def test_calls_out_of_order_are_told_with_reason_and_clerk_to_their_agency(tmp_path: Path) -> None:
    reason = {"rule": "number", "why": "Pengunjung sakit", "passed_over": 4}
    report = told(
        tmp_path, opened(), issued("08:00", "A001"), called("08:01", "A001", reason=reason), agency="instansi-0"
    )

    assert [call[1:] for _, call in report.calls] == [("A001", 1, "P01", "Pengunjung sakit", 4)]
    assert report_of(tmp_path, Asking(period_of(MONDAY, ""), "instansi-1")).calls == []


def test_a_range_without_days_and_one_of_ten_years_are_empty_and_more_is_refused(tmp_path: Path) -> None:
    report = told(tmp_path, opened(), issued("08:00", "A001"), first="2025-01-01", last="2025-12-31")

    assert (report.whole.people, report.days, report.heat.total()) == (0, [], 0)
    assert report_of(tmp_path, Asking(period_of("2020-01-01", "2029-12-31"))).whole.people == 1
    for first, last in (("2010-01-01", "2029-12-31"), ("2026-12-01", "2026-11-30"), ("yesterday", "")):
        with pytest.raises(PeriodWrong):
            period_of(first, last)


def test_an_agency_that_never_was_and_a_journal_without_a_hall_are_said(tmp_path: Path) -> None:
    with pytest.raises(NoSuchAgency):
        told(tmp_path / "one", opened(), agency="nowhere")
    Store(tmp_path / "two", "mpp-uji").close()
    with pytest.raises(NothingRecorded):
        report_of(tmp_path / "two", Asking(period_of(MONDAY, "")))
