"""The tables of a hall file, each as a frozen object."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic.dataclasses import dataclass

from config.devices import STRICT
from config.values import Colour, Count, Id, Language, Letters, Minute, Name, Positive, Weekday, number_format

TicketClass = Literal["normal", "priority", "booked"]
CLASSES: tuple[TicketClass, ...] = ("normal", "priority", "booked")
MACHINE = r"(?:@(?P<machine>[A-Za-z0-9-]+))?"
KEYPAD = re.compile(r"(?P<device>/[^\s#@]+)(?:#(?P<address>0[1-9]|[1-9][0-9]))?" + MACHINE)
NUMPAD = re.compile(r"(?P<device>usb-[0-9]+:[0-9]+(?:\.[0-9]+)*|/[^\s#@]+)" + MACHINE)


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
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("id", "en")
    complaints: str = ""
    public_url: str = ""


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TicketForm:
    """The `[ticket]` table: how a number is written and which lines the paper bears.

    `logo` is the name of a picture in the file, and in the hall that was read from it the picture itself: see
    `config.logo`.
    """

    format: Annotated[str, AfterValidator(number_format)] = "{letter}{number:03d}"
    first_number: Positive = 1
    paper_width_mm: Literal[58, 80] = 80
    show_position: bool = True
    show_estimate: bool = True
    show_requirements: bool = True
    qr: bool = True
    footer_id: str = ""
    footer_en: str = ""
    logo: str = ""

    def number(self, letter: str, running: int) -> str:
        """Return a ticket's number as written, `A007`."""
        return self.format.format(letter=letter, number=running)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Policy:
    """The `[policy]` table: the hall's own limits; the unit stands in each name.

    `discipline` is "points" (weights and head starts of the classes), "fifo" (all alike) or "strict" (priority, then
    booked, then normal; who has waited `starvation_limit_minutes` goes before all). With `numbers_in_breaks` false no
    numbers are given while the counters rest. A paper that has waited `paper_expires_seconds` for its printer is not
    printed any more.
    """

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
    announce_languages: tuple[Language, ...] = ("id",)
    announce_repeat: Positive = 1
    discipline: Literal["points", "fifo", "strict"] = "points"
    starvation_limit_minutes: Positive = 60
    numbers_in_breaks: bool = True
    paper_expires_seconds: Positive = 60


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
class Notice:
    """A `[[notices]]` row: a sentence of the hall's own for the displays' running line, from a date to a date if given.

    Without `text_en` it runs in Indonesian alone.
    """

    text_id: Name
    text_en: str = ""
    start: date | None = None
    end: date | None = None

    def text(self, language: str) -> str:
        """Return the sentence in a language, "" where it is not said in it."""
        return {"id": self.text_id, "en": self.text_en}.get(language, "")

    def counts_on(self, day: date) -> bool:
        """Tell whether it is said on a day; both ends count."""
        return (self.start or day) <= day <= (self.end or day)


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Holiday:
    """A `[[holidays]]` row: a date on which the hall is closed, or serves all the same where `open`.

    The national holidays and joint leaves need no rows: `config.load` adds those of `config/holidays`.
    """

    date: date
    name_id: Name
    name_en: str = ""
    kind: Literal["libur_nasional", "cuti_bersama", "lokal"] = "lokal"
    sure: bool = True
    open: bool = False

    def name(self, language: str) -> str:
        """Return the name in a language, Indonesian where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_id


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
class Service:
    """What a visitor comes for; `minutes` is the mean time at the counter, quotas count tickets a day."""

    id: Id
    name_id: Name
    name_en: str = ""
    minutes: Annotated[float, Field(gt=0, le=1440)] = 10
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

    def called(self, language: str, *, short: bool = False) -> str:
        """Return the name in a language; else the Indonesian one, `short` where it has to share its place."""
        return (self.name_en if language == "en" else "") or (self.short if short else "") or self.name


@dataclass(frozen=True, kw_only=True, config=STRICT)
class Counter:
    """A loket: the services it serves, those it helps out with, and whether priority tickets come first.

    `keypad` is a serial port, "/dev/ttyUSB0", and on a line of several keypads the address, "/dev/ttyUSB0#07"; `numpad`
    a USB port, "usb-0:1.2", or a device file. "@name" at the end of either says which machine it is plugged into.
    """

    number: Annotated[int, Field(gt=0, le=999)]
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
class Sync:
    """When the push to the region may send, always where both times are equal; `metered` is a link paid by volume."""

    start: Minute = 0
    end: Minute = 0
    metered: bool = False
