"""Commands to the hub: made one after the other beside the window, answered in its thread."""

from collections.abc import Iterator
from threading import Event, current_thread, main_thread

import pytest
from pytestqt.qtbot import QtBot

from config.errors import AntreanError
from hub.client.http import Answer, HubClient, HubUnreachable
from ui.commands import CommandBroken, Commands


@pytest.fixture
def commands(qtbot: QtBot) -> Iterator[Commands]:
    commands = Commands(HubClient("http://127.0.0.1:9"))
    yield commands
    commands.end()
    commands.deleteLater()


def unwanted(told: object) -> None:
    raise AssertionError(told)


def test_an_answer_comes_back_in_the_windows_thread(commands: Commands, qtbot: QtBot) -> None:
    seen: list[tuple[Answer, bool, bool]] = []
    worked: list[bool] = []

    def call(client: HubClient) -> Answer:
        worked.append(current_thread() is main_thread())
        return {"seq": 7}

    commands.ask(call, lambda answer: seen.append((answer, current_thread() is main_thread(), True)), unwanted)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [({"seq": 7}, True, True)]
    assert worked == [False]


def test_an_error_comes_back_as_what_a_person_can_act_on(commands: Commands, qtbot: QtBot) -> None:
    seen: list[AntreanError] = []

    def call(client: HubClient) -> Answer:
        raise HubUnreachable(url=client.url)

    commands.ask(call, unwanted, seen.append)
    qtbot.waitUntil(lambda: bool(seen))

    assert isinstance(seen[0], HubUnreachable)


def test_a_call_that_breaks_still_brings_an_answer(commands: Commands, qtbot: QtBot) -> None:
    seen: list[AntreanError] = []

    commands.ask(lambda client: client.missing(), unwanted, seen.append)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(seen))

    assert isinstance(seen[0], CommandBroken)


def test_calls_are_made_in_order(commands: Commands, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(5):
        commands.ask(lambda client, number=number: {"n": number}, lambda answer: seen.append(answer["n"]), unwanted)

    qtbot.waitUntil(lambda: len(seen) == 5)

    assert seen == [0, 1, 2, 3, 4]


def test_an_end_does_not_wait_for_a_hub_that_hangs(qtbot: QtBot) -> None:
    commands, hang, begun = Commands(HubClient("http://127.0.0.1:9")), Event(), Event()

    def call(client: HubClient) -> Answer:
        begun.set()
        hang.wait(10)
        return {}

    commands.ask(call, unwanted, unwanted)
    assert begun.wait(10)
    commands.end(patience_s=0.01)
    hang.set()
    qtbot.wait(20)
