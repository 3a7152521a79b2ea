"""The heart of the hub: takes commands one after the other, writes them in groups, then answers and publishes."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import orjson
import structlog

from config.errors import AntreanError
from hub.refused import refused_number
from hub.rules.commands import Command
from hub.rules.decide import decide, happenings
from hub.rules.events import Event, event_of
from hub.rules.evolve import evolve_all
from hub.rules.refusal import Refused
from hub.rules.state import Happened, State
from journal.clock import Clock, Now
from journal.line import Line
from journal.store import ANSWERS_KEPT_MS, RefusedNumber, StoredAnswer, Transaction

log = structlog.get_logger("hub")

Answer = tuple[int, bytes]
"""An HTTP status and a JSON body."""

Tell = Callable[[State, Sequence[Event]], dict[str, Any]]
"""Makes an answer's body from the state after a command and the command's events."""


class HubStopped(AntreanError):
    """The hub takes no commands any more: it could not write. Committed state can still be read."""

    key = "refusal.hub_stopped"


class RequestReused(AntreanError):
    """A request id came again with another body."""

    key = "refusal.request_reused"


class Journal(Protocol):
    """Where transactions are written: all of a batch is on disk when `append` returns, or none."""

    def append(self, batch: Sequence[Transaction]) -> None:
        """Write a batch; JournalUnwritable where the disk does not take it."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """A client's id for one command, and the digest of all it asked for."""

    id: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Committed:
    """One transaction that is on disk: the states before and after it, its events and its moment."""

    before: State
    after: State
    events: Sequence[Event]
    now: Now


@dataclass(frozen=True, slots=True)
class Pending:
    """One transaction on its way to the disk."""

    committed: Committed
    transaction: Transaction
    answer: Answer
    done: asyncio.Future[Answer]


@dataclass(frozen=True, slots=True)
class Known:
    """A request id that came before: the digest of what it asked, its answer or the wait for it, and its hall time."""

    digest: bytes
    answer: asyncio.Future[Answer] | Answer
    hall_ms: int


def request_of(request: str, asked: bytes) -> Request:
    """Return the request of an id and the bytes that say what is asked."""
    return Request(request, hashlib.sha256(asked).digest())


def exact(answer: bytes) -> bytes:
    """Return bytes that take no more memory than they are long: answers are kept for two days, and orjson's are not."""
    return bytes(bytearray(answer))


def state_of(lines: Sequence[Line]) -> State:
    """Return the state after these lines of a journal."""
    return evolve_all(State(), (Happened(line.seq, line.hall_ms, event_of(line)) for line in lines))


class Engine:
    """Decides on its working state, commits in groups outside the event loop, and only then answers and publishes.

    `committed` is the newest state that is on disk: all that is shown to anyone. `publish` is called in order with
    each transaction once it is on disk, `stopped` once when the hub takes no commands any more.
    """

    def __init__(
        self,
        journal: Journal,
        state: State,
        clock: Clock,
        answers: Sequence[StoredAnswer],
        publish: Callable[[Committed], None],
        stopped: Callable[[], None] = lambda: None,
    ) -> None:
        self._journal, self._clock, self._publish, self._stopped = journal, clock, publish, stopped
        self._working = self.committed = state
        self._answers: dict[str, Known] = {
            stored.request: Known(stored.digest, (stored.status, stored.answer.encode()), stored.hall_ms)
            for stored in answers
        }
        self._pending: list[Pending] = []
        self._wake = asyncio.Event()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self.failure: AntreanError | None = None
        self.batches = 0

    async def submit(self, command: Command, request: Request, tell: Tell) -> Answer:
        """Return the answer to a command once it is on disk; a request id that came before gets its old answer.

        Raises HubStopped where the disk does not take it, RequestReused for an id that asked for something else.
        """
        known = self._answers.get(request.id)
        if known:
            return await self._again(request, known)
        pending = self._decide(command, request, tell)
        self._answers[request.id] = Known(request.digest, pending.done, pending.committed.now.hall_ms)
        return await self._commit(pending)

    async def act(self, command: Command) -> State:
        """Carry out a command of the hub itself and return the state once it is on disk; Refused by the rules."""
        now = self._clock.now()
        events = decide(self._working, command, now.hall_ms)
        if not events:
            return self.committed
        pending = self._evolve(events, now, lambda *_: {}, None)
        await self._commit(pending)
        return pending.committed.after

    async def run(self) -> None:
        """Write what waits, group after group, until cancelled or until the disk fails."""
        loop = asyncio.get_running_loop()
        while self.failure is None:
            await self._wake.wait()
            self._wake.clear()
            while self._pending and self.failure is None:
                batch, self._pending = self._pending, []
                transactions = [pending.transaction for pending in batch]
                try:
                    await loop.run_in_executor(self._writer, self._journal.append, transactions)
                    self._committed(batch)
                except AntreanError as error:
                    self._stop(error, batch)
                except Exception:
                    # The outermost loop of the writer: whatever it is, nobody may wait for an answer for ever.
                    log.exception("stopped")
                    self._stop(HubStopped(), batch)

    def close(self) -> None:
        """Wait for the last group and end the writing thread."""
        self._writer.shutdown(wait=True)

    async def _again(self, request: Request, known: Known) -> Answer:
        if known.digest != request.digest:
            raise RequestReused(request=request.id)
        return known.answer if isinstance(known.answer, tuple) else await asyncio.shield(known.answer)

    def _decide(self, command: Command, request: Request, tell: Tell) -> Pending:
        self._alive()
        now = self._clock.now()
        try:
            events = decide(self._working, command, now.hall_ms)
        except Refused as refusal:
            body = {"code": refusal.code, "words": refusal.words}
            refused = refused_number(self._working, command, refusal, now.hall_ms)
            return self._pend([], now, self._working, (refusal.status, exact(orjson.dumps(body))), request, refused)
        return self._evolve(events, now, tell, request)

    def _evolve(self, events: list[Event], now: Now, tell: Tell, request: Request | None) -> Pending:
        self._alive()
        after = evolve_all(self._working, happenings(self._working, events, now.hall_ms))
        told = exact(orjson.dumps({**tell(after, events), "seq": after.seq}))
        return self._pend(events, now, after, (200, told), request)

    def _pend(
        self,
        events: list[Event],
        now: Now,
        after: State,
        answer: Answer,
        request: Request | None,
        refused: RefusedNumber | None = None,
    ) -> Pending:
        before, self._working = self._working, after
        lines = [
            Line(before.seq + place, now.wall_ms, now.hall_ms, event.kind, event.version, event.body())
            for place, event in enumerate(events, 1)
        ]
        stored = (
            StoredAnswer(request.id, request.digest, answer[0], answer[1].decode(), now.hall_ms) if request else None
        )
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        return Pending(Committed(before, after, events, now), Transaction(lines, stored, refused), answer, done)

    async def _commit(self, pending: Pending) -> Answer:
        self._pending.append(pending)
        self._wake.set()
        return await asyncio.shield(pending.done)

    def _alive(self) -> None:
        if self.failure is not None:
            raise HubStopped

    def _committed(self, batch: Sequence[Pending]) -> None:
        self.batches += 1
        for pending in batch:
            pending.done.set_result(pending.answer)
            stored = pending.transaction.answer
            if stored:
                self._answers[stored.request] = Known(stored.digest, pending.answer, stored.hall_ms)
        for pending in batch:
            self.committed = pending.committed.after
            if pending.committed.events:
                self._publish(pending.committed)

        self._forget(batch[-1].committed.now.hall_ms)

    def _forget(self, now_ms: int) -> None:
        """Forget the answers that are older than they are kept on disk; the oldest stand first."""
        while self._answers:
            oldest = next(iter(self._answers))
            if self._answers[oldest].hall_ms >= now_ms - ANSWERS_KEPT_MS:
                return
            del self._answers[oldest]

    def _stop(self, error: AntreanError, batch: Sequence[Pending]) -> None:
        """Fail-stop: nothing that may not be on disk is ever answered with yes."""
        log.error("stopped", why=str(error), waiting=len(batch) + len(self._pending))
        self.failure = error
        self._working = self.committed
        for pending in (*batch, *self._pending):
            if pending.done.done():
                continue
            if pending.transaction.answer:
                self._answers.pop(pending.transaction.answer.request, None)
            pending.done.set_exception(HubStopped())
            pending.done.exception()
        self._pending.clear()
        self._stopped()
