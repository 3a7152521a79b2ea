"""Makes a hall's next batch while the one before it travels, so that a long catch-up waits for one side alone."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from config.errors import AntreanError
from sync.source import JournalSource
from sync.wire import Batch, Packed, pack


@dataclass(frozen=True, slots=True)
class Made:
    """A batch and how it travels."""

    batch: Batch
    packed: Packed


class Ahead:
    """A thread that reads and packs the batch that is likely to be sent next.

    One that is not asked for is dropped; what went wrong with it comes up again where it is read by who sends it.
    """

    def __init__(self, source: JournalSource) -> None:
        self._source, self._thread = source, ThreadPoolExecutor(1, "ahead")
        self._begun: tuple[int, int, Future[Made | None]] | None = None

    def begin(self, first: int, size: int) -> None:
        """Begin to make the batch of at most `size` lines from `first` on."""
        self._begun = first, size, self._thread.submit(self._made, first, size)

    def take(self, first: int, size: int) -> Made | None:
        """Return this batch where it was begun and could be made; another one that was is dropped."""
        begun, self._begun = self._begun, None
        if begun is None or begun[:2] != (first, size):
            return None
        try:
            return begun[2].result()
        except AntreanError:
            return None

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(cancel_futures=True)

    def _made(self, first: int, size: int) -> Made | None:
        """Return the batch; None where the journal has no line there."""
        batch = self._source.read(first, size)
        return Made(batch, pack(batch)) if batch and batch.lines else None
