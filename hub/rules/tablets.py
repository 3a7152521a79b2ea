"""The survey's tablets: opened by staff, for a month, so many at an agency and not more."""

from itertools import count

from hub.rules import events as ev
from hub.rules.commands import OpenTablet
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import TABLET, Device, Milliseconds, Moment, State

MOST_TABLETS = 20
"""Tablets of one agency, and of the whole hall: with one more the oldest is closed."""
OPEN_MS = 31 * 24 * 3_600_000
"""How long a tablet stays open before staff open it again."""


def open_tablet(state: State, command: OpenTablet, now: Moment) -> list[ev.Event]:
    """Let one more tablet answer, under the first number that is free; those whose time is over are closed."""
    if command.agency and command.agency not in hall_of(state).agency_by_id:
        raise Refused("scope_not_found", scope=f"agency:{command.agency}")
    tablets = [device for device in state.devices.values() if device.is_tablet]
    gone = [device for device in tablets if not is_open(device, now.ms) or device.digest == command.before]
    own = [device for device in tablets if device.agency == command.agency and device not in gone]
    gone += sorted(own, key=lambda device: device.paired_ms)[: max(0, len(own) + 1 - MOST_TABLETS)]
    name = next(name for name in map("tablet-{}".format, count(1)) if name not in state.devices)
    return [
        *(ev.DeviceRevoked(device.device, command.by, device.role) for device in gone),
        ev.DevicePaired(name, TABLET, command.digest, command.by, agency=command.agency),
    ]


def is_open(device: Device, now_ms: Milliseconds) -> bool:
    """Tell whether a device is a tablet on which visitors may answer now."""
    return device.is_tablet and now_ms < device.paired_ms + OPEN_MS
