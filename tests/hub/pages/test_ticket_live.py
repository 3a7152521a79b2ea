"""What a ticket's page that is open hears: that there is news for it, and nothing more."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import cast

import httpx
import pytest

from bench.hall import generated_hall
from hub.hub import Hub
from hub.pages import ticket_live
from hub.pages.streams import MOST_OF_ONE
from hub.rules import commands as cmd
from tests.hub.pages.visiting import Hall
from tests.hub.rules.play import Play

NEW, STILL = "data: new", ": still here"


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let open pages be looked after fifty times a second."""
    monkeypatch.setattr(ticket_live, "LOOKS_S", 0.02)


def live_of(hall: Hall, code: str) -> str:
    """Return where the page of a code listens."""
    return f"{hall.hub.url}/t/" + re.findall(r'data-live="([^"]+)"', hall.get(f"/t/{code}").text)[0]


def told(address: str) -> Iterator[str]:
    with httpx.stream("GET", address, timeout=5) as answer:
        assert answer.status_code == 200
        yield from answer.iter_lines()


def seen(play: Play, number: str) -> str:
    """Return what a page of a ticket shows now that can change by itself."""
    clock = SimpleNamespace(now=lambda: SimpleNamespace(hall_ms=play.now_ms))
    return ticket_live.seen(cast(Hub, SimpleNamespace(state=play.state, clock=clock)), play.state.tickets[number])


def test_an_open_page_is_told_that_there_is_news_and_nothing_more(
    hall_at_work: Hall, often: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = hall_at_work.take()
    address = live_of(hall_at_work, code)

    lines = told(address)
    first = next(lines)
    hall_at_work.act("call-next")
    rest = {line for line in lines if line}

    assert first == STILL
    assert rest - {first} == {NEW}
    assert [line for line in told(address) if line] == [NEW]
    assert hall_at_work.get("/t/0000000000/live").status_code == 404
    monkeypatch.setattr("hub.pages.streams.MOST_OPEN", 0)
    assert httpx.get(address).status_code == 503


def test_nobody_listens_for_news_of_a_ticket_for_long(
    hall_at_work: Hall, often: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_live, "LONGEST_S", 0.1)
    monkeypatch.setattr("hub.pages.streams.MOST_OPEN", 1)
    _, code = hall_at_work.take()
    address = live_of(hall_at_work, code)

    for _ in range(2):
        assert {line for line in told(address) if line} == {STILL}


def test_of_a_ticket_open_too_often_the_oldest_page_is_told_farewell_and_the_others_hear_of_a_transfer(
    hall_at_work: Hall, often: None
) -> None:
    number, code = hall_at_work.take()
    address = live_of(hall_at_work, code)

    with httpx.Client() as phone, ExitStack() as opened:
        pages = [opened.enter_context(phone.stream("GET", address)).iter_lines() for _ in range(MOST_OF_ONE + 1)]
        oldest = {line for line in pages[0] if line}
        hall_at_work.hub.head.command(f"/v1/tickets/{number}/transfer", {"service": "layanan-0-1"})
        others = [{line for line in page if line} for page in pages[1:]]

    assert oldest - {STILL} == {"event: end", "data: "}
    assert [lines - {STILL} for lines in others] == [{NEW}] * MOST_OF_ONE


def test_it_is_news_that_fewer_are_ahead_and_none_that_time_goes_by() -> None:
    play = Play(generated_hall(1, 1, 1)).open(1)
    play.issue()
    number = play.issue()

    before, later = seen(play, number), seen(play.wait(60), number)
    play.call(1)

    assert later == before
    assert seen(play, number) != before


def test_another_service_or_counter_is_news() -> None:
    play = Play(generated_hall(1, 2, 2)).open(1, 2)
    number = play.issue()
    shown = [seen(play, number)]

    play.do(cmd.Transfer(number, "layanan-0-1", None, "head"))
    shown.append(seen(play, number))
    for counter in (1, 2):
        play.do(cmd.Transfer(number, None, counter, "head"))
        assert play.call(counter) == number
        shown.append(seen(play, number))

    assert len(set(shown)) == len(shown)
