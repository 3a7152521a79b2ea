"""The hall file over HTTP, for the head's commands on the same machine: read, changed, and brought back."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request

from hub import bodies
from hub.access import allowed
from hub.carry import documented
from hub.hub import Hub
from hub.settings import history
from hub.settings.desk import Desk

router = APIRouter(prefix="/v1/hall")
Before = Annotated[int | None, Query(ge=1, lt=2**53)]


def desk_of(request: Request) -> Desk:
    """Return where the settings of this hub are changed."""
    desk: Desk = request.app.state.desk
    return desk


@router.get("/file", **documented(bodies.HallFileText))
async def read(request: Request) -> bodies.HallFileText:
    """Return the hall file as it stands; for the head alone."""
    allowed(request)
    held = await desk_of(request).held()
    return bodies.HallFileText(text=held.text, digest=held.digest)


@router.post("/file", **documented(bodies.HallTaken))
async def write(request: Request, body: bodies.HallFileBody) -> bodies.HallTaken:
    """Write the hall file and let it hold: at once, or with the next day. Refused where it has changed meanwhile."""
    head = allowed(request)
    return bodies.HallTaken(at_once=await desk_of(request).take(body.text, body.base, head.device))


@router.get("/history", **documented(bodies.HallFileHistory))
async def past(request: Request, before: Before = None) -> bodies.HallFileHistory:
    """Return the newest hall files that were taken before a line, newest first; for the head alone."""
    allowed(request)
    hub: Hub = request.app.state.hub
    found = await asyncio.to_thread(history.entries, hub.settings.data, before)
    told = [
        bodies.HallFileEntry(
            seq=entry.seq,
            hall_ms=entry.hall_ms,
            planned=entry.planned,
            author=entry.author,
            changes=[
                bodies.HallFileChange(key=change.key, before=change.before, after=change.after)
                for change in entry.changes
            ],
        )
        for entry in found
    ]
    return bodies.HallFileHistory(entries=told)


@router.get("/history/{seq}", **documented(bodies.HallFileText))
async def earlier(request: Request, seq: int) -> bodies.HallFileText:
    """Return the text that lets the hall file say again what it said at a line; for the head alone."""
    allowed(request)
    desk = desk_of(request)
    held = await desk.held()
    return bodies.HallFileText(text=await desk.earlier(seq), digest=held.digest)
