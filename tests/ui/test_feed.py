"""The feed as a window hears it: a snapshot, changes, a hub that goes and comes back, and the time of day."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.kiosk.fakes import MONDAY, MUARA_ENIM, content_of, service_view, snapshot
from tests.ui.hub_on_wire import WireHub, hub_on_wire
from ui.feed import Feed


@pytest.fixture
def hub() -> Iterator[WireHub]:
    with hub_on_wire(snapshot(content_of(MUARA_ENIM))) as hub:
        yield hub


@pytest.fixture
def feed(hub: WireHub, qtbot: QtBot) -> Iterator[Feed]:
    feed = Feed(hub.device, waits_ms=(10, 20))
    yield feed
    feed.stop()


def change(after: int, waiting: int) -> str:
    view = service_view("dukcapil-kk", waiting=waiting)
    body: dict[str, Any] = {"type": "change", "after": after, "seq": after + 1, "now": 1, "services": [view]}
    return json.dumps({**body, "events": [{"kind": "ticket.issued", "body": {}}]})


def test_it_hears_a_snapshot_with_its_token(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    with qtbot.waitSignals([feed.back, feed.changed, feed.told]):
        feed.start()

    assert feed.here
    assert feed.mirror.seq == 1
    assert hub.tokens == ["Bearer secret"]


def test_a_change_comes_with_its_events(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.changed):
        feed.start()

    with qtbot.waitSignal(feed.changed) as heard:
        hub.connected().send(change(1, 7))

    assert [event["kind"] for event in heard.args[0]] == ["ticket.issued"]
    assert feed.mirror.services["dukcapil-kk"]["waiting"] == 7


def test_a_missing_change_brings_a_new_snapshot_and_no_alarm(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    lost: list[bool] = []
    feed.lost.connect(lambda: lost.append(True))
    with qtbot.waitSignal(feed.changed):
        feed.start()

    with qtbot.waitSignal(feed.changed):
        hub.connected().send(change(5, 7))

    assert feed.mirror.seq == 1
    assert lost == []
    assert len(hub.tokens) == 2


def test_words_that_are_no_message_bring_a_new_snapshot(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.changed):
        feed.start()

    with qtbot.waitSignal(feed.changed):
        hub.connected().send("?")

    assert feed.here


def test_a_hub_that_dies_is_lost_and_comes_back_by_itself(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.changed):
        feed.start()
    with qtbot.waitSignal(feed.lost):
        hub.stop()

    assert not feed.here
    assert feed.mirror.hall is not None
    with qtbot.waitSignals([feed.back, feed.changed]):
        hub.start()


def test_a_hub_that_was_never_there_is_told_once(qtbot: QtBot) -> None:
    with hub_on_wire({}) as gone:
        device = gone.device
    feed = Feed(device, waits_ms=(1,))
    lost: list[bool] = []
    feed.lost.connect(lambda: lost.append(True))
    feed.start()

    qtbot.waitUntil(lambda: feed._tries > 5)
    feed.stop()

    assert lost == [True]


def test_a_hub_that_says_nothing_any_more_is_lost(hub: WireHub, qtbot: QtBot) -> None:
    feed = Feed(hub.device, silent_ms=30, ping_ms=10_000)
    with qtbot.waitSignal(feed.back):
        feed.start()

    with qtbot.waitSignal(feed.lost):
        pass
    feed.stop()


def test_a_hub_that_answers_pings_is_there(hub: WireHub, qtbot: QtBot) -> None:
    feed = Feed(hub.device, silent_ms=400, ping_ms=20)
    lost: list[bool] = []
    feed.lost.connect(lambda: lost.append(True))
    with qtbot.waitSignal(feed.back):
        feed.start()

    qtbot.wait(900)
    feed.stop()

    assert lost == []


def test_a_simulated_hub_tells_the_time_exactly(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    assert feed.now() is None
    with qtbot.waitSignal(feed.told):
        feed.start()

    assert feed.now() == MONDAY
    assert feed.now_ms() == feed.mirror.now_ms


def test_between_two_messages_a_real_hall_time_runs_on(hub: WireHub, feed: Feed, qtbot: QtBot) -> None:
    hub.greeting = {**hub.greeting, "simulated": False}
    with qtbot.waitSignal(feed.told):
        feed.start()

    first = feed.now_ms()
    qtbot.waitUntil(lambda: feed.now_ms() > first)

    assert feed.now_ms() - feed.mirror.now_ms < 60_000
