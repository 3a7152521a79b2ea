"""Brings a hall's journal to the region, one exchange a turn; every turn may be lost or repeated without harm."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from config.errors import AntreanError
from sync.ahead import Ahead
from sync.link import Answer, LinkCut, Region
from sync.rules import STUCK_S, Pace, Step, after_ack, after_cut, after_failure, smaller, step_for, wait_s
from sync.source import JournalAway, JournalBroken, JournalSource, Opening, WrongHall
from sync.watermark import Watermark
from sync.wire import Batch, Garbled, Place, TooBig, WireError, pack, place_in

log = logging.getLogger("antrean.sync")

Outcome = Literal["acked", "idle", "again", "stuck"]


class Unwilling(AntreanError):
    """The region did not take it; `sentence` says why in its own words."""

    key = "sync.unwilling"

    def __init__(self, answer: Answer) -> None:
        super().__init__(status=answer.status, code=answer.code, sentence=answer.sentence)


class Forked(AntreanError):
    """Hall and region hold different journals under the same name: one of them was restored, cloned or replaced."""

    key = "sync.forked"


class Superseded(AntreanError):
    """The region knows a later epoch of this hall: another machine is the hall now, or this one is an old copy."""

    key = "sync.superseded"


class RegionRewound(AntreanError):
    """The region holds less than it acknowledged, as after a restored backup; it is sent again what it lost."""

    key = "sync.region_rewound"


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of one exchange, the seconds to wait before the next, and what stands in the way."""

    outcome: Outcome
    wait_s: float = 0.0
    trouble: AntreanError | None = None


class Pusher:
    """The push of one hall. `turn` does one exchange and never raises for what a person or time can mend."""

    def __init__(
        self,
        source: JournalSource,
        watermark: Watermark,
        region: Region,
        *,
        ahead: Ahead | None = None,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.source, self.watermark, self.region, self._ahead = source, watermark, region, ahead
        self._clock, self._chance = clock, chance
        self._opening: Opening | None = None
        self._held = 0
        self._seen: Opening | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the hub has opened another epoch since the push asked the region."""
        try:
            return self._seen is not None and self.source.opening() != self._seen
        except (JournalAway, JournalBroken, WrongHall):
            return False

    @property
    def pushed(self) -> int:
        """The seq of the last line the region acknowledged, 0 before the first."""
        return self.watermark.place().next - 1

    def turn(self) -> Turn:
        """Ask the region where to go on, the first time, or else send the next batch."""
        try:
            return self._push(self._opening) if self._opening and not self.is_stale else self._greet()
        except LinkCut as error:
            return self._wait_after(after_cut(self.watermark.pace()), error)
        except (JournalAway, Garbled) as error:
            return self._wait_after(after_failure(self.watermark.pace()), error)
        except (JournalBroken, WrongHall, Forked, Superseded, WireError) as error:
            return self._stuck(error)

    def _greet(self) -> Turn:
        """Learn whose journal this is, and from the region how far it holds it."""
        opening = self._seen = self.source.opening()
        answer = self.region.held(opening.hall)
        if step_for(answer.status, answer.code) is not Step.ACKED:
            return self._refused(answer)
        place, held = place_in(answer.told), answer.told.get("epoch")
        if type(held) is not int or held > opening.epoch:
            raise Superseded(epoch=opening.epoch)
        if held < opening.epoch:
            place = self._shared(opening, place)
        lost = self._adopt(place, Pace(self.watermark.pace().size), answer)
        self._opening, self._held = opening, held
        return Turn("acked", trouble=lost if held == opening.epoch else None)

    def _shared(self, opening: Opening, place: Place) -> Place:
        """Return where to go on at a region that does not know this epoch yet: behind the last line both share."""
        head = self.source.hash_before(opening.common + 1)
        if head is None:
            raise Forked(next=opening.common + 1)
        return min(place, Place(opening.common + 1, head), key=lambda each: each.next)

    def _target(self, opening: Opening, place: Place, size: int) -> tuple[int, int]:
        """Return to which epoch the next lines belong at the region, and how many may go there."""
        if place.next <= opening.common and self._held < opening.epoch:
            return self._held, min(size, opening.common + 1 - place.next)
        return opening.epoch, size

    def _push(self, opening: Opening) -> Turn:
        """Send the lines after the watermark."""
        place, pace = self.watermark.place(), self.watermark.pace()
        epoch, size = self._target(opening, place, pace.size)
        made = self._ahead.take(place.next, size) if self._ahead else None
        batch = made.batch if made else self.source.read(place.next, size)
        if batch is None or batch.previous != place.head:
            raise Forked(next=place.next)
        if not batch.lines:
            return Turn("idle")
        try:
            packed = made.packed if made else pack(batch)
        except TooBig as error:
            return self._smaller(len(batch.lines), error)
        self._look_ahead(opening, batch, pace, size)
        begun = self._clock()
        answer = self.region.push(opening.hall, epoch, batch.first, packed)
        return self._answered(answer, batch, after_ack(pace, len(batch.lines), self._clock() - begun))

    def _look_ahead(self, opening: Opening, batch: Batch, pace: Pace, size: int) -> None:
        """Begin the batch that follows a full one, of the size it has if that is taken quickly."""
        if self._ahead and len(batch.lines) == size:
            grown = after_ack(pace, size, 0.0)
            self._ahead.begin(batch.next, self._target(opening, Place(batch.next, batch.head), grown.size)[1])

    def _answered(self, answer: Answer, batch: Batch, grown: Pace) -> Turn:
        """Do what the answer to a batch asks for."""
        step = step_for(answer.status, answer.code)
        if step is Step.ACKED:
            return self._acked(place_in(answer.told), batch, answer, grown)
        if step is Step.REWIND:
            return self._rewound(place_in(answer.told), batch, answer)
        if step is Step.SMALLER:
            return self._smaller(len(batch.lines), Unwilling(answer))
        return self._refused(answer)

    def _acked(self, place: Place, batch: Batch, answer: Answer, grown: Pace) -> Turn:
        """Remember the receipt; one that acknowledges nothing of the batch is none."""
        if place.next <= batch.first:
            raise Garbled(why="next")
        if place == Place(batch.next, batch.head):
            self.watermark.move(place, answer.told, grown)
            return Turn("acked")
        return Turn("acked", trouble=self._adopt(place, grown, answer))

    def _rewound(self, place: Place, batch: Batch, answer: Answer) -> Turn:
        """Go on from where the region says: at once the first time, so that one gap costs one exchange."""
        if place.next >= batch.first:
            # A gap lies before what was sent; unsigned, it must never move the hall forward.
            raise Garbled(why="next")
        pace = self.watermark.pace()
        lost = self._adopt(place, after_failure(pace), answer)
        if not pace.failures:
            return Turn("again", trouble=lost)
        return Turn("again", wait_s(pace, self._chance()), Unwilling(answer))

    def _adopt(self, place: Place, pace: Pace, answer: Answer) -> AntreanError | None:
        """Take over a place the region named, and return what it lost; Forked where this journal has another past."""
        if self.source.hash_before(place.next) != place.head:
            raise Forked(next=place.next)
        pushed = self.pushed
        self.watermark.move(place, answer.told if answer.status == 200 else self.watermark.receipt(), pace)
        if place.next > pushed:
            return None
        log.warning("region holds less than it acknowledged: %d of %d lines", place.next - 1, pushed)
        return RegionRewound(first=place.next, last=pushed)

    def _smaller(self, sent: int, error: AntreanError) -> Turn:
        """Send half of it at once; a single line that is too big needs a person."""
        pace = smaller(self.watermark.pace(), sent)
        if pace is None:
            return self._stuck(error)
        self.watermark.keep_pace(pace)
        return Turn("again")

    def _refused(self, answer: Answer) -> Turn:
        """Wait after a refusal, as long as its kind asks for."""
        error = Unwilling(answer)
        if step_for(answer.status, answer.code) is Step.AGAIN:
            return self._wait_after(after_failure(self.watermark.pace()), error, answer.retry_after_s)
        return self._stuck(error)

    def _wait_after(self, pace: Pace, error: AntreanError, retry_after_s: float | None = None) -> Turn:
        """Remember the failure and wait, by full jitter."""
        self.watermark.keep_pace(pace)
        return Turn("again", wait_s(pace, self._chance(), retry_after_s=retry_after_s), error)

    def _stuck(self, error: AntreanError) -> Turn:
        """Wait for a person, and then begin by asking the region again."""
        self._opening = None
        return Turn("stuck", STUCK_S, error)
