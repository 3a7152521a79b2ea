"""Carries out what is pressed at the counters, each press once, even where the hub's answer is lost."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import structlog

from config.wording import Words
from counter.keypad.desk import Desk
from counter.keypad.protocol import Code
from counter.keypad.rules import Step, code_of, display, steps
from hub.client.http import Answer, CommandRefused, HubUnreachable, NotAHub
from ui.lines import tell

log = structlog.get_logger("keypad")
DEBOUNCE_S = 2.0
REMEMBERED_S = 10.0


class Hub(Protocol):
    """What of a hub's client is needed here."""

    def command(self, path: str, body: dict[str, Any], *, request: str | None = None) -> Answer:
        """Send one command; what came under this request id before is not done twice."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a press came to: the text for the display, or the code of a refusal."""

    text: str = ""
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A press on its way to the hub: its commands, the id they go under, and when they were sent last (s)."""

    key: str
    steps: tuple[Step, ...]
    request: str
    sent_s: float


class Presses:
    """Carries out presses. `clerk_at` tells who opens a counter by its keypad, None where that is done elsewhere.

    A press that the hub has not answered is not forgotten: the same key, 2 to 10 seconds later, asks for it again under
    the same request id. Sooner it is refused, and so a key that bounces does nothing.
    """

    def __init__(
        self,
        name: str,
        hub: Hub,
        desk: Desk,
        clerk_at: Callable[[int], str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name, self._hub, self._desk, self._clerk_at, self._clock = name, hub, desk, clerk_at, clock
        self._open: dict[int, Attempt] = {}

    def press(self, counter: int, key: str) -> Reply:
        """Do what a key says at a counter; BUSY where the hub cannot be reached: press again."""
        reply = self._pressed(counter, key)
        tell(f"{self._name} {counter} {key} {reply.code or reply.text}")
        return reply

    def _pressed(self, counter: int, key: str) -> Reply:
        now, open_ = self._clock(), self._open.get(counter)
        if open_ is not None and open_.key == key and now - open_.sent_s < DEBOUNCE_S:
            return Reply(code="BUSY")
        if open_ is None or open_.key != key or now - open_.sent_s >= REMEMBERED_S:
            found = self._steps(counter, key)
            if isinstance(found, str):
                return Reply(code=found)
            open_ = Attempt(key, found, uuid.uuid4().hex, now)
        return self._carried_out(counter, replace(open_, sent_s=now))

    def _steps(self, counter: int, key: str) -> tuple[Step, ...] | Code:
        sight = self._desk.sight(counter)
        if sight is None:
            return "BUSY"
        reason = Words(sight.language).say("keypad.call_number_reason")
        return steps(key, sight, clerk=self._clerk_at(counter), reason=reason)

    def _carried_out(self, counter: int, attempt: Attempt) -> Reply:
        self._open[counter] = attempt
        answer: Answer = {}
        try:
            for place, step in enumerate(attempt.steps):
                answer = self._hub.command(step.path, step.body, request=f"{attempt.request}-{place}")
        except (HubUnreachable, NotAHub) as error:
            log.warning("no answer", counter=counter, key=attempt.key, error=str(error))
            return Reply(code="BUSY")
        except CommandRefused as error:
            del self._open[counter]
            log.info("refused", counter=counter, key=attempt.key, why=error.code)
            return Reply(code=code_of(error.code))
        del self._open[counter]
        return self._done(counter, answer)

    def _done(self, counter: int, answer: Answer) -> Reply:
        self._desk.catch_up(answer["seq"])
        number = (answer.get("counter") or {}).get("ticket")
        return Reply(display(number, self._desk.sight(counter)))
