"""The push of one hall, turn by turn, over links and regions that fail in every way."""

from pathlib import Path

import pytest
from push_halls import HALL, held_lines, journal_lines, lines, write_journal
from push_regions import (
    DirectRegion,
    Fault,
    FaultyRegion,
    busy,
    doubled,
    flipped,
    lost,
    portal,
    push_all,
    pusher_of,
    too_big,
    truncated,
    unanswered,
)

from sync.push import Pusher
from sync.rules import Pace
from sync.watermark import Watermark
from sync.wire import Place


def outcomes(pusher: Pusher, turns: int) -> list[str]:
    return [pusher.turn().outcome for _ in range(turns)]


def test_the_whole_journal_arrives_and_the_watermark_says_so(
    journal: Path, watermark: Watermark, region: DirectRegion
) -> None:
    pusher = pusher_of(journal, watermark, region)

    push_all(pusher)

    assert held_lines(region.store) == journal_lines(journal)
    assert pusher.pushed == 1000
    assert watermark.receipt()["next"] == 1001


def test_batches_grow_while_the_link_is_quick(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    push_all(pusher_of(journal, watermark, region))

    assert region.pushes == [(1, 200), (201, 400), (601, 400)]


def test_batches_shrink_while_the_link_is_slow(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    push_all(pusher_of(journal, watermark, region, took_s=11))

    assert [count for _, count in region.pushes][:4] == [200, 100, 50, 50]


def test_new_lines_follow_those_already_pushed(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)

    write_journal(journal, lines(3, first=1001))
    push_all(pusher)

    assert region.pushes[-1] == (1001, 3)
    assert held_lines(region.store) == journal_lines(journal)


def test_nothing_new_sends_nothing(journal: Path, watermark: Watermark, region: DirectRegion) -> None:
    pusher = pusher_of(journal, watermark, region)
    push_all(pusher)
    before = len(region.pushes)

    assert outcomes(pusher, 3) == ["idle"] * 3
    assert len(region.pushes) == before


@pytest.mark.parametrize("fault", [lost, unanswered, flipped, truncated, doubled, busy, portal, too_big])
def test_after_any_fault_the_journal_still_arrives_once(
    journal: Path, watermark: Watermark, region: DirectRegion, fault: Fault
) -> None:
    pusher = pusher_of(journal, watermark, FaultyRegion(region, fault, fault, fault))

    push_all(pusher)

    assert held_lines(region.store) == journal_lines(journal)


@pytest.mark.parametrize("fault", [lost, flipped, busy, portal])
def test_a_batch_without_a_receipt_is_not_taken_for_pushed(
    journal: Path, watermark: Watermark, region: DirectRegion, fault: Fault
) -> None:
    pusher = pusher_of(journal, watermark, FaultyRegion(region, fault))
    pusher.turn()

    turn = pusher.turn()

    assert (turn.outcome, watermark.place().next, watermark.pace().failures) == ("again", 1, 1)


def test_waits_grow_with_each_failure_and_end_with_the_first_success(
    journal: Path, watermark: Watermark, region: DirectRegion
) -> None:
    pusher = pusher_of(journal, watermark, FaultyRegion(region, lost, lost, lost))
    pusher.turn()

    waits = [pusher.turn().wait_s for _ in range(4)]

    assert waits == [2, 4, 8, 0]
    assert watermark.pace().failures == 0


def test_a_region_that_is_busy_is_left_alone_for_the_time_it_names(
    journal: Path, watermark: Watermark, region: DirectRegion
) -> None:
    pusher = pusher_of(journal, watermark, FaultyRegion(region, busy))
    pusher.turn()

    assert pusher.turn().wait_s == 7.5


def test_killed_between_the_answer_and_the_watermark_the_hall_sends_again_and_nothing_doubles(
    journal: Path, tmp_path: Path, region: DirectRegion
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    class KilledWatermark(Watermark):
        """Never remembers a receipt."""

        def move(self, place: Place, receipt: object, pace: Pace) -> None:
            if place.next > 1:
                raise Killed
            super().move(place, receipt, pace)

    with KilledWatermark(tmp_path / "sync.db", HALL) as dying:
        doomed = pusher_of(journal, dying, region)
        doomed.turn()
        with pytest.raises(Killed):
            doomed.turn()

    with Watermark(tmp_path / "sync.db", HALL) as watermark:
        assert watermark.place().next == 1
        push_all(pusher_of(journal, watermark, region))

    assert held_lines(region.store) == journal_lines(journal)


def test_without_its_watermark_the_hall_asks_and_sends_nothing_twice(
    journal: Path, tmp_path: Path, region: DirectRegion
) -> None:
    with Watermark(tmp_path / "lost.db", HALL) as first:
        push_all(pusher_of(journal, first, region))
    before = len(region.pushes)

    with Watermark(tmp_path / "new.db", HALL) as second:
        push_all(pusher_of(journal, second, region))

    assert len(region.pushes) == before
