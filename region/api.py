"""The region's HTTP: where halls push their lines, ask how far they are held, and whether the region is well."""

import asyncio
import hmac
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from journal.line import genesis
from region.errors import TooSlow, Unauthorised
from region.ingest import Ingest
from region.rules import FIRST_EPOCH
from region.tables import HALL_ID_LENGTH
from sync.wire import FIRST_HEADER, MAX_PACKED_BYTES, Garbled, Place, TooBig, unpack, written

BODY_S = 60.0
LATEST_SEQ = 10**18 - 1

HallId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=HALL_ID_LENGTH)]
Epoch = Annotated[int, Path(ge=1, le=2**31 - 1)]
First = Annotated[int, Query(ge=1, le=LATEST_SEQ)]
Clock = Callable[[], int]


def routes(ingest: Ingest, token: str, clock: Clock) -> APIRouter:
    """Return the region's routes; what halls use carries the token."""
    router = APIRouter(prefix="/v1")
    guarded = [Depends(guard(token))]

    @router.post("/halls/{hall}/epochs/{epoch}/lines", dependencies=guarded)
    async def push(hall: HallId, epoch: Epoch, first: First, request: Request) -> Response:
        """Take a batch of lines; 200 means that they are on disk."""
        content = await body_of(request)

        def take() -> dict[str, Any]:
            batch = unpack(request.headers, content)
            if batch.first != first:
                raise Garbled(why=FIRST_HEADER)
            return ingest.take(hall, epoch, batch, content, clock()).told()

        return json(await run_in_threadpool(take))

    @router.get("/halls/{hall}", dependencies=guarded)
    def held(hall: HallId) -> Response:
        """Tell how far a hall's journal is held; one that was never heard of begins at line 1."""
        stream = ingest.store.latest(hall)
        place = stream.place if stream else Place(1, genesis(hall))
        return json({"hall": hall, "epoch": stream.epoch if stream else FIRST_EPOCH, **place.told()})

    @router.get("/health")
    def health() -> Response:
        """Tell that the region can read what it holds, and how much that is."""
        streams = ingest.store.streams()
        halls = len({stream.hall for stream in streams})
        return json({"status": "ok", "halls": halls, "lines": sum(stream.next - 1 for stream in streams)})

    return router


def guard(token: str) -> Callable[[Request], None]:
    """Return the check that a request carries the token; one for all halls, until each is enrolled with its own key."""
    wanted = f"Bearer {token}".encode("latin-1")

    def check(request: Request) -> None:
        given = request.headers.get("Authorization", "").encode("latin-1")
        if not hmac.compare_digest(given, wanted):
            raise Unauthorised

    return check


async def body_of(request: Request) -> bytes:
    """Return a request's body, read only as far as a batch may reach; Garbled where it is cut off."""
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.stream():
                content += chunk
                if len(content) > MAX_PACKED_BYTES:
                    raise TooBig(limit=MAX_PACKED_BYTES, unit="bytes")
    except TimeoutError as error:
        raise TooSlow from error
    except ClientDisconnect as error:
        raise Garbled(why="length") from error
    return bytes(content)


def json(told: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return an answer in JSON."""
    return Response(written(told), status, headers, "application/json")
