"""What the region tells a monitor: how it is, over all halls, and nothing about any."""

import re
from pathlib import Path

import urllib3
from push_halls import HALL, batch
from push_regions import served_over
from region_days import keep, line, opening, project
from test_region_http import Visitor

from region.ingest import Ingest
from region.store import Store
from sync.wire import pack


def told(text: str) -> dict[str, float]:
    """Return the figures of an exposition by their names."""
    return {name: float(value) for name, value in re.findall(r"^(antrean_\S+) (\S+)$", text, re.MULTILINE)}


def test_what_came_and_what_is_held_is_counted(store: Store, tmp_path: Path) -> None:
    keep(store, [*opening("mpp-lain"), line(4, "robot.greeted", 1), b"no line"], hall="mpp-lain")
    project(store)
    with served_over(store, tmp_path) as url:
        visitor = Visitor(url)
        visitor.push(pack(batch(1, 5)))
        visitor.push(pack(batch(9, 5)), first=9)
        text = urllib3.request("GET", f"{url}/metrics").data.decode()
        visitor.pool.clear()

    figures = told(text)
    assert figures["antrean_region_lines_total"] == 5
    assert figures["antrean_region_batch_seconds_count"] == 1
    assert figures['antrean_region_refused_total{code="gap"}'] == 1
    assert figures["antrean_region_halls"] == 2
    assert figures["antrean_region_held_lines"] == 10
    assert figures["antrean_region_behind_lines"] == 5
    assert figures["antrean_region_dead_lines"] == 1
    assert figures["antrean_region_unknown_lines"] == 1
    assert "mpp-" not in text


def test_a_forked_hall_is_counted(store: Store, tmp_path: Path) -> None:
    door = Ingest(store, accept_simulated=False)
    sent = batch(1, 5)
    door.take(HALL, 1, sent, pack(sent).content, 5)
    with served_over(store, tmp_path) as url:
        visitor = Visitor(url)
        visitor.push(pack(batch(1, 6, word="lain")))
        figures = told(urllib3.request("GET", f"{url}/metrics").data.decode())
        visitor.pool.clear()

    assert figures["antrean_region_forked_halls"] == 1
    assert figures["antrean_region_newest_receipt_ms"] > 0
