"""Which files a region keeps ready for a hall, signed: hall file, holidays, pictures and videos. Both ends share this.

A manifest is signed as the exact text that travels, so that nobody needs a canonical JSON. `docs/protocol.md` says
all of it.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.signature import key_id
from sync.wire import HASH, MOST_LINES, Garbled, TooBig, WireError

HALL_FILE, HOLIDAYS = "hall.toml", "holidays.toml"
TABLES = (HALL_FILE, HOLIDAYS)
MEDIA = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(png|jpe?g|webp|mp4|webm|mkv|mov|avi)", re.ASCII | re.IGNORECASE)
MOST_FILES = 64
MOST_TEXT_BYTES = 64 * 1024
MOST_TABLE_BYTES = 1_000_000
MOST_MEDIA_BYTES = 64 * 1024 * 1024
MOST_BYTES = 512 * 1024 * 1024
MOST_ANSWER_BYTES = 128 * 1024
MOST_MISTAKES, MOST_MISTAKE_LETTERS = 100, 300
STATEMENT = "antrean-manifest/1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a manifest: its name, the SHA-256 of its bytes in hex, and how many they are."""

    name: str
    sha256: str
    size: int

    @property
    def limit(self) -> int:
        """How large a file of this name may be."""
        return MOST_TABLE_BYTES if self.name in TABLES else MOST_MEDIA_BYTES


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a hall is to have; a later manifest has a higher version."""

    hall: str
    version: int
    files: tuple[Listed, ...]

    def text(self) -> str:
        """Return the text that is signed and travels."""
        return orjson.dumps(asdict(self)).decode()

    def told(self, key: Ed25519PrivateKey) -> dict[str, Any]:
        """Return the manifest as it stands in an answer's JSON, signed with the region's key."""
        text = self.text()
        signature = base64.b64encode(key.sign(statement(text))).decode()
        return {"manifest": text, "key": key_id(key.public_key()), "signature": signature}


def statement(text: str) -> bytes:
    """Return the exact bytes that are signed."""
    return f"{STATEMENT}\n{text}".encode()


def manifest_in(told: Mapping[str, Any], hall: str, key: Ed25519PublicKey) -> Manifest:
    """Return the manifest in an answer.

    Garbled where it is none, is another hall's, or was not signed with that key; TooBig over a limit.
    """
    text = told.get("manifest")
    if not isinstance(text, str) or len(text) > MOST_TEXT_BYTES:
        raise Garbled(why="manifest")
    try:
        key.verify(base64.b64decode(str(told.get("signature")), validate=True), statement(text))
        manifest = read(orjson.loads(text))
    except (ValueError, WrongSignature) as error:
        raise Garbled(why="signature") from error
    if manifest.hall != hall:
        raise Garbled(why="hall")
    return manifest


def read(raw: Any) -> Manifest:
    """Return the manifest that a JSON value is; Garbled where it is none, TooBig over a limit."""
    try:
        files = tuple(Listed(each["name"], each["sha256"], each["size"]) for each in raw["files"])
        manifest = Manifest(raw["hall"], raw["version"], files)
    except (TypeError, KeyError, AttributeError) as error:
        raise Garbled(why="manifest") from error
    if type(manifest.version) is not int or not 0 < manifest.version < MOST_LINES:
        raise Garbled(why="version")
    check(files)
    return manifest


def check(files: tuple[Listed, ...]) -> None:
    """Refuse a name or a hash that is none, a name that is there twice, and what is too large."""
    for each in files:
        if not all(isinstance(text, str) for text in (each.name, each.sha256)) or not HASH.fullmatch(each.sha256):
            raise Garbled(why="files")
        if each.name not in TABLES and not MEDIA.fullmatch(each.name):
            raise Garbled(why=f"files: {each.name[:100]!r}")
        if type(each.size) is not int or each.size < 0:
            raise Garbled(why="size")
        if each.size > each.limit:
            raise TooBig(limit=each.limit, unit="bytes")
    if len({each.name.lower() for each in files}) != len(files):
        raise Garbled(why="files")
    if len(files) > MOST_FILES or sum(each.size for each in files) > MOST_BYTES:
        raise TooBig(limit=MOST_BYTES, unit="bytes")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a hall says of a manifest: it is applied, or it is not for these mistakes, each a sentence."""

    version: int
    mistakes: tuple[str, ...] = ()


def verdict_in(told: Mapping[str, Any]) -> Verdict:
    """Return what a hall says; Garbled where it says something else."""
    version, mistakes = told.get("version"), told.get("mistakes")
    if type(version) is not int or not 0 < version < MOST_LINES or not isinstance(mistakes, list):
        raise Garbled(why="version")
    if len(mistakes) > MOST_MISTAKES or not all(isinstance(each, str) for each in mistakes):
        raise Garbled(why="mistakes")
    return Verdict(version, tuple(each[:MOST_MISTAKE_LETTERS] for each in mistakes))


class Replayed(WireError):
    """The manifest is older than one this hall has seen."""

    key = "sync.replayed"
    code = "replayed"
