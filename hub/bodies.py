"""The bodies of the hub's HTTP requests and answers: checked at the edge, documented in its OpenAPI page."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from hub.client.views import CounterView, PrinterStatus, Role, TicketView

Text = Annotated[str, Field(max_length=200)]
DeviceName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
Moment = Annotated[int, Field(ge=0, lt=7_258_118_400_000)]
"""Hall time in ms, before the year 2200."""

StaffCode = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$")]


class Strict(BaseModel):
    """A body without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CommandBody(Strict):
    """Every command carries a client-made id: the same id gives the same answer, for 48 hours."""

    request: Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]


class IssueBody(CommandBody):
    """Which number is wanted; `kiosk` is where it is printed, `visit` an earlier number of the same visitor."""

    service: Text
    ticket_class: Literal["normal", "priority", "booked"] = "normal"
    kiosk: Text | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] = "id"
    visit: Text | None = None
    reason: Text = ""


class BlockBody(CommandBody):
    """A number from a paper block that was given while the hall was dark."""

    service: Text
    number: Text
    ticket_class: Literal["normal", "priority"] = "normal"


class TransferBody(CommandBody):
    """Where the ticket waits next: another service, or a counter that serves its service."""

    service: Text | None = None
    counter: int | None = None


class RemarkBody(CommandBody):
    """What whoever serves the ticket should know, without a person's name or number; "" takes the remark away."""

    text: Annotated[str, Field(max_length=60)]


class SignInBody(CommandBody):
    """Who works at the counter, by staff code, no name; with a PIN where the hall has registered clerks."""

    clerk: StaffCode
    pin: Annotated[str, Field(pattern=r"^\d{4,12}$")] | None = None


class PauseBody(CommandBody):
    """Why the counter rests, and until which hall time in ms."""

    reason: Text = ""
    until_ms: Moment | None = None


class CloseBody(CommandBody):
    """Whether the head lets the counter close though people wait whom no other serves."""

    consent: bool = False


class FinishBody(CommandBody):
    """How it ended; `next_service` sends the same number on to another service."""

    outcome: Literal["done", "incomplete"] = "done"
    next_service: Text | None = None


class CallNumberBody(CommandBody):
    """Which number is called out of its order, and why."""

    number: Text
    reason: Annotated[str, Field(min_length=1, max_length=200)]


class ServicePauseBody(CommandBody):
    """Why a service gives no numbers, and until which hall time in ms."""

    reason: Text
    until_ms: Moment | None = None


class ForceBody(CommandBody):
    """What is forced: "hall", "agency:<id>" or "service:<id>"; until which hall time in ms (none: the day's end)."""

    scope: Text
    mode: Literal["open", "closed", "hours"]
    reason: Text = ""
    until_ms: Moment | None = None


class QuotaBody(CommandBody):
    """How many numbers a service gives today; none lets the hall file's quota hold again."""

    service: Text
    quota: Annotated[int, Field(ge=0, le=100_000)] | None = None


class AssignBody(CommandBody):
    """Which services a counter serves today; none lets the hall file's hold again."""

    counter: int
    services: Annotated[list[Text], Field(max_length=200)] = []


class TrialBody(CommandBody):
    """Whether tickets are for trial."""

    on: bool


class EpochBody(CommandBody):
    """Why the journal goes on as another one, after which common line, and after which epoch of the region's."""

    reason: Text
    common: Annotated[int, Field(ge=0, lt=10**18)]
    after: Annotated[int, Field(ge=0, lt=2**31 - 1)]


class HallBody(Strict):
    """The content of a hall file, and who wrote it where that is not the device that brings it."""

    content: dict[str, Any]
    author: Literal["", "region"] = ""


class ClerkBody(CommandBody):
    """A clerk's staff code and new PIN, and which part of the hall's page is theirs: a supervisor's is one agency."""

    clerk: StaffCode
    pin: Annotated[str, Field(pattern=r"^\d{4,12}$")]
    role: Literal["clerk", "supervisor", "viewer", "head"] = "clerk"
    agency: Text = ""


class JobReportBody(CommandBody):
    """What became of a print job; `mm` is how long its paper is."""

    state: Literal["sending", "waiting", "done", "assumed", "uncertain", "failed"]
    proof: Literal["process_id", "barrier", "human"] | None = None
    reason: Text = ""
    mm: Annotated[int, Field(ge=0, le=2000)] = 0


class ReprintBody(CommandBody):
    """Why a ticket is printed once more, and by which printer; without one the nearest that is ready."""

    printer: Text | None = None
    reason: Text = ""


class PaperBody(CommandBody):
    """What a person says of a number's paper."""

    word: Literal["noted", "out", "missing"]


class HelpBody(CommandBody):
    """Which help is asked for, and where: a kiosk's id or a counter's number."""

    kind: Literal["staff", "pickup", "emergency"]
    place: Text


class PrinterReportBody(CommandBody):
    """What a printer's state is."""

    status: PrinterStatus


class DeviceCodeBody(Strict):
    """Which device is to be paired, in which role."""

    role: Role
    device: DeviceName


class PairBody(Strict):
    """The one-time code the head of the hall was given."""

    code: Annotated[str, Field(pattern=r"^\d{8}$")]


class ClockBody(Strict):
    """The hall time of a simulated hub, in ms since 1970 in UTC."""

    now: Moment


class Refusal(BaseModel):
    """Why nothing was done: a code for programs, a sentence for people."""

    code: str
    words: dict[str, str]


class TicketAnswer(BaseModel):
    """A ticket after a command, its new print job and that job's printer, and the journal line it rests on."""

    ticket: TicketView
    job: str | None = None
    printer: str | None = None
    seq: int


class CounterAnswer(BaseModel):
    """A counter after a command, with its ticket if the command was about one."""

    counter: CounterView
    ticket: TicketView | None = None
    seq: int


class EpochAnswer(BaseModel):
    """The epoch that is open now, and the journal line that opened it."""

    epoch: int
    seq: int


class HallTaken(BaseModel):
    """A hall file is taken: at once, or with the next day where today's tickets need what it no longer has."""

    at_once: bool


class Written(BaseModel):
    """The command is on disk; the journal ends at this line."""

    seq: int


class DeviceCode(BaseModel):
    """A one-time code, and for how many seconds it is good."""

    code: str
    expires_s: int


class DeviceToken(BaseModel):
    """A device's own secret; it is told once."""

    device: str
    role: str
    token: str


class Health(BaseModel):
    """Whether commands are taken, and where the journal stands."""

    status: Literal["ok", "stopped"]
    hall: str
    seq: int
    simulated: bool
    listeners: int


class HallFileBody(Strict):
    """The text of a hall file, and the digest of the text that it was made from."""

    text: Annotated[str, Field(max_length=2_000_000)]
    base: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class HallFileText(BaseModel):
    """A hall file's text as TOML; `digest` is of the file as it stands, for the change that is made from it."""

    text: str
    digest: str


class HallFileChange(BaseModel):
    """One key that a hall file changed; null where it is absent. Codes of technicians are not among them."""

    key: str
    before: Any
    after: Any


class HallFileEntry(BaseModel):
    """A hall file that was taken: line, hall time, whether for the next day, by whom, and what changed."""

    seq: int
    hall_ms: int
    planned: bool
    author: str
    changes: list[HallFileChange]


class HallFileHistory(BaseModel):
    """The newest hall files before a line, newest first."""

    entries: list[HallFileEntry]
