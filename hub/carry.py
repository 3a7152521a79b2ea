"""What all of the hub's routes share: their documents, their answers, and how a command is carried out."""

import time
from collections.abc import Sequence
from typing import Any

from fastapi import Request, Response

from hub import bodies
from hub.client.http import TIME_HEADER
from hub.engine import Tell, request_of
from hub.hub import Hub
from hub.metrics import Metrics
from hub.rules import commands as cmd
from hub.rules.event import Event
from hub.rules.state import Device, State
from hub.show import counter_view, ticket_view

JSON = "application/json"
SECRET = {"pin", "text"}
"""What not even the digest of a request may hold: who guesses the text could prove it."""
BEARER: dict[str, Any] = {"security": [{"bearer": []}]}
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": bodies.Refusal, "description": text}
    for status, text in {
        401: "This device is not paired",
        403: "This device may not do that",
        404: "There is no such thing in this hall today",
        409: "The rules say no",
        422: "The body is not as it should be",
        503: "The hub cannot write any more",
    }.items()
}


def documented(answer: type[Any]) -> dict[str, Any]:
    """Return the arguments of a route that document its answer and refusals."""
    return {"responses": {200: {"model": answer}, **REFUSALS}, "openapi_extra": BEARER}


def told_of(command: cmd.Command) -> Tell:
    """Return what makes a command's answer: of its own counter the newest, of a ticket the first that is meant."""
    counter = getattr(command, "counter", None) if isinstance(command, (cmd.CounterCommand, cmd.SignIn)) else None

    def tell(after: State, events: Sequence[Event]) -> dict[str, Any]:
        if counter is not None:
            return told(after, [event for event in events if event.body().get("counter") == counter])
        first = next((event.body()["number"] for event in events if event.body().get("number")), None)
        return told(after, [event for event in events if event.body().get("number") == first])

    return tell


def told(after: State, events: Sequence[Event]) -> dict[str, Any]:
    """Return what an answer says: the ticket, counter and print job that these events are about."""
    answer: dict[str, Any] = {}
    for event in events:
        body = event.body()
        if body.get("number") in after.tickets:
            answer["ticket"] = ticket_view(after, after.tickets[body["number"]])
        if body.get("counter") is not None:
            answer["counter"] = counter_view(after, body["counter"])
        if event.kind == "epoch.opened":
            answer["epoch"] = body["epoch"]
        if event.kind == "print.queued":
            answer |= {"job": body["job"], "printer": body["printer"]}
    return answer


async def carried_out(request: Request, device: Device, body: bodies.CommandBody, command: cmd.Command) -> Response:
    """Return the answer to a command once it is on disk."""
    started = time.perf_counter()
    hub: Hub = request.app.state.hub
    if hub.settings.simulated and device.role == "head":
        hub.set_time(request.headers.get(TIME_HEADER, ""))
    asked = f"{device.device} {request.scope['path']} {body.model_dump_json(exclude=SECRET)}".encode()
    status, answer = await hub.engine.submit(command, request_of(body.request, asked), told_of(command))
    metrics: Metrics = request.app.state.metrics
    metrics.count(type(command).__name__, status, time.perf_counter() - started)
    return Response(answer, status, media_type=JSON)
