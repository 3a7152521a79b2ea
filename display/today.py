"""The figures of the day: how many were served, how long people waited, which promises were kept. Pure.

The feed tells the day's numbers and who waits now; all else is counted from what happens while the screen listens, and
the screen says since when.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from statistics import median

from config.wording import Words
from display.faces import Scene
from hub.client.mirror import Mirror
from hub.client.views import EventView, TicketView

MINUTE_MS = 60_000
RULED_BY_NUMBER = "number"
"""The rule that a call names as its reason where a clerk called a number out of its order."""


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The first call of a number: how long its visitor had waited, and whether a promised time was kept."""

    waited_ms: int
    kept: bool | None
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted from hall time `since_ms` up to the journal's line `seq`."""

    seq: int
    since_ms: int
    calls: Mapping[str, FirstCall] = field(default_factory=dict)
    served: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value, what it says, and the icon beside it; `since` where it is not of the whole day."""

    value: str
    label: str
    icon: str
    since: str = ""


def begun(tally: Tally | None, mirror: Mirror) -> Tally:
    """Return the tally after a snapshot: it goes on where no line of the journal was missed, else it begins anew."""
    return tally if tally and tally.seq == mirror.seq else Tally(mirror.seq, mirror.now_ms)


def counted(tally: Tally, mirror: Mirror, events: Iterable[EventView]) -> Tally:
    """Return the tally after a change."""
    for event in events:
        tally = with_event(tally, mirror, event)
    return replace(tally, seq=mirror.seq)


def with_event(tally: Tally, mirror: Mirror, event: EventView) -> Tally:
    """Return the tally with one event; tickets of trials do not count."""
    number = event["body"].get("number", "")
    ticket = mirror.tickets.get(number)
    if ticket is None or ticket["trial"]:
        return tally
    match event["kind"]:
        case "ticket.called":
            return with_call(tally, ticket, event)
        case "call.withdrawn":
            return replace(tally, calls={key: call for key, call in tally.calls.items() if key != number})
        case "service.finished":
            return replace(tally, served=tally.served | {number})
        case "finish.withdrawn":
            return replace(tally, served=tally.served - {number})
    return tally


def with_call(tally: Tally, ticket: TicketView, event: EventView) -> Tally:
    """Return the tally with a call, if it is the first of its number."""
    number, called_ms, promise_ms = ticket["number"], ticket["called_ms"], ticket["promise_ms"]
    if number in tally.calls or event["body"]["attempt"] > 1 or called_ms is None:
        return tally
    kept = None if promise_ms is None else called_ms <= promise_ms
    by_number = (event["body"]["reason"] or {}).get("rule") == RULED_BY_NUMBER
    call = FirstCall(called_ms - ticket["issued_ms"], kept, by_number)
    return replace(tally, calls={**tally.calls, number: call})


def figures(scene: Scene, mirror: Mirror, tally: Tally) -> tuple[Figure, ...]:
    """Return the figures of the day in the order in which they stand."""
    words, calls = scene.words, tuple(tally.calls.values())
    kept = [call.kept for call in calls if call.kept is not None]
    since = scene.until("display.since", tally.since_ms)
    views = mirror.services.values()
    return (
        figure(words, "issued", words.number(sum(view["issued"] for view in views)), "ticket"),
        figure(words, "waiting", words.number(sum(view["waiting"] for view in views)), "users"),
        figure(words, "served", words.number(len(tally.served)), "circle-check", since),
        figure(words, "wait", minutes(words, [call.waited_ms for call in calls]), "clock", since),
        figure(words, "kept", share(words, kept), "heart-handshake", since),
        figure(words, "aside", words.number(sum(call.out_of_order for call in calls)), "arrows-exchange", since),
    )


def figure(words: Words, name: str, value: str, icon: str, since: str = "") -> Figure:
    """Return one figure with its words."""
    return Figure(value, words.say(f"display.today_{name}"), icon, since)


def minutes(words: Words, waits_ms: list[int]) -> str:
    """Return the median of some waits in whole minutes, a dash without any."""
    if not waits_ms:
        return words.say("display.no_figure")
    return words.say("display.minutes", minutes=words.number(round(median(waits_ms) / MINUTE_MS)))


def share(words: Words, kept: list[bool]) -> str:
    """Return which share was kept in whole per cent, rounded down, a dash where nothing was promised."""
    if not kept:
        return words.say("display.no_figure")
    return words.say("display.percent", percent=words.number(100 * sum(kept) // len(kept)))
