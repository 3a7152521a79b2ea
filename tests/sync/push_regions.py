"""Regions for the tests of the push: one without HTTP, one over a link that fails as told, and one really served."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from push_halls import HALL

from region.app import create, listening_at
from region.errors import Gap
from region.ingest import Ingest
from region.store import Store
from sync.ahead import Ahead
from sync.ending import Ending
from sync.link import Answer, Link, LinkCut
from sync.push import Pusher
from sync.signature import key_id
from sync.source import JournalSource
from sync.watermark import Watermark
from sync.wire import Packed, Place, WireError, unpack

NOW_MS = 1_796_010_000_000
HALL_KEY = Ed25519PrivateKey.from_private_bytes(b"h" * 32)
STRANGERS_KEY = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
REGION_KEY = Ed25519PrivateKey.from_private_bytes(b"r" * 32)


class DirectRegion:
    """The region's own door, store and answers, reached by calls in place of HTTP."""

    def __init__(self, store: Store, genesis: bytes, *, accept_simulated: bool = False) -> None:
        self.store, self._genesis = store, genesis
        self._ingest = Ingest(store, accept_simulated)
        self.pushes: list[tuple[int, int]] = []

    def held(self, hall: str) -> Answer:
        stream = self.store.latest(hall)
        place = stream.place if stream else Place(1, self._genesis)
        return Answer(200, {"hall": hall, "epoch": stream.epoch if stream else 1, **place.told()})

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        try:
            batch = unpack(packed.headers, packed.content)
            self.pushes.append((batch.first, len(batch.lines)))
            return Answer(200, self._ingest.take(hall, epoch, batch, packed.content, NOW_MS).told(REGION_KEY))
        except WireError as error:
            place = error.place.told() if isinstance(error, Gap) else {}
            return Answer(error.status, {"code": error.code, **place})


Fault = Callable[[DirectRegion, str, int, int, Packed], Answer]


def lost(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """The batch never arrives."""
    raise LinkCut(url="", why="lost")


def unanswered(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """The batch is taken, but its answer is lost."""
    region.push(hall, epoch, first, packed)
    raise LinkCut(url="", why="unanswered")


def flipped(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """One bit arrives changed."""
    content = bytearray(packed.content)
    content[len(content) // 2] ^= 1
    return region.push(hall, epoch, first, Packed(bytes(content), packed.headers))


def truncated(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """Only half arrives."""
    return region.push(hall, epoch, first, Packed(packed.content[: len(packed.content) // 2], packed.headers))


def doubled(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """The batch arrives twice."""
    region.push(hall, epoch, first, packed)
    return region.push(hall, epoch, first, packed)


def busy(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """The region asks to come back later."""
    return Answer(503, {"code": "unavailable"}, retry_after_s=5.0)


def portal(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """A hotel's log-in page says 200 in the region's place."""
    return Answer(200, {})


def too_big(region: DirectRegion, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
    """Something on the way takes no large bodies."""
    return Answer(413)


FAULTS: tuple[Fault, ...] = (lost, unanswered, flipped, truncated, doubled, busy, portal, too_big)


class FaultyRegion:
    """A region reached over a link that fails as told, one fault a push; then it is well."""

    def __init__(self, region: DirectRegion, *faults: Fault) -> None:
        self.region, self.faults = region, list(faults)

    def held(self, hall: str) -> Answer:
        return self.region.held(hall)

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        if self.faults:
            return self.faults.pop(0)(self.region, hall, epoch, first, packed)
        return self.region.push(hall, epoch, first, packed)


def pusher_of(
    journal: Path,
    watermark: Watermark,
    region: DirectRegion | FaultyRegion,
    *,
    took_s: float = 0.1,
    ahead: Ahead | None = None,
) -> Pusher:
    """Return a pusher for which every exchange takes `took_s` and every wait is the longest it may be."""
    ticks = iter(range(1_000_000))
    return Pusher(
        JournalSource(journal, watermark.hall),
        watermark,
        region,
        ahead=ahead,
        clock=lambda: next(ticks) * took_s,
        chance=lambda: 1.0,
    )


def push_all(pusher: Pusher, *, turns: int = 200) -> None:
    """Take turns until nothing is left to push."""
    for _ in range(turns):
        if pusher.turn().outcome == "idle":
            return
    raise AssertionError("the push does not come to rest")


class ThreadServer(uvicorn.Server):
    """A server in a thread that tells when it listens."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        self.listens = threading.Event()

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an app on a free port of this machine; yield its URL."""
    with listening_at("127.0.0.1", 0) as listening:
        server = ThreadServer(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert server.listens.wait(10)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def enrol(store: Store, *, hall: str = HALL, key: Ed25519PrivateKey = HALL_KEY) -> None:
    """Let a store know a hall's key."""
    store.keep_key(hall, key_id(key.public_key()), key.public_key().public_bytes_raw(), NOW_MS)


@contextmanager
def served_over(store: Store, data: Path) -> Iterator[str]:
    """Serve the region over a store that knows the hall's key; yield its URL."""
    enrol(store)
    with served(create(store, data, REGION_KEY, accept_simulated=False, clock=lambda: NOW_MS)) as url:
        yield url


def link_to(url: str, *, key: Ed25519PrivateKey = HALL_KEY, answer_s: float = 10) -> Link:
    """Return the hall's way to a region."""
    return Link(url, key, Ending(), region_key=REGION_KEY.public_key(), answer_s=answer_s)
