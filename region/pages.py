"""The region for people: its pages, their log-in, and the figures as CSV files. Nothing is loaded from elsewhere."""

import asyncio
import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, StreamingResponse

from region import overview
from region.api import SMALL_BODY, Clock
from region.bodies import HallId, body_of
from region.door import SESSION_MS, Door
from region.errors import NoEntry, NoPassword, NotFound, TooManyGuesses
from region.hall_page import hall_page
from region.live import Live
from region.page import framed, page
from region.store import Store, translated
from region.words import LANGUAGES, Words
from sync.wire import WireError
from web.html import Markup, element, hash_of
from web.style import STYLE
from web.table_files import harmless

COOKIE = "antrean_region"
MOST_GUESSES = 20
FIELDS = 8
"""No form has more."""
PIECE = 64 * 1024
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src {hash_of(STYLE)}; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def pages(store: Store, door: Door, clock: Clock, live: Live) -> APIRouter:
    """Return the routes for people; each asks the door first."""
    router = APIRouter(include_in_schema=False)
    router.include_router(files(store, door))
    router.include_router(entrance(door))

    @router.get("/")
    def all_halls(request: Request, lang: str = "id") -> Response:
        """Show all halls."""
        if not may_see(request, door):
            return log_in(lang)
        now_ms, halls = clock(), overview.halls(store)
        now = {hall.stream.hall: told for hall in halls if (told := live.of(hall.stream.hall, now_ms))}
        return html(page(halls, lang, now_ms, *links(Words(lang), door), live=now))

    @router.get("/halls/{hall}")
    def one_hall(request: Request, hall: HallId, lang: str = "id") -> Response:
        """Show one hall."""
        if not may_see(request, door):
            return log_in(lang)
        told = overview.hall_in_full(store, hall)
        if told is None:
            raise NotFound
        now_ms = clock()
        return html(hall_page(told, lang, now_ms, *way_out(Words(lang), door), live=live.of(hall, now_ms)))

    return router


def files(store: Store, door: Door) -> APIRouter:
    """Return the routes of the figures as CSV files."""
    router = APIRouter()

    @router.get("/days.csv")
    def all_days(request: Request) -> Response:
        """Give every day of every hall as a file."""
        check(request, door)
        return file(door.folder, "days.csv", overview.each_row(store, overview.days_query()))

    @router.get("/halls/{hall}/days.csv")
    def days(request: Request, hall: HallId) -> Response:
        """Give every day of a hall as a file."""
        check(request, door)
        return file(door.folder, f"{hall}-days.csv", overview.each_row(store, overview.days_query(hall)))

    @router.get("/halls/{hall}/hours.csv")
    def hours(request: Request, hall: HallId) -> Response:
        """Give every hour of a hall as a file."""
        check(request, door)
        return file(door.folder, f"{hall}-hours.csv", overview.each_row(store, overview.hours_query(hall)))

    return router


class Guesses:
    """Lets one password after another be looked at, and no more wait than can be: pushes have the other threads."""

    def __init__(self) -> None:
        self._turn, self._waiting = asyncio.Semaphore(1), 0

    async def one(self, enter: Callable[[str, str], str], password: str, address: str) -> str:
        """Return what `enter` does; TooManyGuesses where too many wait already."""
        if self._waiting >= MOST_GUESSES:
            raise TooManyGuesses
        self._waiting += 1
        try:
            async with self._turn:
                return await run_in_threadpool(enter, password, address)
        finally:
            self._waiting -= 1


def entrance(door: Door) -> APIRouter:
    """Return the routes of the log-in."""
    router, guesses = APIRouter(), Guesses()

    @router.get("/login")
    def ask(lang: str = "id") -> Response:
        """Ask for the password."""
        return log_in(lang)

    @router.post("/login")
    async def enter(request: Request, lang: str = "id") -> Response:
        """Let in who knows the password."""
        form = parse_qs((await body_of(request, SMALL_BODY)).decode("utf-8", "replace"), max_num_fields=FIELDS)
        address = request.client.host if request.client else ""
        try:
            secret = await guesses.one(door.enter, form.get("password", [""])[0], address)
        except (NoEntry, TooManyGuesses) as error:
            return log_in(lang, error)
        answer = RedirectResponse(f"/?lang={Words(lang).language}", status_code=303, headers=HEADERS)
        is_secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, secret, max_age=SESSION_MS // 1000, httponly=True, samesite="strict", secure=is_secure
        )
        return answer

    @router.post("/logout")
    def leave(request: Request, lang: str = "id") -> Response:
        """End a session."""
        door.leave(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(f"/login?lang={Words(lang).language}", status_code=303, headers=HEADERS)
        answer.delete_cookie(COOKIE)
        return answer

    return router


def may_see(request: Request, door: Door) -> bool:
    """Tell whether a visitor has logged in; NoPassword where none is set: behind a web server all come from here."""
    if not door.has_password:
        raise NoPassword
    return door.knows(request.cookies.get(COOKIE, ""))


def check(request: Request, door: Door) -> None:
    """Raise NoEntry for a visitor who has not logged in."""
    if not may_see(request, door):
        raise NoEntry


def links(words: Words, door: Door) -> list[Markup]:
    """Return the ways from the first page: to the file of all days, and out."""
    return [element("a", words.say("region.csv_days"), href="days.csv"), *way_out(words, door)]


def way_out(words: Words, door: Door) -> list[Markup]:
    """Return the key that ends a session, where there are sessions."""
    if not door.has_password:
        return []
    button = element("button", words.say("region.log_out"), type="submit")
    return [element("form", button, method="post", action=f"/logout?lang={words.language}")]


def log_in(language: str, error: WireError | None = None) -> Response:
    """Return the page that asks for the password, and says why it asks again."""
    words = Words(language)
    name = element("label", words.say("region.password"), for_="password")
    field = Markup('<input type="password" id="password" name="password" autocomplete="current-password" required>')
    button = element("button", words.say("region.enter"), type="submit")
    told = [element("p", words.say(error.key, **error.fields), class_="alarm", role="alert")] if error else []
    form = element(
        "form", *told, name, field, button, method="post", action=f"/login?lang={words.language}", class_="hall"
    )
    return html(framed(words, words.say("region.log_in"), form), error.status if error else NoEntry.status)


def wants_page(request: Request) -> bool:
    """Tell whether a person with a browser asks, and no hall and no program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1/")


def apology(request: Request, error: WireError) -> Response:
    """Return the page that says why there is nothing to see."""
    words = Words(request.query_params.get("lang", LANGUAGES[0]))
    told = element("p", words.say(error.key, **error.fields), class_="lead")
    back = element("a", words.say("region.all_halls"), href=f"/?lang={words.language}")
    way = element("p", back, class_="as-of")
    return html(framed(words, words.say("region.not_shown"), told, way), error.status)


def html(text: str, status: int = 200) -> Response:
    """Return a page."""
    return Response(text, status, HEADERS, "text/html")


def file(folder: Path, name: str, rows: Iterable[Mapping[str, object]]) -> Response:
    """Return rows as a CSV file with a head (RFC 4180, UTF-8); times are milliseconds.

    A text that a spreadsheet would take for a formula is kept from being one. Years of many halls are first written to
    a temporary file in a folder: so they need no memory, and what fails, as on a full disk, is answered as such and not
    as half a file.
    """
    with ExitStack() as until_sent, translated():
        told = until_sent.enter_context(TemporaryFile("w+", encoding="utf-8", newline="", dir=folder))
        writer: csv.DictWriter[str] | None = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(told, list(row))
                writer.writeheader()
            writer.writerow({key: harmless(value) for key, value in row.items()})
        told.seek(0)
        until_sent.pop_all()
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces(told), 200, headers, "text/csv")


def pieces(told: TextIO) -> Iterator[str]:
    """Yield a file's text piece by piece, and close it."""
    with told:
        while piece := told.read(PIECE):
            yield piece
