"""The log-in of the hall's page, by staff code and PIN."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from hub.pages.door import COOKIE, SESSION_S, Sessions
from hub.pages.frame import HEADERS, button, field, form, form_of, hub_of, page, refused, words_of
from hub.pages.guesses import Guesses
from hub.rules.refusal import Refused

LONGEST_CODE = 32
LONGEST_PIN = 12

router = APIRouter(prefix="/hall", include_in_schema=False)


@router.get("/login")
async def ask(request: Request) -> Response:
    """Ask who wants to see the page."""
    return log_in(request)


@router.post("/login")
async def enter(request: Request) -> Response:
    """Let in whose PIN is right and whose role has a page."""
    told = await form_of(request)
    try:
        name, pin = told.get("clerk", "")[:LONGEST_CODE], told.get("pin", "")[:LONGEST_PIN]
        guesses: Guesses = request.app.state.guesses
        clerk = await guesses.checked(hub_of(request), name, pin, request.client.host if request.client else "")
    except Refused as error:
        return log_in(request, error)
    sessions: Sessions = request.app.state.sessions
    answer = RedirectResponse("/hall", status_code=303, headers=HEADERS)
    is_secure = request.url.scheme == "https"
    secret = sessions.begin(clerk)
    answer.set_cookie(COOKIE, secret, max_age=SESSION_S, httponly=True, samesite="strict", secure=is_secure)
    return answer


@router.post("/logout")
async def leave(request: Request) -> Response:
    """End the session."""
    sessions: Sessions = request.app.state.sessions
    sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/hall/login", status_code=303, headers=HEADERS)
    answer.delete_cookie(COOKIE)
    return answer


def log_in(request: Request, error: Refused | None = None) -> Response:
    """Return the page that asks for staff code and PIN, and says why it asks again."""
    words = words_of(request)
    told = [refused(words, error)] if error else []
    entry = form(
        "/hall/login",
        field(words.say("hall.staff_code"), "clerk", required="required", autocomplete="username", maxlength="32"),
        field(words.say("hall.pin"), "pin", kind="password", required="required", inputmode="numeric",
              autocomplete="current-password", maxlength="12"),
        button(words.say("hall.enter")),
        class_="hall",
    )  # fmt: skip
    return page(request, None, words.say("hall.log_in"), *told, entry, status=error.status if error else 200)
