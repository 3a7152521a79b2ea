"""What a hall is: its tables together, and quick ways from one to the other."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic.dataclasses import dataclass

from config.devices import STRICT, Kiosk, Printer, Screen
from config.tables import (
    CLASSES,
    Agency,
    Break,
    ClassRule,
    Counter,
    Holiday,
    Identity,
    Notice,
    Policy,
    Service,
    SpecialHours,
    Sync,
    TicketClass,
    TicketForm,
    WeekdayHours,
    Zone,
)

__all__ = [
    "CLASSES",
    "Agency",
    "Break",
    "ClassRule",
    "Counter",
    "Hall",
    "Holiday",
    "Identity",
    "Kiosk",
    "Notice",
    "Policy",
    "Printer",
    "Screen",
    "Service",
    "SpecialHours",
    "Sync",
    "TicketClass",
    "TicketForm",
    "WeekdayHours",
    "Zone",
]


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Hall:
    """A whole hall file. Made by `config.load`, which also checks what one table says about another."""

    hall: Identity
    hours: tuple[WeekdayHours, ...]
    zones: tuple[Zone, ...]
    agencies: tuple[Agency, ...]
    counters: tuple[Counter, ...]
    ticket: TicketForm = TicketForm()
    policy: Policy = Policy()
    classes: Mapping[TicketClass, ClassRule] = field(default_factory=dict)
    hours_special: tuple[SpecialHours, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    notices: tuple[Notice, ...] = ()
    screens: tuple[Screen, ...] = ()
    kiosks: tuple[Kiosk, ...] = ()
    printers: tuple[Printer, ...] = ()
    sync: Sync = Sync()

    @cached_property
    def timezone(self) -> ZoneInfo:
        """The hall's time zone."""
        return ZoneInfo(self.hall.timezone)

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Every service by its id, in the order of the file."""
        return {service.id: service for agency in self.agencies for service in agency.services}

    @cached_property
    def agency_of(self) -> Mapping[str, Agency]:
        """The agency of each service, by the service's id."""
        return {service.id: agency for agency in self.agencies for service in agency.services}

    @cached_property
    def counter_by_number(self) -> Mapping[int, Counter]:
        """Every counter by its number."""
        return {counter.number: counter for counter in self.counters}

    @cached_property
    def counters_of(self) -> Mapping[str, tuple[Counter, ...]]:
        """The counters that serve a service, own and second, by the service's id."""
        return {service: tuple(c for c in self.counters if c.serves(service)) for service in self.services}

    @cached_property
    def closed_dates(self) -> Mapping[date, Holiday]:
        """The holidays on which the hall is closed, by date; of two rows for one date the first counts."""
        rows = {row.date: row for row in reversed(self.holidays)}
        return {day: row for day, row in rows.items() if not row.open}

    @cached_property
    def agency_by_id(self) -> Mapping[str, Agency]:
        """Every agency by its id."""
        return by_id(self.agencies)

    @cached_property
    def zone_by_id(self) -> Mapping[str, Zone]:
        """Every zone by its id."""
        return by_id(self.zones)

    @cached_property
    def screen_by_id(self) -> Mapping[str, Screen]:
        """Every screen by its id."""
        return by_id(self.screens)

    @cached_property
    def kiosk_by_id(self) -> Mapping[str, Kiosk]:
        """Every kiosk by its id."""
        return by_id(self.kiosks)

    @cached_property
    def printer_by_id(self) -> Mapping[str, Printer]:
        """Every printer by its id; a kiosk without one has a virtual printer called `<kiosk>-printer`."""
        printed = {printer.kiosk for printer in self.printers}
        given = [
            Printer(id=f"{kiosk.id}-printer", kiosk=kiosk.id, width_mm=self.ticket.paper_width_mm)
            for kiosk in self.kiosks
            if kiosk.id not in printed
        ]
        return by_id((*self.printers, *given))

    def printer_of(self, kiosk: str) -> Printer | None:
        """Return the printer that stands in a kiosk."""
        return next((p for p in self.printer_by_id.values() if p.kiosk == kiosk), None)

    def class_rule(self, ticket_class: str) -> ClassRule:
        """Return the rule of a class, the recommended one where the file has none."""
        rules: Mapping[Any, ClassRule] = self.classes
        return rules.get(ticket_class) or RECOMMENDED[ticket_class]


RECOMMENDED = {
    "normal": ClassRule(weight=1),
    "priority": ClassRule(weight=3),
    "booked": ClassRule(weight=3, head_start_minutes=5),
}
"""A minute of waiting counts for three where the law gives precedence; a booking is five minutes ahead."""


def by_id(parts: Iterable[Any]) -> dict[str, Any]:
    """Return parts of a hall by their id, in their order."""
    return {part.id: part for part in parts}
