"""Whose turn it is to be spoken: one queue for the zones of one loudspeaker. Pure; time is an argument.

Calls are spoken in their order and never over each other. One that was answered meanwhile is not spoken any more; one
that was repeated or moved is spoken once, as it was called last. While the hall wants silence (the azan) nothing is
spoken, and what has waited for a minute is forgotten. Screens show every call all the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf

from config.hall import Hall
from display.board import Call, call_of
from hub.client.mirror import Mirror

PATIENCE = 3
"""While more calls wait, none is repeated or said in a second language."""
STALE_S = 60.0
REST_S = 0.5
"""Silence between two announcements; a sound card may lag so far behind."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the hub said last, as far as one loudspeaker needs it: calls of its zones, oldest first.

    `called` are the numbers called now with the language of each visitor; `volume` in percent, 0 for silence.
    """

    hall: Hall
    seq: int
    calls: tuple[Call, ...]
    called: Mapping[str, str]
    volume: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call to be spoken, and since when it waits."""

    call: Call
    since_s: float


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence about a call, in one language; the one that `opens` follows the chime."""

    call: Call
    language: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Turns:
    """What waits to be spoken. `rest` is still to be said of the call spoken last; until `free_s` a sentence is heard.

    `seen` is the newest call taken, None before the hub said anything.
    """

    seen: int | None = None
    waiting: tuple[Waiting, ...] = ()
    rest: tuple[Part, ...] = ()
    free_s: float = -inf

    @property
    def busy(self) -> bool:
        """Whether so many wait that each is spoken once and briefly."""
        return len(self.waiting) > PATIENCE


def heard_by(mirror: Mirror, names: Collection[str], moment: datetime) -> Heard | None:
    """Return what a mirror says to the loudspeaker of some screens at an hour; None where none of them has sound.

    Screens that share a loudspeaker are heard as the loudest of them.
    """
    hall = mirror.hall
    screens = [screen for screen in hall.screens if screen.id in names and screen.audio] if hall else []
    if hall is None or not screens:
        return None
    zones = {zone for screen in screens for zone in screen.zones}
    calls = tuple(call_of(view) for view in mirror.calls if view["zone"] in zones)
    called = {number: view.get("language", "") for number, view in mirror.tickets.items() if view["state"] == "called"}
    minute = moment.hour * 60 + moment.minute
    return Heard(hall, mirror.seq, calls, called, max(screen.volume_at(minute) for screen in screens))


def follow(turns: Turns, heard: Heard, now_s: float) -> Turns:
    """Return what waits after the hub said something; the calls before a screen was switched on are not spoken."""
    if turns.seen is None or heard.seq < turns.seen:
        return Turns(seen=max((call.seq for call in heard.calls), default=0), free_s=turns.free_s)
    fresh = [call for call in heard.calls if call.seq > (turns.seen or 0)]
    waiting = turns.waiting
    for call in fresh:
        waiting = lined_up(waiting, Waiting(call, now_s))
    again = {call.number for call in fresh}
    return replace(
        turns,
        seen=max([turns.seen, *(call.seq for call in fresh)]),
        waiting=tuple(each for each in waiting if is_wanted(each, heard, now_s)),
        rest=tuple(part for part in turns.rest if heard.volume and part.call.number in heard.called.keys() - again),
    )


def lined_up(waiting: Sequence[Waiting], last: Waiting) -> tuple[Waiting, ...]:
    """Return a queue with one more call, in the place of an older one of the same number."""
    numbers = [each.call.number for each in waiting]
    if last.call.number not in numbers:
        return (*waiting, last)
    at = numbers.index(last.call.number)
    return (*waiting[:at], last, *waiting[at + 1 :])


def is_wanted(waiting: Waiting, heard: Heard, now_s: float) -> bool:
    """Tell whether a call is still to be spoken: nobody has answered it, and no silence has made it stale."""
    return waiting.call.number in heard.called and (heard.volume > 0 or now_s - waiting.since_s <= STALE_S)


def next_part(turns: Turns, heard: Heard, spoken: Collection[str], now_s: float) -> tuple[Turns, Part | None]:
    """Return what to say now, if anything, and what is left; `spoken` are the languages there is a voice for."""
    if now_s < turns.free_s or not heard.volume:
        return turns, None
    if turns.rest and not turns.busy:
        return replace(turns, rest=turns.rest[1:]), turns.rest[0]
    if not turns.waiting:
        return turns, None
    call = turns.waiting[0].call
    languages = languages_of(call, heard, spoken)
    parts = tuple(Part(call, language, opens=at == 0) for at, language in enumerate(languages))
    return replace(turns, waiting=turns.waiting[1:], rest=parts[1:]), parts[0]


def languages_of(call: Call, heard: Heard, spoken: Collection[str]) -> tuple[str, ...]:
    """Return in which languages a call is said: the hall's, then the visitor's own, as often as the hall repeats."""
    policy, own = heard.hall.policy, heard.called.get(call.number, "")
    languages = policy.announce_languages or heard.hall.hall.languages[:1]
    if own in spoken and own not in languages:
        languages = (*languages, own)
    return languages * policy.announce_repeat
