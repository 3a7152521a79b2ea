"""What a hall is: the frozen objects made from a hall file."""

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

from config.values import Colour, Count, Id, Letters, Minute, Name, Positive, Weekday

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True)

TicketClass = Literal["normal", "priority", "booked"]
CLASSES: tuple[TicketClass, ...] = ("normal", "priority", "booked")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Identity:
    """The `[hall]` table: who the hall is and where."""

    id: Id
    name: Name
    short: Name
    operator: str = ""
    name_en: str = ""
    spoken: str = ""
    region_code: str = ""
    province: str = ""
    address: str = ""
    phone: str = ""
    web: str = ""
    email: str = ""
    timezone: str = "Asia/Jakarta"
    zone_abbr: str = "WIB"
    languages: tuple[str, ...] = ("id", "en")
    complaints: str = ""
    public_url: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TicketForm:
    """The `[ticket]` table: how a number is written and which lines the paper bears."""

    format: str = "{letter}{number:03d}"
    first_number: Positive = 1
    paper_width_mm: Literal[58, 80] = 80
    show_position: bool = True
    show_estimate: bool = True
    show_requirements: bool = True
    qr: bool = True
    footer_id: str = ""
    footer_en: str = ""

    def number(self, letter: str, running: int) -> str:
        """Return a ticket's number as written, `A007`."""
        return self.format.format(letter=letter, number=running)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Policy:
    """The `[policy]` table: the hall's own limits; the unit stands in each name."""

    kiosk_opens: Minute = 450
    last_ticket_minutes_before_close: Count = 30
    agency_absent_minutes: Positive = 15
    recall_max: Positive = 3
    recall_min_seconds: Count = 20
    no_show_return_minutes: Count = 30
    max_open_tickets_per_visitor: Positive = 3
    booking_checkin_early_minutes: Count = 30
    booking_checkin_late_minutes: Count = 15
    retain_identity_days: Count = 0
    announce_languages: tuple[str, ...] = ("id",)
    announce_repeat: Positive = 1


@dataclass(frozen=True, kw_only=True, config=STRICT)
class ClassRule:
    """A `[classes.*]` table: what a minute of waiting counts for, and with how many minutes a ticket begins."""

    weight: Annotated[float, Field(gt=0, le=100)] = 1
    head_start_minutes: Count = 0


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Break:
    """A time of the day in which nobody is called, in minutes after midnight."""

    start: Minute
    end: Minute
    kind: str = "istirahat"
    name_id: str = "Istirahat"
    name_en: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class WeekdayHours:
    """An `[[hours]]` row: when the hall serves on one ISO weekday."""

    day: Weekday
    open: Minute
    close: Minute
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class SpecialHours:
    """An `[[hours_special]]` row: other hours between two dates; `sure = false` waits for the head to confirm it."""

    name_id: str
    start: date
    end: date
    open: Minute
    close: Minute
    name_en: str = ""
    sure: bool = True
    days: tuple[Weekday, ...] = (1, 2, 3, 4, 5, 6, 7)
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Zone:
    """A part of the hall with its own seats and screens."""

    id: Id
    name_id: Name
    name_en: str = ""
    floor: int = 1
    color: Colour = "#0B5CAD"
    seats: Count = 0


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Screen:
    """A TV: the zones whose calls it shows, and whether it speaks them."""

    id: Id
    zones: tuple[str, ...]
    place: str = ""
    resolution: tuple[Positive, Positive] = (1920, 1080)
    audio: bool = False


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Kiosk:
    """A touchscreen: pixels and millimetres of its picture, width first."""

    id: Id
    place: str = ""
    wheelchair_height: bool = False
    resolution: tuple[Positive, Positive] = (1080, 1920)
    size_mm: tuple[Positive, Positive] = (268, 476)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Printer:
    """A ticket printer and the kiosk it stands in."""

    id: Id
    kiosk: str
    transport: Literal["virtual", "file", "tcp"] = "virtual"
    address: str = ""
    width_mm: Literal[58, 80] = 80


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Service:
    """What a visitor comes for; `minutes` is the mean time at the counter, quotas count tickets a day."""

    id: Id
    name_id: Name
    name_en: str = ""
    minutes: Annotated[float, Field(gt=0)] = 10
    daily_quota: Count | None = None
    booking_quota: Count = 0
    fee_id: str = ""
    requirements: tuple[str, ...] = ()
    bonus_minutes: int = 0
    target_wait_minutes: Count | None = None

    def name(self, language: str) -> str:
        """Return the name in a language, Indonesian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_id


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Agency:
    """An instansi: its series letter, its zone, the weekdays it comes, its own end of the day."""

    id: Id
    letter: Letters
    name: Name
    zone: str
    services: tuple[Service, ...]
    short: str = ""
    name_en: str = ""
    spoken: str = ""
    kind: Literal["opd", "vertikal", "bumn", "bumd", "badan", "gabungan"] = "opd"
    color: Colour = "#0B5CAD"
    days: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    close: Minute | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Counter:
    """A loket: the services it serves, those it helps out with, and whether priority tickets come first."""

    number: Positive
    agency: str
    zone: str
    services: tuple[str, ...]
    second_services: Mapping[str, Count] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    priority: bool = False
    keypad: str = ""
    numpad: str = ""

    def serves(self, service: str) -> bool:
        """Tell whether this counter may call tickets of a service."""
        return service in self.services or service in self.second_services


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
    screens: tuple[Screen, ...] = ()
    kiosks: tuple[Kiosk, ...] = ()
    printers: tuple[Printer, ...] = ()

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
        """Return the rule of a class, the plain one where the file has none."""
        rules: Mapping[Any, ClassRule] = self.classes
        return rules.get(ticket_class, ClassRule())


def by_id(parts: Iterable[Any]) -> dict[str, Any]:
    """Return parts of a hall by their id, in their order."""
    return {part.id: part for part in parts}
