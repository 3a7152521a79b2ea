"""Which deeds a clerk can do now, and in words why not the others. Pure; the hub decides, this only spares refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from config.hall import Policy
from hub.client.views import CounterView, TicketView

Key = Literal["call_next", "recall", "start", "finish", "miss", "pause", "open", "close", "undo", "more"]
KEYS: tuple[Key, ...] = ("call_next", "recall", "start", "finish", "miss", "pause", "open", "close", "undo", "more")
Stage = Literal["away", "closed", "paused", "idle", "called", "serving"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a deed is not possible now: the key of its words, and their fields."""

    words: str
    fields: Mapping[str, object] = field(default_factory=dict)


Duties = Mapping[Key, Why | None]
"""Every key of the panel; None where the deed is possible now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the panel's keys depend on. `clerk` sits at the panel; `now_ms` is hall time; `linked`: the hub answers.

    `waiting` counts the people whom this counter may call; `wanted` is a counter that waits for the same visitor;
    `undoable`: the last press can still be taken back; `remark` is what a clerk wrote on the number.
    """

    clerk: str
    policy: Policy
    counter: CounterView | None = None
    ticket: TicketView | None = None
    waiting: int = 0
    now_ms: int = 0
    linked: bool = True
    wanted: int | None = None
    undoable: bool = False
    remark: str = ""

    @property
    def stage(self) -> Stage:
        """Where the counter stands in its round of opening, calling, serving.

        A counter where another clerk works is as good as closed to this one, but for a visitor who is there already.
        """
        if not self.linked or self.counter is None:
            return "away"
        if self.ticket is not None:
            return "serving" if self.ticket["state"] == "serving" else "called"
        if not self.own:
            return "closed"
        stages: dict[str, Stage] = {"open": "idle", "paused": "paused"}
        return stages.get(self.counter["state"], "closed")

    @property
    def own(self) -> bool:
        """Whether the clerk at the panel is the one signed in at the counter."""
        return self.counter is not None and self.counter["clerk"] == self.clerk

    @property
    def seconds_since_call(self) -> float:
        """How long ago the ticket was called last."""
        called = self.ticket["called_ms"] if self.ticket else None
        return (self.now_ms - called) / 1000 if called is not None else 0.0


def duties(now: Situation) -> Duties:
    """Return for every key whether its deed is possible now, or why not."""
    if now.stage == "away":
        return dict.fromkeys(KEYS, Why("staff.not_connected"))
    return {
        "call_next": why_not_call_next(now),
        "recall": why_not_recall(now),
        "start": why_not_with_ticket(now, "called"),
        "finish": why_not_with_ticket(now, "serving"),
        "miss": why_not_miss(now),
        "pause": why_not_leave(now) or why_not_open(now),
        "open": why_not_opened(now),
        "close": why_not_leave(now) or why_not_close(now),
        "undo": why_not_undo(now),
        "more": None,
    }


def likely(now: Situation) -> Key:
    """Return the deed that comes next as a rule: the panel shows it strongest."""
    usual: dict[Stage, Key] = {"closed": "open", "paused": "open", "called": "start", "serving": "finish"}
    return usual.get(now.stage, "call_next")


def why_not_open(now: Situation) -> Why | None:
    """Return why nothing can be done at a counter that is not open."""
    if now.stage == "closed":
        return Why("staff.why_closed")
    return Why("staff.why_paused") if now.stage == "paused" else None


def why_not_leave(now: Situation) -> Why | None:
    """Return why the clerk cannot leave this ticket for another deed."""
    if now.stage == "called" and now.ticket:
        return Why("staff.why_called", {"number": now.ticket["number"]})
    if now.stage == "serving" and now.ticket:
        return Why("staff.why_serving", {"number": now.ticket["number"]})
    return None


def why_not_call_next(now: Situation) -> Why | None:
    """Return why nobody can be called: not open, somebody is here, nobody waits."""
    nobody = None if now.waiting else Why("staff.queue_empty")
    return why_not_open(now) or why_not_leave(now) or nobody


def why_not_with_ticket(now: Situation, stage: Stage) -> Why | None:
    """Return why a deed with a called or a served ticket is not possible: there is none."""
    if now.stage == stage:
        return None
    return why_not_open(now) or Why("staff.why_nothing_called" if stage == "called" else "staff.why_nothing_serving")


def why_not_recall(now: Situation) -> Why | None:
    """Return why the number cannot be called again: none is called, the limit is reached, or it is too soon."""
    missing = why_not_with_ticket(now, "called")
    if missing or now.ticket is None:
        return missing
    if now.ticket["attempt"] >= now.policy.recall_max:
        return Why("staff.why_recall_limit", {"count": now.policy.recall_max})
    return too_soon(now, "staff.why_recall_soon")


def why_not_miss(now: Situation) -> Why | None:
    """Return why the number cannot be passed over: too few calls, or the last one was just now."""
    missing = why_not_with_ticket(now, "called")
    if missing or now.ticket is None:
        return missing
    if now.ticket["attempt"] < now.policy.recall_max:
        return Why("staff.why_miss_calls", {"count": now.policy.recall_max, "attempt": now.ticket["attempt"]})
    return too_soon(now, "staff.why_miss_soon")


def too_soon(now: Situation, words: str) -> Why | None:
    """Return how many seconds of patience are left since the last call."""
    left = ceil(now.policy.recall_min_seconds - now.seconds_since_call)
    return Why(words, {"seconds": left}) if left > 0 else None


def why_not_opened(now: Situation) -> Why | None:
    """Return why the counter cannot be opened: it is."""
    return None if now.stage in ("closed", "paused") else Why("staff.why_open")


def why_not_undo(now: Situation) -> Why | None:
    """Return why nothing can be taken back: the last call or finish is too long ago."""
    return None if now.undoable else Why("staff.why_not_undo")


def why_not_close(now: Situation) -> Why | None:
    """Return why the counter cannot be closed: it is."""
    return Why("staff.why_closed") if now.stage == "closed" else None


def paperless(ticket: TicketView | None) -> bool:
    """Tell whether this visitor may have no paper, so that the clerk knows before asking for it."""
    return ticket is not None and ticket["paper"] in ("failed", "uncertain")
