"""The machines' page: each with when it was last seen."""

import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from websockets.sync.client import connect

from bench.hall import generated_hall
from config.wording import Words
from hub.hub import Hub
from hub.pages.machines import ago, device_table, push
from hub.pages.outside import Outside, Push
from hub.rules.commands import PairDevice
from journal.clock import wall_ms
from tests.conftest import monday
from tests.hub.conftest import Running
from tests.hub.pages.conftest import Enter
from tests.hub.rules.play import Play

MINUTE_MS = 60_000
RESTS = Push(at_ms=0, held=40, newest=60, failing_since_ms=None, is_resting=True)
OUTSIDE = Outside(frozenset(), {}, is_stopped=False, is_clock_doubted=False, sync=RESTS, wall_ms=MINUTE_MS)


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
    told = {"at_ms": wall_ms() - 3 * MINUTE_MS, "held": 1200, "newest": 1260, "is_resting": True}
    told["failing_since_ms"] = wall_ms() - 180 * MINUTE_MS
    (hub.data / "sync.json").write_text(json.dumps(told))

    shown = enter().get("/hall/machines").text

    assert "1.200 baris sudah diterima server daerah, 60 menunggu." in shown
    assert "dilaporkan 3 menit yang lalu" in shown
    assert "mulai gagal 3 jam yang lalu" in shown
    assert "Pengiriman sedang beristirahat" in shown


def test_a_push_that_keeps_to_its_hours_says_that_it_rests() -> None:
    sends = replace(OUTSIDE, sync=replace(RESTS, is_resting=False))

    assert "Pengiriman sedang beristirahat" in str(push(OUTSIDE, Words()))
    assert "Pengiriman sedang beristirahat" not in str(push(sends, Words()))


def test_what_is_paired_is_not_said_to_wait_for_it() -> None:
    play = Play(generated_hall(1, 1, 1))
    play.do(PairDevice("anjungan-1", "kiosk", "digest"))

    shown = "".join(str(part) for part in device_table(cast(Hub, SimpleNamespace(state=play.state)), OUTSIDE, Words()))

    assert row(shown, "anjungan-1").count("anjungan-1") == 1
    assert "belum dipasangkan" not in row(shown, "anjungan-1")
    assert "belum dipasangkan" in row(shown, "layar-1")


@pytest.mark.parametrize(
    ("minutes", "said"), [(-1, "0 min ago"), (119, "119 min ago"), (120, "2 hours ago"), (2880, "2 days ago")]
)
def test_how_long_ago_is_said_in_a_fitting_unit(minutes: int, said: str) -> None:
    assert ago(Words("en"), minutes * MINUTE_MS) == said
