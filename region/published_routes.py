"""The region's HTTP by which a hall fetches the files that are kept ready for it, and says what came of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse

from region.askers import Askers
from region.bodies import HallId, digested_body_of, json
from region.enrolment import Enrolment
from region.published import Published
from sync.manifest import MOST_ANSWER_BYTES, verdict_in
from sync.signature import ENROLLED
from sync.wire import MOST_LINES, answer_in

Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
Version = Annotated[int, Query(ge=0, lt=MOST_LINES)]


def published_routes(published: Published, enrolment: Enrolment, askers: Askers) -> APIRouter:
    """Return the routes; all are signed with the hall's key, and none lets the region ask anything of a hall."""
    router = APIRouter()

    @router.get("/halls/{hall}/files", responses={204: {"description": "Nothing newer"}})
    async def manifest(hall: HallId, request: Request, after: Version = 0) -> Response:
        """Tell which files a hall is to have, 204 where that is not newer than a version it knows."""
        enrolment.check(hall, request)
        told = await askers.ask(published.told, hall, after)
        return json(told) if told else Response(status_code=204)

    @router.get("/halls/{hall}/files/{sha256}")
    async def file(hall: HallId, sha256: Hash, request: Request) -> Response:
        """Send a file's bytes, from the middle on where a Range asks for that."""
        enrolment.check(hall, request)
        return FileResponse(await askers.ask(published.file, hall, sha256), media_type="application/octet-stream")

    @router.post("/halls/{hall}/files", status_code=204)
    async def verdict(hall: HallId, request: Request) -> Response:
        """Take what a hall says of the files: applied, or why not."""
        enrolment.check(hall, request, ENROLLED)
        content = await digested_body_of(request, MOST_ANSWER_BYTES)
        await askers.ask(published.take, hall, verdict_in(answer_in(content)))
        return Response(status_code=204)

    return router
