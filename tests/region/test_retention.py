"""Rows that can be made again are dropped after the region's time; bytes and figures stay."""

from datetime import UTC, datetime, timedelta

from push_halls import HALL
from region_days import DATE, keep, line, project, story
from sqlalchemy import func, select

from region.retention import Retention
from region.store import Store
from region.tables import batch, day, dead_event, event, rollup_hour, ticket
from region.verify import proof

MORNING = [("ticket.issued", "A001", 1), ("ticket.called", "A001", 11), ("service.started", "A001", 12)]
LATER_S = (datetime.fromisoformat(DATE).replace(tzinfo=UTC) + timedelta(days=31)).timestamp()


def counts(store: Store) -> dict[str, int]:
    """Return how many rows each table has."""
    with store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (batch, event, ticket, day, rollup_hour)
        }


def filled(store: Store) -> dict[str, int]:
    """Fill a store with a morning, and a day that has only begun."""
    keep(store, [*story(MORNING), line(7, "day.opened", 2000, date="2026-12-01")])
    project(store)
    return counts(store)


def test_a_day_that_lines_still_come_for_keeps_its_tickets(store: Store) -> None:
    lines = story(MORNING)
    keep(store, lines)
    project(store)

    Retention(store, 1).drop_old(LATER_S)
    keep(store, [*lines, line(7, "service.finished", 20, number="A001")])
    project(store)

    with store.reading() as connection:
        found = connection.execute(select(day.c.issued, day.c.called, day.c.served)).all()
        dead = connection.execute(select(func.count()).select_from(dead_event)).scalar_one()
    assert (found, dead) == ([(1, 1, 1)], 0)


def test_old_events_and_tickets_go_and_all_else_stays(store: Store) -> None:
    before = filled(store)

    Retention(store, 31).drop_old(LATER_S)
    in_time = counts(store)
    dropped = Retention(store, 30).drop_old(LATER_S)

    assert before == in_time == {"batch": 1, "event": 7, "ticket": 1, "day": 1, "rollup_hour": 1}
    assert dropped == 4 + 1
    assert counts(store) == {**before, "event": 3, "ticket": 0}
    assert proof(store, store.streams()[0]).whole
    assert store.latest(HALL)


def test_zero_days_keep_all(store: Store) -> None:
    before = filled(store)

    assert Retention(store, 0).drop_old(LATER_S * 2) == 0
    assert counts(store) == before


def test_it_is_looked_at_a_few_times_a_day(store: Store) -> None:
    filled(store)
    retention = Retention(store, 30)

    retention.drop_old(LATER_S - 86_400 * 5)
    soon = retention.drop_old(LATER_S - 86_400 * 5 + 60)
    later = retention.drop_old(LATER_S)

    assert (soon, later > 0) == (0, True)
