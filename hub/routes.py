"""The hub's commands over HTTP: who may send which, and what each becomes."""

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from hub import bodies
from hub.access import allowed
from hub.codes import PAIRING_S
from hub.engine import request_of
from hub.hub import Hub
from hub.metrics import Metrics
from hub.rules import commands as cmd
from hub.rules.events import Event
from hub.rules.refusal import Refused
from hub.rules.state import Device, State
from hub.show import counter_view, ticket_view

router = APIRouter(prefix="/v1")
JSON = "application/json"
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


def told(after: State, events: Sequence[Event]) -> dict[str, Any]:
    """Return what a command's answer says: the ticket, counter and print job that its events are about."""
    answer: dict[str, Any] = {}
    for event in events:
        body = event.body()
        if body.get("number") in after.tickets:
            answer["ticket"] = ticket_view(after, after.tickets[body["number"]])
        if body.get("counter") is not None:
            answer["counter"] = counter_view(after, body["counter"])
        if event.kind == "print.queued":
            answer["job"] = body["job"]
    return answer


async def carried_out(request: Request, device: Device, body: bodies.CommandBody, command: cmd.Command) -> Response:
    """Return the answer to a command once it is on disk."""
    started = time.perf_counter()
    hub: Hub = request.app.state.hub
    asked = f"{device.device} {request.scope['path']} {body.model_dump_json()}".encode()
    status, answer = await hub.engine.submit(command, request_of(body.request, asked), told)
    metrics: Metrics = request.app.state.metrics
    metrics.count(type(command).__name__, status, time.perf_counter() - started)
    return Response(answer, status, media_type=JSON)


@router.post("/tickets", **documented(bodies.TicketAnswer))
async def issue(request: Request, body: bodies.IssueBody) -> Response:
    """Issue a ticket; with a kiosk its paper is queued in the same transaction."""
    device = allowed(request, "kiosk", "counter")
    return await carried_out(
        request, device, body, cmd.Issue(body.service, body.ticket_class, body.kiosk, body.language)
    )


@router.post("/tickets/{number}/cancel", **documented(bodies.TicketAnswer))
async def cancel(request: Request, number: str, body: bodies.CommandBody) -> Response:
    """Cancel a waiting ticket; a kiosk may until its printing starts."""
    device = allowed(request, "kiosk", "counter")
    staff = device.role != "kiosk"
    return await carried_out(request, device, body, cmd.Cancel(number, device.device, staff))


@router.post("/counters/{counter}/sign-in", **documented(bodies.CounterAnswer))
async def sign_in(request: Request, counter: int, body: bodies.SignInBody) -> Response:
    """Sign a clerk in at a counter."""
    return await carried_out(request, allowed(request, "counter"), body, cmd.SignIn(counter, body.clerk))


@router.post("/counters/{counter}/pause", **documented(bodies.CounterAnswer))
async def pause(request: Request, counter: int, body: bodies.PauseBody) -> Response:
    """Pause a counter that is free."""
    return await carried_out(request, allowed(request, "counter"), body, cmd.Pause(counter, body.reason))


def at_counter(command: type[cmd.CounterCommand]) -> Callable[..., Awaitable[Response]]:
    """Return the endpoint of a deed that needs nothing but its counter."""

    async def endpoint(request: Request, counter: int, body: bodies.CommandBody) -> Response:
        return await carried_out(request, allowed(request, "counter"), body, command(counter))

    return endpoint


COUNTER_DEEDS: dict[str, type[cmd.CounterCommand]] = {
    "open": cmd.Open,
    "close": cmd.Close,
    "call-next": cmd.CallNext,
    "recall": cmd.Recall,
    "start": cmd.Start,
    "finish": cmd.Finish,
    "miss": cmd.Miss,
}
for deed, deed_command in COUNTER_DEEDS.items():
    router.add_api_route(
        f"/counters/{{counter}}/{deed}",
        at_counter(deed_command),
        methods=["POST"],
        name=deed.replace("-", "_"),
        description=deed_command.__doc__,
        **documented(bodies.CounterAnswer),
    )


@router.post("/print-jobs/{job}/report", **documented(bodies.Written))
async def report_job(request: Request, job: str, body: bodies.JobReportBody) -> Response:
    """Record what became of a print job."""
    device = allowed(request, "printer")
    return await carried_out(request, device, body, cmd.ReportJob(job, body.state, body.proof, body.reason))


@router.post("/printers/{printer}/report", **documented(bodies.Written))
async def report_printer(request: Request, printer: str, body: bodies.PrinterReportBody) -> Response:
    """Record what a printer's state is."""
    return await carried_out(request, allowed(request, "printer"), body, cmd.ReportPrinter(printer, body.status))


@router.post("/devices/codes", **documented(bodies.DeviceCode))
async def pairing_code(request: Request, body: bodies.DeviceCodeBody) -> bodies.DeviceCode:
    """Make a one-time code that pairs a device; for the head alone."""
    allowed(request)
    hub: Hub = request.app.state.hub
    return bodies.DeviceCode(code=hub.pairing.make(body.role, body.device), expires_s=PAIRING_S)


@router.post("/pair", responses={200: {"model": bodies.DeviceToken}, 403: REFUSALS[403], 422: REFUSALS[422]})
async def pair(request: Request, body: bodies.PairBody) -> bodies.DeviceToken:
    """Trade a one-time code for a token."""
    hub: Hub = request.app.state.hub
    found = hub.pairing.take(body.code)
    if found is None:
        raise Refused("code_wrong")
    role, device = found
    return bodies.DeviceToken(device=device, role=role, token=await hub.pair(role, device))


@router.delete("/devices/{device}", **documented(bodies.Written))
async def revoke(request: Request, device: str) -> bodies.Written:
    """Take a device's right away; for the head alone."""
    head = allowed(request)
    hub: Hub = request.app.state.hub
    after = await hub.engine.act(cmd.RevokeDevice(device, head.device))
    return bodies.Written(seq=after.seq)
