"""What the push does about restored, broken and unwilling ends: it says so and keeps everything."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from push_halls import HALL, hall_with, held_lines, journal_lines, line, lines, write_journal
from push_regions import (
    DirectRegion,
    FaultyRegion,
    push_all,
    pusher_of,
)

from journal.line import genesis
from region.store import open_sqlite
from sync.link import Answer
from sync.push import Forked, Pusher, RegionRewound, Unwilling
from sync.rules import STUCK_S
from sync.source import JournalBroken, JournalSource
from sync.watermark import Watermark
from sync.wire import MAX_LINE_BYTES, Place, TooBig


def test_a_region_restored_from_a_backup_is_sent_what_it_lost(
    journal: Path, watermark: Watermark, region: DirectRegion, tmp_path: Path
) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)
    write_journal(journal, lines(5, first=1001))

    with open_sqlite(tmp_path / "restored") as restored:
        pusher.region = DirectRegion(restored, genesis(HALL))
        told = pusher.turn().trouble
        push_all(pusher)

        assert isinstance(told, RegionRewound)
        assert told.fields == {"first": 1, "last": 1000}
        assert held_lines(restored) == journal_lines(journal)


def test_a_hall_restored_from_a_backup_is_noticed_and_sends_nothing(
    journal: Path, watermark: Watermark, region: DirectRegion
) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("DELETE FROM journal WHERE seq > 900")
    before = len(region.pushes)

    turn = pusher.turn()

    assert (turn.outcome, turn.wait_s, type(turn.trouble)) == ("stuck", STUCK_S, Forked)
    assert len(region.pushes) == before


def test_a_hall_restored_while_the_push_runs_is_noticed_before_anything_is_sent(
    journal: Path, watermark: Watermark, region: DirectRegion, tmp_path: Path
) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)
    before = len(region.pushes)
    hall_with(tmp_path / "other.db", 1200, word="lain").replace(journal)

    turn = pusher.turn()

    assert isinstance(turn.trouble, Forked)
    assert len(region.pushes) == before


def test_a_restored_hall_that_went_another_way_is_noticed_after_a_restart(
    journal: Path, watermark: Watermark, region: DirectRegion, tmp_path: Path
) -> None:
    push_all(pusher_of(journal, watermark, region))
    other = hall_with(tmp_path / "other.db", 1200, word="lain")

    turn = pusher_of(other, watermark, region).turn()

    assert isinstance(turn.trouble, Forked)


def test_what_only_a_person_can_mend_is_said_and_asked_again_hourly(
    tmp_path: Path, watermark: Watermark, region: DirectRegion
) -> None:
    journal = hall_with(tmp_path / "simulated.db", 10, simulated=True)
    pusher = pusher_of(journal, watermark, region)
    pusher.turn()

    turn = pusher.turn()

    assert (turn.outcome, turn.wait_s) == ("stuck", STUCK_S)
    assert isinstance(turn.trouble, Unwilling)
    assert turn.trouble.fields["code"] == "simulated"


def test_a_broken_chain_of_the_hall_is_not_sent(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    with closing(sqlite3.connect(journal)) as connection, connection:
        connection.execute("UPDATE journal SET line = line || ' ' WHERE seq = 5")
    pusher = pusher_of(journal, watermark, region)
    pusher.turn()

    turn = pusher.turn()

    assert isinstance(turn.trouble, JournalBroken)
    assert region.pushes == []


def test_a_line_too_long_for_the_wire_stops_the_push_behind_all_lines_before_it(
    tmp_path: Path, watermark: Watermark, region: DirectRegion
) -> None:
    rows = [*lines(50), b"x" * (MAX_LINE_BYTES + 1), *lines(5, first=52)]
    pusher = pusher_of(write_journal(tmp_path / "long.db", rows), watermark, region)

    trouble = next(turn.trouble for turn in iter(pusher.turn, None) if turn.outcome == "stuck")

    assert isinstance(trouble, TooBig)
    assert held_lines(region.store) == tuple(rows[:50])


def test_a_line_that_is_not_json_passes_like_any_other(
    tmp_path: Path, watermark: Watermark, region: DirectRegion
) -> None:
    rows = [line(1), b"not json \xff", *lines(2, first=3), b"\x00"]
    journal = write_journal(tmp_path / "odd.db", rows)

    push_all(pusher_of(journal, watermark, region))

    assert held_lines(region.store) == tuple(rows)


def test_a_hub_that_has_not_started_is_waited_for(tmp_path: Path, watermark: Watermark, region: DirectRegion) -> None:
    path = tmp_path / "hall.db"
    pusher = pusher_of(path, watermark, region)

    before = pusher.turn()
    hall_with(path, 5)
    push_all(pusher)

    assert before.outcome == "again"
    assert held_lines(region.store) == journal_lines(path)


@pytest.mark.parametrize("told", [{"next": 1}, {"next": 1, "head": "00"}, {"next": 0, "head": "00" * 32}])
def test_a_receipt_that_cannot_be_read_is_none(journal: Path, watermark: Watermark, told: dict[str, object]) -> None:
    class Odd:
        """A region that answers oddly."""

        def held(self, hall: str) -> Answer:
            return Answer(200, told)

        def push(self, *_: object) -> Answer:
            return Answer(200, told)

    turn = Pusher(JournalSource(journal, HALL), watermark, Odd(), chance=lambda: 1.0).turn()

    assert (turn.outcome, watermark.place().next) == ("again", 1)


@pytest.mark.parametrize("place", [Place(1, genesis(HALL)), Place(201, b"x" * 32), Place(5000, b"x" * 32)])
def test_a_place_that_is_not_the_halls_own_never_becomes_the_watermark(
    journal: Path, watermark: Watermark, region: DirectRegion, place: Place
) -> None:
    def liar(*_: object) -> Answer:
        return Answer(200, place.told())

    pusher = pusher_of(journal, watermark, FaultyRegion(region, liar))
    pusher.turn()
    turn = pusher.turn()

    assert turn.outcome in {"again", "stuck"}
    assert watermark.place().next == 1


def test_a_gap_costs_one_exchange(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)
    write_journal(journal, lines(1, first=1001))
    gap: Callable[..., Answer] = lambda *_: Answer(409, {"code": "gap", **Place(1, genesis(HALL)).told()})  # noqa: E731
    pusher.region = FaultyRegion(region, gap)

    turn = pusher.turn()

    assert (turn.outcome, turn.wait_s, watermark.place().next) == ("again", 0.0, 1)
