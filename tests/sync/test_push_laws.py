"""The law of the push: whatever is lost, doubled, changed or restored, the region ends with the hall's chain."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from push_halls import HALL, batch, hall_with, held_lines, journal_lines, lines, write_journal
from push_regions import FAULTS, DirectRegion, FaultyRegion, push_all, pusher_of

from journal.line import genesis
from region.store import Store, open_sqlite
from sync.push import Forked, Pusher, Turn
from sync.watermark import Watermark
from sync.wire import pack

DEEDS = ("push", "write", "kill", "forget", "restart", "back up", "restore")


@dataclass
class Field:
    """A hall and its region in a folder, with whatever befalls them."""

    folder: Path
    journal: Path = field(init=False)
    store: Store = field(init=False)
    watermark: Watermark = field(init=False)
    pusher: Pusher = field(init=False)

    def __post_init__(self) -> None:
        self.journal = hall_with(self.folder / "hall.db", 3)
        self.store = open_sqlite(self.folder / "region")
        self.start()

    def start(self) -> None:
        """Start the hall's push anew: it knows what its watermark knows."""
        self.watermark = Watermark(self.folder / "sync.db", HALL)
        self.pusher = pusher_of(self.journal, self.watermark, DirectRegion(self.store, genesis(HALL)))

    def do(self, deed: str, number: int) -> None:
        """Let one thing happen."""
        getattr(self, deed.replace(" ", "_"))(number)

    def push(self, number: int) -> None:
        """Take a turn over a link with one of the faults, or none."""
        faults = FAULTS[number : number + 1]
        self.pusher.region = FaultyRegion(DirectRegion(self.store, genesis(HALL)), *faults)
        self.pusher.turn()

    def write(self, number: int) -> None:
        """Let the hub append lines."""
        first = len(journal_lines(self.journal)) + 1
        write_journal(self.journal, lines(number * 40, first=first))

    def kill(self, _: int) -> None:
        """Kill the push between two turns and start it again."""
        self.watermark.close()
        self.start()

    def forget(self, _: int) -> None:
        """Lose the watermark's file."""
        self.watermark.close()
        (self.folder / "sync.db").unlink()
        self.start()

    def restart(self, _: int) -> None:
        """Restart the region."""
        self.store.close()
        self.store = open_sqlite(self.folder / "region")

    def back_up(self, _: int) -> None:
        """Take a copy of the region's data."""
        self.store.close()
        shutil.rmtree(self.folder / "backup", ignore_errors=True)
        shutil.copytree(self.folder / "region", self.folder / "backup")
        self.store = open_sqlite(self.folder / "region")

    def restore(self, number: int) -> None:
        """Put the copy, where there is one, in the place of the region's data."""
        self.store.close()
        if (self.folder / "backup").exists():
            shutil.rmtree(self.folder / "region")
            shutil.move(self.folder / "backup", self.folder / "region")
        self.store = open_sqlite(self.folder / "region")

    def roll_back(self, seq: int, fresh: int) -> None:
        """Restore the hall's journal as it was at a line, and let the hub go on from there with other lines."""
        self.journal.unlink()
        hall_with(self.journal, seq)
        write_journal(self.journal, lines(fresh, first=seq + 1, word="lain"))

    def last_turn(self) -> Turn:
        """Take turns over a link that is well until one waits for a person."""
        self.pusher.region = DirectRegion(self.store, genesis(HALL))
        for _ in range(10):
            turn = self.pusher.turn()
            if turn.outcome == "stuck":
                break
        return turn

    def settle(self) -> None:
        """Let the push come to rest over a link that is well."""
        self.pusher.region = DirectRegion(self.store, genesis(HALL))
        push_all(self.pusher)

    def close(self) -> None:
        self.watermark.close()
        self.store.close()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, len(FAULTS))), max_size=25))
def test_any_order_of_pushes_and_losses_ends_with_the_halls_own_chain(deeds: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall = Field(Path(folder))
        try:
            for deed, number in deeds:
                hall.do(deed, number)
                held = held_lines(hall.store)
                assert held == journal_lines(hall.journal)[: len(held)]
            hall.settle()

            assert held_lines(hall.store) == journal_lines(hall.journal)
            assert hall.pusher.pushed == len(journal_lines(hall.journal))
        finally:
            hall.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    written=st.integers(10, 120),
    backed_up_at=st.integers(1, 119),
    fresh=st.integers(0, 60),
    faults=st.lists(st.integers(0, len(FAULTS)), max_size=6),
    is_restarted=st.booleans(),
)
def test_a_hall_rolled_back_is_noticed_and_nothing_is_overwritten(
    written: int, backed_up_at: int, fresh: int, faults: list[int], is_restarted: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hall = Field(Path(folder))
        try:
            write_journal(hall.journal, lines(written, first=4))
            hall.settle()
            held = held_lines(hall.store)
            hall.roll_back(min(backed_up_at, len(held) - 1), fresh)
            if is_restarted:
                hall.kill(0)
            for number in faults:
                hall.push(number)
            turn = hall.last_turn()

            assert (turn.outcome, type(turn.trouble)) == ("stuck", Forked)
            assert held_lines(hall.store) == held
        finally:
            hall.close()


def test_a_hall_that_forgot_its_past_is_refused_by_the_region_itself(tmp_path: Path) -> None:
    hall = Field(tmp_path)
    try:
        write_journal(hall.journal, lines(20, first=4))
        hall.settle()
        held = held_lines(hall.store)

        refused = DirectRegion(hall.store, genesis(HALL)).push(HALL, 1, 5, pack(batch(5, 30, word="lain")))

        assert (refused.status, refused.code) == (409, "fork")
        assert held_lines(hall.store) == held
    finally:
        hall.close()
