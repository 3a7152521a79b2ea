"""The hub's face: commands over HTTP, the feed, health and metrics."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from config.mistakes import HallFileError
from config.wording import both
from hub import bodies, head_routes, routes, settings_routes
from hub.access import NotAllowed, Stranger, allowed, token_of
from hub.carry import JSON, documented
from hub.engine import HubStopped, RequestReused
from hub.feed import Listener, farewell
from hub.guard import TooLarge
from hub.hub import Hub, NotSimulated, OtherHall
from hub.metrics import Metrics
from hub.pages import (
    acts,
    entrance,
    machines,
    now,
    people,
    places,
    reports,
    settings,
    settings_calendar,
    settings_history,
    survey,
    tablet,
    ticket_live,
    tickets,
)
from hub.pages import ticket as ticket_page
from hub.pages.door import NotEntered, NotYours, Sessions
from hub.pages.frame import alarm, page, words_of
from hub.pages.guesses import Guesses
from hub.pages.sorry import is_visitors, sorry
from hub.pages.streams import Streams
from hub.report.maker import Maker
from hub.rules.refusal import Refused
from hub.rules.state import DEVICE_ROLES
from hub.settings.desk import Desk
from hub.show import snapshot, ticket_view
from hub.survey.tablets import Tablets
from hub.survey.tickets import CodeIndex

PAGES = (
    entrance, now, acts, places, machines, people, tickets, reports, survey, tablet, ticket_page, ticket_live,
    settings, settings_calendar, settings_history,
)  # fmt: skip
"""The parts of the hall's page; each has its routes in `router`."""
NOT_PAIRED_CLOSE = 4401
STOPPED_CLOSE = 4503


def create(hub: Hub) -> FastAPI:
    """Return the application of a started hub."""
    app = FastAPI(title="Antrean hub", version="1", description=__doc__, docs_url=None, redoc_url=None)
    app.state.hub = hub
    app.state.metrics = Metrics()
    app.state.sessions, app.state.guesses = Sessions(time.monotonic), Guesses(time.monotonic)
    app.state.streams, app.state.made_pages, app.state.making_page = Streams(), {}, asyncio.Lock()
    app.state.tablets = Tablets()
    app.state.ticket_codes, app.state.ticket_streams = CodeIndex(hub.codes), Streams()
    app.state.desk = Desk(hub)
    app.state.maker = Maker(hub.settings.data)
    app.include_router(routes.router)
    app.include_router(head_routes.router)
    app.include_router(settings_routes.router)
    for part in PAGES:
        app.include_router(part.router)
    add_reading(app)
    add_refusals(app)
    add_addresses(app)
    describe_tokens(app)
    return app


def add_reading(app: FastAPI) -> None:
    """Add what only reads: state, health, metrics, the feed, and the simulated clock."""
    app.get("/v1/state", **documented(dict[str, Any]))(state)
    app.get("/v1/tickets/{number}", **documented(bodies.TicketAnswer))(ticket)
    app.post("/v1/clock", **documented(bodies.ClockBody))(clock)
    app.get("/health", responses={200: {"model": bodies.Health}, 503: {"model": bodies.Health}})(health)
    app.get("/metrics", response_class=Response)(metrics)
    app.websocket("/v1/feed")(feed)


def describe_tokens(app: FastAPI) -> None:
    """Say in the OpenAPI document that devices carry bearer tokens."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        document.setdefault("components", {})["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def refusal(status: int, code: str, **fields: object) -> JSONResponse:
    """Return a refusal as every client knows it."""
    return JSONResponse({"code": code, "words": both(f"refusal.{code}", **fields)}, status)


Handler = Callable[[Request, Exception], Awaitable[Response]]


def handle(app: FastAPI, kind: type[Exception], handler: Handler) -> None:
    """Let a handler answer an error; to who is on a visitor's page the same is said by a page of theirs."""

    async def handled(request: Request, error: Exception) -> Response:
        answer = await handler(request, error)
        return sorry(request, answer.status_code) if is_visitors(request.url.path) else answer

    app.add_exception_handler(kind, handled)


def add_refusals(app: FastAPI) -> None:
    """Turn each way of saying no into a code, a status and words."""

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        if request.url.path.startswith("/hall"):
            words = words_of(request)
            said = alarm(error.words[words.language])
            return page(request, None, words.say("hall.refused"), said, status=error.status)
        return JSONResponse({"code": error.code, "words": error.words}, error.status)

    async def malformed(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        why = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        return refusal(422, "body", why=why)

    async def misfit(_: Request, error: Exception) -> Response:
        assert isinstance(error, HallFileError)
        why = "; ".join(found.sentence("en") for found in error.mistakes[:5])
        return refusal(422, "hall_file", why=why)

    async def simple(request: Request, error: Exception) -> Response:
        status, code = SIMPLE[type(error)]
        if request.url.path.startswith("/hall"):
            words = words_of(request)
            return page(request, None, words.say("hall.refused"), alarm(words.say(f"refusal.{code}")), status=status)
        return refusal(status, code)

    async def outside(request: Request, _: Exception) -> Response:
        return (
            RedirectResponse("/hall/login", status_code=303) if request.method == "GET" else refusal(401, "not_entered")
        )

    async def not_yours(request: Request, _: Exception) -> Response:
        words = words_of(request)
        return page(request, None, words.say("hall.not_yours"), alarm(words.say("refusal.role_page")), status=403)

    handle(app, NotEntered, outside)
    handle(app, NotYours, not_yours)
    handle(app, Refused, refused)
    handle(app, RequestValidationError, malformed)
    handle(app, HallFileError, misfit)
    for kind in SIMPLE:
        handle(app, kind, simple)


def add_addresses(app: FastAPI) -> None:
    """Turn wrong addresses and what nobody foresaw into refusals like all others."""

    async def wrong_address(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if isinstance(error.__cause__, TooLarge):
            return refusal(413, "too_large")
        return refusal(error.status_code, "method" if error.status_code == 405 else "not_found")

    async def left(_: Request, __: Exception) -> Response:
        return Response(status_code=400)  # who went away in the middle of a form does not read it

    async def unforeseen(_: Request, __: Exception) -> Response:
        return refusal(500, "unforeseen")

    handle(app, HTTPException, wrong_address)
    handle(app, ClientDisconnect, left)
    handle(app, Exception, unforeseen)


SIMPLE: dict[type[Exception], tuple[int, str]] = {
    Stranger: (401, "token_missing"),
    NotAllowed: (403, "role"),
    TooLarge: (413, "too_large"),
    NotSimulated: (409, "not_simulated"),
    RequestReused: (409, "request_reused"),
    OtherHall: (409, "other_hall"),
    HubStopped: (503, "hub_stopped"),
}


async def state(request: Request) -> Response:
    """Return all there is, in the shape of a feed's snapshot but with every ticket of the day; for the head alone."""
    allowed(request)
    hub: Hub = request.app.state.hub
    tickets = list(hub.state.tickets.values())
    return JSONResponse(dict(snapshot(hub.state, hub.clock.now().hall_ms, hub.codes, tickets)))


async def ticket(request: Request, number: str) -> Response:
    """Return one ticket of today."""
    allowed(request, *DEVICE_ROLES)
    hub: Hub = request.app.state.hub
    found = hub.state.tickets.get(number)
    if found is None:
        raise Refused("ticket_not_found", number=number)
    return JSONResponse({"ticket": ticket_view(hub.state, found), "job": found.job, "seq": hub.state.seq})


async def clock(request: Request, body: bodies.ClockBody) -> Response:
    """Set the time of a simulated hub; for the head alone."""
    allowed(request)
    hub: Hub = request.app.state.hub
    return JSONResponse({"now": await hub.set_clock(body.now)})


async def health(request: Request) -> Response:
    """Tell whether commands are taken; 503 once a write has failed."""
    hub: Hub = request.app.state.hub
    stopped = hub.engine.failure is not None
    told = bodies.Health(
        status="stopped" if stopped else "ok",
        hall=hub.hall.hall.id,
        seq=hub.state.seq,
        simulated=hub.settings.simulated,
        listeners=len(hub.feed.listeners),
    )
    return Response(told.model_dump_json(), 503 if stopped else 200, media_type=JSON)


async def metrics(request: Request) -> Response:
    """Return the figures for Prometheus."""
    hub: Hub = request.app.state.hub
    found: Metrics = request.app.state.metrics
    found.listeners.set(len(hub.feed.listeners))
    found.seq.set(hub.state.seq)
    found.batches.set(hub.engine.batches)
    found.stopped.set(hub.engine.failure is not None)
    return Response(found.text(), media_type="text/plain; version=0.0.4")


async def feed(socket: WebSocket) -> None:
    """Send a snapshot, then every change in order, until either side ends it."""
    hub: Hub = socket.app.state.hub
    device = hub.device_of(token_of(socket.headers))
    await socket.accept()
    if device is not None and device.is_tablet:
        device = None
    if device is None or not hub.feed.open:
        await socket.send_text(farewell("token_missing" if device is None else "hub_stopped"))
        await socket.close(NOT_PAIRED_CLOSE if device is None else STOPPED_CLOSE)
        return
    listener = hub.feed.join(device, hub.state, hub.clock.now().hall_ms)
    hearing = asyncio.create_task(heard_out(socket, listener))
    try:
        while (text := await listener.waiting.get()) is not None:
            await socket.send_text(text)
        await socket.close()
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        hub.feed.leave(listener)
        hearing.cancel()


async def heard_out(socket: WebSocket, listener: Listener) -> None:
    """Read and forget what a listener sends, until it goes."""
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.receive_text()
    listener.end()
