"""The process `antrean region`: takes what halls push, and shows on one page what it holds.

What a hall sends is signed with the key it enrolled. The pages ask for a password; until one is set they answer to this
machine alone, wherever the region listens.
"""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from region.api import Clock, other_versions, routes
from region.askers import Askers
from region.bodies import json
from region.door import Door
from region.enrolment import Enrolment
from region.errors import AddressTaken, Gap, NotFound, Unavailable
from region.ingest import Ingest
from region.invitations import Invitations
from region.live import Live
from region.metrics import Metrics
from region.pages import apology, pages, wants_page
from region.projector import Projector
from region.published import Published
from region.published_routes import published_routes
from region.retention import KEEP_DAYS
from region.store import Store, open_store
from region.turns import Turns
from region.words import Words, both
from sync.signature import made_key_at
from sync.wire import Garbled, WireError

BUSY_S = 5
OWNERS_ALONE = 0o077
SWITCH_S = 0.0005
"""The projector's thread gives way to a batch after so long, a tenth of the usual: each batch asks some ten times."""
KEY_FILE = "region.key"


def wall_ms() -> int:
    """Return the machine's clock in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def create(
    store: Store,
    data: Path,
    own: Ed25519PrivateKey,
    *,
    accept_simulated: bool,
    clock: Clock = wall_ms,
    turns: Turns | None = None,
) -> FastAPI:
    """Return the region over a store; invitations lie in the folder `data`, receipts are signed with its own key."""
    app = FastAPI(title="Antrean region", version="1", docs_url=None, redoc_url=None)
    enrolment, askers = Enrolment(store, Invitations(data), own), Askers()
    live = Live()
    app.state.metrics = metrics = Metrics(store)
    app.include_router(
        routes(Ingest(store, accept_simulated), enrolment, clock, turns or Turns(), metrics, live, askers)
    )
    app.include_router(published_routes(Published(data), enrolment, askers), prefix="/v1")
    app.get("/metrics", response_class=Response)(exposition)
    app.include_router(other_versions())

    app.include_router(pages(store, Door(data, clock), clock, live))
    app.add_exception_handler(WireError, refuse)
    app.add_exception_handler(RequestValidationError, refuse_input)
    app.add_exception_handler(HTTPException, refuse_address)
    return app


def exposition(request: Request) -> Response:
    """Tell Prometheus how the region is."""
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), media_type="text/plain; version=0.0.4")


def refuse(request: Request, error: Exception) -> Response:
    """Answer with an error's status, its code and its words; a gap also tells where to go on."""
    assert isinstance(error, WireError)
    metrics: Metrics = request.app.state.metrics
    metrics.refused.labels(error.code).inc()
    if wants_page(request):
        return apology(request, error)
    place = error.place.told() if isinstance(error, Gap) else {}
    wait = {"Retry-After": str(BUSY_S)} if isinstance(error, Unavailable) else None
    return json({"code": error.code, "words": both(error), **place}, error.status, wait)


def refuse_input(request: Request, error: Exception) -> Response:
    """Answer to an address whose parts cannot be read; the offending value is not repeated."""
    assert isinstance(error, RequestValidationError)
    return refuse(request, Garbled(why=", ".join(str(problem["loc"][-1]) for problem in error.errors())))


def refuse_address(request: Request, error: Exception) -> Response:
    """Answer to an address where there is nothing, or not for that method."""
    assert isinstance(error, HTTPException)
    answer = refuse(request, NotFound())
    answer.status_code = error.status_code
    return answer


class Server(uvicorn.Server):
    """A server that prints "region ready URL" once it listens, and ends with exit code 0 on SIGTERM and SIGINT."""

    def stop(self, *_: object) -> None:
        """Ask for the end."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen and say so."""
        await super().startup(sockets)
        for listening in sockets or ():
            host, port = listening.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            sys.stdout.write(f"region ready http://{shown}:{port}\n")
            sys.stdout.flush()


def run(
    data: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8200,
    accept_simulated: bool = False,
    database: str | None = None,
    keep_days: int = KEEP_DAYS,
) -> int:
    """Serve the region whose data lies in a folder until SIGTERM or SIGINT; return the process's exit code.

    Its records lie in a SQLite file in that folder, or in the PostgreSQL database of a URL.

    Port 0 takes a free one. The region's own key is made at the first start, in `region.key` in that folder.
    """
    os.umask(OWNERS_ALONE)
    sys.setswitchinterval(SWITCH_S)
    try:
        with open_store(data, database) as store, listening_at(host, port) as listening:
            own = made_key_at(data / KEY_FILE)
            turns = Turns()
            with Projector(store, keep_days=keep_days, turns=turns).running():
                serve(create(store, data, own, accept_simulated=accept_simulated, turns=turns), listening)
    except WireError as error:
        sys.stderr.write(Words().say(error.key, **error.fields) + "\n")
        return 1
    return 0


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Serve until the end is asked for; the signals, which uvicorn raises again after its end, then find us calm."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=BUSY_S)
    server = Server(config)
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, server.stop)
    server.run(sockets=[listening])


def listening_at(host: str, port: int) -> socket.socket:
    """Return a listening socket; AddressTaken where there cannot be one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise AddressTaken(host=host, port=port, why=str(error)) from error
    # Accepted sockets inherit it: an answer is sent at once, and does not wait for the end of another packet's way.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
