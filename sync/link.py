"""The hall's way to the region over HTTP: one call an exchange, no tries of its own, no redirects."""

import re
from dataclasses import dataclass, field
from io import SEEK_END
from typing import Any, BinaryIO, Protocol

import urllib3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from config.errors import AntreanError
from sync.ending import Ending
from sync.manifest import MOST_TEXT_BYTES, Listed
from sync.signature import ASKED, ENROLLED, PUSHED, public_text, receipt_in, signed
from sync.wire import DIGEST_HEADER, Garbled, Packed, TooBig, answer_in, digest_of, written

CONNECT_S = 5.0
ANSWER_S = 30.0
CHUNK_BYTES = 64 * 1024
Told = dict[str, Any]


class LinkCut(AntreanError):
    """The region did not answer in time, or the link broke; nobody knows yet whether it stored the batch."""

    key = "sync.cut"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the region said: HTTP status, the JSON object (empty where there was none), seconds it asks to wait."""

    status: int
    told: Told = field(default_factory=dict)
    retry_after_s: float | None = None

    @property
    def code(self) -> str:
        """The code of a refusal, for programs."""
        return str(self.told.get("code", f"http_{self.status}"))

    @property
    def sentence(self) -> str:
        """What the region says to people, its code where it says nothing."""
        words = self.told.get("words")
        return str((isinstance(words, dict) and words.get("id")) or self.code)


class Region(Protocol):
    """The region as the push sees it; both calls may raise LinkCut."""

    def held(self, hall: str) -> Answer:
        """Ask how far the region holds a hall's journal."""
        ...

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        """Send a batch."""
        ...


class Link:
    """The region at `url`, for example "http://127.0.0.1:8200", asked with requests that the hall's key signs.

    What it says of how far it holds a journal counts only where `region_key` signed it; else it is Garbled.
    """

    def __init__(
        self,
        url: str,
        key: Ed25519PrivateKey,
        ending: Ending,
        *,
        region_key: Ed25519PublicKey | None = None,
        answer_s: float = ANSWER_S,
    ) -> None:
        self.url = url.rstrip("/")
        self._key, self._region_key = key, region_key
        self._ending = ending
        timeout = urllib3.Timeout(connect=CONNECT_S, read=answer_s)
        self._pool = urllib3.PoolManager(maxsize=1, retries=False, timeout=timeout)

    def enrol(self, hall: str, code: str) -> Answer:
        """Show the hall's public key, with the one-time code that lets it in."""
        content = written({"code": code, "public_key": public_text(self._key.public_key())})
        headers = {"Content-Type": "application/json", DIGEST_HEADER: digest_of(content)}
        return self._exchange("POST", f"/v1/halls/{hall}/key", headers, ENROLLED, content)

    def held(self, hall: str) -> Answer:
        """Ask how far the region holds a hall's journal."""
        return self._vouched(hall, self._exchange("GET", f"/v1/halls/{hall}", {}, ASKED))

    def places(self, hall: str, upto: int) -> Answer:
        """Ask where the journal can be compared with the one that is held, up to a line."""
        return self._exchange("GET", f"/v1/halls/{hall}/places?upto={upto}", {}, ASKED)

    def tell_live(self, hall: str, counts: dict[str, int | None]) -> Answer:
        """Tell how a hall's day stands now, beside its lines."""
        content = written(counts)
        headers = {"Content-Type": "application/json", DIGEST_HEADER: digest_of(content)}
        return self._exchange("POST", f"/v1/halls/{hall}/live", headers, ENROLLED, content)

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        """Send a batch."""
        path = f"/v1/halls/{hall}/epochs/{epoch}/lines?first={first}"
        return self._vouched(hall, self._exchange("POST", path, packed.headers, PUSHED, packed.content))

    def manifest(self, hall: str, after: int) -> Answer:
        """Ask which files the region keeps ready for a hall; 204 where none are newer than a version."""
        return self._exchange("GET", f"/v1/halls/{hall}/files?after={after}", {}, ASKED)

    def tell_verdict(self, hall: str, verdict: dict[str, Any]) -> Answer:
        """Tell what came of a manifest."""
        content = written(verdict)
        headers = {"Content-Type": "application/json", DIGEST_HEADER: digest_of(content)}
        return self._exchange("POST", f"/v1/halls/{hall}/files", headers, ENROLLED, content)

    def download(self, hall: str, file: Listed, into: BinaryIO) -> Answer:
        """Append a file's bytes from where `into` ends, or anew where the region begins anew; LinkCut for a cut.

        Never more than the file may have: TooBig.
        """
        path, there = f"/v1/halls/{hall}/files/{file.sha256}", into.seek(0, SEEK_END)
        headers = signed("GET", path, {"Range": f"bytes={there}-"} if there else {}, ASKED, self._key)
        try:
            with self._ending.exchange():
                answer = self._pool.request(
                    "GET", self.url + path, headers=headers, redirect=False, preload_content=False
                )
                if answer.status not in (200, 206):
                    return Answer(answer.status, told_in(answer.read(MOST_TEXT_BYTES)))
                if answer.status == 200:
                    into.truncate(into.seek(0))
                for chunk in answer.stream(CHUNK_BYTES, decode_content=False):
                    into.write(chunk)
                    if into.tell() > file.size:
                        answer.close()
                        raise TooBig(limit=file.size, unit="bytes")
                answer.release_conn()
        except urllib3.exceptions.HTTPError as error:
            raise LinkCut(url=self.url, why=type(error).__name__) from error
        return Answer(200)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _vouched(self, hall: str, answer: Answer) -> Answer:
        """Return an answer whose receipt, where it is one, the region signed."""
        if answer.status == 200 and self._region_key is not None:
            receipt_in(answer.told, hall, self._region_key)
        return answer

    def _exchange(
        self, method: str, path: str, headers: dict[str, str], components: tuple[str, ...], content: bytes | None = None
    ) -> Answer:
        """Send one signed request and return its answer, whole; LinkCut for anything less."""
        headers = signed(method, path, headers, components, self._key)
        try:
            with self._ending.exchange():
                answer = self._pool.request(method, self.url + path, body=content, headers=headers, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise LinkCut(url=self.url, why=type(error).__name__) from error
        return Answer(answer.status, told_in(answer.data), seconds_in(answer.headers.get("Retry-After", "")))


def told_in(raw: bytes) -> Told:
    """Return an answer's JSON object, empty where it is none."""
    try:
        return answer_in(raw)
    except Garbled:
        return {}


def seconds_in(text: str) -> float | None:
    """Return the whole seconds of a Retry-After, None for a date or nothing: a hall's clock may be wrong."""
    return float(text) if re.fullmatch(r"[0-9]{1,6}", text, re.ASCII) else None
