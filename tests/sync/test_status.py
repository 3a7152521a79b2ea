"""What `antrean sync status` knows, while the push may be running."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from push_halls import HALL, batch, write_config
from push_regions import NOW_MS, REGION_KEY

from cli.sync import status_lines
from config.wording import Words
from sync.enrolment import REGION_FILE, NotEnrolled, Region
from sync.rules import Pace
from sync.signature import Receipt, public_text
from sync.status import Status, status_of
from sync.watermark import StateBroken, Watermark
from sync.wire import Place

NOON_IN_JAKARTA = 1_796_014_800.0


@pytest.fixture
def enrolled(tmp_path: Path, journal: Path) -> Path:
    """A folder with a journal of 1,000 lines whose hall is enrolled."""
    told = Region("http://192.0.2.20:8200", HALL, public_text(REGION_KEY.public_key()))
    (tmp_path / REGION_FILE).write_text(json.dumps(asdict(told)))
    return tmp_path


def status(home: Path) -> Status:
    return status_of(home / "hall.db", home / "sync.db", HALL, NOON_IN_JAKARTA)


def test_it_tells_how_far_the_region_is_while_the_push_runs(enrolled: Path) -> None:
    place = Place(301, batch(1, 300).head)
    with Watermark(enrolled / "sync.db", HALL) as running:
        running.move(place, Receipt(HALL, 1, place, NOW_MS).told(REGION_KEY), Pace(400, failures=2))

        found = status(enrolled)

    assert (found.held, found.newest, found.waiting) == (300, 1000, 700)
    assert (found.received_ms, found.failures, found.batch_lines) == (NOW_MS, 2, 400)
    assert (found.metered, found.opens_in) == (False, 0)


def test_it_tells_when_the_push_opens_again(enrolled: Path) -> None:
    Watermark(enrolled / "sync.db", HALL).close()
    write_config(
        enrolled / "hall.db", {"hall": {"timezone": "Asia/Jakarta"}, "sync": {"start": "18:00", "end": "05:00"}}
    )

    assert status(enrolled).opens_in == 6 * 60


def test_it_makes_nothing(enrolled: Path) -> None:
    with pytest.raises(StateBroken):
        status(enrolled)

    assert not (enrolled / "sync.db").exists()


def test_a_hall_that_is_not_enrolled_is_told_so(tmp_path: Path, journal: Path) -> None:
    with pytest.raises(NotEnrolled):
        status(tmp_path)


@pytest.mark.parametrize(("language", "wanted"), [("id", "700 menunggu"), ("en", "700 wait")])
def test_it_is_said_in_words(language: str, wanted: str) -> None:
    told = Status(HALL, "http://192.0.2.20:8200", 300, 1000, NOW_MS, 2, 400, metered=False, opens_in=360)

    said = "\n".join(status_lines(told, Words(language)))

    for part in (wanted, "http://192.0.2.20:8200", "360", "2026-11-30"):
        assert part in said
