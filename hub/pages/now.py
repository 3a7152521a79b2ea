"""What the head sees first: how the hall is now."""

from fastapi import APIRouter, Request, Response

from hub.pages.door import entered
from hub.pages.frame import page, words_of

router = APIRouter(include_in_schema=False)


@router.get("/hall")
async def now(request: Request) -> Response:
    """Show how the hall is now."""
    person = entered(request, "supervisor", "viewer")
    return page(request, person, words_of(request).say("hall.tab_now"), tab="now")
