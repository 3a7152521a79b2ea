"""Whose PIN is right: at a counter, and on the page of the hall."""

from hub import bodies
from hub.hub import Hub
from hub.rules import commands as cmd
from hub.rules.refusal import Refused
from hub.rules.state import Clerk

LEAST_PIN = 6
"""Digits of a PIN that opens the hall's page: who guesses it needs no counter."""


async def sign_in_checked(hub: Hub, clerk: str, pin: str | None) -> None:
    """Raise Refused where a clerk may not sign in at a counter.

    A hall without registered clerks asks nobody for a PIN but those it knows; a viewer serves nowhere.
    """
    known = hub.state.clerks.get(clerk)
    if known is None and not hub.state.asks_for_pins:
        return
    if known is None or known.role == "viewer":
        raise Refused("clerk_unknown", clerk=clerk)
    await pin_checked(hub, clerk, pin)


async def pin_checked(hub: Hub, clerk: str, pin: str | None) -> Clerk:
    """Return whom a PIN belongs to; Refused where it is wrong. Too many wrong ones in a row lock the clerk out."""
    if clerk not in hub.state.clerks:
        raise Refused("clerk_unknown", clerk=clerk)
    async with hub.pins.one_at_a_time(clerk):
        known = hub.state.clerks.get(clerk)
        if known is None:
            raise Refused("clerk_unknown", clerk=clerk)
        left_ms = known.locked_ms - hub.clock.now().hall_ms
        if left_ms > 0:
            raise Refused("clerk_locked", seconds=left_ms // 1000 + 1)
        if pin is not None and await hub.pins.right(hub.state, clerk, pin):
            return known
        if hub.pins.too_many(clerk):
            await hub.engine.act(cmd.LockClerk(clerk))
    raise Refused("pin_wrong")


async def account(hub: Hub, body: bodies.ClerkBody, by: str) -> cmd.AddClerk:
    """Return the command that lets a clerk sign in with a PIN; Refused where it is too short for the hall's page."""
    if body.role != "clerk" and len(body.pin) < LEAST_PIN:
        raise Refused("pin_short", count=LEAST_PIN)
    return cmd.AddClerk(body.clerk, await hub.pins.hashed(body.pin), by, body.role, body.agency)
