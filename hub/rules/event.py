"""What an event is, and how it is written to and read from the journal."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, ClassVar, TypeVar

from config.errors import AntreanError
from journal.line import Line


class UnknownEvent(AntreanError):
    """This journal was written by a newer program."""

    key = "error.unknown_event"


class Event:
    """Something that has happened. Its fields are plain JSON values: together they are a line's body."""

    kind: ClassVar[str]
    version: ClassVar[int]
    __slots__ = ()

    def body(self) -> dict[str, Any]:
        """Return the body of this event's line."""
        return {name: getattr(self, name) for name in FIELDS[type(self)]}


EVENTS: dict[tuple[str, int], type[Event]] = {}
FIELDS: dict[type[Event], tuple[str, ...]] = {}
UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By (kind, old version): lifts a body to the next version. Empty as long as there is only version 1."""

E = TypeVar("E", bound=type[Event])


def kind(name: str, version: int = 1) -> Callable[[E], E]:
    """Register an event class under its kind in the journal."""

    def register(event: E) -> E:
        event.kind, event.version = name, version
        EVENTS[name, version] = event
        FIELDS[event] = tuple(part.name for part in fields(event))  # type: ignore[arg-type]
        return event

    return register


def event_of(line: Line) -> Event:
    """Return the event of a line, lifted to its newest version; UnknownEvent where no program here knows it."""
    version, body = line.version, line.body
    while (line.kind, version) in UPCASTERS:
        body = UPCASTERS[line.kind, version](body)
        version += 1
    try:
        return EVENTS[line.kind, version](**body)
    except (KeyError, TypeError) as error:
        raise UnknownEvent(kind=line.kind, version=line.version, seq=line.seq) from error
