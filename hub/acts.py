"""What people on the hall's page can do: each act with its body, the command it becomes, and whose it touches.

`agency` names the agency that an act touches, None where it touches the whole hall: a supervisor may do what touches
their own agency alone, the head all of it, a viewer nothing.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from hub import act_bodies as about
from hub import bodies
from hub.entry import account
from hub.hub import HEAD_DEVICE, Hub
from hub.rules import commands as cmd
from hub.rules.issuing import hall_of
from hub.rules.refusal import Refused
from hub.rules.state import Force, State

Agency = Callable[[State, Any], str | None]
Build = Callable[[Any, str], cmd.Command]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the shape of its body, the agency it touches, and its command from a body and who asks."""

    body: type[bodies.CommandBody]
    agency: Agency
    command: Callable[[Hub, Any, str], Awaitable[cmd.Command]]


def plain(body: type[bodies.CommandBody], agency: Agency, build: Build) -> Act:
    """Return an act whose command needs its body alone."""

    async def command(_: Hub, body: Any, by: str) -> cmd.Command:
        return build(body, by)

    return Act(body, agency, command)


def whole_hall(_: State, __: Any) -> str | None:
    """What touches all agencies, or none."""
    return None


def of_service(state: State, body: Any) -> str | None:
    """The agency of the service that a body names."""
    agency = hall_of(state).agency_of.get(body.service)
    if agency is None:
        raise Refused("service_not_found", service=body.service)
    return agency.id


def of_counter(state: State, body: Any) -> str | None:
    """The agency of the counter that a body names."""
    counter = hall_of(state).counter_by_number.get(body.counter)
    if counter is None:
        raise Refused("counter_not_found", counter=body.counter)
    return str(counter.agency)


def of_assigned(state: State, body: Any) -> str | None:
    """The agency of a counter that serves but its own agency's services; None where it serves another's, or is to."""
    own, hall = of_counter(state, body), hall_of(state)
    both = (*body.services, *(state.assigned.get(body.counter) or ()))
    served = {hall.agency_of[service].id for service in both if service in hall.agency_of}
    return str(own) if served <= {own} else None


def of_ticket(state: State, body: Any) -> str | None:
    """The agency that the ticket waits for, which a body names by its number."""
    ticket = state.tickets.get(body.number)
    if ticket is None:
        raise Refused("ticket_not_found", number=body.number)
    agency = hall_of(state).agency_of.get(ticket.service)
    return agency.id if agency else None


def of_moved(state: State, body: Any) -> str | None:
    """The agency within which a ticket is moved; None where it leaves it."""
    own, target = of_ticket(state, body), hall_of(state).agency_of.get(body.service or "")
    return own if target is None or target.id == own else None


def of_scope(state: State, body: Any) -> str | None:
    """The agency of a scope, `agency:<id>` or `service:<id>`; None for the whole hall, and where the head has spoken.

    A supervisor opens nothing in a hall that is closed, and takes back no word of the head's.
    """
    kind, _, name = body.scope.partition(":")
    agency = hall_of(state).agency_of.get(name) if kind == "service" else hall_of(state).agency_by_id.get(name)
    hall = state.forces.get("hall")
    opens_against = body.mode == "open" and hall is not None and hall.mode == "closed"
    if agency is None or opens_against or is_heads(state, state.forces.get(body.scope)):
        return None
    return str(agency.id)


def of_paused(state: State, body: Any) -> str | None:
    """The agency of a service that is paused or given free again; None where the head has paused it."""
    return None if is_heads(state, state.paused.get(body.service)) else of_service(state, body)


def of_device(state: State, body: Any) -> str | None:
    """The agency of a tablet of the survey that stands at one; None for every other device."""
    if body.device == HEAD_DEVICE:
        raise Refused("head_reserved")
    device = state.devices.get(body.device)
    return device.agency or None if device and device.is_tablet else None


def is_heads(state: State, word: Force | None) -> bool:
    """Tell whether a word is the head's, from the page or from the hub's own machine."""
    if word is None:
        return False
    clerk = state.clerks.get(word.by)
    return clerk.role == "head" if clerk else word.by == HEAD_DEVICE


def close(body: about.CounterCloseBody, by: str) -> cmd.Command:
    """Close a counter; with consent also where people wait."""
    return cmd.Close(body.counter, by if body.consent else None, by)


def issue(body: about.HeadIssueBody, by: str) -> cmd.Command:
    """Give a number by hand, without paper, for a reason."""
    return cmd.Issue(body.service, body.ticket_class, None, body.language, None, "head", by, body.reason)


def reprint(body: about.NumberReprintBody, by: str) -> cmd.Command:
    """Print a ticket once more."""
    return cmd.Reprint(body.number, body.printer, body.reason, by, staff=True)


ACTS: dict[str, Act] = {
    "force": plain(
        bodies.ForceBody, of_scope, lambda body, by: cmd.Force(body.scope, body.mode, body.reason, body.until_ms, by)
    ),
    "pause-service": plain(
        about.NamedPauseBody,
        of_paused,
        lambda body, by: cmd.PauseService(body.service, body.reason, body.until_ms, by),
    ),
    "resume-service": plain(about.ServiceBody, of_paused, lambda body, by: cmd.ResumeService(body.service, by)),
    "set-quota": plain(bodies.QuotaBody, of_service, lambda body, by: cmd.SetQuota(body.service, body.quota, by)),
    "assign-counter": plain(
        bodies.AssignBody, of_assigned, lambda body, by: cmd.AssignCounter(body.counter, tuple(body.services), by)
    ),
    "open-counter": plain(about.CounterBody, of_counter, lambda body, by: cmd.Open(body.counter, by)),
    "pause-counter": plain(
        about.CounterPauseBody, of_counter, lambda body, by: cmd.Pause(body.counter, body.reason, body.until_ms, by)
    ),
    "close-counter": plain(about.CounterCloseBody, of_counter, close),
    "issue": plain(about.HeadIssueBody, of_service, issue),
    "cancel": plain(about.NumberBody, of_ticket, lambda body, by: cmd.Cancel(body.number, by, staff=True)),
    "return": plain(about.NumberBody, of_ticket, lambda body, by: cmd.Return(body.number, by)),
    "resume": plain(about.NumberBody, of_ticket, lambda body, by: cmd.Resume(body.number, by)),
    "transfer": plain(
        about.NumberTransferBody,
        of_moved,
        lambda body, by: cmd.Transfer(body.number, body.service, body.counter, by),
    ),
    "reprint": plain(about.NumberReprintBody, of_ticket, reprint),
    "settle-paper": plain(
        about.NumberPaperBody, of_ticket, lambda body, by: cmd.SettlePaper(body.number, body.word, by)
    ),
    "answer-help": plain(about.HelpAnswerBody, whole_hall, lambda body, by: cmd.AnswerHelp(body.help, by)),
    "new-roll": plain(about.RollBody, whole_hall, lambda body, by: cmd.ChangeRoll(body.printer, by)),
    "trial": plain(bodies.TrialBody, whole_hall, lambda body, by: cmd.SetTrial(body.on, by)),
    "revoke-device": plain(about.DeviceBody, of_device, lambda body, by: cmd.RevokeDevice(body.device, by)),
    "add-clerk": Act(bodies.ClerkBody, whole_hall, account),
    "remove-clerk": plain(about.ClerkNameBody, whole_hall, lambda body, by: cmd.RemoveClerk(body.clerk, by)),
}
"""Every act by its name, as addresses and forms have it."""
