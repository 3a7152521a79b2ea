"""What stands on a ticket, as blocks from top to bottom: pure, and the same for the picture and for plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_time

from hub.client.views import TicketContent
from printer.tongues import Tongues

Size = Literal["fine", "small", "body", "strong", "title"]
Weight = Literal["plain", "bold", "black"]
Align = Literal["left", "centre"]
NO_BREAK = "\u00a0"
STEP_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text in as many lines as it needs."""

    text: str
    size: Size = "body"
    weight: Weight = "plain"
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Logo:
    """The hall's picture: a PNG of black and white dots, as `config.logo` makes it."""

    png: bytes


@dataclass(frozen=True, slots=True)
class Number:
    """The ticket's number: nothing else on the paper is of its size."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """White words on a black bar; `note` stands smaller beside the word; a `wide` bar goes over the whole paper."""

    text: str
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label in two languages, the value that is looked for, and what the value is in the second language."""

    label: str
    second_label: str
    value: str
    second_value: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that stand side by side where they fit, else below each other."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, and the texts beside it."""

    content: str
    beside: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Gap:
    """White paper."""

    mm: float


Block = Logo | Text | Number | Mark | Facts | Item | Qr | Rule | Gap


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole ticket."""

    blocks: tuple[Block, ...]


def ticket_layout(content: TicketContent, *, copy: int, printed_ms: int | None, logo: bytes | None = None) -> Layout:
    """Return the ticket of a content frozen at its issue; `copy` above 0 bears SALINAN and when it was printed again.

    `printed_ms` is hall time in ms; None leaves the time of a copy out. `logo` is the hall's picture of today.
    """
    tongues = Tongues.of(content["language"])
    printed = None if printed_ms is None else local(content, printed_ms)
    parts = (
        copy_marks(tongues, copy, printed),
        trial_mark(tongues, trial=content["trial"]),
        emblem(logo),
        heading(tongues, content),
        the_number(tongues, content),
        place(tongues, content),
        code(tongues, content),
        to_bring(tongues, content),
        footer(tongues, content),
    )
    return Layout(tuple(block for part in parts for block in part))


def local(content: TicketContent, moment_ms: int) -> datetime:
    """Return hall time in ms as the hall's local time."""
    return datetime.fromtimestamp(moment_ms / 1000, ZoneInfo(content["timezone"]))


def copy_marks(tongues: Tongues, copy: int, printed: datetime | None) -> Iterator[Block]:
    """Yield the bar that every second paper of a ticket bears."""
    if copy <= 0:
        return
    if printed is None:
        note = tongues.first.say("ticket.copied")
    else:
        note = tongues.first.say("ticket.copied_at", time=tongues.first.clock(printed))
    yield Mark(tongues.say("ticket.copy").joined, note, wide=True)
    yield Gap(2)


def trial_mark(tongues: Tongues, *, trial: bool) -> Iterator[Block]:
    """Yield the bar of a ticket that was only printed to try something."""
    if trial:
        yield Mark(tongues.say("ticket.trial").joined, tongues.say("ticket.not_valid").joined, wide=True)
        yield Gap(2)


def emblem(logo: bytes | None) -> Iterator[Block]:
    """Yield the hall's picture, where it has one."""
    if logo:
        yield Logo(logo)
        yield Gap(1.5)


def heading(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield the hall, the agency and what the visitor came for."""
    agency, service = tongues.texts(content["agency"]), tongues.texts(content["service"])
    yield Text(tongues.texts(content["hall"]).first, "small", "bold", "centre")
    yield Gap(1.2)
    yield Rule()
    yield Gap(2)
    yield Text(agency.first, "small", "plain", "centre")
    yield Gap(0.6)
    yield Text(service.first, "title", "black", "centre")
    if service.second:
        yield Gap(0.4)
        yield Text(service.second, "small", "plain", "centre")
    yield Gap(3)


def the_number(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield the number, its class and when it was given."""
    yield Text(tongues.say("ticket.title").joined, "fine", "bold", "centre")
    yield Gap(2)
    yield Number(content["number"])
    yield Gap(2.5)
    if content["ticket_class"] != "normal":
        yield Mark(tongues.say(f"ticket.{content['ticket_class']}").joined)
        yield Gap(2.5)
    yield Text(moment(tongues, content), "small", "plain", "centre")
    yield Gap(2)


def moment(tongues: Tongues, content: TicketContent) -> str:
    """Return day, date and time to the second at which the number was given."""
    words, issued = tongues.first, local(content, content["issued_ms"])
    time = format_time(issued, words.say("ticket.time_pattern"), locale=words.language)
    date, time = (part.replace(" ", NO_BREAK) for part in (words.day(issued.date()), f"{time} {content['zone_abbr']}"))
    return f"{date} · {time}"


def place(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield how many are called before, and where to wait."""
    label, zone = tongues.say("ticket.wait_in"), tongues.texts(content["zone"])
    yield Rule()
    yield Gap(1.5)
    glance = (*people_ahead(tongues, content["ahead"]), *counters(tongues, content["counters"]))
    if glance:
        yield Facts(glance)
        yield Gap(2)
    forecast = tuple(expected(tongues, content))
    if forecast:
        yield Facts(forecast)
        yield Gap(2)
    yield Facts((Fact(label.joined, "", zone.first, zone.second),))
    yield Gap(2)


def expected(tongues: Tongues, content: TicketContent) -> Iterator[Fact]:
    """Yield between which times the call is expected, rounded outward to five minutes; "soon" for less than that."""
    promise = content.get("promise")
    if not promise:
        return
    label = tongues.say("ticket.expected_label")
    low, high = promise[0] // STEP_MS * STEP_MS, -(-promise[1] // STEP_MS) * STEP_MS
    if promise[1] - content["issued_ms"] < STEP_MS:
        soon = tongues.say("ticket.expected_soon")
        yield Fact(label.joined, "", soon.first, soon.second)
        return
    earliest, latest = (tongues.first.clock(local(content, moment)) for moment in (low, high))
    yield Fact(label.joined, "", f"{earliest}–{latest} {content['zone_abbr']}")


def people_ahead(tongues: Tongues, ahead: int | None) -> Iterator[Fact]:
    """Yield how many are called before this number, where the hall shows it."""
    if ahead is None:
        return
    key = "ticket.ahead_nobody" if ahead == 0 else "ticket.ahead_people"
    label = tongues.say("ticket.ahead_label")
    yield Fact(label.first, label.second, tongues.first.say(key, ahead=ahead))


def counters(tongues: Tongues, numbers: list[int]) -> Iterator[Fact]:
    """Yield the counters that may call this number."""
    if numbers:
        label = tongues.say("ticket.counter")
        yield Fact(label.first, label.second, in_ranges(numbers))


def in_ranges(numbers: list[int]) -> str:
    """Return numbers as they are told at a glance: 1, 2, 3 and 7 as "1–3, 7"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run_text(run) for run in runs)


def run_text(run: list[int]) -> str:
    """Return numbers that follow each other: one or two written out, more as first and last."""
    return f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


def code(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield the code of the ticket, for phones and for fingers."""
    if not content["qr"]:
        return
    use = tongues.say("ticket.track" if content["qr"].startswith("http") else "ticket.for_staff")
    beside = [Text(use.first, "small", "bold")]
    beside += [Text(use.second, "fine")] if use.second else []
    if content["code"]:
        beside += [Text(tongues.say("ticket.code").joined, "fine"), Text(typed(content["code"]), "body", "black")]
    yield Rule()
    yield Gap(1.5)
    yield Qr(content["qr"], tuple(beside))
    yield Gap(1.5)


def typed(code: str) -> str:
    """Return a code as people read and type it: capitals in groups of five."""
    plain = code.upper()
    return "-".join(plain[at : at + 5] for at in range(0, len(plain), 5))


def to_bring(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield the list of what the visitor should have ready."""
    if not content["requirements"]:
        return
    yield Rule()
    yield Gap(1.5)
    yield Text(tongues.say("ticket.bring").joined, "fine", "bold")
    for requirement in content["requirements"]:
        yield Gap(0.4)
        yield Item(requirement)
    yield Gap(1.5)


def footer(tongues: Tongues, content: TicketContent) -> Iterator[Block]:
    """Yield the hall's own words, and how long a number is good for."""
    parts = (tongues.texts(content["footer"]), tongues.say("ticket.valid_today"))
    yield Rule()
    yield Gap(1.5)
    for part in parts:
        if part.first:
            yield Text(part.first, "fine", "bold", "centre")
    yield Gap(0.5)
    for part in parts:
        if part.second:
            yield Text(part.second, "fine", "plain", "centre")
