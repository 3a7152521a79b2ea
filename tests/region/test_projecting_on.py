"""The projector beside a database in trouble, and where it starts anew: others go on meanwhile."""

from typing import Any

import pytest
from push_halls import HALL
from region_days import keep, line, opening, project, story
from sqlalchemy import func, select

from region import projector
from region.errors import Unavailable
from region.projector import Projector
from region.store import Store
from region.tables import PROJECTIONS, event
from region.tables import day as days

OTHERS = ("mpp-a", "mpp-b", "mpp-c", "mpp-d")
MORNING = [("ticket.issued", f"A{number:03d}", number) for number in range(30)]


def count(store: Store, hall: str) -> dict[str, int]:
    """Return how many rows a hall has in each projection."""
    with store.reading() as connection:
        queries = {table.name: select(func.count()).where(table.c.hall == hall) for table in PROJECTIONS}
        return {name: int(connection.execute(query).scalar_one()) for name, query in queries.items()}


def test_a_halls_projections_are_dropped_in_portions_and_no_other_halls(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hall in (HALL, *OTHERS):
        keep(store, story(MORNING, hall=hall), hall=hall)
    project(store)
    before = count(store, OTHERS[0])
    monkeypatch.setattr(projector, "DROPPED", 7)
    transactions, writing = [], store.writing
    monkeypatch.setattr(store, "writing", lambda: transactions.append(1) or writing())

    Projector(store).forget(HALL)

    assert set(count(store, HALL).values()) == {0}
    assert [count(store, hall) for hall in OTHERS] == [before] * len(OTHERS)
    assert len(transactions) > before["event"] // 7


def test_a_dropping_that_is_broken_off_is_begun_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, story(MORNING))
    project(store)
    expected = count(store, HALL)
    monkeypatch.setattr(projector, "MADE_BY", projector.MADE_BY + 1)
    with monkeypatch.context() as context:
        context.setattr(projector, "DROPPED", 7)
        context.setattr(Projector, "_give_way", lambda *_: 1 / 0)
        project(store)
    assert 0 < count(store, HALL)["event"] < expected["event"]

    project(store)

    assert count(store, HALL) == expected


def test_a_hall_whose_rows_cannot_be_written_holds_up_no_other(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for hall in (HALL, *OTHERS):
        keep(store, story(MORNING, hall=hall), hall=hall)
    monkeypatch.setattr(projector, "save_figures", refusing({OTHERS[0], HALL}))

    project(store)

    with store.reading() as connection:
        assert sorted(connection.execute(select(days.c.hall)).scalars()) == sorted({*OTHERS} - {OTHERS[0]})


def test_where_none_can_be_written_it_waits_for_the_database(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for hall in (HALL, *OTHERS):
        keep(store, [*opening(hall), line(4, "robot.greeted", 1)], hall=hall)
    tried: list[str] = []

    def save(*told: object) -> None:
        tried.append(str(told))
        raise Unavailable(why="disk")

    monkeypatch.setattr(projector, "save", save)

    with pytest.raises(Unavailable):
        project(store)
    assert len(tried) == projector.MOST_AWAY
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(event)).scalar_one() == 0


def refusing(halls: set[str]) -> object:
    """Return what writes figures, and not of these halls."""
    write = projector.save_figures

    def save(connection: Any, hall: str, *told: Any) -> None:
        if hall in halls:
            raise Unavailable(why="rows")
        write(connection, hall, *told)

    return save
