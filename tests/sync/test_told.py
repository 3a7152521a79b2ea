"""What the push tells the hall's page, and what the page makes of it."""

import json
from pathlib import Path

from hub.pages.outside import push_of
from sync.told import EVERY_S, TOLD, Told
from sync.watermark import Watermark


def test_the_page_reads_what_the_push_has_told(tmp_path: Path) -> None:
    with Watermark(tmp_path / "sync.db", "mpp-uji") as watermark:
        Told(tmp_path, watermark).tell(behind=40, failures=2)

    found = push_of(tmp_path)
    assert found is not None
    assert (found.held, found.newest, found.waiting, found.is_resting) == (0, 40, 40, False)
    assert found.failing_since_ms is not None


def test_it_is_told_again_when_it_is_news_or_old(tmp_path: Path) -> None:
    now = [0.0]
    with Watermark(tmp_path / "sync.db", "mpp-uji") as watermark:
        told = Told(tmp_path, watermark, lambda: now[0])
        told.tell(behind=1, failures=0)
        told.tell(behind=2, failures=0)
        assert newest(tmp_path) == 1
        told.tell(behind=3, failures=1)
        assert newest(tmp_path) == 3
        now[0] += EVERY_S
        told.tell(behind=4, failures=1)
        assert newest(tmp_path) == 4


def newest(folder: Path) -> int:
    return int(json.loads((folder / TOLD).read_text())["newest"])


def test_a_file_that_is_not_whole_tells_nothing(tmp_path: Path) -> None:
    for text in (
        "",
        "[]",
        "{}",
        '{"at_ms": "x", "held": 1, "newest": 1, "failing_since_ms": null, "is_resting": false}',
    ):
        (tmp_path / TOLD).write_text(text)
        assert push_of(tmp_path) is None
    (tmp_path / TOLD).unlink()
    assert push_of(tmp_path) is None


def test_a_folder_that_takes_nothing_is_no_trouble_for_the_push(tmp_path: Path) -> None:
    with Watermark(tmp_path / "sync.db", "mpp-uji") as watermark:
        Told(tmp_path / "gone", watermark).tell(behind=1, failures=0)

    assert not (tmp_path / "gone").exists()
