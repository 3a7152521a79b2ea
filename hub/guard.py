"""The door of the hub: who has no token is turned away before a word is read, and nobody may say too much."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.errors import AntreanError
from config.wording import both
from hub.feed import text_of
from hub.hub import Hub

LARGEST_BODY = 64 * 1024
LARGEST_HALL = 2 * 1024 * 1024
FREE = ("/v1/pair",)
LARGE = {"/v1/hall": LARGEST_HALL}


class TooLarge(AntreanError):
    """A body goes on beyond what its address takes."""

    key = "refusal.too_large"


class Guard:
    """Wraps the application: checks the token of commands before their bodies, and bounds every body."""

    def __init__(self, app: ASGIApp, hub: Hub) -> None:
        self._app, self._hub = app, hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        limit = LARGE.get(scope["path"], LARGEST_BODY)
        headers = Headers(scope=scope)
        if scope["path"] not in FREE and self._stranger(headers):
            await refuse(send, 401, "token_missing")
        elif length_of(headers) > limit:
            await refuse(send, 413, "too_large")
        else:
            await self._bounded(scope, receive, send, limit)

    def _stranger(self, headers: Headers) -> bool:
        return self._hub.device_of(headers.get("authorization", "").removeprefix("Bearer ")) is None

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        heard = 0

        async def bounded() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > limit:
                raise TooLarge
            return message

        try:
            await self._app(scope, bounded, send)
        except TooLarge:
            await refuse(send, 413, "too_large")


def length_of(headers: Headers) -> int:
    """Return the length a request announces, 0 where it does not."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


async def refuse(send: Send, status: int, code: str) -> None:
    """Send a refusal and close the connection: its body has not been read."""
    body = text_of({"code": code, "words": both(f"refusal.{code}")}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
