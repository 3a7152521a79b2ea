"""What people on the page do: a form becomes an act's body, and the act is carried out under their name."""

import typing
from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from config.wording import Words
from hub.acts import ACTS, Act
from hub.bodies import CommandBody
from hub.carry import SECRET, told_of
from hub.engine import request_of
from hub.hub import Hub
from hub.pages.door import NotYours, Person, entered
from hub.pages.frame import alarm, back_to, fields_of, hub_of, page, words_of
from hub.rules.days import until_of
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from web.html import element

KEPT_EMPTY = ("reason",)
"""Fields that say something when they are empty."""

router = APIRouter(prefix="/hall", include_in_schema=False)


@router.post("/acts/{name}")
async def do(request: Request, name: str) -> Response:
    """Carry an act out and go back to where its form stood; a refusal says why and changes nothing."""
    person = entered(request, "supervisor")
    act = ACTS.get(name)
    if act is None:
        raise NotYours
    fields = await fields_of(request)
    back = back_of(fields)
    try:
        check_day(fields, hub_of(request))
        body = body_of(act.body, fields, hub_of(request))
        status, words = await carried(hub_of(request), act, body, person)
    except ValidationError as error:
        return no(request, person, misread(words_of(request), error), back, 422)
    except Refused as refusal:
        return no(request, person, refusal.words[words_of(request).language], back, refusal.status)
    if status != 200:
        return no(request, person, words[words_of(request).language], back, status)
    return back_to(back)


async def carried(hub: Hub, act: Act, body: CommandBody, person: Person) -> tuple[int, dict[str, str]]:
    """Return the status of an act and, where it was refused, the sentences; NotYours where it is not the person's."""
    if not person.may_touch(act.agency(hub.state, body)):
        raise NotYours
    command = await act.command(hub, body, person.name)
    asked = f"{person.name} {type(body).__name__} {body.model_dump_json(exclude=SECRET)}".encode()
    status, answer = await hub.engine.submit(command, request_of(body.request, asked), told_of(command))
    return status, {} if status == 200 else orjson.loads(answer)["words"]


def check_day(fields: Sequence[tuple[str, str]], hub: Hub) -> None:
    """Refuse the form of a ticket of another day: its number is somebody else's today."""
    if dict(fields).get("day", hub.state.date) != hub.state.date:
        raise Refused("form_of_other_day")


def body_of(kind: type[CommandBody], fields: Sequence[tuple[str, str]], hub: Hub) -> CommandBody:
    """Return the body that a form's fields are; an empty field is one that was not filled in."""
    told: dict[str, Any] = {}
    for name, value in fields:
        if name == "until":
            told["until_ms"] = until_of(hall_of(hub.state), value, hub.clock.now().hall_ms)
        elif name in kind.model_fields and typing.get_origin(plain_type(kind, name)) is list:
            told.setdefault(name, []).append(value)
        elif name in kind.model_fields and (value or name in KEPT_EMPTY):
            told[name] = value
    return kind(**{name: value for name, value in told.items() if value is not None})


def plain_type(kind: type[CommandBody], name: str) -> Any:
    """Return the type of a body's field, without what bounds it."""
    return kind.model_fields[name].annotation


def back_of(fields: Sequence[tuple[str, str]]) -> str:
    """Return the page of ours that a form wants to go back to."""
    back = dict(fields).get("back", "")
    return back if back.startswith("/hall") and not set(back) & set("\\\r\n:") else "/hall"


def misread(words: Words, error: ValidationError) -> str:
    """Return which fields of a form could not be used."""
    names = dict.fromkeys(str(found["loc"][0]) for found in error.errors() if found["loc"])
    return words.say("hall.misread", fields=", ".join(words.say(f"hall.field_{name}") for name in names))


def no(request: Request, person: Person, sentence: str, back: str, status: int) -> Response:
    """Return the page that says why an act was refused, and that nothing has changed."""
    words = words_of(request)
    way = element("p", element("a", words.say("hall.back"), href=back), class_="as-of")
    nothing = element("p", words.say("hall.nothing_changed"), class_="lead")
    return page(request, person, words.say("hall.refused"), alarm(sentence), nothing, way, status=status)
