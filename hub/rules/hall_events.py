"""What happens to the hall as a whole: its file, its days, its devices."""

from dataclasses import dataclass
from typing import Any

from hub.rules.event import Event, kind


@kind("epoch.opened")
@dataclass(frozen=True, slots=True)
class EpochOpened(Event):
    """The journal begins, or goes on after line `common` was the last that two histories share."""

    hall: str
    epoch: int
    simulated: bool
    reason: str
    common: int


@kind("config.applied")
@dataclass(frozen=True, slots=True)
class ConfigApplied(Event):
    """From now on the hall is what this content of a hall file says."""

    content: dict[str, Any]
    digest: str
    author: str


@kind("config.planned")
@dataclass(frozen=True, slots=True)
class ConfigPlanned(Event):
    """This content waits for the next day, since today people wait for what it no longer has."""

    content: dict[str, Any]
    digest: str
    author: str


@kind("day.opened")
@dataclass(frozen=True, slots=True)
class DayOpened(Event):
    """A new day begins and numbers start anew. `date` is ISO text in the hall's time zone.

    It carries what the day starts from: `learned` holds for each service [visitors, minutes], what earlier days taught
    about how long it takes; `printers` what each printer's agent said last; `rolls` for each printer the millimetres
    and papers used of its roll, and whether the roll was near its end.
    """

    date: str
    learned: dict[str, list[float]]
    printers: dict[str, str]
    rolls: dict[str, list[int]]


@kind("day.closed")
@dataclass(frozen=True, slots=True)
class DayClosed(Event):
    """The day is over."""

    date: str


@kind("hall.forced")
@dataclass(frozen=True, slots=True)
class HallForced(Event):
    """The head opens or closes the hall, an agency or a service against its hours, or lets the hours rule again.

    `scope` is "hall", "agency:<id>" or "service:<id>"; `mode` is "open", "closed" or "hours", as is what `was` before;
    without `until_ms` it holds for the rest of the day.
    """

    scope: str
    mode: str
    reason: str
    until_ms: int | None
    by: str
    was: str = "hours"


@kind("service.paused")
@dataclass(frozen=True, slots=True)
class ServicePaused(Event):
    """A service gives no numbers for a while; those given stay valid. `was` is why it gave none before, "": it did."""

    service: str
    reason: str
    until_ms: int | None
    by: str
    was: str = ""


@kind("service.resumed")
@dataclass(frozen=True, slots=True)
class ServiceResumed(Event):
    """A service gives numbers again; `was` is why it gave none."""

    service: str
    by: str
    was: str = ""


@kind("trial.started")
@dataclass(frozen=True, slots=True)
class TrialStarted(Event):
    """From now on tickets are for trial: marked so, outside figures and quotas."""

    by: str


@kind("trial.ended")
@dataclass(frozen=True, slots=True)
class TrialEnded(Event):
    """Tickets are real again."""

    by: str


@kind("interruption.noted")
@dataclass(frozen=True, slots=True)
class InterruptionNoted(Event):
    """The hall stood still between these hall times: nobody's clock ran, and nobody's number was missed."""

    from_ms: int
    until_ms: int


@kind("clock.stepped")
@dataclass(frozen=True, slots=True)
class ClockStepped(Event):
    """The machine's clock jumped by so many ms; hall time followed by `hall_by_ms`, never back."""

    wall_by_ms: int
    hall_by_ms: int


@kind("device.paired")
@dataclass(frozen=True, slots=True)
class DevicePaired(Event):
    """A device may command the hub in a role. `digest` is the SHA-256 of its token in hex, never the token.

    A tablet of the survey commands nothing: it may answer, at one `agency`, or at each of them where that is "".
    `was` is the role of the older token that this one ends, "" where there is none.
    """

    device: str
    role: str
    digest: str
    by: str = ""
    was: str = ""
    agency: str = ""


@kind("device.revoked")
@dataclass(frozen=True, slots=True)
class DeviceRevoked(Event):
    """A device's tokens are good for nothing from now on; `was` is the role it had."""

    device: str
    by: str
    was: str = ""
