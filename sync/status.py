"""How the push of a hall stands, read from its files while it may be running."""

from dataclasses import dataclass
from pathlib import Path

from sync.enrolment import region_of
from sync.files import kept_at
from sync.source import JournalSource
from sync.watermark import Watermark


@dataclass(frozen=True, slots=True)
class Status:
    """How far the region holds a hall's journal, and what the push is about.

    `received_ms` is the region's clock on the last receipt, None before the first; `failures` counts those in a row;
    `opens_in` is the minutes until the push may send, 0 within its hours.
    `files_version` is that of the region's files judged last, None before the first; with mistakes none of them holds.
    """

    hall: str
    region: str
    held: int
    newest: int
    received_ms: int | None
    failures: int
    batch_lines: int
    metered: bool
    opens_in: int
    files_version: int | None = None
    files_mistakes: tuple[str, ...] = ()

    @property
    def waiting(self) -> int:
        """How many lines wait to be sent."""
        return max(self.newest - self.held, 0)


def status_of(hall_db: Path, state: Path, hall: str, now: float) -> Status:
    """Return how the push stands at a moment in seconds since 1970.

    NotEnrolled, JournalAway or StateBroken where there is nothing to tell yet.
    """
    region, source = region_of(state.parent), JournalSource(hall_db, hall)
    plan, verdict = source.plan(), kept_at(state.parent).verdict
    with Watermark(state, hall, read_only=True) as watermark:
        pace, receipt = watermark.pace(), watermark.receipt()
        return Status(
            hall=hall,
            region=region.url,
            held=watermark.place().next - 1,
            newest=source.newest(),
            received_ms=receipt.get("received_ms"),
            failures=pace.failures,
            batch_lines=pace.size,
            metered=plan.sync.metered,
            opens_in=plan.opens_in(plan.minute(now)),
            files_version=verdict.version if verdict else None,
            files_mistakes=verdict.mistakes if verdict else (),
        )
