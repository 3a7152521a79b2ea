"""The machines' page: each with when it was last seen."""

import json
import re

import pytest
from websockets.sync.client import connect

from config.wording import Words
from hub.pages.machines import ago
from journal.clock import wall_ms
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import Enter

MINUTE_MS = 60_000


def row(text: str, name: str) -> str:
    """Return what the tables say beside a name, without marks."""
    return " ".join(re.sub("<[^>]+>", " ", line) for line in text.split("<tr>") if f'class="text">{name}<' in line)


def test_each_machine_says_when_it_was_last_seen(hub: Running, enter: Enter) -> None:
    printer, browser = hub.device("printer", "anjungan-1-printer"), enter()
    with connect(
        hub.url.replace("http", "ws") + "/v1/feed", additional_headers={"Authorization": f"Bearer {printer.token}"}
    ) as feed:
        feed.recv(timeout=10)
        now = browser.get("/hall/machines").text
    while hub.head.ask("GET", "/health")["listeners"]:
        pass
    hub.head.set_clock(monday("11:00"))
    later = browser.get("/hall/machines").text
    hub.head.set_clock(monday("11:00") + 24 * 60 * MINUTE_MS)
    tomorrow = browser.get("/hall/machines").text

    assert row(now, "anjungan-1-printer").count("✓ terhubung") == 2
    assert row(later, "anjungan-1-printer").count("! 10.00") == 2
    assert "! Senin, 30 November 2026, 10.00" in row(tomorrow, "anjungan-1-printer")
    assert "Anjungan" in row(now, "anjungan-1")
    assert "belum dipasangkan" in row(now, "anjungan-1")


def test_the_push_says_how_it_goes_and_since_when(hub: Running, enter: Enter) -> None:
    told = {"at_ms": wall_ms() - 3 * MINUTE_MS, "held": 1200, "newest": 1260, "is_resting": False}
    told["failing_since_ms"] = wall_ms() - 180 * MINUTE_MS
    (hub.data / "sync.json").write_text(json.dumps(told))

    shown = enter().get("/hall/machines").text

    assert "1.200 baris sudah diterima wilayah, 60 menunggu." in shown
    assert "dilaporkan 3 menit yang lalu" in shown
    assert "mulai gagal 3 jam yang lalu" in shown


@pytest.mark.parametrize(
    ("minutes", "said"), [(-1, "0 min ago"), (119, "119 min ago"), (120, "2 hours ago"), (2880, "2 days ago")]
)
def test_how_long_ago_is_said_in_a_fitting_unit(minutes: int, said: str) -> None:
    assert ago(Words("en"), minutes * MINUTE_MS) == said
