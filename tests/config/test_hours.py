"""Which hours a date has."""

from dataclasses import replace
from datetime import date

from config.hall import Hall, SpecialHours
from config.hours import hours_of, last_ticket, next_opening

MONDAY, FRIDAY, SUNDAY = date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 6)


def test_a_weekday_has_its_own_hours_and_breaks(muara_enim: Hall) -> None:
    friday = hours_of(muara_enim, FRIDAY)

    assert friday
    assert (friday.open, friday.close) == (480, 900)
    assert [(pause.start, pause.end) for pause in friday.breaks] == [(690, 780)]


def test_a_weekday_without_a_row_is_closed(muara_enim: Hall) -> None:
    assert hours_of(muara_enim, SUNDAY) is None


def test_special_hours_count_once_they_are_sure(muara_enim: Hall) -> None:
    ramadan = date(2027, 2, 8)
    short = SpecialHours(name_id="Ramadan", start=ramadan, end=ramadan, open="08:00", close="14:00")

    expected = hours_of(muara_enim, ramadan)
    confirmed = hours_of(replace(muara_enim, hours_special=(short,)), ramadan)

    assert expected
    assert confirmed
    assert (expected.close, confirmed.close) == (900, 840)


def test_the_last_ticket_is_before_the_hall_closes_and_never_after_the_agency_has_left(muara_enim: Hall) -> None:
    hours = hours_of(muara_enim, MONDAY)
    agency = muara_enim.agencies[0]

    assert hours
    assert last_ticket(muara_enim, agency, hours) == 14 * 60 + 30
    assert last_ticket(muara_enim, replace(agency, close="14:00"), hours) == 14 * 60


def test_a_break_ends_at_its_end(muara_enim: Hall) -> None:
    hours = hours_of(muara_enim, MONDAY)

    assert hours
    assert [bool(hours.pause_at(minute)) for minute in (719, 720, 779, 780)] == [False, True, True, False]


def test_the_next_opening_skips_closed_days(muara_enim: Hall) -> None:
    assert next_opening(muara_enim, FRIDAY) == (date(2026, 12, 7), 480)
