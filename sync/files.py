"""The files that the region keeps ready for a hall: fetched, proved and applied, where the hall wants it.

The hall file goes through the hub, which checks it as every other; pictures and videos go into a folder that is the
region's alone. All of a manifest holds or nothing of it, and a verdict goes back.
"""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from config.errors import AntreanError
from config.load import Content, load, read
from config.mistakes import HallFileError
from config.private import make_private_folder, settle, write_private
from hub.client.http import CommandRefused, HubClient
from sync.holidays import with_holidays
from sync.link import Answer, Link, LinkCut
from sync.manifest import (
    HALL_FILE,
    HOLIDAYS,
    MOST_MISTAKE_LETTERS,
    MOST_MISTAKES,
    TABLES,
    Listed,
    Manifest,
    Replayed,
    Verdict,
    manifest_in,
    verdict_in,
)  # fmt: skip
from sync.wire import Garbled

STATE, COMING, MEDIA = "region-files.json", "region-files", "region-media"
EVERY_S = 300.0
AUTHOR = "region"
JUDGED = (409, 413, 422)
"""With these statuses the hub judges a hall file; all others say something of the hub."""


class FilesUnwritable(AntreanError):
    """The disk does not take the region's files, or does not give them back."""

    key = "sync.files_unwritable"


class FilesUnwilling(AntreanError):
    """The region does not hand out the files; `sentence` says why in its own words."""

    key = "sync.files_unwilling"

    def __init__(self, answer: Answer) -> None:
        super().__init__(status=answer.status, sentence=answer.sentence)


class FilesRefused(AntreanError):
    """The region's files have mistakes, and nothing of them holds; `mistakes` lists them."""

    key = "sync.files_refused"

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(version=verdict.version, mistakes="\n".join(f"  {each}" for each in verdict.mistakes))


@dataclass(frozen=True, slots=True)
class Kept:
    """What a hall remembers: its verdict on the newest manifest it has judged, and whether the region knows it."""

    verdict: Verdict | None = None
    told: bool = False


class Files:
    """The region's files of one hall, whose data lie in `data`; `state` is the folder that remembers them.

    `key` is the region's. `turn` never raises for what a person or time can mend.
    """

    def __init__(
        self, data: Path, state: Path, hall: str, link: Link, key: Ed25519PublicKey,
        hub: Callable[[], HubClient], clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._data, self._state, self._hall, self._link, self._key = data, state, hall, link, key
        self._hub, self._clock, self._asked_at = hub, clock, float("-inf")
        self._trouble: AntreanError | None = None

    def turn(self) -> AntreanError | None:
        """Look for newer files if it is time to; return what stands in the way."""
        if self._clock() - self._asked_at >= EVERY_S:
            self._asked_at = self._clock()
            try:
                self._trouble = self._pull()
            except OSError as error:
                self._trouble = FilesUnwritable(why=error.strerror or error)
            except AntreanError as error:
                self._trouble = error
        return self._trouble

    def _pull(self) -> AntreanError | None:
        """Ask for a newer manifest; fetch, judge and apply it, and tell the region; return the refusal that holds."""
        kept = kept_at(self._state)
        answer = self._link.manifest(self._hall, kept.verdict.version if kept.verdict else 0)
        if answer.status == 200:
            manifest = manifest_in(answer.told, self._hall, self._key)
            if kept.verdict and manifest.version <= kept.verdict.version:
                raise Replayed(version=manifest.version, newest=kept.verdict.version)
            self._tidy(manifest)
            for file in manifest.files:
                self._fetch(file)
            kept = Kept(self._judged(manifest))
            self._keep(kept)
        elif answer.status != 204:
            raise FilesUnwilling(answer)
        if kept.verdict and not kept.told and self._link.tell_verdict(self._hall, asdict(kept.verdict)).status == 204:
            self._keep(replace(kept, told=True))
        return FilesRefused(kept.verdict) if kept.verdict and kept.verdict.mistakes else None

    def _tidy(self, manifest: Manifest) -> None:
        """Remove what came of other manifests, so that files which were never wanted do not fill the disk."""
        folder = self._data / COMING
        make_private_folder(folder)
        wanted = {name for file in manifest.files for name in (file.name, f"{file.sha256}.part")}
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()

    def _fetch(self, file: Listed) -> None:
        """Have a file's bytes in the folder of what is coming, whole and proved, going on where a cut left off."""
        folder = self._data / COMING
        if digest_at(folder / file.name) == file.sha256:
            return
        if digest_at(self._data / MEDIA / file.name) == file.sha256:
            (folder / file.name).unlink(missing_ok=True)
            (folder / file.name).hardlink_to(self._data / MEDIA / file.name)
            return
        draft = folder / f"{file.sha256}.part"
        if not draft.exists() or draft.stat().st_size < file.size:
            with draft.open("a+b") as into:
                answer = self._link.download(self._hall, file, into)
            if answer.status != 200:
                raise FilesUnwilling(answer)
            if draft.stat().st_size < file.size:
                raise LinkCut(url=self._link.url, why=file.name)
        if digest_at(draft) != file.sha256:
            draft.unlink()
            raise Garbled(why=file.name)
        to_disk(draft)
        draft.replace(folder / file.name)
        settle(folder)

    def _judged(self, manifest: Manifest) -> Verdict:
        """Let the hub take the hall file; where it does, let the media hold too. Return what came of it."""
        names = {file.name for file in manifest.files}
        try:
            if names & set(TABLES):
                with_hub = self._hub()
                try:
                    content = self._content(names, with_hub)
                    with_hub.ask("POST", "/v1/hall", {"content": content, "author": AUTHOR})
                finally:
                    with_hub.close()
        except HallFileError as error:
            return refusal(manifest, [each.sentence() for each in error.mistakes])
        except CommandRefused as error:
            if error.status not in JUDGED:
                raise
            return refusal(manifest, str(error.told("id")["sentence"]).splitlines())
        self._show({file.name for file in manifest.files if file.name not in TABLES})
        return Verdict(manifest.version)

    def _content(self, names: set[str], hub: HubClient) -> Content:
        """Return the hall file's content, the hub's own where only holidays came; HallFileError for mistakes."""
        folder = self._data / COMING
        if HALL_FILE in names:
            load(folder / HALL_FILE)
            content = read(folder / HALL_FILE)
        else:
            content = dict(hub.state()["hall"])
        return with_holidays(content, folder / HOLIDAYS) if HOLIDAYS in names else content

    def _show(self, names: set[str]) -> None:
        """Make the folder of media what the manifest says: each new file whole by its name, then the others gone."""
        coming, media = self._data / COMING, self._data / MEDIA
        make_private_folder(media)
        for name in names:
            if (coming / name).exists():
                (coming / name).replace(media / name)
        for path in media.iterdir():
            if path.name not in names:
                path.unlink()
        settle(media)
        for path in coming.iterdir():
            path.unlink()

    def _keep(self, kept: Kept) -> None:
        """Remember."""
        write_private(self._state / STATE, json.dumps(asdict(kept)).encode())


def refusal(manifest: Manifest, mistakes: list[str]) -> Verdict:
    """Return the verdict that a manifest has these mistakes, as far as a verdict has room for them."""
    return Verdict(manifest.version, tuple(each[:MOST_MISTAKE_LETTERS] for each in mistakes[:MOST_MISTAKES]))


def kept_at(state: Path) -> Kept:
    """Return what a hall remembers of the region's files; nothing where that cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, AntreanError):
        raw: dict[str, Any] = json.loads((state / STATE).read_bytes())
        return Kept(verdict_in(raw["verdict"]), raw["told"] is True)
    return Kept()


def digest_at(path: Path) -> str:
    """Return the SHA-256 of a file in hex, empty where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def to_disk(path: Path) -> None:
    """Bring a file's bytes to disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
