"""What a key of a keypad stands for, and what its display shows. Pure; the hub decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from config.hall import TicketForm
from counter.keypad.protocol import Code
from hub.client.views import CounterState, TicketView

NUMBER = re.compile(r"([A-Za-z]{0,2})([0-9]{1,4})")
CODES: Mapping[str, Code] = {
    "nobody_waiting": "EMPTY",
    "nothing_called": "EMPTY",
    "nothing_serving": "EMPTY",
    "counter_not_open": "CLOSED",
    "not_signed_in": "CLOSED",
    "counter_busy": "BUSY",
    "already_open": "BUSY",
    "recall_too_soon": "BUSY",
    "miss_too_soon": "BUSY",
    "miss_too_early": "BUSY",
    "visitor_elsewhere": "BUSY",
    "hub_stopped": "BUSY",
}
"""What a keypad is told of the hub's refusals; all others are BAD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One counter as the hub told it last: the ticket that is there, how many wait whom it may call.

    `letter` and `services` are those of its agency, in the order of the hall file; `form` is how numbers are written.
    """

    counter: int
    state: CounterState
    ticket: TicketView | None
    waiting: int
    letter: str
    services: tuple[str, ...]
    form: TicketForm
    all_services: frozenset[str] = frozenset()
    language: str = "id"


@dataclass(frozen=True, slots=True)
class Step:
    """One command to the hub."""

    path: str
    body: dict[str, Any] = field(default_factory=dict)


def steps(key: str, sight: Sight, *, clerk: str | None, reason: str) -> tuple[Step, ...] | Code:
    """Return the commands that a key stands for, in their order, or why there are none.

    A keypad needs no key that starts the service: F and P start it where the visitor was only called. With a `clerk`
    N and C open a counter that is closed or paused. `reason` is kept where a number is called out of its order.
    """
    match key[:1], key[1:]:
        case "N", "":
            return (*opening(sight, clerk), at(sight, "call-next"))
        case "R", "":
            return (at(sight, "recall"),)
        case "S", "":
            return (at(sight, "miss"),)
        case "B", "":
            return (at(sight, "start"),)
        case "F", "":
            return (*beginning(sight), at(sight, "finish"))
        case "P", "":
            return (*beginning(sight), at(sight, "hold"))
        case "T", service:
            return transfer(sight, service)
        case "C", number:
            return call_number(sight, number, clerk, reason)
    return "BAD"


def call_number(sight: Sight, typed: str, clerk: str | None, reason: str) -> tuple[Step, ...] | Code:
    """Return how a certain number is called out of its order."""
    number = number_of(typed, sight)
    if number is None:
        return "BAD"
    return *opening(sight, clerk), at(sight, "call-number", number=number, reason=reason)


def at(sight: Sight, deed: str, **body: str) -> Step:
    """Return a deed at the counter."""
    return Step(f"/v1/counters/{sight.counter}/{deed}", body)


def opening(sight: Sight, clerk: str | None) -> tuple[Step, ...]:
    """Return how the clerk signs in and opens the counter, nothing where it is open or nobody is named."""
    if clerk is None or sight.state == "open":
        return ()
    return at(sight, "sign-in", clerk=clerk), at(sight, "open")


def beginning(sight: Sight) -> tuple[Step, ...]:
    """Return the start of the service where the visitor was only called."""
    is_called = sight.ticket is not None and sight.ticket["state"] == "called"
    return (at(sight, "start"),) if is_called else ()


def transfer(sight: Sight, wanted: str) -> tuple[Step, ...] | Code:
    """Return how the ticket at the counter goes on to another service."""
    service = service_of(wanted, sight)
    if service is None:
        return "BAD"
    if sight.ticket is None:
        return "EMPTY"
    return (Step(f"/v1/tickets/{sight.ticket['number']}/transfer", {"service": service}),)


def service_of(wanted: str, sight: Sight) -> str | None:
    """Return a service by its id in the hall file, or by its place among those of the counter's agency, from 1."""
    if wanted in sight.all_services:
        return wanted
    place = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    return sight.services[place - 1] if 1 <= place <= len(sight.services) else None


def number_of(typed: str, sight: Sight) -> str | None:
    """Return a typed number as it is written, "17" as "A017"; without letters it is one of the counter's agency."""
    found = NUMBER.fullmatch(typed)
    return sight.form.number(found[1].upper() or sight.letter, int(found[2])) if found else None


def code_of(refusal: str) -> Code:
    """Return what a keypad is told of a refusal of the hub."""
    return CODES.get(refusal, "BAD")


def display(number: str | None, sight: Sight | None) -> str:
    """Return what a keypad shows after a press: the number at the counter, or how many wait."""
    return number or str(sight.waiting if sight else 0)
