"""A hall that was restored goes on in a later epoch: what is held stays, and its figures are its own again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from push_halls import HALL, held_journal
from region_days import line, opening, project, story
from sqlalchemy import select

from journal.line import genesis
from region.errors import Fork, Gap, NotThisHall, Simulated, Superseded, UnknownEpoch
from region.ingest import Ingest
from region.rules import Stream
from region.store import Store, open_store
from region.tables import PROJECTIONS
from region.verify import proof
from sync.wire import Batch, Place, batch_of, head_after, pack

BEFORE = story([("ticket.issued", "A001", 1), ("ticket.called", "A001", 5), ("ticket.issued", "A002", 6)])
SHARED = 4
"""The backup ends here: A001 was issued, and not yet called."""


def again(epoch: int = 2, common: int = SHARED, *, number: str = "A009") -> list[bytes]:
    """Return the journal of a hall that was restored at a line, and went on otherwise."""
    kept = BEFORE[:common]
    opened = {"hall": HALL, "epoch": epoch, "simulated": False, "reason": "cadangan", "common": common}
    body = {"number": number, "service": "kk", "ticket_class": "normal", "trial": False}
    return [*kept, line(common + 1, "epoch.opened", 7, **opened), line(common + 2, "ticket.issued", 8, **body)]


def take(store: Store, lines: list[bytes], epoch: int, first: int = 1, size: int = 1000) -> None:
    """Let a store take a journal's lines from one on, as an epoch."""
    while first <= len(lines):
        sent = batch_of(first, head_after(genesis(HALL), lines[: first - 1]), lines[first - 1 : first - 1 + size])
        Ingest(store, accept_simulated=False).take(HALL, epoch, sent, pack(sent).content, 0)
        first = sent.next


def told(store: Store) -> dict[str, list[dict[str, object]]]:
    """Return all projections but which epoch they are of."""
    with store.reading() as connection:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "epoch"}
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in PROJECTIONS
        }


def newest(store: Store) -> Stream:
    stream = store.latest(HALL)
    assert stream is not None
    return stream


def test_a_later_epoch_goes_on_after_the_common_line(store: Store) -> None:
    take(store, BEFORE, 1)
    take(store, again(), 2, first=SHARED + 1)

    assert held_journal(store) == tuple(again())
    assert [(stream.epoch, stream.first, stream.next) for stream in store.streams()] == [(1, 1, 7), (2, 5, 7)]
    assert [proof(store, stream).whole for stream in store.streams()] == [True, True]


def test_its_figures_are_those_of_a_hall_that_was_never_restored(store: Store) -> None:
    take(store, BEFORE, 1)
    project(store)
    take(store, again(), 2, first=SHARED + 1)
    project(store)
    found = told(store)

    assert {row["number"]: row["state"] for row in found["ticket"]} == {"A001": "waiting", "A009": "waiting"}
    assert [row["seq"] for row in found["event"]] == [1, 2, 3, 4, 5, 6]


def test_the_epoch_before_is_taken_no_more(store: Store) -> None:
    take(store, BEFORE, 1)
    take(store, again(), 2, first=SHARED + 1)

    with pytest.raises(Superseded):
        take(store, [*BEFORE, line(7, "ticket.issued", 9)], 1, first=7)
    assert held_journal(store) == tuple(again())


def test_a_later_epoch_that_shares_nothing_or_leaves_a_gap_is_refused(store: Store) -> None:
    take(store, BEFORE, 1)
    other = [*opening()[:2], line(3, "day.opened", 0, date="2027-01-01"), *BEFORE[3:]]

    with pytest.raises(Fork):
        take(store, other, 2, first=SHARED + 1)
    with pytest.raises(Gap) as gap:
        take(store, [*BEFORE, *BEFORE], 2, first=len(BEFORE) + 2)
    assert gap.value.place == newest(store).place
    assert [stream.epoch for stream in store.streams()] == [1]


def test_a_later_epoch_of_a_hall_nobody_knows_is_refused(store: Store) -> None:
    with pytest.raises(UnknownEpoch):
        take(store, again(), 2, first=SHARED + 1)


def test_a_machine_in_place_of_a_lost_one_begins_at_line_1(store: Store) -> None:
    take(store, BEFORE, 1)
    anew = opening()
    anew[1] = line(2, "config.applied", 1, content={"hall": {"name": "Baru", "timezone": "Asia/Jakarta"}})

    take(store, anew, 2)

    assert held_journal(store) == tuple(anew)
    assert proof(store, newest(store)).whole


def test_a_journal_that_shares_nothing_is_judged_by_its_own_first_line(store: Store) -> None:
    take(store, BEFORE, 1)
    simulated = [line(1, "epoch.opened", 0, hall=HALL, epoch=1, simulated=True, reason="new", common=0)]
    others = [line(1, "epoch.opened", 0, hall="mpp-lain", epoch=1, simulated=False, reason="new", common=0)]

    for lines, wrong in ((simulated, Simulated), (others, NotThisHall)):
        with pytest.raises(wrong):
            take(store, lines, 2)
    assert [stream.epoch for stream in store.streams()] == [1]


def test_a_region_that_lost_all_takes_a_later_epoch_from_line_1(store: Store) -> None:
    anew = [line(1, "epoch.opened", 0, hall=HALL, epoch=1, simulated=False, reason="new", common=0)]
    anew.append(line(2, "epoch.opened", 1, hall=HALL, epoch=3, simulated=False, reason="x", common=0))

    take(store, anew, 3)

    assert held_journal(store) == tuple(anew)


def test_another_journal_is_noted_with_the_newest_epoch(store: Store) -> None:
    take(store, BEFORE, 1)
    other = [*opening()[:2], line(3, "day.opened", 0, date="2027-01-01"), *BEFORE[3:]]

    with pytest.raises(Fork):
        take(store, other, 2, first=SHARED + 1)

    assert newest(store).forked_ms == 0


def test_a_repeat_of_an_epoch_that_is_over_gets_no_receipt(store: Store) -> None:
    take(store, BEFORE, 1)
    take(store, again(), 2, first=SHARED + 1)
    end = Place(len(BEFORE) + 1, head_after(genesis(HALL), BEFORE))

    with pytest.raises(Superseded):
        Ingest(store, accept_simulated=False).known(HALL, 1, end, 0)


def test_places_to_compare_are_told_newest_first_across_epochs(store: Store) -> None:
    take(store, BEFORE, 1, size=2)
    take(store, again(), 2, first=SHARED + 1, size=1)
    heads = {len(part) + 1: head_after(genesis(HALL), part) for part in (again()[:at] for at in range(7))}

    assert store.places(HALL, 100, 10) == [Place(at, heads[at]) for at in (7, 6, 5, 3)]
    assert store.places(HALL, 5, 10) == [Place(at, heads[at]) for at in (5, 3)]
    assert store.places(HALL, 100, 1) == [Place(7, heads[7])]
    assert store.places("mpp-lain", 100, 10) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    commons=st.lists(st.integers(0, 6), min_size=1, max_size=5),
    sizes=st.lists(st.integers(1, 4), min_size=6, max_size=6),
    projects=st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_however_often_a_hall_is_restored_it_is_what_a_fresh_region_makes_of_it(
    commons: list[int], sizes: list[int], projects: list[bool], tmp_path_factory: pytest.TempPathFactory
) -> None:
    journal = list(BEFORE)
    with open_store(tmp_path_factory.mktemp("often")) as store:
        take(store, journal, 1, size=sizes[0])
        for at, wanted in enumerate(commons, 2):
            common = min(wanted, len(journal))
            fresh = [
                line(common + 1, "epoch.opened", 7, hall=HALL, epoch=at, simulated=False, reason="x", common=common)
            ]
            journal = [*journal[:common], *fresh, line(common + 2, "robot.greeted", at)]
            if common == 0:
                journal[0] = line(1, "epoch.opened", at, hall=HALL, epoch=at, simulated=False, reason="x", common=0)
            take(store, journal, at, first=common + 1, size=sizes[at - 1])
            if projects[at - 1]:
                project(store)
        project(store)
        ours, held = told(store), held_journal(store)
        whole = [proof(store, stream).whole for stream in store.streams()]

    with open_store(tmp_path_factory.mktemp("fresh")) as store:
        first = [line(1, "epoch.opened", 0, hall=HALL, epoch=1, simulated=False, reason="new", common=0)]
        take(store, first, 1)
        take(store, journal, 99) if journal[:1] != first else take(store, journal, 1, first=2)
        project(store)

        assert held == held_journal(store) == tuple(journal)
        assert ours == told(store)
    assert all(whole)


def test_a_batch_that_straddles_the_common_line_is_cut_there(store: Store) -> None:
    take(store, BEFORE, 1, size=6)
    straddling: Batch = batch_of(1, genesis(HALL), again())

    Ingest(store, accept_simulated=False).take(HALL, 2, straddling, pack(straddling).content, 0)

    assert held_journal(store) == tuple(again())
    assert newest(store).first == 1
