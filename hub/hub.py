"""One running hub: its journal, its engine, its feed and its secrets, opened and closed in order."""

import asyncio
import contextlib
import hashlib
import hmac
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog

from config.errors import AntreanError
from config.hall import Hall
from config.load import Content, hall_from
from hub.alive import Alive
from hub.attendance import Attendance
from hub.client.device import Device, paired
from hub.client.http import HubClient
from hub.codes import KEY, Codes, PairingCodes, digest_of, hall_key, keep_key, kept_token, new_key, new_token
from hub.engine import Committed, Engine, HubStopped, state_of
from hub.feed import Feed
from hub.pins import Pins
from hub.remarks import Remarks
from hub.rules import commands as cmd
from hub.rules.printing import lost_papers
from hub.rules.refusal import Refused
from hub.rules.state import Device as KnownDevice
from hub.rules.state import State, moment
from hub.survey.box import Box, BoxUnusable
from hub.technician import codes_in, without_codes
from journal.clock import Clock, HallClock, SimulatedClock
from journal.line import Line
from journal.store import DATABASE, JournalError, Store

log = structlog.get_logger("hub")

HEAD_DEVICE = "head"
HEAD_FILE = "head.json"
TICK_S = 2.0
AGENT_GONE = "agent_gone"
"""Why a paper is uncertain whose agent is on the line no more."""
INTERRUPTED_MS = 60_000
FIRST_LINES = 3
"""What a journal may hold before the hall's key is kept: its opening, the hall file, the day."""


class OtherHall(AntreanError):
    """The folder holds the journal of another hall."""

    key = "error.other_hall"


class OtherTime(AntreanError):
    """The folder's journal is in simulated time and the hub is not, or the other way round."""

    key = "error.other_time"


class RecordLost(AntreanError):
    """A file that the hub's folder had is gone: starting without it would give numbers or codes twice."""

    key = "error.record_lost"


class FolderUnusable(AntreanError):
    """The hub's folder cannot be made, read or written."""

    key = "error.folder_unusable"


class NotSimulated(AntreanError):
    """Only a simulated hub takes its time from outside."""

    key = "error.not_simulated"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a hub is started. `address` is what its own head file says, for programs on the same machine.

    `hall_file` is where the content was read from: settings are changed there. A hub without one takes no changes of
    its settings, since the next start would undo them.
    """

    data: Path
    content: Content
    address: str
    simulated: bool = False
    trust_clock: bool = False
    author: str = "start"
    hall_file: Path | None = None


class Hub:
    """The queue of one hall. `start` inside a running event loop; `close` at the end."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.hall: Hall = hall_from(settings.content, "hall")
        self.store = Store(settings.data, self.hall.hall.id)
        try:
            with usable(settings.data):
                self.codes = Codes(self._key())
        except AntreanError:
            self.store.close()
            raise
        self.pairing = PairingCodes(time.monotonic)
        self.remarks = Remarks(settings.data)
        self.box = Box(settings.data)
        self.feed = Feed(self.codes, self.remarks)
        self.feed.set_service_codes(codes_in(settings.content))
        self.alive = Alive(settings.data)
        self.last = self.alive.last(self.store.newest)
        self.clock = self._clock()
        self.pins = Pins()
        self.attendance = Attendance(time.monotonic)
        self.ending = asyncio.Event()
        self.engine = Engine(self.store, State(), self.clock, (), self._published, self.feed.stop)
        self._tokens: dict[str, KnownDevice] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def state(self) -> State:
        """All that is on disk."""
        return self.engine.committed

    async def start(self) -> None:
        """Replay the open day, then begin, open today, and let the head in; OtherHall or OtherTime where misplaced."""
        started = time.monotonic()
        state = state_of(self._lines())
        self._fits(state)
        answers = self.store.answers(self.clock.now().hall_ms)
        self.engine = Engine(self.store, state, self.clock, answers, self._published, self.feed.stop)
        self._tasks.append(asyncio.create_task(self.engine.run()))
        self.feed.begin()
        await self.engine.act(self._begin())
        self.remarks.forget(self.state.date)
        if not self.settings.simulated:
            await self._bridge()
            await self.engine.act(cmd.TurnDay())
        with usable(self.settings.data):
            keep_key(self.settings.data, self.codes.key)
        self._learn_tokens(self.state)
        await self._let_head_in()
        self._tasks.append(asyncio.create_task(self._tick()))
        if isinstance(self.clock, HallClock) and self.clock.doubted:
            log.warning("clock not believed: start with --trust-clock if it is right", hall_ms=self.clock.now().hall_ms)
        log.info("started", hall=self.hall.hall.id, seq=self.state.seq, seconds=round(time.monotonic() - started, 3))

    def _lines(self) -> list[Line]:
        try:
            return self.store.lines_to_start_from()
        except sqlite3.Error as error:
            raise JournalError(path=str(self.settings.data / DATABASE), why=str(error)) from error

    def _key(self) -> bytes:
        """Return the hall's key; RecordLost where one of key and journal is there without the other."""
        has_key = (self.settings.data / KEY).exists()
        if has_key and self.store.newest is None:
            raise RecordLost(path=str(self.settings.data / DATABASE))
        if not has_key and self.store.newest is not None and self.store.newest.seq > FIRST_LINES:
            raise RecordLost(path=str(self.settings.data / KEY))
        return hall_key(self.settings.data) if has_key else new_key()

    async def close(self) -> None:
        """End the feed, write what waits, give the journal back."""
        self.feed.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.engine.close()
        self.store.close()
        log.info("ended", seq=self.state.seq)

    @property
    def known_printers(self) -> Iterable[str]:
        """The printers of the hall file in force."""
        return self.state.hall.printer_by_id if self.state.hall else ()

    def device_of(self, token: str) -> KnownDevice | None:
        """Return the device that a token belongs to."""
        digest = digest_of(token)
        device = self._tokens.get(digest)
        return device if device and hmac.compare_digest(device.digest, digest) else None

    async def pair(self, role: str, device: str, by: str = "start") -> str:
        """Return a fresh token for a device once its digest is on disk."""
        token = new_token()
        await self.engine.act(cmd.PairDevice(device, role, digest_of(token), by))
        return token

    async def set_clock(self, now_ms: int) -> int:
        """Move a simulated hub's time and return it; NotSimulated for any other hub."""
        if not isinstance(self.clock, SimulatedClock):
            raise NotSimulated
        self.clock.set(now_ms)
        await self.engine.act(cmd.TurnDay())
        await self._settle_box()
        self.tick()
        return self.clock.now().hall_ms

    def set_time(self, text: str) -> None:
        """Move a simulated hub's time to ms written as text; anything else changes nothing."""
        if isinstance(self.clock, SimulatedClock) and text.isascii() and text.isdigit() and len(text) < 14:
            self.clock.set(int(text))

    def tick(self) -> None:
        """Tell the feed the time."""
        self.feed.tick(self.state, self.clock.now().hall_ms)

    async def reload(self, content: Content, author: str) -> bool:
        """Take a changed hall file; True where it holds at once, False where it waits for the next day.

        HallFileError where it has mistakes; OtherHall where it is another hall's.
        """
        hall = hall_from(content, author)
        if hall.hall.id != self.state.hall_id:
            raise OtherHall(found=self.state.hall_id, wanted=hall.hall.id)
        command = begin_of(hall.hall.id, content, author, simulated=self.settings.simulated)
        before, others = self.state.seq, self.feed.set_service_codes(codes_in(content))
        state = await self.engine.act(command)
        if others and state.seq == before:
            self.feed.renew()
        return state.config_digest == command.digest

    async def _bridge(self) -> None:
        """Note where the hall stood still for more than a minute of the open day: that is nobody's fault."""
        now = self.clock.now().hall_ms
        if self.last is None or now - self.last.hall_ms <= INTERRUPTED_MS or self.state.hall is None:
            return
        if moment(self.state.hall, now).date.isoformat() == self.state.date:
            await self.engine.act(cmd.NoteInterruption(self.last.hall_ms, now))

    def _clock(self) -> Clock:
        if self.settings.simulated:
            return SimulatedClock(self.store.newest)
        return HallClock(self.last, trusting=self.settings.trust_clock)

    def _fits(self, state: State) -> None:
        if state.seq and state.hall_id != self.hall.hall.id:
            raise OtherHall(found=state.hall_id, wanted=self.hall.hall.id)
        if state.seq and state.simulated != self.settings.simulated:
            raise OtherTime

    def _begin(self) -> cmd.Begin:
        settings = self.settings
        return begin_of(self.hall.hall.id, settings.content, settings.author, simulated=settings.simulated)

    async def _let_head_in(self) -> None:
        """Keep a token of the head in the data folder: who may read that folder may command the hub."""
        path = self.settings.data / HEAD_FILE
        token = kept_token(path)
        if self.device_of(token) is None:
            token = await self.pair("head", HEAD_DEVICE)
        with usable(self.settings.data):
            Device(self.settings.address, HEAD_DEVICE, "head", token).save(path)

    def _published(self, committed: Committed) -> None:
        if any(event.kind.startswith("device.") for event in committed.events):
            self._learn_tokens(committed.after)
            self.feed.cut_strangers(committed.after)
        if any(event.kind == "day.opened" for event in committed.events):
            self.remarks.forget(committed.after.date)
        self.feed.publish(committed)

    def _learn_tokens(self, state: State) -> None:
        self._tokens = {device.digest: device for device in state.devices.values()}

    async def _tick(self) -> None:
        """Turn the day and tell the time every two seconds; a simulated hub does so when its clock is set."""
        while True:
            await asyncio.sleep(TICK_S)
            if not self.settings.simulated and self.engine.failure is None:
                # A disk that fails just now has stopped the engine, which says so; time goes on for the screens.
                with contextlib.suppress(HubStopped):
                    await self._pass_time()
            if self.engine.failure is None:
                with contextlib.suppress(HubStopped, Refused):
                    await self._miss_agents()
            self.tick()

    async def _miss_agents(self) -> None:
        """Say of printers whose agent has gone that they do not answer, and that nobody knows of their papers."""
        printers = {name: s for name, s in self.state.printers.items() if name in self.known_printers}
        for printer in self.attendance.gone(printers, self.feed.connected):
            await self.engine.act(cmd.ReportPrinter(printer, "NO_ANSWER"))
            for job in lost_papers(self.state, printer):
                await self.engine.act(cmd.ReportJob(job, "uncertain", None, AGENT_GONE))

    async def _pass_time(self) -> None:
        """Follow a clock that jumped, turn the day, and remember for the next start that the hall is alive."""
        step = self.clock.step() if isinstance(self.clock, HallClock) else None
        if step:
            await self.engine.act(cmd.NoteStep(step.wall_by_ms, step.hall_by_ms))
        await self.engine.act(cmd.TurnDay())
        await self._settle_box()
        self.alive.write(self.clock.now())

    async def _settle_box(self) -> None:
        """Write down what the survey's box holds of earlier days; a box that cannot be used stops nothing else."""
        with contextlib.suppress(BoxUnusable):
            await self.box.settle(self.state.date, self.engine)


@contextlib.contextmanager
def usable(folder: Path) -> Iterator[None]:
    """Turn what the disk says into FolderUnusable."""
    try:
        yield
    except OSError as error:
        raise FolderUnusable(path=str(folder), why=error.strerror or error) from error


def begin_of(hall: str, content: Content, author: str, *, simulated: bool) -> cmd.Begin:
    """Return the command that begins a journal, or takes a hall file that has changed."""
    content = without_codes(content)
    raw = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
    return cmd.Begin(hall, simulated, content, hashlib.sha256(raw).hexdigest(), author)


def head_client(data: Path) -> HubClient:
    """Return a client that commands the hub of a data folder as its head."""
    return paired(data / HEAD_FILE).client()
