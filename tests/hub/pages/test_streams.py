"""Pages that are kept fresh: their places, of one person and of all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack

import pytest
from starlette.types import Message

from hub.pages import now
from hub.pages.streams import MOST_OF_ONE, MOST_OPEN, EventStream, Streams
from tests.hub.conftest import Running
from tests.hub.pages.conftest import Enter

LIVE = "/hall/live"


def test_a_person_with_too_many_pages_loses_their_oldest_alone() -> None:
    streams = Streams()
    other = streams.enter("pengawas")
    own = [streams.enter("kepala") for _ in range(MOST_OF_ONE + 1)]

    assert [place is not None and streams.has(place) for place in (other, *own)] == [True, False, *[True] * MOST_OF_ONE]


def test_nobody_gets_a_place_beyond_all() -> None:
    streams = Streams()
    places = [streams.enter(f"P{at}") for at in range(MOST_OPEN)]

    assert None not in places
    assert streams.enter("kepala") is None
    assert places[0]
    streams.leave(places[0])
    assert streams.enter("kepala") is not None


def test_a_page_that_goes_away_before_its_first_word_gives_its_place_back() -> None:
    async def events() -> AsyncIterator[str]:
        yield "never sent"

    async def receive() -> Message:
        return await asyncio.Future()

    async def send(_: Message) -> None:
        raise OSError

    streams = Streams()
    place = streams.enter("kepala")
    assert place
    with pytest.raises(OSError):  # noqa: PT011  it is what a connection says that is gone
        asyncio.run(EventStream(events(), streams, place)({"type": "http"}, receive, send))

    assert not streams.has(place)


def test_the_oldest_page_is_told_farewell_and_all_end_with_the_log_in(
    hub: Running, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(now, "FRESH_S", 0.05)
    browser = enter()
    with ExitStack() as opened:
        pages = [opened.enter_context(browser.stream("GET", LIVE)).iter_lines() for _ in range(MOST_OF_ONE + 1)]

        assert "event: end" in list(pages[0])
        browser.post("/hall/logout", data={})
        assert [line for page in pages[1:] for line in page if line.startswith("event")] == []
