"""What a request's address and body may be, and an answer in JSON."""

import asyncio
from typing import Annotated, Any

from fastapi import Path, Request, Response
from starlette.requests import ClientDisconnect

from region.errors import TooSlow
from region.tables import HALL_ID, HALL_ID_LENGTH
from sync.wire import DIGEST_HEADER, MAX_PACKED_BYTES, Garbled, TooBig, digest_of, written

BODY_S = 60.0
HallId = Annotated[str, Path(pattern=HALL_ID, max_length=HALL_ID_LENGTH)]


async def body_of(request: Request, limit: int = MAX_PACKED_BYTES) -> bytes:
    """Return a request's body, read only as far as it may reach; Garbled where it is cut off."""
    content = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for chunk in request.stream():
                content += chunk
                if len(content) > limit:
                    raise TooBig(limit=limit, unit="bytes")
    except TimeoutError as error:
        raise TooSlow from error
    except ClientDisconnect as error:
        raise Garbled(why="length") from error
    return bytes(content)


async def digested_body_of(request: Request, limit: int = MAX_PACKED_BYTES) -> bytes:
    """Return a request's body as `body_of` does; Garbled where its digest, which is signed, is another."""
    content = await body_of(request, limit)
    if request.headers.get(DIGEST_HEADER) != digest_of(content):
        raise Garbled(why=DIGEST_HEADER)
    return content


def json(told: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return an answer in JSON."""
    return Response(written(told), status, headers, "application/json")
