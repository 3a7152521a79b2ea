"""Where a hall's settings are changed: changes are drafted, looked at, and taken one after another."""

import asyncio
import contextlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from config.errors import AntreanError
from config.load import Content, checked
from config.load import text_of as file_text
from config.mistakes import HallFileError
from hub.engine import HubStopped
from hub.hub import Hub, OtherHall, begin_of
from hub.rules import events as ev
from hub.rules.days import begin
from hub.rules.refusal import Refused
from hub.settings import history
from hub.settings.changes import Change, changes, own_of
from hub.settings.document import plain, rewritten
from hub.settings.fields import SECRET
from hub.settings.file import digest_of, replace_file
from hub.technician import codes_in, without_codes

MOST_DRAFTS, MOST_SEEN = 24, 8
HIDDEN = "*"
"""Stands for a technician's code: only that it changes is told."""


@dataclass(frozen=True, slots=True)
class Held:
    """The hall file as it stands on disk: its text, what that is recognised by, and what it says by itself."""

    text: str
    digest: str
    content: Content


@dataclass(slots=True)
class Draft:
    """A text that is to be the hall file: made from which, by whom, what it changes, and whether it holds at once."""

    text: str
    base: str
    author: str
    changes: tuple[Change, ...]
    at_once: bool
    writes: bool
    back: str = "/hall/settings"
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    is_done: bool = False


class Desk:
    """The settings of a running hub. Changes are taken one at a time; drafts are forgotten with a restart."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._taking = asyncio.Lock()
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._seen: OrderedDict[str, Content] = OrderedDict()

    @property
    def path(self) -> Path:
        """Where the hall file stands; Refused where this hub has none."""
        path = self._hub.settings.hall_file
        if path is None:
            raise Refused("no_hall_file")
        return path

    async def held(self) -> Held:
        """Return the hall file as it stands; HallFileError where it cannot be read or is no TOML."""
        path = self.path
        held = await asyncio.to_thread(read, path)
        self._seen[held.digest] = held.content
        self._seen.move_to_end(held.digest)
        while len(self._seen) > MOST_SEEN:
            self._seen.popitem(last=False)
        return held

    async def standing(self) -> Held:
        """Return the hall file as it stands, also where it is no TOML: then it says nothing, and can be replaced."""
        try:
            return await self.held()
        except HallFileError:
            text = await asyncio.to_thread(file_text, self.path)
            return Held(text, digest_of(text), {})

    @property
    def latest(self) -> Content:
        """What was taken last, in the hall's own words and without codes: what is in force, or planned for tomorrow."""
        state = self._hub.state
        return own_of(state.planned.content if state.planned else state.config)

    @property
    def is_planned(self) -> bool:
        """Whether a change waits for the next day."""
        return self._hub.state.planned is not None

    def differs(self, held: Held) -> tuple[Change, ...]:
        """Return what a technician has changed in the file and nobody has taken yet."""
        return tuple(change for change in changes(self.latest, without_codes(held.content)) if not is_logo(change))

    def since(self, base: str, held: Held) -> tuple[Change, ...]:
        """Return what has changed in the file since it was another one; empty where that one is not remembered."""
        before = self._seen.get(base)
        return tuple(changes(without_codes(before), without_codes(held.content))) if before else ()

    async def draft(self, text: str, base: str, author: str, back: str = "/hall/settings") -> Draft:
        """Return a draft of a text that was checked; HallFileError with all mistakes, Refused if the file changed."""
        held = await self.standing()
        if held.digest != base:
            raise Refused("hall_file_changed")
        content = await self._checked(text)
        changed = await asyncio.to_thread(self._changes, held, content)
        at_once = await asyncio.to_thread(self._at_once, content, author)
        draft = Draft(text, base, author, changed, at_once, text != held.text, back)
        self._drafts[draft.key] = draft
        while len(self._drafts) > MOST_DRAFTS:
            self._drafts.popitem(last=False)
        return draft

    async def confirm(self, key: str, author: str) -> Draft:
        """Take a draft that its author has looked at; a second time it has been taken. Refused where there is none."""
        draft = self._drafts.get(key)
        if draft is None or draft.author != author:
            raise Refused("draft_gone")
        if not draft.is_done:
            draft.at_once = await self.take(draft.text, draft.base, author)
            draft.is_done = True
        return draft

    async def take(self, text: str, base: str, author: str) -> bool:
        """Write a text into the hall file and let it hold; True where at once, False where with the next day.

        The file goes first: a hub that ends in between reads it when it starts. Where the journal does not take it, the
        file becomes what it was. HallFileError; Refused where the file has changed or cannot be written; HubStopped.
        """
        async with self._taking:
            held = await self.standing()
            if held.digest != base:
                raise Refused("hall_file_changed")
            content = await self._checked(text)
            if self._hub.engine.failure is not None:
                raise HubStopped
            path = self.path
            try:
                if text != held.text:
                    await asyncio.to_thread(replace_file, path, text)
                return await self._hub.reload(content, author)
            except OSError as error:
                await asyncio.to_thread(put_back, path, held.text)
                raise Refused("hall_file_unwritable", path=path, why=error.strerror or error) from error
            except AntreanError:
                await asyncio.to_thread(put_back, path, held.text)
                raise

    async def earlier(self, seq: int) -> str:
        """Return the text that makes the hall file say again what it said at a line of the journal; Refused."""
        content = await asyncio.to_thread(history.content_at, self._hub.settings.data, seq)
        if content is None:
            raise Refused("setting_not_found", name=seq)
        held = await self.held()
        try:
            logo = (await self._checked(held.text)).get("ticket", {}).get("logo", "")
        except HallFileError:
            logo = ""
        wanted = history.brought_back(content, held.content, logo)
        return await asyncio.to_thread(rewritten, held.text, wanted)

    async def _checked(self, text: str) -> Content:
        content, hall = await asyncio.to_thread(checked, text, self.path)
        if hall.hall.id != self._hub.state.hall_id:
            raise OtherHall(found=self._hub.state.hall_id, wanted=hall.hall.id)
        return content

    def _at_once(self, content: Content, author: str) -> bool:
        state = self._hub.state
        command = begin_of(state.hall_id, content, author, simulated=state.simulated)
        return not any(isinstance(event, ev.ConfigPlanned) for event in begin(state, command)) and not (
            state.planned and state.planned.digest == command.digest
        )

    def _changes(self, held: Held, content: Content) -> tuple[Change, ...]:
        found = list(changes(self.latest, own_of(without_codes(content))))
        before, after = codes_in(held.content), codes_in(content)
        for kiosk in sorted(before | after):
            if before.get(kiosk) != after.get(kiosk):
                told = [HIDDEN if kiosk in codes else None for codes in (before, after)]
                found.append(Change(("kiosks", f"[{kiosk}]", SECRET), *told))
        return tuple(found)


def is_logo(change: Change) -> bool:
    """Tell whether a change is of the logo: a file has its name, the journal its picture."""
    return change.place == ("ticket", "logo")


def read(path: Path) -> Held:
    """Return a hall file as it stands; HallFileError."""
    text = file_text(path)
    try:
        content = plain(text)
    except (ValueError, RecursionError):
        checked(text, path)
        raise
    return Held(text, digest_of(text), content)


def put_back(path: Path, text: str) -> None:
    """Make a hall file what it was; where the disk does not even take that, the next start reads what is there."""
    with contextlib.suppress(OSError):
        if file_text(path) != text:
            replace_file(path, text)
