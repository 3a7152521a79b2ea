"""Which refusals are counted: numbers that visitors asked for and did not get."""

from hub.rules.commands import Command, Issue
from hub.rules.refusal import Refused
from hub.rules.state import Milliseconds, State, moment
from journal.store import RefusedNumber


def refused_number(state: State, command: Command, refusal: Refused, hall_ms: Milliseconds) -> RefusedNumber | None:
    """Return what is counted of a refusal: none but numbers asked for, of services that are there, outside a trial."""
    hall = state.hall
    if not isinstance(command, Issue) or hall is None or state.trial or command.service not in hall.services:
        return None
    now = moment(hall, hall_ms)
    place = command.kiosk if command.kiosk in hall.kiosk_by_id else command.source
    return RefusedNumber(now.date.isoformat(), now.minute // 60, command.service, refusal.code, place or "", hall_ms)
