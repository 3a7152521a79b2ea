"""The box of the survey: where answers lie together until it can no longer be told whose each is.

A line of the journal bears the moment it was written, to the millisecond, and stands behind the lines before it. An
answer written as it comes would stand right behind the end of its visitor's service. So the box keeps what was said,
in a random place, in one private file below the hub's folder, and writes it into the journal only when five lie in it
or their day is over, all in one transaction and in an order of its own.

That a ticket answers once is kept in the same file: a digest of its number under a key of the day, which is thrown
away with the day. Digests stand in their own order, so that neither tells which answer belongs to which. The answer
and its ticket's digest reach the disk together: nobody answers twice, and nothing that was thanked for is lost.
"""

import asyncio
import contextlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import structlog

from config.errors import AntreanError
from config.private import make_private_folder, write_private
from hub.engine import Answer, HubStopped, Request, Tell, request_of
from hub.rules.commands import Command
from hub.rules.event import EVENTS
from hub.rules.visitor_commands import Ballot, CountBallots
from journal.store import JournalError, reading_end

log = structlog.get_logger("hub")

FOLDER, FILE = "survey", "box.json"
TOGETHER = 5
"""So many lie in the box before they are written down: the least number under which figures are not shown either."""


class AnsweredBefore(AntreanError):
    """This ticket has answered already."""

    key = "survey.answered_before"


class BoxUnusable(AntreanError):
    """The file of the box cannot be read or written."""

    key = "survey.box_unusable"


class Writer(Protocol):
    """What writes a command into the journal, once for each request id."""

    async def submit(self, command: Command, request: Request, tell: Tell) -> Answer:
        """Return when it is on disk; HubStopped where it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class Content:
    """What lies in the box: ballots, the id under which they will be written, and which tickets of a day answered.

    `sealed_at`: since the journal's line of this seq was its newest of a box, these ballots may be in it; nothing is
    put to them before that is settled.
    """

    date: str = ""
    key: str = ""
    used: tuple[str, ...] = ()
    batch: str = ""
    sealed_at: int | None = None
    ballots: tuple[Ballot, ...] = field(default=())


def newest_said(data: Path) -> int:
    """Return the seq of the newest answer or rating in a journal, 0 where there is none; JournalError of no journal."""
    with closing(reading_end(data)) as connection:
        tables = connection.execute("SELECT (SELECT max(seq) FROM survey), (SELECT max(seq) FROM rating)").fetchone()
    return max(seq or 0 for seq in tables)


class Box:
    """The box below a hub's folder. One thing is put into it at a time.

    `newest` tells the seq of the journal's newest line that came out of the box, 0 where there is none.
    """

    def __init__(self, data: Path, newest: Callable[[Path], int] = newest_said) -> None:
        self._data, self._newest = data, newest
        self._path = data / FOLDER / FILE
        self._lock = asyncio.Lock()
        self._kept: Content | None = None

    async def put(self, today: str, ballot: Ballot, ticket: str, writer: Writer) -> None:
        """Keep a ballot of an ISO day, with the ticket or tablet's form that gives it once; back when it is on disk.

        AnsweredBefore where that ticket has given one of its kind; BoxUnusable where the disk does not take it. Once it
        is kept nothing else fails: what cannot be written into the journal now is written later.
        """
        async with self._lock:
            await self._settle(today, writer)
            content = of_day(await self._content(), today)
            mark = mark_of(content, ballot, ticket)
            if mark in content.used:
                raise AnsweredBefore
            place = secrets.randbelow(len(content.ballots) + 1)
            ballots = (*content.ballots[:place], ballot, *content.ballots[place:])
            used = tuple(sorted({*content.used, mark} - {""}))
            await self._keep(replace(content, ballots=ballots, used=used))
            if len(ballots) >= TOGETHER:
                with contextlib.suppress(BoxUnusable):
                    await self._count(writer)

    async def settle(self, today: str, writer: Writer) -> None:
        """Write down what is left of earlier days, and what a power cut left in doubt; BoxUnusable where it stays."""
        async with self._lock:
            await self._settle(today, writer)
            if any(ballot.date < today for ballot in (await self._content()).ballots):
                raise BoxUnusable

    async def has_answered(self, today: str, kind: type[Ballot], ticket: str) -> bool:
        """Tell whether a ticket of an ISO day has given a ballot of a kind."""
        async with self._lock:
            content = await self._content()
        return content.date == today and digest_of(content, kind, ticket) in content.used

    async def _settle(self, today: str, writer: Writer) -> None:
        content = await self._content()
        if content.ballots and (
            content.sealed_at is not None or any(ballot.date < today for ballot in content.ballots)
        ):
            await self._count(writer)
        if content.used and content.date < today:
            await self._keep(of_day(await self._content(), today))

    async def _count(self, writer: Writer) -> None:
        """Write the ballots into the journal, then empty the box; what fails is done again later.

        Whether a sealed box was written the journal itself says, however long ago that was: nothing but the box writes
        such lines, one batch after the other. The batch's request id holds while a write is still on its way.
        """
        content, newest = await self._content(), await asyncio.to_thread(self._said)
        if content.sealed_at is None:
            content = replace(content, sealed_at=newest)
            await self._keep(content)
        if newest <= (content.sealed_at or 0):
            mixed = list(content.ballots)
            secrets.SystemRandom().shuffle(mixed)
            request = request_of(f"survey/{content.batch}", content.batch.encode())
            try:
                await writer.submit(CountBallots(tuple(mixed)), request, nothing)
            except HubStopped:
                return
        await self._keep(replace(content, ballots=(), batch=secrets.token_hex(16), sealed_at=None))

    def _said(self) -> int:
        try:
            return self._newest(self._data)
        except (JournalError, sqlite3.Error) as error:
            log.exception("survey box not compared with the journal")
            raise BoxUnusable from error

    async def _content(self) -> Content:
        if self._kept is None:
            self._kept = await asyncio.to_thread(self._read)
        return self._kept

    def _read(self) -> Content:
        try:
            return content_of(json.loads(self._path.read_bytes()))
        except FileNotFoundError:
            return Content(batch=secrets.token_hex(16))
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.exception("survey box not read", path=str(self._path))
            raise BoxUnusable from error

    async def _keep(self, content: Content) -> None:
        try:
            await asyncio.to_thread(self._write, content)
        except OSError as error:
            log.exception("survey box not written", path=str(self._path))
            raise BoxUnusable from error
        self._kept = content

    def _write(self, content: Content) -> None:
        make_private_folder(self._path.parent)
        write_private(self._path, json.dumps(written(content)).encode())


def of_day(content: Content, today: str) -> Content:
    """Return the box on an ISO day: with a new day the old one's key and digests are gone."""
    if content.date == today and content.key:
        return content
    return replace(content, date=today, key=secrets.token_hex(32), used=())


def mark_of(content: Content, ballot: Ballot, ticket: str) -> str:
    """Return the digest by which it is known that a ticket has given this kind of ballot, "" without a ticket."""
    return digest_of(content, type(ballot), ticket) if ticket else ""


def digest_of(content: Content, kind: type[Ballot], ticket: str) -> str:
    """Return a ticket's digest under the key of the day."""
    return hmac.digest(bytes.fromhex(content.key), f"{kind.kind}/{ticket}".encode(), "sha256").hex()


def written(content: Content) -> dict[str, Any]:
    """Return the box as JSON values."""
    ballots = [[ballot.kind, ballot.version, ballot.body()] for ballot in content.ballots]
    return {
        "date": content.date, "key": content.key, "used": list(content.used), "batch": content.batch,
        "sealed_at": content.sealed_at, "ballots": ballots,
    }  # fmt: skip


def content_of(told: dict[str, Any]) -> Content:
    """Return the box of JSON values; KeyError, TypeError or ValueError where they are none."""
    ballots: list[Any] = [EVENTS[kind, version](**body) for kind, version, body in told["ballots"]]
    return Content(told["date"], told["key"], tuple(told["used"]), told["batch"], told.get("sealed_at"), tuple(ballots))


def nothing(*_: object) -> dict[str, Any]:
    """Return the answer to a box that was written down."""
    return {}
