"""What a hub can be asked to do. Times and ids come from outside; the rules decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hub.rules.command import Command
from hub.rules.counter_commands import (
    CallNext,
    CallNumber,
    Close,
    CounterCommand,
    Finish,
    Hold,
    Miss,
    Open,
    Pause,
    Recall,
    SignOut,
    Start,
    Withdraw,
)
from hub.rules.head_commands import (
    AddClerk,
    AssignCounter,
    Force,
    OpenTablet,
    PauseService,
    RemoveClerk,
    ResumeService,
    RevokeDevice,
    SetQuota,
    SetTrial,
)

__all__ = [
    "AddClerk",
    "AnswerHelp",
    "AskHelp",
    "AssignCounter",
    "Begin",
    "CallNext",
    "CallNumber",
    "Cancel",
    "ChangeRoll",
    "Close",
    "Command",
    "CounterCommand",
    "EnterBlockNumber",
    "Finish",
    "Force",
    "Hold",
    "Issue",
    "LockClerk",
    "Miss",
    "NoteInterruption",
    "NoteStep",
    "Open",
    "OpenEpoch",
    "OpenTablet",
    "PairDevice",
    "Pause",
    "PauseService",
    "Recall",
    "Remark",
    "RemoveClerk",
    "ReportJob",
    "ReportPrinter",
    "Reprint",
    "Resume",
    "ResumeService",
    "Return",
    "RevokeDevice",
    "SetQuota",
    "SetTrial",
    "SettlePaper",
    "SignIn",
    "SignOut",
    "Start",
    "Transfer",
    "TurnDay",
    "Withdraw",
]


@dataclass(frozen=True, slots=True)
class TurnDay(Command):
    """Open today where the journal still stands at an earlier day."""


@dataclass(frozen=True, slots=True)
class Begin(Command):
    """Begin a journal, or take a changed hall file: the content, its SHA-256 in hex, and who wants it."""

    hall: str
    simulated: bool
    content: dict[str, Any]
    digest: str
    author: str


@dataclass(frozen=True, slots=True)
class OpenEpoch(Command):
    """Go on as another journal than the region's, of epoch `after`: line `common` is the last that both share."""

    reason: str
    common: int
    after: int


@dataclass(frozen=True, slots=True)
class NoteInterruption(Command):
    """The hub was off or asleep between two hall times."""

    from_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class NoteStep(Command):
    """The machine's clock jumped."""

    wall_by_ms: int
    hall_by_ms: int


@dataclass(frozen=True, slots=True)
class PairDevice(Command):
    """Let a device command the hub in a role; `digest` is the SHA-256 of its token in hex."""

    device: str
    role: str
    digest: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class LockClerk(Command):
    """Too many wrong PINs came for a clerk."""

    clerk: str


@dataclass(frozen=True, slots=True)
class Issue(Command):
    """Give a number; with a kiosk it is printed there. `visit` is an earlier number of the same visitor."""

    service: str
    ticket_class: str
    kiosk: str | None
    language: str
    visit: str | None = None
    source: str = "kiosk"
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EnterBlockNumber(Command):
    """Enter a number that was given from a paper block while the hall was dark."""

    service: str
    number: str
    ticket_class: str
    by: str


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    """Give a number back; a visitor's device may until its printing starts, staff later too."""

    number: str
    by: str
    staff: bool


@dataclass(frozen=True, slots=True)
class Return(Command):
    """A missed visitor came back."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class Resume(Command):
    """A held visitor came back."""

    number: str
    by: str


@dataclass(frozen=True, slots=True)
class Remark(Command):
    """Write a remark for whoever serves the ticket, "" to take it away; `seal` closes it by day, number and text."""

    number: str
    text: str
    seal: Callable[[str, str, str], str]
    by: str


@dataclass(frozen=True, slots=True)
class Transfer(Command):
    """Let a ticket wait for another service, or for one counter of its service, with its number, class and clock."""

    number: str
    service: str | None
    counter: int | None
    by: str


@dataclass(frozen=True, slots=True)
class SignIn(Command):
    """Sign a clerk in at a counter; the PIN has been checked."""

    counter: int
    clerk: str


@dataclass(frozen=True, slots=True)
class ReportJob(Command):
    """What an agent tells of a print job."""

    job: str
    state: str
    proof: str | None
    reason: str
    mm: int = 0


@dataclass(frozen=True, slots=True)
class ReportPrinter(Command):
    """What an agent tells of its printer."""

    printer: str
    status: str


@dataclass(frozen=True, slots=True)
class Reprint(Command):
    """Print a ticket once more, by `printer` or the nearest that is ready; a kiosk may only where no paper is known."""

    number: str
    printer: str | None
    reason: str
    by: str
    staff: bool


@dataclass(frozen=True, slots=True)
class SettlePaper(Command):
    """Say of a number's paper that the visitor has "noted" the number, or that a doubtful one is "out" or "missing"."""

    number: str
    word: str
    by: str


@dataclass(frozen=True, slots=True)
class ChangeRoll(Command):
    """Say that a printer has a new roll of paper."""

    printer: str
    by: str


@dataclass(frozen=True, slots=True)
class AskHelp(Command):
    """Ask somebody to come to a kiosk or a counter."""

    kind: str
    place: str
    by: str


@dataclass(frozen=True, slots=True)
class AnswerHelp(Command):
    """Say that one goes there."""

    help: str
    by: str
