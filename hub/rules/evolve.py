"""How each event changes what the hub knows. Pure, and fed by events alone."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from hub.rules import evolve_hall, evolve_print, evolve_tickets, evolve_today
from hub.rules.event import Event
from hub.rules.state import Happened, State

EVOLVE: dict[type[Event], Callable[[State, Any, Happened], dict[str, Any]]] = {
    **evolve_hall.EVOLVE,
    **evolve_tickets.EVOLVE,
    **evolve_print.EVOLVE,
    **evolve_today.EVOLVE,
}


def evolve(state: State, happened: Happened) -> State:
    """Return what the hub knows after an event."""
    change = EVOLVE[type(happened.event)](state, happened.event, happened)
    return replace(state, seq=happened.seq, hall_ms=happened.hall_ms, **change)


def evolve_all(state: State, happenings: Iterable[Happened]) -> State:
    """Return what the hub knows after events in their order."""
    for happened in happenings:
        state = evolve(state, happened)
    return state
