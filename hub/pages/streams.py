"""Pages that are kept fresh: so many of one person, so many of all, each with its place from before it is answered."""

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from hub.pages.frame import HEADERS

MOST_OPEN = 60
"""Pages that are kept fresh at once; one more must be loaded again by hand."""
MOST_OF_ONE = 6
"""Pages that are kept fresh for one person: with one more the oldest is not any longer."""
FAREWELL = "event: end\ndata: \n\n"
"""Tells a page that it is kept fresh no longer, and should not ask for it again by itself."""


class Place:
    """The place of one open page of a person."""

    def __init__(self, person: str) -> None:
        self.person = person


class Streams:
    """Gives places to pages, in the order in which they were opened."""

    def __init__(self) -> None:
        self._places: list[Place] = []

    def enter(self, person: str) -> Place | None:
        """Return a new place; None where all are taken. A person with too many loses the oldest of their own."""
        own = [place for place in self._places if place.person == person]
        if len(own) >= MOST_OF_ONE:
            self.leave(own[0])
        if len(self._places) >= MOST_OPEN:
            return None
        place = Place(person)
        self._places.append(place)
        return place

    def has(self, place: Place) -> bool:
        """Tell whether a page still has its place."""
        return place in self._places

    def leave(self, place: Place) -> None:
        """Give a place back."""
        if place in self._places:
            self._places.remove(place)


class EventStream(StreamingResponse):
    """The events of a page, as long as it has its place; it gives the place back however it ends, or never begins."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[str], streams: Streams, place: Place) -> None:
        super().__init__(events, headers=HEADERS)
        self._streams, self._place = streams, place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until either side ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._streams.leave(self._place)
