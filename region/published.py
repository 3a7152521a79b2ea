"""What a region's admin keeps ready for each hall: files in the region's folder, so that it is done while it runs."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from config.private import make_private_folder, settle, write_private
from region.errors import NotFound, Unavailable
from sync.manifest import Listed, Manifest, Verdict, check, read, verdict_in
from sync.wire import Garbled, TooBig

FOLDER = "published"
MANIFEST, VERDICT = "manifest.json", "verdict.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The files of every hall in a region's data folder: bytes by their hash, and the signed manifest."""

    data: Path

    def publish(self, hall: str, paths: Sequence[Path], own: Ed25519PrivateKey, now_ms: int) -> Manifest:
        """Keep files ready for a hall in place of those before, and return their manifest; none at all is an empty one.

        Versions only grow, also where the region was restored: the clock in ms, or one more than the last.
        Raises Garbled for a name that no hall takes, TooBig over a limit, Unavailable where the disk does not let us.
        """
        before = self.manifest(hall)
        files = tuple(listed(path) for path in paths)
        check(files)
        manifest = Manifest(hall, max(now_ms, before.version + 1 if before else 1), files)
        folder = self.data / FOLDER / hall
        try:
            make_private_folder(folder)
            for path, each in zip(paths, files, strict=True):
                self._keep(folder, each, path.read_bytes())
            write_private(folder / MANIFEST, orjson.dumps(manifest.told(own)))
            self._clear(folder, {each.sha256 for each in files})
        except OSError as error:
            raise Unavailable(why=FOLDER) from error
        return manifest

    def told(self, hall: str, after: int) -> dict[str, Any] | None:
        """Return a hall's signed manifest, None where there is none that is newer than a version."""
        manifest = self.manifest(hall)
        return self._raw(hall, MANIFEST) if manifest and manifest.version > after else None

    def manifest(self, hall: str) -> Manifest | None:
        """Return a hall's manifest, None where nothing was published; Unavailable where it is damaged."""
        raw = self._raw(hall, MANIFEST)
        if raw is None:
            return None
        try:
            return read(orjson.loads(raw["manifest"]))
        except (KeyError, ValueError, Garbled, TooBig) as error:
            raise Unavailable(why=MANIFEST) from error

    def file(self, hall: str, sha256: str) -> Path:
        """Return the file of a hall with this hash; NotFound where its manifest names none."""
        manifest = self.manifest(hall)
        if manifest is None or sha256 not in {each.sha256 for each in manifest.files}:
            raise NotFound
        return self.data / FOLDER / hall / sha256

    def take(self, hall: str, verdict: Verdict) -> None:
        """Keep what a hall says of a manifest; of two the one about the later manifest counts."""
        manifest, before = self.manifest(hall), self.verdict(hall)
        if manifest is None or verdict.version > manifest.version:
            raise Garbled(why="version")
        if before is not None and before.version > verdict.version:
            return
        try:
            write_private(self.data / FOLDER / hall / VERDICT, json.dumps(asdict(verdict)).encode())
        except OSError as error:
            raise Unavailable(why=FOLDER) from error

    def verdict(self, hall: str) -> Verdict | None:
        """Return what a hall said last, None where it said nothing."""
        raw = self._raw(hall, VERDICT)
        return None if raw is None else verdict_in(raw)

    def _keep(self, folder: Path, each: Listed, content: bytes) -> None:
        """Keep a file's bytes; Garbled where they have become others since they were looked at."""
        if hashlib.sha256(content).hexdigest() != each.sha256:
            raise Garbled(why=each.name)
        if not (folder / each.sha256).exists():
            write_private(folder / each.sha256, content)

    def _clear(self, folder: Path, wanted: set[str]) -> None:
        """Remove the bytes that no manifest names any more."""
        for path in folder.iterdir():
            if path.name not in wanted | {MANIFEST, VERDICT}:
                path.unlink()
        settle(folder)

    def _raw(self, hall: str, name: str) -> dict[str, Any] | None:
        """Return the JSON object in a file, None where there is no file."""
        try:
            raw = orjson.loads((self.data / FOLDER / hall / name).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise Unavailable(why=name) from error
        return raw if isinstance(raw, dict) else {}


def listed(path: Path) -> Listed:
    """Return a file as a manifest names it; Garbled where it cannot be read, TooBig before it is read."""
    try:
        size = path.stat().st_size
        check((Listed(path.name, "0" * 64, size),))
        return Listed(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), size)
    except OSError as error:
        raise Garbled(why=f"{path}: {error.strerror}") from error
