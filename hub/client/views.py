"""What the hub tells of its parts: the shapes in its feed and answers, as TypedDicts. Times are hall time in ms."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

TicketState = Literal["waiting", "called", "serving", "held", "served", "missed", "cancelled", "unserved"]
CounterState = Literal["closed", "open", "paused"]
Paper = Literal["none", "queued", "printing", "printed", "uncertain", "failed"]
JobState = Literal[
    "queued", "sending", "waiting", "done", "assumed", "uncertain", "confirmed", "failed", "cancelled", "expired"
]
PrinterStatus = Literal[
    "ONLINE", "PAPER_LOW", "PAPER_OUT", "COVER_OPEN", "CUTTER_ERROR", "ERROR", "OFFLINE", "NO_ANSWER"
]
READY: frozenset[PrinterStatus] = frozenset(("ONLINE", "PAPER_LOW"))
"""How a printer that can print is."""
OUT: frozenset[JobState] = frozenset(("done", "assumed", "confirmed"))
"""States of a job whose paper is out, as far as anybody knows."""
OPEN_JOBS: frozenset[JobState] = frozenset(("queued", "sending", "waiting"))
Role = Literal["kiosk", "counter", "display", "printer", "head"]


class TicketView(TypedDict):
    """One ticket of the day: `counter` called it last, `attempt` times; `paper` is what became of its newest print.

    `visit` is the first number of the same visitor and `elsewhere` the one with which they are at a counter just now;
    `held_why` is "papers" or "visit" while the ticket is held; `promise_ms` the latest hall time it was promised for.
    """

    number: str
    service: str
    ticket_class: str
    state: TicketState
    counter: int | None
    attempt: int
    issued_ms: int
    called_ms: int | None
    started_ms: int | None
    ended_ms: int | None
    kiosk: str | None
    language: str
    ahead: int
    paper: Paper
    visit: str
    trial: bool
    promise_ms: int | None
    held_why: str | None
    elsewhere: str | None


class RemarkView(TypedDict):
    """What a clerk wrote on a ticket for whoever serves it; "" where that was taken away."""

    number: str
    text: str


class CounterView(TypedDict):
    """One counter: who works there and the ticket called or served there now."""

    counter: int
    state: CounterState
    clerk: str | None
    ticket: str | None
    reason: str | None
    until_ms: int | None


class ServiceView(TypedDict):
    """One service: people waiting, since when the longest of them, and why no number is given now (None: it is).

    `expected_ms` is the forecast for a number taken now, as [earliest, latest] ms from now; `usual` about how many
    visitors the service has had on the days it has learned from.
    """

    service: str
    waiting: int
    oldest_ms: int | None
    issued: int
    open_counters: int
    expected_ms: list[int] | None
    usual: int
    refusal: str | None
    words: NotRequired[dict[str, str]]


class CallView(TypedDict):
    """One call as the displays show it; `attempt` 1 is a first call, more are recalls."""

    seq: int
    number: str
    service: str
    ticket_class: str
    counter: int
    zone: str
    attempt: int
    called_ms: int


class PrinterView(TypedDict):
    """One printer and what its agent last said of it; `tickets_left` is about how many its roll is good for."""

    printer: str
    kiosk: str
    status: PrinterStatus
    tickets_left: int | None


class HelpView(TypedDict):
    """Somebody asked for help: `kind` is "staff", "pickup" or "emergency", `place` a kiosk or a counter's number."""

    help: str
    kind: Literal["staff", "pickup", "emergency"]
    place: str
    asked_ms: int
    answered_by: str | None


class TicketContent(TypedDict):
    """What stands on a ticket, frozen when it is issued: a copy says the same, with its mark.

    Texts in two languages are dicts "id" and "en"; `language` is the visitor's, printed first. `ahead` is None where
    the hall shows none; `promise` is the forecast of the call as [earliest, latest] hall time in ms. `code` is a short
    opaque code for scanning and typing, "" where the hall prints none; `qr` is
    what the QR holds, the ticket page's address or the code itself.
    """

    hall: dict[str, str]
    agency: dict[str, str]
    service: dict[str, str]
    number: str
    ticket_class: str
    ahead: int | None
    zone: dict[str, str]
    counters: list[int]
    issued_ms: int
    timezone: str
    zone_abbr: str
    requirements: list[str]
    footer: dict[str, str]
    language: str
    code: str
    qr: str
    trial: bool
    promise: NotRequired[list[int] | None]


class JobView(TypedDict):
    """One print job, "<number>-<copy>"; `copy` 0 is the original, `kiosk` its place, `content` what is drawn."""

    job: str
    number: str
    copy: int
    printer: str
    kiosk: str | None
    state: JobState
    attempt: int
    queued_ms: int
    content: TicketContent


class SnapshotMessage(TypedDict):
    """The first message of a feed: all there is, of tickets those that have not ended and those called lately."""

    type: Literal["snapshot"]
    version: int
    seq: int
    now: int
    simulated: bool
    date: str
    hall: dict[str, Any]
    tickets: list[TicketView]
    counters: list[CounterView]
    services: list[ServiceView]
    printers: list[PrinterView]
    jobs: list[JobView]
    helps: list[HelpView]
    calls: list[CallView]


class EventView(TypedDict):
    """An event as the journal has it: to react on (a call flashes), never to compute state from."""

    kind: str
    body: dict[str, Any]


class ChangeMessage(TypedDict):
    """What one transaction changed: whole views that replace those before. `after` is the seq it follows."""

    type: Literal["change"]
    after: int
    seq: int
    now: int
    events: list[EventView]
    tickets: list[TicketView]
    counters: list[CounterView]
    services: list[ServiceView]
    printers: list[PrinterView]
    jobs: list[JobView]
    helps: list[HelpView]
    calls: list[CallView]


class ClockMessage(TypedDict):
    """Sent every two seconds, and at each step of a simulated clock: it is now this late; the feed is alive."""

    type: Literal["clock"]
    now: int


class ServicesMessage(TypedDict):
    """Time has changed which services give numbers."""

    type: Literal["services"]
    now: int
    services: list[ServiceView]


class FarewellMessage(TypedDict):
    """The last message before the hub closes a connection that must not come back as it is: revoked, or stopped."""

    type: Literal["farewell"]
    code: str
    words: dict[str, str]


FeedMessage = SnapshotMessage | ChangeMessage | ClockMessage | ServicesMessage | FarewellMessage
"""Also possible: `{"type": "day"}`, the day has turned: connect again for a new snapshot. Unknown types are ignored."""
