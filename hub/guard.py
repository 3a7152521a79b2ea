"""The door of the hub: who has no token is turned away before a word is read, and nobody may say too much."""

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Message, Receive, Scope, Send

from config.errors import AntreanError
from config.wording import both
from hub.feed import text_of
from hub.hub import Hub
from hub.pages.door import COOKIE
from hub.pages.sorry import is_visitors, sorry
from web.html import document, element
from web.style import STYLE

PAGES = "/hall/"
"""What begins so is for who has logged in."""
LARGEST_BODY = 64 * 1024
LARGEST_HALL = 2 * 1024 * 1024
FREE = ("/v1/pair", "/hall/login")
LARGEST_ANSWER = 8 * 1024
LARGE = {"/v1/hall": LARGEST_HALL, "/v1/hall/file": LARGEST_HALL, "/hall/settings/import": LARGEST_HALL}


class TooLarge(AntreanError):
    """A body goes on beyond what its address takes."""

    key = "refusal.too_large"


class Guard:
    """Wraps the application: checks the token of commands before their bodies, and bounds every body."""

    def __init__(self, app: FastAPI, hub: Hub) -> None:
        self._app, self._hub, self._sessions = app, hub, app.state.sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        is_free = path in FREE or is_visitors(path)
        limit = LARGEST_ANSWER if is_free else LARGE.get(path, LARGEST_BODY)
        headers = Headers(scope=scope)
        if is_from_elsewhere(headers):
            await self._turn_away(scope, receive, send, 403, "elsewhere")
        elif not is_free and self._stranger(path, headers):
            await (ask_to_enter(send) if path.startswith(PAGES) else refuse(send, 401, "token_missing"))
        elif length_of(headers) > limit:
            await self._turn_away(scope, receive, send, 413, "too_large")
        else:
            await self._bounded(scope, receive, send, limit)

    def _stranger(self, path: str, headers: Headers) -> bool:
        if path.startswith(PAGES):
            return (
                self._sessions.person(cookie_parser(headers.get("cookie", "")).get(COOKIE, ""), self._hub.state) is None
            )
        device = self._hub.device_of(headers.get("authorization", "").removeprefix("Bearer "))
        return device is None or device.is_tablet

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        heard = 0

        async def bounded() -> Message:
            nonlocal heard
            message = await receive()
            heard += len(message.get("body", b""))
            if heard > limit:
                raise TooLarge
            return message

        await self._app(scope, bounded, send)

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send, status: int, code: str) -> None:
        """Send a refusal; a visitor gets it as a page."""
        if not is_visitors(scope["path"]):
            await refuse(send, status, code)
            return
        answer = sorry(Request({**scope, "app": self._app}), status)
        answer.headers["connection"] = "close"
        await answer(scope, receive, send)


def is_from_elsewhere(headers: Headers) -> bool:
    """Tell whether a browser says that a form was sent from another site's page."""
    origin = headers.get("origin", "")
    return bool(origin) and origin.partition("://")[2] != headers.get("host", "")


def length_of(headers: Headers) -> int:
    """Return the length a request announces, 0 where it does not."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() else 0


async def refuse(send: Send, status: int, code: str) -> None:
    """Send a refusal and close the connection: its body has not been read."""
    await last_words(send, status, text_of({"code": code, "words": both(f"refusal.{code}")}), b"application/json")


async def ask_to_enter(send: Send) -> None:
    """Send a page to somebody whose log-in ended while they filled in a form, with the way back in."""
    told = [element("p", said, lang=language) for language, said in both("refusal.not_entered").items()]
    way = element("p", element("a", "/hall/login", href="/hall/login"))
    await last_words(
        send, 401, document("id", "Antrean", STYLE, element("main", *told, way, class_="wide")), b"text/html"
    )


async def last_words(send: Send, status: int, text: str, kind: bytes) -> None:
    """Send an answer and close the connection."""
    body = text.encode()
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
