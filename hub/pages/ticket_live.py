"""A ticket's page that is open learns at once that something is new for it: it is told so, and asks for itself again.

What it is told holds nothing; without script, or without a place among the pages kept fresh, the page asks again after
some seconds as before.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from fastapi import APIRouter, Request, Response

from hub.hub import Hub
from hub.pages.frame import hub_of
from hub.pages.streams import FAREWELL, EventStream, Place, Streams
from hub.pages.ticket_found import found_by, unknown
from hub.pages.visitor import HEADERS
from hub.rules.issuing import hall_of
from hub.rules.standing import people_ahead
from hub.rules.state import Ticket, moment

router = APIRouter(prefix="/t", include_in_schema=False)
LOOKS_S = 2.0
"""How often it is seen whether there is something new."""
LONGEST_S = 60.0
"""A page asks for itself again sooner: whoever still listens then has gone without a word, as phones do."""
NEW, NOTHING_NEW = "data: new\n\n", ": still here\n\n"


@router.get("/{code}/live")
async def live(request: Request, code: str) -> Response:
    """Tell a page that is open when there is news for it; 503 where too many are told so."""
    streams: Streams = request.app.state.ticket_streams
    found = found_by(request, code)
    if found is None:
        return unknown(request)
    place = streams.enter(found.number)
    if place is None:
        return Response(status_code=503, headers=HEADERS)
    before = request.query_params.get("seen", "")
    return EventStream(news(hub_of(request), lambda: found_by(request, code), before, streams, place), streams, place)


def seen(hub: Hub, found: Ticket) -> str:
    """Return what a page shows that can change by itself: the state, the counter, how many are ahead."""
    if found.state != "waiting":
        return f"{found.state}.{found.counter}"
    hall = hall_of(hub.state)
    ahead = people_ahead(hub.state, hall, found.service, found, moment(hall, hub.clock.now().hall_ms))
    return f"{found.state}.{found.service}.{ahead}"


async def news(
    hub: Hub, find: Callable[[], Ticket | None], before: str, streams: Streams, place: Place
) -> AsyncIterator[str]:
    """Yield one word once a ticket is not as a page has `seen` it, for a while, as long as the page has its place."""
    seq = -1
    for _ in range(round(LONGEST_S / LOOKS_S)):
        if hub.ending.is_set():
            return
        if not streams.has(place):
            yield FAREWELL
            return
        if seq != hub.state.seq:
            seq, found = hub.state.seq, find()
            if found is None or seen(hub, found) != before:
                yield NEW
                return
        yield NOTHING_NEW
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hub.ending.wait(), LOOKS_S)
