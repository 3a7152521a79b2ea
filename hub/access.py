"""Who may do what: a device's token tells its role."""

from fastapi import Request
from starlette.datastructures import Headers

from config.errors import AntreanError
from hub.hub import Hub
from hub.rules.state import Device

BEARER = "Bearer "


class Stranger(AntreanError):
    """The request has no token of a device that is paired."""

    key = "refusal.token_missing"


class NotAllowed(AntreanError):
    """The device's role may not do this."""

    key = "refusal.role"


def token_of(headers: Headers) -> str:
    """Return the token of an Authorization header, "" where there is none."""
    value = headers.get("authorization", "")
    return value.removeprefix(BEARER) if value.startswith(BEARER) else ""


def allowed(request: Request, *roles: str) -> Device:
    """Return the device that asks, where its role is one of these or the head's; Stranger or NotAllowed otherwise."""
    hub: Hub = request.app.state.hub
    device = hub.device_of(token_of(request.headers))
    if device is None:
        raise Stranger
    if device.role != "head" and device.role not in roles:
        raise NotAllowed
    return device
