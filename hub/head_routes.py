"""The commands of the head of the hall over HTTP, and pairing."""

from fastapi import APIRouter, Request, Response

from hub import bodies
from hub.access import allowed
from hub.carry import REFUSALS, carried_out, documented
from hub.codes import PAIRING_S
from hub.entry import account
from hub.hub import HEAD_DEVICE, Hub
from hub.rules import commands as cmd
from hub.rules.refusal import Refused

router = APIRouter(prefix="/v1")


@router.post("/devices/codes", **documented(bodies.DeviceCode))
async def pairing_code(request: Request, body: bodies.DeviceCodeBody) -> bodies.DeviceCode:
    """Make a one-time code that pairs a device; for the head alone."""
    head = allowed(request)
    if body.device == HEAD_DEVICE:
        raise Refused("head_reserved")
    hub: Hub = request.app.state.hub
    return bodies.DeviceCode(code=hub.pairing.make(body.role, body.device, head.device), expires_s=PAIRING_S)


@router.post("/pair", responses={200: {"model": bodies.DeviceToken}, 403: REFUSALS[403], 422: REFUSALS[422]})
async def pair(request: Request, body: bodies.PairBody) -> bodies.DeviceToken:
    """Trade a one-time code for a token."""
    hub: Hub = request.app.state.hub
    found = hub.pairing.take(body.code)
    if found is None:
        raise Refused("code_wrong")
    role, device, by = found
    return bodies.DeviceToken(device=device, role=role, token=await hub.pair(role, device, by))


@router.delete("/devices/{device}", **documented(bodies.Written))
async def revoke(request: Request, device: str) -> bodies.Written:
    """Take a device's right away; for the head alone."""
    head = allowed(request)
    if device == HEAD_DEVICE:
        raise Refused("head_reserved")
    hub: Hub = request.app.state.hub
    after = await hub.engine.act(cmd.RevokeDevice(device, head.device))
    return bodies.Written(seq=after.seq)


@router.post("/services/{service}/pause", **documented(bodies.Written))
async def pause_service(request: Request, service: str, body: bodies.ServicePauseBody) -> Response:
    """Let a service give no numbers for a while; those given stay valid."""
    head = allowed(request)
    command = cmd.PauseService(service, body.reason, body.until_ms, head.device)
    return await carried_out(request, head, body, command)


@router.post("/services/{service}/resume", **documented(bodies.Written))
async def resume_service(request: Request, service: str, body: bodies.CommandBody) -> Response:
    """Let a service give numbers again."""
    head = allowed(request)
    return await carried_out(request, head, body, cmd.ResumeService(service, head.device))


@router.post("/force", **documented(bodies.Written))
async def force(request: Request, body: bodies.ForceBody) -> Response:
    """Open or close the hall, an agency or a service against its hours, or let the hours rule again."""
    head = allowed(request)
    command = cmd.Force(body.scope, body.mode, body.reason, body.until_ms, head.device)
    return await carried_out(request, head, body, command)


@router.post("/quota", **documented(bodies.Written))
async def set_quota(request: Request, body: bodies.QuotaBody) -> Response:
    """Change how many numbers a service gives today."""
    head = allowed(request)
    return await carried_out(request, head, body, cmd.SetQuota(body.service, body.quota, head.device))


@router.post("/assign", **documented(bodies.CounterAnswer))
async def assign_counter(request: Request, body: bodies.AssignBody) -> Response:
    """Change which services a counter serves today."""
    head = allowed(request)
    return await carried_out(request, head, body, cmd.AssignCounter(body.counter, tuple(body.services), head.device))


@router.post("/trial", **documented(bodies.Written))
async def trial(request: Request, body: bodies.TrialBody) -> Response:
    """Start or end trial mode: tickets are marked so, outside figures and quotas."""
    head = allowed(request)
    return await carried_out(request, head, body, cmd.SetTrial(body.on, head.device))


@router.post("/epochs", **documented(bodies.EpochAnswer))
async def open_epoch(request: Request, body: bodies.EpochBody) -> Response:
    """Open a new epoch: this hall was restored, cloned or replaced, and region and hall share the lines up to one."""
    head = allowed(request)
    return await carried_out(request, head, body, cmd.OpenEpoch(body.reason, body.common, body.after))


@router.post("/hall", **documented(bodies.HallTaken))
async def reload(request: Request, body: bodies.HallBody) -> bodies.HallTaken:
    """Take a changed hall file: at once, or with the next day where today's tickets need what it no longer has."""
    head = allowed(request)
    hub: Hub = request.app.state.hub
    return bodies.HallTaken(at_once=await hub.reload(body.content, body.author or head.device))


@router.post("/clerks", **documented(bodies.Written))
async def add_clerk(request: Request, body: bodies.ClerkBody) -> Response:
    """Let a clerk sign in with a PIN, or give a new one."""
    head = allowed(request)
    hub: Hub = request.app.state.hub
    command = await account(hub, body, head.device)
    return await carried_out(request, head, body, command)


@router.delete("/clerks/{clerk}", **documented(bodies.Written))
async def remove_clerk(request: Request, clerk: str) -> bodies.Written:
    """Let a clerk sign in no more."""
    head = allowed(request)
    hub: Hub = request.app.state.hub
    after = await hub.engine.act(cmd.RemoveClerk(clerk, head.device))
    return bodies.Written(seq=after.seq)
