"""Callers for measurements: HTTP over a kept connection with as little work of their own as can be."""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Hub:
    """A running hub and a token for it."""

    url: str
    token: str


class Caller:
    """One connection to a hub."""

    def __init__(self, hub: Hub) -> None:
        parts = urlsplit(hub.url)
        self._host, self._port, self._token = parts.hostname or "", parts.port or 80, hub.token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> "Caller":
        """Connect."""
        self._streams = await asyncio.open_connection(self._host, self._port)
        return self

    async def post(self, path: str, body: dict[str, Any]) -> tuple[int, bytes, float]:
        """Send a command under a fresh request id; return its status, its body and the seconds it took."""
        assert self._streams
        reader, writer = self._streams
        content = json.dumps({**body, "request": uuid.uuid4().hex}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        started = time.perf_counter()
        writer.write(head.encode() + content)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        told = await reader.readexactly(length)
        return int(answer[9:12]), told, time.perf_counter() - started

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
