"""The region's HTTP: where halls enrol, push their lines, ask how far they are held, and whether the region is well."""

import time
from collections.abc import Callable
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Path, Query, Request, Response

from journal.line import genesis
from region.admission import PLACES, Admission
from region.askers import Askers
from region.bodies import HallId, digested_body_of, json
from region.enrolment import Enrolment
from region.errors import NotFound, Outdated
from region.ingest import Ingest
from region.live import MOST_BYTES, Live
from region.metrics import Metrics
from region.rules import FIRST_EPOCH
from region.turns import Turns
from sync.signature import ENROLLED, PUSHED, Receipt
from sync.wire import (
    COUNT_HEADER,
    FIRST_HEADER,
    HEAD_HEADER,
    Garbled,
    Place,
    hash_in,
    unpack,
    whole_number,
)

LATEST_SEQ = 10**18 - 1
VERSION = 1

Epoch = Annotated[int, Path(ge=1, le=2**31 - 1)]
First = Annotated[int, Query(ge=1, le=LATEST_SEQ)]
Clock = Callable[[], int]


LONGEST_VERSION = 6
COMPARED_PLACES = 64
SMALL_BODY = 4096
"""No key and no password is longer."""


def routes(
    ingest: Ingest, enrolment: Enrolment, clock: Clock, turns: Turns, metrics: Metrics, live: Live, askers: Askers
) -> APIRouter:
    """Return the region's routes; what halls use is signed with their keys."""
    router, admission = APIRouter(prefix="/v1"), Admission()
    # Who enrols waits for the one that writes; who asks does not wait for that.
    enrollers = Askers(threads=1)
    # Threads of their own: who has a place has a thread, whoever asks meanwhile.
    takers = CapacityLimiter(PLACES)

    @router.post("/halls/{hall}/key")
    async def enrol(hall: HallId, request: Request) -> Response:
        """Enrol the key of a hall that was invited."""
        content = await digested_body_of(request, SMALL_BODY)
        return json(await enrollers.ask(lambda: enrolment.enrol(hall, request, content, clock())))

    @router.post("/halls/{hall}/epochs/{epoch}/lines")
    async def push(hall: HallId, epoch: Epoch, first: First, request: Request) -> Response:
        """Take a batch of lines; 200 means that they are on disk."""
        enrolment.check(hall, request, PUSHED)
        content = await digested_body_of(request)
        count = whole_number(request.headers, COUNT_HEADER)
        end = Place(first + count, hash_in(request.headers, HEAD_HEADER))

        def take() -> dict[str, Any]:
            batch = unpack(request.headers, content)
            if batch.first != first:
                raise Garbled(why=FIRST_HEADER)
            return ingest.take(hall, epoch, batch, content, clock()).told(enrolment.own)

        # What came before needs no place: somebody who repeats a hall's batches must not keep that hall out.
        is_new = ingest.goes_on(hall, epoch, first)
        receipt = None if is_new else await askers.ask(lambda: ingest.known(hall, epoch, end, clock()))
        if receipt is not None:
            return json(receipt.told(enrolment.own))
        async with admission.place(hall, count):
            begun = time.perf_counter()
            with turns.taking():
                receipt_told = await to_thread.run_sync(take, limiter=takers)
            metrics.took(count, time.perf_counter() - begun)
            return json(receipt_told)

    router.include_router(questions(ingest, enrolment, clock, live, askers))
    return router


def questions(ingest: Ingest, enrolment: Enrolment, clock: Clock, live: Live, askers: Askers) -> APIRouter:
    """Return the routes that keep nothing: how far a hall is held, how its day stands, whether the region is well."""
    router = APIRouter()

    @router.get("/halls/{hall}")
    async def held(hall: HallId, request: Request) -> Response:
        """Tell how far a hall's journal is held; one that was never heard of begins at line 1."""
        enrolment.check(hall, request)
        stream = await askers.ask(ingest.store.latest, hall)
        epoch, place = (stream.epoch, stream.place) if stream else (FIRST_EPOCH, Place(1, genesis(hall)))
        return json(Receipt(hall, epoch, place, clock()).told(enrolment.own))

    @router.post("/halls/{hall}/live", status_code=204)
    async def tell_live(hall: HallId, request: Request) -> Response:
        """Take how a hall's day stands now; the newest counts, and nothing is kept of them."""
        enrolment.check(hall, request, ENROLLED)
        content = await digested_body_of(request, MOST_BYTES)
        held = await askers.ask(ingest.store.latest, hall)
        live.take(hall, content, clock(), held)
        return Response(status_code=204)

    @router.get("/halls/{hall}/places")
    async def places(hall: HallId, request: Request, upto: First = LATEST_SEQ) -> Response:
        """Tell where a hall's journal can be compared with the one that is held: ends of batches, newest first."""
        enrolment.check(hall, request)
        found = await askers.ask(ingest.store.places, hall, upto, COMPARED_PLACES)
        return json({"places": [place.told() for place in found]})

    @router.get("/health")
    def health() -> Response:
        """Tell that the region can read what it holds, and how much that is."""
        newest = {stream.hall: stream for stream in ingest.store.streams()}.values()
        return json({"status": "ok", "halls": len(newest), "lines": sum(stream.next - 1 for stream in newest)})

    return router


def other_versions() -> APIRouter:
    """Return the answer to every version of the protocol that is not spoken here; it comes after the others."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/v{version}/{rest:path}", methods=["GET", "POST"])
    def refuse(version: str) -> Response:
        """Refuse another version."""
        is_number = version.isascii() and version.isdigit() and len(version) < LONGEST_VERSION
        raise Outdated(version=version) if is_number and int(version) != VERSION else NotFound

    return router
