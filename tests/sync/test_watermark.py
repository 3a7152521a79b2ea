"""The watermark outlives the process, and nothing is lost without it."""

from pathlib import Path

import pytest
from push_halls import HALL

from journal.line import genesis
from sync.rules import Pace
from sync.watermark import StateBroken, Watermark
from sync.wire import Place


def test_it_begins_at_the_first_line(tmp_path: Path) -> None:
    with Watermark(tmp_path / "deep" / "sync.db", HALL) as watermark:
        assert watermark.place() == Place(1, genesis(HALL))
        assert watermark.receipt() == {}
        assert watermark.pace() == Pace()


def test_place_receipt_and_back_off_are_there_after_a_restart(tmp_path: Path) -> None:
    place, receipt = Place(42, b"h" * 32), {"next": 42, "received_ms": 7}
    with Watermark(tmp_path / "sync.db", HALL) as watermark:
        watermark.move(place, receipt, Pace(400))
        watermark.keep_pace(Pace(800, failures=3))

    with Watermark(tmp_path / "sync.db", HALL) as again:
        assert (again.place(), again.receipt(), again.pace()) == (place, receipt, Pace(800, failures=3))


def test_each_hall_has_its_own(tmp_path: Path) -> None:
    with Watermark(tmp_path / "sync.db", HALL) as watermark:
        watermark.move(Place(42, b"h" * 32), {}, Pace())

    with Watermark(tmp_path / "sync.db", "mpp-lain") as other:
        assert other.place() == Place(1, genesis("mpp-lain"))


def test_a_file_that_is_no_watermark_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "sync.db").write_bytes(b"rubbish" * 1000)

    with pytest.raises(StateBroken):
        Watermark(tmp_path / "sync.db", HALL)


def test_the_last_receipt_of_each_hour_is_kept_for_35_days(tmp_path: Path) -> None:
    hour_ms = 3_600_000
    times = [0, 1, hour_ms, 35 * 24 * hour_ms, 35 * 24 * hour_ms + hour_ms]

    with Watermark(tmp_path / "sync.db", HALL) as watermark:
        for number, received_ms in enumerate(times, 1):
            place = Place(number, b"h" * 32)
            watermark.move(place, {"next": number, "received_ms": received_ms}, Pace())
        kept = [receipt["next"] for receipt in watermark.receipts()]

    assert kept == [3, 4, 5]
