"""Commands to the hub from a window: blocking calls in one worker thread, their answers back in the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Protocol

import structlog
from PySide6.QtCore import QObject, Qt, Signal

from config.errors import AntreanError
from hub.client.http import Answer, HubClient

Call = Callable[[HubClient], Answer]
Ok = Callable[[Answer], None]
Failed = Callable[[AntreanError], None]
log = structlog.get_logger()


class CommandBroken(AntreanError):
    """A command ended in a way nobody foresaw; the window must still get an answer."""

    key = "ui.command_broken"


class Asking(Protocol):
    """A way to command the hub without waiting: the seam between a window and its hub."""

    def ask(self, call: Call, ok: Ok, failed: Failed) -> None:
        """Make one call; exactly one of `ok` and `failed` follows, in the window's thread."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call: its answer or its error, and who wants to know."""

    answer: Answer | None
    error: AntreanError | None
    ok: Ok
    failed: Failed


class Commands(QObject):
    """Calls to the hub, one after the other, in a thread of their own."""

    _came = Signal(object)

    def __init__(self, client: HubClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._ended = client, False
        self._calls: SimpleQueue[tuple[Call, Ok, Failed] | None] = SimpleQueue()
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name="commands", daemon=True)
        self._thread.start()

    def ask(self, call: Call, ok: Ok, failed: Failed) -> None:
        """Make one call; exactly one of `ok` and `failed` follows, in the thread this object lives in."""
        self._calls.put((call, ok, failed))

    def end(self, patience_s: float = 1.0) -> None:
        """Take no more calls and let the last one finish, if it does so soon; nothing is told any more."""
        self._ended = True
        self._calls.put(None)
        self._thread.join(patience_s)
        self._client.close()

    def _work(self) -> None:
        while (asked := self._calls.get()) is not None:
            outcome = outcome_of(self._client, *asked)
            if self._ended:
                return
            self._came.emit(outcome)

    def _deliver(self, outcome: Outcome) -> None:
        if self._ended:
            return
        if outcome.error is not None:
            outcome.failed(outcome.error)
        elif outcome.answer is not None:
            outcome.ok(outcome.answer)


def outcome_of(client: HubClient, call: Call, ok: Ok, failed: Failed) -> Outcome:
    """Make a call and return what became of it."""
    try:
        return Outcome(call(client), None, ok, failed)
    except AntreanError as error:
        return Outcome(None, error, ok, failed)
    except Exception as error:  # the worker's outermost loop: a window must never wait for ever
        log.exception("command_broken", error=str(error))
        return Outcome(None, CommandBroken(why=type(error).__name__), ok, failed)
