"""What the region makes of the lines it keeps: the hall's own tickets and figures, whatever comes in between."""

import json
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from push_halls import HALL
from region_days import DATE, MINUTE_MS, keep, line, opening, project, story
from sqlalchemy import Table, select
from sqlite_utils import Database

from config.load import HALLS, hall_from, read
from journal import schema
from journal.line import decode
from journal.projection import Projector as HallsProjector
from region import projector
from region.errors import Unavailable
from region.figures import by_hour
from region.projector import Projector
from region.store import Store, open_sqlite
from region.tables import PROJECTIONS, dead_event, event, projected, rollup_hour, ticket, unknown_kind
from region.tables import batch as batches
from region.tables import day as days
from region.tickets import STATES, Fold, Setting

KINDS = ("ticket.issued", *STATES)
NUMBERS = ("A001", "A002", "B001", "Z001")
DEEDS = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(NUMBERS), st.integers(0, 300)), max_size=40)
MORNING = [
    ("ticket.issued", "A001", 1), ("ticket.issued", "A002", 2), ("ticket.issued", "A003", 62),
    ("ticket.issued", "A004", 63), ("ticket.issued", "Z001", 3),
    ("ticket.called", "A001", 11), ("service.started", "A001", 12), ("service.finished", "A001", 20),
    ("ticket.called", "A002", 22), ("ticket.missed", "A002", 25),
    ("ticket.called", "A003", 64), ("ticket.cancelled", "A004", 65),
]  # fmt: skip


def rows(store: Store, table: Table) -> list[dict[str, Any]]:
    """Return all rows of a table, in the order of its key."""
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]


def told(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return all projections."""
    return {table.name: rows(store, table) for table in PROJECTIONS}


def test_a_days_figures_are_counted(store: Store) -> None:
    keep(store, story(MORNING))

    project(store)

    assert rows(store, days) == [
        {
            "hall": HALL, "date": DATE, "issued": 4, "called": 3, "served": 1, "missed": 1, "cancelled": 1,
            "unserved": 0, "wait_ms": 32 * MINUTE_MS, "serve_ms": 8 * MINUTE_MS, "median_ms": 10 * MINUTE_MS,
            "p90_ms": 20 * MINUTE_MS,
        }
    ]  # fmt: skip


def test_each_hour_of_the_halls_own_day_has_its_figures(store: Store) -> None:
    keep(store, story(MORNING))

    project(store)

    assert [(row["hour"], row["service"], row["issued"], row["called"]) for row in rows(store, rollup_hour)] == [
        (8, "kk", 2, 2),
        (9, "kk", 2, 1),
    ]


def test_a_training_is_no_visitor(store: Store) -> None:
    keep(store, story([("ticket.issued", "Z001", 1), ("ticket.called", "Z001", 2)]))

    project(store)

    assert rows(store, days)[0]["issued"] == 0
    assert rows(store, rollup_hour) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=DEEDS, sizes=st.lists(st.integers(1, 20), min_size=1, max_size=5))
def test_the_tickets_are_those_of_the_halls_own_tables(
    deeds: list[tuple[str, str, int]], sizes: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = story(lifelike(deeds))
    hall = Database(memory=True)
    schema.projections.apply(hall)
    halls_own = HallsProjector(hall)
    for raw in lines:
        halls_own.project(decode(raw))
    own = hall.execute("SELECT number, service, state, issued_ms, first_called_ms, started_ms, ended_ms FROM ticket")

    with open_sqlite(tmp_path_factory.mktemp("region")) as store:
        keep(store, lines, sizes=sizes)
        project(store)
        ours = rows(store, ticket)

    names = ("number", "service", "state", "issued_ms", "called_ms", "started_ms", "ended_ms")
    assert sorted(tuple(row[name] for name in names) for row in ours) == sorted(own.fetchall())


def lifelike(deeds: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Return deeds of which nothing happens to a number before it is issued, and no number is issued twice."""
    issued: set[str] = set()
    kept = []
    for kind, number, minute in deeds:
        if (kind == "ticket.issued") != (number in issued):
            kept.append((kind, number, minute))
            issued.add(number)
    return kept


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=DEEDS, cuts=st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_projected_in_any_steps_it_is_what_it_is_projected_at_once(
    deeds: list[tuple[str, str, int]], cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = story(deeds)

    with open_sqlite(tmp_path_factory.mktemp("steps")) as store:
        for upto in sorted({min(cut, len(lines)) for cut in cuts} | {len(lines)}):
            keep(store, lines[:upto], sizes=[3])
            project(store)
        in_steps = told(store)
        Projector(store).forget(HALL)
        project(store)

        assert told(store) == in_steps


def test_a_line_that_cannot_be_understood_is_dead_and_the_next_one_goes_on(store: Store) -> None:
    odd = [
        b"not json",
        b"[" * 9000,
        line(6, "ticket.issued", 1, number=7),
        line(7, "ticket.called", 1, number="A999"),
        line(8, "ticket.issued", 10**12, number="A001", service="kk", ticket_class="normal", trial=False),
        b'[9,0,0,"ticket.called",1,{"number":"\\ud800"}]',
    ]
    keep(store, [*opening(), *odd, line(10, "ticket.issued", 5, **issue("A001"))])

    project(store)

    assert [row["seq"] for row in rows(store, dead_event)] == [4, 5, 6, 7, 8, 9]
    assert [row["number"] for row in rows(store, ticket)] == ["A001"]


def issue(number: str) -> dict[str, object]:
    """Return the body that issues a number."""
    return {"number": number, "service": "kk", "ticket_class": "normal", "trial": False}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia", "../x"])
def test_a_zone_nobody_knows_is_told_in_utc(zone: str) -> None:
    tickets = Fold(Setting(), {"": {}})
    tickets.add(1, [line(1, "ticket.issued", 0, **issue("A001"))])

    assert list(by_hour(tickets.days[""].values(), zone)) == [(1, "kk")]


def test_every_readable_line_is_a_row_with_what_it_names(store: Store) -> None:
    lines = [
        *opening(),
        line(4, "robot.greeted", 1, number="A\u0000", counter=2**40, service=7),
        b'[5,-1,0,"ticket.issued",1,{"number":"\\ud800","word":"\\u0000"}]',
        b"not json",
        line(7, "ticket.issued", 5, **issue("A001"), counter=3),
    ]
    keep(store, lines)

    project(store)

    told = rows(store, event)
    assert [(row["seq"], row["kind"], row["date"]) for row in told] == [
        (1, "epoch.opened", ""), (2, "config.applied", ""), (3, "day.opened", ""),
        (4, "robot.greeted", DATE), (5, "ticket.issued", DATE), (7, "ticket.issued", DATE),
    ]  # fmt: skip
    assert [(row["number"], row["service"], row["counter"]) for row in told[3:]] == [
        (None, None, None), (None, None, None), ("A001", "kk", 3),
    ]  # fmt: skip
    assert [row["wall_ms"] is None for row in told] == [False, False, False, False, True, False]
    assert json.loads(told[5]["body"]) == {**issue("A001"), "counter": 3}


@pytest.mark.parametrize("hall", ["mpp-muara-enim", "mpp-oku-timur"])
def test_the_names_of_services_are_those_of_the_hall_file(store: Store, hall: str) -> None:
    content = read(HALLS / f"{hall}.toml")
    keep(store, [*opening(), line(4, "config.applied", 1, content=content, digest="", author="")])

    project(store)

    told = rows(store, projected)[0]
    services = hall_from(content).services
    assert (told["name"], rows(store, dead_event)) == (content["hall"]["name"], [])
    assert json.loads(told["services"]) == {name: service.name("id") for name, service in services.items()}


@pytest.mark.parametrize("agencies", [[1], [{}], [{"services": [2, {}, {"id": "kk"}, {"id": 3, "name_id": "x"}]}]])
def test_a_service_without_a_name_stops_nothing(store: Store, agencies: list[object]) -> None:
    content = {"hall": {"name": "Mal", "timezone": "Asia/Jakarta"}, "agencies": agencies}
    keep(store, [*opening(), line(4, "config.applied", 1, content=content, digest="", author="")])

    project(store)

    assert (rows(store, projected)[0]["services"], rows(store, dead_event)) == ("{}", [])


def test_two_projectors_never_count_a_line_twice(store: Store) -> None:
    keep(store, [*opening(), line(4, "robot.greeted", 1)])
    stream = store.streams()[0]
    slow, quick = Projector(store), Projector(store)
    next_, fold = slow._begun(stream)
    reached = slow._read(stream, next_, fold)
    quick.catch_up()

    with pytest.raises(Unavailable), store.writing() as connection:
        projector.save(connection, stream, fold, (next_, reached))
    assert [row["count"] for row in rows(store, unknown_kind)] == [1]


def test_unknown_kinds_and_newer_versions_are_kept_and_counted(store: Store) -> None:
    keep(store, [
        *opening(), line(4, "robot.greeted", 1), line(5, "robot.greeted", 2),
        line(6, "ticket.issued", 3, version=2, **issue("A001")),
    ])  # fmt: skip

    project(store)

    assert [(row["kind"], row["version"], row["count"]) for row in rows(store, unknown_kind)] == [
        ("robot.greeted", 1, 2),
        ("ticket.issued", 2, 1),
    ]


def test_a_newer_program_projects_everything_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, story(MORNING))
    project(store)
    with store.writing() as connection:
        connection.execute(days.update().values(issued=999))
    monkeypatch.setattr(projector, "MADE_BY", projector.MADE_BY + 1)

    project(store)

    assert rows(store, days)[0]["issued"] == 4


def test_a_step_that_fails_leaves_nothing_half_done_and_goes_on_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, story(MORNING))
    monkeypatch.setattr(projector, "save_figures", lambda *_: 1 / 0)
    project(store)
    empty = told(store)
    monkeypatch.undo()

    project(store)

    assert all(not found for found in empty.values())
    assert rows(store, days)[0]["issued"] == 4


def test_damaged_bytes_of_one_hall_hold_no_other(store: Store) -> None:
    keep(store, story(MORNING))
    keep(store, story(MORNING, hall="mpp-lain"), hall="mpp-lain")
    with store.writing() as connection:
        connection.execute(batches.update().where(batches.c.hall == HALL).values(content=b"rubbish"))

    project(store)

    assert [row["hall"] for row in rows(store, days)] == ["mpp-lain"]


def test_it_runs_beside_the_taking_of_batches(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projector, "ROUND_S", 0.01)
    saved = threading.Event()
    save = projector.save
    monkeypatch.setattr(projector, "save", lambda *told: (save(*told), saved.set()))

    with Projector(store).running():
        keep(store, story(MORNING))
        assert saved.wait(10)

    assert rows(store, days)[0]["issued"] > 0
