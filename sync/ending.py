"""The orderly end of the push: a signal wakes every wait and breaks off the exchange under way."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Ended(BaseException):
    """The end was asked for in the middle of an exchange with the region. No error, hence none of Exception's."""


class Ending:
    """Whether the end was asked for. One thread waits and exchanges; signals reach it there.

    The queue wakes the wait: unlike an Event, which a handler may find locked by the thread it interrupts, its `put`
    may be called from a signal handler.
    """

    def __init__(self) -> None:
        self.asked = False
        self._wake: SimpleQueue[None] = SimpleQueue()
        self._exchanging = False

    def ask(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask for the end; as a signal handler it also breaks off an exchange that is under way."""
        self.asked = True
        self._wake.put(None)
        if frame is not None and self._exchanging:
            self._exchanging = False
            raise Ended(number)

    def wait(self, seconds: float) -> None:
        """Wait, but no longer than until the end is asked for."""
        if seconds > 0 and not self.asked:
            with suppress(Empty):
                self._wake.get(timeout=seconds)

    @contextmanager
    def exchange(self) -> Iterator[None]:
        """Mark what may be broken off: sending a batch and waiting for its answer."""
        if self.asked:
            raise Ended
        self._exchanging = True
        try:
            yield
        finally:
            self._exchanging = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT ask for the end; in a thread, where signals never arrive, do nothing."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = [(number, signal.signal(number, self.ask)) for number in SIGNALS]
        try:
            yield
        finally:
            for number, handler in before:
                signal.signal(number, handler)
