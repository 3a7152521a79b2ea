"""What the push tells people, on the error output: sentences about trouble, and a bar on a long catch-up."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from config.errors import AntreanError
from config.wording import Words

LONG_LINES = 5_000


def announce(line: str) -> None:
    """Print one line for programs, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Report:
    """Trouble said once until it changes or ends, and the progress bar, which shows only on a terminal."""

    def __init__(self, console: Console | None = None, words: Words | None = None) -> None:
        self._console = console or Console(stderr=True)
        self._words = words or Words()
        self._said: str | None = None
        self._bar: Progress | None = None
        self._task = TaskID(0)

    def trouble(self, error: AntreanError | None) -> None:
        """Say what stands in the way, or that nothing does any more."""
        sentence = self._words.error(error) if error else None
        if sentence != self._said:
            self.say(sentence or self._words.say("sync.well_again"))
        self._said = sentence

    def say(self, sentence: str) -> None:
        """Print one sentence."""
        self._console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def moved(self, pushed: int, newest: int) -> None:
        """Show how far the push is; the bar appears where much is left, and goes when nothing is."""
        if self._bar is None and newest - pushed >= LONG_LINES and self._console.is_terminal:
            self._bar = self._new_bar()
            self._task = self._bar.add_task(self._words.say("sync.catching_up"), completed=pushed, total=newest)
            self._bar.start()
        if self._bar is not None:
            self._bar.update(self._task, completed=pushed, total=newest)
        if pushed >= newest:
            self.close()

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _new_bar(self) -> Progress:
        """Return an empty bar; the lines for programs go through it only where both go to the same terminal."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=self._console, redirect_stdout=sys.stdout.isatty())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
