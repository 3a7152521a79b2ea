"""The hall's way to the region over HTTP: one call an exchange, no tries of its own, no redirects."""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

import urllib3

from config.errors import AntreanError
from sync.ending import Ending
from sync.wire import Garbled, Packed, answer_in

CONNECT_S = 5.0
ANSWER_S = 30.0
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


class Region(Protocol):
    """The region as the push sees it; both calls may raise LinkCut."""

    def held(self, hall: str) -> Answer:
        """Ask how far the region holds a hall's journal."""
        ...

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        """Send a batch."""
        ...


class Link:
    """The region at `url`, for example "http://127.0.0.1:8200", reached with the token it gave out."""

    def __init__(self, url: str, token: str, ending: Ending, *, answer_s: float = ANSWER_S) -> None:
        self.url = url.rstrip("/")
        self._authorization = {"Authorization": f"Bearer {token}"}
        self._ending = ending
        timeout = urllib3.Timeout(connect=CONNECT_S, read=answer_s)
        self._pool = urllib3.PoolManager(maxsize=1, retries=False, timeout=timeout)

    def held(self, hall: str) -> Answer:
        """Ask how far the region holds a hall's journal."""
        return self._exchange("GET", f"/v1/halls/{hall}", {}, None)

    def push(self, hall: str, epoch: int, first: int, packed: Packed) -> Answer:
        """Send a batch."""
        path = f"/v1/halls/{hall}/epochs/{epoch}/lines?first={first}"
        return self._exchange("POST", path, packed.headers, packed.content)

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def _exchange(self, method: str, path: str, headers: dict[str, str], content: bytes | None) -> Answer:
        """Send one request and return its answer, whole; LinkCut for anything less."""
        try:
            with self._ending.exchange():
                answer = self._pool.request(
                    method, self.url + path, body=content, headers=headers | self._authorization, redirect=False
                )
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
